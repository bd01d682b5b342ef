"""Read a table of contents as its reader does: where a line leads, and the number that it prints."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any, cast

from sopdocs.errors import OutputRejectedError
from sopdocs.model import ListedPart

_NUMBER = re.compile(r"(\d+)\s*$")
_SLACK = 2.0
"""Points by which a baseline may lie outside the link's rectangle."""

Word = tuple[float, float, str]
"""x, y of the baseline, text."""


def read_listed(pdf: bytes, pages: Sequence[int]) -> tuple[ListedPart, ...]:
    """Return the lines with links to named places on these pages (from 1), in order.

    The number is the last one at the right end of the line. Raises OutputRejectedError if `pdf` cannot be read.
    """
    from pypdf import PdfReader  # late, as in prove.py

    try:
        reader = PdfReader(io.BytesIO(pdf))
        return tuple(line for number in pages for line in _lines(reader.pages[number - 1]))
    except Exception as error:  # pypdf raises nearly anything on a broken file
        raise OutputRejectedError(f"Daftar isi tidak dapat dibaca: {error}", "jalankan sopdocs build") from error


def _lines(page: Any) -> list[ListedPart]:
    words: list[Word] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], *_: object) -> None:
        if text.strip():
            words.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5], text.strip()))

    page.extract_text(visitor_text=visit)
    bands: dict[str, tuple[float, float]] = {}
    for annotation in cast(list[Any], page.get("/Annots") or []):
        link = annotation.get_object()
        if link.get("/Subtype") == "/Link" and (name := _target(link)):
            low, high = float(link["/Rect"][1]), float(link["/Rect"][3])
            before = bands.get(name, (low, high))
            bands[name] = min(before[0], low), max(before[1], high)
    return [ListedPart(name, _number(words, band)) for name, band in bands.items()]


def _target(link: Any) -> str:
    place = link.get("/Dest")
    if place is None and "/A" in link:
        place = link["/A"].get("/D")
    return str(place) if isinstance(place, str) else ""


def _number(words: Sequence[Word], band: tuple[float, float]) -> int | None:
    beside = sorted((x, text) for x, y, text in words if band[0] - _SLACK <= y <= band[1] + _SLACK)
    found = _NUMBER.search(beside[-1][1]) if beside else None
    return int(found[1]) if found else None
