"""The flow: every symbol is reached, every way ends, every decision decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sopdocs.model import Alur, Bentuk, Hubungan, Prosedur, Severity, Simbol, SimbolId, Sop, Span
from sopdocs.rules.rule import FLOWCHART, PRAKTIK, Hit, each_procedure, each_sop

TOPIC = "Alur"
Ways = dict[SimbolId, set[SimbolId]]


@each_procedure(
    "SOP120",
    "Keputusan tidak bercabang",
    Severity.GALAT,
    FLOWCHART,
    "Belah ketupat berarti memilih; tanpa dua jawaban tidak ada yang dipilih.",
)
def undecided(sop: Sop, prosedur: Prosedur) -> Iterator[Hit]:
    for simbol, ways in _decisions(prosedur):
        if len({alur.label.casefold() for alur in ways}) < 2:
            message = f"Keputusan pada langkah {simbol.id.langkah} harus punya paling sedikit dua cabang yang berbeda"
            yield Hit(_at(sop, simbol), message, "contoh: - Alur: Ya → 5; Tidak → 2")


def _decisions(prosedur: Prosedur) -> Iterator[tuple[Simbol, list[Alur]]]:
    """Every decision with its branches."""
    leaving: defaultdict[SimbolId, list[Alur]] = defaultdict(list)
    for alur in prosedur.alur:
        if alur.hubungan is Hubungan.LANJUT:
            leaving[alur.dari].append(alur)
    for simbol in prosedur.simbol:
        if simbol.bentuk is Bentuk.KEPUTUSAN:
            yield simbol, leaving[simbol.id]


@each_procedure(
    "SOP122",
    "Lambang tidak terjangkau",
    Severity.GALAT,
    PRAKTIK,
    "Langkah yang tidak didatangi panah tidak pernah dikerjakan.",
)
def unreached(sop: Sop, prosedur: Prosedur) -> Iterator[Hit]:
    starts = [simbol.id for simbol in prosedur.simbol if simbol.bentuk is Bentuk.MULAI]
    reached = _closure(starts, _ahead(prosedur))
    for simbol in prosedur.simbol:
        if starts and simbol.id not in reached:
            yield _hit(sop, simbol, "tidak dicapai alur mana pun", "arahkan Alur langkah lain ke sini")


@each_procedure(
    "SOP123",
    "Alur buntu",
    Severity.GALAT,
    FLOWCHART,
    "Setiap alur berakhir pada lambang selesai.",
)
def dead_end(sop: Sop, prosedur: Prosedur) -> Iterator[Hit]:
    ends = [simbol.id for simbol in prosedur.simbol if simbol.bentuk is Bentuk.SELESAI]
    behind: defaultdict[SimbolId, set[SimbolId]] = defaultdict(set)
    for start, targets in _ahead(prosedur).items():
        for target in targets:
            behind[target].add(start)
    ending = _closure(ends, behind)
    for simbol in prosedur.simbol:
        if ends and simbol.id not in ending:
            yield _hit(sop, simbol, "tidak pernah sampai ke selesai", "tulis Alur menuju langkah akhir")


@each_procedure(
    "SOP124",
    "Alur tanpa mulai atau selesai",
    Severity.GALAT,
    FLOWCHART,
    "Kapsul menandai awal dan akhir setiap prosedur.",
)
def no_start_or_end(sop: Sop, prosedur: Prosedur) -> Iterator[Hit]:
    for bentuk in (Bentuk.MULAI, Bentuk.SELESAI):
        if prosedur.simbol and not any(simbol.bentuk is bentuk for simbol in prosedur.simbol):
            hint = f"tulis misalnya - Pelaksana: umum ({bentuk.value})"
            yield Hit(prosedur.span or sop.at("prosedur"), f"Prosedur ini tidak punya lambang {bentuk.value}", hint)


@each_sop(
    "SOP125",
    "Lajur tanpa langkah",
    Severity.GALAT,
    PRAKTIK,
    "Lajur kosong memberi kesan bahwa pelaksana itu bertugas.",
)
def idle_lane(sop: Sop) -> Iterator[Hit]:
    used = {simbol.id.pelaksana for prosedur in sop.prosedur for simbol in prosedur.simbol}
    for key in sop.pelaksana:
        if key not in used and sop.prosedur:
            message = f"Pelaksana “{key}” tidak mengerjakan langkah apa pun"
            yield Hit(sop.at(f"pelaksana.{key}"), message, "hapus dari pelaksana: […]")


def _ahead(prosedur: Prosedur) -> Ways:
    """Where each symbol leads; symbols done together lead to each other."""
    ahead: defaultdict[SimbolId, set[SimbolId]] = defaultdict(set)
    for alur in prosedur.alur:
        ahead[alur.dari].add(alur.ke)
        if alur.hubungan is Hubungan.BERSAMA:
            ahead[alur.ke].add(alur.dari)
    return ahead


def _closure(start: Iterable[SimbolId], ways: Ways) -> set[SimbolId]:
    found = set(start)
    todo = list(found)
    while todo:
        for there in ways.get(todo.pop(), set()) - found:
            found.add(there)
            todo.append(there)
    return found


def _hit(sop: Sop, simbol: Simbol, what: str, hint: str) -> Hit:
    return Hit(_at(sop, simbol), f"Lambang langkah {simbol.id.langkah} pada lajur “{simbol.id.pelaksana}” {what}", hint)


def _at(sop: Sop, simbol: Simbol) -> Span:
    return simbol.span or sop.at("prosedur")
