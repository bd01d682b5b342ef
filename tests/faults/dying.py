"""Kill one call before each change that it makes on the disk: `python -m tests.faults.dying ORIGIN INTO ARGUMENTS…`.

The n-th call works on a copy of ORIGIN, INTO/n, and is killed before its n-th change; the last one is left to finish.
Prints how it ended. A bundle is examined once for all calls: that takes seconds, and changes nothing.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from sopdocs.cli import issuing, run
from sopdocs.engine import sha256
from sopdocs.sign import Report
from sopdocs.sign.confinement import Case, examine_confined

_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.link", "os.symlink")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


_ALIKE = "/isi/"
"""Of the files of an edition, one is like the other: the few beside this folder do."""
_REPORTS: dict[str, Report] = {}


def main(origin: str, into: str, *arguments: str) -> None:
    issuing.examine_confined = examined_once  # type: ignore[attr-defined]
    if "issue" in arguments:  # a fork has what was examined before it
        run(["-C", shutil.copytree(origin, f"{into}/dahulu", symlinks=True), *arguments])
        shutil.rmtree(f"{into}/dahulu")
    number = 0
    while True:
        root = shutil.copytree(origin, f"{into}/{number}", symlinks=True)
        child = os.fork()
        if not child:
            die_before(number, root)
            os._exit(run(["-C", root, *arguments]))
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            print(f"exit {os.waitstatus_to_exitcode(status)}")
            return
        number += 1


def examined_once(case: Case) -> Report:
    """What `examine_confined` said of the same file before, or says now."""
    key = sha256(case.pdf)
    if key not in _REPORTS:
        _REPORTS[key] = examine_confined(case)
    return _REPORTS[key]


def die_before(number: int, root: str) -> None:
    """Kill this process before it changes something below `root` for the `number`-th time, counted from 0."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if not (writing or event in _CHANGES) or not _below(arguments[0], root) or _ALIKE in str(arguments[0]):
            return
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    sys.addaudithook(hook)


def _below(path: object, root: str) -> bool:
    """Whether a path is below the workspace; the folder that shutil.rmtree stands in is."""
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    return isinstance(path, str) and (not Path(path).is_absolute() or path.startswith(root))


if __name__ == "__main__":
    main(*sys.argv[1:])
