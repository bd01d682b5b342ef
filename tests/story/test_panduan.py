"""What the chapter "Setelah revisi" of docs/panduan.md prints is what its exercise says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sopdocs.office import LibreOffice

from . import kutipan
from .kutipan import Asked
from .latihan import Exercise, Said, exercise, walk

PAGE = kutipan.PAGE.read_text("utf-8")
ASKED, QUOTED, TOLD = kutipan.asked(PAGE), kutipan.quoted(PAGE), kutipan.told(PAGE)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, repository: Path, libreoffice: LibreOffice) -> Iterator[Exercise]:
    """The exercise, gone through."""
    with exercise(repository, tmp_path_factory.mktemp("latihan")) as work:
        walk(work)
        yield work


def test_the_chapter_has_what_is_compared() -> None:
    assert (len(ASKED), len(QUOTED), len(TOLD)) == (23, 9, 12)


@pytest.mark.parametrize("asked", ASKED, ids=[f"{n} {asked.line}" for n, asked in enumerate(ASKED)])
def test_a_printed_answer_is_the_answer(work: Exercise, asked: Asked) -> None:
    answers = [said for said in work.said if said.line == asked.line]
    assert answers, "this command is not typed in the exercise"
    assert any(map(asked.matches, answers)), f"now (make pictures corrects it): {answers}"


@pytest.mark.parametrize("text", QUOTED, ids=range(len(QUOTED)))
def test_a_printed_piece_of_a_file_stood_there(work: Exercise, text: str) -> None:
    assert any(text in each for each in work.texts)


@pytest.mark.parametrize("message", TOLD)
def test_a_refusal_is_worded_as_in_the_table(work: Exercise, message: str) -> None:
    assert any(message in said.answer for said in work.said)


@pytest.mark.parametrize(
    ("shown", "answer", "fits"),
    [
        ("Satu.\n", "Satu.  \n", True),
        ("Satu.\n", "Dua.\n", False),
        ("Satu.\n", "Satu.\nDua.\n", False),
        ("[…]\nSatu.\n", "Nol.\nNol.\nSatu.\n", True),
        ("[…]\nSatu.\n", "Satu.\nDua.\n", False),
        ("Satu.\n[…]\n", "Satu.\n", True),
        ("dalam […] detik\n", "dalam 0,3 detik\n", True),
        ("a.c\n", "abc\n", False),
    ],
)
def test_what_is_left_out_may_be_anything(shown: str, answer: str, fits: bool) -> None:
    assert Asked("make docs", shown).matches(Said("make docs", answer)) is fits


@pytest.mark.parametrize(
    ("shown", "answer", "after"),
    [
        ("Satu SOP terbit.\n", "Satu SOP sudah terbit.\nLagi.\n", "Satu SOP sudah terbit.\nLagi.\n"),
        ("[…]\nSatu SOP terbit.\n", "Nol.\nSatu SOP sudah terbit.\n", "[…]\nSatu SOP sudah terbit.\n"),
        ("dalam […] detik\n", "dalam 0,3 detik\n", "dalam […] detik\n"),
    ],
)
def test_an_answer_of_before_is_brought_up_as_far_as_it_was_printed(shown: str, answer: str, after: str) -> None:
    assert Asked("make docs", shown).brought_up([Said("make docs", answer)]) == Asked("make docs", after)


def test_of_several_answers_the_one_most_like_the_printed_one_is_taken() -> None:
    shown = Asked("make docs", "[…]\nKONSEP surat: 1 hal\nSelesai: bundel\n")
    spoken = [Said("make docs", text) for text in ("Selesai: bundel\n", "KONSEP surat: 1 hal lagi\nSelesai: bundel\n")]
    assert shown.brought_up(spoken).shown == "[…]\nKONSEP surat: 1 hal lagi\nSelesai: bundel\n"
