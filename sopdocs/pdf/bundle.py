"""Merge the normalised PDFs of cover and sheets into one, keeping tags, bookmarks and links."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf.destinations import Destinations
from sopdocs.pdf.document import CREATOR, Description, describe, open_pdf, pdf_bytes
from sopdocs.pdf.outline import outline, page_labels, part_entry
from sopdocs.pdf.sharing import Sharing
from sopdocs.pdf.structure import Structure


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the bundle."""

    title: str
    """Its bookmark, and the title of its branch of the structure tree."""
    label: str
    """Text before its page numbers, for example "1-"; empty for cover and contents, numbered i, ii, iii."""
    pdf: bytes
    """As `normalise` returned it."""


def bundle(parts: Sequence[Part], *, title: str, date: datetime.date, author: str, lang: str = "id-ID") -> bytes:
    """Return `parts`, at least one, as one PDF/A-2b and PDF/UA-1 file; equal inputs give equal bytes.

    Raises OutputRejectedError, naming the part, if one is broken, encrypted, untagged, or holds what cannot be
    merged without loss: form or signature fields (merging would destroy signatures), attachments, layers, or
    another colour profile than the first part.
    """
    if not parts:
        raise ValueError("a bundle needs at least one part")
    with ExitStack() as stack:
        target = stack.enter_context(Pdf.new())
        joining = _Joining(target, lang)
        for number, part in enumerate(parts, 1):
            # Open until the end: the bundle reads the streams of its sources only when it is written.
            joining.append(stack.enter_context(open_pdf(part.pdf, part.title)), part, number)
        joining.finish()
        describe(target, Description(title, date, lang, CREATOR, author))
        return pdf_bytes(target)


class _Joining:
    """A bundle while parts are appended to it."""

    def __init__(self, target: Pdf, lang: str) -> None:
        self._target = target
        self._lang = lang
        self._structure = Structure(target)
        self._destinations = Destinations()
        self._sharing = Sharing()
        self._entries: list[Object] = []
        self._labels: list[tuple[str, int]] = []
        self._intents: Object | None = None

    def append(self, source: Pdf, part: Part, number: int) -> None:
        _refuse_what_would_be_lost(source, part.title)
        dictionaries = list(_dictionaries(source))
        pages = [page.obj for page in source.pages]
        load = Dictionary(
            Pages=Array(pages),
            Entry=part_entry(source, part.title),
            Tree=self._structure.prepare(source, dictionaries, number, part.title),
            Destinations=self._destinations.prepare(source, dictionaries, f"{number}."),
            Intents=source.Root.OutputIntents,
        )
        copied = _copy(source, self._target, load, pages)
        for page in copied.Pages.as_list():
            self._append_page(page)
        lang = source.Root.get(Name.Lang)
        self._structure.add(copied.Tree, None if lang is None or str(lang) == self._lang else String(str(lang)))
        self._destinations.add(Array(copied.Destinations))
        self._entries.append(copied.Entry)
        self._labels.append((part.label, len(pages)))
        self._take_intents(copied.Intents, part.title)

    def _append_page(self, page: Object) -> None:
        page.Type = Name.Page
        if Name.Resources in page:
            page.Resources = self._sharing.shared(page.Resources)
        self._target.pages.append(Page(page))

    def _take_intents(self, intents: Object, title: str) -> None:
        intents = self._sharing.shared(self._target.make_indirect(intents))
        if self._intents is None:
            self._intents = intents
        elif intents.objgen != self._intents.objgen:
            raise OutputRejectedError(
                f"Profil warna berkas ini berbeda dari berkas pertama: {title}",
                "Buat ulang semua PDF dengan LibreOffice yang sama.",
            )

    def finish(self) -> None:
        root = self._target.Root
        root.StructTreeRoot = self._structure.root()
        root.OutputIntents = self._intents
        root.Outlines = outline(self._target, self._entries)
        root.PageLabels = page_labels(self._labels)
        root.PageMode = Name.UseOutlines
        if (tree := self._destinations.tree(self._target)) is not None:
            root.Names = Dictionary(Dests=tree)


def _copy(source: Pdf, target: Pdf, load: Dictionary, pages: Sequence[Object]) -> Object:
    """Copy everything at once, so that links, tags and bookmarks refer to the same copies of the pages.

    qpdf does not follow references from one page to another and would leave null in their place. Without their
    /Type, pages are copied like any other object.
    """
    for page in pages:
        del page[Name.Type]
        del page[Name.Parent]
    return target.copy_foreign(source.make_indirect(load))


def _dictionaries(source: Pdf) -> Iterator[Object]:
    """Yield every dictionary of `source`, with those of streams and those inside other objects, once."""
    for item in source.objects:
        yield from _nested(item)


def _nested(item: Object) -> Iterator[Object]:
    if isinstance(item, Dictionary | Stream):
        yield item
        children = list(item.values())
    elif isinstance(item, Array):
        children = item.as_list()
    else:
        return
    for child in children:
        if isinstance(child, Array | Dictionary) and not child.is_indirect:
            yield from _nested(child)


def _refuse_what_would_be_lost(source: Pdf, title: str) -> None:
    root = source.Root
    names = root.get(Name.Names)
    lost = {
        "isian formulir atau tanda tangan": Name.AcroForm in root,
        "lapisan (layer)": Name.OCProperties in root,
        "lampiran atau skrip": names is not None and bool(names.keys() - {"/Dests"}),
        "ruang nama struktur PDF 2.0": Name.Namespaces in root.StructTreeRoot,
    }
    for what, present in lost.items():
        if present:
            raise OutputRejectedError(
                f"PDF ini berisi {what} yang akan hilang bila digabungkan: {title}",
                "Gabungkan PDF yang dibuat dari DOCX, sebelum ditandatangani.",
            )
