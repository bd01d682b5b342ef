"""A made-up workspace, sopdocs run on it as its own process, and what may be left of that process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from sopdocs.engine import sha256

from ..workspaces import edit, make_workspace

ROOT = Path(__file__).parents[2]
SEALED = "bundel-ttd.pdf"
"""Tells a time, so that no two are alike."""
_MARK = "KANTOR_UJI"
"""Handed on to all descendants; our own variables are not."""


def environment(**more: str) -> dict[str, str]:
    """That of a call, with nobody's store."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOPDOCS_CACHE")}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200", **more}


@dataclass(slots=True)
class Site:
    """A workspace."""

    root: Path
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "sopdocs", "-C", str(self.root), *arguments]

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """Begin a call; what it says comes with `communicate`."""
        env = environment(**{_MARK: self.mark, **more})
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self.command(*arguments), env=env, stdout=pipe, stderr=pipe, text=True, start_new_session=True
        )

    def call(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a call to its end."""
        process = self.start(*arguments, **more)
        out, err = process.communicate(timeout=240)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def say(self, slug: str, words: str) -> None:
        """Write a variant of a sheet, told by what its people must know."""
        path = self.root / "content" / "sop" / f"{slug}.md"
        head, _, rest = path.read_text(encoding="utf-8").partition("1. Memahami ")
        path.write_text(f"{head}1. Memahami {words}\n{rest.partition(chr(10))[2]}", encoding="utf-8")

    def outputs(self) -> dict[str, bytes]:
        """Every file below build/ that a user sees, but the manifest and the sealed bundle."""
        build = self.root / "build"
        found = {path.relative_to(build).as_posix(): path for path in build.rglob("*") if path.is_file()}
        return {
            name: path.read_bytes()
            for name, path in sorted(found.items())
            if not name.startswith(".") and "/." not in name and path.name not in (SEALED, "manifest.json")
        }

    def digests(self) -> dict[str, str]:
        """SHA-256 of each of `outputs`."""
        return {name: sha256(data) for name, data in self.outputs().items()}

    def hidden(self) -> list[str]:
        """Half-written files, working folders and locks held: all that begins with a dot but store and lock."""
        build = self.root / "build"
        found = (path.relative_to(build).as_posix() for path in build.rglob(".*"))
        return [name for name in found if name not in (".kunci", ".cache")]

    def left(self) -> list[str]:
        """Command lines of processes that a call started and that still run after a few seconds."""
        deadline = time.monotonic() + 10
        while (found := self.running()) and time.monotonic() < deadline:
            time.sleep(0.02)
        return list(found.values())

    def running(self) -> dict[int, str]:
        """Descendants of calls: numbers and command lines."""
        found: dict[int, str] = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if f"{_MARK}={self.mark}".encode() in (process / "environ").read_bytes():
                    words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                    found[int(process.name)] = words
            except OSError:  # it ended, or is somebody else's
                continue
        return found


def make_site(root: Path, sheets: int = 2) -> Site:
    """Write a workspace of so many small sheets: the first two, and copies of the second."""
    make_workspace(root)
    for number in range(3, sheets + 1):
        name = f"surat-{number}"
        folder = root / "content" / "sop"
        (folder / f"{name}.md").write_bytes((folder / "surat-masuk.md").read_bytes())
        edit(root, name, "nama: Surat Masuk", f"nama: Surat Nomor {number}")
        edit(root, name, "002/CONTOH", f"{number:03}/CONTOH")
    return Site(root)
