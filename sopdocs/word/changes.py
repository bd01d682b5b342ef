"""The lembar perubahan: what differs from an edition, as templates/perubahan.docx has it printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sopdocs.compare import BedaBundel, BedaSop, Jenis, bundle_sentences, sop_sentences
from sopdocs.model import Revisi, Sop, Status, Workspace
from sopdocs.word.context import Inputs, bundle_values, tanggal_surat
from sopdocs.word.links import link_text
from sopdocs.word.template import guard

_PAGE = 39
"""Lines of the table that one page takes, the least of all papers."""
_LETTERS = {"judul": 34, "perubahan": 78, "alasan": 22, "oleh": 11}
"""Letters in a line of each column on the narrowest paper, a few less than there is room for."""
_COUNTED = (Jenis.DITAMBAH, Jenis.DIHAPUS, Jenis.DIUBAH, Jenis.DIPINDAH, Jenis.DIPECAH, Jenis.DIGABUNG)
_IN_FULL = "Rincian: sopdocs diff."


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A row of the lembar perubahan: one SOP that came, went or changed, or what is common to all."""

    judul: str
    kunci: str
    """Key of the part that the row leads to, such as sop/pengelolaan-surat; empty: the row is no link."""
    nomor: str = ""
    keadaan: str = ""
    """What became of it, in a few words: "Revisi ke-1, 2 Januari 2024", "Baru"."""
    perubahan: tuple[str, ...] = ()
    """Sentences."""
    alasan: tuple[str, ...] = ()
    oleh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeSheet:
    """The lembar perubahan: what differs from an earlier edition."""

    dasar: str
    """What is compared with what, in one sentence."""
    butir: tuple[ChangeEntry, ...]

    @property
    def alone(self) -> ChangeSheet:
        """The same without links, for a file that stands beside no sheets."""
        return replace(self, butir=tuple(replace(entry, kunci="") for entry in self.butir))


def change_sheet(beda: BedaBundel, workspace: Workspace, dasar: str) -> ChangeSheet:
    """Tell what differs, on one page: in fewer words where all of them would take more.

    `workspace` is the new state, `dasar` the sentence that says what is compared with what.
    """
    around = bundle_sentences(beda)
    common = (ChangeEntry("Seluruh bundel", "", perubahan=around),) if around else ()
    rows = (*common, *(_entry(sop, workspace) for sop in beda.sop))
    if not rows:
        rows = (ChangeEntry("Semua SOP", "", perubahan=("Tidak ada yang berubah pada lembarnya.",)),)
    if sum(map(_lines, rows)) <= _PAGE:
        return ChangeSheet(dasar, rows)
    brief = (replace(row, perubahan=_brief(sop)) for row, sop in zip(rows[len(common) :], beda.sop, strict=True))
    return ChangeSheet(dasar, (*common, *brief))


def _entry(beda: BedaSop, workspace: Workspace) -> ChangeEntry:
    sop = beda.baru or beda.berakhir or beda.lama
    if sop is None:
        raise ValueError("a comparison of nothing")
    known = set(beda.lama.riwayat_revisi) if beda.lama else set[Revisi]()
    log = [row for row in sop.riwayat_revisi if row not in known]
    return ChangeEntry(
        sop.nama,
        f"sop/{sop.slug}" if beda.baru else "",
        sop.nomor or "",
        _state(beda, sop, workspace),
        sop_sentences(beda),
        tuple(dict.fromkeys(row.alasan for row in log if row.alasan)),
        tuple(dict.fromkeys(row.oleh for row in log if row.oleh)),
    )


def _state(beda: BedaSop, sop: Sop, workspace: Workspace) -> str:
    if beda.lama is None:
        return "Baru"
    if beda.baru is not None:
        day = f", {tanggal_surat(sop.revisi)}" if sop.revisi else ""
        return f"Revisi ke-{sop.revisi_ke}{day}" if sop.revisi_ke > beda.lama.revisi_ke else "Tanpa revisi"
    since = f" sejak {tanggal_surat(sop.pencabutan)}" if sop.pencabutan else ""
    if sop.status is Status.DIGANTIKAN and sop.pengganti:
        heir = workspace.sop.get(sop.pengganti)
        return f"Digantikan oleh {heir.nama if heir else sop.pengganti}{since}"
    return f"Dicabut{since}" if sop.status is Status.DICABUT else "Tidak ada lagi"


def _brief(beda: BedaSop) -> tuple[str, ...]:
    """The same in one sentence."""
    if beda.lama is None or beda.baru is None:
        return sop_sentences(beda)
    parts = [", ".join(isian.nama for isian in beda.isian), *_counts(beda)]
    return (f"{'; '.join(part for part in parts if part)}. {_IN_FULL}",)


def _counts(beda: BedaSop) -> Iterator[str]:
    steps = Counter(step.jenis for prosedur in beda.prosedur for step in prosedur.langkah)
    arrows = sum(len(prosedur.alur) for prosedur in beda.prosedur)
    symbols = sum(len(prosedur.simbol) for prosedur in beda.prosedur)
    yield from (f"{steps[jenis]} langkah {jenis.value}" for jenis in _COUNTED if steps[jenis])
    for count, what in ((len(beda.lajur), "lajur"), (symbols, "lambang"), (arrows, "panah")):
        if count:
            yield f"{count} {what} berubah"


def _lines(entry: ChangeEntry) -> int:
    title = (entry.judul, f"Nomor {entry.nomor}" if entry.nomor else "", entry.keadaan)
    columns = {"judul": title, "perubahan": entry.perubahan, "alasan": entry.alasan, "oleh": entry.oleh}
    return max(sum(-(-len(text) // _LETTERS[column]) for text in texts if text) for column, texts in columns.items())


def changes_context(sheet: ChangeSheet, inputs: Inputs) -> dict[str, object]:
    """Values for templates/perubahan.docx."""
    return {**bundle_values(inputs), "dasar": guard(sheet.dasar), "perubahan": [_row(entry) for entry in sheet.butir]}


def _row(entry: ChangeEntry) -> dict[str, object]:
    return {
        "isi": link_text(entry.judul, entry.kunci),
        "judul": guard(entry.judul),
        "nomor": guard(entry.nomor),
        "keadaan": guard(entry.keadaan),
        "perubahan": [guard(sentence) for sentence in entry.perubahan],
        "alasan": [guard(sentence) for sentence in entry.alasan],
        "oleh": [guard(who) for who in entry.oleh],
    }
