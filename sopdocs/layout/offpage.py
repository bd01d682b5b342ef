"""Off-page connectors (segilima) of one part: which there are and where on the grid they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

from sopdocs.layout import settings as s
from sopdocs.layout.grid import Kind
from sopdocs.layout.symbols import Outline
from sopdocs.layout.units import Emu, mm
from sopdocs.model import Alur, Prosedur, SimbolId

_THREE_ABREAST: Emu = 2 * s.SLOT + s.CONNECTOR[0] + 2 * mm(1.5)
"""Lanes from this width on hold three connectors side by side."""
_MIRROR = {Kind.MIDDLE: Kind.MIDDLE, Kind.SLOT_LEFT: Kind.SLOT_RIGHT, Kind.SLOT_RIGHT: Kind.SLOT_LEFT}
_ORDER = (Kind.MIDDLE, Kind.SLOT_LEFT, Kind.SLOT_RIGHT)


@dataclass(frozen=True, slots=True)
class Off:
    """Half of a pair."""

    alur: Alur
    lane: int
    at_top: bool
    keluar: bool
    depth: int = 0
    """0 beside the symbols, more towards the page's end."""
    kind: Kind = Kind.MIDDLE

    @property
    def outline(self) -> Outline:
        """Points the way the flow goes."""
        return Outline.POINT_UP if self.at_top is self.keluar else Outline.POINT_DOWN


def off_page(prosedur: Prosedur, steps: tuple[int, int], lanes: Mapping[str, int], width: Emu) -> tuple[Off, ...]:
    """The connectors of the steps `steps` (indices, half open) in lanes of `width`, arranged."""
    index = {step.nomor: i for i, step in enumerate(prosedur.langkah)}
    found: list[tuple[int, int, Off]] = []
    for number, alur in enumerate(prosedur.alur):
        start, end = index[alur.dari.langkah], index[alur.ke.langkah]
        leaves, enters = steps[0] <= start < steps[1], steps[0] <= end < steps[1]
        if leaves is enters:
            continue
        own: SimbolId = alur.dari if leaves else alur.ke
        away, here = (end, start) if leaves else (start, end)
        at_top = away < steps[0]
        # The symbol nearest to the page's end gets the place straight above or below it.
        far = here - steps[0] if at_top else steps[1] - 1 - here
        found.append((far, number, Off(alur, lanes[own.pelaksana], at_top, leaves)))
    total = Counter((off.lane, off.at_top) for _, _, off in found)
    used: defaultdict[tuple[int, bool], int] = defaultdict(int)
    placed: list[Off] = []
    for _, _, off in sorted(found, key=lambda entry: entry[:2]):
        count = used[off.lane, off.at_top]
        used[off.lane, off.at_top] += 1
        # Three abreast wall the lane off, so several rows of them leave one gutter free.
        abreast = 1 if width < _THREE_ABREAST else 3 if total[off.lane, off.at_top] <= 3 else 2
        depth, place = divmod(count, abreast)
        placed.append(Off(off.alur, off.lane, off.at_top, off.keluar, depth, _ORDER[place]))
    return tuple(placed)


def alternatives(offs: tuple[Off, ...], tangled: frozenset[int]) -> Iterator[tuple[Off, ...]]:
    """Other arrangements of connectors that stand side by side where one of `tangled` (indices) is among them."""
    rows: defaultdict[tuple[int, bool, int], list[int]] = defaultdict(list)
    for n, off in enumerate(offs):
        rows[off.lane, off.at_top, off.depth].append(n)
    for members in rows.values():
        if len(members) == 1 or tangled.isdisjoint(members):
            continue
        now = tuple(offs[n].kind for n in members)
        mirrored = tuple(_MIRROR[kind] for kind in now)
        for kinds in sorted({*permutations(now), *permutations(mirrored)} - {now}):
            chosen = dict(zip(members, kinds, strict=True))
            yield tuple(replace(off, kind=chosen.get(n, off.kind)) for n, off in enumerate(offs))


def stack(offs: tuple[Off, ...], *, at_top: bool) -> int:
    """Grid rows that the connectors at one end of the page need."""
    return max((off.depth + 1 for off in offs if off.at_top is at_top), default=0)
