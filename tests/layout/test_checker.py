"""The checker must see what it is there for: each damage to a good drawing is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sopdocs.layout import FontData
from sopdocs.layout.geometry import ArrowShape, TablePart
from tests.layout.rules_of_geometry import MM, violations
from tests.layout.sheets import drawn, sheet

_FLOW = sheet("abc", "1a 2b? 3c 4a", "1a>2b 2b>3c:Ya 2b>1a:Tidak 3c>4a")


def _moved(arrow: ArrowShape, dx: int, dy: int) -> ArrowShape:
    return replace(arrow, points=tuple((x + dx, y + dy) for x, y in arrow.points))


def _arrow(change: Callable[[ArrowShape], ArrowShape]) -> Callable[[TablePart], TablePart]:
    return lambda part: replace(part, arrows=(change(part.arrows[0]), *part.arrows[1:]))


_DAMAGE: dict[str, tuple[str, Callable[[TablePart], TablePart]]] = {
    "an edge is missing": ("flow", lambda part: replace(part, arrows=part.arrows[1:])),
    "an edge is drawn twice": ("flow", lambda part: replace(part, arrows=(*part.arrows, part.arrows[0]))),
    "two arrows coincide": (
        "overlap",
        lambda part: replace(
            part, arrows=(part.arrows[0], replace(part.arrows[1], points=part.arrows[0].points), *part.arrows[2:])
        ),
    ),
    "an arrow ends beside its symbol": ("ends", _arrow(lambda arrow: _moved(arrow, 0, MM))),
    "a segment slants": (
        "form",
        _arrow(lambda arrow: replace(arrow, points=(arrow.points[0], *arrow.points[2:]))),
    ),
    "an arrow leaves the lanes": ("form", _arrow(lambda arrow: _moved(arrow, -200 * MM, 0))),
    "a symbol leaves its row": (
        "cell",
        lambda part: replace(
            part,
            symbols=(replace(part.symbols[0], box=replace(part.symbols[0].box, y=0)), *part.symbols[1:]),
        ),
    ),
    "a label is missing": ("no label", lambda part: replace(part, labels=part.labels[1:])),
    "a label lies on a symbol": (
        "label",
        lambda part: replace(part, labels=(replace(part.labels[0], box=part.symbols[1].box), *part.labels[1:])),
    ),
    "an arrow runs through a symbol": (
        "through",
        _arrow(lambda arrow: replace(arrow, points=(part_points(arrow)))),
    ),
}


def part_points(arrow: ArrowShape) -> tuple[tuple[int, int], ...]:
    """The arrow with its first stretch prolonged backwards through its source."""
    (x0, y0), (x1, y1) = arrow.points[:2]
    back = ((x0 > x1) - (x0 < x1), (y0 > y1) - (y0 < y1))
    return (x0 + back[0] * 4 * MM, y0 + back[1] * 4 * MM), *arrow.points[1:]


def test_a_plain_sheet_breaks_no_rule(fonts: FontData) -> None:
    geometry = drawn(_FLOW, fonts)
    assert violations(_FLOW, geometry) == []
    assert geometry.findings == ()


@pytest.mark.parametrize("name", _DAMAGE)
def test_damage_is_found(fonts: FontData, name: str) -> None:
    rule, damage = _DAMAGE[name]
    geometry = drawn(_FLOW, fonts)
    assert len(geometry.parts) == 1
    broken = replace(geometry, parts=(damage(geometry.parts[0]),))
    assert rule in {violation.rule for violation in violations(_FLOW, broken)}
