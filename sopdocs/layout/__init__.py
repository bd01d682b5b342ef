"""Lay out the procedure tables of a sheet. Origin: a table's top left corner; x right, y down; EMU integers."""

from __future__ import annotations

from dataclasses import replace

from sopdocs.layout import settings as s
from sopdocs.layout.codes import CODES
from sopdocs.layout.columns import cell_text, columns, header_heights, text_height
from sopdocs.layout.geometry import Kolom, SheetGeometry, TablePart
from sopdocs.layout.measure import FontData
from sopdocs.layout.pages import PagedPart, paginate
from sopdocs.layout.pairs import number_pairs
from sopdocs.layout.part import Frame
from sopdocs.layout.settings import LayoutSettings, Paper, paper
from sopdocs.layout.symbols import symbol_size
from sopdocs.layout.tall import split_tall
from sopdocs.layout.units import Emu
from sopdocs.model import Finding, Sop, Span, sorted_findings

__all__ = ["CODES", "FontData", "Kolom", "LayoutSettings", "Paper", "SheetGeometry", "cell_text", "lay_out", "paper"]

_ATTEMPTS = 4


def lay_out(sop: Sop, settings: LayoutSettings) -> SheetGeometry:
    """Lay out all procedures of `sop`. What cannot be drawn properly is a finding in the result."""
    placed = columns(sop, settings)
    header = header_heights(placed, settings)
    lane = next((column.width for column in placed if column.kolom is Kolom.LAJUR), 0)
    if not lane:
        return SheetGeometry(sop.prosedur, placed, (), 1 + settings.pages_before)
    lines = (settings.paper.text_height - sum(header) - s.ROW_RESERVE) // s.LINE
    prosedur = tuple(split_tall(table, placed, lines, settings) for table in sop.prosedur)
    texts = tuple(tuple(text_height(step, placed, settings) for step in table.langkah) for table in prosedur)
    width = min(s.SYMBOL_WIDEST, max(lane - 2 * (s.BORDER_GAP + s.HEAD_ROOM), s.SYMBOL_FLOOR))
    frame = Frame(placed, header, settings, width)
    parts = paginate(prosedur, texts, frame)
    for _ in range(_ATTEMPTS):
        room = lane - 2 * max((part.drawing.gutter for part in parts), default=0)
        if frame.symbol_width <= room or frame.symbol_width == s.SYMBOL_FLOOR:
            break
        frame = replace(frame, symbol_width=max(room, s.SYMBOL_FLOOR))
        parts = paginate(prosedur, texts, frame)
    tables = number_pairs(tuple(_table(part, prosedur[part.prosedur].judul, header) for part in parts))
    pages = max((part.page for part in parts), default=1 + settings.pages_before)
    return SheetGeometry(prosedur, placed, tables, pages, _findings(sop, parts, frame, lane))


def _table(part: PagedPart, title: str, header: tuple[Emu, Emu, Emu]) -> TablePart:
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
    )


def _findings(sop: Sop, parts: list[PagedPart], frame: Frame, lane: Emu) -> tuple[Finding, ...]:
    found: list[Finding] = []
    start = sop.at("prosedur")
    if any(lane - frame.symbol_width < 2 * part.drawing.gutter for part in parts):
        message = "Lajur terlalu sempit untuk semua anak panah; gambar alur tidak memenuhi jarak paling kecil"
        found.append(Finding(start, "SOP801", message, "kurangi pelaksana atau pecah prosedur"))
    if lane * len(sop.pelaksana) > frame.settings.paper.text_width * 2 // 3:
        message = f"{len(sop.pelaksana)} pelaksana terlalu banyak untuk satu halaman"
        found.append(Finding(sop.at("pelaksana"), "SOP802", message, "paling banyak 15 lajur pada kertas F4"))
    for simbol in (simbol for table in sop.prosedur for simbol in table.simbol):
        if not symbol_size(simbol, frame.symbol_width, frame.settings.fonts).fits:
            message = f"Teks “{simbol.label}” tidak muat di dalam lambang langkah {simbol.id.langkah}"
            found.append(Finding(simbol.span or start, "SOP803", message, "persingkat teks lambang"))
    for missing in {missing for part in parts for missing in part.drawing.unplaced}:
        span = _span(sop, missing.langkah)
        message = f"Label cabang pada langkah {missing.langkah} tidak mendapat tempat"
        found.append(Finding(span, "SOP804", message, "persingkat label cabang"))
    return sorted_findings(found)


def _span(sop: Sop, nomor: int) -> Span:
    steps = (step for table in sop.prosedur for step in table.langkah)
    return next((step.span for step in steps if step.nomor == nomor and step.span), sop.at("prosedur"))
