"""Revisions made by hand, drawn: what was compared is what is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.compare import BedaSop, Jenis, compare_sops, lembar
from sopdocs.figure import Figure, compare_flows, figure_svg
from sopdocs.layout import FontData
from sopdocs.model import Istilah

from ..compare.corpus import CASES, SLUG, compared, sides
from .drawn import Drawn, of, tables
from .expected import check

NAMES = ("Edisi 0, 30 Juni 2024", "Isi sekarang")


def drawn(beda: BedaSop, fonts: FontData) -> Figure:
    return compare_flows(beda, NAMES, Istilah(), fonts)


@pytest.mark.parametrize("case", CASES)
def test_every_symbol_and_arrow_once_and_marked_as_compared(case: str, tmp_path: Path, fonts: FontData) -> None:
    beda = compared(*sides(tmp_path, case))
    found = tables(figure_svg(drawn(beda, fonts)))
    assert len(found) == len(beda.prosedur)
    for things, prosedur in zip(found, beda.prosedur, strict=True):
        check(things, prosedur)
        _check_places(things, prosedur.lama is not None and prosedur.baru is not None)
    lanes = {(each.sisi, each.nama): each.tanda.split("+") for things in found for each in of(things, "lajur")}
    for lajur in beda.lajur:
        for sisi, lane in (("lama", lajur.lama), ("baru", lajur.baru)):
            if lane is not None and (table := next((getattr(p, sisi) for p in beda.prosedur), None)):
                assert table
                assert lajur.jenis.value in lanes[sisi, lane.key]


def _check_places(things: list[Drawn], both: bool) -> None:
    """Steps that stayed stand beside each other, symbols in their rows, arrows end at their symbols."""
    rows = {(each.sisi, each.nama): each.box for each in of(things, "langkah")}
    for link in of(things, "hubungan"):
        old, new = link.nama.split(" → ")
        if both and link.tanda in ("sama", "diubah"):
            assert rows["lama", old][1::2] == rows["baru", new][1::2]
    boxes = {(each.sisi, each.nama): each.box for each in of(things, "simbol")}
    for (sisi, name), box in boxes.items():
        row = rows[sisi, name.partition(".")[0]]
        assert row[1] < box[1] < box[3] < row[3]
    for arrow in of(things, "panah"):
        start, _, goal = arrow.nama.split(" ")[:3]
        for end, symbol in ((arrow.points[0], start), (arrow.points[-1], goal)):
            left, top, right, bottom = boxes[arrow.sisi, symbol]
            assert left - 0.01 <= end[0] <= right + 0.01
            assert top - 0.01 <= end[1] <= bottom + 0.01


def test_a_step_that_is_gone_stands_beside_a_gap(tmp_path: Path, fonts: FontData) -> None:
    beda = compared(*sides(tmp_path, "05-langkah-dihapus"))
    (things,) = tables(figure_svg(drawn(beda, fonts)))
    (gone,) = [each for each in of(things, "langkah") if each.tanda == "dihapus"]
    assert not any(each.box[1] == gone.box[1] for each in of(things, "langkah", "baru"))
    (link,) = [each for each in of(things, "hubungan") if each.tanda == "dihapus"]
    assert link.words == ["− dihapus"]


def test_a_line_leads_to_where_a_step_moved(tmp_path: Path, fonts: FontData) -> None:
    beda = compared(*sides(tmp_path, "11-dipindah-ke-atas"))
    (things,) = tables(figure_svg(drawn(beda, fonts)))
    (link,) = [each for each in of(things, "hubungan") if each.tanda == "dipindah"]
    old, new = link.nama.split(" → ")
    assert link.words == [link.nama, link.nama]
    rows = {(each.sisi, each.nama): each.box for each in of(things, "langkah")}
    for point, row in ((link.points[0], rows["lama", old]), (link.points[-1], rows["baru", new])):
        assert row[1] < point[1] < row[3]


def test_words_that_went_are_struck_and_words_that_came_underlined(tmp_path: Path, fonts: FontData) -> None:
    beda = compared(*sides(tmp_path, "40-panjang"))
    (things,) = tables(figure_svg(drawn(beda, fonts)))
    old, new = (next(e for e in of(things, "langkah", sisi) if e.tanda == "diubah") for sisi in ("lama", "baru"))
    for step, words, above in ((old, "fotokopi", True), (new, "hasil", False)):
        (text,) = [e for e in step.element if e.text == words]
        (line,) = [
            [float(v) for v in e.attrib["points"].replace(",", " ").split()]
            for e in step.element
            if e.attrib.get("points", "").startswith(f"{text.attrib['x']},")
        ]
        assert line[1] == line[3]
        assert (line[1] < float(text.attrib["y"])) is above


def test_other_cells_that_differ_are_told_in_their_row(tmp_path: Path, fonts: FontData) -> None:
    beda = compared(*sides(tmp_path, "27-waktu"))
    (things,) = tables(figure_svg(drawn(beda, fonts)))
    told = {e.sisi: " ".join(e.words) for e in of(things, "langkah") if e.tanda == "diubah"}
    (langkah,) = [each for each in beda.prosedur[0].langkah if each.jenis is Jenis.DIUBAH][:1]
    assert langkah.isian[0].kunci == "waktu"
    assert all("Waktu:" in text for text in told.values())


def test_without_an_old_or_a_new_state_everything_came_or_went(tmp_path: Path, fonts: FontData) -> None:
    workspace = sides(tmp_path, "01-tidak-ada")[0]
    one = lembar(workspace.sop[SLUG], workspace)
    for beda in (compare_sops(None, one), compare_sops(one, None)):
        (things,) = tables(figure_svg(drawn(beda, fonts)))
        check(things, beda.prosedur[0])
        assert {each.tanda for each in of(things, "langkah")} == {"ditambah" if beda.baru else "dihapus"}


def test_equal_inputs_give_an_equal_picture(tmp_path: Path, fonts: FontData) -> None:
    pictures = []
    for number in range(2):
        beda = compared(*sides(tmp_path / str(number), "29-beberapa-sekaligus"))
        pictures.append(figure_svg(drawn(beda, fonts)))
    assert pictures[0] == pictures[1]
