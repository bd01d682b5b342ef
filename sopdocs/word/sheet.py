"""From template, SOP and geometry to the DOCX of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sopdocs.layout import FontData, LayoutSettings, Paper, SheetGeometry, lay_out_once, paper
from sopdocs.model import Sop
from sopdocs.word.around import measure_around
from sopdocs.word.context import Inputs, cover_context, sop_context
from sopdocs.word.finish import body_of, fill_part, finish
from sopdocs.word.fit import fit_paper, kern_texts
from sopdocs.word.formats import read_styles
from sopdocs.word.package import Parts
from sopdocs.word.table import procedure_elements
from sopdocs.word.template import PROCEDURE_MARK, Template, TemplateBrokenError, fill
from sopdocs.word.xml import Element, qn


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished Word document."""

    docx: bytes
    geometry: SheetGeometry


def make_sheet(sop: Sop, inputs: Inputs, template: Template, fonts: FontData, *, new_page: bool = False) -> Sheet:
    """Fill the template, lay the procedure out in the room that is left, and put it in its place.

    `new_page` makes the procedure start on a page of its own. Raises TemplateBrokenError and PackageError.
    """
    opened = open_sheet(sop, inputs, template, paper(inputs.workspace.instansi.kertas))
    geometry = lay_out_sheet(opened, sop, inputs, fonts, new_page=new_page)
    for element in procedure_elements(geometry, sop.nama):
        opened.mark.addprevious(element)
    opened.body.remove(opened.mark)
    return Sheet(finish(opened.parts, opened.body, (sop.nama, sheet_date(sop))), geometry)


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A filled template whose procedure is still to come."""

    parts: Parts
    body: Element
    mark: Element
    """Paragraph of the body where the procedure goes."""
    size: Paper


def open_sheet(sop: Sop, inputs: Inputs, template: Template, size: Paper) -> OpenSheet:
    """Fill the template and fit it to the paper. Raises TemplateBrokenError and PackageError."""
    parts = kern_texts(fill(template, sop_context(sop, inputs)))
    body = body_of(parts, template)
    fit_paper(parts, body, size)
    return OpenSheet(parts, body, _mark(body, template), size)


def lay_out_sheet(opened: OpenSheet, sop: Sop, inputs: Inputs, fonts: FontData, *, new_page: bool) -> SheetGeometry:
    """Lay the procedure out in the room that the filled template leaves."""
    office, size = inputs.workspace.instansi, opened.size
    styles = read_styles(opened.parts["word/styles.xml"])
    around = measure_around(opened.body, opened.mark, styles, fonts, (size.text_width, size.text_height))
    known = inputs.workspace.pelaksana
    settings = LayoutSettings(
        paper=size,
        istilah=office.istilah,
        lanes=tuple(known[key].judul_lajur for key in sop.pelaksana),
        fonts=fonts,
        before=around.before,
        pages_before=around.pages_before,
        after=around.after,
        new_page=new_page or office.prosedur_di_halaman_baru,
    )
    return lay_out_once(sop, settings)


def sheet_date(sop: Sop) -> date | None:
    """The date in the properties of a sheet."""
    return sop.revisi or sop.pengesahan or sop.pembuatan


def make_cover(sops: tuple[Sop, ...], inputs: Inputs, template: Template, day: date | None) -> bytes:
    """Fill the template of the bundle's cover."""
    return fill_part(template, cover_context(sops, inputs), inputs, (inputs.workspace.bundel.judul, day))


def _mark(body: Element, template: Template) -> Element:
    marks = [m for m in body.iter(qn("w:bookmarkStart")) if m.get(qn("w:name")) == PROCEDURE_MARK]
    paragraph = marks[0].getparent() if len(marks) == 1 else None
    if paragraph is None or paragraph.getparent() is not body:
        message = f"{template.name}: penanda {{{{p prosedur }}}} harus ada satu kali, di luar tabel"
        raise TemplateBrokenError(message, "tulis {{p prosedur }} pada satu paragraf tersendiri")
    return paragraph
