"""Durations: "15 menit", "1–2 hari kerja"."""

from __future__ import annotations

import re

from sopdocs.model import Durasi, Satuan

_NUMBER = r"([0-9]{1,5}(?:[.,][0-9]{1,2})?)"
_DURATION = re.compile(rf"{_NUMBER}(?:\s*(?:-|–|s\.?d\.?)\s*{_NUMBER})?\s+(\w+(?:\s+\w+)?)")


def parse_durasi(text: str) -> Durasi | None:
    """Read a number or range with a unit; None when `text` is not one (or ends before it begins)."""
    match = _DURATION.fullmatch(text.strip())
    if not match:
        return None
    low, high, unit = match.groups()
    known = {satuan.value: satuan for satuan in Satuan}
    satuan = known.get(" ".join(unit.casefold().split()))
    if satuan is None:
        return None
    shortest = float(low.replace(",", "."))
    longest = float(high.replace(",", ".")) if high else shortest
    return Durasi(shortest, longest, satuan) if shortest <= longest else None
