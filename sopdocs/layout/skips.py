"""Beside connectors of an edge that skips whole pages: the page where it goes on."""

from __future__ import annotations

from dataclasses import replace

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, Column, ConnectorShape, JenisLabel, Kolom, LabelShape, TablePart
from sopdocs.layout.labels import FOOT, Obstacles, Surroundings, gap, segment_box
from sopdocs.layout.measure import FontData, text_width
from sopdocs.layout.symbols import POINT, Outline, outline
from sopdocs.layout.units import Emu, mm

_NEARER: Emu = mm(1)
"""By how much a name stands nearer to its own connector than to any other."""


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
        free = (box for box in _places(connector, width) if around.free(box))
        box = next((box for box in free if _reads_as_own(part, box, connector)), None)
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
    below, above = box.bottom + s.LABEL_CLEAR, box.y - s.LABEL_HEIGHT - s.LABEL_CLEAR
    rows = (below, above, below + s.HEAD[0])
    along = [(x, y) for y in rows for x in across]
    return [Box(x, y, width, s.LABEL_HEIGHT) for x, y in (*beside, *along)]


def _reads_as_own(part: TablePart, name: Box, connector: ConnectorShape) -> bool:
    """Whether no other connector is as near: a name would be read as that one's."""
    others = (other for other in part.connectors if other is not connector)
    letters = replace(name, height=name.height - FOOT)
    reach = _near(part, letters, connector) + _NEARER
    return all(_near(part, letters, other) > reach for other in others)


def _near(part: TablePart, name: Box, connector: ConnectorShape) -> float:
    """How far a name is from a connector for the eye: from its body, or from the stretch of arrow at it."""
    box = connector.box
    point = round(box.height * POINT)
    body = Box(box.x, box.y + (point if connector.naik else 0), box.width, box.height - point)
    lines = (a.points for a in part.arrows if (a.dari, a.ke) == (connector.dari, connector.ke))
    stretches = (line[-2:] if connector.keluar else line[:2] for line in lines)
    return min((gap(name, body), *(gap(name, segment_box(a, b)) for a, b in stretches)))


def _obstacles(part: TablePart, lanes: list[Column]) -> Obstacles:
    top, bottom = part.rows[0].y, part.rows[-1].y + part.rows[-1].height
    bounds = Box(lanes[0].x, top, lanes[-1].x + lanes[-1].width - lanes[0].x, bottom - top)
    upright = tuple(((lane.x, top), (lane.x, bottom)) for lane in lanes)
    level = tuple(((bounds.x, row.y), (bounds.right, row.y)) for row in part.rows)
    symbols = tuple((outline(symbol.bentuk), symbol.box) for symbol in part.symbols)
    offs = tuple((Outline.POINT_UP if c.naik else Outline.POINT_DOWN, c.box) for c in part.connectors)
    lines = tuple(arrow.points for arrow in part.arrows)
    return Obstacles((*symbols, *offs), tuple(label.box for label in part.labels), lines, (*upright, *level), bounds)
