"""The parts before and after the sheets, for the tests of the Word room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from word_samples import TEMPLATES, inputs, sop

from sopdocs.model import Bundel, Keputusan, Pengertian, Penjelasan, Sop, Status
from sopdocs.word import (
    ChangeEntry,
    ChangeSheet,
    ContentsEntry,
    EndedEntry,
    Inputs,
    RegisterEntry,
    Template,
    make_changes,
    make_contents,
    make_decree,
    make_explanation,
    make_monitoring,
    make_register,
)
from sopdocs.word.changes import changes_context
from sopdocs.word.decree import decree_context
from sopdocs.word.explanation import explanation_context
from sopdocs.word.lists import contents_context, register_context
from sopdocs.word.monitoring import monitoring_context

NAMES = ("keputusan", "daftar-isi", "penjelasan", "register", "perubahan", "pemantauan")
PART_TEMPLATES = {name: Template(f"templates/{name}.docx", (TEMPLATES / f"{name}.docx").read_bytes()) for name in NAMES}
DECREE = Keputusan(
    nomor="1/KPTS/2023",
    tanggal=date(2023, 2, 3),
    tentang="Standar Operasional Prosedur di Kecamatan Contoh",
    menimbang=("bahwa pelayanan perlu tertib;", "bahwa untuk itu perlu ditetapkan keputusan;"),
    mengingat=("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",),
    memutuskan=("Menetapkan SOP dalam Lampiran.", "Keputusan ini berlaku sejak ditetapkan."),
)
EXPLANATION = Penjelasan(("Berlaku di semua seksi.",), ("Memuat urusan surat.",), (Pengertian("Surat", "naskah."),))
BUNDLE = Bundel("Bundel Contoh", 2023, keputusan=DECREE, penjelasan=EXPLANATION)


def filled(**office: object) -> Inputs:
    """An office that said all there is to say about its bundle."""
    return inputs(bundel=BUNDLE, tempat="Contoh", **office)


def sops(count: int) -> tuple[Sop, ...]:
    """SOPs whose names need more than half a line."""
    name = "Pelaksanaan Pengukuran Kinerja dan Penilaian Sasaran Kinerja Pegawai"
    return tuple(sop(slug=f"sop-{n}", nama=f"{name} {n}", nomor=f"060/{n:03}/2023") for n in range(1, count + 1))


def contents(found: tuple[Sop, ...]) -> tuple[ContentsEntry, ...]:
    """Two parts, then the SOPs."""
    front = [
        ContentsEntry("Keputusan", "bagian/keputusan", None, None, 2, 0),
        ContentsEntry("Lembar SOP", "", None, None, 4, 0),
    ]
    rest = [ContentsEntry(s.nama, f"sop/{s.slug}", s.nomor, s.revisi, n, 1) for n, s in enumerate(found, start=4)]
    return (*front, *rest)


def registered(found: tuple[Sop, ...]) -> tuple[RegisterEntry, ...]:
    said = ("12 langkah baik, 1 tidak", date(2024, 7, 1), date(2025, 1, 2))
    return tuple(RegisterEntry(each, "KONSEP", 2, "3 hari kerja 2 jam", *said) for each in found)


def ended(found: tuple[Sop, ...]) -> tuple[EndedEntry, ...]:
    gone = {"status": Status.DIGANTIKAN, "pencabutan": date(2024, 3, 1)}
    return tuple(EndedEntry(replace(each, **gone), "Surat Baru") for each in found)


BASIS = "Edisi 1 dibandingkan dengan edisi 0, terbit 2 Januari 2023"


def changed(found: tuple[Sop, ...]) -> ChangeSheet:
    """Each of them with two changes."""
    sentences = ("Langkah 2: waktu “15 menit” menjadi “30 menit”.", "Langkah 4 “Mencatat surat” baru.")
    entries = tuple(
        ChangeEntry(each.nama, f"sop/{each.slug}", each.nomor or "", "Revisi ke-1", sentences, ("Evaluasi",), ("Umum",))
        for each in found
    )
    return ChangeSheet(BASIS, entries)


def make(name: str, found: tuple[Sop, ...], about: Inputs, template: Template | None = None) -> bytes:
    """The DOCX of a part."""
    chosen = template or PART_TEMPLATES[name]
    makers: dict[str, Callable[[], bytes]] = {
        "keputusan": lambda: make_decree(found, about, chosen, None),
        "daftar-isi": lambda: make_contents(contents(found), about, chosen, None),
        "penjelasan": lambda: make_explanation(found, about, chosen, None),
        "register": lambda: make_register(registered(found), about, chosen, None),
        "perubahan": lambda: make_changes(changed(found), about, chosen, None),
        "pemantauan": lambda: make_monitoring(found, about, chosen, None),
    }
    return makers[name]()


def _short() -> Inputs:
    about = filled()
    lanes = about.workspace.pelaksana
    lanes["umum"] = type(lanes["umum"])("umum", "Staf Umum", "Umum")
    return about


PART_CONTEXTS: dict[str, Callable[[], dict[str, object]]] = {
    "keputusan": lambda: decree_context(sops(1), filled()),
    "daftar-isi": lambda: contents_context(contents(sops(1)), filled()),
    "penjelasan": lambda: explanation_context(sops(1), _short()),
    "perubahan": lambda: changes_context(changed(sops(1)), filled()),
    "register": lambda: register_context(registered(sops(1)), filled(), ended(sops(1))),
    "pemantauan": lambda: monitoring_context(sops(1), filled()),
}
