"""What holds for whatever two flows are drawn."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.compare import BedaSop, Pasangan, compare_procedures
from sopdocs.figure import Figure, compare_flows, figure_svg
from sopdocs.figure.cells import Paragraph, written
from sopdocs.figure.rows import Place, Shift, beside
from sopdocs.figure.shapes import Text
from sopdocs.layout import FontData
from sopdocs.layout.geometry import Row
from sopdocs.model import Istilah, Prosedur, Sop

from ..compare.strategies import LANES, procedure, procedures, revised
from .drawn import tables
from .expected import check

pairs = st.one_of(revised(), st.tuples(procedures, procedures))
HOSTILE = '</text><script>alert("1")</script>&amp;\x00\x1b]]>'


def picture(old: Prosedur, new: Prosedur, fonts: FontData, nama: str = "Contoh") -> tuple[BedaSop, Figure]:
    beda = compare_procedures(old, new, {lane: lane for lane in LANES})
    sops = [Sop("contoh", nama, "camat", LANES, (prosedur,)) for prosedur in (old, new)]
    whole = BedaSop(*sops, prosedur=(beda,))
    return whole, compare_flows(whole, ("Edisi 0", nama), Istilah(), fonts)


@settings(max_examples=40, deadline=None)
@given(both=pairs)
def test_every_symbol_and_arrow_once_and_marked_as_compared(both: tuple[Prosedur, Prosedur], fonts: FontData) -> None:
    beda, figure = picture(*both, fonts)
    (things,) = tables(figure_svg(figure))
    check(things, beda.prosedur[0])
    (block,) = figure.blocks[1:-1]
    assert list(block.cuts) == sorted(set(block.cuts))
    assert all(block.head_height < cut < block.height for cut in block.cuts)


@given(both=revised())
def test_rows_keep_both_orders_and_pair_what_stayed(both: tuple[Prosedur, Prosedur]) -> None:
    beda = compare_procedures(*both, {lane: lane for lane in LANES})
    rows = beside(beda.pasangan, len(both[0].langkah), len(both[1].langkah))
    assert [row.lama for row in rows if row.lama is not None] == list(range(len(both[0].langkah)))
    assert [row.baru for row in rows if row.baru is not None] == list(range(len(both[1].langkah)))
    together = {(row.lama, row.baru) for row in rows if row.lama is not None and row.baru is not None}
    stayed = {(p.lama[0], p.baru[0]) for p in beda.pasangan if p.lama and p.baru and not p.pindah}
    assert together == stayed


def test_a_pair_that_would_cross_another_stands_apart() -> None:
    rows = beside((Pasangan((1,), (0,)), Pasangan((0,), (1,))), 2, 2)
    assert [(row.lama, row.baru) for row in rows] == [(0, None), (1, 0), (None, 1)]


def test_rows_are_carried_whole() -> None:
    shift = Shift([Row(0, 10, 20), Row(1, 30, 20)], [Place(100, 40), Place(200, 20)])
    assert [shift.y(y) for y in (10, 29, 30, 50)] == [110, 129, 200, 220]


@given(st.lists(st.tuples(st.text("ab -\n", max_size=12), st.booleans()), max_size=5))
def test_no_letter_of_a_text_is_lost(fonts: FontData, stretches: list[tuple[str, bool]]) -> None:
    paragraph = Paragraph(tuple(stretches), 9)
    shapes = written((paragraph,), fonts, (0, 0), 700_000, "baru")
    said = "".join(shape.words for shape in shapes if isinstance(shape, Text))
    assert "".join(said.split()) == "".join(paragraph.text.split())


def test_texts_cannot_become_markup(fonts: FontData) -> None:
    old = procedure([("Menerima", "staf", ""), (HOSTILE, "kasi", HOSTILE)], [(0, 1, HOSTILE)])
    new = procedure([(HOSTILE, "staf", ""), ("Menerima", "kasi", "")], [(1, 0, HOSTILE)])
    _, figure = picture(old, new, fonts, HOSTILE)
    svg = figure_svg(figure)
    assert "<script" not in svg
    assert "\x1b" not in svg
    said = "".join(ElementTree.fromstring(svg).itertext())
    assert '<script>alert("1")</script>' in said
