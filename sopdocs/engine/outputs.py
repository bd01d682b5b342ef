"""The files below build/: kept when their inputs are the same, written whole when not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sopdocs.engine.files import read_if_there, remove, sha256, write_whole
from sopdocs.engine.ingredients import Recipe
from sopdocs.engine.manifest import Manifest, Output
from sopdocs.engine.results import Results
from sopdocs.errors import OutputRejectedError

SEALED = "bundel-ttd.pdf"
"""The sealed bundle tells a time, so that no two are alike: it is never brought back."""

_PLAN = ".rencana"
"""Names of sheets that a build is making and no manifest tells of yet; there during a build, or after its death."""
_SHEET = re.compile(r"sop/[^/\0]{1,200}\.(docx|pdf)")
_NAMED = 8
"""Changes that one sentence names; all sheets of a bundle may have changed."""


class EventKind(StrEnum):
    """What happened to an output."""

    MADE = "dibuat"
    KEPT = "tetap"
    FOUND = "dari simpanan"
    """Made by an earlier build from the same inputs."""
    FAILED = "gagal"
    ARCHIVED = "diarsipkan"
    """A bundle sealed with a certified key made room for another."""


@dataclass(frozen=True, slots=True)
class Event:
    """Progress of a build."""

    kind: EventKind
    name: str
    detail: str = ""
    """Why, in Indonesian."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What an earlier build left, and what this one makes of it."""

    folder: Path
    old: Manifest
    new: Manifest
    """Filled while building."""
    notify: Callable[[Event], None]
    results: Results | None = None
    """Of earlier builds; None when everything is to be made here."""

    def fresh(self, name: str, recipe: Recipe) -> bool:
        """Whether an output stands as it was made from the same inputs, or is brought back from an earlier build.

        Raises UsageError when it cannot be written.
        """
        before = self.old.outputs.get(name)
        data = read_if_there(self.folder / name) if before and before.key == recipe.key else None
        if before is not None and data is not None and sha256(data) == before.sha256:
            self.new.outputs[name] = before
            self.notify(Event(EventKind.KEPT, name, "tidak ada masukan yang berubah"))
            return True
        known = self.results.find(name, recipe.key) if self.results is not None else None
        if known is None:
            return False
        self._write(name, known, recipe, EventKind.FOUND)
        return True

    def put(self, name: str, data: bytes, recipe: Recipe) -> None:
        """Write an output and remember it. Raises UsageError when it cannot be written."""
        self._write(name, data, recipe, EventKind.MADE)
        if self.results is not None and name != SEALED:
            self.results.keep(name, recipe.key, data)

    def _write(self, name: str, data: bytes, recipe: Recipe, kind: EventKind) -> None:
        write_whole(self.folder / name, data)
        self.new.outputs[name] = Output(sha256(data), len(data), recipe.key, recipe.bahan)
        self.notify(Event(kind, name, self._why(name, recipe)))

    def _why(self, name: str, recipe: Recipe) -> str:
        """Why an output does not stand as an earlier build left it."""
        before = self.old.outputs.get(name)
        if before is None:
            return "belum pernah dibuat di sini"
        if before.key == recipe.key:
            return "berkasnya hilang atau diubah di luar sopdocs"
        # Manifests of earlier versions name no ingredients.
        changes = recipe.changes(before.bahan) if before.bahan else ()
        more = f", dan {len(changes) - _NAMED} lainnya" if len(changes) > _NAMED else ""
        return ", ".join(changes[:_NAMED]) + more or "masukan pembuatan yang lalu tidak tercatat"

    def content(self, name: str) -> bytes:
        """Return an output of this build. Raises OutputRejectedError when someone changed it meanwhile."""
        data = read_if_there(self.folder / name)
        if data is None or sha256(data) != self.new.outputs[name].sha256:
            raise OutputRejectedError(f"build/{name} hilang atau berubah selama pembuatan", "jalankan sekali lagi")
        return data

    def announce(self, names: Iterable[str]) -> None:
        """Write down what will be made and the manifest does not tell of, for whoever comes after a killed build.

        Raises UsageError when it cannot be written.
        """
        planned = _planned(self.folder)
        if unknown := {*names} - self.old.outputs.keys() - planned:
            write_whole(self.folder / _PLAN, "\n".join(sorted(unknown | planned)).encode())

    def conclude(self) -> None:
        """Write the manifest: from now on it tells what stands here. Raises UsageError when it cannot be written."""
        self.new.write(self.folder)
        # What a killed build left stays known until a build of everything removes it.
        planned = _planned(self.folder) - self.new.outputs.keys()
        if not any((self.folder / name).exists() for name in planned):
            with suppress(OSError):
                (self.folder / _PLAN).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove outputs of earlier builds that the workspace no longer has, so that none is taken for current.

        Also those that a killed build made and nobody wants any more. Raises UsageError when one cannot be removed.
        """
        for name in (self.old.outputs.keys() | _planned(self.folder)) - self.new.outputs.keys():
            path = (self.folder / name).resolve()
            if self.folder.resolve() in path.parents:
                remove(path)


def _planned(folder: Path) -> set[str]:
    said = (read_if_there(folder / _PLAN) or b"").decode("utf-8", "replace")
    return {name for name in said.split("\n") if _SHEET.fullmatch(name)}
