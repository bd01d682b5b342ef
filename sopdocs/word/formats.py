"""What a Word document says about the look of its paragraphs, as far as it decides their height."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from sopdocs.word.xml import Element, parse_strictly, qn

_KEPT = 16
"""Styles of templates that are remembered."""
_SINGLE = 240
"""`w:line` of single spacing."""
_WORD_MARGIN = 108
"""Left and right cell margin when neither table nor style says one (ISO/IEC 29500-1, 17.4.34 and 17.4.42)."""


@dataclass(frozen=True, slots=True)
class Format:
    """Look of a paragraph or run; lengths in twips."""

    size: float = 10.0
    """Points."""
    bold: bool = False
    italic: bool = False
    line: int = _SINGLE
    rule: str = "auto"
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    """Indent of the first line beyond `left`; negative when it hangs."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins of a cell in twips."""

    top: int = 0
    left: int = _WORD_MARGIN
    bottom: int = 0
    right: int = _WORD_MARGIN


class Styles:
    """The styles of a document (`word/styles.xml`)."""

    def __init__(self, styles: Element) -> None:
        found = styles.findall(qn("w:style"))
        self.by_id = {str(style.get(qn("w:styleId"))): style for style in found}
        usual = {str(s.get(qn("w:type"))): s for s in found if s.get(qn("w:default")) == "1"}
        self.paragraph_style = str(usual["paragraph"].get(qn("w:styleId"))) if "paragraph" in usual else ""
        self.margins = _margins(Margins(), usual["table"].find(qn("w:tblPr"))) if "table" in usual else Margins()
        self.base = Format()
        defaults = styles.find(qn("w:docDefaults"))
        for layer in defaults.iter(qn("w:pPr"), qn("w:rPr")) if defaults is not None else ():
            self.base = overlay(self.base, layer)
        self.known: dict[tuple[Format, str], Format] = {}

    def paragraph(self, paragraph: Element) -> Format:
        """Look of a paragraph and of its mark."""
        own = paragraph.find(qn("w:pPr"))
        look = self._styled(self.base, _named(own, "w:pStyle") or self.paragraph_style)
        return look if own is None else overlay(look, own)

    def mark(self, paragraph: Element) -> Format:
        """Look of the paragraph mark, which decides the height of an empty paragraph."""
        look, own = self.paragraph(paragraph), paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        return look if own is None else overlay(look, own)

    def run(self, run: Element, look: Format) -> Format:
        """Look of a run in a paragraph that looks like `look`."""
        own = run.find(qn("w:rPr"))
        return look if own is None else overlay(self._styled(look, _named(own, "w:rStyle")), own)

    def cell_margins(self, table: Element) -> Margins:
        """Margins of the cells of a table."""
        return _margins(self.margins, table.find(qn("w:tblPr")))

    def _styled(self, look: Format, key: str) -> Format:
        """A look with a style and those that it is based on laid over it, each worked out once."""
        if (look, key) not in self.known:
            self.known[look, key] = self._laid_over(look, key)
        return self.known[look, key]

    def _laid_over(self, look: Format, key: str) -> Format:
        chain: list[Element] = []
        while key in self.by_id and self.by_id[key] not in chain:
            chain.append(self.by_id[key])
            key = _named(chain[-1], "w:basedOn")
        for style in reversed(chain):
            for layer in (style.find(qn("w:pPr")), style.find(qn("w:rPr"))):
                look = look if layer is None else overlay(look, layer)
        return look


@lru_cache(_KEPT)
def read_styles(data: bytes) -> Styles:
    """Read `word/styles.xml`. Raises lxml.etree.XMLSyntaxError."""
    return Styles(parse_strictly(data))


def overlay(look: Format, layer: Element) -> Format:
    """Lay a `w:pPr` or `w:rPr` over a look."""
    for child in layer:
        if child.tag == qn("w:spacing"):
            look = _spaced(look, child)
        elif child.tag == qn("w:ind"):
            look = _indented(look, child)
        elif child.tag == qn("w:sz"):
            look = replace(look, size=whole(child, "w:val", round(look.size * 2)) / 2)
        elif child.tag == qn("w:b"):
            look = replace(look, bold=is_on(child))
        elif child.tag == qn("w:i"):
            look = replace(look, italic=is_on(child))
    return look


def _spaced(look: Format, spacing: Element) -> Format:
    return replace(
        look,
        before=whole(spacing, "w:before", look.before),
        after=whole(spacing, "w:after", look.after),
        line=whole(spacing, "w:line", look.line),
        rule=str(spacing.get(qn("w:lineRule")) or look.rule),
    )


def _indented(look: Format, indent: Element) -> Format:
    hanging, first = whole(indent, "w:hanging", 0), whole(indent, "w:firstLine", 0)
    said = indent.get(qn("w:hanging")) is not None or indent.get(qn("w:firstLine")) is not None
    return replace(
        look,
        left=whole(indent, "w:left", whole(indent, "w:start", look.left)),
        right=whole(indent, "w:right", whole(indent, "w:end", look.right)),
        first=(-hanging or first) if said else look.first,
    )


def _margins(usual: Margins, properties: Element | None) -> Margins:
    said = None if properties is None else properties.find(qn("w:tblCellMar"))
    if said is None:
        return usual
    sides = {side: said.find(qn(f"w:{side}")) for side in ("top", "left", "bottom", "right")}
    values = {side: whole(e, "w:w", 0) for side, e in sides.items() if e is not None}
    return replace(usual, **values)


def _named(properties: Element | None, tag: str) -> str:
    child = None if properties is None else properties.find(qn(tag))
    return "" if child is None else str(child.get(qn("w:val")) or "")


def is_on(toggle: Element | None) -> bool:
    """Whether an on/off property is set."""
    return toggle is not None and toggle.get(qn("w:val")) not in ("0", "false", "off")


def whole(element: Element, name: str, usual: int) -> int:
    """An attribute that holds a number; `usual` when it is missing or something else, such as "auto"."""
    try:
        return int(str(element.get(qn(name))))
    except ValueError:
        return usual
