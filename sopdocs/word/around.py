"""Measure what a filled template prints before and after the procedure, so that the layout knows its room.

Any template can be measured: paragraphs with their styles, tables with merged cells, inline pictures. What fills more
than a page is followed from page to page, line by line, as Word and LibreOffice break it: a row is cut between two
lines of its cells unless it says `w:cantSplit`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sopdocs.layout.measure import FontData, TextStyle, break_runs, text_width
from sopdocs.layout.units import EMU_PER_TWIP, Emu, mm, pt
from sopdocs.model import Run
from sopdocs.word.formats import Format, Styles, is_on, whole
from sopdocs.word.xml import Element, qn

_SINGLE = 1.149
"""Line height of Arial and Liberation Sans in ems: ascent, descent and line gap (hhea table)."""
_DESCENT = 0.212
"""Part of it below the base line, on which inline pictures stand."""
_RULE: Emu = pt(0.5)
"""The upper rule of a row adds its thickness to the row; the lowest one of a table stands below the last row."""
_SLACK: Emu = mm(1.0)
_NARROWER: Emu = pt(1.0)
"""Text is measured this much narrower than its room; a line too many is less harm than one too few."""


@dataclass(frozen=True, slots=True)
class Around:
    """Heights around the procedure."""

    before: Emu
    """On the page where the procedure could start."""
    pages_before: int
    """Full pages before that one."""
    after: Emu


def measure_around(body: Element, mark: Element, styles: Styles, fonts: FontData, page: tuple[Emu, Emu]) -> Around:
    """Measure the siblings before and after `mark`; `page` is (width, height) of the text area."""
    ruler = _Ruler(styles, fonts)
    blocks = [child for child in body if child.tag in (qn("w:p"), qn("w:tbl"))]
    at = blocks.index(mark)
    cursor = _Cursor(page[1])
    for block in blocks[:at]:
        for row in ruler.rows(block, page[0]):
            cursor.add(row)
    after = sum(row.height for block in blocks[at + 1 :] for row in ruler.rows(block, page[0]))
    return Around(cursor.y + _SLACK, cursor.pages, after + _SLACK)


@dataclass(slots=True)
class _Row:
    """A table row, or a paragraph outside tables: cells with the heights of their lines."""

    cells: list[list[Emu]]
    """Space above and below a paragraph is part of its first and last line."""
    ends: Emu = 0
    """Upper and lower margin of the cells, and a rule."""
    least: Emu = 0
    whole: bool = False
    exact: bool = False
    ruled: bool = False
    """Whether this row belongs to a table."""
    merged: dict[int, list[Emu]] = field(default_factory=dict[int, list[Emu]])
    """Cells that begin here and go on in the following rows, by grid column."""
    going: set[int] = field(default_factory=set[int])
    """Grid columns whose merged cell goes on in this row."""

    @property
    def height(self) -> Emu:
        """When nothing cuts it."""
        if self.exact:
            return self.least
        return max([self.least, *(sum(cell) + self.ends for cell in self.cells)])


class _Cursor:
    """Where the next block begins."""

    def __init__(self, height: Emu) -> None:
        self.height = height
        self.pages = 0
        self.y: Emu = 0

        self.ruled = False

    def add(self, row: _Row) -> None:
        if self.ruled and not row.ruled:
            self.y += _RULE
        self.ruled = row.ruled
        while self.y + row.height > self.height:
            rest = None if row.whole or row.exact else self.cut(row)
            if rest is None and self.y == 0:
                break  # higher than a page and not to be cut: it runs off the page in both programs
            self.pages += 1
            self.y = 0
            row = rest or row
        self.y = min(self.y + row.height, self.height)

    def cut(self, row: _Row) -> _Row | None:
        """What of a row comes on the next page; None when it goes there as a whole."""
        room = self.height - self.y - row.ends
        rest: list[list[Emu]] = []
        for cell in row.cells:
            count, used = 0, 0
            while count < len(cell) and used + cell[count] <= room:
                used += cell[count]
                count += 1
            if cell and not count:
                return None
            rest.append(cell[count:])
        return _Row(rest, row.ends, ruled=row.ruled)


class _Ruler:
    def __init__(self, styles: Styles, fonts: FontData) -> None:
        self.styles = styles
        self.fonts = fonts

    def rows(self, block: Element, width: Emu) -> list[_Row]:
        return self.table(block) if block.tag == qn("w:tbl") else [_Row([self.lines(block, width)])]

    def table(self, table: Element) -> list[_Row]:
        grid = [whole(column, "w:w", 0) for column in table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
        rows = [self.row(row, table, grid) for row in table.findall(qn("w:tr"))]
        for number, row in enumerate(rows):
            for column, content in row.merged.items():
                _stretch(rows[number:], column, sum(content))
        return rows

    def row(self, row: Element, table: Element, grid: list[int]) -> _Row:
        margins = self.styles.cell_margins(table)
        made = _Row([], (margins.top + margins.bottom) * EMU_PER_TWIP + _RULE, ruled=True)
        properties = row.find(qn("w:trPr"))
        if properties is not None:
            height = properties.find(qn("w:trHeight"))
            made.whole = is_on(properties.find(qn("w:cantSplit")))
            made.least = (whole(height, "w:val", 0) if height is not None else 0) * EMU_PER_TWIP
            made.exact = height is not None and height.get(qn("w:hRule")) == "exact"
        column = 0
        for cell in row.findall(qn("w:tc")):
            span, merge = _span(cell)
            width = (sum(grid[column : column + span]) - margins.left - margins.right) * EMU_PER_TWIP
            if merge == "continue":
                made.going.add(column)
            else:
                lines = [line for block in cell for line in self.cell_lines(block, width)]
                if merge == "restart":
                    made.merged[column] = lines
                else:
                    made.cells.append(lines)
            column += span
        return made

    def cell_lines(self, block: Element, width: Emu) -> list[Emu]:
        if block.tag == qn("w:p"):
            return self.lines(block, width)
        return [row.height for row in self.table(block)] if block.tag == qn("w:tbl") else []

    def lines(self, paragraph: Element, width: Emu) -> list[Emu]:
        """Heights of a paragraph's lines."""
        look = self.styles.paragraph(paragraph)
        runs: list[Run] = []
        sizes: list[float] = []
        picture: Emu = 0
        for run in paragraph.iter(qn("w:r")):
            shown = self.styles.run(run, look)
            text = "".join(_run_text(child) for child in run)
            if text:
                sizes.append(shown.size)
                runs.append(Run(text, shown.bold, shown.italic))
            extents = (extent for inline in run.iter(qn("wp:inline")) for extent in inline.findall(qn("wp:extent")))
            picture = max([picture, *(whole(extent, "cy", 0) for extent in extents)])
        style = TextStyle(max(sizes, default=self.styles.mark(paragraph).size))
        room = width - (look.left + look.right + max(look.first, 0)) * EMU_PER_TWIP - _NARROWER
        texts = break_runs(self.fonts, self.without_marker(tuple(runs), look, style), style, room)
        heights = [_line_height(look, style.size)] * len(texts)
        if picture and look.rule != "exact":  # an exact line height cuts pictures off
            heights[0] = max(heights[0], picture + pt(_DESCENT * style.size))
        heights[0] += look.before * EMU_PER_TWIP
        heights[-1] += look.after * EMU_PER_TWIP
        return heights

    def without_marker(self, runs: tuple[Run, ...], look: Format, style: TextStyle) -> tuple[Run, ...]:
        """Drop "1." and its tab, which stand in the hanging indent and take no room from the text."""
        before, tab, _ = "".join(run.text for run in runs).partition("\t")
        bold = any(run.bold for run in runs)
        marker = text_width(self.fonts, before, TextStyle(style.size, bold))
        if not tab or look.first >= 0 or marker > -look.first * EMU_PER_TWIP:
            return runs
        skip = len(before) + 1
        kept: list[Run] = []
        for run in runs:
            kept.append(Run(run.text[skip:], run.bold, run.italic))
            skip = max(skip - len(run.text), 0)
        return tuple(kept)


def _stretch(rows: list[_Row], column: int, content: Emu) -> None:
    """A merged cell that needs more than its rows makes the last of them higher."""
    end = next((n for n, row in enumerate(rows[1:], start=1) if column not in row.going), len(rows))
    missing = content + rows[end - 1].ends - sum(row.height for row in rows[:end])
    if missing > 0:
        rows[end - 1].least = rows[end - 1].height + missing


def _run_text(child: Element) -> str:
    if child.tag == qn("w:t"):
        return child.text or ""
    return {qn("w:br"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "\u2011"}.get(str(child.tag), "")


def _line_height(look: Format, size: float) -> Emu:
    if look.rule == "exact":
        return look.line * EMU_PER_TWIP
    single = pt(size * _SINGLE * (look.line / 240 if look.rule == "auto" else 1))
    return max(single, look.line * EMU_PER_TWIP) if look.rule == "atLeast" else single


def _span(cell: Element) -> tuple[int, str]:
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, ""
    span, merge = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
    across = whole(span, "w:val", 1) if span is not None else 1
    return across, "" if merge is None else str(merge.get(qn("w:val")) or "continue")
