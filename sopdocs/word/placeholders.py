"""Placeholders in the wrong place: what docxtpl would lose without a word is refused, with its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sopdocs.errors import OutputRejectedError
from sopdocs.word.package import Parts
from sopdocs.word.xml import NS, Element, parse_strictly, qn

ADVICE = "daftar penanda yang dikenal ada di templates/README.md"
_PLACES = {"header": "kepala halaman", "footer": "kaki halaman", "footnotes": "catatan kaki"}
_WHOLE = {
    "p": re.compile(r"\{%p\s.*?%\}|\{\{p\s.*?\}\}"),
    "tr": re.compile(r"\{%tr\s.*?%\}|\{\{tr\s.*?\}\}"),
}
"""Tags that take the place of their whole paragraph or row."""
_BARE = re.compile(r"\{\{\s[^}]*\.isi\b[^}]*\}\}|\{\{\s*prosedur\b[^}]*\}\}")
"""Values with markup, written without the r or p that puts them where markup may stand."""
_MARKUP_ADVICE = "tulis {{r butir.isi }} untuk isi butir, dan {{p prosedur }} sendirian di paragrafnya"
_TEXT = frozenset(qn(f"w:{name}") for name in ("t", "delText", "instrText", "delInstrText"))


class TemplateBrokenError(OutputRejectedError):
    """A template that cannot be filled; the message names file and paragraph."""


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template."""

    name: str
    """Shown in messages, such as templates/sop.docx."""
    data: bytes = field(repr=False)


def place_of(part: str) -> str:
    """Name a part of a document to its author: "kepala halaman"; empty for the body."""
    return _PLACES.get(re.sub(r"\d*\.xml$", "", part.rpartition("/")[2]), "")


def where(place: str, number: int, text: str) -> str:
    """Name a paragraph, counted from 1."""
    start = f"{place}, " if place else ""
    return f"{start}paragraf {number}, “{text.strip()[:80]}”"


def check_alone(template: Template, parts: Parts) -> None:
    """Refuse text beside a tag that replaces its whole paragraph or row: it would vanish."""
    for name, tree in _printed(parts):
        for number, paragraph in enumerate(tree.iter(qn("w:p")), start=1):
            text = text_of(paragraph)
            found = _WHOLE["p"].findall(text)
            if len(found) > 1 or (found and _WHOLE["p"].sub("", text).strip()):
                message = f"{where(place_of(name), number, text)}: penanda ini harus sendirian di paragrafnya"
                raise TemplateBrokenError(f"{template.name}: {message}", "pindahkan teks lain ke paragraf tersendiri")
            if _BARE.search(text):
                raise _in_text(template, where(place_of(name), number, text))
        for row in tree.iter(qn("w:tr")):
            text = text_of(row)
            found = _WHOLE["tr"].findall(text)
            if len(found) > 1 or (found and _WHOLE["tr"].sub("", text).strip()):
                message = f"baris tabel “{text.strip()[:80]}”: penanda ini harus sendirian di barisnya"
                raise TemplateBrokenError(f"{template.name}: {message}", "pindahkan teks lain ke baris tersendiri")


def check_placement(template: Template, parts: Parts) -> None:
    """Refuse runs inside a text and text outside of runs, which neither Word nor LibreOffice prints.

    The first comes of `{{ butir.isi }}` without r, the second of `{{r nama }}`. Raises TemplateBrokenError.
    """
    for name, tree in _printed(parts):
        for number, paragraph in enumerate(tree.iter(qn("w:p")), start=1):
            if any(len(text) for text in paragraph.iter(qn("w:t"))):
                text = "".join(str(piece) for piece in paragraph.itertext())
                raise _in_text(template, where(place_of(name), number, text))
        for text in _stray(tree):
            message = f"teks “{text.strip()[:80]}” tidak akan tercetak"
            raise TemplateBrokenError(
                f"{template.name}: {message}",
                "huruf r atau p di depan nama penanda hanya untuk {{r butir.isi }} dan {{p prosedur }}",
            )


def _in_text(template: Template, place: str) -> TemplateBrokenError:
    return TemplateBrokenError(f"{template.name}: {place}: isi bertanda ditaruh di tengah teks", _MARKUP_ADVICE)


def _stray(tree: Element) -> Iterator[str]:
    for element in tree.iter(f"{{{NS['w']}}}*"):
        pieces = [child.tail for child in element]
        if element.tag not in _TEXT:
            pieces.append(element.text)
        yield from (piece for piece in pieces if piece and piece.strip())


def _printed(parts: Parts) -> Iterator[tuple[str, Element]]:
    for name in sorted(parts):
        kind = re.sub(r"\d*\.xml$", "", name)
        if kind in ("word/document", "word/header", "word/footer", "word/footnotes"):
            yield name, parse_strictly(parts[name])


def text_of(element: Element) -> str:
    """All text in an element."""
    return "".join(text.text or "" for text in element.iter(qn("w:t")))
