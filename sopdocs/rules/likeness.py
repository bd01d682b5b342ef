"""Which words are nearly, but not exactly, words of a known name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from sopdocs.rules.texts import Text

_LEAST = 5
"""Letters of the shortest word that may be a slip; shorter words have too many honest neighbours."""
_LONG = 8
"""Letters from which two slips are allowed."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the registers have it."""

    shown: str
    words: tuple[str, ...]
    """Folded."""
    source: str
    """The file it stands in."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A run of words that is nearly a name."""

    start: int
    """Index of its first word in the text."""
    name: Name


def is_near(word: str, known: str) -> bool:
    """Whether two folded words differ by a slip: one letter, two when the known word has eight or more."""
    most = 2 if len(known) >= _LONG else 1
    return word != known and len(known) >= _LEAST and OSA.distance(word, known, score_cutoff=most) <= most


def vocabulary(texts: Iterable[Text]) -> frozenset[str]:
    """Return every folded word that occurs."""
    return frozenset(word for text in texts for word in text.folded)


def near_words(words: frozenset[str], names: Iterable[Name], honest: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return, for each of `words` that is near a word of a name, those words; `honest` words are no slips."""
    by_length: dict[int, set[str]] = {}
    for word in {word for name in names for word in name.words if len(word) >= _LEAST}:
        for length in range(len(word) - 2, len(word) + 3):
            by_length.setdefault(length, set()).add(word)
    near: dict[str, frozenset[str]] = {}
    for word in words - honest:
        found = frozenset(known for known in by_length.get(len(word), ()) if is_near(word, known))
        if found:
            near[word] = found
    return near


def slips(text: Text, names: Iterable[Name], near: Mapping[str, frozenset[str]]) -> Iterator[Slip]:
    """Yield the runs of words in which a name has at least one slip; its other words are exact."""
    if near.keys().isdisjoint(text.folded):
        return
    for name in names:
        size = len(name.words)
        for start in range(len(text.folded) - size + 1):
            run = text.folded[start : start + size]
            if run != name.words and all(
                here == there or there in near.get(here, ()) for here, there in zip(run, name.words, strict=True)
            ):
                yield Slip(start, name)
