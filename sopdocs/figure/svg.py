"""A picture as one self-contained SVG: a browser shows it, Word inserts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from sopdocs.figure.shapes import Figure, Group, Line, Pen, Rect, Shape, Text
from sopdocs.layout.units import EMU_PER_MM, EMU_PER_POINT, Emu, mm

_MARGIN: Emu = mm(8)
_STYLE = "text{font-family:Arial,'Liberation Sans',sans-serif}"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold (XML 1.0, 2.2)."""


def figure_svg(figure: Figure) -> str:
    """Return the picture, in millimetres, with what each group is in `data-` attributes."""
    width, height = figure.width + 2 * _MARGIN, figure.height + 2 * _MARGIN
    size = f'width="{_mm(width)}mm" height="{_mm(height)}mm" viewBox="0 0 {_mm(width)} {_mm(height)}"'
    body: list[str] = []
    y = _MARGIN
    for block in figure.blocks:
        inner = "".join(_group(group) for group in (*block.head, *block.groups))
        body.append(f'<g transform="translate({_mm(_MARGIN)} {_mm(y)})">{inner}</g>\n')
        y += block.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="id"><title>{_said(figure.title)}</title>'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#ffffff"/>\n{"".join(body)}</svg>\n'
    )


def _group(group: Group) -> str:
    inner = "".join(part for shape in group.shapes for part in _shape(shape))
    if not group.macam:
        return inner
    about = {"macam": group.macam, "sisi": group.sisi, "nama": group.nama, "tanda": group.tanda}
    told = "".join(f' data-{key}="{_said(value, quote=True)}"' for key, value in about.items() if value)
    follows = ' data-akibat="ya"' if group.akibat else ""
    return f"<g{told}{follows}>{inner}</g>"


def _shape(shape: Shape) -> Iterator[str]:
    match shape:
        case Rect():
            box = shape.box
            place = f'x="{_mm(box.x)}" y="{_mm(box.y)}" width="{_mm(box.width)}" height="{_mm(box.height)}"'
            rounded = f' rx="{_mm(shape.radius)}"' if shape.radius else ""
            yield f"<rect {place}{rounded}{_look(shape.pen, shape.fill)}/>"
        case Line():
            points = " ".join(f"{_mm(x)},{_mm(y)}" for x, y in shape.points)
            name = "polygon" if shape.closed else "polyline"
            yield f'<{name} points="{points}"{_look(shape.pen, shape.fill)}/>'
        case Text():
            x, y = map(_mm, shape.at)
            look = f' font-size="{_mm(round(shape.size * EMU_PER_POINT))}"'
            look += ' font-weight="bold"' if shape.bold else ""
            look += ' text-anchor="middle"' if shape.centred else ""
            look += f' transform="rotate(-90 {x} {y})"' if shape.upright else ""
            yield f'<text x="{x}" y="{y}" fill="{shape.colour}"{look}>{_said(shape.words)}</text>'


def _look(pen: Pen | None, fill: str | None) -> str:
    dash = f' stroke-dasharray="{" ".join(map(_mm, pen.dash))}"' if pen and pen.dash else ""
    stroke = f' stroke="{pen.colour}" stroke-width="{_mm(pen.width)}"{dash}' if pen else ""
    return f' fill="{fill or "none"}"{stroke}'


def _said(text: str, *, quote: bool = False) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text), quote=quote)


def _mm(length: Emu) -> str:
    return f"{length / EMU_PER_MM:.3f}".rstrip("0").rstrip(".")
