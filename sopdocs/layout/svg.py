"""A page of a sheet as one self-contained SVG, in millimetres: what a preview shows."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sopdocs.layout import settings as s
from sopdocs.layout.columns import cell_room, cell_text
from sopdocs.layout.geometry import (
    ArrowShape,
    Box,
    Column,
    ConnectorShape,
    Kolom,
    LabelShape,
    Row,
    SheetGeometry,
    SymbolShape,
    TablePart,
)
from sopdocs.layout.heads import head_lines
from sopdocs.layout.measure import TextStyle, break_runs, hanging
from sopdocs.layout.settings import LayoutSettings
from sopdocs.layout.symbols import line_height
from sopdocs.layout.units import EMU_PER_MM, EMU_PER_POINT, Emu
from sopdocs.model import Bentuk, Langkah

_STYLE = (
    "text{font-family:Arial,'Liberation Sans',sans-serif;fill:#000}"
    ".r{fill:none;stroke:#000;stroke-width:.18}.s{fill:#fff;stroke:#000;stroke-width:.26}"
    ".a{fill:none;stroke:#000;stroke-width:.26}"
)
_HEAD = '<marker id="h" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="2.1" markerHeight="2.1" \
markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 6 3 0 6z"/></marker>'
_ASCENT = 0.8
"""Share of the line height above the base line."""


def as_svg(geometry: SheetGeometry, page: int, settings: LayoutSettings) -> str:
    """Draw the procedure tables of one page, counted from 1; the identity block and signature are the template's."""
    width, height = _mm(settings.paper.width), _mm(settings.paper.height)
    parts = [part for part in geometry.parts if part.page == page]
    body = "".join(_Drawer(geometry, part, settings).table() for part in parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}" lang="id"><title>Halaman {page}</title><style>{_STYLE}</style>'
        f'<defs>{_HEAD}</defs><rect width="100%" height="100%" fill="#fff"/>{body}</svg>\n'
    )


def _mm(length: Emu) -> str:
    return f"{length / EMU_PER_MM:.3f}".rstrip("0").rstrip(".")


