"""From a filled template to a DOCX that may be written; what the sheets and the other parts have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sopdocs.layout import paper
from sopdocs.layout.units import Emu
from sopdocs.word.context import Inputs
from sopdocs.word.fit import fit_paper, kern_texts
from sopdocs.word.links import weave_links
from sopdocs.word.package import CHANGES, Parts, check_package, write_package
from sopdocs.word.properties import core_properties
from sopdocs.word.template import Template, TemplateBrokenError, fill, unguard
from sopdocs.word.xml import Element, parse_strictly, qn, serialise

_DOCUMENT = "word/document.xml"


def fill_part(
    template: Template,
    context: Mapping[str, object],
    inputs: Inputs,
    about: tuple[str, date | None],
    *,
    bottom: Emu = 0,
) -> bytes:
    """Make the DOCX of a part that is nothing but its filled template; `about` is its title and date.

    `bottom` is the least lower margin. Raises TemplateBrokenError and PackageError.
    """
    parts = kern_texts(fill(template, context))
    body = body_of(parts, template)
    size = paper(inputs.workspace.instansi.kertas)
    fit_paper(parts, body, replace(size, bottom=max(size.bottom, bottom)))
    return finish(parts, body, about)


def body_of(parts: Parts, template: Template) -> Element:
    """The body of a filled template, to be changed and given to `finish`. Raises TemplateBrokenError."""
    body = parse_strictly(parts[_DOCUMENT]).find(qn("w:body"))
    if body is None or "word/styles.xml" not in parts:
        raise TemplateBrokenError(f"{template.name}: templat ini tidak utuh", "pakai templat bawaan sebagai awal")
    return body


def finish(parts: Parts, body: Element, about: tuple[str, date | None]) -> bytes:
    """Write the document that `body` belongs to, `about` its title and date. Raises PackageError."""
    parts = dict(parts)
    parts["docProps/core.xml"] = core_properties(*about)
    trees = {name: parse_strictly(data) for name, data in parts.items() if _numbered(name) and name != _DOCUMENT}
    trees[_DOCUMENT] = body.getroottree().getroot()
    weave_links(parts, trees)
    _renumber(trees, about[0])
    parts |= {name: serialise(tree) for name, tree in trees.items()}
    check_package(parts)
    shown = {n: unguard(d) if n.endswith(".xml") else d for n, d in parts.items()}
    return write_package(shown)


def _numbered(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and "/" not in name[5:]


def _renumber(trees: dict[str, Element], title: str) -> None:
    """Give drawings, bookmarks and changes ids that are unique over all parts, and pictures an alternative text."""
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
    changes = (change for name in sorted(trees) for change in trees[name].iter(*CHANGES))
    for number, change in enumerate(changes, start=bookmarks):
        change.set(qn("w:id"), str(number))
