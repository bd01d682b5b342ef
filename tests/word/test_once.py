"""A procedure that many offices share is laid out once, and each office hears of it at its own places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sopdocs import layout
from sopdocs.layout import lay_out, lay_out_once
from sopdocs.model import Bentuk, Prosedur, Sop, Span
from tests.word.word_samples import build, edge, inputs, sop, step, unpack


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Sop]]:
    """The SOPs that were laid out."""
    seen: list[Sop] = []
    real = layout.best_attempt
    monkeypatch.setattr(layout, "best_attempt", lambda sop, *rest: (seen.append(sop), real(sop, *rest))[1])
    layout._remembered.cache_clear()
    yield seen
    layout._remembered.cache_clear()


def long_row(line: int) -> Sop:
    """A step that is cut over two pages, at this line of its file."""
    steps = (step(1, "kata " * 900, {"umum": Bentuk.MULAI}), step(2, "selesai", {"umum": Bentuk.SELESAI}))
    moved = tuple(replace(each, span=Span("content/sop/contoh.md", line + each.nomor)) for each in steps)
    return sop(Prosedur(moved, (edge("1.umum", "2.umum"),)))


def test_offices_that_differ_in_their_letterhead_share_the_drawing(attempts: list[Sop]) -> None:
    one = build(about=inputs())
    other = build(about=inputs(nama="Kecamatan Teladan", kop=("KECAMATAN TELADAN", "KABUPATEN CONTOH")))
    assert len(attempts) == 1
    assert other.geometry == one.geometry
    assert b"TELADAN" in unpack(other.docx)["word/document.xml"]
    assert b"TELADAN" not in unpack(one.docx)["word/document.xml"]


@pytest.mark.parametrize(
    "office", [{"kop": ("KECAMATAN CONTOH", *["KABUPATEN CONTOH"] * 9)}, {"prosedur_di_halaman_baru": True}]
)
def test_an_office_with_less_room_has_a_drawing_of_its_own(attempts: list[Sop], office: dict[str, Any]) -> None:
    build()
    build(about=inputs(**office))
    assert len(attempts) == 2


def test_what_the_drawing_does_not_show_does_not_count(attempts: list[Sop]) -> None:
    build()
    build(sop(nomor="060/02/2023", catatan="lain", slug="lain"))
    assert len(attempts) == 1


def test_findings_are_at_the_lines_of_the_file_at_hand(attempts: list[Sop]) -> None:
    lines = [[(f.code, f.span.line) for f in build(long_row(line)).geometry.findings] for line in (10, 50)]
    assert len(attempts) == 1
    assert ("SOP807", 11) in lines[0]
    assert lines[1] == [(code, line + 40) for code, line in lines[0]]


def test_the_drawing_is_the_same_as_when_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    settings: list[Any] = []
    monkeypatch.setattr(
        "sopdocs.word.sheet.lay_out_once", lambda sop, told: (settings.append(told), lay_out(sop, told))[1]
    )
    for sample in (sop(), long_row(3)):
        anew = build(sample).geometry
        assert lay_out_once(sample, settings[-1]) == anew
        assert lay_out_once(sample, settings[-1]) == anew
