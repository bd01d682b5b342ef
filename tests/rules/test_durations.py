"""How long a procedure takes, against sums worked out by hand."""

from __future__ import annotations

import itertools
import time
from decimal import Decimal
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.model import Alur, Bentuk, Durasi, Hubungan, Langkah, Prosedur, RichText, Satuan, Simbol, SimbolId, Sop
from sopdocs.rules.amounts import Jumlah
from sopdocs.rules.durations import WaktuProsedur, deret, procedure_times, sop_times

from ..workspaces import SOP as SHEET
from ..workspaces import make_workspace

LANES = ("umum", "kepala", "camat")


def read(root: Path, steps: str) -> Sop:
    """An SOP whose steps are given one a line: `Pelaksana | Waktu`, or `Pelaksana | Waktu | Alur`."""
    make_workspace(root)
    (root / "content" / "pelaksana.yaml").write_text("".join(f"{lane}: {{nama: {lane}}}\n" for lane in LANES))
    head = SHEET.format(nomor="009/CONTOH/2024", nama="Contoh", benda="contoh").partition("### 1.")[0]
    body = head.replace("[umum, kepala]", f"[{', '.join(LANES)}]")
    for number, line in enumerate((line for line in steps.splitlines() if line.strip()), start=1):
        who, waktu, *alur = (part.strip() for part in line.split("|"))
        body += f"\n### {number}. Memeriksa contoh\n- Pelaksana: {who}\n- Waktu: {waktu}\n"
        for lines in [alur] if alur else []:
            below = ":" in lines[0]
            body += "- Alur:\n" + "".join(f"  - {way}\n" for way in lines) if below else f"- Alur: {lines[0]}\n"
    (root / "content" / "sop" / "contoh.md").write_text(body, encoding="utf-8")
    reading = read_workspace(root)
    assert reading.findings == ()
    assert reading.workspace is not None
    return reading.workspace.sop["contoh"]


def times(root: Path, steps: str) -> WaktuProsedur:
    (prosedur,) = sop_times(read(root, steps)).prosedur
    return prosedur


def shown(prosedur: WaktuProsedur) -> list[str]:
    """Both ways and the loops, in words."""
    ways = [prosedur.tercepat, prosedur.terlama]
    return [
        *(f"{way.jumlah.teks}: {deret(way.langkah)}" if way else "-" for way in ways),
        *(putaran.teks for putaran in prosedur.putaran),
    ]


