"""The number (NIP) of each official: birth date (8), start of service as year and month (6), sex (1), sequence (3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sopdocs.model import Pejabat, Severity, Span
from sopdocs.rules.rule import PRAKTIK, Context, Hit, whole

TOPIC = "Pejabat"
_NIP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d{4})(\d\d)(\d)\d{3}", re.ASCII)
_AGES = range(18, 59)
"""Full years at the start of service that are plausible."""
_PPPK = 21
"""What a NI PPPK has in the place of the month. One who approves an SOP is a PNS, so it is no NIP here either."""
_CHECK = "periksa kembali pada dokumen kepegawaian"


@whole(
    "SOP106",
    "NIP tidak mungkin",
    Severity.GALAT,
    PRAKTIK,
    "NIP yang salah pada lembar bertanda tangan merugikan pejabatnya.",
)
def impossible_nip(context: Context) -> Iterator[Hit]:
    for official, match, span in _numbers(context):
        wrong = _impossible(match)
        if wrong:
            yield Hit(span, f"NIP “{official.nip}” {wrong}", _CHECK)


@whole(
    "SOP115",
    "NIP tidak wajar",
    Severity.PERINGATAN,
    PRAKTIK,
    "Umur mulai bekerja yang tidak wajar menandakan angka yang tertukar.",
)
def unlikely_nip(context: Context) -> Iterator[Hit]:
    for official, match, span in _numbers(context):
        if match and not _impossible(match):
            unlikely = _unlikely(match, official, context.today)
            if unlikely:
                yield Hit(span, f"Menurut NIP “{official.nip}”, {unlikely}", _CHECK)


def _numbers(context: Context) -> Iterator[tuple[Pejabat, re.Match[str] | None, Span]]:
    """Yield each official with the parts of the number, which are None when it has not 18 digits, and its place."""
    for official in context.workspace.pejabat.values():
        if official.nip:
            span = official.spans.get("nip") or official.spans.get("") or Span("content/pejabat.yaml")
            yield official, _NIP.fullmatch("".join(official.nip.split())), span


def _impossible(match: re.Match[str] | None) -> str:
    if match is None:
        return "tidak terdiri atas 18 angka"
    year, month, day, start, start_month, sex = (int(part) for part in match.groups())
    if not _in_calendar(year, month, day):
        return f"memuat tanggal lahir yang tidak ada, {match[1]}-{match[2]}-{match[3]}"
    if start_month == _PPPK:
        return "tampak seperti nomor induk PPPK: angka ke-13 dan ke-14 bukan bulan"
    if not _in_calendar(start, start_month, 1):
        return f"memuat bulan mulai bekerja yang tidak ada, {match[4]}-{match[5]}"
    return "" if sex in (1, 2) else f"memuat jenis kelamin {sex} pada angka ke-15; hanya 1 atau 2"


def _unlikely(match: re.Match[str], official: Pejabat, today: date) -> str:
    year, month, _, start, start_month, _ = (int(part) for part in match.groups())
    age = ((start * 12 + start_month) - (year * 12 + month)) // 12
    if age < _AGES.start:
        return f"{official.nama} mulai bekerja sebelum berumur {_AGES.start} tahun"
    if age not in _AGES:
        return f"{official.nama} mulai bekerja pada umur {age} tahun"
    if date(start, start_month, 1) > today:
        return f"{official.nama} baru mulai bekerja pada {match[4]}-{match[5]}"
    return ""


def _in_calendar(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
