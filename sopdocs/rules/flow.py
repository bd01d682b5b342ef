"""The flow: every symbol is reached, every way ends, every decision decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sopdocs.model import Alur, Bentuk, Finding, Hubungan, Prosedur, Simbol, SimbolId, Sop

CODES: dict[str, str] = {
    "SOP120": "Keputusan tidak bercabang",
    "SOP121": "Cabang keputusan kembar",
    "SOP122": "Lambang tidak terjangkau",
    "SOP123": "Alur buntu",
    "SOP124": "Alur tanpa mulai atau selesai",
    "SOP125": "Lajur tanpa langkah",
}


def check_flow(sop: Sop, prosedur: Prosedur) -> Iterator[Finding]:
    """Judge the flow of one procedure."""
    leaving: defaultdict[SimbolId, list[Alur]] = defaultdict(list)
    for alur in prosedur.alur:
        leaving[alur.dari].append(alur)
    yield from _decisions(sop, prosedur, leaving)
    yield from _ends(sop, prosedur)
    yield from _reach(sop, prosedur)


def _decisions(sop: Sop, prosedur: Prosedur, leaving: dict[SimbolId, list[Alur]]) -> Iterator[Finding]:
    for simbol in prosedur.simbol:
        if simbol.bentuk is not Bentuk.KEPUTUSAN:
            continue
        ways = [alur for alur in leaving.get(simbol.id, []) if alur.hubungan is Hubungan.LANJUT]
        where = simbol.span or sop.at("prosedur")
        labels = [alur.label.casefold() for alur in ways]
        if len(set(labels)) < 2:
            message = f"Keputusan pada langkah {simbol.id.langkah} harus punya paling sedikit dua cabang yang berbeda"
            yield Finding(where, "SOP120", message, "contoh: - Alur: Ya → 5; Tidak → 2")
        elif len({alur.ke for alur in ways}) < 2:
            message = f"Semua cabang keputusan pada langkah {simbol.id.langkah} menuju tempat yang sama"
            yield Finding(where, "SOP121", message)


def _ends(sop: Sop, prosedur: Prosedur) -> Iterator[Finding]:
    where = prosedur.span or sop.at("prosedur")
    for bentuk in (Bentuk.MULAI, Bentuk.SELESAI):
        if prosedur.simbol and not any(simbol.bentuk is bentuk for simbol in prosedur.simbol):
            yield Finding(where, "SOP124", f"Prosedur ini tidak punya lambang {bentuk.value}")


def _reach(sop: Sop, prosedur: Prosedur) -> Iterator[Finding]:
    ahead: defaultdict[SimbolId, set[SimbolId]] = defaultdict(set)
    behind: defaultdict[SimbolId, set[SimbolId]] = defaultdict(set)
    for alur in prosedur.alur:
        ahead[alur.dari].add(alur.ke)
        behind[alur.ke].add(alur.dari)
        if alur.hubungan is Hubungan.BERSAMA:
            ahead[alur.ke].add(alur.dari)
            behind[alur.dari].add(alur.ke)
    starts = [simbol.id for simbol in prosedur.simbol if simbol.bentuk is Bentuk.MULAI]
    ends = [simbol.id for simbol in prosedur.simbol if simbol.bentuk is Bentuk.SELESAI]
    reached, ending = _closure(starts, ahead), _closure(ends, behind)
    for simbol in prosedur.simbol:
        if starts and simbol.id not in reached:
            yield _finding(sop, simbol, "SOP122", "tidak dicapai alur mana pun", "arahkan Alur langkah lain ke sini")
        if ends and simbol.id not in ending:
            yield _finding(sop, simbol, "SOP123", "tidak pernah sampai ke selesai", "tulis Alur menuju langkah akhir")


def _closure(start: Iterable[SimbolId], ways: dict[SimbolId, set[SimbolId]]) -> set[SimbolId]:
    found = set(start)
    todo = list(found)
    while todo:
        for there in ways.get(todo.pop(), set()) - found:
            found.add(there)
            todo.append(there)
    return found


def _finding(sop: Sop, simbol: Simbol, code: str, what: str, hint: str) -> Finding:
    message = f"Lambang langkah {simbol.id.langkah} pada lajur “{simbol.id.pelaksana}” {what}"
    return Finding(simbol.span or sop.at("prosedur"), code, message, hint)


def check_lanes(sop: Sop) -> Iterator[Finding]:
    """Report a lane in which nothing is done."""
    used = {simbol.id.pelaksana for prosedur in sop.prosedur for simbol in prosedur.simbol}
    for key in sop.pelaksana:
        if key not in used and sop.prosedur:
            message = f"Pelaksana “{key}” tidak mengerjakan langkah apa pun"
            yield Finding(sop.at(f"pelaksana.{key}"), "SOP125", message, "hapus dari pelaksana: […]")
