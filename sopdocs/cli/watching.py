"""`sopdocs check --watch` and `sopdocs build --watch`."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from watchfiles import Change, DefaultFilter
from watchfiles import watch as file_changes

from sopdocs.cli.building import Desk, Wish, tell
from sopdocs.cli.checking import View, check
from sopdocs.cli.output import say
from sopdocs.cli.progress import print_line
from sopdocs.cli.staffing import crewed
from sopdocs.content import Memory
from sopdocs.errors import ExitCode, SopdocsError, UsageError, reason
from sopdocs.model import Place

_FOLDERS = ("content", "instansi", "templates")
_WAITING = "Menunggu perubahan di content/ dan templates/ (Ctrl+C untuk berhenti)"
_WAKE = 300
"""Milliseconds after which the folders themselves are looked for again."""


class _Files(DefaultFilter):
    """Leaves out what editors and office programs put beside a file while it is being written."""

    ignore_entity_patterns = (
        *DefaultFilter.ignore_entity_patterns,
        r"^[.~]",  # hidden files and locks; reading skips them as well
        r"^#.*#$",  # Emacs
        r"^4913$",  # Vim tries with it whether a folder can be written
        r"\.(tmp|bak|part|crdownload)$",
        r"___jb_(tmp|old)___$",
    )


def watch(folder: Path, view: View, events: Iterable[object], clock: Callable[[], datetime]) -> int:
    """Check at every event; the exit code is that of the last check.

    The first line and the last line of each round are known to .vscode/tasks.json.
    """
    code: int = ExitCode.OK
    memory = Memory()
    for _ in events:
        say(f"[{clock():%H:%M:%S}] Memeriksa content/ …")
        code = check(folder, view, clock().date(), memory)
        say(f"[{clock():%H:%M:%S}] {_WAITING}")
    return code


def build(folder: Path, wish: Wish, events: Iterable[object], clock: Callable[[], datetime]) -> int:
    """Build at every event with workers that stay; what cannot be built is told, and the next event waited for.

    Raises ToolMissingError and UsageError when there is nobody to do the work.
    """
    code: int = ExitCode.OK
    desk = Desk(folder, wish)
    with crewed(wish.force, desk.tools, Place(folder).build) as crew:
        for _ in events:
            try:
                code = desk.build(crew, clock())
            except SopdocsError as error:
                code = error.exit_code
                tell([error])
            wait = f"[{clock().astimezone():%H:%M:%S}] {_WAITING}"
            if wish.telling.lines:
                print_line({"kejadian": "menunggu", "teks": wait})
            elif not wish.telling.quiet:
                say(wait)
    return code


def changes(root: Path) -> Iterator[None]:
    """Yield once at the beginning, then after each change below content/, instansi/ or templates/.

    Goes on for ever; raises UsageError when `root` is gone or cannot be watched.
    """
    while root.is_dir():
        folders = _folders(root)
        try:
            yield from _until_moved(root, folders)
        except OSError as error:
            # One of the folders may have gone in this moment; the next round sees it.
            if root.is_dir() and _folders(root) == folders:
                why = reason(error) if error.errno else error
                message = f"Perubahan di {root} tidak dapat dipantau: {why}"
                raise UsageError(message, "ulangi tanpa --watch") from error
    raise UsageError(f"Folder {root} tidak ada", "periksa pilihan -C")


def _until_moved(root: Path, folders: dict[Path, int]) -> Iterator[None]:
    """Yield once watching has begun and after each change; end when a folder came, went or was replaced."""
    begun = False
    for found in file_changes(
        # Watching the whole workspace would take .venv and build/ along.
        *(folders or [root]),
        watch_filter=_Files(),
        rust_timeout=_WAKE,
        yield_on_timeout=True,
        recursive=bool(folders),
        ignore_permission_denied=True,
    ):
        # Not before: what changes between a check and the beginning of watching would be missed.
        if not begun or (found and folders):
            begun = True
            yield
        # A folder made anew may have the identity of the one before, but is not watched.
        gone = any(change is Change.deleted and Path(path) in folders for change, path in found)
        if gone or _folders(root) != folders or not root.is_dir():
            return


def _folders(root: Path) -> dict[Path, int]:
    """The folders that there are, each with its identity."""
    found: dict[Path, int] = {}
    for path in (root / name for name in _FOLDERS):
        with suppress(OSError):
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                found[path] = status.st_ino
    return found
