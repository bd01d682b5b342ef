"""Keterkaitan: references to other SOPs."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from sopdocs.model import Paragraph, Severity, Sop
from sopdocs.rules.mending import as_link
from sopdocs.rules.rule import PRAKTIK, Context, Hit, each_sop

TOPIC = "Keterkaitan"


def _named(sop: Sop) -> Iterator[tuple[Paragraph, str]]:
    """Paragraphs that name an SOP in words, without "SOP" before it."""
    for paragraph in sop.keterkaitan.paragraphs:
        if not any(run.link for run in paragraph.runs):
            words = paragraph.text.split()
            yield paragraph, " ".join(words[1:] if words and words[0].casefold() == "sop" else words).rstrip(".;,")


@each_sop(
    "SOP137",
    "Keterkaitan dengan diri sendiri",
    Severity.PERINGATAN,
    PRAKTIK,
    "SOP tidak terkait dengan dirinya sendiri; biasanya tersalin dari lembar lain.",
)
def own_link(sop: Sop) -> Iterator[Hit]:
    for paragraph in sop.keterkaitan.paragraphs:
        if any(run.link == sop.slug for run in paragraph.runs):
            yield Hit(paragraph.span or sop.at("keterkaitan"), "SOP ini menyebut dirinya sendiri", "hapus butir ini")
    for paragraph, name in _named(sop):
        if name.casefold() == sop.nama.casefold():
            yield Hit(paragraph.span or sop.at("keterkaitan"), "SOP ini menyebut dirinya sendiri", "hapus butir ini")


@each_sop(
    "SOP138",
    "SOP terkait tidak ada di folder kerja",
    Severity.CATATAN,
    PRAKTIK,
    "Rujukan ke SOP yang tidak ikut bundel tidak dapat ditelusuri pembaca.",
    mirip=85,
)
def unknown_link(sop: Sop, context: Context, mirip: int) -> Iterator[Hit]:
    for paragraph, name in _named(sop):
        named = name.casefold() in context.titles or name.casefold() in context.ended_titles
        if len(name) > 1 and not named and not _near(name, context, mirip):
            message = f"SOP terkait “{name}” tidak ada di content/sop/"
            yield Hit(paragraph.span or sop.at("keterkaitan"), message, "periksa namanya, atau tambahkan SOP itu")


@each_sop(
    "SOP139",
    "SOP terkait ditulis dengan nama lain",
    Severity.PERINGATAN,
    PRAKTIK,
    "Nama pada Keterkaitan harus sama dengan judul lembar yang dirujuk (26 % rujukan berbeda pada lembar jadi).",
    mirip=85,
)
def other_title(sop: Sop, context: Context, mirip: int) -> Iterator[Hit]:
    for paragraph, name in _named(sop):
        where = paragraph.span or sop.at("keterkaitan")
        slug = context.titles.get(name.casefold())
        if slug and slug != sop.slug:
            hint = f"tulis [[{slug}]] supaya namanya selalu sama"
            # Two sheets of one name: which is meant, only the writer knows.
            namesakes = sum(other.nama.casefold() == name.casefold() for other in context.workspace.living.values())
            fix = as_link(paragraph, name, slug) if namesakes == 1 else None
            yield Hit(where, f"“{name}” ditulis sebagai teks biasa", hint, fix)
            continue
        near = None if slug else _near(name, context, mirip)
        if near and context.titles[near] != sop.slug:
            title = context.workspace.sop[context.titles[near]].nama
            yield Hit(
                where, f"“{name}” mirip judul SOP “{title}”", f"tulis [[{context.titles[near]}]] bila itu yang dimaksud"
            )


def _near(name: str, context: Context, mirip: int) -> str | None:
    """The title most like `name`, in small letters."""
    found = process.extractOne(name.casefold(), context.titles.keys(), scorer=fuzz.ratio, score_cutoff=mirip)
    return found[0] if found else None
