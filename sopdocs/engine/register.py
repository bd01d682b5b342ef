"""What the register of SOPs says of each sheet, in the bundle and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sopdocs.engine.manifest import Manifest
from sopdocs.model import Pemantauan, Sop, Workspace, terakhir
from sopdocs.rules import schedule
from sopdocs.rules.durations import sop_times
from sopdocs.word import EndedEntry, RegisterEntry, Table, TableColumn, make_workbook

WORKBOOK = "register.xlsx"
_NONE = "-"
_COLUMNS = tuple(
    TableColumn(title, width)
    for title, width in (
        *(("No", 5), ("Nomor SOP", 22), ("Nama SOP", 40), ("Revisi ke", 8)),
        *(("Pembuatan", 12), ("Revisi", 12), ("Pengesahan", 12), ("Efektif", 12), ("Status lembar", 11)),
        *(("Jabatan pengesah", 22), ("Nama pengesah", 26), ("Halaman", 9), ("Waktu total", 26)),
        *(("Terakhir dipantau", 12), ("Hasil pemantauan", 18)),
        *(("Pemantauan berikutnya", 13), ("Evaluasi berikutnya", 13), ("Berkas", 34)),
    )
)
_ENDED = tuple(
    TableColumn(title, width)
    for title, width in (
        *(("No", 5), ("Nomor SOP", 22), ("Nama SOP", 40), ("Status", 12), ("Sejak", 12)),
        *(("Pengganti", 40), ("Berkas", 34)),
    )
)


def register_entries(sops: Sequence[Sop], workspace: Workspace, built: Manifest) -> tuple[RegisterEntry, ...]:
    """Return a line for each SOP, in order: its state and pages as built, its times, when it is due again.

    Nothing of it depends on the day, nor on whether it was issued.
    """
    return tuple(_entry(sop, workspace, built) for sop in sops)


def _entry(sop: Sop, workspace: Workspace, built: Manifest) -> RegisterEntry:
    due = schedule(sop, workspace)
    return RegisterEntry(
        sop,
        "KONSEP" if built.sop[sop.slug].konsep else "Disahkan",
        built.sop[sop.slug].halaman,
        _time(sop),
        monitoring_result(sop, workspace.pemantauan.get(sop.slug, ())),
        due.pemantauan,
        due.evaluasi,
    )


def monitoring_result(sop: Sop, monitored: tuple[Pemantauan, ...]) -> str:
    """Return what the last monitoring said; empty when that is known by its day alone, or not at all."""
    last = terakhir(monitored)
    return last.teks if last and last.tanggal == sop.pemantauan else ""


def ended_entries(workspace: Workspace) -> tuple[EndedEntry, ...]:
    """Return a line for each SOP that is no longer in force, the last one first."""
    ended = (sop for sop in workspace.sop.values() if sop.status.ended)
    ordered = sorted(ended, key=lambda sop: sop.pencabutan or date.min, reverse=True)
    return tuple(EndedEntry(sop, successor(sop, workspace)) for sop in ordered)


def successor(sop: Sop, workspace: Workspace) -> str:
    """Return the name of the SOP that stands in the place of `sop`; empty for none."""
    other = workspace.sop.get(sop.pengganti or "")
    return other.nama if other else sop.pengganti or ""


def register_tables(
    entries: Sequence[RegisterEntry], ended: Sequence[EndedEntry], workspace: Workspace
) -> tuple[Table, ...]:
    """Return the register as sheets of a workbook, the second one for the SOPs that are no longer in force."""
    rows = tuple(_row(number, entry, workspace) for number, entry in enumerate(entries, start=1))
    gone = tuple(
        (number, sop.nomor, sop.nama, sop.status.value, sop.pencabutan, entry.pengganti, sop.slug)
        for number, entry in enumerate(ended, start=1)
        for sop in (entry.sop,)
    )
    tables = (Table("Register SOP", _COLUMNS, rows),)
    return (*tables, Table("Tidak berlaku lagi", _ENDED, gone)) if gone else tables


def register_workbook(tables: tuple[Table, ...], workspace: Workspace, day: date | None) -> bytes:
    """Return the workbook of these tables."""
    office = workspace.instansi
    return make_workbook(tables, f"Register SOP {office.nama}", office.kertas, day)


def _row(number: int, entry: RegisterEntry, workspace: Workspace) -> tuple[str | int | date | None, ...]:
    sop = entry.sop
    official = workspace.pejabat.get(sop.pengesah)
    return (
        *(number, sop.nomor, sop.nama, sop.revisi_ke),
        *(sop.pembuatan, sop.revisi, sop.pengesahan, sop.efektif, entry.status),
        *(official.jabatan if official else sop.pengesah, official.nama if official else None),
        *(entry.halaman, entry.waktu, sop.pemantauan, entry.hasil or None),
        *(entry.pemantauan, entry.evaluasi, sop.slug),
    )


def _time(sop: Sop) -> str:
    times = sop_times(sop)
    ways = [way.teks for way in (times.tercepat, times.terlama) if way is not None]
    return " sampai ".join(dict.fromkeys(ways)) or _NONE
