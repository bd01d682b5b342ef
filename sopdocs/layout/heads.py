"""The heading rows of the table: which cell spans what, and how high the rows are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sopdocs.layout import settings as s
from sopdocs.layout.columns import cell_room
from sopdocs.layout.geometry import Column, HeadCell, Kolom
from sopdocs.layout.measure import break_text, longest_word, text_width
from sopdocs.layout.settings import LayoutSettings
from sopdocs.layout.units import Emu, mm, whole_twips

_TITLED = {Kolom.LAJUR: "pelaksana", **dict.fromkeys((Kolom.SYARAT, Kolom.WAKTU, Kolom.OUTPUT), "mutu_baku")}
"""Columns that share a title, by the name that the content has for it."""
_UPRIGHT: Emu = mm(34)
"""Length of upright lines, unless too many of them stand side by side."""
_LONGEST: Emu = mm(60)
"""Length to which upright lines may grow then, and height of the highest cell."""
_STEP: Emu = mm(2)
_NUMBERS: Emu = whole_twips(s.LINE + mm(0.6))


def head_cells(columns: tuple[Column, ...], settings: LayoutSettings) -> tuple[HeadCell, ...]:
    """The cells of the heading rows, row by row: titles, groups where there are any, headings of the columns."""
    depth = 3 if any(column.group for column in columns) else 2
    cells: list[HeadCell] = []
    titles = {"pelaksana": settings.istilah.pelaksana, "mutu_baku": settings.istilah.mutu_baku}
    for title, first, across in _runs([_TITLED.get(column.kolom, "") for column in columns]):
        cells.append(HeadCell(titles[title], first, across))
    for group, first, across in _runs([column.group for column in columns]):
        room = cell_room(sum(column.width for column in columns[first : first + across]))
        upright = longest_word(settings.fonts, group, s.HEADING) > room
        cells.append(HeadCell(group, first, across, top=1, upright=upright))
    for first, column in enumerate(columns):
        top = 0 if column.kolom not in _TITLED else 2 if column.group else 1
        cells.append(HeadCell(column.heading, first, 1, top, depth - top, column.upright))
    return tuple(sorted(cells, key=lambda cell: (cell.top, cell.first)))


def _runs(names: list[str]) -> Iterator[tuple[str, int, int]]:
    """Neighbours of the same name: (name, index of the first, how many); those without a name are left out."""
    for name, run in groupby(range(len(names)), key=lambda index: names[index]):
        members = list(run)
        if name:
            yield name, members[0], len(members)


def header_heights(columns: tuple[Column, ...], settings: LayoutSettings) -> tuple[Emu, ...]:
    """Heights of the heading rows and of the row of column numbers."""
    cells = head_cells(columns, settings)
    heights = [whole_twips(s.LINE + 2 * s.CELL_ENDS)] * (max(cell.top + cell.down for cell in cells))
    # Cells that span fewer rows first: those that span more may then have what they need without a further row's.
    for cell in sorted(cells, key=lambda cell: cell.down):
        lack = _need(cell, columns, settings) - sum(heights[cell.top : cell.top + cell.down])
        heights[cell.top + cell.down - 1] += max(whole_twips(lack), 0)
    return (*heights, _NUMBERS)


def head_lines(cell: HeadCell, width: Emu, height: Emu, settings: LayoutSettings) -> list[str]:
    """The text of a cell of that size as it is broken."""
    room = height - s.MEASURE_SLACK if cell.upright else cell_room(width)
    return break_text(settings.fonts, cell.text, s.HEADING, room)


def clipped(
    columns: tuple[Column, ...], header: tuple[Emu, ...], settings: LayoutSettings
) -> Iterator[tuple[str, str]]:
    """Texts that their cells cannot hold, each with the field of the SOP that says so."""
    for cell in head_cells(columns, settings):
        width, height = _width(cell, columns), sum(header[cell.top : cell.top + cell.down])
        lines = len(head_lines(cell, width, height, settings))
        if not (_holds(width, lines) if cell.upright else lines * s.LINE <= height):
            yield cell.text, _field(cell, columns[cell.first])


def _field(cell: HeadCell, column: Column) -> str:
    if cell.top == 1 and column.group:
        return f"kelompok.{column.group}"
    return f"pelaksana.{column.lane}" if cell.top and column.lane else "pelaksana"


def _width(cell: HeadCell, columns: tuple[Column, ...]) -> Emu:
    return sum(column.width for column in columns[cell.first : cell.first + cell.across])


def _need(cell: HeadCell, columns: tuple[Column, ...], settings: LayoutSettings) -> Emu:
    """Height that a cell's text needs, as far as it is granted."""
    width = _width(cell, columns)
    if not cell.upright:
        lines = head_lines(cell, width, 0, settings)
        return min(len(lines) * s.LINE + 2 * s.CELL_ENDS, _LONGEST)
    lines: list[str] = []
    for reach in range(_UPRIGHT, _LONGEST + 1, _STEP):
        lines = break_text(settings.fonts, cell.text, s.HEADING, reach)
        if _holds(width, len(lines)):
            break
    return max(text_width(settings.fonts, line, s.HEADING) for line in lines) + 4 * s.CELL_ENDS


def _holds(width: Emu, lines: int) -> bool:
    """Whether a column has room for upright lines side by side."""
    return lines * s.LINE <= width - 2 * s.CELL_SIDE
