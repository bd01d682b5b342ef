"""Groups of bookmarks, for any sequence of parts."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Object, Pdf, String

from sopdocs.pdf.outline import OPEN_UP_TO, outline

GROUPS = st.lists(st.tuples(st.sampled_from(["", "SOP", "Formulir pemantauan"]), st.integers(1, 15)), min_size=1)


def chained(item: Object) -> list[Object]:
    """The children of a bookmark, forwards; backwards they are the same."""
    forwards, backwards = [], []
    child = item.get("/First")
    while child is not None:
        assert child.Parent == item
        forwards.append(child)
        child = child.get("/Next")
    child = item.get("/Last")
    while child is not None:
        backwards.insert(0, child)
        child = child.get("/Prev")
    assert forwards == backwards
    return forwards


@given(GROUPS)
def test_neighbours_of_a_group_stand_under_its_bookmark_in_order(runs: list[tuple[str, int]]):
    groups = [group for group, count in runs for _ in range(count)]
    with Pdf.new() as pdf:
        page = pdf.add_blank_page().obj
        entries = [(group, pdf.make_indirect(Dictionary(Title=String(str(n)))), page) for n, group in enumerate(groups)]
        root = outline(pdf, entries)
        seen, shown = [], 0
        for item in chained(root):
            below = chained(item)
            shown += 1
            if below:
                assert abs(item.Count) == len(below)
                assert (item.Count > 0) == (len(below) <= OPEN_UP_TO)
                shown += len(below) if item.Count > 0 else 0
                seen.append((str(item.Title), [str(child.Title) for child in below]))
            else:
                seen.append(("", [str(item.Title)]))
        numbered = groupby(enumerate(groups), lambda pair: pair[1])
        expected = []
        for group, members in numbered:
            names = [str(number) for number, _ in members]
            expected += [(group, names)] if group else [("", [name]) for name in names]
        assert seen == expected
        assert root.Count == shown
