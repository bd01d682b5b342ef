"""Small sheets and the judgement over them."""

from __future__ import annotations

import datetime
import io
import random
import re
from collections.abc import Callable

import docx
import page
import pikepdf
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

DATE = datetime.date(2026, 1, 2)
TITLES = ("Daftar SOP", "SOP Surat Masuk", "SOP Surat & <Keluar>")
LABELS = ("", "1-", "2-")
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


def crest() -> io.BytesIO:
    """Noise, which does not compress: 150 by 150 pixels."""
    output = io.BytesIO()
    Image.frombytes("RGB", (150, 150), random.Random(1).randbytes(3 * 150 * 150)).save(output, "PNG")
    output.seek(0)
    return output


def conformance_failures(pdf: bytes) -> list[str]:
    """What page-validation says against PDF/A-2b and PDF/UA-1.

    It takes the 0x0D at the end of a stream's data for part of the line end before `endstream` and then finds the
    length wrong; that alone is let pass, for streams which do end so.
    """
    return [
        f"{profile}: {failure.rule_id}: {failure.message}"
        for profile in ("2b", "ua1")
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
        if not (failure.rule_id == "PDFA2B-STREAM-LENGTH-001" and _ends_in_return(pdf, failure.object_id))
    ]


def _ends_in_return(pdf: bytes, object_id: page.PdfObjectId | None) -> bool:
    if object_id is None:  # said of object streams
        return re.search(rb"/Type /ObjStm.{1,200}?stream\n.*?\r\nendstream", pdf, re.DOTALL) is not None
    found = re.search(rb"\n%d 0 obj\b.*?endstream" % object_id.object_number, pdf, re.DOTALL)
    return found is not None and found[0].endswith(b"\r\nendstream")


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return `pdf` after `change`."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(output)
    return output.getvalue()
