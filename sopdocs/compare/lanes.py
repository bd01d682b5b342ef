"""Which lanes are the same lane."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sopdocs.compare.assignment import best_pairs, longest_rising
from sopdocs.compare.beda import BedaLajur, Jenis, Pasangan
from sopdocs.compare.lembar import Lembar
from sopdocs.compare.likeness import folded, text_likeness
from sopdocs.model import Pelaksana, Prosedur

_RENAMED = 0.6
"""Likeness of headings from which a lane is called otherwise: "Kasubbag" and "Kasubbag Umum" have 0.76."""

Lanes = Mapping[str, str]
"""Key of each old lane that stayed -> its key now."""


def old_lane(lanes: Lanes, key: str) -> str:
    """The new key of an old lane; for one that is gone a text that is no key."""
    return lanes.get(key, f"-{key}")


def match_lanes(old: Lembar, new: Lembar) -> dict[str, str]:
    """Match lanes by key and heading, by heading, by key, then by headings that are alike."""
    found: dict[str, str] = {}
    for name in (_key_and_heading, _heading, _key):
        there = {name(lane): lane.key for lane in reversed(new.lajur) if lane.key not in found.values()}
        for lane in old.lajur:
            if lane.key not in found and name(lane) in there:
                found[lane.key] = there.pop(name(lane))
    rest_old = [lane for lane in old.lajur if lane.key not in found]
    rest_new = [lane for lane in new.lajur if lane.key not in found.values()]
    alike = {
        (i, j): text_likeness(one.judul_lajur, other.judul_lajur) - _RENAMED
        for i, one in enumerate(rest_old)
        for j, other in enumerate(rest_new)
    }
    return found | {rest_old[i].key: rest_new[j].key for i, j in best_pairs(alike).items()}


Paired = Iterable[tuple[Prosedur, Prosedur, tuple[Pasangan, ...]]]


def match_by_work(lanes: Lanes, old: Lembar, new: Lembar, paired: Paired) -> dict[str, str]:
    """Add lanes that went and came, where the new one does nothing but what the old one did, and all of that."""
    gone = {lane.key for lane in old.lajur} - set(lanes)
    fresh = {lane.key for lane in new.lajur} - set(lanes.values())
    did: dict[str, set[int]] = {}
    does: dict[str, set[int]] = {}
    pairs = [(before, after, pair) for before, after, each in paired for pair in each if pair.lama and pair.baru]
    for number, (before, after, pair) in enumerate(pairs):
        for key in {simbol.id.pelaksana for i in pair.lama for simbol in before.langkah[i].simbol} & gone:
            did.setdefault(key, set()).add(number)
        for key in {simbol.id.pelaksana for j in pair.baru for simbol in after.langkah[j].simbol} & fresh:
            does.setdefault(key, set()).add(number)
    added = {key: [other for other, work in does.items() if work == done] for key, done in did.items()}
    counts = Counter(others[0] for others in added.values() if len(others) == 1)
    return dict(lanes) | {key: o[0] for key, o in added.items() if len(o) == 1 and counts[o[0]] == 1}


def compare_lanes(old: Lembar, new: Lembar, lanes: Lanes) -> Iterator[BedaLajur]:
    """Yield the lanes that differ: by the new order, those gone last."""
    back = {there: here for here, there in lanes.items()}
    before = {lane.key: lane for lane in old.lajur}
    order = list(before)
    stayed = [lane.key for lane in new.lajur if lane.key in back]
    places = [order.index(back[key]) for key in stayed]
    kept = longest_rising(places, [1 - abs(place - here) / 1000 for here, place in enumerate(places)])
    moved = {key for here, key in enumerate(stayed) if here not in kept}
    for lane in new.lajur:
        then = before[back[lane.key]] if lane.key in back else None
        if then is None:
            yield BedaLajur(Jenis.DITAMBAH, None, lane)
        elif then.judul_lajur != lane.judul_lajur:
            yield BedaLajur(Jenis.DIUBAH, then, lane)
        if then is not None and lane.key in moved:
            yield BedaLajur(Jenis.DIPINDAH, then, lane)
    for lane in old.lajur:
        if lane.key not in lanes:
            yield BedaLajur(Jenis.DIHAPUS, lane, None)


def _key_and_heading(lane: Pelaksana) -> str:
    return f"{lane.key} {_heading(lane)}"


def _key(lane: Pelaksana) -> str:
    return lane.key


def _heading(lane: Pelaksana) -> str:
    return folded(lane.judul_lajur)