class _Drawer:
    def __init__(self, geometry: SheetGeometry, part: TablePart, settings: LayoutSettings) -> None:
        self.columns = geometry.columns
        self.heads = geometry.heads
        self.steps: tuple[Langkah, ...] = geometry.prosedur[part.prosedur].langkah
        self.part = part
        self.settings = settings

    def table(self) -> str:
        shapes = [
            *self.rules(),
            *self.header(),
            *(self.cell(row, column) for row in self.part.rows for column in self.columns),
            *(self.arrow(arrow) for arrow in self.part.arrows),
            *(self.symbol(symbol) for symbol in self.part.symbols),
            *(self.connector(connector) for connector in self.part.connectors),
            *(self.label(label) for label in self.part.labels),
        ]
        x, y = _mm(self.settings.paper.side), _mm(self.settings.paper.top + self.part.top)
        return f'<g transform="translate({x} {y})">{"".join(shapes)}</g>'

    def rules(self) -> Iterable[str]:
        """Outlines of the body's cells."""
        for row in self.part.rows:
            for column in self.columns:
                yield _rect(Box(column.x, row.y, column.width, row.height), "r")

    def header(self) -> Iterable[str]:
        *heights, numbers = self.part.header
        for head in self.heads:
            members = self.columns[head.first : head.first + head.across]
            top, height = sum(heights[: head.top]), sum(heights[head.top : head.top + head.down])
            box = Box(members[0].x, top, sum(column.width for column in members), height)
            yield _rect(box, "r")
            lines = head_lines(head, box.width, box.height, self.settings)
            yield _text(lines, box, s.HEADING, s.LINE, turned=head.upright)
        for number, column in enumerate(self.columns, start=1):
            below = Box(column.x, sum(heights), column.width, numbers)
            yield _rect(below, "r")
            yield _text([str(number)], below, s.TEXT, s.LINE)

    def cell(self, row: Row, column: Column) -> str:
        if column.kolom is Kolom.LAJUR:
            return ""
        text = cell_text(self.steps[row.langkah], column.kolom)
        lines: list[str] = []
        for paragraph in text.paragraphs:
            room = cell_room(column.width) - hanging(paragraph.marker, paragraph.level, s.TEXT)
            broken = break_runs(self.settings.fonts, paragraph.runs, s.TEXT, room)
            lines += [f"{paragraph.marker} {line}".strip() if n == 0 else line for n, line in enumerate(broken)]
        box = Box(column.x + s.CELL_SIDE, row.y, column.width - 2 * s.CELL_SIDE, row.height)
        centred = column.kolom in (Kolom.NO, Kolom.WAKTU) or lines == ["-"]
        return _text(lines, box, s.TEXT, s.LINE, centred=centred)

    def arrow(self, arrow: ArrowShape) -> str:
        points = " ".join(f"{_mm(x)},{_mm(y)}" for x, y in arrow.points)
        head = ' marker-end="url(#h)"' if arrow.head else ""
        title = f"<title>{arrow.dari} → {arrow.ke} {escape(arrow.label)}</title>"
        return f'<polyline class="a" points="{points}"{head}>{title}</polyline>'

    def symbol(self, symbol: SymbolShape) -> str:
        box = symbol.box
        if symbol.bentuk is Bentuk.KEPUTUSAN:
            x, y = box.centre
            shape = _polygon([(x, box.y), (box.right, y), (x, box.bottom), (box.x, y)])
        else:
            shape = _rect(box, "s", radius=min(box.width, box.height) // 2 if symbol.bentuk.terminator else 0)
        return shape + (
            _text(list(symbol.lines), box, TextStyle(symbol.size), line_height(symbol.size)) if symbol.lines else ""
        )

    def connector(self, connector: ConnectorShape) -> str:
        box = connector.box
        shoulder = box.height // 5
        if connector.naik:
            top = box.y + shoulder
            points = [
                (box.x, box.bottom),
                (box.x, top),
                (box.centre[0], box.y),
                (box.right, top),
                (box.right, box.bottom),
            ]
        else:
            low = box.bottom - shoulder
            points = [(box.x, box.y), (box.right, box.y), (box.right, low), (box.centre[0], box.bottom), (box.x, low)]
        return _polygon(points) + _text([connector.nomor], box, s.LABEL, s.LABEL_HEIGHT)

    def label(self, label: LabelShape) -> str:
        return _text(list(label.lines or (label.text,)), label.box, s.LABEL, s.LABEL_HEIGHT)


def _rect(box: Box, style: str, radius: Emu = 0) -> str:
    rounded = f' rx="{_mm(radius)}"' if radius else ""
    place = f'x="{_mm(box.x)}" y="{_mm(box.y)}" width="{_mm(box.width)}" height="{_mm(box.height)}"'
    return f'<rect class="{style}" {place}{rounded}/>'


def _polygon(points: list[tuple[Emu, Emu]]) -> str:
    return f'<polygon class="s" points="{" ".join(f"{_mm(x)},{_mm(y)}" for x, y in points)}"/>'


def _text(
    lines: list[str],
    box: Box,
    style: TextStyle,
    line: Emu,
    *,
    centred: bool = True,
    turned: bool = False,
) -> str:
    start = box.y + (box.height - line * len(lines)) // 2
    x = box.centre[0] if centred else box.x
    weight = ' font-weight="bold"' if style.bold else ""
    anchor = ' text-anchor="middle"' if centred else ""
    turn = f' transform="rotate(-90 {_mm(box.centre[0])} {_mm(box.centre[1])})"' if turned else ""
    look = f'font-size="{_mm(round(style.size * EMU_PER_POINT))}"{weight}{anchor}{turn}'
    return "".join(
        f'<text x="{_mm(x)}" y="{_mm(start + round((n + _ASCENT) * line))}" {look}>{escape(words, quote=False)}</text>'
        for n, words in enumerate(lines)
        if words
    )
