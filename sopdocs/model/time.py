"""Durations (`Waktu`) as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Satuan(StrEnum):
    """Units a step's time may be given in. `hari` and `hari kerja` are never converted into each other."""

    MENIT = "menit"
    JAM = "jam"
    HARI = "hari"
    HARI_KERJA = "hari kerja"
    MINGGU = "minggu"
    BULAN = "bulan"


@dataclass(frozen=True, slots=True)
class Durasi:
    """A time or a range of times, in one unit."""

    paling_singkat: float
    paling_lama: float
    satuan: Satuan
