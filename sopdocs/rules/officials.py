"""Officials who approve: their NIP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sopdocs.model import Severity
from sopdocs.rules.rule import PRAKTIK, Context, Hit, whole

TOPIC = "Pejabat dan kantor"
_NIP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d{4})(\d\d)[12]\d{3}", re.ASCII)
_LEAST_AGE = 18


@whole(
    "SOP106",
    "NIP tidak wajar",
    Severity.GALAT,
    PRAKTIK,
    "NIP yang salah pada lembar bertanda tangan merugikan pejabatnya.",
)
def odd_nip(context: Context) -> Iterator[Hit]:
    """Judge each NIP: birth date (8), start of service (6), sex (1), sequence (3)."""
    for official in context.workspace.pejabat.values():
        if not official.nip:
            continue
        span = official.spans.get("nip", official.spans[""])
        match = _NIP.fullmatch("".join(official.nip.split()))
        if not match:
            yield Hit(span, f"NIP “{official.nip}” tidak terdiri atas 18 angka yang wajar")
            continue
        year, month, day, start, start_month = (int(part) for part in match.groups())
        if not (_in_calendar(year, month, day) and _in_calendar(start, start_month, 1)):
            yield Hit(span, f"NIP “{official.nip}” memuat tanggal yang tidak ada")
        elif (start * 12 + start_month) - (year * 12 + month) < _LEAST_AGE * 12:
            message = f"Menurut NIP “{official.nip}”, {official.nama} mulai bekerja sebelum berumur {_LEAST_AGE} tahun"
            yield Hit(span, message, "periksa kembali pada dokumen kepegawaian")


def _in_calendar(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
