"""The flow: every symbol is reached, every way ends, every decision decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sopdocs.model import Alur, Bentuk, Hubungan, Prosedur, Severity, Simbol, SimbolId, Sop, Span
from sopdocs.rules.checking_words import is_check
from sopdocs.rules.durations import deret
from sopdocs.rules.graph import Place, closure, loops, places_of
from sopdocs.rules.rule import FLOWCHART, PRAKTIK, Hit, each_procedure, each_sop

TOPIC = "Alur"


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
    ahead: defaultdict[SimbolId, set[SimbolId]] = defaultdict(set)
    for alur in prosedur.alur:
        ahead[alur.dari].add(alur.ke)
        if alur.hubungan is Hubungan.BERSAMA:
            ahead[alur.ke].add(alur.dari)
    starts = [simbol.id for simbol in prosedur.simbol if simbol.bentuk is Bentuk.MULAI]
    reached = closure(starts, ahead)
    for simbol in prosedur.simbol:
        if starts and simbol.id not in reached:
            yield _hit(sop, simbol, "tidak dicapai alur mana pun", "arahkan Alur langkah lain ke sini")


@each_procedure(
    "SOP123",
    "Alur buntu",
    Severity.GALAT,
    PRAKTIK,
    "Setiap alur berakhir pada lambang selesai.",
)
def dead_end(sop: Sop, prosedur: Prosedur) -> Iterator[Hit]:
    places = places_of(prosedur)
    # Where there is no end at all, that has been said.
    if any(place.has(Bentuk.SELESAI) for place in places):
        for place in places:
            if not place.ahead and not place.has(Bentuk.SELESAI):
                hint = "tulis Alur menuju langkah berikutnya, atau jadikan lambang ini selesai"
                yield _hit(sop, place.simbol[-1], "tidak punya jalan keluar dan bukan selesai", hint)


@each_procedure(
    "SOP154",
    "Putaran tanpa jalan keluar",
    Severity.GALAT,
    PRAKTIK,
    "Prosedur yang berputar selamanya tidak pernah menghasilkan output akhirnya.",
)
def endless_loop(sop: Sop, prosedur: Prosedur) -> Iterator[Hit]:
    """One finding a loop; not again for what only leads there."""
    for loop in _closed_loops(places_of(prosedur)):
        steps = deret(sorted({place.langkah for place in loop}))
        what = f"memulai putaran tanpa jalan keluar: langkah {steps}"
        hint = "beri salah satu langkahnya keputusan yang keluar dari putaran"
        yield _hit(sop, loop[0].simbol[0], what, hint)


def _closed_loops(places: tuple[Place, ...]) -> list[tuple[Place, ...]]:
    """Loops that neither have an end nor a way out; none where the procedure has no end at all."""
    if not any(place.has(Bentuk.SELESAI) for place in places):
        return []
    found: list[tuple[Place, ...]] = []
    for loop in loops(places):
        inside = set(loop)
        leaves = any(there not in inside for here in loop for there in places[here].ahead)
        if not leaves and not any(places[here].has(Bentuk.SELESAI) for here in loop):
            found.append(tuple(places[here] for here in loop))
    return found


@each_procedure(
    "SOP155",
    "Panah balik bukan dari keputusan",
    Severity.CATATAN,
    PRAKTIK,
    "Yang kembali ke langkah sebelumnya biasanya diputuskan; panah balik lain sering salah nomor.",
)
def undecided_return(sop: Sop, prosedur: Prosedur) -> Iterator[Hit]:
    told = {s.id for loop in _closed_loops(places_of(prosedur)) for place in loop for s in place.simbol}
    written = {simbol.id: position for position, simbol in enumerate(prosedur.simbol)}
    back: defaultdict[SimbolId, set[int]] = defaultdict(set)
    for alur in prosedur.alur:
        if alur.hubungan is Hubungan.LANJUT and written[alur.ke] < written[alur.dari]:
            back[alur.dari].add(alur.ke.langkah)
    for simbol in prosedur.simbol:
        if simbol.id in back and simbol.bentuk is not Bentuk.KEPUTUSAN and simbol.id not in told:
            what = f"kembali ke langkah {deret(sorted(back[simbol.id]))} tanpa keputusan"
            yield _hit(sop, simbol, what, "kembalilah dari sebuah keputusan, atau urutkan langkahnya menurut alur")


@each_procedure(
    "SOP156",
    "Keputusan tanpa pemeriksaan",
    Severity.CATATAN,
    PRAKTIK,
    "Hanya ada dua macam kegiatan, pelaksanaan dan keputusan; keputusan didahului pemeriksaan atau pertanyaan.",
)
def decision_without_check(sop: Sop, prosedur: Prosedur) -> Iterator[Hit]:
    for langkah in prosedur.langkah:
        if is_check(langkah.uraian.text):
            continue
        for simbol in langkah.simbol:
            if simbol.bentuk is Bentuk.KEPUTUSAN and not simbol.label.rstrip().endswith("?"):
                hint = f'awali uraian dengan kata seperti Memeriksa, atau tulis {simbol.id.pelaksana} (keputusan "Ya?")'
                yield _hit(sop, simbol, "adalah keputusan, tetapi uraiannya bukan pemeriksaan", hint)


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


def _hit(sop: Sop, simbol: Simbol, what: str, hint: str) -> Hit:
    return Hit(_at(sop, simbol), f"Lambang langkah {simbol.id.langkah} pada lajur “{simbol.id.pelaksana}” {what}", hint)


def _at(sop: Sop, simbol: Simbol) -> Span:
    return simbol.span or sop.at("prosedur")
