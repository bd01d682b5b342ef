"""What the layout is told besides the SOP, and the sheet's fixed measures."""

from __future__ import annotations

from dataclasses import dataclass

from sopdocs.layout.measure import FontData, TextStyle
from sopdocs.layout.units import EMU_PER_TWIP, Emu, mm, pt
from sopdocs.model import Istilah, Kertas

_SIZES = {
    Kertas.F4: (330.0, 215.0),
    Kertas.A4: (297.0, 210.0),
    Kertas.LEGAL: (355.6, 215.9),
    Kertas.LETTER: (279.4, 215.9),
}
"""Landscape, millimetres."""

TEXT = TextStyle(9)
HEADING = TextStyle(9, bold=True)
LINE: Emu = pt(10.8)
"""Exact line height of 9 pt text in the table: 1.2 × the size."""
CELL_SIDE: Emu = 68 * EMU_PER_TWIP
"""Left and right margin of every cell."""
CELL_ENDS: Emu = mm(1.0)
"""Room kept above and below the text of a cell."""
MEASURE_SLACK: Emu = pt(1.5)
"""Text is measured this much narrower than its cell, so that both programs break it alike."""

TRACK_PITCH: Emu = mm(1.5)
"""Least distance between parallel arrows."""
CLEARANCE: Emu = mm(1.5)
"""Least distance of an arrow from a symbol that is not its own."""
HEAD_ROOM: Emu = mm(2.5)
"""Least length of the stretch that an arrowhead ends, or that leaves a symbol."""
RULE_GAP: Emu = mm(2)
"""The same from the rule of a row: rows can grow."""
HEAD: tuple[Emu, Emu] = (mm(2.2), mm(2.4))
"""Length and width of an arrowhead, with a little air at its sides."""
BORDER_GAP: Emu = mm(1.25)
"""Least distance of an arrow from a rule of the table that it runs along."""
SYMBOL_FLOOR: Emu = mm(8)
SYMBOL_NARROW: Emu = mm(11)
"""Symbols shrink to this, no further, when branch labels find no room beside them."""
SYMBOL_STEP: Emu = mm(4)
LANE_STEP: Emu = mm(3)
"""By how much lanes grow at a time when that does not suffice."""
SYMBOL_WIDEST: Emu = mm(17)
DECISION_WIDEST: Emu = mm(26)
"""How far a decision widens for one long word where no arrow passes: its text has but half of it."""
SYMBOL_HEIGHT: Emu = mm(8)
DIAMOND_HEIGHT: Emu = mm(10)
CONNECTOR: tuple[Emu, Emu] = (mm(6), mm(6))
CONNECTOR_EDGE: Emu = mm(1)
"""Least distance of a connector from the rule of its lane."""
SLOT: Emu = mm(8)
"""Distance of connectors that stand side by side, from middle to middle."""
PAD: Emu = mm(2)
"""Least room between a symbol and the upper or lower rule of its row."""
LABEL = TextStyle(7)
LABEL_HEIGHT: Emu = pt(8.4)
LABEL_GAP: Emu = mm(0.7)
"""Distance of a branch label from its arrow."""
LABEL_CLEAR: Emu = mm(0.15)
"""Least distance of a label from a symbol or arrowhead."""
SPACER: Emu = pt(2)
"""Height of the paragraphs that stand between tables."""
EDGES: Emu = pt(1)
"""Kept free on every page: LibreOffice adds the outer rules to the height of a table, and rounds."""
CAPTION: Emu = pt(18)
"""Height of a procedure's title above its table."""
ROW_RESERVE: Emu = mm(24)
"""Room that a row taller than a page leaves for off-page connectors."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page; margins as in the sheet's template."""

    width: Emu
    height: Emu
    side: Emu = mm(15)
    top: Emu = mm(15)
    bottom: Emu = mm(25)
    """The footer and what is under it."""
    footer: Emu = mm(21.2)
    """Distance of the footer from the lower edge, 60 pt: electronic stamps stand in the lowest 55-60 pt."""

    @property
    def text_width(self) -> Emu:
        """Between the side margins."""
        return self.width - 2 * self.side

    @property
    def text_height(self) -> Emu:
        """Between the upper and lower margin."""
        return self.height - self.top - self.bottom


def paper(kertas: Kertas) -> Paper:
    """The landscape page of a paper size."""
    width, height = _SIZES[kertas]
    return Paper(mm(width), mm(height))


@dataclass(frozen=True, slots=True)
class LayoutSettings:
    """What `lay_out` needs to know besides the SOP."""

    paper: Paper
    istilah: Istilah
    lanes: tuple[str, ...]
    """Headings of the SOP's lanes, in its order."""
    fonts: FontData
    before: Emu = 0
    """Height of what stands before the procedure on its page: the identity block."""
    pages_before: int = 0
    """Full pages that the identity block fills before that page."""
    after: Emu = 0
    """Height of what follows the last table: the signature."""
    new_page: bool = False
    """Whether the procedure starts on a page of its own."""
    lanes_share: float = 0.5
    """Share of the width that lanes of usual width may claim from texts."""
