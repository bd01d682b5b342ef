"""The shortest and the longest way, against every way counted one by one, and in flows that make no sense."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.model import Alur, Bentuk, Durasi, Hubungan, Langkah, Prosedur, RichText, Satuan, Simbol, SimbolId
from sopdocs.rules.amounts import Jumlah, jumlah
from sopdocs.rules.durations import procedure_times

LANES = ("umum", "kepala", "camat")


@st.composite
def flows(draw: st.DrawFn) -> Prosedur:
    """Flows of decisions and plain steps without splits; arrows forward, and back to a step every way came through."""
    size = draw(st.integers(2, 9))
    ahead: dict[int, list[int]] = {}
    for here in range(1, size):
        ahead[here] = draw(st.lists(st.integers(here + 1, size), min_size=1, max_size=3, unique=True))
    back: dict[int, list[int]] = {}
    for here in draw(st.lists(st.integers(2, size - 1), max_size=3, unique=True)) if size > 2 else []:
        every_way = [set(way) for way in _ways(1, ahead, (), here)]
        passed = sorted(set.intersection(*every_way) - {here}) if every_way else []
        if passed:
            back[here] = [draw(st.sampled_from(passed))]
    text = RichText.of("Memeriksa")
    steps: list[Langkah] = []
    ways: list[Alur] = []
    for here in range(1, size + 1):
        targets = ahead.get(here, []) + back.get(here, [])
        bentuk = Bentuk.SELESAI if here == size else Bentuk.KEPUTUSAN if len(targets) > 1 else Bentuk.PROSES
        simbol = Simbol(SimbolId(here, "umum"), bentuk)
        low, more = draw(st.integers(0, 50)), draw(st.integers(0, 9))
        steps.append(Langkah(here, text, (simbol,), durasi=Durasi(low, low + more, Satuan.MENIT)))
        ways += [Alur(simbol.id, SimbolId(there, "umum"), f"ke {there}") for there in targets]
    # A start of its own, so that the first step may be a decision.
    start = Simbol(SimbolId(1, "kepala"), Bentuk.MULAI)
    steps[0] = Langkah(1, text, (start, *steps[0].simbol), durasi=steps[0].durasi)
    return Prosedur(tuple(steps), (Alur(start.id, SimbolId(1, "umum")), *ways))


def _ways(here: int, ahead: dict[int, list[int]], before: tuple[int, ...], goal: int) -> Iterator[tuple[int, ...]]:
    """Every way to `goal` that passes no step twice."""
    way = (*before, here)
    if here == goal:
        yield way
        return
    for there in ahead.get(here, []):
        if there not in way:
            yield from _ways(there, ahead, way, goal)


@given(flows())
def test_as_every_way_counted_one_by_one(prosedur: Prosedur) -> None:
    ahead: dict[int, list[int]] = {}
    for alur in prosedur.alur[1:]:
        ahead.setdefault(alur.dari.langkah, []).append(alur.ke.langkah)
    durations = {step.nomor: step.durasi for step in prosedur.langkah}
    ways = list(_ways(1, ahead, (), len(prosedur.langkah)))
    found = procedure_times(prosedur, LANES)
    assert found.tercepat is not None
    assert found.terlama is not None
    for jalan, longest, pick in ((found.tercepat, False, min), (found.terlama, True, max)):
        minutes = [sum(jumlah(durations[step], longest=longest).menit for step in way) for way in ways]
        assert jalan.jumlah.menit == pick(minutes)
        assert jalan.langkah in ways
        assert minutes[ways.index(jalan.langkah)] == jalan.jumlah.menit
    assert {way for loop in found.putaran for way in loop.kembali} == {
        (here, there) for here, targets in ahead.items() for there in targets if there < here
    }


@given(flows(), st.sampled_from(Satuan), st.sets(st.integers(1, 9)))
def test_the_shortest_way_is_not_longer_than_the_longest(prosedur: Prosedur, unit: Satuan, split: set[int]) -> None:
    """With parallel splits too: some decisions become plain steps."""
    steps = tuple(
        Langkah(
            step.nomor,
            step.uraian,
            tuple(
                Simbol(s.id, Bentuk.PROSES if s.bentuk is Bentuk.KEPUTUSAN and step.nomor in split else s.bentuk)
                for s in step.simbol
            ),
            durasi=step.durasi and Durasi(step.durasi.paling_singkat, step.durasi.paling_lama, unit),
        )
        for step in prosedur.langkah
    )
    found = procedure_times(Prosedur(steps, prosedur.alur), LANES)
    assert found.tercepat is not None
    assert found.terlama is not None
    short, long = found.tercepat.jumlah, found.terlama.jumlah
    assert all(getattr(short, part) <= getattr(long, part) for part in ("menit", "hari_kerja", "hari", "bulan"))
    amounts = {step.nomor: jumlah(step.durasi, longest=True) for step in steps}
    assert sum((amounts[step] for step in found.terlama.langkah), Jumlah()) == long


@st.composite
def any_flows(draw: st.DrawFn) -> Prosedur:
    """Any shapes and arrows, sensible or not."""
    size = draw(st.integers(1, 6))
    ids = [SimbolId(n, lane) for n in range(1, size + 1) for lane in draw(st.sets(st.sampled_from(LANES), min_size=1))]
    symbols = [Simbol(id_, draw(st.sampled_from(Bentuk))) for id_ in ids]
    times_ = draw(st.lists(st.none() | st.sampled_from(_TIMES), min_size=size, max_size=size))
    steps = tuple(
        Langkah(n, RichText.of("x"), tuple(s for s in symbols if s.id.langkah == n), durasi=times_[n - 1])
        for n in range(1, size + 1)
    )
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=20, unique=True))
    ways = tuple(
        Alur(
            a,
            b,
            draw(st.sampled_from(["", "Ya", "Tidak"])),
            draw(st.sampled_from(_LINKS)) if _near(a, b) else _LINKS[0],
        )
        for a, b in pairs
        if a != b
    )
    return Prosedur(steps, ways)


_TIMES = (Durasi(1, 2, Satuan.HARI), Durasi(3, 3, Satuan.HARI_KERJA), Durasi(40, 50, Satuan.MENIT))
_LINKS = (Hubungan.LANJUT, Hubungan.BERSAMA)


def _near(a: SimbolId, b: SimbolId) -> bool:
    return a.langkah == b.langkah


def _end_is_reached(prosedur: Prosedur) -> bool:
    reached = {simbol.id for simbol in prosedur.simbol if simbol.bentuk is Bentuk.MULAI}
    while True:
        more = {a.ke for a in prosedur.alur if a.dari in reached}
        more |= {a.dari for a in prosedur.alur if a.ke in reached and a.hubungan is Hubungan.BERSAMA}
        if more <= reached:
            return any(simbol.id in reached for simbol in prosedur.simbol if simbol.bentuk is Bentuk.SELESAI)
        reached |= more


@settings(max_examples=400)
@given(any_flows())
def test_any_flow_has_a_way_when_an_end_is_reached(prosedur: Prosedur) -> None:
    found = procedure_times(prosedur, LANES)
    assert (found.tercepat is None, found.terlama is None) == (not _end_is_reached(prosedur),) * 2
    if found.tercepat is None or found.terlama is None:
        return
    assert found.tercepat.jumlah.perkiraan <= found.terlama.jumlah.perkiraan
    for jalan, longest in ((found.tercepat, False), (found.terlama, True)):
        amounts = {step.nomor: jumlah(step.durasi, longest=longest) for step in prosedur.langkah}
        assert sum((amounts[step] for step in jalan.langkah), Jumlah()) == jalan.jumlah
        assert not {*jalan.langkah} & {*jalan.bersamaan}
