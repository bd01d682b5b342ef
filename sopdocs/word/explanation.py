"""What the placeholders of templates/penjelasan.docx stand for."""

from __future__ import annotations

from sopdocs.model import Bentuk, Sop
from sopdocs.word.context import Inputs, bundle_values
from sopdocs.word.links import link_text
from sopdocs.word.template import guard


def explanation_context(sops: tuple[Sop, ...], inputs: Inputs) -> dict[str, object]:
    """Values for templates/penjelasan.docx; an empty scope is told from the SOPs and the office."""
    explanation = inputs.workspace.bundel.penjelasan
    return {
        **bundle_values(inputs),
        "ruang_lingkup": [guard(text) for text in explanation.ruang_lingkup or (_scope(sops, inputs),)],
        "ringkasan": [guard(text) for text in explanation.ringkasan],
        "sop": [_summary(sop, inputs) for sop in sops],
        "pengertian": [{"istilah": guard(d.istilah), "arti": guard(d.arti)} for d in explanation.pengertian],
        "singkatan": _abbreviations(sops, inputs),
    }


def _scope(sops: tuple[Sop, ...], inputs: Inputs) -> str:
    office = inputs.workspace.instansi
    place = f", {office.kabupaten}" if office.kabupaten and office.kabupaten not in office.nama else ""
    return f"Dokumen ini memuat {len(sops)} Standar Operasional Prosedur (SOP) pada {office.nama}{place}."


def _summary(sop: Sop, inputs: Inputs) -> dict[str, object]:
    known = inputs.workspace.pelaksana
    symbols = [symbol for procedure in sop.prosedur for symbol in procedure.simbol]
    return {
        "isi": link_text(sop.nama, f"sop/{sop.slug}"),
        "nama": guard(sop.nama),
        "langkah": sum(len(procedure.langkah) for procedure in sop.prosedur),
        "pelaksana": guard(", ".join(known[key].judul_lajur for key in sop.pelaksana)),
        "keputusan": sum(symbol.bentuk is Bentuk.KEPUTUSAN for symbol in symbols),
    }


def _abbreviations(sops: tuple[Sop, ...], inputs: Inputs) -> list[dict[str, str]]:
    """The lane headings of these SOPs that are short for something, in order of rank."""
    used = {key for sop in sops for key in sop.pelaksana}
    lanes = sorted((inputs.workspace.pelaksana[key] for key in used), key=lambda lane: (lane.peringkat, lane.key))
    return [{"singkatan": guard(lane.singkatan), "nama": guard(lane.nama)} for lane in lanes if lane.singkatan]
