"""Open, describe and write a PDF with pikepdf; what a single sheet and the bundle have in common."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, Stream

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf.memory import open_in_memory

CREATOR = "sopdocs"

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{creator}<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
"""ISO 19005-2, 6.6.2.3: a property outside the predefined schemas needs its schema described in the file;
LibreOffice 7.4 writes `pdfuaid:part` without. The date is a day: a time of day would be made up."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a PDF says of itself."""

    title: str
    date: datetime.date
    lang: str
    """BCP 47, for example id-ID."""
    producer: str
    """The program that drew the pages."""
    author: str = ""
    part: int = 2
    """Of PDF/A: 3 when files are attached."""


def open_pdf(pdf: bytes, what: str, *, decode: bool = True) -> Pdf:
    """Open `pdf` without repairing anything; `what` names it in messages.

    `decode` tries every stream, which takes half of the time of merging. The parts of a bundle are opened without:
    `normalise` has tried them, and hundreds of them are open at a time.
    Raises OutputRejectedError if it is broken, encrypted or empty, or lacks what the marks of PDF/A-2b and
    PDF/UA-1 promise: an output intent and a structure tree.
    """
    advice = "Ulangi pembuatan PDF ini dari DOCX-nya."
    try:
        document = open_in_memory(pdf) if decode else _open_one_of_many(pdf)
    except pikepdf.PasswordError:
        raise OutputRejectedError(f"PDF terenkripsi dan tidak dapat diolah: {what}", advice) from None
    except pikepdf.PdfError as error:
        raise OutputRejectedError(f"PDF rusak: {what} ({error})", advice) from error
    try:
        lack = _lack(document, decode=decode)
    except pikepdf.PdfError as error:
        lack = f"rusak ({error})"
    if lack:
        document.close()
        raise OutputRejectedError(f"PDF {lack}: {what}", advice)
    return document


def _open_one_of_many(pdf: bytes) -> Pdf:
    """Parts of a bundle stay open until it is written: more of them than a process may have open files."""
    return pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True)


def _lack(document: Pdf, *, decode: bool) -> str | None:
    if document.is_encrypted:
        return "terenkripsi"
    if len(document.pages) == 0:
        return "tidak berisi halaman"
    if decode and (faults := document.check_pdf_syntax()):
        return f"rusak ({faults[0]})"
    if Name.StructTreeRoot not in document.Root:
        return "tidak memiliki struktur untuk pembaca layar (PDF/UA)"
    if Name.OutputIntents not in document.Root:
        return "tidak memiliki profil warna keluaran (PDF/A)"
    return None


def describe(document: Pdf, about: Description) -> None:
    """Replace everything `document` says of itself by `about`, marked as PDF/A and PDF/UA-1."""
    root = document.Root
    root.Metadata = document.make_indirect(Stream(document, _xmp(about)))
    root.Metadata.Type, root.Metadata.Subtype = Name.Metadata, Name.XML
    root.Lang = pikepdf.String(about.lang)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for page in document.pages:
        page.obj.Tabs = Name.S
    info = Dictionary(
        Title=pikepdf.String(about.title),
        CreationDate=pikepdf.String(f"D:{about.date:%Y%m%d}"),
        Creator=pikepdf.String(CREATOR),
        Producer=pikepdf.String(about.producer),
    )
    if about.author:
        info.Author = pikepdf.String(about.author)
    document.trailer.Info = document.make_indirect(info)


def _xmp(about: Description) -> bytes:
    author = f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>\n"
    return _XMP.format(
        part=about.part,
        title=escape(about.title),
        creator=author if about.author else "",
        lang=escape(about.lang),
        date=about.date.isoformat(),
        tool=CREATOR,
        producer=escape(about.producer),
    ).encode("utf-8")


def pdf_bytes(document: Pdf) -> bytes:
    """Return `document` as a file: the same objects, made in the same order, always give the same bytes."""
    output = io.BytesIO()
    document.save(output, min_version="1.7", object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return output.getvalue()


def ordered_bytes(document: Pdf) -> bytes:
    """Return `document`, which is used up, as a file: the same objects in any order always give the same bytes.

    LibreOffice now and then writes the same fonts in another order, and what goes into object streams follows the
    numbers of objects. So they are copied first, in the order in which they are reached from the catalogue.
    """
    pages = [page.obj for page in document.pages]
    root, information = document.Root, document.trailer.Info
    del root.Pages
    with Pdf.new() as target:
        copied = copy_with_pages(document, target, Dictionary(Pages=Array(pages), Root=root, Info=information), pages)
        for page in copied.Pages.as_list():
            page.Type = Name.Page
            target.pages.append(Page(page))
        for key, value in copied.Root.items():
            target.Root[key] = value
        target.trailer.Info = copied.Info
        return pdf_bytes(target)


def copy_with_pages(source: Pdf, target: Pdf, load: Dictionary, pages: Sequence[Object]) -> Object:
    """Copy everything at once, so that links, tags and bookmarks refer to the same copies of the pages.

    qpdf does not follow references from one page to another and would leave null in their place. Without their
    /Type, pages are copied like any other object.
    """
    for page in pages:
        del page[Name.Type]
        del page[Name.Parent]
    return target.copy_foreign(source.make_indirect(load))
