"""Write what stands beside shapes: the answers of branches, and the texts of symbols too small to hold them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Box, JenisLabel, LabelShape, Point
from sopdocs.layout.grid import Side
from sopdocs.layout.labels import BranchLabel, Obstacles, Surroundings, find_place, find_room
from sopdocs.layout.place import Placed, Plan, place
from sopdocs.layout.spread import Lane
from sopdocs.layout.units import Emu, mm
from sopdocs.model import SimbolId

_TRIES = 4
_STEP: Emu = mm(3)
"""By how much a row grows at a time."""
_ASIDE: Emu = mm(1.8)
"""How far an arrow leaves the middle of its symbol to make room for its answer in a narrow lane."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A text that is to stand beside a shape."""

    text: str
    label: BranchLabel
    simbol: SimbolId
    node: int
    wire: int | None
    """The branch whose answer it is; None for the text of the symbol itself."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was placed, and what found no place."""

    plan: Plan
    """With the rows as high as the texts need."""
    placed: Placed
    labels: tuple[LabelShape, ...]
    missing: tuple[Caption, ...]


def write(plan: Plan, captions: tuple[Caption, ...]) -> Written:
    """Place everything. For texts that find no place rows grow, unless no height helps; or arrows move aside,

    at once where the text is wider than half its lane.
    """
    first = written = _write(plan, captions)
    wide = [c for c in written.missing if c.label.width + s.LABEL_GAP > _lane(plan, c).width // 2]
    written = _aside(written, captions) if wide else written
    for _ in range(_TRIES):
        if not written.missing:
            return written
        written = _write(_with_room(written.plan, written.missing), captions)
    written = _aside(written, captions)
    if not written.missing:
        return written
    gained = {plan.problem.nodes[c.node].row for c in first.missing if c not in written.missing}
    useful = tuple(extra for extra in written.plan.extra if extra[0] in gained)
    return _write(replace(written.plan, extra=useful), captions)


def _lane(plan: Plan, caption: Caption) -> Lane:
    return plan.lanes[plan.problem.nodes[caption.node].lane]


def _aside(written: Written, captions: tuple[Caption, ...]) -> Written:
    """Let arrows leave beside the middle of their symbols, to either side, where that gives a text its place."""
    for way in (_ASIDE, -_ASIDE):
        if written.missing:
            moved = _write(_moved(written.plan, written.missing, way), captions)
            written = moved if len(moved.missing) < len(written.missing) else written
    return written


def _moved(plan: Plan, missing: tuple[Caption, ...], by: Emu) -> Plan:
    wires = [c.wire for c in missing if c.wire is not None and not plan.paths[c.wire].leaves.horizontal]
    return replace(plan, aside={**plan.aside, **dict.fromkeys(wires, by)})


def _with_room(plan: Plan, missing: tuple[Caption, ...]) -> Plan:
    for caption in missing:
        row = plan.problem.nodes[caption.node].row
        leaves = Side.LEFT if caption.wire is None else plan.paths[caption.wire].leaves
        for side in (Side.UP, Side.DOWN) if leaves.horizontal else (leaves,):
            room = max((r for at, where, r in plan.extra if (at, where) == (row, side)), default=s.PAD)
            plan = plan.with_room(row, side, room + _STEP)
    return plan


def _write(plan: Plan, captions: tuple[Caption, ...]) -> Written:
    placed = place(plan)
    around = _around(plan, placed)
    labels: list[LabelShape] = []
    missing: list[Caption] = []
    for caption in captions:
        label = caption.label
        if caption.wire is None:
            cell = _cell(plan, placed, caption.node)
            box = find_room(placed.boxes[caption.node], cell, (label.width, label.height), around)
            jenis = JenisLabel.LAMBANG
        else:
            box = find_place(placed.lines[caption.wire], (label.width, label.height), around)
            jenis = JenisLabel.JAWABAN
        if box is None:
            missing.append(caption)
        else:
            around.add(box)
            labels.append(LabelShape(caption.text, box, caption.simbol, label.lines, jenis))
    return Written(plan, placed, tuple(labels), tuple(missing))


def _around(plan: Plan, placed: Placed) -> Surroundings:
    left, right = plan.lanes[0].x, plan.lanes[-1].x + plan.lanes[-1].width
    bounds = Box(left, 0, right - left, sum(placed.heights))
    rules: list[tuple[Point, Point]] = [((lane.x, 0), (lane.x, bounds.bottom)) for lane in plan.lanes]
    rules += [((left, y), (right, y)) for y in accumulate(placed.heights)]
    symbols = tuple((node.outline, box) for node, box in zip(plan.problem.nodes, placed.boxes, strict=True))
    return Surroundings(Obstacles(symbols, (), placed.lines, tuple(rules), bounds))


def _cell(plan: Plan, placed: Placed, node: int) -> Box:
    """The cell of the table in which a node stands."""
    at = plan.problem.nodes[node]
    lane = plan.lanes[at.lane]
    row = next(n for n, band in enumerate(plan.bands) if at.row in band.grid_rows)
    return Box(lane.x, sum(placed.heights[:row]), lane.width, placed.heights[row])
