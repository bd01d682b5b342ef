"""A workspace's files as one office sees them: its own where it has them, otherwise the shared ones."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sopdocs.content.report import Report, quote
from sopdocs.content.source import Source, clean, has_conflict, read_source
from sopdocs.content.yaml_reader import Node, load_yaml
from sopdocs.errors import reason
from sopdocs.model import OFFICES, SHARED, Finding, Place, Span

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EVERY = "all"
"""What the command line calls all offices; none may have this name."""


@dataclass(frozen=True, slots=True)
class _Composed:
    """A YAML file as it was read last."""

    source: Source
    node: Node | None
    findings: tuple[Finding, ...]


Composed = dict[str, _Composed]
"""YAML files by path: many offices read the same ones."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a place, some of them read from memory; each is named by the path that a shared one has."""

    place: Place
    instead: Mapping[str, str] = field(default_factory=dict[str, str])
    """Texts by path, with the line ends and marks of a file."""
    composed: Composed = field(default_factory=Composed)

    def path(self, name: str) -> str:
        """The path of the file that counts; of the office's own when there is none at all."""
        return self.layers(name)[-1]

    def layers(self, name: str) -> tuple[str, ...]:
        """The paths of the files there are, a shared one before the office's own; never empty."""
        candidates = self.place.candidates(name)
        return tuple(path for path in candidates if self.has(path)) or candidates[-1:]

    def room(self, name: str) -> str:
        """The folder of the file that counts: the office's own, or content/."""
        return self.place.own if self.path(name) == self.place.candidates(name)[-1] else SHARED

    def has(self, path: str) -> bool:
        """Whether something stands at `path`, readable or not: a broken file is no reason to take another."""
        return path in self.instead or os.path.lexists(self.place.root / path)

    def read(self, path: str, report: Report, *, optional: bool = False) -> Source | None:
        """Read the file at `path` as `read_source` does."""
        if path in self.instead:
            return clean(path, self.instead[path], report)
        return read_source(self.place.root, path, report, optional=optional)

    def compose(self, source: Source, report: Report) -> Node | None:
        """Read a YAML file as `load_yaml` does, unless it was read before."""
        last = self.composed.get(source.path)
        if last is None or last.source != source:
            own = Report()
            node = None if has_conflict(source, own) else load_yaml(source, own)
            last = self.composed[source.path] = _Composed(source, node, tuple(own.findings))
        report.findings += last.findings
        return last.node


def is_folder(path: Path) -> bool:
    """Whether a folder stands at `path`, as far as that can be known."""
    try:
        return path.is_dir()
    except OSError:
        return False


def read_offices(root: Path, report: Report) -> tuple[str, ...]:
    """Return the names of the folders below instansi/, sorted; report what stands there and cannot be an office."""
    try:
        names = sorted(path.name for path in (root / OFFICES).iterdir())
    except FileNotFoundError:
        return ()
    except OSError as error:
        hint = f"ganti dengan folder {OFFICES}/<nama instansi>/, atau beri nama lain"
        report.add(Span(OFFICES), "SOP002", f"Folder {OFFICES}/ tidak dapat dibaca: {reason(error)}", hint)
        return ()
    return tuple(name for name in names if _is_office(root / OFFICES / name, report))


def _is_office(path: Path, report: Report) -> bool:
    """Whether `path` is an office's folder; files that lie about are none, and need not be."""
    name, span = path.name, Span(f"{OFFICES}/{path.name}")
    if name.startswith((".", "_")):
        return False
    if not is_folder(path):
        if path.is_symlink():
            hint = "perbaiki tautannya, atau hapus"
            report.add(span, "SOP002", f"{OFFICES}/{name} adalah tautan yang tidak menuju folder", hint)
        return False
    if name == EVERY:
        hint = "beri nama lain"
        report.add(span, "SOP006", f"Nama folder {quote(name)} berarti semua instansi", hint)
        return False
    if not SLUG.fullmatch(name):
        hint = "pakai huruf kecil, angka, dan tanda hubung, misalnya kecamatan-contoh"
        report.add(span, "SOP006", f"Nama folder instansi {quote(name)} tidak sesuai pola", hint)
        return False
    return True


def shares_letterhead(root: Path) -> bool:
    """Whether content/ describes an office of its own, besides those below instansi/."""
    return os.path.lexists(root / SHARED / "instansi.yaml")
