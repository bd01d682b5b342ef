"""Small sheets and the judgement over them."""

from __future__ import annotations

import dataclasses
import datetime
import io
import random
from collections.abc import Callable, Sequence

import docx
import pikepdf
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from sopdocs.office import find_fonts
from sopdocs.pdf import Attachment, Part, bundle, conformity

DATE = datetime.date(2026, 1, 2)
TITLES = ("Daftar SOP", "SOP Surat Masuk", "SOP Surat & <Keluar>")
KEYS = ("bagian/daftar-isi", "sop/surat-masuk", "sop/surat-keluar")
GROUPS = ("", "SOP", "SOP")
PAGES = (1, 3, 2)


def sheet(title: str, pages: int) -> bytes:
    """A landscape DOCX: heading, crest with alternative text, table with header row; a heading on each page."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(330), Mm(215)
    style = document.styles["Normal"]
    style.font.name = "Liberation Sans"
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    style.element.get_or_add_rPr().append(language)
    document.add_heading(title, 1)
    picture = document.add_picture(crest(), width=Mm(20))
    picture._inline.docPr.set("descr", "Lambang daerah")
    table = document.add_table(3, 3)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        for number, cell in enumerate(row.cells):
            cell.text = f"{title} kolom {number}"
    for number in range(2, pages + 1):
        document.add_page_break()
        document.add_heading(f"Halaman {number}", 2)
        document.add_paragraph(f"Isi {title}")
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def bundled(parts: Sequence[Part], attachments: Sequence[Attachment] = ()) -> bytes:
    """The bundle of `parts` as every test makes it."""
    font = find_fonts().regular.read_bytes()
    return bundle(parts, title="Bundel SOP", date=DATE, author="Dinas Contoh", font=font, attachments=attachments)


def part_with(part: Part, change: Callable[[pikepdf.Pdf], None]) -> Part:
    """`part` after `change` of its PDF."""
    return dataclasses.replace(part, pdf=changed(part.pdf, change))


def crest() -> io.BytesIO:
    """Noise, which does not compress: 150 by 150 pixels."""
    output = io.BytesIO()
    Image.frombytes("RGB", (150, 150), random.Random(1).randbytes(3 * 150 * 150)).save(output, "PNG")
    output.seek(0)
    return output


def conformance_failures(pdf: bytes) -> list[str]:
    """What speaks against the file being the PDF/A and PDF/UA-1 that it claims to be."""
    return [f"{each.standard}: {each.rule}: {each.message}" for each in conformity(pdf).failures]


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return `pdf` after `change`."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(output)
    return output.getvalue()
