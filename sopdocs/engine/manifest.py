"""build/manifest.json: what was made, from what, with which tools. Holds no time, so equal builds have equal ones."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from sopdocs.engine.files import read_if_there, write_whole
from sopdocs.model import Finding

FORMAT = "sopdocs-manifest/1"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Output:
    """One file below build/."""

    sha256: str
    size: int
    key: str
    """Digest of everything the file was made from; equal keys need no new build."""
    bahan: dict[str, str] = field(default_factory=dict[str, str])
    """The same one by one, by the name that users know it by."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One SOP as built."""

    slug: str
    nama: str
    nomor: str | None
    halaman: int
    konsep: tuple[str, ...]
    """Why the sheet is a draft; empty for one that may be signed for good."""
    temuan: tuple[dict[str, Any], ...] = ()
    """Findings of the layout and of the rules on finished PDFs."""
    masukan: str = ""
    """Digest of what the workspace gives to the sheet."""
    berkas: str = ""
    """SHA-256 of its content file, whose lines `temuan` tells."""

    @property
    def facts(self) -> bytes:
        """What only making the sheet tells, to be kept beside it."""
        return json.dumps(
            {"halaman": self.halaman, "temuan": self.temuan, "berkas": self.berkas}, ensure_ascii=False
        ).encode()

    def with_facts(self, facts: bytes) -> SheetEntry:
        """The same with `facts` of an earlier build. Raises what reading wrong JSON raises."""
        record = cast(dict[str, Any], json.loads(facts))
        found = tuple(record["temuan"])
        entry = replace(self, halaman=int(record["halaman"]), temuan=found, berkas=str(record["berkas"]))
        list(entry.findings)
        return entry

    @property
    def findings(self) -> tuple[Finding, ...]:
        """`temuan` as findings."""
        return tuple(Finding.of(record) for record in self.temuan)


@dataclass(frozen=True, slots=True)
class PartEntry:
    """Where a part of the bundle stands."""

    kunci: str
    """`bagian/<name>` or `sop/<slug>`."""
    judul: str
    halaman: int
    """Its first page, from 1."""
    jumlah: int
    """How many pages it has."""


@dataclass(frozen=True, slots=True)
class AttachmentEntry:
    """A file that the bundle carries."""

    nama: str
    sha256: str


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """The bundle as built."""

    halaman: int
    bagian: tuple[PartEntry, ...]
    lampiran: tuple[AttachmentEntry, ...] = ()


@dataclass(slots=True)
class Manifest:
    """What stands in the file; filled while building."""

    tools: dict[str, str] = field(default_factory=dict[str, str])
    inputs: dict[str, str] = field(default_factory=dict[str, str])
    """Path below the workspace -> SHA-256."""
    outputs: dict[str, Output] = field(default_factory=dict[str, Output])
    """Path below build/ -> what it is."""
    sop: dict[str, SheetEntry] = field(default_factory=dict[str, SheetEntry])
    bundel: BundleEntry | None = None

    def write(self, folder: Path) -> None:
        """Write build/manifest.json."""
        write_whole(folder / NAME, self.text().encode())

    def text(self) -> str:
        """Return it as JSON."""
        record = {
            "format": FORMAT,
            "tools": self.tools,
            "inputs": dict(sorted(self.inputs.items())),
            "outputs": {name: asdict(output) for name, output in sorted(self.outputs.items())},
            "sop": [asdict(entry) for _, entry in sorted(self.sop.items())],
            "bundel": asdict(self.bundel) if self.bundel else None,
        }
        return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest; a missing or damaged one counts as empty, so that everything is built anew."""
    data = read_if_there(folder / NAME)
    try:
        record = cast(dict[str, Any], json.loads(data or b"{}"))
        if record.get("format") != FORMAT:
            return Manifest()
        sheets = [_entry(sheet) for sheet in record["sop"]]
        outputs = {name: Output(**output) for name, output in record["outputs"].items()}
        whole = _bundle(record["bundel"]) if record.get("bundel") else None
        return Manifest(record["tools"], record["inputs"], outputs, {sheet.slug: sheet for sheet in sheets}, whole)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest()


def _entry(record: dict[str, Any]) -> SheetEntry:
    return SheetEntry(
        record["slug"],
        record["nama"],
        record["nomor"],
        record["halaman"],
        tuple(record["konsep"]),
        tuple(record["temuan"]),
        str(record.get("masukan", "")),
        str(record.get("berkas", "")),
    )


def _bundle(record: dict[str, Any]) -> BundleEntry:
    parts = tuple(PartEntry(**part) for part in record["bagian"])
    attached = tuple(AttachmentEntry(**each) for each in record["lampiran"])
    return BundleEntry(record["halaman"], parts, attached)