CASES = {
    # 30 + 60 + 90 menit
    "straight": ("umum | 30 menit\nkepala | 1 jam\numum | 1,5 jam", ["3 jam: 1–3", "3 jam: 1–3"]),
    # 5 + 10 + 5; 5 + 10 + 60 + 5
    "skip": (
        "umum | 5 menit\nkepala (keputusan) | 10 menit | Ya → 4; Tidak → 3\numum | 1 jam\numum | 5 menit",
        ["20 menit: 1–2, 4", "1 jam 20 menit: 1–4"],
    ),
    # the shortest takes the low ends: 1 + 2; the longest the high ones: 3 + 2
    "ranges": ("umum | 1–3 hari\nkepala | 2 hari", ["3 hari: 1–2", "5 hari: 1–2"]),
    # one step of three symbols in a row counts once: 10 + 30
    "a row": ("umum | 10 menit\numum -> kepala -> camat | 30 menit", ["40 menit: 1–2", "40 menit: 1–2"]),
    "together": ("umum | 10 menit\numum & kepala & camat | 30 menit", ["40 menit: 1–2", "40 menit: 1–2"]),
    # two decisions within step 2: 5 + 10 + 5, or 5 + 10 + 60 + 5
    "two decisions in a step": (
        "umum | 5 menit | 2.umum\numum (keputusan), kepala (keputusan) | 10 menit"
        " | umum: Ya → 2.kepala; Tidak → 4 | kepala: Ya → 3; Tidak → 4\numum | 1 jam\numum | 5 menit",
        ["20 menit: 1–2, 4", "1 jam 20 menit: 1–4"],
    ),
    # loops straight back add nothing: 2 × 5 + 5 + 5
    "three back to the start": (
        "umum | 5 menit\nkepala (keputusan) | 5 menit | Ya → 3; Tidak → 1\n"
        "camat (keputusan) | 5 menit | Ya → 4; Tidak → 1\numum | 5 menit",
        ["20 menit: 1–4", "20 menit: 1–4", "langkah 1–3, kembali dari langkah 2–3 ke 1"],
    ),
    "nested loops": (
        "umum | 5 menit\numum | 5 menit\nkepala (keputusan) | 5 menit | Ya → 4; Tidak → 2\n"
        "camat (keputusan) | 5 menit | Ya → 5; Tidak → 1\numum | 5 menit",
        ["25 menit: 1–5", "25 menit: 1–5", "langkah 1–4, kembali dari langkah 4 ke 1, dari langkah 3 ke 2"],
    ),
    # repairing is in the loop only: the longest goes there once, 15 + 15 + 60 + 30 + 10
    "a loop with steps of its own": (
        "umum | 15 menit\nkepala (keputusan) | 15 menit | Ya → 5; Tidak → 3\numum | 1 jam\n"
        "umum | 30 menit | 2\numum | 10 menit",
        ["40 menit: 1–2, 5", "2 jam 10 menit: 1–5", "langkah 2–4, kembali dari langkah 4 ke 2"],
    ),
    # 2 and 3 after the first decision are the longer of its answers, and 4 comes back: 1 + (1) + 4 + 2
    "an answer longer than a loop": (
        "umum (mulai) | 1 menit\nkepala (keputusan) | 1 menit | A → 3; B → 4; C → 5\numum | 2 menit | 2\n"
        "umum | 4 menit | 6\numum | 8 menit | 6\numum | 1 menit",
        ["7 menit: 1–2, 4, 6", "13 menit: 1–3, 5–6", "langkah 2–3, kembali dari langkah 3 ke 2"],
    ),
    # steps written out of order are no loop: 5 + 7 + 6
    "an earlier step that is no loop": (
        "umum | 5 menit | 3\numum (selesai) | 6 menit\nkepala | 7 menit | 2",
        ["18 menit: 1, 3, 2", "18 menit: 1, 3, 2"],
    ),
    # 4 stands before 5 but is done after it, and only in the loop: 1 + 5; 1 + 5 + 4
    "a loop that begins at its later step": (
        "umum | 1 menit | 3\ncamat | 4 menit\nkepala (keputusan) | 5 menit | Ya → 4; Tidak → 2\numum | 0 menit",
        ["6 menit: 1, 3–4", "10 menit: 1, 3, 2, 4", "langkah 2–3, kembali dari langkah 2 ke 3"],
    ),
    # kepala does 2 and 3 again where umum fails, so each stay counts: 1 + 2 + 3 + 2 + 3 + 4
    "steps done again in another lane": (
        "umum | 1 menit | 2.umum\numum, kepala | 2 menit | 3\numum (keputusan), kepala (keputusan) | 3 menit"
        " | umum: Ya → 4; Tidak → 2.kepala | kepala: Ya → 4; Tidak → 2.umum\numum | 4 menit",
        ["10 menit: 1–4", "15 menit: 1–3, 2–4", "langkah 2–3, kembali dari langkah 3 ke 2"],
    ),
    # by arrow 5 + 1, by mail 2 + 1
    "two starts": (
        "umum (mulai) | 5 menit | 3\nkepala (mulai) | 2 menit | 3\ncamat | 1 menit",
        ["3 menit: 2–3", "6 menit: 1, 3"],
    ),
    # 5 + 1; 5 + 7
    "two ends": (
        "umum | 5 menit\nkepala (keputusan) | 0 menit | Ya → 3; Tidak → 4\numum (selesai) | 7 menit\ncamat | 1 menit",
        ["6 menit: 1–2, 4", "12 menit: 1–3"],
    ),
    "no start": (
        "umum (keputusan) | 5 menit | Ya → 2; Tidak → 3\nkepala (selesai) | 2 menit\ncamat (selesai) | 1 menit",
        ["-", "-"],
    ),
    # 2 working days against 3 days: about 2.8 against 3 days, so 3 days is longer; neither is converted
    "units that do not compare": (
        "umum | 5 menit\nkepala (keputusan) | 5 menit | Ya → 3; Tidak → 4\numum | 3 hari | 5\n"
        "umum | 2 hari kerja\ncamat | 1 bulan",
        ["1 bulan + 2 hari kerja + 10 menit: 1–2, 4–5", "1 bulan + 3 hari + 10 menit: 1–3, 5"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_by_hand(name: str, tmp_path: Path) -> None:
    steps, expected = CASES[name]
    assert shown(times(tmp_path, steps)) == expected


def test_parallel_branches_run_at_the_same_time(tmp_path: Path) -> None:
    # 10, then (60) beside (20, then 5 or 30), then 15: shortest 10 + 60 + 15; longest the same, as 20 + 30 < 60
    steps = (
        "umum | 10 menit | 2, 3\nkepala | 1 jam | 5\ncamat (keputusan) | 20 menit | Ya → 5; Tidak → 4\n"
        "camat | 30 menit\numum | 15 menit"
    )
    short = times(tmp_path / "a", steps)
    assert short.tercepat is not None
    assert short.terlama is not None
    assert (short.tercepat.jumlah.teks, short.tercepat.langkah, short.tercepat.bersamaan) == (
        "1 jam 25 menit",
        (1, 2, 5),
        (3,),
    )
    assert (short.terlama.jumlah.teks, short.terlama.langkah, short.terlama.bersamaan) == (
        "1 jam 25 menit",
        (1, 2, 5),
        (3, 4),
    )
    # with 2 jam for step 4 that branch is the slower one, when it is taken: 10 + 20 + 120 + 15
    slow = times(tmp_path / "b", steps.replace("30 menit", "2 jam"))
    assert slow.tercepat == short.tercepat
    assert slow.terlama is not None
    assert (slow.terlama.jumlah.teks, slow.terlama.langkah) == ("2 jam 45 menit", (1, 3, 4, 5))


def test_an_answer_with_two_targets_takes_both(tmp_path: Path) -> None:
    # Ya: 10 + max(60, 5) + 1; Tidak: 10 + 20 + 1
    steps = (
        'umum (keputusan "Ada?"), kepala (mulai) | 10 menit | kepala: 1.umum | umum: Ya → 2, 3; Tidak → 4\n'
        "umum | 1 jam | 5\nkepala | 5 menit | 5\ncamat | 20 menit\numum | 1 menit"
    )
    assert shown(times(tmp_path, steps))[:2] == ["31 menit: 1, 4–5", "1 jam 11 menit: 1–2, 5"]


def test_steps_without_time_are_counted_and_named(tmp_path: Path) -> None:
    found = times(tmp_path, 'umum | 5 menit\nkepala | -\ncamat | "sesuai jadwal"\numum | 1 jam')
    assert found.tercepat is not None
    assert (found.tercepat.jumlah.teks, found.tercepat.tanpa_waktu) == ("1 jam 5 menit", (2, 3))
    assert [(b.pelaksana, b.tanpa_waktu) for b in found.beban] == [("umum", 0), ("kepala", 1), ("camat", 1)]


def test_lanes(tmp_path: Path) -> None:
    found = times(tmp_path, "umum | 5 menit\numum & kepala | 1–2 hari kerja\numum -> kepala | 1 jam")
    # umum 5 menit, 1–2 hari kerja, 1 jam; kepala 1–2 hari kerja, 1 jam; camat nothing
    assert [(b.pelaksana, b.langkah, b.paling_singkat.teks, b.paling_lama.teks) for b in found.beban] == [
        ("umum", 3, "1 hari kerja + 1 jam 5 menit", "2 hari kerja + 1 jam 5 menit"),
        ("kepala", 2, "1 hari kerja + 1 jam", "2 hari kerja + 1 jam"),
    ]


def chain(*durations: Durasi | None) -> Prosedur:
    """Steps one after the other in one lane."""
    places = [SimbolId(number, "umum") for number in range(1, len(durations) + 1)]
    shapes = [Bentuk.MULAI, *[Bentuk.PROSES] * (len(places) - 2), Bentuk.SELESAI]
    text = RichText.of("Memeriksa")
    steps = tuple(
        Langkah(place.langkah, text, (Simbol(place, shape),), durasi=durasi)
        for place, shape, durasi in zip(places, shapes, durations, strict=True)
    )
    return Prosedur(steps, tuple(Alur(a, b) for a, b in itertools.pairwise(places)))


def test_units_are_kept_apart() -> None:
    every = [Durasi(2, 2, unit) for unit in Satuan]
    found = procedure_times(chain(*every), LANES)
    assert found.tercepat is not None
    # 2 menit + 2 jam = 122 menit; 2 hari + 2 minggu = 16 hari
    assert found.tercepat.jumlah == Jumlah(Decimal(122), Decimal(2), Decimal(16), Decimal(2))
    assert found.tercepat.jumlah.teks == "2 bulan + 16 hari + 2 hari kerja + 2 jam 2 menit"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Jumlah(), "0 menit"),
        (Jumlah(menit=Decimal(90)), "1 jam 30 menit"),
        (Jumlah(menit=Decimal(1800)), "30 jam"),
        (Jumlah(menit=Decimal("0.6")), "0,6 menit"),
        (Jumlah(menit=Decimal(45), hari_kerja=Decimal(2)), "2 hari kerja + 45 menit"),
        (Jumlah(hari=Decimal("1.50")), "1,5 hari"),
        (Jumlah(hari=Decimal(100)), "100 hari"),
    ],
)
def test_text(amount: Jumlah, text: str) -> None:
    assert amount.teks == text


