"""`sopdocs status`: every SOP with its state, its days, and what is due."""

from __future__ import annotations

import re
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sopdocs.cli.checking import Checked, load
from sopdocs.cli.offices import option
from sopdocs.cli.output import counts, print_findings, print_table, say
from sopdocs.content.report import quote
from sopdocs.errors import ExitCode, UsageError
from sopdocs.model import Arsip, Edisi, Pemantauan, Place, Severity, Sop, Status, Workspace, terakhir
from sopdocs.rules import Jadwal, schedule
from sopdocs.rules.berkala import due

FORMATS = ("table", "json", "csv", "ics", "xlsx")
_PERIOD = re.compile(r"([0-9]{1,4})\s*(d|h|hari|w|minggu|pekan|m|b|bulan|)", re.IGNORECASE)
_NONE = "-"
_SLUG_WIDTH = 22
"""So that the table fits on a terminal of 100 columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """One SOP as the register knows it."""

    sop: Sop
    edisi: Edisi | None
    """The last one whose bundle held it; None for one never issued."""
    jadwal: Jadwal
    hasil: Pemantauan | None
    """The last monitoring, as it was written down."""
    galat: int
    peringatan: int
    pengganti: str
    """Name of the SOP that stands in its place; empty for none."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to be done for an SOP on a day, or should have been."""

    hari: date
    kegiatan: str
    """pemantauan or evaluasi."""
    row: Row


