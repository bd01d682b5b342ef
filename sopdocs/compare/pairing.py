"""Which steps of two procedures are the same step, as a person would say who reads both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sopdocs.compare.assignment import best_pairs, longest_rising
from sopdocs.compare.beda import Pasangan
from sopdocs.compare.likeness import LaneOf, step_likeness
from sopdocs.compare.parts import Part, parts_of
from sopdocs.model import Langkah

Steps = Sequence[Langkah]
Lanes = tuple[LaneOf, LaneOf]

_SAME = 0.55
"""Likeness from which two steps may be the same one, wherever they stand.

Measured on tests/compare/corpus: the least alike pair that is one step to a person, "Meneliti kelengkapan berkas
permohonan" and "Memverifikasi berkas permohonan secara lengkap", has 0.71; the most alike that is not, "Mencatat surat
masuk" and "Mendistribusikan surat masuk", 0.69 – that is why the whole is weighed, not pair by pair.
"""
_SAME_PLACE = 0.36
"""The same for what alone is left between neighbours that stayed: a step that was written anew."""
_NEIGHBOURS = 0.06
"""What alike neighbours may add: it decides between steps of the same words."""
_ORDER = 0.02
"""What the way between the relative places may take off: it decides when all else is equal."""
_MOST = 250_000
"""Pairs of steps that are weighed; beyond, only steps of the same text are matched. No sheet has 500 steps."""


def pair_steps(old: Steps, new: Steps, lanes: Lanes = (str, str)) -> tuple[Pasangan, ...]:
    """Match the steps; each of both sides is in exactly one pair, which may be half empty.

    `lanes` say which lane a key of each side means. The order is that of the new steps, removed ones where they stood.
    """
    pairs = _same_texts(old, new)
    rest_old = [i for i in range(len(old)) if i not in pairs]
    taken = set(pairs.values())
    rest_new = [j for j in range(len(new)) if j not in taken]
    if len(rest_old) * len(rest_new) <= _MOST:
        pairs |= best_pairs(_weights(old, new, (rest_old, rest_new), lanes, pairs))
        pairs |= dict(_written_anew(old, new, pairs, lanes))
        parts = parts_of(old, new, pairs)
    else:
        parts = [Part((i,), (j,)) for i, j in pairs.items()]
    return _ordered(len(old), len(new), parts)


def _same_texts(old: Steps, new: Steps) -> dict[int, int]:
    """Match what is done with the same words, once on each side."""
    here, there = _unique(old), _unique(new)
    return {here[text]: there[text] for text in here if text in there}


def _unique(steps: Steps) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for position, langkah in enumerate(steps):
        found.setdefault(" ".join(langkah.uraian.text.split()).casefold(), []).append(position)
    return {text: places[0] for text, places in found.items() if text and len(places) == 1}


def _weights(
    old: Steps, new: Steps, rest: tuple[list[int], list[int]], lanes: Lanes, known: dict[int, int]
) -> dict[tuple[int, int], float]:
    likeness = {(i, j): step_likeness(old[i], new[j], lanes) for i in rest[0] for j in rest[1]}

    def near(i: int, j: int) -> float:
        inside = 0 <= i < len(old) and 0 <= j < len(new)
        if not inside:
            return float(i == j == -1 or (i == len(old) and j == len(new)))
        return float(known.get(i) == j) if i in known else likeness.get((i, j), 0.0)

    weights: dict[tuple[int, int], float] = {}
    for (i, j), alike in likeness.items():
        if alike >= _SAME:
            beside = _NEIGHBOURS * (near(i - 1, j - 1) + near(i + 1, j + 1)) / 2
            way = i / max(len(old) - 1, 1) - j / max(len(new) - 1, 1)
            weights[i, j] = alike - _SAME + 0.03 + beside - _ORDER * way * way
    return weights


def _written_anew(old: Steps, new: Steps, pairs: dict[int, int], lanes: Lanes) -> Iterator[tuple[int, int]]:
    """Match what alone is left between the same neighbours, when it is not quite another thing."""
    taken = set(pairs.values())
    for i in range(len(old)):
        if i in pairs:
            continue
        before, after = (
            pairs.get(i - 1, -1 if i == 0 else None),
            pairs.get(i + 1, len(new) if i + 1 == len(old) else None),
        )
        if before is None or after != before + 2 or before + 1 in taken:
            continue
        j = before + 1
        if step_likeness(old[i], new[j], lanes) >= _SAME_PLACE:
            yield i, j


def _ordered(old: int, new: int, parts: list[Part]) -> tuple[Pasangan, ...]:
    """Add what came and went, find what moved, and put all in the order of the new steps."""
    parts = sorted(parts, key=lambda part: part.new[0])
    places = [part.old[0] for part in parts]
    rank = {place: position for position, place in enumerate(sorted(places))}
    # Of several ways to call steps moved, the one is meant in which they go the shorter way.
    worth = [1 - abs(rank[place] - here) / (2 * len(parts) ** 2) for here, place in enumerate(places)]
    kept = longest_rising(places, worth)
    found = [Pasangan(part.old, part.new, here not in kept) for here, part in enumerate(parts)]
    matched = {j for part in parts for j in part.new}
    found += [Pasangan((), (j,)) for j in range(new) if j not in matched]
    found.sort(key=lambda pair: pair.baru[0])
    gone = sorted(set(range(old)) - {i for part in parts for i in part.old})
    for i in reversed(gone):
        found.insert(_place_of(i, found), Pasangan((i,), ()))
    return tuple(found)


def _place_of(i: int, found: list[Pasangan]) -> int:
    """Behind the nearest earlier step that stayed in its order; at the beginning without any."""
    place = 0
    best = -1
    for position, pair in enumerate(found):
        if pair.lama and pair.baru and not pair.pindah and best < pair.lama[-1] < i:
            place, best = position + 1, pair.lama[-1]
    return place
