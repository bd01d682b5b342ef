"""How alike texts and steps are, 0 to 1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from sopdocs.model import Langkah, RichText
from sopdocs.rules.bahasa import active_of

_TOKEN = re.compile(r"\w+")
LaneOf = Callable[[str], str]
"""What a lane's key stands for on both sides: the same text for lanes that are the same."""
Rarity = Mapping[str, float]
"""What each word of the steps tells; words that are missing tell all they can."""

FILLERS = frozenset(
    "dan atau yang di ke dari untuk oleh pada dengan atas dalam serta kepada sebagai secara telah sudah akan tersebut"
    " bagi guna terhadap melakukan dilakukan adalah ini itu para".split()
)
"""Words that tell nothing of what is done."""

_WEIGHTS = (("uraian", 0.62), ("output", 0.12), ("syarat", 0.06), ("lajur", 0.14), ("waktu", 0.06))
"""What a step is known by. What is done counts more than all else; an empty cell on both sides tells nothing."""


def folded(text: str) -> str:
    """Return what is compared: case, white space and marks do not count."""
    return " ".join(_parts(text))


def words(text: str) -> tuple[str, ...]:
    """Return the words that carry meaning, verbs and their nouns in one form: "pemeriksaan" as "memeriksa"."""
    return tuple(root(word) for word in _parts(text) if word not in FILLERS)


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """Return the active verb behind a folded word, or the word itself."""
    return active_of(word).casefold() or word


@lru_cache(maxsize=20_000)
def text_likeness(one: str, other: str) -> float:
    """Compare two texts: by their letters, and by their words in any order, whichever finds more in common."""
    if one == other:
        return 1.0
    here, there = folded(one), folded(other)
    if here == there:
        return 0.99
    by_letters = fuzz.ratio(here, there)
    by_words = fuzz.token_sort_ratio(" ".join(words(one)), " ".join(words(other)))
    return min(max(by_letters, 0.97 * by_words) / 100, 0.98)


def rarity(steps: Iterable[Langkah]) -> Rarity:
    """Return what a word tells of a step, 1 or less: "surat" in a procedure about letters tells next to nothing."""
    counts = Counter(word for langkah in steps for word in set(words(langkah.uraian.text)))
    return {word: min(1.0, 2 / count) for word, count in counts.items()}


def deed_likeness(old: Langkah, new: Langkah, rare: Rarity) -> float:
    """Compare what two steps do: by the letters, and by the words that tell it from other steps."""
    one, other = old.uraian.text, new.uraian.text
    alike = text_likeness(one, other)
    here, there = set(words(one)), set(words(other))
    if alike >= 0.99 or not (here and there):
        return alike
    weight = sum(rare.get(word, 1.0) for word in here) + sum(rare.get(word, 1.0) for word in there)
    shared = 2 * sum(rare.get(word, 1.0) for word in here & there) / weight
    return (alike + shared) / 2


def step_likeness(old: Langkah, new: Langkah, lane_of: tuple[LaneOf, LaneOf], rare: Rarity) -> float:
    """Compare two steps by what is done, by whom, with what and how long; numbers and arrows do not count."""
    parts = {
        name: text_likeness(_text(old, name), _text(new, name))
        for name in ("output", "syarat", "waktu")
        if _text(old, name) or _text(new, name)
    }
    parts["uraian"] = deed_likeness(old, new, rare)
    here = {lane_of[0](simbol.id.pelaksana) for simbol in old.simbol}
    there = {lane_of[1](simbol.id.pelaksana) for simbol in new.simbol}
    if here or there:
        parts["lajur"] = len(here & there) / len(here | there)
    weights = {name: weight for name, weight in _WEIGHTS if name in parts}
    return sum(parts[name] * weight for name, weight in weights.items()) / sum(weights.values())


def _text(langkah: Langkah, name: str) -> str:
    rich: RichText = getattr(langkah, name)
    text = rich.text.strip()
    return "" if text in ("-", "–", "—") else text


def _parts(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())
