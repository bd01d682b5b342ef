"""A made-up workspace, and this checkout's sopdocs run on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from measuring import NotRunError, Taken, cores, run
from workspaces import make_workspace

ROOT = Path(__file__).parents[1]


def sopdocs(*arguments: str) -> list[str]:
    """The command line of this checkout's sopdocs."""
    return [sys.executable, "-m", "sopdocs", *arguments]


def surroundings(keys: Path) -> dict[str, str]:
    """Environment in which it neither touches the user's key nor a shared store."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOPDOCS_CACHE")}
    return {**kept, "PYTHONPATH": str(ROOT), "SOPDOCS_KEYS": str(keys), "NO_COLOR": "1"}


@cache
def has(option: str) -> bool:
    """Whether `sopdocs build` knows it."""
    printed = subprocess.run(sopdocs("build", "--help"), capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return option in printed


@dataclass(slots=True)
class Site:
    """A made-up workspace and what was built of it."""

    folder: Path
    sops: int
    env: dict[str, str] = field(repr=False)

    @classmethod
    def make(cls, place: Path, sops: int) -> Site:
        """Write it below `place`; one that is there already is taken as it is."""
        folder = place / f"w{sops}"
        if not folder.exists():
            make_workspace(folder, sops)
        return cls(folder, sops, surroundings(place / "keys"))

    def build(self, *options: str) -> Taken:
        """Run `sopdocs build` on what stands there; a sheet with a finding is built all the same."""
        return run(sopdocs("-C", str(self.folder), "build", *options), self.env, well=(0, 1))

    def cold(self, *options: str) -> Taken:
        """Build with nothing built before."""
        shutil.rmtree(self.folder / "build", ignore_errors=True)
        return self.build(*options)

    def with_workers(self, number: int) -> Taken:
        """Build cold by so many workers; by the default ones when that is as many and there is no choice yet."""
        if has("--workers"):
            return self.cold("--workers", str(number))
        if number != cores():
            raise NotRunError("this sopdocs build has no --workers")
        return self.cold()

    def built(self) -> Site:
        """Itself, built."""
        if not (self.folder / "build" / "manifest.json").exists():
            self.build()
        return self

    def copy(self, name: str) -> Site:
        """Another workspace of the same files and outputs."""
        target = self.folder.with_name(name)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.folder, target)
        return Site(target, self.sops, self.env)

    def documents(self) -> list[Path]:
        """The Word files of the last build, copied so that a cold build leaves them alone."""
        kept = self.folder.with_name(f"docx{self.sops}")
        if not kept.exists():
            found = sorted((self.built().folder / "build").rglob("*.docx"))
            kept.mkdir()
            for path in found:
                if ".cache" not in path.parts:
                    shutil.copyfile(path, kept / f"{path.parent.name}-{path.name}")
        return sorted(kept.glob("*.docx"))

    def size(self, *, cache: bool) -> float:
        """MB of the outputs, or of the kept results."""
        below = self.folder / "build"
        files = (path for path in below.rglob("*") if path.is_file() and (".cache" in path.parts) is cache)
        return sum(path.stat().st_size for path in files) / 1e6
