"""Number the pages of the bundle at their foot."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from sopdocs.pdf.typeface import typeface

BAND = (60.0, 70.0)
"""Points above the page's lower edge between which all footers stand; below lies the room for stamps."""
ROOM = 95.0
"""Points left of the right margin that a sheet's own footer leaves free in this band: enough for five digits twice."""
RIGHT_MARGIN = 15 / 25.4 * 72
"""Points."""
SIZE = 7.5
_BASE = 61.9
"""Base line above the lower edge, that of the sheet's own footer: the letters reach from 60.3 to 67.4 points."""
_NAME = Name("/NomorHalaman")
"""Of the typeface among a page's resources."""


class Footer:
    """The footer "Halaman 7 dari 24" of one bundle; all pages share one typeface."""

    def __init__(self, pdf: Pdf, font: bytes, pages: int) -> None:
        self._pdf = pdf
        self._pages = pages
        self._face = typeface(font, (_said(0, 0), "123456789"))
        self._font = self._face.embed(pdf)
        self._before = pdf.make_indirect(Stream(pdf, b"q\n"))

    def stamp(self, page: Object, number: int) -> None:
        """Print page `number` (from 1) at the foot of `page`, as an artifact that no reading voice says."""
        text = _said(number, self._pages)
        _, low, right, _ = (float(value) for value in page.MediaBox.as_list())
        x = right - RIGHT_MARGIN - self._face.width(text, SIZE)
        shown = (
            b"Q\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n"
            b"BT 0 g %s %g Tf 1 0 0 1 %.2f %.2f Tm %s Tj ET\nEMC\n"
        ) % (str(_NAME).encode(), SIZE, x, low + _BASE, self._face.shown(text))
        contents = page.get(Name.Contents)
        drawn = contents.as_list() if isinstance(contents, Array) else [] if contents is None else [contents]
        # Whatever state the page's own drawing leaves behind ends with Q.
        page.Contents = Array([self._before, *drawn, self._pdf.make_indirect(Stream(self._pdf, shown))])
        if Name.Resources not in page:
            page.Resources = Dictionary()
        if Name.Font not in page.Resources:
            page.Resources.Font = Dictionary()
        fonts = page.Resources.Font
        if _NAME not in fonts:  # equal pages share their resources
            fonts[_NAME] = self._font


def _said(number: int, pages: int) -> str:
    return f"Halaman {number} dari {pages}"
