"""Lengths: EMU integers, rounded once."""

from __future__ import annotations

Emu = int
"""English metric unit: 914 400 to the inch, 12 700 to the point, 36 000 to the millimetre."""

EMU_PER_POINT = 12_700
EMU_PER_MM = 36_000
EMU_PER_TWIP = 635


def mm(value: float) -> Emu:
    """Millimetres to EMU."""
    return round(value * EMU_PER_MM)


def pt(value: float) -> Emu:
    """Points to EMU."""
    return round(value * EMU_PER_POINT)


def whole_twips(length: Emu) -> Emu:
    """Round up to a length that WordprocessingML can say (twentieths of a point)."""
    return -(-length // EMU_PER_TWIP) * EMU_PER_TWIP
