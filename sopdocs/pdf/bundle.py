"""Merge the normalised PDFs of cover, lists and sheets into one, keeping tags, bookmarks and links."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf.attachments import Attachment, embed
from sopdocs.pdf.crosslinks import join_links
from sopdocs.pdf.destinations import Destinations
from sopdocs.pdf.document import CREATOR, Description, copy_with_pages, describe, open_pdf, pdf_bytes
from sopdocs.pdf.footer import Footer
from sopdocs.pdf.outline import outline, page_labels, part_entry
from sopdocs.pdf.searching import dictionaries_with
from sopdocs.pdf.sharing import Sharing
from sopdocs.pdf.structure import Structure

LANGUAGE = "id-ID"


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the bundle."""

    title: str
    """Its bookmark, and the title of its branch of the structure tree."""
    key: str
    """Its named destination, and where it lies in build/: bagian/sampul, sop/surat-masuk."""
    pdf: bytes = field(repr=False)
    """As `normalise` returned it."""
    group: str = ""
    """Neighbours of one group stand under one bookmark of this name."""


def bundle(
    parts: Sequence[Part],
    *,
    title: str,
    date: datetime.date,
    author: str,
    font: bytes,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return `parts`, at least one, as one PDF/A-2b and PDF/UA-1 file; equal inputs give equal bytes.

    With `attachments` it is PDF/A-3b. Each page is numbered at its foot, in the TrueType file `font`; a link to
    another part leads there. Raises OutputRejectedError, naming the part, if one is broken, encrypted, untagged, or
    holds what cannot be merged without loss: form or signature fields (merging would destroy signatures),
    attachments, layers, or another colour profile than the first part.
    """
    keys = {part.key for part in parts}
    if not parts or len(keys) < len(parts):
        raise ValueError("a bundle needs at least one part, each with a key of its own")
    with ExitStack() as stack:
        target = stack.enter_context(Pdf.new())
        joining = _Joining(target, keys)
        for number, part in enumerate(parts, 1):
            # Open until the end: the bundle reads the streams of its sources only when it is written.
            joining.append(stack.enter_context(open_pdf(part.pdf, part.title, decode=False)), part, number)
        joining.finish(font, attachments)
        describe(target, Description(title, date, LANGUAGE, CREATOR, author, part=3 if attachments else 2))
        return pdf_bytes(target)


class _Joining:
    """A bundle while parts are appended to it."""

    def __init__(self, target: Pdf, keys: Collection[str]) -> None:
        self._target = target
        self._keys = keys
        self._structure = Structure(target)
        self._destinations = Destinations()
        self._sharing = Sharing()
        self._entries: list[tuple[str, Object, Object]] = []
        self._intents: Object | None = None

    def append(self, source: Pdf, part: Part, number: int) -> None:
        _refuse_what_would_be_lost(source, part.title)
        dictionaries = dictionaries_with(source, _LOCAL_KEYS)
        pages = [page.obj for page in source.pages]
        destinations = self._destinations.prepare(source, dictionaries, f"{number}.")
        join_links(source, self._keys)
        load = Dictionary(
            Pages=Array(pages),
            Entry=part_entry(source, part.title, part.key),
            Tree=self._structure.prepare(source, dictionaries, number, part.title),
            Destinations=destinations,
            Intents=source.Root.OutputIntents,
        )
        copied = copy_with_pages(source, self._target, load, pages)
        for page in copied.Pages.as_list():
            self._append_page(page)
        lang = source.Root.get(Name.Lang)
        self._structure.add(copied.Tree, None if lang is None or str(lang) == LANGUAGE else String(str(lang)))
        first = copied.Pages[0]
        top = float(first.MediaBox[3])
        self._destinations.add(Array(copied.Destinations))
        self._destinations.add(Array([String(part.key), Array([first, Name.XYZ, 0, top, 0])]))
        self._entries.append((part.group, copied.Entry, first))
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

    def finish(self, font: bytes, attachments: Sequence[Attachment]) -> None:
        root = self._target.Root
        root.StructTreeRoot = self._structure.root()
        root.OutputIntents = self._intents
        root.Outlines = outline(self._target, self._entries)
        root.PageLabels = page_labels()
        root.PageMode = Name.UseOutlines
        root.Names = Dictionary(Dests=self._destinations.tree(self._target))
        if attachments:
            root.Names.EmbeddedFiles = embed(self._target, attachments)
        footer = Footer(self._target, font, len(self._target.pages))
        for number, page in enumerate(self._target.pages, 1):
            footer.stamp(page.obj, number)


_LOCAL_KEYS = ("StructParent", "StructParents", "ID", "Headers", "Dest", "D")
"""Keys of dictionaries whose values are unique in one document only."""


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
