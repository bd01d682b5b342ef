"""Symbols, connectors, arrows and labels as native Word shapes, anchored in table cells.

Anchors are relative to column and paragraph (ISO/IEC 29500-1, 20.4.3): in a table cell that is the cell's text area, so
a shape moves with its cell. Page-relative anchors go wrong in cells, see docs/layout.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sopdocs.layout.geometry import ArrowShape, Box, ConnectorShape, LabelShape, Point, SymbolShape
from sopdocs.layout.settings import LABEL, LABEL_HEIGHT
from sopdocs.layout.symbols import line_height
from sopdocs.layout.units import EMU_PER_TWIP, Emu
from sopdocs.model import Bentuk
from sopdocs.word.template import guard
from sopdocs.word.xml import NS, Xml, choice, el

_LINE: Emu = 9525
"""0.75 pt."""
_LEAST: Emu = 12_700
_TURN = 60_000
"""DrawingML angles are sixty-thousandths of a degree."""

_BLACK, _WHITE = (el("a:solidFill", el("a:srgbClr", val=colour)) for colour in ("000000", "FFFFFF"))
_NO_FILL = el("a:noFill")
_MITRED = el("a:miter", lim=800000)
_OUTLINE = el("a:ln", _BLACK, _MITRED, w=_LINE)
_NO_LINE = el("a:ln", _NO_FILL)
_BODY = el(
    "wps:bodyPr",
    el("a:noAutofit"),
    rot=0,
    vert="horz",
    wrap="none",
    lIns=0,
    tIns=0,
    rIns=0,
    bIns=0,
    anchor="ctr",
    anchorCtr=0,
)
_RECTANGLE = el("a:prstGeom", el("a:avLst"), prst="rect")
_SIMPLE = el("wp:simplePos", x=0, y=0)
_NO_EFFECT = el("wp:effectExtent", l=0, t=0, r=0, b=0)
_NO_WRAP = el("wp:wrapNone")
_FRAME = el("wp:cNvGraphicFramePr")
_CENTRED = el("w:jc", w_val="center")


class Ids:
    """Numbers for drawings; one counter for a whole document."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        """The next number, from 1."""
        self.last += 1
        return self.last


@dataclass(frozen=True, slots=True)
class Naming:
    """Name and alternative text of a shape, Indonesian."""

    name: str
    descr: str


def symbol(shape: SymbolShape, origin: Point, naming: Naming, ids: Ids) -> Xml:
    """Draw a symbol. `origin` is the text area of its cell."""
    geometry = _outline(shape)
    text = _text(shape.lines, shape.size) if shape.lines else None
    return _anchor(shape.box, origin, naming, ids, _shape(shape.box, geometry, text))


def connector(shape: ConnectorShape, origin: Point, naming: Naming, ids: Ids) -> Xml:
    """Draw half of a pair of off-page connectors."""
    geometry = el("a:prstGeom", el("a:avLst"), prst="flowChartOffpageConnector")
    text = _text((shape.nomor,), LABEL.size) if shape.nomor else None
    return _anchor(shape.box, origin, naming, ids, _shape(shape.box, geometry, text, flip=shape.naik))


def label(shape: LabelShape, origin: Point, naming: Naming, ids: Ids) -> Xml:
    """Write the answer of a branch: a text without outline."""
    body = _shape(shape.box, _RECTANGLE, _text((shape.text,), LABEL.size, LABEL_HEIGHT), outlined=False)
    return _anchor(shape.box, origin, naming, ids, body)


def arrow(shape: ArrowShape, origin: Point, naming: Naming, ids: Ids) -> Xml:
    """Draw an edge as one line with corners."""
    box = _bounds(shape.points)
    geometry = _path([(x - box.x, y - box.y) for x, y in shape.points], box)
    end = [el("a:tailEnd", type="triangle", w="med", len="med")] if shape.head else []
    line = el("a:ln", _BLACK, _MITRED, *end, w=_LINE)
    body = el(
        "wps:wsp",
        el("wps:cNvCnPr"),
        el("wps:spPr", _transform(box), geometry, line),
        el("wps:bodyPr"),
    )
    return _anchor(box, origin, naming, ids, body)


def _bounds(points: tuple[Point, ...]) -> Box:
    """The rectangle around a line; never without width or height, since LibreOffice turns such lines about."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = min(xs), min(ys)
    width, height = max(xs) - left, max(ys) - top
    across, down = (0 if width else _LEAST), (0 if height else _LEAST)
    return Box(left - across, top - down, width + 2 * across, height + 2 * down)


