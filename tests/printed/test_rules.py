"""The rules of distance, on drawings made up without a PDF; and what the checker may know."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.printed.drawn import Arrow, Drawn, Label, Shape, Thing, shape_of
from tests.printed.ink import Page
from tests.printed.labels import label_violations
from tests.printed.lines import line_violations
from tests.printed.places import place_violations
from tests.printed.plane import XY, Polygon, beside, corners, depth, inside, polygons_distance, rect_polygon
from tests.printed.tables import Row, Table
from tests.printed.violation import SPACING, Violation, unexcused

_TABLE = Table(
    1,
    ((0, 20), (20, 60), (60, 160), (160, 260), (260, 300), (300, 340), (340, 380), (380, 400)),
    range(2, 4),
    (),
    (),
    (),
    (),
    (Row(50, 150, "1."), Row(150, 250, "2.")),
    0,
    250,
)
"""Two lanes of 100 pt, two rows of 100 pt."""
_PAGE = Page(600, (), (), (), (), (), (), 250)


def _box(x0: float, top: float, row: int = 0, lane: int = 0) -> Thing:
    return Thing(Shape.BOX, rect_polygon((x0, top, x0 + 40, top + 20)), row, lane, "")


_A, _B, _C = _box(90, 80), _box(190, 80, 0, 1), _box(190, 200, 1, 1)


def _arrow(*points: XY, source: Thing = _A, target: Thing = _B) -> Arrow:
    return Arrow(points, 1, source, target)


_PLAIN = _arrow((130, 90), (190, 90))


def _drawn(*arrows: Arrow, labels: tuple[Label, ...] = (), things: tuple[Thing, ...] = (_A, _B, _C)) -> Drawn:
    return Drawn(_TABLE, things, arrows, labels, ())


def _seen(drawn: Drawn) -> set[tuple[str, bool]]:
    found = [*line_violations(drawn, _PAGE), *label_violations(drawn), *place_violations(drawn)]
    return {(violation.rule, violation.soft) for violation in found}


def test_a_good_drawing_breaks_no_rule() -> None:
    corner = _arrow((210, 100), (210, 120), (110, 120), (110, 100), source=_B, target=_A)
    assert _seen(_drawn(_PLAIN, corner, labels=(Label("Ya", (135, 80, 145, 86)),))) == set()


@pytest.mark.parametrize(
    ("gap", "rules"),
    [
        (SPACING, set()),
        (SPACING - 0.7, set()),
        (SPACING - 0.8, {("spacing", True)}),
        (0.4, {("overlap", False)}),
    ],
)
def test_parallel_arrows_keep_1_5_mm_less_rounding(gap: float, rules: set[tuple[str, bool]]) -> None:
    back = _arrow((190, 90 + gap), (130, 90 + gap), source=_B, target=_A)
    assert {rule for rule in _seen(_drawn(_PLAIN, back)) if rule[0] in ("spacing", "overlap")} == rules


def test_arrows_may_run_together_only_into_the_same_side_of_one_symbol() -> None:
    down = _arrow((210, 100), (210, 200), source=_B, target=_C)
    along = _arrow((110, 100), (110, 170), (210, 170), (210, 200), target=_C)
    assert _seen(_drawn(down, along)) == set()
    out = _arrow((210, 200), (210, 100), source=_C, target=_B)
    assert ("overlap", False) in _seen(_drawn(down, out))


@pytest.mark.parametrize(("gap", "soft"), [(3.0, True), (0.4, False)])
def test_an_arrow_keeps_clear_of_foreign_symbols(gap: float, soft: bool) -> None:
    by = _arrow((130, 85), (190 - gap, 85), (190 - gap, 210), (190, 210), target=_C)
    assert ("clearance", soft) in _seen(_drawn(by))


def test_an_arrow_does_not_run_along_a_rule() -> None:
    along = _arrow((110, 100), (110, 148.8), (210, 148.8), (210, 200), target=_C)
    assert ("rule", True) in _seen(_drawn(along))


def test_a_corner_on_another_arrow_is_seen() -> None:
    down = _arrow((210, 100), (210, 200), source=_B, target=_C)
    corner = _arrow((110, 100), (110, 140), (210, 140), (210, 120), (240, 120), target=_B)
    assert ("touch", False) in _seen(_drawn(down, corner))


def test_slants_and_short_heads_are_seen() -> None:
    assert ("form", False) in _seen(_drawn(_arrow((130, 85), (190, 95))))
    assert ("head", True) in _seen(_drawn(_arrow((130, 85), (186, 85), (186, 90), (190, 90))))


@pytest.mark.parametrize(
    "place",
    [(135, 85.5, 145, 89.5), (155, 75, 165, 81), (126, 78, 136, 82), (135, 20, 145, 26)],
    ids=["on its line", "on a rule", "on a symbol", "outside"],
)
def test_labels_stand_clear(place: tuple[float, float, float, float]) -> None:
    assert ("label", False) in _seen(_drawn(_PLAIN, labels=(Label("Ya", place),)))


def test_a_label_between_two_branches_is_seen() -> None:
    asked = Thing(Shape.DIAMOND, ((90, 90), (110, 80), (130, 90), (110, 100)), 0, 0, "")
    right = _arrow((130, 90), (190, 90), source=asked)
    down = _arrow((110, 100), (110, 130), (210, 130), (210, 200), source=asked, target=_C)
    both = _drawn(right, down, labels=(Label("Ya", (119, 99, 129, 105)),), things=(asked, _B, _C))
    assert ("label", False) in _seen(both)


def test_symbols_stand_apart() -> None:
    near = Thing(Shape.BOX, rect_polygon((133, 80, 150, 100)), 0, 0, "")
    assert ("apart", True) in _seen(_drawn(things=(_A, near)))
    assert ("apart", False) in _seen(_drawn(things=(_A, _box(100, 85))))


def test_clearances_give_way_only_to_their_finding() -> None:
    soft = Violation("spacing", 1, (0, 0), "", soft=True)
    hard = Violation("spacing", 1, (0, 0), "")
    missing = Violation("no label", 1, (0, 0), "", soft=True)
    assert unexcused([soft, hard, missing], {"SOP801"}) == [hard, missing]
    assert unexcused([soft, hard, missing], {"SOP804"}) == [soft, hard]


@pytest.mark.parametrize(
    ("outline", "shape"),
    [
        (((0, 0), (40, 0), (40, 20), (0, 20)), Shape.BOX),
        (((20, 0), (40, 10), (20, 20), (0, 10)), Shape.DIAMOND),
        (((0, 0), (20, 0), (20, 16), (10, 20), (0, 16)), Shape.DOWN),
        (((10, 0), (20, 4), (20, 20), (0, 20), (0, 4)), Shape.UP),
        (((0, 0), (40, 0), (30, 20), (0, 20)), Shape.ODD),
    ],
)
def test_shapes_are_told_by_their_corners(outline: Polygon, shape: Shape) -> None:
    assert shape_of(outline) is shape


def test_plane() -> None:
    square = rect_polygon((0, 0, 10, 10))
    assert corners(((5, 0), (10, 0), (10, 10), (0, 10), (0, 0), (5, 0))) == ((10, 0), (10, 10), (0, 10), (0, 0))
    assert inside((5, 5), square)
    assert not inside((11, 5), square)
    assert polygons_distance(square, rect_polygon((13, 14, 20, 20))) == 5
    assert polygons_distance(square, rect_polygon((2, 2, 4, 4))) == 0
    assert depth(((-5, 5), (15, 5)), square) == 5
    assert depth(((-5, 0), (15, 0)), square) == 0
    assert beside(((0, 0), (10, 0)), ((5, 3), (20, 3)), 0.5) == 3
    assert beside(((0, 0), (10, 0)), ((9.8, 3), (20, 3)), 0.5) is None
    assert beside(((0, 0), (10, 0)), ((5, 3), (5, 9)), 0.5) is None


def test_the_checker_knows_nothing_of_the_layout() -> None:
    """Of the package it may import the content model alone: a fault of the layout cannot hide in it."""
    folder = Path(__file__).parent
    for path in folder.glob("*.py"):
        if path.name.startswith(("test_", "conftest")):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            mine = [name for name in names if name.startswith(("sopdocs", "tests"))]
            assert all(name == "sopdocs.model" or name.startswith("tests.printed") for name in mine), path
