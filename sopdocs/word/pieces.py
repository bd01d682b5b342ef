"""The text of a paragraph in pieces that can be compared: words, spaces, tabs, breaks, each with its look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from sopdocs.word.links import LINK_STYLE
from sopdocs.word.xml import NS, Element, qn

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
    qn("w:softHyphen"): "\u00ad",
}
"""Elements of a run that are text without letters (ISO/IEC 29500-1, 17.3.3)."""
_LEAST_ALIKE = 0.35
"""Share of letters that must have stayed; below it a text is easier to read as one deletion and one insertion."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, the space between two, a sign, or something that is no text and is kept as it is."""

    text: str
    look: bytes
    """The run's `w:rPr` as canonical XML; empty for none."""
    element: Element | None = None
    """What stands there when it is no text, such as a drawing or a field; always of the new state."""


Step = tuple[Piece | None, Piece | None]
"""Old and new piece: (one, other) stayed, (one, None) is gone, (None, other) is new."""


def pieces(paragraph: Element) -> list[Piece]:
    """Cut a paragraph into pieces; links are taken as their text."""
    return [piece for child in paragraph if child.tag != qn("w:pPr") for piece in _inline(child)]


def text_of(found: Iterable[Piece]) -> str:
    """The text of pieces; what is no text is left out."""
    return "".join(piece.text for piece in found if piece.element is None)


def new_element(name: str, **attributes: str) -> Element:
    """Make an element; an attribute `w_val` becomes `w:val`."""
    values = {qn(key.replace("_", ":", 1)): value for key, value in attributes.items()}
    return etree.Element(qn(name), values, nsmap={"w": NS["w"]})


def _inline(element: Element) -> Iterator[Piece]:
    if element.tag == qn("w:hyperlink"):
        for child in element:
            yield from _inline(child)
        return
    text = _run_text(element) if element.tag == qn("w:r") else None
    if text is None:
        yield Piece(f"{element.tag} {element.get(qn('w:instr'), '')}", b"", element)
        return
    look = _look(element.find(qn("w:rPr")))
    yield from (Piece(match[0], look) for match in _WORDS.finditer(text))


def _run_text(run: Element) -> str | None:
    """The text of a run; None when there is something else in it."""
    text = ""
    for child in run:
        if child.tag == qn("w:t"):
            text += " ".join(re.split(r"[\t\n\r]", child.text or ""))
        elif child.tag in _SIGNS and not child.attrib:
            text += _SIGNS[str(child.tag)]
        elif child.tag != qn("w:rPr"):
            return None
    return text


def _look(properties: Element | None) -> bytes:
    if properties is None:
        return b""
    bare = new_element("w:rPr")
    for child in properties:
        if child.tag != qn("w:rStyle") or child.get(qn("w:val")) != LINK_STYLE:
            bare.append(_copy(child))
    return etree.tostring(bare, method="c14n", exclusive=True) if len(bare) else b""


def _copy(element: Element) -> Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def look_element(look: bytes) -> Element:
    """The `w:rPr` of a look, empty for none."""
    return etree.fromstring(look) if look else new_element("w:rPr")


def compare_pieces(old: list[Piece], new: list[Piece]) -> list[Step]:
    """The way from old to new, word by word; in a stretch that differs, what is gone comes first."""
    matcher = SequenceMatcher(None, [p.text for p in old], [p.text for p in new], autojunk=False)
    codes = _readable(matcher.get_opcodes(), old, new)
    steps: list[Step] = []
    for tag, first, last, start, stop in codes:
        if tag == "equal":
            steps += zip(old[first:last], new[start:stop], strict=True)
        else:
            # A drawing or field of the old state has no place in the new sheet.
            steps += [(piece, None) for piece in old[first:last] if piece.element is None]
            steps += [(None, piece) for piece in new[start:stop]]
    return steps


_Code = tuple[str, int, int, int, int]


def _readable(codes: Sequence[_Code], old: list[Piece], new: list[Piece]) -> list[_Code]:
    """Join changes that only a space or a sign keeps apart, and texts of which hardly a word has stayed."""
    stayed = sum(_letters(old[first:last]) for tag, first, last, *_ in codes if tag == "equal")
    unlike = stayed < _LEAST_ALIKE * min(_letters(old), _letters(new))
    joined: list[_Code] = []
    for number, code in enumerate(codes):
        here, letters = code, _letters(old[code[1] : code[2]])
        if (unlike and letters) or (not letters and 0 < number < len(codes) - 1):
            here = _as_changed(code, old)
        if joined and here[0] != "equal" and joined[-1][0] != "equal":
            before = joined.pop()
            here = ("replace", before[1], here[2], before[3], here[4])
        joined.append(here)
    return joined


def _as_changed(code: _Code, old: list[Piece]) -> _Code:
    """Tell a stretch that stayed as changed, unless there is something in it that is no text."""
    if code[0] != "equal" or any(piece.element is not None for piece in old[code[1] : code[2]]):
        return code
    return ("replace", *code[1:])


def _letters(found: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in found if piece.element is None and piece.text[:1].isalnum())
