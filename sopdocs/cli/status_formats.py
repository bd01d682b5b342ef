"""The register of SOPs for other programs: JSON, CSV, calendar, workbook."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sopdocs import __version__
from sopdocs.cli.status import Due, Overview, Row
from sopdocs.word import Table, TableColumn, make_workbook

_FORMAT = "sopdocs-status/1"
_COLUMNS = (
    TableColumn("No", 5),
    TableColumn("Nomor SOP", 22),
    TableColumn("Nama SOP", 40),
    TableColumn("Berkas", 30),
    TableColumn("Status", 11),
    TableColumn("Revisi ke", 8),
    TableColumn("Edisi", 7),
    TableColumn("Terbit", 12),
    TableColumn("Pembuatan", 12),
    TableColumn("Revisi", 12),
    TableColumn("Pengesahan", 12),
    TableColumn("Efektif", 12),
    TableColumn("Tidak berlaku sejak", 12),
    TableColumn("Pengganti", 30),
    TableColumn("Terakhir dipantau", 12),
    TableColumn("Hasil pemantauan", 18),
    TableColumn("Terakhir dievaluasi", 12),
    TableColumn("Pemantauan berikutnya", 13),
    TableColumn("Evaluasi berikutnya", 13),
    TableColumn("Galat", 7),
    TableColumn("Peringatan", 11),
    TableColumn("Perlu konfirmasi", 11),
)


def as_json(found: Overview) -> bytes:
    """The register as schema sopdocs-status/1: dates are year-month-day, what is unknown is null."""
    record = {
        "format": _FORMAT,
        "tanggal": found.today,
        "instansi": found.workspace.instansi.nama,
        "sampai": found.until,
        "sop": [_record(row) for row in found.rows],
        "jatuh_tempo": [_due_record(each, found.today) for each in found.due],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2, default=date.isoformat) + "\n").encode()


def as_csv(found: Overview) -> bytes:
    """One line for each SOP, or with a limit one for each thing that is due."""
    records = [_record(row) for row in found.rows]
    names: tuple[str, ...] = _NAMES
    if found.until is not None:
        records = [_due_record(each, found.today) for each in found.due]
        names = ("hari", "sisa_hari", "kegiatan", "slug", "nama")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([record[name] for name in names] for record in records)
    return text.getvalue().encode()


def as_calendar(found: Overview) -> bytes:
    """One event of a whole day for each thing that is due (RFC 5545); importing it again changes events, adds none."""
    from icalendar import Calendar

    calendar: Any = Calendar()
    office = found.workspace.instansi.nama
    calendar.add("prodid", f"-//sopdocs//{__version__}//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"SOP {office}")
    for each in found.due:
        calendar.add_component(_event(each, found))
    return calendar.to_ical()


def as_workbook(found: Overview) -> bytes:
    """The register as an XLSX file."""
    rows = tuple((number, *_values(row)) for number, row in enumerate(found.rows, start=1))
    office = found.workspace.instansi
    title = f"Register SOP {office.nama}, {found.today:%d-%m-%Y}"
    return make_workbook((Table("Register SOP", _COLUMNS, rows),), title, office.kertas, found.today)


CONTENT: dict[str, Callable[[Overview], bytes]] = {
    "json": as_json,
    "csv": as_csv,
    "ics": as_calendar,
    "xlsx": as_workbook,
}
"""What `status --format` knows besides the table."""

_NAMES = tuple(
    (
        "slug nama nomor status revisi_ke edisi terbit pembuatan revisi pengesahan efektif pencabutan pengganti "
        "pemantauan hasil_pemantauan evaluasi pemantauan_berikutnya evaluasi_berikutnya galat peringatan "
        "perlu_konfirmasi"
    ).split()
)


def _record(row: Row) -> dict[str, Any]:
    sop = row.sop
    return {
        "slug": sop.slug,
        "nama": sop.nama,
        "nomor": sop.nomor,
        "status": sop.status.value,
        "revisi_ke": sop.revisi_ke,
        "edisi": row.edisi.nomor if row.edisi else None,
        "terbit": row.edisi.tanggal if row.edisi else None,
        "pembuatan": sop.pembuatan,
        "revisi": sop.revisi,
        "pengesahan": sop.pengesahan,
        "efektif": sop.efektif,
        "pencabutan": sop.pencabutan,
        "pengganti": sop.pengganti,
        "pemantauan": sop.pemantauan,
        "hasil_pemantauan": _result(row),
        "evaluasi": sop.evaluasi,
        "pemantauan_berikutnya": row.jadwal.pemantauan,
        "evaluasi_berikutnya": row.jadwal.evaluasi,
        "galat": row.galat,
        "peringatan": row.peringatan,
        "perlu_konfirmasi": len(sop.perlu_konfirmasi),
    }


def _due_record(each: Due, today: date) -> dict[str, Any]:
    return {
        "hari": each.hari,
        "sisa_hari": (each.hari - today).days,
        "kegiatan": each.kegiatan,
        "slug": each.row.sop.slug,
        "nama": each.row.sop.nama,
    }


def _values(row: Row) -> tuple[str | int | date | None, ...]:
    """The cells of a line of the workbook, without its number."""
    sop = row.sop
    return (
        *(sop.nomor, sop.nama, sop.slug, sop.status.value, sop.revisi_ke),
        *((row.edisi.nomor, row.edisi.tanggal) if row.edisi else (None, None)),
        *(sop.pembuatan, sop.revisi, sop.pengesahan, sop.efektif, sop.pencabutan, row.pengganti or None),
        *(sop.pemantauan, _result(row), sop.evaluasi, row.jadwal.pemantauan, row.jadwal.evaluasi),
        *(row.galat, row.peringatan, len(sop.perlu_konfirmasi)),
    )


def _result(row: Row) -> str | None:
    return row.hasil.teks if row.hasil and row.hasil.tanggal == row.sop.pemantauan else None


def _event(each: Due, found: Overview) -> Any:
    from icalendar import Event

    sop, office = each.row.sop, found.workspace
    event: Any = Event()
    named = "\0".join((office.office or "", office.instansi.nama, sop.slug, each.kegiatan))
    event.add("uid", f"{hashlib.sha256(named.encode()).hexdigest()[:32]}@sopdocs")
    event.add("dtstamp", datetime.combine(found.today, time(), UTC))
    event.add("dtstart", each.hari)
    event.add("dtend", each.hari + timedelta(days=1))
    event.add("summary", f"{each.kegiatan.capitalize()} SOP {sop.nama}")
    event.add("description", _described(each))
    event.add("categories", ["SOP", each.kegiatan])
    event.add("transp", "TRANSPARENT")
    return event


def _described(each: Due) -> str:
    sop, row = each.row.sop, each.row
    lines = [f"Nomor: {sop.nomor or '-'}", f"Revisi ke: {sop.revisi_ke}"]
    if each.kegiatan == "pemantauan":
        last = f"{sop.pemantauan.isoformat()}" if sop.pemantauan else "belum pernah"
        result = _result(row)
        lines += [f"Terakhir dipantau: {last}{f' ({result})' if result else ''}"]
        lines += [f"Formulir: sopdocs monitor {sop.slug}"]
    else:
        lines += [f"Terakhir dievaluasi: {sop.evaluasi.isoformat() if sop.evaluasi else 'belum pernah'}"]
    return "\n".join(lines)
