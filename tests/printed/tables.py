"""Find the procedure tables of a page by their rules, and read their headings and step numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tests.printed.ink import Page, Rule, glyph_box
from tests.printed.plane import Rect, centre, holds

_TOUCH = 1.0
"""Points between rules that belong to one table: half a rule and rounding; tables stand 2 pt apart or more."""
_LEAST_COLUMNS = 7
"""No, Uraian, one lane, three of Mutu Baku, Keterangan. The identity block has three at most."""
_ROWS = 2
"""Headings one above another over a lane without group."""
Span = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """A step's row, or one that continues a step."""

    top: float
    bottom: float
    number: str
    """What its first cell says."""


@dataclass(frozen=True)
class Table:
    """A procedure table on one page."""

    page: int
    columns: tuple[Span, ...]
    lanes: range
    """Which columns lie below the heading of the performers."""
    groups: tuple[str, ...]
    """Texts of the uppermost cells."""
    heads: tuple[str, ...]
    """Texts over each column; those without a group span two rows or more."""
    between: tuple[str, ...]
    """By lane, the text of the group of lanes between the performers' heading and its own; empty without one."""
    numbers: tuple[str, ...]
    rows: tuple[Row, ...]
    top: float
    bottom: float

    @property
    def area(self) -> Rect:
        """The swimlanes below the header."""
        top = self.rows[0].top if self.rows else self.bottom
        return self.columns[self.lanes[0]][0], top, self.columns[self.lanes[-1]][1], self.bottom

    def cell(self, row: int, column: int) -> Rect:
        """A cell's place."""
        left, right = self.columns[column]
        return left, self.rows[row].top, right, self.rows[row].bottom

    def row_at(self, y: float) -> int:
        """Index of the row at `y`; -1 in the header."""
        return next((n for n, row in enumerate(self.rows) if row.top <= y < row.bottom), -1)

    def lane_at(self, x: float) -> int:
        """Index of the lane at `x`, from 0; -1 outside."""
        spans = [self.columns[n] for n in self.lanes]
        return next((n for n, (left, right) in enumerate(spans) if left <= x < right), -1)


def cell_text(page: Page, cell: Rect) -> str:
    """What stands in a cell, without white space, in the order of the file."""
    return "".join(c["text"] for c in page.chars if c["text"].strip() and holds(cell, centre(glyph_box(c))))


def find_tables(page: Page, number: int) -> list[Table]:
    """All procedure tables, from top to bottom."""
    found = [_table(page, number, rules) for rules in _connected(page.rules)]
    return sorted((table for table in found if table), key=lambda table: table.top)


def _connected(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Rules that touch, and touch what touches them."""
    groups: list[list[Rule]] = []
    for rule in rules:
        near = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([rule, *(other for group in near for other in group)])
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    across = a.x0 - _TOUCH <= b.x1 and b.x0 - _TOUCH <= a.x1
    return across and a.top - _TOUCH <= b.bottom and b.top - _TOUCH <= a.bottom


def _table(page: Page, number: int, rules: list[Rule]) -> Table | None:
    uprights = _lines(rules, upright=True)
    levels = _lines(rules, upright=False)
    if not uprights or not levels:
        return None
    top, bottom, left, right = min(levels), max(levels), min(uprights), max(uprights)
    xs = sorted(x for x, reach in uprights.items() if reach[1] > bottom - _TOUCH)
    whole = sorted(y for y, reach in levels.items() if reach[0] < left + _TOUCH and reach[1] > right - _TOUCH)
    if len(xs) <= _LEAST_COLUMNS or len(whole) < 3:
        return None
    columns = tuple(pairwise(xs))
    # Within the header rules do not run from side to side; the uppermost lies below the group headings.
    split = next((y for y in sorted(levels) if whole[0] < y < whole[1]), whole[1])
    header = [rule for rule in rules if rule.top < whole[1] + _TOUCH]
    stacks = [_stack(header, (x0 + x1) / 2, (whole[0], whole[1])) for x0, x1 in columns]
    edges = sorted(x for x, reach in uprights.items() if reach[0] < top + _TOUCH)
    groups = tuple(pairwise(edges))
    lanes = next((_under(columns, group) for group in groups[2:3]), range(0))
    heads = [stack[-1] for stack in stacks]
    between = [stack[1] if len(stack) > _ROWS else None for stack in (stacks[n] for n in lanes)]
    tops = [
        (x0, whole[0], x1, whole[1] if n in (0, 1, len(groups) - 1) else split) for n, (x0, x1) in enumerate(groups)
    ]
    bands = list(pairwise(whole[2:]))
    return Table(
        number,
        columns,
        lanes,
        tuple(cell_text(page, cell) for cell in tops),
        tuple(cell_text(page, cell) for cell in heads),
        tuple(cell_text(page, cell) if cell else "" for cell in between),
        tuple(cell_text(page, (x0, whole[1], x1, whole[2])) for x0, x1 in columns),
        tuple(Row(y0, y1, cell_text(page, (columns[0][0], y0, columns[0][1], y1))) for y0, y1 in bands),
        top,
        bottom,
    )


def _stack(rules: list[Rule], x: float, reach: Span) -> list[Rect]:
    """The cells of the header at `x`, from top to bottom, each as wide as the rules beside it let it be."""
    ys = sorted({r.top for r in rules if not r.upright and r.x0 <= x <= r.x1 and r.top < reach[1] - _TOUCH})
    ys = [y for n, y in enumerate(ys) if n == 0 or y - ys[n - 1] > _TOUCH]
    cells: list[Rect] = []
    for y0, y1 in pairwise([*ys, reach[1]]):
        beside = [r.x0 for r in rules if r.upright and r.top < (y0 + y1) / 2 < r.bottom]
        cells.append((max(at for at in beside if at < x), y0, min(at for at in beside if at > x), y1))
    return cells


def _lines(rules: list[Rule], *, upright: bool) -> dict[float, Span]:
    """Place of each line -> how far it reaches; pieces at one place count as one."""
    pieces: defaultdict[float, list[Span]] = defaultdict(list)
    for rule in sorted((r for r in rules if r.upright is upright), key=lambda r: r.x0 if upright else r.top):
        at = (rule.x0 + rule.x1) / 2 if upright else (rule.top + rule.bottom) / 2
        known = next((place for place in pieces if abs(place - at) < 0.3), at)
        pieces[known].append((rule.top, rule.bottom) if upright else (rule.x0, rule.x1))
    return {at: (min(a for a, _ in spans), max(b for _, b in spans)) for at, spans in pieces.items()}


def _under(columns: tuple[Span, ...], group: Span) -> range:
    numbers = [n for n, (left, right) in enumerate(columns) if group[0] - 0.3 <= left and right <= group[1] + 0.3]
    return range(numbers[0], numbers[-1] + 1) if numbers else range(0)
