"""Columns, labels, rows, pages and pairs of whole sheets."""

from __future__ import annotations

import itertools
import time

import pytest

from sopdocs.layout import FontData, Kolom
from sopdocs.layout.geometry import JenisLabel
from sopdocs.layout.labels import break_label
from sopdocs.layout.settings import LABEL_HEIGHT, LINE
from sopdocs.layout.units import mm
from tests.layout.rules_of_geometry import violations
from tests.layout.rules_of_pages import page_violations
from tests.layout.sheets import drawn, sheet, told


def _chain(count: int, lanes: str = "ab") -> tuple[str, str]:
    names = [f"{n}{lanes[n % len(lanes)]}" for n in range(1, count + 1)]
    return " ".join(names), " ".join(f"{a}>{b}" for a, b in itertools.pairwise(names))


def test_columns_fill_the_width(fonts: FontData) -> None:
    geometry = drawn(sheet("abc", "1a 2b", "1a>2b"), fonts)
    # F4: 330 mm less two margins of 15 mm, in whole twips of 635 EMU.
    assert sum(column.width for column in geometry.columns) == mm(300) // 635 * 635
    lanes = [column.width for column in geometry.columns if column.kolom is Kolom.LAJUR]
    assert len(set(lanes)) == 1


@pytest.mark.parametrize("lanes", [1, 2, 5, 10, 15])
def test_any_number_of_lanes(fonts: FontData, lanes: int) -> None:
    names = "abcdefghijklmno"[:lanes]
    sop = sheet(names, *_chain(lanes + 1, names))
    assert page_violations(drawn(sop, fonts), told(sop, fonts)) == []


def test_long_answers_are_broken(fonts: FontData) -> None:
    assert break_label("Ya", mm(26), fonts).lines == ("Ya",)
    label = break_label("Perlu perbaikan", mm(26), fonts)
    assert label.lines == ("Perlu", "perbaikan")
    assert label.height == 2 * LABEL_HEIGHT


def test_a_break_makes_one_pair_for_each_edge(fonts: FontData) -> None:
    sop = sheet("ab", *_chain(14))
    geometry = drawn(sop, fonts)
    assert len(geometry.parts) == 2
    leaves, enters = geometry.parts[0].connectors, geometry.parts[1].connectors
    assert [(c.keluar, c.naik, c.nomor, c.halaman) for c in (*leaves, *enters)] == [
        (True, False, "", 2),
        (False, False, "", 1),
    ]


def test_several_connectors_stand_side_by_side(fonts: FontData) -> None:
    steps, flow = _chain(14, "a")
    geometry = drawn(sheet("ab", steps, flow + " 2a>13a 3a>13a"), fonts)
    boxes = [c.box for c in geometry.parts[1].connectors if c.ke.langkah == 13]
    assert len(boxes) == 2 or len(geometry.parts[1].connectors) > 1
    assert len({box.y for box in (c.box for c in geometry.parts[1].connectors)}) == 1


def test_an_edge_that_skips_a_page_names_it(fonts: FontData) -> None:
    steps, flow = _chain(30)
    sop = sheet("ab", steps, flow + " 1b>30a")
    geometry = drawn(sop, fonts)
    assert len(geometry.parts) == 3
    named = [[label.text for label in part.labels if label.jenis is JenisLabel.HALAMAN] for part in geometry.parts]
    assert named == [["hal. 3"], [], ["hal. 1"]]
    assert violations(sop, geometry) == []


def test_no_row_is_left_alone(fonts: FontData) -> None:
    for count in range(2, 30):
        sop = sheet("ab", *_chain(count))
        geometry = drawn(sop, fonts, before=mm(80), after=mm(30))
        assert page_violations(geometry, told(sop, fonts, before=mm(80), after=mm(30))) == []
        assert min(len(part.rows) for part in geometry.parts) > 1


def test_a_row_taller_than_a_page_is_cut_without_losing_words(fonts: FontData) -> None:
    sop = sheet("ab", "1a 2b", "1a>2b", words=900)
    geometry = drawn(sop, fonts)
    words = " ".join(step.uraian.text for step in geometry.prosedur[0].langkah).split()
    assert words == ["berkas"] * 1800
    assert [step.nomor for step in geometry.prosedur[0].langkah if step.nomor] == [1, 2]
    assert all(row.height >= LINE for part in geometry.parts for row in part.rows)
    assert violations(sop, geometry) == []


def test_an_ordinary_sheet_is_quick(fonts: FontData) -> None:
    steps, flow = _chain(12, "abcde")
    sop = sheet("abcde", steps.replace("4e", "4e?"), flow.replace("4e>5a", "4e>5a:Ya") + " 4e>1b:Tidak")
    drawn(sop, fonts)
    start = time.perf_counter()
    drawn(sop, fonts)
    # Measured: 0.03 s. Ten times that, for slow machines.
    assert time.perf_counter() - start < 0.5
