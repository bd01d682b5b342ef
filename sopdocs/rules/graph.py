"""The flow as a graph: symbols done together are one place; its loops, and the ways back in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sopdocs.model import Alur, Bentuk, Hubungan, Prosedur, Simbol, SimbolId

Branch = tuple[int, ...]
"""Places that are all gone to at the same time."""


@dataclass(frozen=True, slots=True)
class Place:
    """A symbol, or the symbols that `&` joins."""

    langkah: int
    simbol: tuple[Simbol, ...]
    choices: tuple[tuple[Branch, ...], ...]
    """What goes on at the same time. In each one branch is taken: that of the answer, or the only one."""
    ahead: Branch
    """Every place an arrow leads to."""

    def has(self, bentuk: Bentuk) -> bool:
        """Whether one of the symbols has this shape."""
        return any(simbol.bentuk is bentuk for simbol in self.simbol)


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk through the graph met."""

    order: tuple[int, ...]
    """The places reached, each after all that follow it when the ways back are left out."""
    back: frozenset[tuple[int, int]]
    """The ways back: arrows to a place that the walk was still coming from."""


def places_of(prosedur: Prosedur) -> tuple[Place, ...]:
    """Return the places by step, then in the order written; their numbers in `choices` are positions in this."""
    groups = _together(prosedur)
    number = {simbol.id: index for index, group in enumerate(groups) for simbol in group}
    leaving: dict[SimbolId, list[Alur]] = {}
    for alur in prosedur.alur:
        if alur.hubungan is Hubungan.LANJUT and number[alur.dari] != number[alur.ke]:
            leaving.setdefault(alur.dari, []).append(alur)
    places: list[Place] = []
    for group in groups:
        ways = [(simbol, leaving[simbol.id]) for simbol in group if simbol.id in leaving]
        choices = tuple(tuple(_branches(simbol, out, number)) for simbol, out in ways)
        ahead = sorted({place for choice in choices for branch in choice for place in branch})
        places.append(Place(group[0].id.langkah, group, choices, tuple(ahead)))
    return tuple(places)


def _together(prosedur: Prosedur) -> list[tuple[Simbol, ...]]:
    beside: dict[SimbolId, set[SimbolId]] = {simbol.id: set() for simbol in prosedur.simbol}
    for alur in prosedur.alur:
        if alur.hubungan is Hubungan.BERSAMA:
            beside[alur.dari].add(alur.ke)
            beside[alur.ke].add(alur.dari)
    written = {simbol.id: position for position, simbol in enumerate(prosedur.simbol)}
    groups: list[tuple[Simbol, ...]] = []
    taken: set[SimbolId] = set()
    for simbol in prosedur.simbol:
        if simbol.id not in taken:
            joined = closure([simbol.id], beside)
            taken |= joined
            groups.append(tuple(prosedur.simbol[position] for position in sorted(written[id_] for id_ in joined)))
    return groups


def closure(start: Iterable[SimbolId], ways: dict[SimbolId, set[SimbolId]]) -> set[SimbolId]:
    """Return `start` and everything that `ways` lead to from there."""
    found = set(start)
    todo = list(found)
    while todo:
        for there in ways.get(todo.pop(), set()) - found:
            found.add(there)
            todo.append(there)
    return found


def _branches(simbol: Simbol, out: list[Alur], number: dict[SimbolId, int]) -> Iterator[Branch]:
    answers: dict[str, list[int]] = {}
    for alur in out:
        # Several arrows out of a plain symbol are one branch, whatever is written on them.
        answer = alur.label.casefold() if simbol.bentuk is Bentuk.KEPUTUSAN else ""
        answers.setdefault(answer, []).append(number[alur.ke])
    for targets in answers.values():
        yield tuple(dict.fromkeys(targets))


def way_through(places: tuple[Place, ...], starts: tuple[int, ...]) -> Walk:
    """Find the ways back from what is reached.

    Where each loop is entered at one place only, they are the same however one walks. Where not, an arrow of a loop
    to an earlier step is one, provided that all is reached without such arrows; otherwise the walk decides that meets
    earlier steps first.
    """
    first = walk(places, starts)
    if first.back == walk(places, starts, later_first=True).back:
        return first
    loop_of = {place: loop for loop in loops(places) for place in loop}
    earlier = {
        (here, there)
        for here, loop in loop_of.items()
        for there in places[here].ahead
        if loop_of.get(there) is loop and places[there].langkah < places[here].langkah
    }
    second = walk(places, starts, frozenset(earlier))
    return second if set(second.order) == set(first.order) else first


def walk(
    places: tuple[Place, ...],
    starts: Iterable[int],
    returns: frozenset[tuple[int, int]] = frozenset(),
    *,
    later_first: bool = False,
) -> Walk:
    """Go through the graph depth first, earlier steps first; `returns` are ways back from the outset."""
    turn = -1 if later_first else 1
    order: list[int] = []
    back: set[tuple[int, int]] = set()
    open_places: set[int] = set()
    met: set[int] = set()
    for start in starts:
        trail = [(start, iter(places[start].ahead[::turn]))] if start not in met else []
        met.add(start)
        open_places.update(place for place, _ in trail)
        while trail:
            here, rest = trail[-1]
            there = next(rest, None)
            if there is None:
                trail.pop()
                open_places.discard(here)
                order.append(here)
            elif there in open_places or (here, there) in returns:
                back.add((here, there))
            elif there not in met:
                met.add(there)
                open_places.add(there)
                trail.append((there, iter(places[there].ahead[::turn])))
    return Walk(tuple(order), frozenset(back))


def loops(places: tuple[Place, ...]) -> tuple[tuple[int, ...], ...]:
    """Return the loops: the largest sets of places of which each leads to each (Kosaraju), by first place."""
    order = walk(places, range(len(places))).order
    behind: dict[int, list[int]] = {}
    for here, place in enumerate(places):
        for there in place.ahead:
            behind.setdefault(there, []).append(here)
    found: list[tuple[int, ...]] = []
    met: set[int] = set()
    for last in reversed(order):
        todo = [last] if last not in met else []
        met.add(last)
        loop: list[int] = []
        while todo:
            here = todo.pop()
            loop.append(here)
            fresh = [there for there in behind.get(here, []) if there not in met]
            met.update(fresh)
            todo += dict.fromkeys(fresh)
        if len(loop) > 1:
            found.append(tuple(sorted(loop)))
    return tuple(sorted(found))
