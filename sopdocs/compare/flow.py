"""Symbols and arrows of steps that were matched: what a reader of the flow must be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
        here, there = self.places.node.get(alur.dari), self.places.node.get(alur.ke)
        if here is None or there is None or here == there:
            return None
        if alur.hubungan is Hubungan.BERSAMA and here > there:
            here, there = there, here
        return here, there, alur.label, alur.hubungan

    def onward(self, alur: Alur) -> bool:
        """Whether it leads to the next row."""
        step = self.places.step
        return alur.hubungan is Hubungan.LANJUT and step[alur.ke.langkah] == step[alur.dari.langkah] + 1


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
    gone = [alur for alur in old.alur if here.key(alur) not in known_there]
    come = [alur for alur in new.alur if there.key(alur) not in known_here]
    follows = {id(alur) for alur in gone if _follows(alur, here, there)}
    follows |= {id(alur) for alur in come if _follows(alur, there, here)}
    found: list[BedaAlur] = []
    partners = _changed(
        [alur for alur in gone if id(alur) not in follows],
        [alur for alur in come if id(alur) not in follows],
        here,
        there,
    )
    of_new = {id(alur): then for then, alur in partners}
    for alur in come:
        then = of_new.get(id(alur))
        kind = Jenis.DIUBAH if then else Jenis.DITAMBAH
        found.append(BedaAlur(kind, then, alur, id(alur) in follows))
    paired = {id(then) for then, _ in partners}
    found += [BedaAlur(Jenis.DIHAPUS, alur, None, id(alur) in follows) for alur in gone if id(alur) not in paired]
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
    key = mine.key(alur)
    if key is None:
        return True
    here, there, label, kind = key
    if kind is Hubungan.BERSAMA:
        return False
    if _by_strangers(here, there, label, other):
        return True
    if not mine.onward(alur):
        return False
    if not label and any(
        other.places.node[each] == here and other.places.step[each.langkah] == other.places.last
        for each in other.places.node
    ):
        return True
    return any(
        other.places.node.get(each.dari) == here and each.label == label and other.onward(each) for each in other.edges
    )


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


def _changed(gone: list[Alur], come: list[Alur], here: _Side, there: _Side) -> list[tuple[Alur, Alur]]:
    """Pair arrows between the same ends, then arrows with the same answer from the same symbol."""
    found: list[tuple[Alur, Alur]] = []
    gone, come = list(gone), list(come)

    def ends(side: _Side, alur: Alur) -> object:
        key = side.key(alur)
        return key and (key[0], key[1], key[3])

    def answer(side: _Side, alur: Alur) -> object:
        key = side.key(alur)
        return key and (key[0], key[2], key[3])

    for same in (ends, answer):
        for alur in list(come):
            then = next((each for each in gone if same(here, each) == same(there, alur)), None)
            if then is not None:
                found.append((then, alur))
                gone.remove(then)
                come.remove(alur)
    return found
