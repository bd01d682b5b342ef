"""The time of each step: said in a way that can be kept and added up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopdocs.model import Durasi, Langkah, Satuan, Severity, Sop
from sopdocs.rules.amounts import jumlah
from sopdocs.rules.rule import PRAKTIK, SENDIRI, Hit, each_sop

TOPIC = "Waktu"
_SHORTEST_MONTH = 28
_LONGEST_TEXT = 60
_MINUTES = 24 * 60
_DAYS = (Satuan.HARI, Satuan.HARI_KERJA)
_NUMBER = r"\d+(?:[.,]\d+)?"
_TO = r"\s*(?:-|–|s\.?d\.?|sampai(?: dengan)?)\s*"
_UNIT = r"(?:menit|jam|hari|minggu|bulan|tahun)\b"
_ABOUT = re.compile(r"±|≈|~|\+/-|\+-|\b(?:kurang lebih|lebih kurang|kira-kira|kira kira|sekitar|kurleb|lk\.)")
_VAGUE = re.compile(
    r"\b(?:secukupnya|seperlunya|segera|secepatnya|menyesuaikan|tentatif|kondisional|situasional|fleksibel|relatif"
    r"|sewaktu-waktu|tidak (?:tentu|menentu|terbatas|pasti)|sebentar|beberapa)\b"
)
_LIMIT = re.compile(rf"{_NUMBER}\s*(?:\([^)]*\)\s*)?{_UNIT}")
_BARE = re.compile(rf"{_NUMBER}(?:{_TO}{_NUMBER})?")
_ZERO = re.compile(rf"0+(?:[.,]0+)?(?:\s*{_UNIT}.*)?")
_RANGE = re.compile(rf"({_NUMBER}){_TO}({_NUMBER})\s*{_UNIT}.*")


@each_sop(
    "SOP143",
    "Waktu tidak pasti, nol, atau terbalik",
    Severity.PERINGATAN,
    PRAKTIK,
    "Waktu yang tidak pasti tidak dapat dipegang pemohon dan tidak dapat dijumlahkan.",
)
def vague_time(sop: Sop) -> Iterator[Hit]:
    """Report times that nobody can hold or add up. What the content room cannot read it reports itself."""
    for langkah in _steps(sop):
        wrong = _wrong_time(langkah.durasi) if langkah.durasi else _wrong_text(langkah.waktu.text)
        if wrong:
            message = f"Langkah {langkah.nomor}: waktu {_shown(langkah)} {wrong}"
            hint = "tulis angka dan satuan, misalnya 15 menit atau 1–2 hari kerja; tulis - bila memang tidak ada"
            yield _hit(sop, langkah, message, hint)


def _wrong_time(durasi: Durasi) -> str:
    return "" if durasi.paling_lama > 0 else "adalah nol"


def _wrong_text(text: str) -> str:
    """What is wrong with a free text; "" for one that may stand, such as "sesuai jadwal"."""
    plain = " ".join(text.casefold().split())
    backwards = _RANGE.fullmatch(plain)
    if _ZERO.fullmatch(plain):
        return "adalah nol"
    if _BARE.fullmatch(plain):
        return "tidak bersatuan"
    if backwards and _value(backwards[1]) > _value(backwards[2]):
        return "terbalik: yang lama ditulis lebih dahulu"
    # "Segera, paling lama 1 hari" has a limit that can be held.
    if _ABOUT.search(plain) or (_VAGUE.search(plain) and not _LIMIT.search(plain)):
        return "tidak pasti"
    return ""


def _value(number: str) -> float:
    return float(number.replace(",", "."))


@each_sop(
    "SOP144",
    "Waktu satu langkah terlalu lama",
    Severity.PERINGATAN,
    SENDIRI,
    "Langkah berbulan-bulan biasanya salah satuan atau sebenarnya beberapa langkah.",
    hari=30,
)
def long_step(sop: Sop, hari: int) -> Iterator[Hit]:
    """Report steps longer than `hari` days, be they of the calendar or of work; a month is at least 28."""
    for langkah in _steps(sop):
        time = jumlah(langkah.durasi, longest=True)
        days = max(time.menit / _MINUTES, time.hari_kerja, time.hari, time.bulan * _SHORTEST_MONTH)
        if days > hari:
            message = f"Langkah {langkah.nomor}: waktu {_shown(langkah)} lebih lama daripada {hari} hari"
            hint = "periksa satuannya, atau pecah menjadi beberapa langkah"
            yield _hit(sop, langkah, message, hint)


@each_sop(
    "SOP145",
    "Hari dan hari kerja bercampur",
    Severity.CATATAN,
    SENDIRI,
    "Hari dan hari kerja tidak dapat dijumlahkan; pembaca tidak tahu mana yang dimaksud.",
)
def mixed_days(sop: Sop) -> Iterator[Hit]:
    """Note an SOP that counts in days here and in working days there, at the step where the second unit comes in."""
    counted = [langkah for langkah in _steps(sop) if langkah.durasi and langkah.durasi.satuan in _DAYS]
    units = [langkah.durasi.satuan for langkah in counted if langkah.durasi]
    second = next((at for at, unit in enumerate(units) if unit is not units[0]), None)
    if second is not None:
        before, after = counted[0], counted[second]
        message = f"Langkah {after.nomor} memakai {units[second]}, langkah {before.nomor} memakai {units[0]}"
        hint = "pakai satu satuan bila maksudnya sama; keduanya tidak dapat dijumlahkan"
        yield _hit(sop, after, message, hint)


def _shown(langkah: Langkah) -> str:
    text = " ".join(langkah.waktu.text.split())
    return f"“{text}”" if len(text) <= _LONGEST_TEXT else f"“{text[:_LONGEST_TEXT].rstrip()} …”"


def _steps(sop: Sop) -> Iterator[Langkah]:
    for prosedur in sop.prosedur:
        yield from prosedur.langkah


def _hit(sop: Sop, langkah: Langkah, message: str, hint: str) -> Hit:
    return Hit(langkah.waktu.span or langkah.span or sop.at("prosedur"), message, hint)