def _outline(shape: SymbolShape) -> Xml:
    """The outline of a symbol. Capsules and diamonds are drawn by hand so that text may use their whole width:

    the presets roundRect and diamond keep it to an inner rectangle, where LibreOffice breaks words.
    """
    width, height = shape.box.width, shape.box.height
    if shape.bentuk is Bentuk.KEPUTUSAN:
        corners = [(width // 2, 0), (width, height // 2), (width // 2, height), (0, height // 2)]
        steps = [el("a:moveTo", _point(corners[0])), *(el("a:lnTo", _point(corner)) for corner in corners[1:])]
    elif shape.bentuk.terminator:
        steps = _capsule(width, height)
    else:
        return _RECTANGLE
    return _custom(el("a:path", *steps, el("a:close"), w=width, h=height))


def _capsule(width: Emu, height: Emu) -> list[Xml]:
    """Two half circles and what joins them; a capsule higher than wide has them above and below."""
    radius = min(width, height) // 2
    if height > width:
        return [
            el("a:moveTo", _point((0, radius))),
            el("a:arcTo", wR=width // 2, hR=radius, stAng=180 * _TURN, swAng=180 * _TURN),
            el("a:lnTo", _point((width, height - radius))),
            el("a:arcTo", wR=width // 2, hR=radius, stAng=0, swAng=180 * _TURN),
        ]
    return [
        el("a:moveTo", _point((radius, 0))),
        el("a:lnTo", _point((width - radius, 0))),
        el("a:arcTo", wR=radius, hR=height // 2, stAng=270 * _TURN, swAng=180 * _TURN),
        el("a:lnTo", _point((radius, height))),
        el("a:arcTo", wR=radius, hR=height // 2, stAng=90 * _TURN, swAng=180 * _TURN),
    ]


def _path(points: list[Point], box: Box) -> Xml:
    steps = [el("a:moveTo", _point(points[0])), *(el("a:lnTo", _point(point)) for point in points[1:])]
    return _custom(el("a:path", *steps, w=box.width, h=box.height, fill="none"))


def _custom(path: Xml) -> Xml:
    empty = ("a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst")
    rect = el("a:rect", l="l", t="t", r="r", b="b")
    return el("a:custGeom", *(el(name) for name in empty), rect, el("a:pathLst", path))


def _point(point: Point) -> Xml:
    return el("a:pt", x=point[0], y=point[1])


def _transform(box: Box, *, flip: bool = False) -> Xml:
    flips = {"flipV": 1} if flip else {}
    return el("a:xfrm", el("a:off", x=0, y=0), el("a:ext", cx=box.width, cy=box.height), **flips)


def _shape(box: Box, geometry: Xml, text: Xml | None, *, outlined: bool = True, flip: bool = False) -> Xml:
    fill, line = (_WHITE, _OUTLINE) if outlined else (_NO_FILL, _NO_LINE)
    parts = [el("wps:cNvSpPr"), el("wps:spPr", _transform(box, flip=flip), geometry, fill, line)]
    if text is not None:
        parts.append(el("wps:txbx", text))
    return el("wps:wsp", *parts, _BODY)


def _text(lines: Iterable[str], size: float, height: Emu | None = None) -> Xml:
    exact = (height or line_height(size)) // EMU_PER_TWIP
    half_points = round(size * 2)
    look = el("w:rPr", el("w:sz", w_val=half_points), el("w:szCs", w_val=half_points))
    spacing = el("w:spacing", w_before=0, w_after=0, w_line=exact, w_lineRule="exact")
    paragraphs: list[Xml] = []
    for line in lines:
        run = el("w:r", look, el("w:t", guard(line), xml_space="preserve"))
        paragraphs.append(el("w:p", el("w:pPr", spacing, _CENTRED), run))
    return el("w:txbxContent", *paragraphs)


def _anchor(box: Box, origin: Point, naming: Naming, ids: Ids, body: Xml) -> Xml:
    """Wrap a shape in a run; `relativeHeight` grows with the id, so that later shapes lie above earlier ones."""
    number = ids.next()
    anchor = el(
        "wp:anchor",
        _SIMPLE,
        el("wp:positionH", el("wp:posOffset", str(box.x - origin[0])), relativeFrom="column"),
        el("wp:positionV", el("wp:posOffset", str(box.y - origin[1])), relativeFrom="paragraph"),
        el("wp:extent", cx=box.width, cy=box.height),
        _NO_EFFECT,
        _NO_WRAP,
        el("wp:docPr", id=number, name=naming.name, descr=naming.descr),
        _FRAME,
        el("a:graphic", el("a:graphicData", body, uri=NS["wps"])),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
        simplePos=0,
        relativeHeight=251_658_240 + number * 1024,
        behindDoc=0,
        locked=0,
        layoutInCell=1,
        allowOverlap=1,
    )
    return el("w:r", choice(el("w:drawing", anchor), requires="wps"))
