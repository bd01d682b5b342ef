"""The pattern of SOP numbers: what Python's own matching says, in time that stays in proportion."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.content.pola import LONGEST_NUMBER, read_pola

ATOMS = st.sampled_from(["a", "b", "/", r"\.", r"\d", "[0-9.]", "[^a]", ".", "[]a]", r"[\]b]", r"\w"])
COUNTS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "{0}"])


def _longer(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map("".join),
        st.builds("({}){}".format, several.map("|".join), COUNTS),
        st.builds("(?:{}){}".format, inner, COUNTS),
    )


PATTERNS = st.recursive(st.builds("{}{}".format, ATOMS, COUNTS), _longer, max_leaves=6)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(PATTERNS, st.lists(st.text("ab/.]19", max_size=6), min_size=1, max_size=8))
def test_python_says_the_same(pattern: str, numbers: list[str]) -> None:
    pola = read_pola(pattern)
    if pattern.count("(") > 5:
        return
    assert pola is not None
    for number in numbers:
        assert pola.fits(number) == (re.fullmatch(pattern, number) is not None), number


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("[0-9.]+/[0-9]+/CJ/[0-9]{4}", "000.5/1/CJ/2024", "000.5/1/CJ/24"),
        (r"^\d{3}\.\d/(I|II|III|IV)/SOP-[A-Z]{2,4}$", "000.5/IV/SOP-CJ", "000.5/VI/SOP-CJ"),
        (r"(SOP|IK)\.[0-9]{2}(/[A-Z]+)*", "SOP.01/UMUM/CJ", "SOP.01/"),
        ("", "", "1"),
        (r"5\$", "5$", "5"),
    ],
)
def test_patterns_of_offices(pattern: str, good: str, bad: str) -> None:
    pola = read_pola(pattern)
    assert pola is not None
    assert pola.fits(good)
    assert not pola.fits(bad)


@pytest.mark.parametrize(
    "pattern",
    ["(a", "a)", "[a", "a**", "*", "a{3,2}", "(?=a)b", "(?i)a", r"(a)\1", r"\b", "a|(?P<x>b)", "[[a]", "[z-a]", "a^b"],
)
def test_what_is_not_taken(pattern: str) -> None:
    assert read_pola(pattern) is None


def test_a_pattern_of_unlikely_length_or_depth_is_not_taken() -> None:
    assert read_pola("a" * 301) is None
    assert read_pola("(" * 6 + "a" + ")" * 6) is None


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*b", "(a?){50}a{50}", ".*.*.*.*.*.*.*.*b", "((((a*)*)*)*)*b", "(((a{50}){50}){50}){50}"]
)
def test_no_pattern_stalls_the_check(pattern: str) -> None:
    pola = read_pola(pattern)
    assert pola is not None
    start = time.process_time()
    assert not pola.fits("a" * (LONGEST_NUMBER - 1) + "!")
    assert time.process_time() - start < 2


def test_a_number_of_unlikely_length_fits_no_pattern() -> None:
    pola = read_pola(".*")
    assert pola is not None
    assert pola.fits("1" * LONGEST_NUMBER)
    assert not pola.fits("1" * (LONGEST_NUMBER + 1))
