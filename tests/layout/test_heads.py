"""Heading rows: what spans what, how high the rows are, and that nothing is clipped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sopdocs.layout import FontData, LayoutSettings, SheetGeometry, as_record, as_svg, lay_out, paper
from sopdocs.layout.geometry import HeadCell
from sopdocs.layout.units import mm
from sopdocs.model import Istilah, Kelompok, Kertas, Sop, Span
from tests.layout.rules_of_geometry import violations
from tests.layout.rules_of_pages import page_violations
from tests.layout.sheets import sheet

_LETTERS = "abcdefghijklmno"
_LONG = "Organisasi Perangkat Daerah yang Melaksanakan Pelayanan Administrasi Terpadu"
_SINGLE = 209_550
"""One line of 9 pt and 1 mm above and below it, in whole twips."""


def _grouped(lanes: str, groups: dict[str, str]) -> Sop:
    sop = sheet(lanes, " ".join(f"{n}{lane}" for n, lane in enumerate(lanes, start=1)), "")
    spans = {f"kelompok.{name}": Span("s.md", 5, n) for n, name in enumerate(groups, start=1)}
    spans |= {f"pelaksana.{lane}": Span("s.md", 6, n) for n, lane in enumerate(lanes, start=1)}
    kelompok = tuple(Kelompok(name, tuple(members)) for name, members in groups.items())
    return replace(sop, kelompok=kelompok, spans=sop.spans | spans)


def _settings(sop: Sop, fonts: FontData, headings: tuple[str, ...] = (), kertas: Kertas = Kertas.F4) -> LayoutSettings:
    return LayoutSettings(paper(kertas), Istilah(), headings or sop.pelaksana, fonts)


def _lanes_below(geometry: SheetGeometry, text: str) -> str:
    (head,) = (head for head in geometry.heads if head.text == text)
    return "".join(column.lane for column in geometry.columns[head.first : head.first + head.across])


def test_without_groups_there_are_two_heading_rows(fonts: FontData) -> None:
    sop = _grouped("abc", {})
    geometry = lay_out(sop, _settings(sop, fonts))
    assert geometry.parts[0].header == (_SINGLE, _SINGLE, 159_385)
    assert [(h.text, h.first, h.across, h.top, h.down) for h in geometry.heads] == [
        ("No", 0, 1, 0, 2),
        ("Uraian Prosedur", 1, 1, 0, 2),
        ("Pelaksana", 2, 3, 0, 1),
        ("Mutu Baku", 5, 3, 0, 1),
        ("Keterangan", 8, 1, 0, 2),
        *((text, n, 1, 1, 1) for n, text in enumerate(("a", "b", "c", "Kelengkapan", "Waktu", "Output"), start=2)),
    ]


def test_a_group_stands_above_its_lanes_and_other_headings_span_its_row(fonts: FontData) -> None:
    sop = _grouped("abcd", {"Kecamatan": "bc"})
    geometry = lay_out(sop, _settings(sop, fonts))
    assert geometry.parts[0].header == (_SINGLE, _SINGLE, _SINGLE, 159_385)
    heads = {h.text: (h.first, h.across, h.top, h.down) for h in geometry.heads}
    assert heads["Pelaksana"] == (2, 4, 0, 1)
    assert heads["Kecamatan"] == (3, 2, 1, 1)
    assert (heads["a"], heads["b"], heads["c"], heads["d"]) == ((2, 1, 1, 2), (3, 1, 2, 1), (4, 1, 2, 1), (5, 1, 1, 2))
    assert (heads["No"], heads["Output"], heads["Keterangan"]) == ((0, 1, 0, 3), (8, 1, 1, 2), (9, 1, 0, 3))


@pytest.mark.parametrize("kertas", Kertas)
@pytest.mark.parametrize(
    ("lanes", "groups"),
    [
        ("a", {"Kecamatan": "a"}),
        ("abc", {"Kecamatan": "abc"}),
        ("abc", {"Kecamatan": "a", "Kelurahan": "b", "Pemerintahan Desa": "c"}),
        (_LETTERS, {"Kecamatan": _LETTERS}),
        (_LETTERS, {"Kecamatan": "bcd", "Dinas Kependudukan dan Pencatatan Sipil": "e", "OPD": "hijklmno"}),
        (_LETTERS, {_LONG: "abcdefgh", "Pertanggungjawaban": "o"}),
    ],
)
def test_any_grouping_is_drawn_by_the_rules(
    lanes: str, groups: dict[str, str], kertas: Kertas, fonts: FontData
) -> None:
    sop = _grouped(lanes, groups)
    told = _settings(sop, fonts, tuple("Kepala Subbagian" for _ in lanes), kertas)
    geometry = lay_out(sop, told)
    assert [*violations(sop, geometry), *page_violations(geometry, told)] == []
    assert "SOP806" not in {finding.code for finding in geometry.findings}
    assert {name: _lanes_below(geometry, name) for name in groups} == groups


def test_a_name_wraps_within_its_span_and_turns_where_a_word_is_too_wide(fonts: FontData) -> None:
    sop = _grouped(_LETTERS, {"Kantor Kecamatan Contoh Jaya": "bcd", "Pertanggungjawaban": "fg", "Kelurahan": "i"})
    geometry = lay_out(sop, _settings(sop, fonts))
    upright = {head.text for head in geometry.heads if head.upright}
    # Lanes are 12 mm wide: three hold "Kecamatan", two not "Pertanggungjawaban" (37 mm), one not "Kelurahan" (18 mm).
    assert upright == {"Pertanggungjawaban", "Kelurahan"}
    row = geometry.parts[0].header[1]
    assert mm(34) < row < mm(42)


def test_headings_that_span_rows_do_not_make_the_groups_row_higher(fonts: FontData) -> None:
    sop = _grouped(_LETTERS, {"Kecamatan": "bcdefghijklmno"})
    headings = ("Penanggungjawab", *_LETTERS[1:])
    with_loner = lay_out(sop, _settings(sop, fonts, headings)).parts[0].header
    without = lay_out(sop, _settings(sop, fonts, tuple(_LETTERS))).parts[0].header
    assert with_loner[:2] == without[:2] == (_SINGLE, _SINGLE)
    assert with_loner[2] > without[2]


def test_upright_lines_grow_longer_where_three_would_not_stand_side_by_side(fonts: FontData) -> None:
    sop = _grouped(_LETTERS, {})
    headings = ("Kepala Bidang Perencanaan dan Evaluasi Kinerja", *_LETTERS[1:])
    told = _settings(sop, fonts, headings)
    geometry = lay_out(sop, told)
    assert page_violations(geometry, told) == []
    assert geometry.findings == ()


def test_what_no_height_can_hold_is_a_finding_at_its_place(fonts: FontData) -> None:
    sop = _grouped(_LETTERS, {f"{_LONG} " * 3: "d", "OPD": "efg"})
    told = _settings(sop, fonts, (*_LETTERS[:-1], "Penanggungjawab " * 40))
    geometry = lay_out(sop, told)
    assert [(f.code, str(f.span)) for f in geometry.findings] == [("SOP806", "s.md:5:1"), ("SOP806", "s.md:6:15")]
    assert all(len(finding.message) < 120 for finding in geometry.findings)
    # Clipped, but the rows still have a page to stand on.
    assert sum(geometry.parts[0].header) < told.paper.text_height * 3 // 4


def test_forty_lanes_in_groups_are_a_finding(fonts: FontData) -> None:
    lanes = "".join(chr(ord("A") + n) for n in range(40))
    sop = _grouped(lanes, {"Kecamatan": lanes[:20], "Kelurahan": lanes[20:]})
    assert "SOP802" in {finding.code for finding in lay_out(sop, _settings(sop, fonts)).findings}


def test_preview_and_data_have_the_groups(fonts: FontData) -> None:
    sop = _grouped("abc", {"Kecamatan": "ab"})
    told = _settings(sop, fonts)
    geometry = lay_out(sop, told)
    record = as_record(geometry, told.paper)
    assert [column["group"] for column in record["columns"] if column["lane"]] == ["Kecamatan", "Kecamatan", ""]
    assert record["tables"][0]["header"] == [_SINGLE, _SINGLE, _SINGLE, 159_385]
    cell = {"text": "Kecamatan", "column": 2, "columns": 2, "row": 1, "rows": 1, "upright": False}
    assert cell in record["heads"]
    picture = as_svg(geometry, 1, told)
    (x,) = re.findall(r'<text x="([0-9.]+)"[^>]*>Kecamatan<', picture)
    first, last = geometry.columns[2], geometry.columns[3]
    assert float(x) * 36_000 == pytest.approx((first.x + last.x + last.width) / 2, abs=36)


def _wider(head: HeadCell) -> HeadCell:
    return replace(head, across=head.across + 1)


def test_a_group_over_other_lanes_is_noticed(fonts: FontData) -> None:
    sop = _grouped("abc", {"Kecamatan": "ab"})
    told = _settings(sop, fonts)
    geometry = lay_out(sop, told)
    worse = replace(geometry, heads=tuple(_wider(h) if h.text == "Kecamatan" else h for h in geometry.heads))
    assert {violation.rule for violation in page_violations(worse, told)} == {"heading"}
    part = geometry.parts[0]
    low = replace(part, header=(part.header[0], 100_000, *part.header[2:]))
    found = page_violations(replace(geometry, parts=(low,)), told)
    assert any("clipped" in violation.text for violation in found)
