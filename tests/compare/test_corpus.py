"""Revisions made by hand: what the comparison says is what a person says, which is the first line of each harap.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.compare.sentences import sop_sentences

from .corpus import CASES, CORPUS, compared, sides


@pytest.mark.parametrize("case", CASES)
def test_says_what_a_person_says(case: str, tmp_path: Path) -> None:
    old, new = sides(tmp_path, case)
    human, *expected = (CORPUS / case / "harap.txt").read_text(encoding="utf-8").splitlines()
    assert human.startswith("# ")
    assert list(sop_sentences(compared(old, new))) == expected


@pytest.mark.parametrize("case", CASES)
def test_says_nothing_of_a_state_beside_itself(case: str, tmp_path: Path) -> None:
    for state in sides(tmp_path, case):
        beda = compared(state, state)
        assert beda.kosong
        assert sop_sentences(beda) == ()


@pytest.mark.parametrize("case", CASES)
def test_takes_the_same_steps_for_the_same_from_either_side(case: str, tmp_path: Path) -> None:
    old, new = sides(tmp_path, case)
    there, back = compared(old, new), compared(new, old)
    for one in there.prosedur:
        other = next((each for each in back.prosedur if each.lama == one.baru and each.baru == one.lama), None)
        assert other is not None
        assert {(p.lama, p.baru) for p in one.pasangan} == {(p.baru, p.lama) for p in other.pasangan}
