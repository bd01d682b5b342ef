"""Typefaces of a PDF: what their codes mean, how far each moves on, and whether the file holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pikepdf import Array, Name, Object, Stream

_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|\[([^\]]*)\]")
_UNKNOWN = "\ufffd"
_USUAL_WIDTH = 0.5
"""Ems; for codes whose width the file does not tell."""
_RANGE = 0xFFFF
"""Codes that one range may cover."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """A typeface as a page uses it."""

    name: str
    embedded: bool
    wide: bool
    """Codes take two bytes."""
    meaning: dict[int, str]
    widths: dict[int, float]
    """In ems."""

    def read(self, data: bytes) -> tuple[str, list[float]]:
        """Return what a string says, and the widths of its codes in ems."""
        codes = [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)] if self.wide else data
        text = "".join([self.meaning.get(code) or self._guess(code) for code in codes])
        return text, [self.widths.get(code, _USUAL_WIDTH) for code in codes]

    def _guess(self, code: int) -> str:
        """What a code means in a file that does not say so."""
        return _UNKNOWN if self.wide else bytes([code]).decode("cp1252", "replace")


def read_lettering(font: Object) -> Lettering:
    """Read a font dictionary (ISO 32000-1, 9.6 and 9.7)."""
    wide = font.get(Name.Subtype) == Name.Type0
    inner = font[Name.DescendantFonts][0] if wide else font
    descriptor = inner.get(Name.FontDescriptor)
    drawn = font.get(Name.Subtype) == Name.Type3
    files = (Name.FontFile, Name.FontFile2, Name.FontFile3)
    embedded = drawn or (descriptor is not None and any(key in descriptor for key in files))
    name = str(font.get(Name.BaseFont, "huruf tanpa nama")).removeprefix("/")
    mapping = font.get(Name.ToUnicode)
    meaning = _meaning(mapping.read_bytes()) if isinstance(mapping, Stream) else {}
    # Widths of wide fonts are told in another way; text is assumed to run on at the usual width there.
    widths = {} if wide or drawn else _widths(inner)
    return Lettering(re.sub(r"^[A-Z]{6}\+", "", name), embedded, wide, meaning, widths)


def _widths(font: Object) -> dict[int, float]:
    widths = font.get(Name.Widths)
    if not isinstance(widths, Array):
        return {}
    first = int(font.get(Name.FirstChar, 0))
    return {first + n: float(width) / 1000 for n, width in enumerate(widths.as_list())}


def _meaning(cmap: bytes) -> dict[int, str]:
    """Read a ToUnicode map (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(cmap):
        tokens: list[tuple[bytes, bytes]] = _TOKEN.findall(body)
        if kind == b"char":
            found |= {_code(a): _text(b) for (a, _), (b, _) in zip(tokens[::2], tokens[1::2], strict=False)}
            continue
        for (first, _), (last, _), (text, several) in zip(tokens[::3], tokens[1::3], tokens[2::3], strict=False):
            start, end = _code(first), min(_code(last), _code(first) + _RANGE)
            if several:
                found |= dict(enumerate((_text(each) for each, _ in _TOKEN.findall(several)), start))
            elif said := _text(text):
                found |= {code: said[:-1] + _later(said[-1], code - start) for code in range(start, end + 1)}
    return found


def _code(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _text(digits: bytes) -> str:
    whole = b"".join(digits.split()).decode("ascii")
    return bytes.fromhex(whole + "0" * (len(whole) % 2)).decode("utf-16-be", "replace")


def _later(letter: str, by: int) -> str:
    return chr(min(ord(letter) + by, 0x10FFFF))
