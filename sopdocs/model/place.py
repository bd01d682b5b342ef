"""Where the things of one office lie in a workspace that several offices may share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SHARED = "content"
"""Folder of what all offices share; without other offices, of everything."""
OFFICES = "instansi"
"""Folder beside it: below it a folder for each office, with what is that office's own."""
TEMPLATES = "templates"
_BUILD = "build"
_APPROVALS = "persetujuan"
_MONITORING = "monitoring"
_ARCHIVE = "arsip"
_OPENED = "terbuka"
_POSTPONED = "tunda"


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace seen by one office."""

    root: Path
    """The workspace's folder."""
    office: str | None = None
    """Name of a folder below instansi/; None for the office that content/ itself describes."""

    @property
    def title(self) -> str:
        """What the office is called on the command line."""
        return self.office or f"{SHARED}/"

    @property
    def own(self) -> str:
        """Folder, below the workspace, of what is the office's own."""
        return f"{OFFICES}/{self.office}" if self.office else SHARED

    @property
    def built(self) -> str:
        """Folder of outputs below the workspace."""
        return built(self.office)

    @property
    def build(self) -> Path:
        """Folder of outputs."""
        return self.root / self.built

    @property
    def store(self) -> Path:
        """Folder of what is remembered between runs, safe to delete."""
        return self.build / ".cache"

    @property
    def approvals(self) -> str:
        """Folder of signed sheets below the workspace; each is named as its SOP."""
        return f"{self.own}/{_APPROVALS}"

    @property
    def monitoring(self) -> str:
        """Folder of monitoring results below the workspace, the office's own; each file is named as its SOP."""
        return f"{self.own}/{_MONITORING}"

    @property
    def archive(self) -> Path:
        """Folder that keeps a copy of everything that was signed with a certified key."""
        return self.root / self.own / _ARCHIVE if self.office else self.root / _ARCHIVE

    def opened(self, path: str) -> Path:
        """Where the copy of an SOP's file lies from the command that opened its revision, or ended it, until the issue.

        `path` is that of the content file; the copy of a shared one is shared.
        """
        return self._kept(path, _OPENED)

    def postponed(self, path: str) -> Path:
        """Where a revision waits that was begun and is not to be in the next edition; `path` as in `opened`."""
        return self._kept(path, _POSTPONED)

    def _kept(self, path: str, folder: str) -> Path:
        home = self if self.name(path) != path else Place(self.root)
        return home.archive / folder / path.rpartition("/")[2]

    def candidates(self, name: str) -> tuple[str, ...]:
        """Paths below the workspace where a file may lie, the shared one first and the office's own last.

        `name` is the path of the shared file: content/… or templates/….
        """
        if self.office is None:
            return (name,)
        return name, f"{self.own}/{name.removeprefix(f'{SHARED}/')}"

    def name(self, path: str) -> str:
        """The path of the shared file that the one at `path` stands for: what it is, wherever it lies."""
        inside = path.removeprefix(f"{self.own}/")
        if self.office is None or inside == path:
            return path
        return inside if inside.startswith(f"{TEMPLATES}/") else f"{SHARED}/{inside}"

    def named(self, files: Mapping[str, str]) -> dict[str, str]:
        """Give `files`, by path below the workspace, by what they are: an office's own comes before a shared one."""
        # content/ sorts before instansi/, but instansi/ before templates/.
        own_last = sorted(files, key=lambda path: (self.name(path) != path, path))
        return {self.name(path): files[path] for path in own_last}


def built(office: str | None) -> str:
    """Folder of an office's outputs below the workspace."""
    return f"{_BUILD}/{OFFICES}/{office}" if office else _BUILD
