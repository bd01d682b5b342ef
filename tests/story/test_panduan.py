"""What the chapter "Setelah revisi" of docs/panduan.md prints is what its exercise says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sopdocs.office import LibreOffice

from .latihan import Exercise, exercise, walk

PAGE = (Path(__file__).parents[2] / "docs" / "panduan.md").read_text("utf-8")
CHAPTER = PAGE.partition("## Setelah revisi\n")[2].partition("\n## Bila ada masalah\n")[0]
BLOCKS = re.findall(r"^( *)```(\w+)\n(.*?)^ *```$", CHAPTER, re.MULTILINE | re.DOTALL)
ASKED = [
    tuple(each.rstrip("\n").partition("\n")[::2])
    for _, kind, text in BLOCKS
    if kind == "text"
    for each in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
]
"""Command lines and their answers."""
QUOTED = [re.sub(f"^{indent}", "", text, flags=re.MULTILINE) for indent, kind, text in BLOCKS if kind != "text"]
"""Pieces of content files."""
TOLD = re.findall(r"^\| `([^`]+)` \|", CHAPTER.partition("### Bila … maka …")[2], re.MULTILINE)
"""Refusals and findings."""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, repository: Path, libreoffice: LibreOffice) -> Iterator[Exercise]:
    """The exercise, gone through."""
    with exercise(repository, tmp_path_factory.mktemp("latihan")) as work:
        walk(work)
        yield work


def test_the_chapter_has_what_is_compared() -> None:
    assert (len(ASKED), len(QUOTED), len(TOLD)) == (23, 9, 12)


@pytest.mark.parametrize(("line", "shown"), ASKED, ids=[f"{n} {line}" for n, (line, _) in enumerate(ASKED)])
def test_a_printed_answer_is_the_answer(work: Exercise, line: str, shown: str) -> None:
    answers = [_plain(said.answer) for said in work.said if said.line == line]
    assert answers, "this command is not typed in the exercise"
    assert any(_pattern(shown).fullmatch(answer) for answer in answers), answers


@pytest.mark.parametrize("text", QUOTED, ids=range(len(QUOTED)))
def test_a_printed_piece_of_a_file_stood_there(work: Exercise, text: str) -> None:
    assert any(text in each for each in work.texts)


@pytest.mark.parametrize("message", TOLD)
def test_a_refusal_is_worded_as_in_the_table(work: Exercise, message: str) -> None:
    assert any(message in said.answer for said in work.said)


def _plain(answer: str) -> str:
    """An answer without spaces at the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in answer.splitlines())


def _pattern(shown: str) -> re.Pattern[str]:
    """What a printed answer stands for: a line `[…]` is any lines, within a line it is anything."""
    parts = (
        r"(?:.*\n)*" if line == "[…]" else ".*".join(map(re.escape, line.split("[…]"))) + r"\n"
        for line in shown.splitlines()
    )
    return re.compile("".join(parts))
