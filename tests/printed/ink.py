"""Read a printed sheet back: rules of tables, outlines, lines and arrowheads as LibreOffice writes them into a PDF.

A symbol is a closed path, filled white and then stroked with 0.75 pt. An arrow is an open path stroked with 0.75 pt
that ends within its head, a closed triangle filled black. Rules of tables are stroked with 0.5 pt.
All y count downwards.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber

XY = tuple[float, float]
RULE, STROKE = 0.5, 0.75


@dataclass(frozen=True)
class Path:
    """A path as a polyline; curves are sampled."""

    points: tuple[XY, ...]
    closed: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    def distance(self, point: XY) -> float:
        """From a point to the nearest place of the path."""
        return min(_to_segment(point, a, b) for a, b in pairwise(self.points))


@dataclass(frozen=True)
class Rule:
    """A level or upright rule of a table."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def upright(self) -> bool:
        """Whether it stands."""
        return self.bottom - self.top > self.x1 - self.x0


@dataclass(frozen=True)
class Page:
    """What stands on a page."""

    height: float
    rules: tuple[Rule, ...]
    outlines: tuple[Path, ...]
    lines: tuple[Path, ...]
    heads: tuple[Path, ...]
    chars: tuple[dict[str, Any], ...]
    unknown: tuple[str, ...]
    lowest: float
    """Bottom of the lowest mark."""

    @property
    def text(self) -> str:
        """Without white space, in the order of the file."""
        return "".join("".join(c["text"] for c in self.chars).split())


def read_pages(pdf: bytes) -> list[Page]:
    """Sort everything drawn on each page."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [_page(page) for page in document.pages]


def _page(page: Any) -> Page:
    found: dict[str, list[Any]] = {"rule": [], "outline": [], "line": [], "head": [], "fill": [], "unknown": []}
    for item in [*page.lines, *page.curves, *page.rects]:
        found[_kind(item)].append(item)
    fills = [_path(item).box for item in found["fill"]]
    outlines = [_path(item) for item in found["outline"]]
    naked = [p for p in outlines if not any(_same(p.box, fill) for fill in fills)]
    marks = [*page.lines, *page.curves, *page.rects, *page.images, *(c for c in page.chars if c["text"].strip())]
    return Page(
        float(page.height),
        tuple(Rule(*(float(item[k]) for k in ("x0", "top", "x1", "bottom"))) for item in found["rule"]),
        tuple(outlines),
        tuple(_path(item) for item in found["line"]),
        tuple(_path(item) for item in found["head"]),
        tuple(page.chars),
        tuple(repr(item["path"]) for item in found["unknown"]) + tuple(f"outline without fill {p.box}" for p in naked),
        max((float(mark["bottom"]) for mark in marks), default=0.0),
    )


DESCENT = 0.212
"""Share of the font size below the line that letters stand on, in Liberation Sans (Arial): a glyph's box ends there."""
_CAPITAL = 0.73
_BELOW = frozenset("gjpqyQ,;/()[]{}|@“”_")


def glyph_box(char: dict[str, Any]) -> tuple[float, float, float, float]:
    """The whole box of a glyph: x0, top, x1, bottom."""
    return float(char["x0"]), float(char["top"]), float(char["x1"]), float(char["bottom"])


def glyph_ink(char: dict[str, Any]) -> tuple[float, float, float, float]:
    """What a glyph that stands upright blackens at most: from a capital's height down to its foot."""
    x0, _, x1, bottom = glyph_box(char)
    foot = bottom - DESCENT * char["size"]
    return x0, foot - _CAPITAL * char["size"], x1, bottom if char["text"] in _BELOW else foot


def _kind(item: dict[str, Any]) -> str:
    closed = item["path"][-1][0] == "h" or item["object_type"] == "rect"
    if item["stroke"] and not item["fill"]:
        if abs(item["linewidth"] - RULE) < 0.05 and not closed:
            return "rule"
        if abs(item["linewidth"] - STROKE) < 0.05:
            return "outline" if closed else "line"
    if item["fill"] and not item["stroke"] and closed:
        colour = item["non_stroking_color"]
        if colour == (1.0, 1.0, 1.0):
            return "fill"
        if colour == (0.0, 0.0, 0.0) and len(item["path"]) == 5:
            return "head"
    return "unknown"


def _path(item: dict[str, Any]) -> Path:
    points: list[XY] = []
    closed = False
    for step, *ends in item["path"]:
        if step == "h":
            closed = True
            points.append(points[0])
        elif step == "c":
            points += [_bezier(points[-1], ends, t / 12) for t in range(1, 13)]
        else:
            points.append((float(ends[0][0]), float(ends[0][1])))
    return Path(tuple(points), closed)


def _bezier(start: XY, ends: list[Any], t: float) -> XY:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = start, *ends
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


def _same(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return all(abs(x - y) < 0.2 for x, y in zip(a, b, strict=True))


def _to_segment(p: XY, a: XY, b: XY) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) if length else 0.0
    return ((p[0] - a[0] - t * dx) ** 2 + (p[1] - a[1] - t * dy) ** 2) ** 0.5
