"""Lay out the procedure tables of a sheet. Origin: a table's top left corner; x right, y down; EMU integers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sopdocs.layout import settings as s
from sopdocs.layout.codes import CODES
from sopdocs.layout.columns import cell_text, columns, text_height
from sopdocs.layout.geometry import Kolom, SheetGeometry, TablePart
from sopdocs.layout.heads import clipped, head_cells, header_heights
from sopdocs.layout.measure import FontData
from sopdocs.layout.pages import Paged, PagedPart, paginate
from sopdocs.layout.pairs import number_pairs
from sopdocs.layout.part import Frame
from sopdocs.layout.record import as_record
from sopdocs.layout.settings import LayoutSettings, Paper, paper
from sopdocs.layout.skips import name_pages
from sopdocs.layout.svg import as_svg
from sopdocs.layout.symbols import least_width
from sopdocs.layout.tall import split_tall
from sopdocs.layout.units import Emu
from sopdocs.model import Finding, Prosedur, Sop, Span, sorted_findings

__all__ = [
    "CODES",
    "FontData",
    "Kolom",
    "LayoutSettings",
    "Paper",
    "SheetGeometry",
    "as_record",
    "as_svg",
    "cell_text",
    "lay_out",
    "paper",
]

_ATTEMPTS = 6
_SHOWN = 60
"""Characters of a text that a message repeats."""


def lay_out(sop: Sop, settings: LayoutSettings) -> SheetGeometry:
    """Lay out all procedures of `sop`. What cannot be drawn properly is a finding in the result."""
    if not sop.pelaksana or not sop.prosedur:
        return SheetGeometry(sop.prosedur, columns(sop, settings), (), 1 + settings.pages_before)
    least = least_width((symbol for table in sop.prosedur for symbol in table.simbol), s.SYMBOL_WIDEST, settings.fonts)
    attempt = _attempt(sop, settings, _Widths(0, s.SYMBOL_WIDEST))
    for _ in range(_ATTEMPTS):
        widths = _better(attempt, least)
        if widths == attempt.widths:
            break
        other = _attempt(sop, settings, widths)
        if other.widths == attempt.widths:
            break
        attempt = other
    header = attempt.frame.header
    tables = tuple(_table(part, attempt.prosedur[part.prosedur].judul, header) for part in attempt.paged.parts)
    findings = _findings(sop, attempt)
    placed = attempt.frame.columns
    parts = tuple(name_pages(part, placed, settings.fonts) for part in number_pairs(tables))
    heads = head_cells(placed, settings)
    return SheetGeometry(attempt.prosedur, placed, parts, attempt.paged.pages, findings, heads)


@dataclass(frozen=True, slots=True)
class _Widths:
    """What is tried: a lane's width (0 for as wide as usual) and a symbol's."""

    lane: Emu
    symbol: Emu


@dataclass(frozen=True, slots=True)
class _Attempt:
    widths: _Widths
    """As they came out."""
    prosedur: tuple[Prosedur, ...]
    frame: Frame
    paged: Paged

    @property
    def need(self) -> Emu:
        """Width that lanes need for the arrows beside the symbols."""
        return max((part.drawing.need for part in self.paged.parts), default=0)


def _attempt(sop: Sop, settings: LayoutSettings, widths: _Widths) -> _Attempt:
    placed = columns(sop, settings, widths.lane)
    header = header_heights(placed, settings)
    lane = next(column.width for column in placed if column.kolom is Kolom.LAJUR)
    lines = (settings.paper.text_height - sum(header) - s.ROW_RESERVE) // s.LINE
    tail = -(-settings.after // s.LINE)
    prosedur = tuple(
        split_tall(table, placed, lines, settings, tail if table is sop.prosedur[-1] else 0) for table in sop.prosedur
    )
    texts = tuple(tuple(text_height(step, placed, settings) for step in table.langkah) for table in prosedur)
    symbol = min(widths.symbol, max(lane - 2 * (s.BORDER_GAP + s.HEAD_ROOM), s.SYMBOL_FLOOR))
    frame = Frame(placed, header, settings, symbol)
    return _Attempt(_Widths(lane, symbol), prosedur, frame, paginate(prosedur, texts, frame))


def _better(attempt: _Attempt, least: Emu) -> _Widths:
    """Widths that leave arrows and labels more room: narrower symbols, and wider lanes when texts forbid that."""
    lane, symbol = attempt.widths.lane, attempt.widths.symbol
    if attempt.need > lane:
        beside = attempt.need - symbol
        wanted = min(max(lane - beside, least, s.SYMBOL_FLOOR), symbol)
        return _Widths(max(lane, wanted + beside), wanted)
    if any(part.drawing.unplaced for part in attempt.paged.parts):
        narrower = min(symbol, max(symbol - s.SYMBOL_STEP, s.SYMBOL_NARROW, least))
        return _Widths(lane if narrower < symbol else lane + s.LANE_STEP, narrower)
    return attempt.widths


def _table(part: PagedPart, title: str, header: tuple[Emu, ...]) -> TablePart:
    drawing = part.drawing
    return TablePart(
        part.prosedur,
        part.page,
        part.new_page,
        title if drawing.rows[0].langkah == 0 else "",
        header,
        drawing.rows,
        drawing.symbols,
        drawing.connectors,
        drawing.arrows,
        drawing.labels,
        part.top,
    )


def _findings(sop: Sop, attempt: _Attempt) -> tuple[Finding, ...]:
    found: list[Finding] = []
    start = sop.at("prosedur")
    frame, lane, parts = attempt.frame, attempt.widths.lane, attempt.paged.parts
    for nomor in {part.drawing.tight.langkah for part in parts if part.drawing.tight}:
        message = f"Lajur terlalu sempit untuk semua anak panah di sekitar langkah {nomor}"
        found.append(Finding(_span(sop, nomor), "SOP801", message, "kurangi pelaksana atau pecah prosedur"))
    if lane * len(sop.pelaksana) > frame.settings.paper.text_width * 2 // 3:
        message = f"{len(sop.pelaksana)} pelaksana terlalu banyak untuk satu halaman"
        found.append(Finding(sop.at("pelaksana"), "SOP802", message, "paling banyak 15 lajur pada kertas F4"))
    else:
        found += _clipped_heads(sop, frame)
    symbols = {simbol.id: simbol for table in sop.prosedur for simbol in table.simbol}
    for simbol in (symbols[untold] for part in parts for untold in part.drawing.untold):
        message = f"Teks “{simbol.label}” tidak muat di dalam lambang langkah {simbol.id.langkah}"
        found.append(Finding(simbol.span or start, "SOP803", message, "persingkat teks lambang"))
    for nomor in {missing.langkah for part in parts for missing in part.drawing.unplaced}:
        message = f"Label cabang pada langkah {nomor} tidak mendapat tempat"
        found.append(Finding(_span(sop, nomor), "SOP804", message, "persingkat label cabang"))
    for table, row in attempt.paged.overflow:
        nomor = _number(attempt.prosedur[table], row)
        message = f"Langkah {nomor} dengan semua penghubung halamannya tidak muat pada satu halaman"
        found.append(Finding(_span(sop, nomor), "SOP805", message, "kurangi alur ke dan dari langkah ini"))
    return sorted_findings(found)


def _clipped_heads(sop: Sop, frame: Frame) -> Iterator[Finding]:
    hint = "persingkat nama kelompok, singkatan di pelaksana.yaml, atau istilah di instansi.yaml"
    for text, field in clipped(frame.columns, frame.header, frame.settings):
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …"
        yield Finding(sop.at(field), "SOP806", f"Judul “{shown}” tidak muat di kepala tabel", hint)


def _number(table: Prosedur, row: int) -> int:
    """Number of the step in a row; rows that continue another bear none of their own."""
    return next(step.nomor for step in reversed(table.langkah[: row + 1]) if step.nomor)


def _span(sop: Sop, nomor: int) -> Span:
    steps = (step for table in sop.prosedur for step in table.langkah)
    return next((step.span for step in steps if step.nomor == nomor and step.span), sop.at("prosedur"))
