"""Numbers and pages of off-page connectors, on parts that hold nothing else."""

from __future__ import annotations

from sopdocs.layout.geometry import Box, ConnectorShape, Row, TablePart
from sopdocs.layout.pairs import number_pairs
from sopdocs.model import SimbolId
from tests.layout.sheets import symbol

_BOX = Box(0, 0, 10, 10)
_Pair = tuple[str, str, int, int]
"""Source, target, page it leaves, page it enters."""


def _half(pair: _Pair, *, keluar: bool) -> ConnectorShape:
    return ConnectorShape(symbol(pair[0]), symbol(pair[1]), _BOX, 0, 0, "", 0, keluar, pair[3] < pair[2])


def _parts(*pairs: _Pair, prosedur: int = 0) -> tuple[TablePart, ...]:
    """A part for each page from the first to the last that any pair touches."""
    pages = range(min(min(p[2:]) for p in pairs), max(max(p[2:]) for p in pairs) + 1)
    return tuple(
        TablePart(
            prosedur,
            page,
            page > 1,
            "",
            (1, 1, 1),
            (Row(0, 3, 100),),
            connectors=tuple(
                [_half(p, keluar=True) for p in pairs if p[2] == page]
                + [_half(p, keluar=False) for p in pairs if p[3] == page]
            ),
        )
        for page in pages
    )


def _numbers(parts: tuple[TablePart, ...]) -> dict[tuple[SimbolId, SimbolId], set[str]]:
    found: dict[tuple[SimbolId, SimbolId], set[str]] = {}
    for part in number_pairs(parts):
        for c in part.connectors:
            found.setdefault((c.dari, c.ke), set()).add(c.nomor)
    return found


def test_no_connector_nothing_changes() -> None:
    part = TablePart(0, 1, False, "", (1, 1, 1), (Row(0, 3, 100),))
    assert number_pairs((part,)) == (part,)
    assert number_pairs(()) == ()


def test_a_pair_alone_bears_no_number_and_each_half_names_the_page_of_the_other() -> None:
    leaves, enters = number_pairs(_parts(("1a", "2a", 1, 2)))
    assert [(c.nomor, c.halaman) for c in leaves.connectors] == [("", 2)]
    assert [(c.nomor, c.halaman) for c in enters.connectors] == [("", 1)]


def test_pairs_over_one_break_are_counted_and_both_halves_bear_the_same() -> None:
    numbers = _numbers(_parts(("1a", "2a", 1, 2), ("1b", "2b", 1, 2), ("1a", "2b", 1, 2)))
    assert [numbers[symbol(a), symbol(b)] for a, b in (("1a", "2a"), ("1b", "2b"), ("1a", "2b"))] == [
        {"1"},
        {"2"},
        {"3"},
    ]


def test_pairs_over_different_breaks_do_not_disturb_each_other() -> None:
    numbers = _numbers(_parts(("1a", "2a", 1, 2), ("3a", "4a", 2, 3)))
    assert set(map(frozenset, numbers.values())) == {frozenset({""})}


def test_a_pair_that_skips_a_page_crosses_both_breaks() -> None:
    parts = _parts(("1a", "9a", 1, 3), ("1b", "2b", 1, 2), ("3b", "9b", 2, 3))
    assert all(len(marks) == 1 for marks in _numbers(parts).values())
    assert {mark for marks in _numbers(parts).values() for mark in marks} == {"1", "2", "3"}
    assert [c.halaman for c in number_pairs(parts)[0].connectors] == [3, 2]
    assert sorted(c.halaman for c in number_pairs(parts)[2].connectors) == [1, 2]


def test_a_way_back_crosses_the_same_break_as_the_way_on() -> None:
    numbers = _numbers(_parts(("1a", "2a", 1, 2), ("2a", "1a", 2, 1)))
    assert numbers[symbol("1a"), symbol("2a")] != numbers[symbol("2a"), symbol("1a")]
    assert "" not in {mark for marks in numbers.values() for mark in marks}


def test_each_procedure_counts_by_itself() -> None:
    first = _parts(("1a", "2a", 1, 2), ("1b", "2b", 1, 2))
    second = _parts(("1a", "2a", 2, 3), prosedur=1)
    found = number_pairs((*first, *second))
    assert [c.nomor for c in found[0].connectors] == ["1", "2"]
    assert [c.nomor for part in found[2:] for c in part.connectors] == ["", ""]
    assert [c.halaman for part in found[2:] for c in part.connectors] == [3, 2]
