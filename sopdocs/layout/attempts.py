"""Try widths of lanes and symbols until arrows and labels have the room that they need."""

from __future__ import annotations

from dataclasses import dataclass

from sopdocs.layout import settings as s
from sopdocs.layout.columns import columns, text_height
from sopdocs.layout.geometry import Kolom
from sopdocs.layout.heads import header_heights
from sopdocs.layout.pages import Paged, paginate
from sopdocs.layout.part import Frame
from sopdocs.layout.settings import LayoutSettings
from sopdocs.layout.symbols import common_size, least_width
from sopdocs.layout.tall import split_tall
from sopdocs.layout.units import Emu, mm
from sopdocs.model import Prosedur, Sop

_ATTEMPTS = 6


_SYMBOL_USUAL: Emu = mm(13)
"""Symbols are narrower than this only in narrow lanes."""


@dataclass(frozen=True, slots=True)
class Widths:
    """What is tried: a lane's width (0 for as wide as usual) and a symbol's."""

    lane: Emu
    symbol: Emu


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sheet laid out."""

    widths: Widths
    """As they came out."""
    prosedur: tuple[Prosedur, ...]
    """With rows taller than a page cut."""
    frame: Frame
    paged: Paged

    @property
    def need(self) -> Emu:
        """Width that lanes need for the arrows beside the symbols."""
        return max((part.drawing.need for part in self.paged.parts), default=0)

    @property
    def faults(self) -> int:
        """How much could not be drawn as it should be."""
        drawings = [part.drawing for part in self.paged.parts]
        return sum(len(d.unplaced) + len(d.untold) + 2 * (d.tight is not None) for d in drawings)


def best_attempt(sop: Sop, settings: LayoutSettings) -> Attempt:
    """Lay out `sop` in the widths that leave the fewest faults, then the fewest pages."""
    least = least_width((symbol for table in sop.prosedur for symbol in table.simbol), s.SYMBOL_WIDEST, settings.fonts)
    tried = [_attempt(sop, settings, Widths(0, s.SYMBOL_WIDEST), least)]
    while len(tried) < _ATTEMPTS:
        widths = _better(tried[-1], least)
        if widths == tried[-1].widths:
            break
        attempt = _attempt(sop, settings, widths, least)
        if attempt.widths == tried[-1].widths:
            break
        tried.append(attempt)
    return min(tried, key=lambda attempt: (attempt.faults, attempt.paged.pages))


def _attempt(sop: Sop, settings: LayoutSettings, widths: Widths, least: Emu) -> Attempt:
    placed = columns(sop, settings, widths.lane)
    header = header_heights(placed, settings)
    lane = next(column.width for column in placed if column.kolom is Kolom.LAJUR)
    lines = (settings.paper.text_height - sum(header) - s.ROW_RESERVE) // s.LINE
    tail = -(-settings.after // s.LINE)
    prosedur = tuple(
        split_tall(table, placed, lines, settings, tail if table is sop.prosedur[-1] else 0) for table in sop.prosedur
    )
    texts = tuple(tuple(text_height(step, placed, settings) for step in table.langkah) for table in prosedur)
    # Beside a symbol an arrow runs, or a connector stands straight above one.
    beside = s.CONNECTOR_EDGE + s.CONNECTOR[0] // 2 + s.HEAD_ROOM
    room = lane - 2 * (s.BORDER_GAP + s.HEAD_ROOM)
    usual = max(lane - 2 * beside, min(max(_SYMBOL_USUAL, least), room), s.SYMBOL_FLOOR)
    symbol = min(widths.symbol, usual)
    sizes = common_size((simbol for table in sop.prosedur for simbol in table.simbol), symbol, settings.fonts)
    frame = Frame(placed, header, settings, symbol, sizes)
    return Attempt(Widths(lane, symbol), prosedur, frame, paginate(prosedur, texts, frame))


def _better(attempt: Attempt, least: Emu) -> Widths:
    """Widths that leave arrows and labels more room: narrower symbols, and wider lanes when texts forbid that."""
    lane, symbol = attempt.widths.lane, attempt.widths.symbol
    if attempt.need > lane:
        beside = attempt.need - symbol
        wanted = min(max(lane - beside, least, s.SYMBOL_FLOOR), symbol)
        return Widths(max(lane, wanted + beside), wanted)
    if any(part.drawing.unplaced for part in attempt.paged.parts):
        narrower = min(symbol, max(symbol - s.SYMBOL_STEP, s.SYMBOL_NARROW, least))
        return Widths(lane if narrower < symbol else lane + s.LANE_STEP, narrower)
    return attempt.widths