@dataclass(frozen=True, slots=True)
class Overview:
    """What is shown: all SOPs, or what is due."""

    workspace: Workspace
    today: date
    rows: tuple[Row, ...]
    due: tuple[Due, ...]
    """Of these SOPs, the soonest first."""
    until: date | None = None
    """Nothing later is shown; None: everything."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    slugs: tuple[str, ...] = ()
    """None: all."""
    within: str | None = None
    """`--due` as written."""
    form: str | None = None
    """A name of FORMATS; None: by the name of the file, else a table."""
    output: Path | None = None


def status(place: Place, wish: Wish, today: date) -> int:
    """Show the register, or write it; findings that keep it from being read go to stderr."""
    form = form_of(wish)
    until = _until(wish.within, today) if wish.within is not None else None
    checked = load(place, today)
    if checked.workspace is None:
        print_findings(checked.findings, errors=True)
    found = overview(checked, wish.slugs, today, until)
    errors = counts(checked.findings)[Severity.GALAT.value]
    if errors:
        say(f"Isi content/ masih memuat {errors} galat. Lihat: sopdocs check{option(place)}", errors=True)
    if form == "table":
        _show(found, several=not wish.slugs)
        waiting = [row.sop.slug for row in found.rows if place.postponed(row.sop.at("").path).exists()]
        if waiting:
            say(f"Revisi yang ditunda: {', '.join(waiting)} (sopdocs revise SLUG --lanjut{option(place)})")
        return ExitCode.OK
    from sopdocs.cli.status_formats import CONTENT  # late: calendar and workbook take a while to load

    _write(CONTENT[form](found), wish.output)
    return ExitCode.OK


def form_of(wish: Wish) -> str:
    """Return the form asked for; raises UsageError when it does not fit the file."""
    named = wish.output.suffix.removeprefix(".").casefold() if wish.output else ""
    form = wish.form or (named if named in FORMATS[1:] else "table")
    if wish.output and form == "table":
        advice = f"pakai --format {'|'.join(FORMATS[1:])}, atau beri nama berkas berakhiran .csv, .xlsx, dan seterusnya"
        raise UsageError("Tabel hanya untuk layar, bukan untuk berkas", advice)
    if form == "xlsx" and wish.output is None:
        raise UsageError("Lembar kerja XLSX tidak dapat ditampilkan di layar", "tambahkan --output register.xlsx")
    return form


def overview(checked: Checked, slugs: Sequence[str], today: date, until: date | None = None) -> Overview:
    """Gather what is to be shown. Raises FindingsError and UsageError for an SOP that is not there."""
    workspace = checked.readable()
    for slug in slugs:
        if slug not in workspace.sop:
            known = ", ".join(workspace.sop) or "tidak ada"
            raise UsageError(f"SOP {quote(slug)} tidak ada atau tidak terbaca", f"yang ada: {known}")
    chosen = dict.fromkeys(slugs or workspace.sop)
    rows = [_row(workspace.sop[slug], checked, workspace, today) for slug in chosen]
    every = sorted((each for row in rows for each in _dues(row)), key=lambda each: (each.hari, each.row.sop.slug))
    shown = tuple(each for each in every if until is None or each.hari <= until)
    wanted = {each.row.sop.slug for each in shown}
    kept = tuple(row for row in rows if until is None or row.sop.slug in wanted)
    # Those in force come first.
    return Overview(workspace, today, tuple(sorted(kept, key=lambda row: row.sop.status.ended)), shown, until)


def _row(sop: Sop, checked: Checked, workspace: Workspace, today: date) -> Row:
    paths = (sop.at("").path, f"{checked.place.monitoring}/{sop.slug}.yaml")
    found = counts(finding for finding in checked.findings if finding.span.path in paths)
    other = workspace.sop.get(sop.pengganti or "")
    return Row(
        sop,
        _last_issued(sop.slug, checked.arsip),
        schedule(sop, workspace, today),
        terakhir(tuple(e for e in workspace.pemantauan.get(sop.slug, ()) if e.tanggal <= today)),
        found[Severity.GALAT.value],
        found[Severity.PERINGATAN.value],
        other.nama if other else sop.pengganti or "",
    )


def _last_issued(slug: str, arsip: Arsip) -> Edisi | None:
    return next((e for e in reversed(arsip.edisi) if any(sop.slug == slug for sop in e.berlaku)), None)


def _dues(row: Row) -> list[Due]:
    days = (("pemantauan", row.jadwal.pemantauan), ("evaluasi", row.jadwal.evaluasi))
    return [Due(day, kind, row) for kind, day in days if day]


def _until(within: str, today: date) -> date:
    """Read `30d`, `2w`, `3m`, `30 hari`, `2 minggu`, `3 bulan`; raises UsageError for anything else."""
    match = _PERIOD.fullmatch(within.strip())
    if match is None:
        raise UsageError(
            f"--due {quote(within)} tidak terbaca", "contoh: --due 30d, --due 2w, --due 3m, --due '30 hari'"
        )
    number, unit = int(match[1]), match[2].casefold()
    try:
        if unit in ("m", "b", "bulan"):
            return due(today, number) or date.max
        return today + timedelta(days=number * (7 if unit in ("w", "minggu", "pekan") else 1))
    except OverflowError:
        return date.max


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    from sopdocs.engine import write_whole

    write_whole(output, data)
    say(f"Ditulis: {output}")


def _show(found: Overview, *, several: bool) -> None:
    if found.until is not None:
        _show_due(found)
    elif several:
        _show_table(found)
    else:
        for row in found.rows:
            _show_one(row, found)


def _show_due(found: Overview) -> None:
    assert found.until is not None
    if not found.due:
        say(f"Sampai {found.until.isoformat()} tidak ada pemantauan atau evaluasi yang jatuh tempo.")
        return
    rows = [_due_cells(each, found.today) for each in found.due]
    print_table(("Hari", "Sisa", "Kegiatan", "SOP", "Nama"), rows)
    late = sum(each.hari <= found.today for each in found.due)
    say(f"{len(found.due)} kegiatan sampai {found.until.isoformat()}, {late} di antaranya sudah jatuh tempo.")


def _due_cells(each: Due, today: date) -> tuple[str, ...]:
    sop = each.row.sop
    return each.hari.isoformat(), _distance(each.hari, today), each.kegiatan, _folded(sop.slug), sop.nama


def _show_table(found: Overview) -> None:
    head = ("SOP", "Status", "Revisi\nke", "Terbit", "Pemantauan\nberikutnya", "Evaluasi\nberikutnya", "Terbuka")
    print_table(head, [_cells(row, found.today) for row in found.rows])
    kinds = Counter(row.sop.status for row in found.rows)
    said = ", ".join(f"{kinds[kind]} {kind}" for kind in Status if kinds[kind])
    late = sum(each.hari <= found.today for each in found.due)
    say(f"{len(found.rows)} SOP: {said or 'tidak ada'}. {late} pemantauan atau evaluasi sudah jatuh tempo.")


def _cells(row: Row, today: date) -> tuple[str, ...]:
    sop = row.sop
    since = f"\n{sop.pencabutan.isoformat()}" if sop.status.ended and sop.pencabutan else ""
    return (
        _folded(sop.slug),
        f"{sop.status}{since}",
        str(sop.revisi_ke),
        f"{row.edisi}\n{row.edisi.tanggal.isoformat()}" if row.edisi else _NONE,
        _next(row.jadwal.pemantauan, today),
        _next(row.jadwal.evaluasi, today),
        "\n".join(_open(row)) or _NONE,
    )


def _open(row: Row) -> list[str]:
    numbers = ((row.galat, "galat"), (row.peringatan, "peringatan"), (len(row.sop.perlu_konfirmasi), "konfirmasi"))
    return [f"{number} {what}" for number, what in numbers if number]


def _folded(slug: str) -> str:
    """A slug in lines that are broken at hyphens only."""
    return "\n".join(textwrap.wrap(slug, _SLUG_WIDTH, break_long_words=False))


def _next(day: date | None, today: date) -> str:
    return f"{_day(day)}\nlewat" if day and day < today else _day(day)


def _told(day: date | None, today: date) -> str:
    return f"{_day(day)}, {_distance(day, today)}" if day else _NONE


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if days > 0:
        return f"{days} hari lagi"
    return f"lewat {-days} hari" if days else "hari ini"


def _show_one(row: Row, found: Overview) -> None:
    sop = row.sop
    say(f"{sop.nama} ({sop.slug})", "bold")
    facts = [
        ("Nomor", sop.nomor or _NONE),
        ("Status", str(sop.status)),
        ("Revisi ke", str(sop.revisi_ke)),
        ("Terbit terakhir", f"{row.edisi}, {row.edisi.tanggal.isoformat()}" if row.edisi else "belum pernah"),
        *((name.capitalize(), _day(getattr(sop, name))) for name in ("pembuatan", "revisi", "pengesahan", "efektif")),
        ("Terakhir dipantau", _day(sop.pemantauan) + _result(row)),
        ("Pemantauan berikutnya", _told(row.jadwal.pemantauan, found.today)),
        ("Terakhir dievaluasi", _day(sop.evaluasi)),
        ("Evaluasi berikutnya", _told(row.jadwal.evaluasi, found.today)),
        ("Terbuka", ", ".join(_open(row)) or "tidak ada"),
    ]
    if sop.status.ended:
        facts += [("Tidak berlaku sejak", _day(sop.pencabutan)), ("Pengganti", row.pengganti or _NONE)]
    for name, value in facts:
        say(f"  {name:<24}{value}")
    for doubt in sop.perlu_konfirmasi:
        say(f"  perlu konfirmasi: {doubt}")


def _day(day: date | None) -> str:
    return day.isoformat() if day else _NONE


def _result(row: Row) -> str:
    return f", {row.hasil.teks}" if row.hasil and row.hasil.tanggal == row.sop.pemantauan else ""
