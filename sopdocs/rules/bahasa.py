"""The forms of Indonesian verbs: which words are active, and the active verb behind a noun or passive.

After the affixes of the official spelling and grammar; what no affix tells stands in `kosakata`.
"""

from __future__ import annotations

import re
from enum import StrEnum

from sopdocs.rules.kosakata import ACTIVE, BASE_VERBS, LIKE_PASSIVES, LIKE_VERBS, NOUN_ROOTS, ROOTS

_VOWELS = "aiueo"
_ACTIVE = re.compile(
    r"me[lrwy][aiueo]\w{2,}|mem[aiueo]\w{2,}|mem[bfpv]\w{2,}|men[aiueo]\w{2,}|men[cdjstz]\w{2,}|meng\w{3,}"
    r"|meny[aiueo]\w{2,}|ber[a-z]\w{2,}|bekerja\w*|belajar\w*|bepergian"
)
_ME = re.compile(r"[lmnrwy][aiueo]")
"""How a root begins before which me- stays as it is."""
_PREFIXES = frozenset(("me", "mem", "men", "meng", "menge", "meny", "ber"))
_NOUN = re.compile(r"(peng|peny|pen|pem|pe|per|ke)(\w{2,})an")
_CLUSTERS = ("pr", "pl", "ps", "tr", "kl", "kr", "kh", "sy", "st", "sk", "sp", "sc")


class Form(StrEnum):
    """What a word looks like, as a message names it."""

    ACTIVE = "kata kerja aktif"
    PASSIVE = "kata kerja pasif"
    NOUN = "kata benda"
    OTHER = "kata lain"


def form_of(word: str) -> Form:
    """Tell the form of a word by its affixes."""
    folded = word.casefold()
    if is_active(folded):
        return Form.ACTIVE
    if folded.startswith("di") and len(folded) > 5 and bare(folded) not in LIKE_PASSIVES:
        return Form.PASSIVE
    return Form.NOUN if _NOUN.fullmatch(bare(folded)) and len(folded) > 6 else Form.OTHER


def is_active(word: str) -> bool:
    """Whether a word is an active verb: me-, memper-, ber-, or active without a prefix."""
    first, hyphen, rest = word.casefold().partition("-")
    if hyphen and first in _PREFIXES:
        return len(rest) > 1
    stem = bare(first)
    if stem in LIKE_VERBS or first in LIKE_VERBS:
        return False
    return stem in BASE_VERBS or _ACTIVE.fullmatch(first) is not None


def bare(word: str) -> str:
    """Cut -nya off."""
    return word[:-3] if word.endswith("nya") and len(word) > 6 else word


def active_of(word: str) -> str:
    """Return the active verb behind a noun, a passive or a root, or "" when it is not certain."""
    folded = bare(word.casefold())
    if folded in ACTIVE:
        return ACTIVE[folded]
    if folded in _NOUNS:
        return _NOUNS[folded]
    if folded in ROOTS:
        # Alone, the root of a verb in -kan or -i is mostly a noun: "Arsip surat", "Usul pindah".
        return "" if ROOTS[folded] or folded in NOUN_ROOTS else with_me(folded)
    stem = folded if folded in LIKE_PASSIVES else folded.removeprefix("di")
    for suffix in ("kan", "i", ""):
        root = stem.removesuffix(suffix)
        if (suffix == "" or stem.endswith(suffix)) and root in ROOTS:
            return with_me(root) + (suffix or ROOTS[root])
    return ""


def likely_active_of(word: str) -> str:
    """Return the active verb that a noun pe-…-an suggests, its suffix left open: "Menata(kan/i)"; else ""."""
    match = _NOUN.fullmatch(bare(word.casefold()))
    if match is None or match[1] in ("per", "ke") or (match[1] == "pe" and not _ME.match(match[2])):
        return ""
    return f"me{match[1][2:]}{match[2]}(kan/i)"


def with_me(root: str) -> str:
    """Put me- before a root, with the nasal that its first sound asks for."""
    first = root[:1]
    if root == "kaji":
        return "mengkaji"
    if sum(letter in _VOWELS for letter in root) == 1:
        return f"menge{root}"
    if first in "lmnrwy":
        return f"me{root}"
    if first in "bfv":
        return f"mem{root}"
    if first in "cdjz":
        return f"men{root}"
    nasal = {"p": "mem", "t": "men", "k": "meng", "s": "meny"}.get(first, "meng")
    if root[:2] in _CLUSTERS:
        return f"{nasal.removesuffix('y')}{root}"
    return nasal + (root[1:] if first in "ptks" else root)


_NOUNS = {f"pe{with_me(root)[2:]}an": with_me(root) + suffix for root, suffix in ROOTS.items()}
