"""Beside connectors of an edge that skips whole pages: the page where it goes on."""

from __future__ import annotations

from dataclasses import replace

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Column, ConnectorShape, JenisLabel, Kolom, LabelShape, TablePart
from sopdocs.layout.labels import Obstacles, Surroundings
from sopdocs.layout.measure import FontData, text_width
from sopdocs.layout.symbols import Outline, outline
from sopdocs.layout.units import mm


def name_pages(part: TablePart, columns: tuple[Column, ...], fonts: FontData) -> TablePart:
    """Add "hal. 4" to the labels of a part wherever a connector's other half is more than one page away.

    A name that finds no room is left out: the connector still bears its number.
    """
    lanes = [column for column in columns if column.kolom is Kolom.LAJUR]
    for connector in part.connectors:
        if abs(connector.halaman - part.page) < 2:
            continue
        text = f"hal. {connector.halaman}"
        width = text_width(fonts, text, s.LABEL) + mm(0.1)
        around = Surroundings(_obstacles(part, lanes))
        others = [c.box for c in part.connectors if c is not connector]
        free = (box for box in _places(connector, width) if around.free(box))
        # A name that stands nearer to another connector would be read as that one's.
        own = (box for box in free if all(_gap(box, connector.box) <= _gap(box, other) for other in others))
        box = next(own, None)
        if box is not None:
            label = LabelShape(
                text, box, connector.dari if connector.keluar else connector.ke, (text,), JenisLabel.HALAMAN
            )
            part = replace(part, labels=(*part.labels, label))
    return part


def _places(connector: ConnectorShape, width: int) -> list[Box]:
    """Right or left of the connector, at its middle or an edge; then below and above, beside the arrow or its head."""
    box = connector.box
    middle = box.centre[0]
    ys = [box.centre[1] - s.LABEL_HEIGHT // 2, box.y, box.bottom - s.LABEL_HEIGHT]
    xs = [box.right + s.LABEL_GAP, box.x - s.LABEL_GAP - width]
    beside = [(x, y) for y in ys for x in xs]
    across = [middle + s.LABEL_GAP, middle - s.LABEL_GAP - width]
    rows = (box.bottom, box.y - s.LABEL_HEIGHT, box.bottom + s.HEAD[0] + s.LABEL_CLEAR)
    along = [(x, y) for y in rows for x in across]
    return [Box(x, y, width, s.LABEL_HEIGHT) for x, y in (*beside, *along)]


def _gap(a: Box, b: Box) -> int:
    """Distance between two boxes, squared."""
    across = max(a.x - b.right, b.x - a.right, 0)
    down = max(a.y - b.bottom, b.y - a.bottom, 0)
    return across * across + down * down


def _obstacles(part: TablePart, lanes: list[Column]) -> Obstacles:
    top, bottom = part.rows[0].y, part.rows[-1].y + part.rows[-1].height
    bounds = Box(lanes[0].x, top, lanes[-1].x + lanes[-1].width - lanes[0].x, bottom - top)
    upright = tuple(((lane.x, top), (lane.x, bottom)) for lane in lanes)
    level = tuple(((bounds.x, row.y), (bounds.right, row.y)) for row in part.rows)
    symbols = tuple((outline(symbol.bentuk), symbol.box) for symbol in part.symbols)
    offs = tuple((Outline.POINT_UP if c.naik else Outline.POINT_DOWN, c.box) for c in part.connectors)
    lines = tuple(arrow.points for arrow in part.arrows)
    return Obstacles((*symbols, *offs), tuple(label.box for label in part.labels), lines, (*upright, *level), bounds)
