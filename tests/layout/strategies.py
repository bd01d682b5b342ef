"""Any SOP that the content reader could hand over: flows, texts, papers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from hypothesis import strategies as st

from sopdocs.layout import LayoutSettings, paper
from sopdocs.layout.measure import FontData
from sopdocs.model import (
    Alur,
    Bentuk,
    Hubungan,
    Istilah,
    Kelompok,
    Kertas,
    Langkah,
    Prosedur,
    RichText,
    Simbol,
    SimbolId,
    Sop,
    Span,
)

_WORDS = ("berkas", "surat", "memeriksa", "ketidaksesuaian/pertanggungjawaban", "e-mail", "dan", "SPPD", "kelengkapan")
_ANSWERS = ("Ya", "Tidak", "Lengkap", "Belum", "Administratif", "Perlu perbaikan", "A", "B")
_TEXTS = ("", "", "", "Setuju?", "Lengkap?", "Mulai", "R/T?")
_CALM = 0.6
"""Share of flows whose arrows reach two rows at most, as on most real sheets."""
_SECOND = 0.2
_HEADINGS = ("Umum", "Kepala", "Tim Teknis", "Sekretaris", "Kepala Subbagian Perencanaan", "Penanggungjawab Kegiatan")
_GROUPS = ("Kecamatan", "Kelurahan Contoh Jaya", "Dinas Kependudukan dan Pencatatan Sipil", "OPD", "Pemerintahan/Desa")
_GROUPED = 0.4
"""Share of sheets whose lanes stand in groups."""


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """An SOP and how it is to be laid out, without fonts."""

    sop: Sop
    kertas: Kertas
    headings: tuple[str, ...]
    before: int
    pages_before: int
    after: int
    new_page: bool

    def __repr__(self) -> str:
        """Its size: an example is found again by its seed and shard, and the whole would fill pages."""
        steps = [len(table.langkah) for table in self.sop.prosedur]
        return f"Case({len(self.headings)} lanes, {steps} steps, {self.kertas.value})"

    def settings(self, fonts: FontData) -> LayoutSettings:
        """What lay_out takes."""
        return LayoutSettings(
            paper(self.kertas),
            Istilah(),
            self.headings,
            fonts,
            self.before,
            self.pages_before,
            self.after,
            self.new_page,
        )


def _text(rng: Random, longest: int) -> RichText:
    return RichText.of(" ".join(rng.choices(_WORDS, k=rng.randint(0, longest))))


def _procedure(rng: Random, lanes: tuple[str, ...], count: int, longest: int) -> Prosedur:
    """A procedure of `count` steps over `lanes`."""
    symbols: list[tuple[Simbol, ...]] = []
    joins: list[tuple[str, ...]] = []
    for nomor in range(1, count + 1):
        wanted = min(rng.choice((1, 1, 1, 1, 2, 2, 3, 4)), len(lanes))
        where = rng.sample(lanes, wanted)
        symbols.append(tuple(_shape(rng, nomor, count, lane) for lane in where))
        joins.append(tuple(rng.choice((",", "&", "->")) for _ in where[1:]))
    edges = _edges(rng, symbols, joins)
    steps = tuple(
        Langkah(
            nomor,
            _text(rng, longest),
            shapes,
            _text(rng, 4),
            RichText.of("5 menit"),
            None,
            _text(rng, 4),
            _text(rng, 2),
            Span("sop.md", nomor),
        )
        for nomor, shapes in enumerate(symbols, start=1)
    )
    return Prosedur(steps, edges, rng.choice(("", "", "Pelayanan langsung")))


def _shape(rng: Random, nomor: int, count: int, lane: str) -> Simbol:
    kinds = [Bentuk.PROSES, Bentuk.PROSES, Bentuk.KEPUTUSAN, Bentuk.MULAI if nomor < 3 else Bentuk.PROSES]
    kind = rng.choice((*kinds, Bentuk.SELESAI if nomor > count - 2 else Bentuk.PROSES))
    label = rng.choice(_TEXTS)
    return Simbol(SimbolId(nomor, lane), kind, label, Span("sop.md", nomor))


class _Flow:
    """Edges as the content reader makes them: no loops on one symbol, no edge twice, none out of an end."""

    def __init__(self, rng: Random, symbols: list[tuple[Simbol, ...]]) -> None:
        self.rng = rng
        self.symbols = symbols
        self.every = [symbol for shapes in symbols for symbol in shapes]
        self.calm = rng.random() < _CALM
        self.found: dict[tuple[SimbolId, SimbolId], Alur] = {}

    def add(self, dari: Simbol, ke: Simbol, label: str = "", hubungan: Hubungan = Hubungan.LANJUT) -> None:
        leaves = hubungan is Hubungan.BERSAMA or dari.bentuk is not Bentuk.SELESAI
        if dari.id != ke.id and (dari.id, ke.id) not in self.found and leaves:
            self.found[dari.id, ke.id] = Alur(dari.id, ke.id, label, hubungan, dari.span)

    def goal(self, index: int) -> Simbol:
        if not self.calm:
            return self.rng.choice(self.every)
        step = index + self.rng.choice((-2, -1, 1, 1, 1, 2))
        return self.rng.choice(self.symbols[min(max(step, 0), len(self.symbols) - 1)])

    def leave(self, index: int, symbol: Simbol) -> None:
        rng = self.rng
        if symbol.bentuk is Bentuk.KEPUTUSAN:
            for answer in rng.sample(_ANSWERS, 2 if self.calm else rng.randint(2, 4)):
                self.add(symbol, self.goal(index), answer)
        elif index + 1 < len(self.symbols):
            # Mostly onwards; now and then a split, a jump or a way back.
            way = rng.randint(0, 9)
            jumps = [self.goal(index) for _ in range(rng.randint(0, 3))]
            for ke in self.symbols[index + 1][: 1 if way < 6 else None] if way < 8 else jumps:
                self.add(symbol, ke)


def _edges(rng: Random, symbols: list[tuple[Simbol, ...]], joins: list[tuple[str, ...]]) -> tuple[Alur, ...]:
    flow = _Flow(rng, symbols)
    for index, shapes in enumerate(symbols):
        for join, a, b in zip(joins[index], shapes, shapes[1:], strict=False):
            if join == "&":
                flow.add(a, b, hubungan=Hubungan.BERSAMA)
            elif join == "->" and a.bentuk is not Bentuk.KEPUTUSAN:
                flow.add(a, b)
        for symbol in shapes:
            flow.leave(index, symbol)
    return tuple(flow.found.values())


def _groups(rng: Random, lanes: tuple[str, ...]) -> tuple[Kelompok, ...]:
    """Runs of lanes under names of their own, some lanes left out."""
    if rng.random() > _GROUPED:
        return ()
    found: list[Kelompok] = []
    start = 0
    for name in rng.sample(_GROUPS, len(_GROUPS)):
        start += rng.choice((0, 0, 1))
        count = rng.randint(1, 6)
        if start < len(lanes):
            found.append(Kelompok(name, lanes[start : start + count]))
        start += count
    return tuple(found)


@st.composite
def cases(draw: st.DrawFn, most_lanes: int = 15, most_steps: int = 30) -> Case:
    """A sheet. Hypothesis chooses, and shrinks, its size; what stands in it follows from a seed."""
    width = draw(st.integers(1, most_lanes))
    height = draw(st.integers(1, most_steps))
    rng = Random(draw(st.integers(0, 2**32 - 1)))
    lanes = tuple(f"p{n}" for n in range(width))
    tables = [_procedure(rng, lanes, height, rng.choice((12, 12, 12, 40, 600)))]
    if rng.random() < _SECOND:
        tables.append(_procedure(rng, lanes, rng.randint(1, 4), 12))
    kertas = rng.choice(list(Kertas))
    full = paper(kertas).text_height
    sop = Sop("contoh", "Contoh", "camat", lanes, tuple(tables), spans={"": Span("sop.md")})
    case = Case(
        sop,
        kertas,
        tuple(rng.choice(_HEADINGS) for _ in lanes),
        rng.choice((0, full // 4, full // 2, full * 3 // 4, full)),
        rng.choice((0, 0, 1)),
        rng.choice((0, full // 5)),
        rng.random() < _SECOND,
    )
    return replace(case, sop=replace(sop, kelompok=_groups(rng, lanes)))
