"""Fit a filled template to the office's paper, and its texts to the way they are measured."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sopdocs.layout import Paper
from sopdocs.layout.units import EMU_PER_TWIP, Emu
from sopdocs.word.formats import whole
from sopdocs.word.package import Parts
from sopdocs.word.table import twips
from sopdocs.word.xml import Element, el, elements, parse_strictly, qn, serialise

_STYLES = "word/styles.xml"
_KEPT = 16
"""Styles of templates that are remembered."""
_FAR = 0.25
"""Share of the text width from which an indent or tab places something on the page; less is an indent of a list."""
_SAME = 0.002
_BEFORE_KERN = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w"),
)
"""What precedes `w:kern` in `w:rPr` (ISO/IEC 29500-1, 17.3.2.28)."""
_CELL_SIDES = 230
"""Twips that a cell keeps free beside its text at most: Word's own 108 on either side, and a hair."""


def kern_texts(parts: Parts) -> Parts:
    """Switch pair kerning on for the whole document: texts are measured with it, and Word's default is without."""
    return {**parts, _STYLES: _kerned(parts[_STYLES])} if _STYLES in parts else parts


@lru_cache(_KEPT)
def _kerned(data: bytes) -> bytes:
    styles = parse_strictly(data)
    defaults = _child(styles, "w:docDefaults", 0)
    looks = _child(_child(defaults, "w:rPrDefault", 0), "w:rPr", 0)
    before = sum(1 for child in looks if child.tag in {qn(f"w:{name}") for name in _BEFORE_KERN})
    _child(looks, "w:kern", before).set(qn("w:val"), "1")
    return serialise(styles)


def _child(parent: Element, name: str, at: int) -> Element:
    found = parent.find(qn(name))
    if found is None:
        (found,) = elements([el(name)])
        parent.insert(at, found)
    return found


def fit_paper(parts: Parts, body: Element, size: Paper) -> None:
    """Set the page, and stretch the template's tables and far indents to its width, headers and styles included.

    Changes `body`, and `parts` in place for the other parts.
    """
    old = 0
    for section in body.iter(qn("w:sectPr")):
        old = _set_page(section, size) or old
    factor = size.text_width / old if old else 1.0
    if abs(factor - 1) < _SAME:
        _shrink_pictures(body)
        return
    _stretch(body, factor, old)
    _shrink_pictures(body)
    for name in sorted(parts):
        if name == _STYLES or name.startswith(("word/header", "word/footer")):
            tree = parse_strictly(parts[name])
            _stretch(tree, factor, old)
            parts[name] = serialise(tree)


def _set_page(section: Element, size: Paper) -> Emu:
    """Return the width between the margins that the section had."""
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if page is None or margins is None:
        return 0
    old = whole(page, "w:w", 0) - whole(margins, "w:left", 0) - whole(margins, "w:right", 0)
    page.set(qn("w:w"), str(twips(size.width)))
    page.set(qn("w:h"), str(twips(size.height)))
    page.set(qn("w:orient"), "landscape")
    sides = {"left": size.side, "right": size.side, "top": size.top, "bottom": size.bottom, "footer": size.footer}
    for side, value in sides.items():
        margins.set(qn(f"w:{side}"), str(twips(value)))
    return old * EMU_PER_TWIP


def _shrink_pictures(tree: Element) -> None:
    """Scale pictures down to the cells that they stand in, which would cut them off."""
    for cell in tree.iter(qn("w:tc")):
        width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        if width is None or width.get(qn("w:type")) != "dxa":
            continue
        room = (whole(width, "w:w", 0) - _CELL_SIDES) * EMU_PER_TWIP
        for inline in cell.iter(qn("wp:inline")):
            extents = [*inline.iter(qn("wp:extent"), qn("a:ext"))]
            across = max((int(extent.get("cx", "0")) for extent in extents), default=0)
            if not 0 < room < across:
                continue
            for extent in extents:
                for side in ("cx", "cy"):
                    if extent.get(side):
                        extent.set(side, str(round(int(str(extent.get(side))) * room / across)))


def _stretch(tree: Element, factor: float, old: Emu) -> None:
    for table in tree.iter(qn("w:tbl")):
        _stretch_table(table, factor)
    far = old * _FAR / EMU_PER_TWIP
    for element, attribute in _places(tree):
        value = whole(element, attribute, 0)
        if value > far:
            element.set(qn(attribute), str(round(value * factor)))


def _places(tree: Element) -> Iterator[tuple[Element, str]]:
    for indent in tree.iter(qn("w:ind")):
        yield from ((indent, name) for name in ("w:left", "w:right", "w:start", "w:end"))
    yield from ((tab, "w:pos") for tab in tree.iter(qn("w:tab")) if tab.get(qn("w:pos")) is not None)


def _stretch_table(table: Element, factor: float) -> None:
    """Stretch the grid, and give cells exactly its widths: LibreOffice follows the grid, Word the cells."""
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    widths = [round(whole(column, "w:w", 0) * factor) for column in columns]
    for column, width in zip(columns, widths, strict=True):
        column.set(qn("w:w"), str(width))
    total = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    if total is not None and total.get(qn("w:type")) == "dxa":
        total.set(qn("w:w"), str(sum(widths)))
    for row in table.findall(qn("w:tr")):
        at = 0
        for cell in row.findall(f"{qn('w:tc')}/{qn('w:tcPr')}"):
            span, width = cell.find(qn("w:gridSpan")), cell.find(qn("w:tcW"))
            across = whole(span, "w:val", 1) if span is not None else 1
            if width is not None and width.get(qn("w:type")) == "dxa":
                width.set(qn("w:w"), str(sum(widths[at : at + across])))
            at += across
