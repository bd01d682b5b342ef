"""Steps that were split, and steps that were merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sopdocs.compare.likeness import words
from sopdocs.model import Langkah

_MOST = 4
"""Steps that one may become."""
_OWN = 0.6
"""Which part of the words of each piece must come from the whole."""
_WHOLE = 0.7
"""Which part of the words of the whole must be found in its pieces together."""


@dataclass(frozen=True, slots=True)
class Part:
    """Positions that belong together; several on one side at most."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def parts_of(old: Sequence[Langkah], new: Sequence[Langkah], pairs: dict[int, int]) -> list[Part]:
    """Return the pairs, with the steps that have no partner joined to the one they were split off or merged into."""
    back = {j: i for i, j in pairs.items()}
    here, there = _texts(old), _texts(new)
    splits = sorted(_groups(here, there, pairs, back), reverse=True)
    merges = sorted(_groups(there, here, back, pairs), reverse=True)
    found: list[Part] = []
    used_old, used_new = set[int](), set[int]()
    wishes = [(score, Part((one,), run)) for score, one, run in splits]
    wishes += [(score, Part(run, (one,))) for score, one, run in merges]
    for _, part in sorted(wishes, key=lambda wish: (-wish[0], wish[1].old, wish[1].new)):
        if used_old.isdisjoint(part.old) and used_new.isdisjoint(part.new):
            found.append(part)
            used_old |= set(part.old)
            used_new |= set(part.new)
    found += [Part((i,), (j,)) for i, j in pairs.items() if i not in used_old and j not in used_new]
    return found


def _texts(steps: Sequence[Langkah]) -> list[tuple[str, ...]]:
    return [tuple(dict.fromkeys(words(langkah.uraian.text))) for langkah in steps]


def _groups(
    whole: list[tuple[str, ...]], pieces: list[tuple[str, ...]], pairs: dict[int, int], back: dict[int, int]
) -> Iterator[tuple[float, int, tuple[int, ...]]]:
    """Yield (score, position of the whole, positions of its pieces)."""
    free = [j for j in range(len(pieces)) if j not in back]
    for one, text in enumerate(whole):
        partner = pairs.get(one)
        if partner is None:
            starts = {j for near in free for j in range(near - _MOST + 1, near + 1)}
        else:
            starts = set(range(partner - _MOST + 1, partner + 1))
        for start in sorted(starts):
            for size in range(2, _MOST + 1):
                run = tuple(range(start, start + size))
                if start < 0 or run[-1] >= len(pieces) or (partner is not None and partner not in run):
                    continue
                if any(j in back and back[j] != one for j in run):
                    continue
                score = _score(text, [pieces[j] for j in run])
                if score:
                    yield score, one, run


def _score(whole: tuple[str, ...], pieces: list[tuple[str, ...]]) -> float:
    """How sure it is that the pieces are what the whole was; 0: they are not.

    Each piece must be made mostly of words of the whole, and bring a word of it that no other piece has: a new step
    beside an old one only repeats what that one speaks of.
    """
    wanted = set(whole)
    if any(not piece or len(wanted & set(piece)) / len(piece) < _OWN for piece in pieces):
        return 0.0
    for number, piece in enumerate(pieces):
        others = {word for other, text in enumerate(pieces) if other != number for word in text}
        if not (wanted & set(piece)) - others:
            return 0.0
    found = len(wanted & {word for piece in pieces for word in piece}) / len(wanted)
    return found if found >= _WHOLE else 0.0
