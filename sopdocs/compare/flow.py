"""Symbols and arrows of steps that were matched: what a reader of the flow must be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from sopdocs.compare.beda import BedaAlur, BedaSimbol, Jenis, Pasangan
from sopdocs.compare.lanes import Lanes, old_lane
from sopdocs.model import Alur, Bentuk, Hubungan, Prosedur, Simbol, SimbolId

Node = tuple[int, int]
"""A place of the flow in both states: pair of steps, and symbol in it; 0 for the whole of steps split or merged."""
Edge = tuple[Node, Node, str, Hubungan]


@dataclass(frozen=True, slots=True)
class Places:
    """The symbols of one state by what they are in both."""

    node: dict[SimbolId, Node]
    """Of symbols that stayed; one that came or went has none."""
    step: dict[int, int]
    """Position of each step by its number."""
    last: int
    """Position of the last step."""


@dataclass(frozen=True, slots=True)
class _Side:
    places: Places
    edges: tuple[Alur, ...]

    def key(self, alur: Alur) -> Edge | None:
        """What makes an arrow the same; None when an end of it came or went, or it lies within a split step."""
        here, there = self.ends(alur)
        if here is None or there is None or here == there:
            return None
        if alur.hubungan is Hubungan.BERSAMA and here > there:
            here, there = there, here
        return here, there, alur.label, alur.hubungan

    def ends(self, alur: Alur) -> tuple[Node | None, Node | None]:
        """What it leads from and to; None for what came or went."""
        return self.places.node.get(alur.dari), self.places.node.get(alur.ke)

    def within(self, alur: Alur) -> bool:
        """Whether it lies within a step that was split or merged."""
        here, there = self.ends(alur)
        return here is not None and here == there

    def onward(self, alur: Alur) -> bool:
        """Whether it leads to the next row."""
        step = self.places.step
        return alur.hubungan is Hubungan.LANJUT and step[alur.ke.langkah] == step[alur.dari.langkah] + 1

    def is_last(self, node: Node) -> bool:
        """Whether a symbol stands in the last row."""
        places = self.places
        return any(at == node and places.step[each.langkah] == places.last for each, at in places.node.items())

    def answers(self, node: Node, label: str) -> bool:
        """Whether an arrow with this answer leaves a symbol."""
        return any(self.places.node.get(each.dari) == node and each.label == label for each in self.edges)

    def goes_onward(self, node: Node, label: str) -> bool:
        """Whether an arrow with this answer leads from a symbol to the next row."""
        places = self.places.node
        return any(places.get(each.dari) == node and each.label == label and self.onward(each) for each in self.edges)


def compare_symbols(
    old: Prosedur, new: Prosedur, pairs: tuple[Pasangan, ...], lanes: Lanes
) -> tuple[tuple[BedaSimbol, ...], Places, Places]:
    """Match the symbols of matched steps by lane, then in order; return differences and the places of both states."""
    here: dict[SimbolId, Node] = {}
    there: dict[SimbolId, Node] = {}
    found: list[BedaSimbol] = []
    for number, pair in enumerate(pairs):
        if not (pair.lama and pair.baru):
            continue
        if len(pair.lama) + len(pair.baru) > 2:
            here |= {simbol.id: (number, 0) for i in pair.lama for simbol in old.langkah[i].simbol}
            there |= {simbol.id: (number, 0) for j in pair.baru for simbol in new.langkah[j].simbol}
            continue
        before, after = old.langkah[pair.lama[0]], new.langkah[pair.baru[0]]
        for place, (one, other) in enumerate(_matched(before.simbol, after.simbol, lanes)):
            if one is None or other is None:
                found.append(BedaSimbol(Jenis.DIHAPUS if one else Jenis.DITAMBAH, one, other))
                continue
            here[one.id] = there[other.id] = (number, place)
            if _differs(one, other, lanes):
                ends = (_at_end(pair.lama[0], old), _at_end(pair.baru[0], new))
                found.append(BedaSimbol(Jenis.DIUBAH, one, other, _by_place(one, other, ends, lanes)))
    return tuple(found), _places(here, old), _places(there, new)


def compare_edges(old: Prosedur, new: Prosedur, before: Places, after: Places) -> tuple[BedaAlur, ...]:
    """Return the arrows that are not in both states, those that lead elsewhere or answer otherwise as one."""
    here, there = _Side(before, old.alur), _Side(after, new.alur)
    known_here = {here.key(alur) for alur in old.alur} - {None}
    known_there = {there.key(alur) for alur in new.alur} - {None}
    gone = [(alur, _follows(alur, here, there)) for alur in old.alur if here.key(alur) not in known_there]
    come = [(alur, _follows(alur, there, here)) for alur in new.alur if there.key(alur) not in known_here]
    partners = _changed(gone, come, here, there)
    found: list[BedaAlur] = []
    for number, (alur, follows) in enumerate(come):
        if number in partners:
            found.append(BedaAlur(Jenis.DIUBAH, gone[partners[number]][0], alur))
        else:
            found.append(BedaAlur(Jenis.DITAMBAH, None, alur, follows))
    paired = set(partners.values())
    found += [
        BedaAlur(Jenis.DIHAPUS, alur, None, follows)
        for number, (alur, follows) in enumerate(gone)
        if number not in paired
    ]
    return tuple(found)


def _matched(
    old: tuple[Simbol, ...], new: tuple[Simbol, ...], lanes: Lanes
) -> Iterator[tuple[Simbol | None, Simbol | None]]:
    by_lane = {simbol.id.pelaksana: simbol for simbol in new}
    same = {simbol.id: by_lane.pop(lane) for simbol in old if (lane := old_lane(lanes, simbol.id.pelaksana)) in by_lane}
    rest = [simbol for simbol in new if simbol.id.pelaksana in by_lane]
    for simbol in old:
        yield simbol, same.get(simbol.id) or (rest.pop(0) if rest else None)
    for simbol in rest:
        yield None, simbol


def _differs(one: Simbol, other: Simbol, lanes: Lanes) -> bool:
    shape = (one.bentuk, one.label) != (other.bentuk, other.label)
    return shape or old_lane(lanes, one.id.pelaksana) != other.id.pelaksana


def _at_end(position: int, prosedur: Prosedur) -> tuple[bool, bool]:
    return position == 0, position == len(prosedur.langkah) - 1


def _by_place(one: Simbol, other: Simbol, ends: tuple[tuple[bool, bool], tuple[bool, bool]], lanes: Lanes) -> bool:
    """Whether a symbol begins or ends the flow only because another step came before or behind it, or went."""
    if old_lane(lanes, one.id.pelaksana) != other.id.pelaksana:
        return False
    before, after = ends
    kinds = {one.bentuk, other.bentuk}
    started = before[0] != after[0] and Bentuk.MULAI in kinds
    ended = before[1] != after[1] and Bentuk.SELESAI in kinds
    return (started or ended) and kinds <= {Bentuk.MULAI, Bentuk.SELESAI, Bentuk.PROSES}


def _places(node: dict[SimbolId, Node], prosedur: Prosedur) -> Places:
    step = {langkah.nomor: position for position, langkah in enumerate(prosedur.langkah)}
    return Places(node, step, len(prosedur.langkah) - 1)


def _follows(alur: Alur, mine: _Side, other: _Side) -> bool:
    """Whether that this arrow is in one state alone only follows from steps or symbols that came, went or moved."""
    if mine.within(alur):
        return True
    here, there = mine.ends(alur)
    if alur.hubungan is Hubungan.BERSAMA:
        return here is None or there is None
    if here is None:
        return True
    if there is None:
        return not alur.label or other.answers(here, alur.label)
    if _by_strangers(here, there, alur.label, other):
        return True
    return mine.onward(alur) and ((not alur.label and other.is_last(here)) or other.goes_onward(here, alur.label))


def _by_strangers(start: Node, goal: Node, label: str, side: _Side) -> bool:
    """Whether one state leads from `start`, with this answer, to `goal` by way of what only this state has."""
    todo = [each.ke for each in side.edges if side.places.node.get(each.dari) == start and each.label == label]
    met: set[SimbolId] = set()
    while todo:
        here = todo.pop()
        if here in met:
            continue
        met.add(here)
        node = side.places.node.get(here)
        if node == goal:
            return True
        if node is None:
            todo += [each.ke for each in side.edges if each.dari == here]
    return False


Told = tuple[Alur, bool]
"""An arrow, and whether it only follows from other things."""


def _changed(gone: list[Told], come: list[Told], here: _Side, there: _Side) -> dict[int, int]:
    """Pair arrows, new to old by their places: between the same ends, else with the same answer of the same symbol,
    else of the same symbol.

    One that follows is taken only for the other half of one that does not: what is told of an answer is where it led
    and leads, even when one of both is a step that came or went.
    """
    found: dict[int, int] = {}
    for way in _Way:
        for j, (alur, follows) in enumerate(come):
            if j in found:
                continue
            for i, (then, followed) in enumerate(gone):
                told = not (follows or followed) if way is not _Way.ANSWER else not (follows and followed)
                if i not in found.values() and told and _same(then, alur, (here, there), way):
                    found[j] = i
                    break
    return found


class _Way(Enum):
    """In what two arrows are alike."""

    ENDS = auto()
    ANSWER = auto()
    START = auto()
    """Only where they begin."""


def _same(then: Alur, now: Alur, sides: tuple[_Side, _Side], way: _Way) -> bool:
    if then.hubungan is not now.hubungan or sides[0].within(then) or sides[1].within(now):
        return False
    before, after = sides[0].ends(then), sides[1].ends(now)
    if before[0] is None or before[0] != after[0]:
        return False
    if way is _Way.ENDS:
        return before[1] is not None and before[1] == after[1]
    return then.label == now.label if way is _Way.ANSWER else bool(then.label and now.label)
