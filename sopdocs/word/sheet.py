"""From template, SOP and geometry to the DOCX of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sopdocs.layout import FontData, LayoutSettings, SheetGeometry, lay_out_once, paper
from sopdocs.model import Sop
from sopdocs.word.around import measure_around
from sopdocs.word.context import Inputs, cover_context, sop_context
from sopdocs.word.finish import body_of, fill_part, finish
from sopdocs.word.fit import fit_paper, kern_texts
from sopdocs.word.formats import read_styles
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
    office = inputs.workspace.instansi
    parts = kern_texts(fill(template, sop_context(sop, inputs)))
    body = body_of(parts, template)
    size = paper(office.kertas)
    fit_paper(parts, body, size)
    mark = _mark(body, template)
    styles = read_styles(parts["word/styles.xml"])
    around = measure_around(body, mark, styles, fonts, (size.text_width, size.text_height))
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
    geometry = lay_out_once(sop, settings)
    for element in procedure_elements(geometry, sop.nama):
        mark.addprevious(element)
    body.remove(mark)
    return Sheet(finish(parts, body, (sop.nama, sop.revisi or sop.pengesahan or sop.pembuatan)), geometry)


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