def test_tenths_add_up_exactly() -> None:
    found = procedure_times(chain(*[Durasi(0.1, 0.1, Satuan.HARI)] * 10), LANES)
    assert found.terlama is not None
    assert found.terlama.jumlah.teks == "1 hari"


@pytest.mark.parametrize("missing", [Bentuk.MULAI, Bentuk.SELESAI])
def test_without_start_or_end_there_is_no_way(missing: Bentuk) -> None:
    prosedur = chain(*[Durasi(1, 1, Satuan.JAM)] * 3)
    steps = tuple(
        Langkah(
            step.nomor,
            step.uraian,
            tuple(Simbol(s.id, Bentuk.PROSES if s.bentuk is missing else s.bentuk) for s in step.simbol),
            durasi=step.durasi,
        )
        for step in prosedur.langkah
    )
    found = procedure_times(Prosedur(steps, prosedur.alur), LANES)
    assert (found.tercepat, found.terlama) == (None, None)
    assert found.beban[0].paling_lama.teks == "3 jam"


def test_procedures_are_added_up(tmp_path: Path) -> None:
    sop = read(tmp_path, "umum | 1–2 jam\nkepala | 5 menit")
    twice = Sop("dua", "Dua", "camat", LANES, sop.prosedur * 2)
    found = sop_times(twice)
    assert found.tercepat is not None
    assert found.terlama is not None
    assert (found.tercepat.teks, found.terlama.teks) == ("2 jam 10 menit", "4 jam 10 menit")
    assert [(b.pelaksana, b.langkah, b.paling_lama.teks) for b in found.beban] == [
        ("umum", 2, "4 jam"),
        ("kepala", 2, "10 menit"),
    ]
    broken = Sop("tiga", "Tiga", "camat", LANES, (*sop.prosedur, Prosedur(sop.prosedur[0].langkah, ())))
    assert (sop_times(broken).tercepat, sop_times(broken).terlama) == (None, None)


