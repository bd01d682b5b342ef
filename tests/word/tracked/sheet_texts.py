"""The text of a sheet as a reader takes it in, whatever pages it stands on."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "\u2011"}
_PAGES = re.compile(r"lembar \d+ dari \d+")
_LOOKS = (f"{W}b", f"{W}i", f"{W}u")

Paragraph = tuple[str, ...]
"""Its style, then each letter's look and the letter, as one string for each run of one look."""


@dataclass
class SheetText:
    """A sheet without its pages."""

    around: list[object] = field(default_factory=list)
    """Blocks before and after the procedures, tables as rows of cells of paragraphs."""
    captions: list[str] = field(default_factory=list)
    headings: set[str] = field(default_factory=set)
    rows: list[list[str]] = field(default_factory=list)
    """Text cells of the steps; a step cut between pages is one again, without white space."""
    cut: set[int] = field(default_factory=set)
    """Which rows were put together again."""
    margins: list[str] = field(default_factory=list)
    """Headers and footers."""


def parts(docx: bytes) -> dict[str, etree._Element]:
    """The parts that a reader sees."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = [n for n in archive.namelist() if n.startswith(("word/document", "word/header", "word/footer"))]
        return {name: etree.fromstring(archive.read(name)) for name in sorted(names)}


def read(trees: dict[str, etree._Element]) -> SheetText:
    """The text of a sheet."""
    made = SheetText()
    for block in trees["word/document.xml"][0]:
        if _is_procedure(block):
            _read_table(block, made)
        elif _style(block) == "JudulProsedur" and text(block).strip():
            made.captions.append(text(block))
        elif block.tag == f"{W}tbl":
            made.around.append([[_cell(cell) for cell in row.iter(f"{W}tc")] for row in block.iter(f"{W}tr")])
        elif block.tag == f"{W}p" and not _is_spacer(block):
            made.around.append(look(block))
    margins = [text(p) for name, tree in trees.items() if "document" not in name for p in tree.iter(f"{W}p")]
    made.margins = [_PAGES.sub("lembar", margin) for margin in margins]
    return made


def _is_procedure(block: etree._Element) -> bool:
    return block.tag == f"{W}tbl" and block.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


def _is_spacer(block: etree._Element) -> bool:
    """Whether this only keeps two things apart: pages decide how many, and LibreOffice leaves an empty caption."""
    return not text(block).strip() and _style(block) in ("Normal", "JudulProsedur")


def _style(block: etree._Element) -> str:
    style = block.find(f"{W}pPr/{W}pStyle")
    return "Normal" if style is None else str(style.get(f"{W}val"))


def _read_table(table: etree._Element, made: SheetText) -> None:
    for row in table.findall(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        if row.find(f"{W}trPr/{W}tblHeader") is not None:
            made.headings |= (
                {text(p) for cell in cells for p in cell.iter(f"{W}p")} - {str(n) for n in range(99)} - {""}
            )
            continue
        words = ["\n".join(map(text, cell.findall(f"{W}p"))) for cell in (*cells[:2], *cells[-4:])]
        if words[0] or not made.rows:
            made.rows.append(words)
            continue
        before = made.rows[-1]
        made.cut.add(len(made.rows) - 1)
        made.rows[-1] = [a if not b else "".join((a + b).split()) for a, b in zip(before, words, strict=True)]


def squeezed(rows: list[list[str]]) -> list[list[str]]:
    """Without white space, as steps cut between pages are."""
    return [["".join(cell.split()) for cell in row] for row in rows]


def _cell(cell: etree._Element) -> list[Paragraph]:
    return [look(p) for p in cell.findall(f"{W}p")]


def text(paragraph: etree._Element) -> str:
    """Plain text of a paragraph."""
    return "".join(letter for _, letter in _letters(paragraph))


def look(paragraph: etree._Element) -> Paragraph:
    """Style and text with bold, italics and underlining."""
    found = [_style(paragraph)]
    last = None
    for mark, letter in _letters(paragraph):
        if mark != last:
            found.append(mark + ":")
            last = mark
        found[-1] += letter
    return tuple(found)


def _letters(paragraph: etree._Element) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}drawing"), None) is not None:
            continue
        mark = "".join(etree.QName(child).localname for child in run.iterfind(f"{W}rPr/*") if child.tag in _LOOKS)
        for child in run:
            if child.get(f"{W}type") == "page":
                continue  # LibreOffice writes it for a table that begins on a new page
            said = child.text or "" if child.tag == f"{W}t" else _SIGNS.get(str(child.tag), "")
            found += [(mark, letter) for letter in said]
    return found
