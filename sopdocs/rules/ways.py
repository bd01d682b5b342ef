"""Find the shortest and the longest way from a start to an end, each place looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from sopdocs.model import Bentuk
from sopdocs.rules.amounts import Jumlah
from sopdocs.rules.graph import Branch, Place, Walk


@dataclass(frozen=True, slots=True)
class Way:
    """A way, and what is done beside it."""

    jumlah: Jumlah
    langkah: tuple[int, ...]
    """Steps in the order done; one that the way comes back to by another symbol stands here twice."""
    bersamaan: tuple[int, ...]
    """Steps done at the same time."""


@dataclass(frozen=True, slots=True)
class _Value:
    """What is still to come; of equal times the way of fewer steps is the shorter one."""

    jumlah: Jumlah
    steps: int
    key: tuple[Decimal, int]

    @classmethod
    def of(cls, jumlah: Jumlah, steps: int) -> _Value:
        return cls(jumlah, steps, (jumlah.perkiraan, steps))

    def plus(self, other: _Value) -> _Value:
        return _Value.of(self.jumlah + other.jumlah, self.steps + other.steps)


_ZERO = _Value.of(Jumlah(), 0)


@dataclass(frozen=True, slots=True)
class _Onward:
    """How it goes on from a place, once its own step is done."""

    value: _Value
    entered: _Value
    """`value` and the place's own step."""
    ahead: int | None
    """The next place; None at the end."""
    detours: tuple[int, ...] = ()
    """First places of the ways that lead back to a place before this one."""
    taken: Branch = ()
    """All places gone to, the next one among them."""


class _Search:
    """Values of all places, the last ones first."""

    def __init__(self, places: tuple[Place, ...], route: Walk, amounts: dict[int, Jumlah], longest: bool) -> None:
        self.places = places
        self.back = route.back
        self.longest = longest
        self.step = {langkah: _Value.of(amount, 1) for langkah, amount in amounts.items()}
        self.onward: dict[int, _Onward] = {}
        """Of places from which an end is reached without a way back."""
        self.returning: dict[int, _Onward] = {}
        """Of the other places from which a way back is reached; `ahead` is None where it begins."""
        for here in route.order:
            self.settle(here)

    def settle(self, here: int) -> None:
        place = self.places[here]
        end = place.has(Bentuk.SELESAI)
        ways = [way for choice in place.choices if (way := self.choice(here, choice))]
        if ways:
            slowest = max(ways, key=lambda way: way.value.key)
            taken = tuple(there for way in ways for there in way.taken)
            self.onward[here] = self.with_step(here, slowest.value, slowest.ahead, slowest.detours, taken)
        elif end:
            self.onward[here] = self.with_step(here, _ZERO, None)
        else:
            self.settle_returning(here)

    def with_step(
        self, here: int, value: _Value, ahead: int | None, detours: tuple[int, ...] = (), taken: Branch = ()
    ) -> _Onward:
        return _Onward(value, value.plus(self.step[self.places[here].langkah]), ahead, detours, taken)

    def settle_returning(self, here: int) -> None:
        ahead = self.places[here].ahead
        known = [there for there in ahead if (here, there) not in self.back and there in self.returning]
        if known:
            there = max(known, key=lambda place: self.cost(here, self.returning, place).key)
            self.returning[here] = self.with_step(here, self.cost(here, self.returning, there), there)
        elif any((here, there) in self.back for there in ahead):
            self.returning[here] = self.with_step(here, _ZERO, None)

    def choice(self, here: int, branches: tuple[Branch, ...]) -> _Onward | None:
        """The branch to take, and in the longest way the detours of the others; None when no branch reaches an end."""
        ways: list[_Onward] = []
        detours: list[int] = []
        for branch in branches:
            forward = [there for there in branch if (here, there) not in self.back]
            reaching = [there for there in forward if there in self.onward]
            if reaching:
                slowest = max(reaching, key=lambda place: self.cost(here, self.onward, place).key)
                value = self.cost(here, self.onward, slowest)
                ways.append(_Onward(value, value, slowest, (), tuple(reaching)))
            elif leading_back := [there for there in forward if there in self.returning]:
                detours.append(max(leading_back, key=lambda place: self.cost(here, self.returning, place).key))
        if not ways:
            return None
        best = (max if self.longest else min)(ways, key=lambda way: way.value.key)
        if not self.longest:
            return best
        value = best.value
        for there in detours:
            value = value.plus(self.cost(here, self.returning, there))
        return _Onward(value, value, best.ahead, tuple(detours), best.taken)

    def cost(self, here: int, known: dict[int, _Onward], there: int) -> _Value:
        """What is to come through `there`; a step is done once while the way stays in it."""
        way = known[there]
        return way.value if self.places[here].langkah == self.places[there].langkah else way.entered

    def follow(self, start: int) -> Iterator[int]:
        """The steps of the way from `start`."""
        yield self.places[start].langkah
        here = start
        while (ahead := self.onward[here].ahead) is not None:
            for detour in self.onward[here].detours:
                yield from self.entering(here, detour)
                yield from self.follow_back(detour)
            yield from self.entering(here, ahead)
            here = ahead

    def follow_back(self, start: int) -> Iterator[int]:
        here = start
        while (ahead := self.returning[here].ahead) is not None:
            yield from self.entering(here, ahead)
            here = ahead

    def entering(self, here: int, there: int) -> Iterator[int]:
        if self.places[here].langkah != self.places[there].langkah:
            yield self.places[there].langkah

    def done(self, start: int) -> set[int]:
        """Every step done on the way, beside it too."""
        met = {start}
        todo = [start]
        while todo:
            fresh = [there for there in self.onward[todo.pop()].taken if there not in met]
            met.update(fresh)
            todo += fresh
        return {self.places[place].langkah for place in met}


def best_way(
    places: tuple[Place, ...], starts: Iterable[int], route: Walk, amounts: dict[int, Jumlah], *, longest: bool
) -> Way | None:
    """Return the shortest or longest way from any start; None when none reaches an end. `amounts` is by step."""
    search = _Search(places, route, amounts, longest)
    reaching = [start for start in starts if start in search.onward]
    if not reaching:
        return None
    start = (max if longest else min)(reaching, key=lambda place: search.onward[place].entered.key)
    steps = tuple(search.follow(start))
    return Way(search.onward[start].entered.jumlah, steps, tuple(sorted(search.done(start) - set(steps))))