def test_a_dense_flow_of_60_steps_and_15_lanes_takes_no_time() -> None:
    lanes = tuple(f"lajur{number}" for number in range(15))
    text = RichText.of("Memeriksa")
    shape = dict.fromkeys(range(1, 61), Bentuk.KEPUTUSAN) | {1: Bentuk.MULAI, 60: Bentuk.SELESAI}
    steps = tuple(
        Langkah(
            number,
            text,
            tuple(Simbol(SimbolId(number, lane), shape[number]) for lane in lanes),
            durasi=Durasi(number, number, Satuan.MENIT),
        )
        for number in range(1, 61)
    )
    ways = tuple(
        Alur(SimbolId(number, here), SimbolId(number + ahead, there), f"{ahead}{there}")
        for number in range(1, 60)
        for ahead in (1, 2, 3, -1)
        if 1 <= number + ahead <= 60
        for here in lanes
        for there in lanes
    )
    before = time.perf_counter()
    found = procedure_times(Prosedur(steps, ways), lanes)
    assert time.perf_counter() - before < 20  # by the clock of a busy machine; one by one there are over 15^59 ways
    assert found.tercepat is not None
    assert found.terlama is not None
    # every step: 1 + 2 + … + 60
    assert found.terlama.jumlah.teks == "30 jam 30 menit"
    assert found.terlama.langkah == tuple(range(1, 61))
    # the start goes to 2, 3 and 4 at the same time; slowest is 2, then 3, 6, …, 60: 1 + 2 + 3 × (1 + … + 20)
    assert found.tercepat.jumlah.teks == "10 jam 33 menit"


def test_symbols_joined_across_are_one_place() -> None:
    """`&` in the middle of the way: entered at one symbol, left from the other."""
    text = RichText.of("Memeriksa")
    a, b, c, d = SimbolId(1, "umum"), SimbolId(2, "umum"), SimbolId(2, "kepala"), SimbolId(3, "kepala")
    steps = (
        Langkah(1, text, (Simbol(a, Bentuk.MULAI),), durasi=Durasi(1, 1, Satuan.JAM)),
        Langkah(2, text, (Simbol(b, Bentuk.PROSES), Simbol(c, Bentuk.PROSES)), durasi=Durasi(2, 2, Satuan.JAM)),
        Langkah(3, text, (Simbol(d, Bentuk.SELESAI),), durasi=Durasi(3, 3, Satuan.JAM)),
    )
    found = procedure_times(Prosedur(steps, (Alur(a, b), Alur(b, c, "", Hubungan.BERSAMA), Alur(c, d))), LANES)
    assert found.tercepat is not None
    assert (found.tercepat.jumlah.teks, found.tercepat.langkah) == ("6 jam", (1, 2, 3))


@pytest.mark.parametrize(
    ("numbers", "text"),
    [((), ""), ((4,), "4"), ((1, 2, 3, 5, 7, 8), "1–3, 5, 7–8"), ((3, 2, 1), "3, 2, 1"), ((1, 2, 1, 2), "1–2, 1–2")],
)
def test_a_row_of_numbers(numbers: tuple[int, ...], text: str) -> None:
    assert deret(numbers) == text
