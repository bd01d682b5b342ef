"""Lay out the procedure tables of a sheet. Origin: a table's top left corner; x right, y down; EMU integers."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sopdocs.layout.attempts import Attempt, best_attempt
from sopdocs.layout.codes import CODES
from sopdocs.layout.columns import cell_text, columns
from sopdocs.layout.findings import findings, undrawable
from sopdocs.layout.geometry import Kolom, SheetGeometry, TablePart
from sopdocs.layout.heads import head_cells
from sopdocs.layout.measure import FontData
from sopdocs.layout.pages import PagedPart
from sopdocs.layout.pairs import number_pairs
from sopdocs.layout.record import as_record
from sopdocs.layout.settings import LayoutSettings, Paper, paper
from sopdocs.layout.skips import name_pages
from sopdocs.layout.svg import as_svg
from sopdocs.model import Prosedur, Sop

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
    "lay_out_once",
    "paper",
]


_KEPT = 128
"""Layouts that a process remembers, about 0.2 MB each: the sheets of one office, until the next has them laid out."""


def lay_out(sop: Sop, settings: LayoutSettings) -> SheetGeometry:
    """Lay out all procedures of `sop`. What cannot be drawn properly is a finding in the result."""
    return _told(sop, *_laid_out(sop, settings))


def lay_out_once(sop: Sop, settings: LayoutSettings) -> SheetGeometry:
    """Do the same, worked out once for all SOPs and offices that come to the same drawing.

    Findings are at the places of this `sop`.
    """
    drawn = Sop("", "", "", sop.pelaksana, sop.prosedur, kelompok=sop.kelompok)
    return _told(sop, *_remembered(drawn, settings))


def _told(sop: Sop, geometry: SheetGeometry, attempt: Attempt | None) -> SheetGeometry:
    return geometry if attempt is None else replace(geometry, findings=findings(sop, attempt))


def _laid_out(sop: Sop, settings: LayoutSettings) -> tuple[SheetGeometry, Attempt | None]:
    """Geometry without findings, and what they follow from."""
    if not sop.pelaksana or not sop.prosedur:
        return SheetGeometry(sop.prosedur, columns(sop, settings), (), 1 + settings.pages_before), None
    if undrawable(sop, settings):
        # Better no drawing than one that cannot be read; the finding says why.
        sop = replace(sop, prosedur=tuple(_without_flow(table) for table in sop.prosedur))
    attempt = best_attempt(sop, settings)
    placed = attempt.frame.columns
    tables = tuple(_table(part, attempt) for part in attempt.paged.parts)
    parts = tuple(name_pages(part, placed, settings.fonts) for part in number_pairs(tables))
    heads = head_cells(placed, settings)
    return SheetGeometry(attempt.prosedur, placed, parts, attempt.paged.pages, heads=heads), attempt


@lru_cache(maxsize=_KEPT)
def _remembered(drawn: Sop, settings: LayoutSettings) -> tuple[SheetGeometry, Attempt | None]:
    return _laid_out(drawn, settings)


def _without_flow(table: Prosedur) -> Prosedur:
    return replace(table, langkah=tuple(replace(step, simbol=()) for step in table.langkah), alur=())


def _table(part: PagedPart, attempt: Attempt) -> TablePart:
    drawing = part.drawing
    title = attempt.prosedur[part.prosedur].judul
    return TablePart(
        part.prosedur,
        part.page,
        part.new_page,
        title if drawing.rows[0].langkah == 0 else "",
        attempt.frame.header,
        drawing.rows,
        drawing.symbols,
        drawing.connectors,
        drawing.arrows,
        drawing.labels,
        part.top,
    )
