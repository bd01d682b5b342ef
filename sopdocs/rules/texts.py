"""All texts of a workspace that a reader of the sheets sees, cut into words once for all rules on words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sopdocs.model import (
    IDENTITY_LISTS,
    Bundel,
    Langkah,
    Paragraph,
    Pelaksana,
    Prosedur,
    RichText,
    Run,
    Sop,
    Span,
    Workspace,
)

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
Names = tuple[tuple[str, ...], ...]
"""Names as folded words, the longest first."""
_CELLS = ("uraian", "syarat", "output", "keterangan")


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph or value."""

    field: str
    """Name of the model's field: uraian, dasar_hukum, nama, kop, …"""
    text: str
    span: Span
    words: tuple[str, ...]
    """As written, without numbers and punctuation."""
    folded: tuple[str, ...]
    """`words` with case folded."""
    owner: str = ""
    """Key of the official or performer whose register entry this is."""


def text_of(field: str, text: str, span: Span, owner: str = "") -> Text:
    """Cut a text into words."""
    words = tuple(WORD.findall(text))
    return Text(field, text, span, words, tuple(word.casefold() for word in words), owner)


def texts_of(workspace: Workspace) -> tuple[Text, ...]:
    """Return the texts of the registers and of every SOP that did not end, in that order."""
    return (*_registers(workspace), *(text for sop in workspace.living.values() for text in sop_texts(sop)))


def _registers(workspace: Workspace) -> Iterator[Text]:
    office, bundle = workspace.instansi, workspace.bundel
    lines = (
        ("nama", office.nama),
        ("kabupaten", office.kabupaten),
        ("alamat", office.alamat),
        ("tempat", office.tempat),
    )
    for field, line in (*lines, *(("kop", line) for line in office.kop)):
        yield text_of(f"instansi.{field}", line or "", _at(office.spans, field, "content/instansi.yaml"))
    for official in workspace.pejabat.values():
        for field in ("nama", "jabatan"):
            span = _at(official.spans, field, "content/pejabat.yaml")
            yield text_of(f"pejabat.{field}", getattr(official, field), span, official.key)
    for performer in workspace.pelaksana.values():
        for field in ("nama", "singkatan"):
            span = _at(performer.spans, field, "content/pelaksana.yaml")
            yield text_of(f"pelaksana.{field}", getattr(performer, field) or "", span, performer.key)
    for field, value in (("judul", (bundle.judul,)), ("pengantar", bundle.pengantar)):
        for line in value:
            yield text_of(f"bundel.{field}", line, _at(bundle.spans, field, "content/bundel.yaml"))
    yield from _decree_and_explanation(bundle)
    seal = workspace.segel
    if seal.kalimat:
        yield text_of("segel.kalimat", seal.kalimat, _at(seal.spans, "kalimat", "content/segel.yaml"))


def _decree_and_explanation(bundle: Bundel) -> Iterator[Text]:
    decree, use = bundle.keputusan, bundle.penjelasan
    single = [("keputusan.tentang", decree.tentang or "")]
    single += [(f"keputusan.sop.{number}.nama", each.nama) for number, each in enumerate(decree.sop)]
    for number, each in enumerate(use.pengertian):
        single += [(f"penjelasan.pengertian.{number}.{field}", getattr(each, field)) for field in ("istilah", "arti")]
    for field in ("menimbang", "mengingat", "memutuskan"):
        single += [(f"keputusan.{field}.{number}", text) for number, text in enumerate(getattr(decree, field))]
    for field in ("ruang_lingkup", "ringkasan"):
        single += [(f"penjelasan.{field}.{number}", text) for number, text in enumerate(getattr(use, field))]
    for key, text in single:
        # The number of a line is part of its place, not of the field.
        yield text_of(re.sub(r"\.[0-9]+", "", key), text, _at(bundle.spans, key, "content/bundel.yaml"))


def _at(spans: dict[str, Span], field: str, path: str) -> Span:
    return spans.get(field) or spans.get("") or Span(path)


def sop_texts(sop: Sop) -> Iterator[Text]:
    """Yield the texts of one SOP, the log of revisions among them."""
    yield text_of("nama", sop.nama, sop.at("nama"))
    for kelompok in sop.kelompok:
        yield text_of("kelompok", kelompok.nama, sop.at(f"kelompok.{kelompok.nama}"))
    for field in IDENTITY_LISTS:
        yield from _paragraphs(field, getattr(sop, field), sop.at(field))
    for prosedur in sop.prosedur:
        yield from _procedure_texts(sop, prosedur)
    for row in sop.riwayat_revisi:
        for text in (row.uraian, row.alasan):
            yield text_of("riwayat_revisi", text, row.span or sop.at("riwayat_revisi"))


def _procedure_texts(sop: Sop, prosedur: Prosedur) -> Iterator[Text]:
    where = prosedur.span or sop.at("prosedur")
    if prosedur.judul:
        yield text_of("judul", prosedur.judul, where)
    for langkah in prosedur.langkah:
        yield from step_texts(langkah, where)
        for simbol in langkah.simbol:
            if simbol.label:
                yield text_of("label", simbol.label, simbol.span or langkah.span or where)


def step_texts(langkah: Langkah, where: Span) -> Iterator[Text]:
    """Yield the paragraphs of a step; `where` is the place of its procedure."""
    for field in _CELLS:
        yield from _paragraphs(field, getattr(langkah, field), langkah.span or where)


def _paragraphs(field: str, rich: RichText, where: Span) -> Iterator[Text]:
    for paragraph in rich.paragraphs:
        text = paragraph.text
        if text != "-":
            yield text_of(field, text, paragraph.span or rich.span or where)


def step_span(sop: Sop, langkah: Langkah) -> Span:
    """Return the place of a step's uraian."""
    return langkah.uraian.span or langkah.span or sop.at("prosedur")


def place_in(paragraph: Paragraph, offset: int, otherwise: Span) -> Span:
    """Return the place of a character of an uraian.

    Only a text without looks stands in the file as it is printed; of any other, the place where it begins.
    """
    span = paragraph.span or otherwise
    plain = all(run == Run(run.text) for run in paragraph.runs) and "\n" not in paragraph.text
    return Span(span.path, span.line, span.col + offset) if plain else span


def performer_names(pelaksana: Mapping[str, Pelaksana]) -> Names:
    """Return what the performers are called: names, abbreviations, and each side of a slash."""
    found: set[tuple[str, ...]] = set()
    for performer in pelaksana.values():
        for name in (performer.nama, performer.singkatan or ""):
            for part in (name, *name.split("/")):
                found.add(tuple(word.casefold() for word in WORD.findall(part)))
    return tuple(sorted(found - {()}, key=lambda words: (-len(words), words)))
