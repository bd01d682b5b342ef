"""How long a procedure takes: its shortest and longest way, its loops, and the time of each lane.

A way leads from a `mulai` to a `selesai`. After a decision it takes one answer; where an arrow splits without a
decision, the parts run at the same time and the slowest one counts. The time of a step counts once for each stay in
it, however many of its symbols the way passes. The shortest way goes into no loop. The longest one goes through
each loop it passes once: steps that only lead back are counted, the repetition of the others is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sopdocs.model import Bentuk, Langkah, Prosedur, Sop
from sopdocs.rules.amounts import Jumlah, jumlah, total
from sopdocs.rules.graph import Place, loops, places_of, way_through
from sopdocs.rules.ways import Way, best_way


@dataclass(frozen=True, slots=True)
class Jalan:
    """One way through a procedure."""

    jumlah: Jumlah
    langkah: tuple[int, ...]
    """The steps whose times make the sum, in the order they are done."""
    bersamaan: tuple[int, ...]
    """Further steps, done at the same time and not slower."""
    tanpa_waktu: tuple[int, ...]
    """Which of `langkah` have no time that could be added."""


@dataclass(frozen=True, slots=True)
class Putaran:
    """A loop: steps that lead back to each other."""

    langkah: tuple[int, ...]
    kembali: tuple[tuple[int, int], ...]
    """From which step the flow returns to which."""

    @property
    def teks(self) -> str:
        """The loop by its steps: "langkah 2–5, kembali dari langkah 5 ke 2"."""
        targets = sorted({ke for _, ke in self.kembali})
        sources = {ke: deret(dari for dari, there in self.kembali if there == ke) for ke in targets}
        ways = ", ".join(f"dari langkah {sources[ke]} ke {ke}" for ke in targets)
        return f"langkah {deret(self.langkah)}, kembali {ways}"


@dataclass(frozen=True, slots=True)
class Beban:
    """What one lane has a part in. A step of several lanes counts in full for each of them."""

    pelaksana: str
    langkah: int
    """How many steps."""
    paling_singkat: Jumlah
    paling_lama: Jumlah
    tanpa_waktu: int
    """How many of these steps have no time that could be added."""


@dataclass(frozen=True, slots=True)
class WaktuProsedur:
    """The times of one procedure."""

    judul: str
    langkah: int
    """How many steps."""
    tercepat: Jalan | None
    """None when no way leads from a start to an end."""
    terlama: Jalan | None
    putaran: tuple[Putaran, ...]
    beban: tuple[Beban, ...]
    """By lane, in the order of the SOP; only lanes that do something."""


@dataclass(frozen=True, slots=True)
class WaktuSop:
    """The times of one SOP; its procedures are added up as if done one after the other."""

    prosedur: tuple[WaktuProsedur, ...]
    tercepat: Jumlah | None
    """None when a procedure has no way from a start to an end."""
    terlama: Jumlah | None
    beban: tuple[Beban, ...]


def sop_times(sop: Sop) -> WaktuSop:
    """Return the times of every procedure and of all together."""
    each = tuple(procedure_times(prosedur, sop.pelaksana) for prosedur in sop.prosedur)
    steps = tuple(langkah for prosedur in sop.prosedur for langkah in prosedur.langkah)
    return WaktuSop(
        each, _sum(p.tercepat for p in each), _sum(p.terlama for p in each), lane_times(steps, sop.pelaksana)
    )


def procedure_times(prosedur: Prosedur, lanes: tuple[str, ...]) -> WaktuProsedur:
    """Return the times of one procedure; in time linear in its symbols and arrows."""
    places = places_of(prosedur)
    starts = tuple(index for index, place in enumerate(places) if place.has(Bentuk.MULAI))
    route = way_through(places, starts)
    ways: list[Jalan | None] = []
    for longest in (False, True):
        amounts = {langkah.nomor: jumlah(langkah.durasi, longest=longest) for langkah in prosedur.langkah}
        ways.append(_jalan(best_way(places, starts, route, amounts, longest=longest), prosedur))
    rounds = _rounds(places, route.back)
    return WaktuProsedur(
        prosedur.judul, len(prosedur.langkah), ways[0], ways[1], rounds, lane_times(prosedur.langkah, lanes)
    )


def lane_times(steps: Iterable[Langkah], lanes: tuple[str, ...]) -> tuple[Beban, ...]:
    """Return what each lane has a part in; lanes without any step are left out."""
    own: dict[str, list[Langkah]] = {lane: [] for lane in lanes}
    for langkah in steps:
        for simbol in langkah.simbol:
            own.setdefault(simbol.id.pelaksana, []).append(langkah)
    return tuple(
        Beban(
            lane,
            len(done),
            total(jumlah(langkah.durasi, longest=False) for langkah in done),
            total(jumlah(langkah.durasi, longest=True) for langkah in done),
            sum(langkah.durasi is None for langkah in done),
        )
        for lane, done in own.items()
        if done
    )


def deret(numbers: Iterable[int]) -> str:
    """Write numbers in the order given, neighbours as a range: "1–3, 5, 7–8"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _jalan(way: Way | None, prosedur: Prosedur) -> Jalan | None:
    if way is None:
        return None
    untimed = {langkah.nomor for langkah in prosedur.langkah if langkah.durasi is None}
    return Jalan(way.jumlah, way.langkah, way.bersamaan, tuple(sorted(untimed & set(way.langkah))))


def _rounds(places: tuple[Place, ...], back: frozenset[tuple[int, int]]) -> tuple[Putaran, ...]:
    """Name the loops that a way can come into."""
    found: list[Putaran] = []
    loop_of = {place: loop for loop in loops(places) for place in loop}
    ways: dict[tuple[int, ...], set[tuple[int, int]]] = {}
    for dari, ke in back:
        ways.setdefault(loop_of[dari], set()).add((places[dari].langkah, places[ke].langkah))
    for loop, returns in sorted(ways.items()):
        steps = sorted({places[place].langkah for place in loop})
        found.append(Putaran(tuple(steps), tuple(sorted(returns))))
    return tuple(found)


def _sum(ways: Iterable[Jalan | None]) -> Jumlah | None:
    amounts: list[Jumlah] = []
    for way in ways:
        if way is None:
            return None
        amounts.append(way.jumlah)
    return total(amounts)
