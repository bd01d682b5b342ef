"""A comparison in sentences, as a person would tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sopdocs.compare.arrows import Arrows
from sopdocs.compare.beda import BedaBundel, BedaButir, BedaIsian, BedaLajur, BedaProsedur, BedaSop, Jenis
from sopdocs.compare.steps import StepTeller
from sopdocs.compare.words import excerpts
from sopdocs.model import Sop, Status


def sop_sentences(beda: BedaSop) -> tuple[str, ...]:
    """Tell what differs in one SOP, in the order of the sheet; nothing when nothing does."""
    if beda.lama is None or beda.baru is None:
        return (_come_or_gone(beda),)
    return tuple(_sentences(beda))


def bundle_sentences(beda: BedaBundel) -> tuple[str, ...]:
    """Tell what differs around the SOPs of a bundle."""
    return tuple(sentence for isian in beda.isian for sentence in field_sentences(isian))


def field_sentences(isian: BedaIsian) -> Iterator[str]:
    """Tell one field that differs, item by item where it has several."""
    for what, clause in _clauses(isian):
        yield f"{isian.nama}{what}{clause}."


def field_clauses(isian: BedaIsian) -> Iterator[str]:
    """The same to go on behind the name of a step: "Waktu “5 menit” menjadi “10 menit”"."""
    for what, clause in _clauses(isian):
        yield f"{isian.nama}{what}{clause}"


def changed_text(lama: str, baru: str) -> str:
    """Tell how one text became another: the words that differ, of long ones."""
    return "; ".join(f"“{before}” menjadi “{after}”" for before, after in excerpts(lama, baru))


def _sentences(beda: BedaSop) -> Iterator[str]:
    for isian in beda.isian:
        yield from field_sentences(isian)
    for lajur in beda.lajur:
        yield _lane(lajur, beda)
    several = len(beda.prosedur) > 1
    for number, prosedur in enumerate(beda.prosedur, start=1):
        for sentence in _procedure(prosedur, beda):
            yield f"{_title(prosedur, number)}: {sentence}" if several else sentence
    if not beda.kosong:
        yield from _times(beda)


def _come_or_gone(beda: BedaSop) -> str:
    if beda.baru is not None:
        return f"SOP baru, {_size(beda.baru)}."
    if beda.berakhir is None or not beda.berakhir.status.ended:
        return "SOP ini tidak ada lagi dalam bundel."
    ended = beda.berakhir
    heir = f" oleh {ended.pengganti}" if ended.pengganti else ""
    return f"SOP ini digantikan{heir}." if ended.status is Status.DIGANTIKAN else "SOP ini dicabut."


def _size(sop: Sop) -> str:
    return f"{sum(len(prosedur.langkah) for prosedur in sop.prosedur)} langkah"


def _lane(lajur: BedaLajur, beda: BedaSop) -> str:
    old = lajur.lama.judul_lajur if lajur.lama else ""
    new = lajur.baru.judul_lajur if lajur.baru else ""
    match lajur.jenis:
        case Jenis.DITAMBAH:
            return f"Lajur “{new}” ditambah."
        case Jenis.DIHAPUS:
            return f"Lajur “{old}” dihapus."
        case Jenis.DIPINDAH:
            headings = list(beda.judul_baru.values())
            at = headings.index(new)
            return f"Lajur “{new}” dipindah, kini " + (f"di kanan “{headings[at - 1]}”." if at else "paling kiri.")
        case _:
            return f"Lajur “{old}” menjadi “{new}”."


def _times(beda: BedaSop) -> Iterator[str]:
    whole = {isian.kunci: isian for isian in beda.waktu if isian.kunci in ("tercepat", "terlama")}
    told = list(beda.waktu)
    same = len({(isian.lama, isian.baru) for isian in whole.values()}) == 1
    if len(whole) == 2 and same:
        told = [replace(whole["tercepat"], nama="Waktu seluruhnya"), *(t for t in told if t.kunci not in whole)]
    for isian in told:
        # A lane that came or went has been told.
        if isian.lama and isian.baru:
            yield f"{isian.nama} {isian.lama} menjadi {isian.baru}."


def _title(prosedur: BedaProsedur, number: int) -> str:
    table = prosedur.baru or prosedur.lama
    return f"Prosedur “{table.judul}”" if table and table.judul else f"Prosedur {number}"


def _procedure(beda: BedaProsedur, sop: BedaSop) -> Iterator[str]:
    if beda.lama is None or beda.baru is None:
        table = beda.baru or beda.lama
        steps = f"{len(table.langkah) if table else 0} langkah"
        yield f"baru, {steps}." if beda.baru else f"dihapus, {steps}."
        return
    if beda.lama.judul != beda.baru.judul:
        yield f"Judul prosedur {changed_text(beda.lama.judul, beda.baru.judul)}."
    arrows = Arrows(beda, (sop.judul_lama, sop.judul_baru))
    yield from StepTeller(beda, arrows, field_clauses).sentences()


def _clauses(isian: BedaIsian) -> Iterator[tuple[str, str]]:
    if isian.butir and isian.lama and isian.baru:
        for butir in isian.butir:
            yield _item(butir)
    elif not isian.lama:
        yield "", f" diisi “{_line(isian.baru)}”"
    elif not isian.baru:
        yield "", f" “{_line(isian.lama)}” dihapus"
    elif _line(isian.lama) == _line(isian.baru) or _bare(isian):
        yield "", ": hanya penomoran, baris, rupa huruf, atau tautannya berubah"
    else:
        yield "", f" {changed_text(isian.lama, isian.baru)}"


def _bare(isian: BedaIsian) -> bool:
    """Whether a text of several items has the same items."""
    return "\n" in isian.lama and "\n" in isian.baru and not isian.butir


def _item(butir: BedaButir) -> tuple[str, str]:
    old, new = butir.nomor
    if butir.jenis is Jenis.DITAMBAH:
        return f" butir {new} baru:", f" “{_line(butir.baru)}”"
    if butir.jenis is Jenis.DIHAPUS:
        return f" butir {old} dihapus:", f" “{_line(butir.lama)}”"
    where = f" butir {new}" if old == new else f" butir {new} (dahulu {old})"
    if butir.jenis is Jenis.DIPINDAH:
        return f"{where} dipindah:", f" “{_line(butir.baru)}”"
    return f"{where}:", f" {changed_text(butir.lama, butir.baru)}"


def _line(text: str) -> str:
    return " ".join(text.split())
