"""What a checker of printed sheets reports."""

from __future__ import annotations

from dataclasses import dataclass

from tests.printed.plane import XY

MM = 72 / 25.4
"""Points."""
SPACING = 1.5 * MM
"""Least distance of parallel arrows, and of an arrow from a foreign symbol."""
TOLERANCE = 0.75
"""Points by which ink may be off: LibreOffice rounds, and a stroke is that wide."""


@dataclass(frozen=True)
class Violation:
    """A broken rule. `soft` ones, the clearances, may give way where a finding says that the room is missing."""

    rule: str
    page: int
    place: XY
    """Points from the page's upper left corner."""
    text: str
    soft: bool = False

    def __str__(self) -> str:
        kind = " (soft)" if self.soft else ""
        return f"page {self.page} ({self.place[0]:.1f}, {self.place[1]:.1f}) {self.rule}{kind}: {self.text}"


_EXCUSES = {"no label": "SOP804", "text in symbol": "SOP803"}
"""Finding that must tell of what gave way; SOP801 for all others."""

_NAMED_ANYWAY = {"no page"}
"""Left out without a finding where there is no room: the connector still bears its number."""


def unexcused(found: list[Violation], codes: set[str]) -> list[Violation]:
    """Those that no finding of the sheet accounts for."""
    return [v for v in found if not (v.soft and (v.rule in _NAMED_ANYWAY or _EXCUSES.get(v.rule, "SOP801") in codes))]
