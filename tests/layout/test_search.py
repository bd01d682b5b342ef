"""The search finds cheapest paths, and leaves out only work that changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from sopdocs.layout.grid import Path
from sopdocs.layout.search import BEND, CROSSING, Router
from sopdocs.layout.units import mm
from tests.layout.problems import problem, tangle

_SEEDS = range(40)


class _Blind(Router):
    """Looks everywhere: without a guess at the rest of the way the search is Dijkstra's."""

    def _rest(self, goal: int, enters: int) -> Callable[[int, int], int]:
        return lambda here, way: 0


class _Thorough(Router):
    """Routes every wire again in each round."""

    def again(self, index: int) -> bool:
        self.settled.clear()
        return super().again(index)


class _Counting(Router):
    """Counts its searches."""

    searches = 0

    def find(self, index: int, leaves: int | None = None, enters: int | None = None) -> Path:
        self.searches += 1
        return super().find(index, leaves, enters)


def _cost(router: Router, path: Path) -> int:
    """What a path costs in all, among the others."""
    ways = [int(a[0] == b[0]) for a, b in pairwise(path.crossings)]
    inner = zip(ways, ways[1:], path.crossings[1:], strict=False)
    passed = sum(router.over[before][router.number(at)] for before, after, at in inner if before == after)
    return router.price(path) + CROSSING * passed


@pytest.mark.parametrize("seed", _SEEDS)
def test_no_other_path_is_cheaper(seed: int) -> None:
    made = tangle(seed)
    router = Router(made)
    paths = router.route()
    for path in paths:
        others = tuple(other for other in paths if other is not path)
        blind, guided = _Blind(made, others), Router(made, others)
        assert _cost(guided, guided.find(path.wire)) == _cost(blind, blind.find(path.wire))


def test_price_of_a_known_path() -> None:
    # Down from row to row, 18 mm: leaving and entering straight costs nothing but the way.
    router = Router(problem("00 10", "0>1"))
    assert router.price(router.find(0)) == mm(18)
    # One lane of 26 mm to the right and one row down, by one bend; leaving sideways costs 1 mm.
    router = Router(problem("00 11", "0>1", lanes=2))
    assert router.price(router.find(0)) == mm(26 + 18 + 1) + BEND


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_wire_is_skipped_only_when_it_would_come_out_the_same(seed: int) -> None:
    made = tangle(seed)
    assert Router(made).route() == _Thorough(made).route()


def test_a_wire_is_not_searched_again_before_another_has_changed() -> None:
    made = tangle(3)
    router = _Counting(made)
    router.route()
    searches = router.searches
    assert not any(router.again(index) for index in range(len(made.wires)))
    assert router.searches == searches
