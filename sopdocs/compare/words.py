"""What differs within a text, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_SHORT = 70
"""Letters up to which a text is quoted whole."""
_BESIDE = 3
"""Words quoted on each side of a change."""
_APART = 8
"""Words between two changes from which they are quoted one by one."""


@dataclass(frozen=True, slots=True)
class Potongan:
    """A stretch of two texts."""

    lama: str
    baru: str

    @property
    def sama(self) -> bool:
        """Whether both have it."""
        return self.lama == self.baru


def word_changes(lama: str, baru: str) -> tuple[Potongan, ...]:
    """Cut two texts into stretches that both have and stretches that differ; joined, each side gives its text again."""
    old, new = _TOKEN.findall(lama), _TOKEN.findall(baru)
    found: list[tuple[list[str], list[str]]] = []
    for code in Indel.opcodes(old, new):
        before, after = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        same = code.tag == "equal"
        # A space between two changed words does not make two changes of them.
        if found and (found[-1][0] == found[-1][1]) == same:
            found[-1] = (found[-1][0] + before, found[-1][1] + after)
        else:
            found.append((before, after))
    return tuple(Potongan("".join(before), "".join(after)) for before, after in _joined(found))


def excerpts(lama: str, baru: str) -> tuple[tuple[str, str], ...]:
    """Return what to quote of two texts: whole when short or mostly changed, else each change with words beside."""
    lama, baru = " ".join(lama.split()), " ".join(baru.split())
    parts = word_changes(lama, baru)
    kept = sum(len(part.lama) for part in parts if part.sama)
    if max(len(lama), len(baru)) <= _SHORT or 2 * kept < max(len(lama), len(baru)):
        return ((lama, baru),)
    found: list[tuple[str, str]] = []
    before, after = "", ""
    for number, part in enumerate(parts):
        if not part.sama:
            before, after = before + part.lama, after + part.baru
            continue
        words = part.lama.split(" ")
        last = number == len(parts) - 1
        if number and (last or len(words) > _APART):
            tail = _head(part.lama, cut=True)
            found.append((before + tail, after + tail))
            before = after = ""
        if not last:
            text = part.lama if number and len(words) <= _APART else _tail(part.lama)
            before, after = before + text, after + text
    if before or after:
        found.append((before, after))
    return tuple(found)


def _joined(parts: list[tuple[list[str], list[str]]]) -> list[tuple[list[str], list[str]]]:
    """Join changes with nothing but spaces or marks between them."""
    found: list[tuple[list[str], list[str]]] = []
    for number, (before, after) in enumerate(parts):
        same = before == after
        inner = same and 0 < number < len(parts) - 1 and not any(token.strip().isalnum() for token in before)
        if found and (inner or (not same and found[-1][0] != found[-1][1])):
            found[-1] = (found[-1][0] + before, found[-1][1] + after)
        else:
            found.append((before, after))
    return found


def _head(text: str, *, cut: bool) -> str:
    words = text.split(" ")
    return text if len(words) <= _BESIDE + 2 or not cut else " ".join(words[: _BESIDE + 1]) + " …"


def _tail(text: str) -> str:
    words = text.split(" ")
    return text if len(words) <= _BESIDE + 2 else "… " + " ".join(words[-_BESIDE - 1 :])
