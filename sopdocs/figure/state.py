"""One state of an SOP, laid out as its flow: numbers, deeds and lanes, without the columns beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sopdocs.layout import FontData, Kolom, LayoutSettings, Paper, lay_out
from sopdocs.layout.geometry import Column, HeadCell, Row, TablePart
from sopdocs.layout.heads import header_heights
from sopdocs.layout.units import Emu, mm
from sopdocs.model import Istilah, Prosedur, RichText, Sop, Span, SpanMap

_TEXTS: Emu = mm(80)
"""Width for number and deed, and for the columns that are left out."""
_NUMBER: Emu = mm(9)
_LANE: Emu = mm(26)
_LANE_LEAST: Emu = mm(17)
_ENDLESS: Emu = mm(1_000_000)
"""Height of a page that is never full."""
_TRIES = 3
"""How often lanes are made wider for what has no room in them."""
_NONE = Sop("", "", "", (), (), spans=SpanMap({"": Span("", 1, 1)}))
_SHOWN = (Kolom.NO, Kolom.URAIAN, Kolom.LAJUR)


@dataclass(frozen=True, slots=True)
class State:
    """A state as it is drawn; without an SOP when it did not have it."""

    sisi: str
    nama: str
    """What it is called."""
    sop: Sop | None
    columns: tuple[Column, ...]
    """Those that are drawn."""
    heads: tuple[HeadCell, ...]
    header: tuple[Emu, ...]
    """Heights of the heading rows."""
    parts: Mapping[int, TablePart]
    """By procedure."""
    settings: LayoutSettings
    lane: Emu
    """Width that its lanes were given, at least."""

    @property
    def width(self) -> Emu:
        """Of the columns that are drawn."""
        return sum(column.width for column in self.columns)

    @property
    def deed(self) -> Column:
        """The column of the deeds."""
        return next(column for column in self.columns if column.kolom is Kolom.URAIAN)

    def part(self, prosedur: Prosedur | None) -> TablePart | None:
        """How one of the procedures is laid out; None for one without a flow to draw."""
        if self.sop is None or prosedur is None:
            return None
        return self.parts.get(self.sop.prosedur.index(prosedur))

    def rows(self, prosedur: Prosedur | None) -> tuple[Row, ...]:
        """Its rows, one a step."""
        part = self.part(prosedur)
        if part is not None:
            return part.rows
        return tuple(Row(place, 0, 0) for place in range(len(prosedur.langkah) if prosedur else 0))


def state_of(
    side: tuple[str, str], sop: Sop | None, headings: Mapping[str, str], look: tuple[Istilah, FontData], least: Emu = 0
) -> State:
    """Lay out all procedures of a state, each on one page that never ends, in lanes that have room for every answer.

    `side` is which state it is, and what it is called; lanes are `least` wide.
    """
    istilah, fonts = look
    plain = replace(istilah, mutu_baku="", syarat="", waktu="", output="", keterangan="")
    count = len(sop.pelaksana) if sop else 0
    lanes = tuple(headings.get(key, key) for key in sop.pelaksana) if sop else ()
    slim = _slim(sop) if sop else _NONE
    lane = max(_LANE_LEAST, _LANE - mm(1) * count, least)
    settings = _settings(plain, lanes, fonts, lane)
    geometry = lay_out(slim, settings)
    for _ in range(_TRIES):
        if not geometry.findings:
            break
        lane = lane * 5 // 4
        settings = _settings(plain, lanes, fonts, lane)
        geometry = lay_out(slim, settings)
    columns = tuple(column for column in geometry.columns if column.kolom in _SHOWN)
    header = header_heights(geometry.columns, settings)[:-1]
    heads = tuple(cell for cell in geometry.heads if cell.first < len(columns))
    parts = {part.prosedur: part for part in geometry.parts}
    return State(*side, sop, columns, heads, header, parts, settings, lane)


def _settings(istilah: Istilah, lanes: tuple[str, ...], fonts: FontData, lane: Emu) -> LayoutSettings:
    """A page of which lanes of that width and the texts take what they need."""
    total = _TEXTS + lane * len(lanes)
    paper = Paper(total, _ENDLESS, side=0, top=0, bottom=0, footer=0)
    return LayoutSettings(paper, istilah, lanes, fonts, lanes_share=(lane * len(lanes) + _NUMBER + mm(1)) / total)


def _slim(sop: Sop) -> Sop:
    """The procedures without the texts that are not drawn; faults of the layout are at no place."""
    none = RichText()
    tables = (
        replace(
            table,
            langkah=tuple(
                replace(step, syarat=none, waktu=none, durasi=None, output=none, keterangan=none, span=None)
                for step in table.langkah
            ),
        )
        for table in sop.prosedur
    )
    return replace(_NONE, pelaksana=sop.pelaksana, prosedur=tuple(tables), kelompok=sop.kelompok)
