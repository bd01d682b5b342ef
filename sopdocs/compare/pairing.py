"""Which steps of two procedures are the same step, as a person would say who reads both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Indel

from sopdocs.compare.assignment import best_pairs, longest_rising
from sopdocs.compare.beda import Pasangan
from sopdocs.compare.likeness import LaneOf, deed_likeness, rarity, step_likeness
from sopdocs.compare.parts import Part, parts_of
from sopdocs.model import Langkah

Steps = Sequence[Langkah]
Lanes = tuple[LaneOf, LaneOf]
Likeness = Mapping[tuple[int, int], float]
"""Of an old and a new step, by position, where both have no partner of the same text."""

_SAME = 0.62
"""Likeness from which two steps may be the same one, wherever they stand.

Measured on tests/compare/corpus. The least alike that are one step, whatever stands beside them, are "Pendistribusian
surat" and "Mendistribusikan surat masuk sesuai disposisi" with 0.74; the most alike that are two, "Menyerahkan surat
keterangan kepada pemohon" and "Menyampaikan surat penolakan kepada pemohon" with 0.61. Those two of one wording, as
"Membayar uang muka …" and "Membayar kekurangan uang …" with 0.76, find a better partner when all are weighed together.
"""
_SAME_PLACE = 0.45
"""The same for what alone is left between neighbours that stayed: a step that was written anew.

"Meneliti kelengkapan berkas permohonan" and "Melakukan verifikasi persyaratan administrasi pemohon", of one lane and
one output, have 0.54.
"""
_SAME_ELSEWHERE = 0.7
"""Likeness of what is done from which a step may have moved: else one went and another came.

"Mengarsipkan surat masuk" and "Mengarsipkan salinan surat masuk" have 0.79, "Mengetik konsep surat keterangan" and
"Memeriksa konsep surat keterangan" 0.68.
"""
_NEIGHBOURS = 0.06
"""What alike neighbours may add: it decides between steps of the same words."""
_ORDER = 0.02
"""What the way between the relative places may take off: it decides when all else is equal."""
_MOST = 40_000
"""Pairs of steps that are weighed; beyond, only steps of the same text in the same order. No sheet has 200 steps."""


def pair_steps(old: Steps, new: Steps, lanes: Lanes = (str, str)) -> tuple[Pasangan, ...]:
    """Match the steps; each of both sides is in exactly one pair, which may be half empty.

    `lanes` say which lane a key of each side means. The order is that of the new steps, removed ones where they stood.
    """
    pairs = _same_texts(old, new)
    rest_old = [i for i in range(len(old)) if i not in pairs]
    taken = set(pairs.values())
    rest_new = [j for j in range(len(new)) if j not in taken]
    if len(rest_old) * len(rest_new) > _MOST:
        return _ordered(len(old), len(new), [Part((i,), (j,)) for i, j in _in_order(old, new)])
    rare = rarity((*old, *new))
    alike = {(i, j): step_likeness(old[i], new[j], lanes, rare) for i in rest_old for j in rest_new}
    pairs |= best_pairs(_weights((len(old), len(new)), alike, pairs))
    for i in _too_far(pairs, {i: deed_likeness(old[i], new[j], rare) for i, j in pairs.items()}):
        del pairs[i]
    pairs |= dict(_written_anew((len(old), len(new)), alike, pairs))
    return _ordered(len(old), len(new), parts_of(old, new, pairs))


def _same_texts(old: Steps, new: Steps) -> dict[int, int]:
    """Match what is done with the same words, once on each side."""
    here, there = _unique(old), _unique(new)
    return {here[text]: there[text] for text in here if text in there}


def _in_order(old: Steps, new: Steps) -> Iterator[tuple[int, int]]:
    """Match what is done with the same words, as long as the order is the same."""
    for code in Indel.opcodes(_texts(old), _texts(new)):
        if code.tag == "equal":
            yield from zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True)


def _texts(steps: Steps) -> list[str]:
    return [" ".join(langkah.uraian.text.split()).casefold() for langkah in steps]


def _unique(steps: Steps) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for position, text in enumerate(_texts(steps)):
        found.setdefault(text, []).append(position)
    return {text: places[0] for text, places in found.items() if text and len(places) == 1}


def _weights(sizes: tuple[int, int], alike: Likeness, known: dict[int, int]) -> dict[tuple[int, int], float]:
    """What each pair is worth: its likeness, and a little for its neighbours and its place."""

    def near(i: int, j: int) -> float:
        if not (0 <= i < sizes[0] and 0 <= j < sizes[1]):
            return float(i == j == -1 or (i, j) == sizes)
        return float(known.get(i) == j) if i in known else alike.get((i, j), 0.0)

    weights: dict[tuple[int, int], float] = {}
    for (i, j), likeness in alike.items():
        if likeness >= _SAME:
            beside = _NEIGHBOURS * (near(i - 1, j - 1) + near(i + 1, j + 1)) / 2
            way = i / max(sizes[0] - 1, 1) - j / max(sizes[1] - 1, 1)
            weights[i, j] = likeness - _SAME + 2 * _ORDER + beside - _ORDER * way * way
    return weights


def _too_far(pairs: dict[int, int], alike: dict[int, float]) -> set[int]:
    """The old positions of pairs that would have moved, and are not alike enough for that; the more alike stay."""
    order = sorted(pairs)
    kept = longest_rising([pairs[i] for i in order], [alike[i] for i in order])
    far = {i for here, i in enumerate(order) if here not in kept and alike[i] < _SAME_ELSEWHERE}
    # Of two that cross either may be the one that moved: from the other side the other would be.
    return far | {
        i
        for i in order
        if alike[i] < _SAME_ELSEWHERE and any((i < k) != (pairs[i] < pairs[k]) and alike[k] >= alike[i] for k in far)
    }


def _written_anew(sizes: tuple[int, int], alike: Likeness, pairs: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Match what is left between the same neighbours, as many steps on each side, when they are not quite others."""
    taken = set(pairs.values())
    start = 0
    while start < sizes[0]:
        end = start
        while end < sizes[0] and end not in pairs:
            end += 1
        first, last = pairs.get(start - 1, -1) + 1, pairs.get(end, sizes[1])
        size = end - start
        free = taken.isdisjoint(range(first, last))
        if size and free and last - first == size and (start == 0 or start - 1 in pairs):
            for i, j in zip(range(start, end), range(first, last), strict=True):
                if alike.get((i, j), 0.0) >= _SAME_PLACE:
                    yield i, j
        start = end + 1


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
