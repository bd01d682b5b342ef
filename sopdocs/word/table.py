"""The procedure table: one `w:tbl` for each page it stands on."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from sopdocs.layout import cell_text
from sopdocs.layout.geometry import Column, Kolom, Point, Row, SheetGeometry, TablePart
from sopdocs.layout.measure import hanging
from sopdocs.layout.settings import CELL_SIDE, LINE, SPACER, TEXT
from sopdocs.layout.units import EMU_PER_TWIP, Emu
from sopdocs.model import Langkah, Paragraph, Prosedur, Run
from sopdocs.word import drawing
from sopdocs.word.drawing import Ids
from sopdocs.word.links import LINK_STYLE, link_element
from sopdocs.word.naming import Namer
from sopdocs.word.template import guard
from sopdocs.word.xml import Element, Xml, el, elements

_CENTRED = (Kolom.NO, Kolom.WAKTU)
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def twips(length: Emu) -> int:
    """EMU to twentieths of a point."""
    return round(length / EMU_PER_TWIP)


_SPACING = el("w:spacing", w_before=0, w_after=0, w_line=twips(LINE), w_lineRule="exact")
_TO_CENTRE = el("w:jc", w_val="center")
_SMALL = (el("w:sz", w_val=18), el("w:szCs", w_val=18))
_HEADING = el("w:rPr", *_SMALL)
_HEADING_BOLD = el("w:rPr", el("w:b"), el("w:bCs"), *_SMALL)
_UPPERMOST = el("w:spacing", w_before=0, w_after=0, w_line=20, w_lineRule="exact")


def procedure_elements(geometry: SheetGeometry, nama: str) -> list[Element]:
    """The block elements that stand where the template has {{p prosedur }}."""
    ids = Ids()
    blocks: list[Xml] = []
    for index, part in enumerate(geometry.parts):
        if part.new_page:
            blocks.append(_spacer(new_page=True))
        elif index:
            blocks.append(_spacer(new_page=False))
        if part.caption:
            blocks.append(_caption(part.caption))
        blocks.append(_Table(geometry, part, ids).element(nama))
    return elements(blocks)


def text_row(step: Langkah, columns: tuple[Column, ...]) -> Element:
    """A row with the texts of a step and without any drawing, as high as its texts."""
    low = [el("w:p", el("w:pPr", _UPPERMOST))]
    cells = [_cell(c.width, low, align="top") if c.kolom is Kolom.LAJUR else _text_cell(step, c) for c in columns]
    (row,) = elements([el("w:tr", el("w:trPr", el("w:cantSplit")), *cells)])
    return row


def heading(text: str) -> Element:
    """A paragraph of a heading cell."""
    (paragraph,) = elements([_heading(text)])
    return paragraph


def caption(text: str) -> Element:
    """The title of a procedure above its table."""
    (paragraph,) = elements([_caption(text)])
    return paragraph


def spacer() -> Element:
    """What keeps two tables on a page apart."""
    (paragraph,) = elements([_spacer(new_page=False)])
    return paragraph


def _caption(text: str) -> Xml:
    style = el("w:pStyle", w_val="JudulProsedur")
    return el("w:p", el("w:pPr", style), el("w:r", el("w:t", guard(text))))


def _spacer(*, new_page: bool) -> Xml:
    spacing = el("w:spacing", w_before=0, w_after=0, w_line=twips(SPACER), w_lineRule="exact")
    breaks = [el("w:pageBreakBefore")] if new_page else []
    return el("w:p", el("w:pPr", *breaks, spacing))


class _Table:
    def __init__(self, geometry: SheetGeometry, part: TablePart, ids: Ids) -> None:
        self.columns = geometry.columns
        self.heads = geometry.heads
        self.part = part
        self.prosedur: Prosedur = geometry.prosedur[part.prosedur]
        self.ids = ids
        self.lanes = [column for column in self.columns if column.kolom is Kolom.LAJUR]
        self.namer = Namer(self.prosedur, _lane_names(self.lanes))
        self.shapes = self.anchored()

    def element(self, nama: str) -> Xml:
        """The `w:tbl`."""
        width = sum(column.width for column in self.columns)
        first, last = (self.prosedur.langkah[self.part.rows[i].langkah].nomor for i in (0, -1))
        borders = [el(f"w:{side}", w_val="single", w_sz=4, w_space=0, w_color="000000") for side in _BORDERS]
        margins = [
            el("w:top", w_w=0, w_type="dxa"),
            el("w:left", w_w=twips(CELL_SIDE), w_type="dxa"),
            el("w:bottom", w_w=0, w_type="dxa"),
            el("w:right", w_w=twips(CELL_SIDE), w_type="dxa"),
        ]
        properties = el(
            "w:tblPr",
            el("w:tblW", w_w=twips(width), w_type="dxa"),
            el("w:tblInd", w_w=0, w_type="dxa"),
            el("w:tblBorders", *borders),
            el("w:tblLayout", w_type="fixed"),
            el("w:tblCellMar", *margins),
            el("w:tblCaption", w_val=guard(f"Prosedur {nama}")),
            el("w:tblDescription", w_val=f"Tabel langkah {first or 1} sampai {last or 'lanjutan'}"),
        )
        grid = el("w:tblGrid", *(el("w:gridCol", w_w=twips(column.width)) for column in self.columns))
        return el(
            "w:tbl", properties, grid, *self.header(), *(self.row(n, row) for n, row in enumerate(self.part.rows))
        )

    def header(self) -> list[Xml]:
        *heads, numbers = self.part.header
        rows = [_row(height, self.head_cells(number), header=True) for number, height in enumerate(heads)]
        count = [_cell(c.width, [_heading(str(n), bold=False)]) for n, c in enumerate(self.columns, start=1)]
        return [*rows, _row(numbers, count, header=True)]

    def head_cells(self, row: int) -> list[Xml]:
        """The cells of a heading row; one that goes on from the row above is empty."""
        cells: list[Xml] = []
        here = (head for head in self.heads if head.top <= row < head.top + head.down)
        for head in sorted(here, key=lambda head: head.first):
            width = sum(column.width for column in self.columns[head.first : head.first + head.across])
            starts = head.top == row
            merge = "" if head.down == 1 else "restart" if starts else "continue"
            text = _heading(head.text if starts else "")
            cells.append(_cell(width, [text], span=head.across, merge=merge, upright=head.upright))
        return cells

    def row(self, number: int, row: Row) -> Xml:
        step = self.prosedur.langkah[row.langkah]
        cells = [
            self.lane_cell(number, column) if column.kolom is Kolom.LAJUR else _text_cell(step, column)
            for column in self.columns
        ]
        return _row(row.height, cells)

    def lane_cell(self, number: int, column: Column) -> Xml:
        """A cell of the swimlane: one low paragraph at its top, the origin of the shapes anchored in it."""
        shapes = self.shapes.get((number, self.lanes.index(column)), [])
        return _cell(column.width, [el("w:p", el("w:pPr", _UPPERMOST), *shapes)], align="top")

    def anchored(self) -> dict[tuple[int, int], list[Xml]]:
        """The shapes of each (row, lane): arrows first, so that symbols lie above them."""
        found: defaultdict[tuple[int, int], list[Xml]] = defaultdict(list)
        for arrow in self.part.arrows:
            cell = self.uppermost(arrow.points)
            found[cell].append(drawing.arrow(arrow, self.origin(cell), self.namer.arrow(arrow), self.ids))
        for symbol in self.part.symbols:
            cell = (symbol.row, symbol.lane)
            found[cell].append(drawing.symbol(symbol, self.origin(cell), self.namer.symbol(symbol), self.ids))
        for shape in self.part.connectors:
            cell = (shape.row, shape.lane)
            found[cell].append(drawing.connector(shape, self.origin(cell), self.namer.connector(shape), self.ids))
        for label in self.part.labels:
            cell = self.uppermost(((label.box.x, label.box.y),))
            found[cell].append(drawing.label(label, self.origin(cell), self.namer.label(label), self.ids))
        return found

    def uppermost(self, points: tuple[Point, ...]) -> tuple[int, int]:
        """Row and lane of the uppermost cell that a line touches, the leftmost of them."""
        x, y = min(points, key=lambda point: (point[1], point[0]))
        row = max((n for n, r in enumerate(self.part.rows) if r.y <= y), default=0)
        lane = max((n for n, c in enumerate(self.lanes) if c.x <= x), default=0)
        return row, lane

    def origin(self, cell: tuple[int, int]) -> Point:
        """The text area of a lane cell: its edge plus the left margin."""
        return self.lanes[cell[1]].x + CELL_SIDE, self.part.rows[cell[0]].y


def _lane_names(lanes: list[Column]) -> dict[str, str]:
    """What alternative texts call each lane: two groups may have lanes of the same heading."""
    headings = Counter(column.heading for column in lanes)
    return {
        column.lane: f"{column.heading} {column.group}".rstrip() if headings[column.heading] > 1 else column.heading
        for column in lanes
    }


def _row(height: Emu, cells: list[Xml], *, header: bool = False) -> Xml:
    marks = [el("w:tblHeader")] if header else []
    properties = el("w:trPr", el("w:cantSplit"), el("w:trHeight", w_val=twips(height), w_hRule="exact"), *marks)
    return el("w:tr", properties, *cells)


def _cell(
    width: Emu,
    content: list[Xml],
    *,
    span: int = 1,
    merge: str = "",
    upright: bool = False,
    align: str = "center",
) -> Xml:
    properties = [el("w:tcW", w_w=twips(width), w_type="dxa")]
    if span > 1:
        properties.append(el("w:gridSpan", w_val=span))
    if merge:
        properties.append(el("w:vMerge", w_val=merge))
    if upright:
        properties.append(el("w:textDirection", w_val="btLr"))
    properties.append(el("w:vAlign", w_val=align))
    return el("w:tc", el("w:tcPr", *properties), *content)


def _heading(text: str, *, bold: bool = True) -> Xml:
    runs = [el("w:r", _HEADING_BOLD if bold else _HEADING, el("w:t", guard(text)))] if text else []
    return el("w:p", el("w:pPr", _SPACING, _TO_CENTRE), *runs)


def _text_cell(step: Langkah, column: Column) -> Xml:
    centred = column.kolom in _CENTRED or cell_text(step, column.kolom).text.strip() == "-"
    paragraphs = [_paragraph(p, centred=centred) for p in cell_text(step, column.kolom).paragraphs]
    return _cell(column.width, paragraphs or [el("w:p", el("w:pPr", _SPACING))])


def _paragraph(paragraph: Paragraph, *, centred: bool) -> Xml:
    properties: list[Xml] = []
    left = twips(hanging(paragraph.marker, paragraph.level, TEXT))
    step = twips(hanging("•", 0, TEXT))
    if paragraph.marker:
        properties.append(el("w:tabs", el("w:tab", w_val="left", w_pos=left)))
    properties.append(_SPACING)
    if left:
        hang = {"w_hanging": step} if paragraph.marker else {}
        properties.append(el("w:ind", w_left=left, **hang))
    if centred and not paragraph.marker:
        properties.append(_TO_CENTRE)
    runs: list[Xml] = []
    if paragraph.marker:
        runs.append(el("w:r", _look(), el("w:t", paragraph.marker), el("w:tab")))
    for run in paragraph.runs:
        lines = _lines(run)
        runs.extend([link_element(f"sop/{run.link}", lines)] if run.link else lines)
    return el("w:p", el("w:pPr", *properties), *runs)


def _lines(run: Run) -> list[Xml]:
    """A run as one `w:r` for each of its lines."""
    found: list[Xml] = []
    for number, line in enumerate(run.text.split("\n")):
        breaks = [el("w:br")] if number else []
        text = [el("w:t", guard(line), **{"xml_space": "preserve"})] if line else []
        look = _look(bold=run.bold, italic=run.italic, link=run.link is not None)
        found.append(el("w:r", look, *breaks, *text))
    return found


@cache
def _look(*, bold: bool = False, italic: bool = False, link: bool = False) -> Xml:
    style = [el("w:rStyle", w_val=LINK_STYLE)] if link else []
    marks = [*(["w:b", "w:bCs"] if bold else []), *(["w:i", "w:iCs"] if italic else [])]
    size = round(TEXT.size * 2)
    return el("w:rPr", *style, *(el(mark) for mark in marks), el("w:sz", w_val=size), el("w:szCs", w_val=size))
