"""Small SOPs for tests, in few words."""

from __future__ import annotations

from sopdocs.layout import FontData, LayoutSettings, SheetGeometry, lay_out, paper
from sopdocs.layout.columns import columns, text_height
from sopdocs.layout.heads import header_heights
from sopdocs.layout.part import Frame
from sopdocs.layout.settings import SYMBOL_WIDEST
from sopdocs.layout.units import Emu
from sopdocs.model import Alur, Bentuk, Istilah, Kertas, Langkah, Prosedur, RichText, Simbol, SimbolId, Sop, Span


def symbol(text: str) -> SimbolId:
    """ "3b" is step 3 in lane b."""
    return SimbolId(int(text[:-1]), text[-1])


def sheet(lanes: str, steps: str, flow: str, *, words: int = 2) -> Sop:
    """`steps` name the symbols of each row ("1a 2b? 3a,3c", a question mark for decisions); `flow` is "1a>2b:Ya …"."""
    rows: list[Langkah] = []
    for number, row in enumerate(steps.split(), start=1):
        shapes = [
            Simbol(symbol(name.rstrip("?")), Bentuk.KEPUTUSAN if name.endswith("?") else Bentuk.PROSES)
            for name in row.split(",")
        ]
        rows.append(Langkah(number, RichText.of("berkas " * words), tuple(shapes), span=Span("s.md", number)))
    edges: list[Alur] = []
    for edge in flow.split():
        ends, _, label = edge.partition(":")
        start, end = ends.split(">")
        edges.append(Alur(symbol(start), symbol(end), label))
    return Sop("s", "S", "camat", tuple(lanes), (Prosedur(tuple(rows), tuple(edges)),), spans={"": Span("s.md")})


def told(sop: Sop, fonts: FontData, **other: int) -> LayoutSettings:
    """Settings for F4."""
    return LayoutSettings(paper(Kertas.F4), Istilah(), sop.pelaksana, fonts, **other)


def drawn(sop: Sop, fonts: FontData, **other: int) -> SheetGeometry:
    """Laid out on F4."""
    return lay_out(sop, told(sop, fonts, **other))


def framed(sop: Sop, fonts: FontData) -> Frame:
    """What the parts of a sheet share at the usual widths."""
    settings = told(sop, fonts)
    placed = columns(sop, settings)
    return Frame(placed, header_heights(placed, settings), settings, SYMBOL_WIDEST)


def heights(sop: Sop, frame: Frame) -> tuple[Emu, ...]:
    """What the texts of the first procedure's rows need."""
    return tuple(text_height(step, frame.columns, frame.settings) for step in sop.prosedur[0].langkah)
