"""Sums of times, each unit apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sopdocs.model import Durasi, Satuan

_NONE = Decimal(0)
_SUM_OF = {
    Satuan.MENIT: ("menit", 1),
    Satuan.JAM: ("menit", 60),
    Satuan.HARI: ("hari", 1),
    Satuan.HARI_KERJA: ("hari_kerja", 1),
    Satuan.MINGGU: ("hari", 7),
    Satuan.BULAN: ("bulan", 1),
}
"""Which sum a unit goes into, and how many of that sum's units it is."""
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Jumlah:
    """A sum of times. Its parts are never converted into each other: an office's working day has no fixed length."""

    menit: Decimal = _NONE
    """Minutes; an hour is 60."""
    hari_kerja: Decimal = _NONE
    hari: Decimal = _NONE
    """Days of the calendar; a week is 7."""
    bulan: Decimal = _NONE
    """Kept apart from days, as months differ in length."""

    def __add__(self, other: Jumlah) -> Jumlah:
        return Jumlah(
            self.menit + other.menit,
            self.hari_kerja + other.hari_kerja,
            self.hari + other.hari,
            self.bulan + other.bulan,
        )

    @property
    def perkiraan(self) -> Decimal:
        """About how many minutes pass by the calendar; only to choose between ways, never to be shown.

        A day is 24 hours, five working days are a week, a month is 30 days.
        """
        return self.menit + self.hari * _DAY + self.hari_kerja * _DAY * 7 / 5 + self.bulan * _DAY * 30

    @property
    def teks(self) -> str:
        """The sum in Indonesian, longest unit first: "2 hari kerja + 1 jam 30 menit"."""
        hours, minutes = divmod(self.menit, 60)
        clock = [f"{angka(number)} {unit}" for number, unit in ((hours, "jam"), (minutes, "menit")) if number]
        days = ((self.bulan, "bulan"), (self.hari, "hari"), (self.hari_kerja, "hari kerja"))
        parts = [f"{angka(number)} {unit}" for number, unit in days if number]
        return " + ".join([*parts, " ".join(clock)] if clock else parts) or "0 menit"


def jumlah(durasi: Durasi | None, *, longest: bool) -> Jumlah:
    """Return the low or the high end of a time; nothing for None."""
    if durasi is None:
        return Jumlah()
    part, times = _SUM_OF[durasi.satuan]
    # By way of text: the file's "0,1" is a tenth, the float is not quite.
    number = Decimal(str(durasi.paling_lama if longest else durasi.paling_singkat)) * times
    return Jumlah(**{part: number})


def total(amounts: Iterable[Jumlah]) -> Jumlah:
    """Add up."""
    return sum(amounts, Jumlah())


def angka(number: Decimal) -> str:
    """Write a number the Indonesian way: "1,5"."""
    return format(number.normalize(), "f").replace(".", ",")
