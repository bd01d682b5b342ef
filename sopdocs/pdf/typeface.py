"""Letter our own text on pages: measure it and embed just the glyphs that it needs."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from sopdocs.errors import OutputRejectedError

_SYMBOLIC = 4
"""Flag of a font descriptor (ISO 32000-1, table 123)."""
_STEM = 80
"""/StemV, which no font file tells; readers use it only when they replace the font, and ours is embedded."""
_CMAP = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{sections}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_SECTION = 100
"""Entries that one section of a CMap may hold (Adobe technical note 5014)."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A TrueType face cut down to the characters of some text."""

    name: str
    """With the tag of a subset, as PDF asks: ABCDEF+LiberationSans."""
    data: bytes
    """The font file of the subset."""
    glyphs: dict[str, int]
    """Character -> glyph number in the subset."""
    advances: dict[str, float]
    """Character -> how far it moves on, in thousandths of the size."""
    box: tuple[float, float, float, float]
    ascent: float
    descent: float
    """As `box` in thousandths of the size, from the base line upwards."""

    def width(self, text: str, size: float) -> float:
        """Return the length of `text` in the unit of `size`."""
        return sum(self.advances[character] for character in text) * size / 1000

    def shown(self, text: str) -> bytes:
        """Return the operand that shows `text`: two bytes a glyph, in hexadecimal."""
        return b"<%s>" % b"".join(b"%04x" % self.glyphs[character] for character in text)

    def embed(self, pdf: Pdf) -> Object:
        """Add the face to `pdf` and return its font dictionary (ISO 32000-1, 9.7)."""
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{self.name}"),
            Flags=_SYMBOLIC,
            FontBBox=Array([round(value) for value in self.box]),
            ItalicAngle=0,
            Ascent=round(self.ascent),
            Descent=round(self.descent),
            CapHeight=round(self.ascent),
            StemV=_STEM,
            FontFile2=pdf.make_indirect(Stream(pdf, self.data, Length1=len(self.data))),
        )
        widths = Array()
        for character in sorted(self.glyphs, key=lambda character: self.glyphs[character]):
            widths.append(self.glyphs[character])
            widths.append(Array([round(self.advances[character])]))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{self.name}"),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            W=widths,
            CIDToGIDMap=Name.Identity,
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(f"/{self.name}"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_indirect(Stream(pdf, self._meaning())),
            )
        )

    def _meaning(self) -> bytes:
        lines = [
            f"<{glyph:04x}> <{character.encode('utf-16-be').hex()}>\n"
            for character, glyph in sorted(self.glyphs.items(), key=lambda pair: pair[1])
        ]
        sections = [lines[start : start + _SECTION] for start in range(0, len(lines), _SECTION)]
        said = "".join(f"{len(each)} beginbfchar\n{''.join(each)}endbfchar\n" for each in sections)
        return _CMAP.format(sections=said).encode("ascii")


def typeface(font: bytes, texts: Iterable[str]) -> Typeface:
    """Return the face of the TrueType file `font` with the characters of `texts`; equal inputs, equal bytes.

    Raises OutputRejectedError when `font` has no glyph for a character: PDF/A-2 forbids the empty box in its place
    (ISO 19005-2, 6.2.11.8).
    """
    # Late: it takes longer to load than all the rest of this room, and only whole bundles and marks need it.
    from fontTools.ttLib import TTFont

    lines = tuple(texts)
    characters = sorted(set("".join(lines)))
    full = cast("Any", TTFont(io.BytesIO(font), recalcTimestamp=False, recalcBBoxes=False, lazy=True))
    known = full.getBestCmap()
    if missing := [character for character in characters if ord(character) not in known]:
        said = next(line for line in lines if missing[0] in line)
        raise OutputRejectedError(
            f"Huruf ini tidak ada dalam berkas huruf: {' '.join(missing)} (U+{ord(missing[0]):04X}), pada “{said}”",
            "Tulis kata itu dengan huruf Latin biasa.",
        )
    # Units are scaled to thousandths here, once.
    unit = 1000 / full["head"].unitsPerEm
    advances = {character: full["hmtx"][known[ord(character)]][0] * unit for character in characters}
    head, across = full["head"], full["hhea"]
    box = (head.xMin * unit, head.yMin * unit, head.xMax * unit, head.yMax * unit)
    ascent, descent = across.ascent * unit, across.descent * unit
    name = str(full["name"].getDebugName(6) or "Huruf")
    data, glyphs = _cut(full, characters)
    return Typeface(f"{_tag(data)}+{name}", data, glyphs, advances, box, ascent, descent)


def _cut(full: Any, characters: list[str]) -> tuple[bytes, dict[str, int]]:
    """Return the font file with the glyphs of `characters` only, and where each has come to stand."""
    from fontTools.subset import Options, Subsetter  # late, as above

    options = cast("Any", Options())
    options.hinting, options.notdef_outline, options.recalc_timestamp = False, True, False
    options.layout_features, options.name_IDs = [], []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "OS/2", "post", "FFTM"]
    subsetter = cast("Any", Subsetter(options))
    subsetter.populate(unicodes=[ord(character) for character in characters])
    names = full.getBestCmap()
    subsetter.subset(full)
    glyphs = {character: int(full.getGlyphID(names[ord(character)])) for character in characters}
    output = io.BytesIO()
    full.save(output, reorderTables=True)
    return output.getvalue(), glyphs


def _tag(data: bytes) -> str:
    """Six capitals, as the name of a subset begins with (ISO 32000-1, 9.6.4); equal for equal data."""
    return "".join(chr(ord("A") + value % 26) for value in hashlib.sha256(data).digest()[:6])
