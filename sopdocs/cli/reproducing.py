"""`sopdocs reproduce`."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sopdocs import engine
from sopdocs.cli import places
from sopdocs.cli.checking import load
from sopdocs.cli.offices import one_place
from sopdocs.cli.output import print_findings, say
from sopdocs.cli.staffing import Workforce, crewed
from sopdocs.content import ISI, CatatanEdisi, edition_at, read_editions
from sopdocs.engine import BUNDLE, EventKind, Order, Sources
from sopdocs.errors import ExitCode, FindingsError, UsageError, reason
from sopdocs.model import Arsip, Place
from sopdocs.pdf import read_bundle
from sopdocs.word import ChangeSheet


@dataclass(frozen=True, slots=True)
class _Edition:
    """The edition that the bundle is of, or is to be held against."""

    archive: Place
    """The workspace whose archive it stands in."""
    catatan: CatatanEdisi
    before: Arsip
    """What the archive held when the edition was built: the editions before."""

    @property
    def folder(self) -> Path:
        """Where it stands."""
        return self.archive.root / self.catatan.edisi.folder

    @property
    def source(self) -> Place:
        """What it was made from, as a workspace."""
        return Place(self.folder / ISI, self.archive.office)


@dataclass(frozen=True, slots=True)
class _Again:
    """What is built again, and how."""

    place: Place
    carrying: bool
    """Whether the bundle has its sources with it."""
    told: ChangeSheet | None = None
    """What the bundle itself says of the edition before."""
    edition: _Edition | None = None
    made: Mapping[str, str] = field(default_factory=dict[str, str])
    """Tools of then, as far as they are known."""


def reproduce(file: Path, source: Path | None, offices: Sequence[str], now: datetime) -> int:
    """Build the bundle again and compare; exit 1 when it differs.

    From `source`; without it from the edition in whose folder the file stands, or from what the file carries. Whose
    bundle it is, `offices` says, or else the edition, or the paths of what the file carries.
    """
    try:
        sealed = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} tidak dapat dibaca: {reason(error)}", "periksa nama dan letak berkasnya") from error
    carried = engine.carried_sources(read_bundle(sealed))
    edition = _edition(file.resolve().parent if source is None else _outside(source))
    with tempfile.TemporaryDirectory(prefix="sopdocs-", ignore_cleanup_errors=True) as folder:
        again = _again(source, offices, carried, edition, Path(folder) / "sumber")
        if again is None:
            advice = "berikan folder kerja tempat bundel itu dibuat: sopdocs reproduce FILE --sumber FOLDER"
            raise UsageError(f"{file} tidak membawa sumbernya", advice)
        rebuilt, tools = _rebuilt(again, Path(folder) / "build", now)
    found = engine.differences(sealed, rebuilt, again.made, tools)
    if found:
        of = "isi edisi itu" if edition else "sumber itu"
        say(f"TIDAK COCOK: berkas ini bukan hasil dari {of}", "bold red")
        for sentence in found:
            say(f"  - {sentence}")
        return ExitCode.FINDINGS
    _tell(again, sealed, rebuilt)
    return ExitCode.OK


def _outside(source: Path) -> Path:
    """The folder of the edition that a source may be of."""
    whole = source.resolve()
    return whole.parent if whole.name == ISI else whole


def _edition(folder: Path) -> _Edition | None:
    """The edition in a folder; raises FindingsError when it, or one before, is not as it was issued."""
    found = edition_at(folder)
    if found is None:
        return None
    place, number = found
    reading = read_editions(place)
    sound = [edisi for edisi in reading.arsip.edisi if edisi.nomor <= number]
    if len(sound) != number + 1:
        print_findings(reading.findings, errors=True)
        raise FindingsError(
            f"Edisi {number} atau edisi sebelumnya tidak utuh, sehingga tidak dapat dibangun ulang",
            "pulihkan arsip dari salinan cadangan atau riwayat git menurut temuan di atas",
        )
    return _Edition(place, reading.catatan[number], Arsip(tuple(sound[:-1])))


def _again(
    source: Path | None, offices: Sequence[str], carried: Sources | None, edition: _Edition | None, unpacked: Path
) -> _Again | None:
    """Say what to build from; None when there is nothing. `unpacked` is where carried sources go."""
    made: Mapping[str, str] = carried.tools if carried else {}
    if edition is not None:
        say(f"Membangun ulang dari {edition.catatan.edisi.folder}/{ISI} …", errors=True)
        return _Again(edition.source, carried is not None, edition=edition, made=made or edition.catatan.alat)
    named = (carried.office,) if carried and carried.office else ()
    if source is not None:
        say(f"Membangun ulang dari {source} …", errors=True)
        return _Again(one_place(source, offices or named), carried is not None, made=made)
    if carried is None:
        return None
    carried.write(unpacked)
    say("Membangun ulang dari sumber yang terlampir …", errors=True)
    return _Again(one_place(unpacked, offices or named), carrying=True, told=carried.changes, made=made)


def _rebuilt(again: _Again, target: Path, now: datetime) -> tuple[bytes, dict[str, str]]:
    """Build it below `target`; return the bundle, and the tools that made it."""
    place, edition = again.place, again.edition
    if edition is not None:  # judged as on the day on which it was issued
        day = edition.catatan.edisi.dicatat
        now = now.astimezone().replace(year=day.year, month=day.month, day=day.day)
    checked = load(place, now.astimezone().date())
    workspace = checked.readable()
    found = places.tools()
    tools = places.surroundings(place, workspace.instansi, found)
    inputs = places.content_inputs(place)
    order = Order(place, workspace, checked.findings, inputs, now, with_sources=again.carrying, output=target)
    if again.told is not None:
        order = replace(order, changes=again.told)
    elif edition is not None:
        changes = engine.changes_since(place, workspace, inputs, edition.before, edition.archive)
        order = replace(order, changes=changes)
    else:
        order = replace(order, changes=engine.changes_since(place, workspace, inputs, checked.arsip))

    def notify(event: engine.Event) -> None:
        if event.kind is EventKind.FAILED:
            say(f"GAGAL build/{event.name}: {event.detail}", errors=True)

    with crewed(Workforce(), found, target) as crew:
        result = engine.build(order, tools, notify, crew)
    if result.failures:
        raise result.failures[0]
    return (target / BUNDLE).read_bytes(), tools.tools


def _tell(again: _Again, sealed: bytes, rebuilt: bytes) -> None:
    """Say that it is the same, and what that rests on."""
    say("COCOK: berkas ini diawali persis oleh bundel yang dibangun ulang", "bold green")
    if again.edition is not None:
        edisi, before = again.edition.catatan.edisi, again.edition.before.edisi
        earlier = f"; Lembar Perubahan dihitung lagi dari {before[-1]} di arsip yang sama" if before else ""
        say(f"  Semua dari isi {edisi} ({edisi.folder}/{ISI}){earlier}.")
    elif again.told is not None:
        say("  Lembar Perubahan memuat kata-kata lampirannya: arsip edisi sebelumnya tidak ikut di dalam berkas.")
    say(f"  {_count(rebuilt)} bita, SHA-256 {engine.sha256(rebuilt)}")
    added = sealed[len(rebuilt) :]
    say(
        f"  {_count(added)} bita sesudahnya adalah segel; periksa dengan sopdocs verify"
        if added
        else "  Belum disegel."
    )


def _count(data: bytes) -> str:
    return f"{len(data):,}".replace(",", ".")
