"""From template, SOP and geometry to the DOCX of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sopdocs.layout import FontData, LayoutSettings, SheetGeometry, lay_out, paper
from sopdocs.model import Sop
from sopdocs.word.around import measure_around
from sopdocs.word.context import Inputs, cover_context, sop_context
from sopdocs.word.fit import fit_paper, kern_texts
from sopdocs.word.package import Parts, check_package, write_package
from sopdocs.word.properties import core_properties
from sopdocs.word.table import procedure_elements
from sopdocs.word.template import PROCEDURE_MARK, Template, TemplateBrokenError, fill, unguard
from sopdocs.word.xml import Element, parse_strictly, qn, serialise

_DOCUMENT = "word/document.xml"


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
    body = _body(parts, template)
    size = paper(office.kertas)
    fit_paper(parts, body, size)
    mark = _mark(body, template)
    around = measure_around(
        body, mark, parse_strictly(parts["word/styles.xml"]), fonts, (size.text_width, size.text_height)
    )
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
    geometry = lay_out(sop, settings)
    for element in procedure_elements(geometry, sop.nama):
        mark.addprevious(element)
    body.remove(mark)
    return Sheet(_finish(parts, body, (sop.nama, sop.revisi or sop.pengesahan or sop.pembuatan)), geometry)


def make_cover(sops: tuple[Sop, ...], inputs: Inputs, template: Template, day: date | None) -> bytes:
    """Fill the template of the bundle's cover."""
    parts = kern_texts(fill(template, cover_context(sops, inputs)))
    body = _body(parts, template)
    fit_paper(parts, body, paper(inputs.workspace.instansi.kertas))
    return _finish(parts, body, (inputs.workspace.bundel.judul, day))


def _body(parts: Parts, template: Template) -> Element:
    body = parse_strictly(parts[_DOCUMENT]).find(qn("w:body"))
    if body is None or "word/styles.xml" not in parts:
        raise TemplateBrokenError(f"{template.name}: templat ini tidak utuh", "pakai templat bawaan sebagai awal")
    return body


def _mark(body: Element, template: Template) -> Element:
    marks = [m for m in body.iter(qn("w:bookmarkStart")) if m.get(qn("w:name")) == PROCEDURE_MARK]
    paragraph = marks[0].getparent() if len(marks) == 1 else None
    if paragraph is None or paragraph.getparent() is not body:
        message = f"{template.name}: penanda {{{{p prosedur }}}} harus ada satu kali, di luar tabel"
        raise TemplateBrokenError(message, "tulis {{p prosedur }} pada satu paragraf tersendiri")
    return paragraph


def _finish(parts: Parts, body: Element, about: tuple[str, date | None]) -> bytes:
    document = body.getroottree().getroot()
    parts = dict(parts)
    parts[_DOCUMENT] = serialise(document)
    parts["docProps/core.xml"] = core_properties(*about)
    trees = {name: parse_strictly(data) for name, data in parts.items() if _numbered(name)}
    _renumber(trees, about[0])
    parts |= {name: serialise(tree) for name, tree in trees.items()}
    check_package(parts)
    shown = {n: unguard(d) if n.endswith(".xml") else d for n, d in parts.items()}
    return write_package(shown)


def _numbered(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and "/" not in name[5:]


def _renumber(trees: dict[str, Element], title: str) -> None:
    """Give drawings and bookmarks ids that are unique over all parts, and pictures an alternative text."""
    drawings = 0
    bookmarks = 0
    for name in sorted(trees):
        for drawing in trees[name].iter(qn("wp:docPr")):
            drawings += 1
            drawing.set("id", str(drawings))
            if not drawing.get("descr"):
                drawing.set("descr", f"Gambar pada {title}")
        open_marks: dict[str | None, str] = {}
        for mark in trees[name].iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            old = mark.get(qn("w:id"))
            if mark.tag == qn("w:bookmarkStart"):
                open_marks[old] = str(bookmarks)
                bookmarks += 1
            mark.set(qn("w:id"), open_marks.get(old, str(old)))
