"""Made-up revisions: steps, paragraphs, lists, lanes, procedures and looks come, go, move and are reworded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tracked_pairs import check_pair
from word_samples import LANES, SOP_TEMPLATE, edge, inputs, sop, step

from sopdocs.layout import FontData
from sopdocs.model import (
    Bentuk,
    Kelompok,
    Langkah,
    Paragraph,
    Pejabat,
    Prosedur,
    RichText,
    Run,
    Sop,
    TandaTangan,
)
from sopdocs.word import Inputs

_WORDS = st.sampled_from(
    "menerima surat masuk dan mencatat dalam buku agenda, arsip {x} <b> Camat 12 (dua) - ; a/b".split(" ")
)
State = tuple[Sop, dict[str, Any]]
_TEXT = st.lists(_WORDS, min_size=1, max_size=9).map(" ".join)
_RUNS = st.lists(
    st.builds(Run, _TEXT, st.booleans(), st.booleans(), st.sampled_from((None, "lain"))), min_size=1, max_size=3
)
_LINES = st.builds(lambda a, b: (Run(f"{a}\n{b}"),), _TEXT, _TEXT)
_MARKERS = st.sampled_from(("", "1.", "a.", "•"))
_PARAGRAPH = st.builds(
    lambda runs, marker, level: Paragraph(tuple(runs), marker, level if marker else 0),
    st.one_of(_RUNS, _LINES),
    _MARKERS,
    st.integers(0, 1),
)
_RICH = st.lists(_PARAGRAPH, max_size=4).map(lambda found: RichText(tuple(found)))
_CELL = st.one_of(_RICH, st.just(RichText.of("-")), st.just(RichText()))
_STEP = st.builds(
    lambda uraian, syarat, waktu, output, keterangan: step(
        1, uraian, syarat=syarat, waktu=waktu, output=output, keterangan=keterangan
    ),
    _RICH.filter(bool),
    *[_CELL] * 4,
)
_STEPS = st.lists(_STEP, min_size=1, max_size=6)
_DAY = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2024, 12, 31)))


@st.composite
def _revised(draw: st.DrawFn, steps: list[Langkah]) -> list[Langkah]:
    """Some steps of the old ones, in an order like theirs, some of them reworded, and others among them."""
    kept = [each for each in steps if draw(st.integers(0, 4))]
    if draw(st.booleans()):
        kept = draw(st.permutations(kept))
    found: list[Langkah] = []
    for each in kept:
        if not draw(st.integers(0, 3)):
            found.append(draw(_STEP))
        field = draw(st.sampled_from(("", "", "uraian", "syarat", "waktu", "output", "keterangan")))
        found.append(replace(each, **{field: draw(_RICH.filter(bool))}) if field else each)
    return found or [draw(_STEP)]


def _procedure(draw: st.DrawFn, steps: list[Langkah], lanes: tuple[str, ...], judul: str) -> Prosedur:
    """The steps numbered, each in some lane, one after another."""
    at = [draw(st.sampled_from(lanes)) for _ in steps]
    numbered = [
        replace(each, nomor=n, simbol=step(n, symbols={lane: Bentuk.PROSES}).simbol)
        for n, (each, lane) in enumerate(zip(steps, at, strict=True), start=1)
    ]
    edges = [edge(f"{n}.{at[n - 1]}", f"{n + 1}.{at[n]}") for n in range(1, len(at))]
    return Prosedur(tuple(numbered), tuple(edges), judul)


@st.composite
def _state(draw: st.DrawFn, steps: dict[str, list[Langkah]]) -> State:
    lanes = tuple(draw(st.permutations(LANES))[: draw(st.integers(1, 4))])
    titles = draw(st.permutations(list(steps)))
    tables = [_procedure(draw, steps[title], lanes, title) for title in titles]
    lists = {name: draw(_RICH) for name in ("dasar_hukum", "keterkaitan", "peringatan", "pencatatan")}
    groups = (Kelompok(draw(st.sampled_from(("Seksi", "Sekretariat"))), lanes[:2]),) if draw(st.booleans()) else ()
    made = sop(
        *tables,
        nama=draw(_TEXT),
        pelaksana=lanes,
        kelompok=groups,
        nomor=draw(st.sampled_from(("060/01/2023", "060/7/2024", None))),
        revisi=draw(_DAY),
        efektif=draw(_DAY),
        pengesahan=draw(_DAY),
        **lists,
    )
    office = {
        "konsep": draw(st.booleans()),
        "tempat": draw(st.sampled_from((None, "Contoh"))),
        "tanda_tangan": draw(st.sampled_from(TandaTangan)),
        "alamat": draw(st.sampled_from((None, "Jalan Contoh 1"))),
        "camat": draw(st.sampled_from(("Siti Aminah, S.I.P.", "Budi Contoh, S.H."))),
    }
    return made, office


def state_inputs(office: dict[str, Any]) -> Inputs:
    about = inputs(**{key: value for key, value in office.items() if key != "camat"})
    about.workspace.pejabat["camat"] = Pejabat("camat", "Camat Contoh", office["camat"], "19700101 199001 2 001")
    return about


@st.composite
def revisions(draw: st.DrawFn) -> tuple[State, State]:
    titles = draw(st.lists(st.sampled_from(("Surat biasa", "Surat penting", "Surat rahasia")), unique=True, max_size=2))
    before = {title: draw(_STEPS) for title in titles or [""]}
    after = {
        title: draw(_revised(steps)) for title, steps in before.items() if len(before) == 1 or draw(st.integers(0, 3))
    }
    if not after or not draw(st.integers(0, 4)):
        after["Arsip"] = draw(_STEPS)
    return draw(_state(before)), draw(_state(after))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(revisions())
def test_both_states_come_out_again(fonts: FontData, pair: tuple[State, State]) -> None:
    (old, before), (new, after) = pair
    check_pair(old, new, (state_inputs(before), state_inputs(after)), SOP_TEMPLATE, fonts)
