"""The flow: every symbol is reached, every way ends, every decision decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sopdocs.model import Alur, Bentuk, Finding, Hubungan, Prosedur, Severity, Simbol, SimbolId, Sop
from sopdocs.rules.checking_words import is_check
from sopdocs.rules.durations import deret
from sopdocs.rules.graph import Place, closure, loops, places_of

CODES: dict[str, str] = {
    "SOP120": "Keputusan tidak bercabang",
    "SOP121": "Cabang keputusan kembar",
    "SOP122": "Lambang tidak terjangkau",
    "SOP123": "Alur buntu",
    "SOP124": "Alur tanpa mulai atau selesai",
    "SOP125": "Lajur tanpa langkah",
    "SOP154": "Putaran tanpa jalan keluar",
    "SOP155": "Panah balik bukan dari keputusan",
    "SOP156": "Keputusan tanpa pemeriksaan",
}


def check_flow(sop: Sop, prosedur: Prosedur) -> Iterator[Finding]:
    """Judge the flow of one procedure."""
    leaving: defaultdict[SimbolId, list[Alur]] = defaultdict(list)
    for alur in prosedur.alur:
        leaving[alur.dari].append(alur)
    yield from _decisions(sop, prosedur, leaving)
    yield from _ends(sop, prosedur)
    yield from _reach(sop, prosedur)
    places = places_of(prosedur)
    closed = _closed_loops(places)
    yield from _dead_ends(sop, places, closed)
    yield from _back_edges(sop, prosedur, {simbol.id for loop in closed for place in loop for simbol in place.simbol})
    yield from _checks(sop, prosedur)


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
    for alur in prosedur.alur:
        ahead[alur.dari].add(alur.ke)
        if alur.hubungan is Hubungan.BERSAMA:
            ahead[alur.ke].add(alur.dari)
    starts = [simbol.id for simbol in prosedur.simbol if simbol.bentuk is Bentuk.MULAI]
    reached = closure(starts, ahead)
    for simbol in prosedur.simbol:
        if starts and simbol.id not in reached:
            yield _finding(sop, simbol, "SOP122", "tidak dicapai alur mana pun", "arahkan Alur langkah lain ke sini")


def _closed_loops(places: tuple[Place, ...]) -> list[tuple[Place, ...]]:
    """Loops that neither have an end nor a way out."""
    found: list[tuple[Place, ...]] = []
    for loop in loops(places):
        inside = set(loop)
        leaves = any(there not in inside for here in loop for there in places[here].ahead)
        if not leaves and not any(places[here].has(Bentuk.SELESAI) for here in loop):
            found.append(tuple(places[here] for here in loop))
    return found


def _dead_ends(sop: Sop, places: tuple[Place, ...], closed: list[tuple[Place, ...]]) -> Iterator[Finding]:
    """Report where the flow stops or turns round for ever; not again what only leads there."""
    if not any(place.has(Bentuk.SELESAI) for place in places):
        return  # that there is no end has been said
    for place in places:
        if not place.ahead and not place.has(Bentuk.SELESAI):
            hint = "tulis Alur menuju langkah berikutnya, atau jadikan lambang ini selesai"
            yield _finding(sop, place.simbol[-1], "SOP123", "tidak punya jalan keluar dan bukan selesai", hint)
    for loop in closed:
        steps = deret(sorted({place.langkah for place in loop}))
        what = f"memulai putaran tanpa jalan keluar: langkah {steps}"
        hint = "beri salah satu langkahnya keputusan yang keluar dari putaran"
        yield _finding(sop, loop[0].simbol[0], "SOP154", what, hint)


def _back_edges(sop: Sop, prosedur: Prosedur, told: set[SimbolId]) -> Iterator[Finding]:
    """Report symbols that lead back although they decide nothing; not those in a loop that was told."""
    written = {simbol.id: position for position, simbol in enumerate(prosedur.simbol)}
    back: defaultdict[SimbolId, list[int]] = defaultdict(list)
    for alur in prosedur.alur:
        if alur.hubungan is Hubungan.LANJUT and written[alur.ke] < written[alur.dari]:
            back[alur.dari].append(alur.ke.langkah)
    for simbol in prosedur.simbol:
        if simbol.id in back and simbol.bentuk is not Bentuk.KEPUTUSAN and simbol.id not in told:
            what = f"kembali ke langkah {deret(sorted(set(back[simbol.id])))} tanpa keputusan"
            hint = "kembalilah dari sebuah keputusan, atau urutkan langkahnya menurut alur"
            yield _finding(sop, simbol, "SOP155", what, hint, Severity.PERINGATAN)


def _checks(sop: Sop, prosedur: Prosedur) -> Iterator[Finding]:
    """Report decisions that neither ask anything nor stand in a step that checks something."""
    for langkah in prosedur.langkah:
        if is_check(langkah.uraian.text):
            continue
        for simbol in langkah.simbol:
            if simbol.bentuk is Bentuk.KEPUTUSAN and not simbol.label.rstrip().endswith("?"):
                what = "adalah keputusan, tetapi uraiannya bukan pemeriksaan"
                hint = f"mulai uraian dengan kata seperti Memeriksa, atau tulis {simbol.id.pelaksana} (keputusan "
                hint += '"Lengkap?")'
                yield _finding(sop, simbol, "SOP156", what, hint, Severity.CATATAN)


def _finding(sop: Sop, simbol: Simbol, code: str, what: str, hint: str, severity: Severity = Severity.GALAT) -> Finding:
    message = f"Lambang langkah {simbol.id.langkah} pada lajur “{simbol.id.pelaksana}” {what}"
    return Finding(simbol.span or sop.at("prosedur"), code, message, hint, severity)


def check_lanes(sop: Sop) -> Iterator[Finding]:
    """Report a lane in which nothing is done."""
    used = {simbol.id.pelaksana for prosedur in sop.prosedur for simbol in prosedur.simbol}
    for key in sop.pelaksana:
        if key not in used and sop.prosedur:
            message = f"Pelaksana “{key}” tidak mengerjakan langkah apa pun"
            yield Finding(sop.at(f"pelaksana.{key}"), "SOP125", message, "hapus dari pelaksana: […]")
