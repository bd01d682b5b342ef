"""The whole picture: what is compared, what the signs mean, every procedure, and what differs in words."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.compare import BedaSop, Jenis, sop_sentences
from sopdocs.figure.badges import badge, badge_box
from sopdocs.figure.cells import ASCENT
from sopdocs.figure.marks import BARU, LAMA, Tanda, lane_marks
from sopdocs.figure.shapes import GREY, Block, Figure, Group, Line, Shape, Text
from sopdocs.figure.state import State, state_of
from sopdocs.figure.table import GUTTER, Table
from sopdocs.layout import FontData
from sopdocs.layout.measure import TextStyle, break_text, text_width
from sopdocs.layout.units import Emu, mm, pt
from sopdocs.model import Istilah

_LEAST_WIDTH: Emu = mm(250)
_LEGEND = (
    (Jenis.DITAMBAH, "ditambah"),
    (Jenis.DIHAPUS, "dihapus (putus-putus)"),
    (Jenis.DIPINDAH, "dipindah"),
    (Jenis.DIUBAH, "diubah"),
    (Jenis.DIPECAH, "satu langkah dipecah"),
    (Jenis.DIGABUNG, "beberapa langkah digabung"),
)
_FOLLOWS = (
    "Tanda kecil: hanya mengikuti langkah yang ditambah, dihapus, atau dipindah. "
    "Kata yang hilang dicoret di sisi lama, kata baru digarisbawahi di sisi baru."
)
_SMALL, _USUAL, _LARGE = 8.0, 9.0, 14.0
_NOTICE = "Salinan telaah, bukan lembar resmi."


def compare_flows(beda: BedaSop, names: tuple[str, str], istilah: Istilah, fonts: FontData) -> Figure:
    """Draw both states of an SOP side by side; `names` are what the old and the new state are called.

    `istilah` are the headings that the office has for the columns. Equal inputs give an equal picture.
    """
    states = _states(beda, names, (istilah, fonts))
    lanes = lane_marks(beda.lajur)
    width = max(states[0].width + GUTTER + states[1].width, _LEAST_WIDTH)
    sop = beda.baru or beda.lama
    title = " ".join((sop.nama if sop else "").split())
    tables = (Table(each, states, lanes).block() for each in beda.prosedur)
    return Figure(title, width, (_opening(title, names, width, fonts), *tables, _in_words(beda, width, fonts)))


def _states(beda: BedaSop, names: tuple[str, str], look: tuple[Istilah, FontData]) -> tuple[State, State]:
    """Lay out both states, in lanes alike."""
    old, new = (LAMA, names[0]), (BARU, names[1])
    first = state_of(old, beda.lama, beda.judul_lama, look), state_of(new, beda.baru, beda.judul_baru, look)
    widest = max((state.lane for state in first if state.sop), default=0)
    if all(state.lane == widest for state in first if state.sop):
        return first
    return (
        state_of(old, beda.lama, beda.judul_lama, look, widest),
        state_of(new, beda.baru, beda.judul_baru, look, widest),
    )


def _opening(title: str, names: tuple[str, str], width: Emu, fonts: FontData) -> Block:
    page = _Writer(fonts, width)
    page.write(title, _LARGE, bold=True)
    page.write(f"Alur lama ({names[0]}) dan baru ({names[1]}) berdampingan. {_NOTICE}", _USUAL)
    page.y += mm(1)
    page.shapes += _legend(fonts, page.y)
    page.y += mm(6)
    page.write(_FOLLOWS, _SMALL, colour=GREY)
    return Block(page.y + mm(4), (Group(tuple(page.shapes), "legenda"),))


def _legend(fonts: FontData, y: Emu) -> Iterator[Shape]:
    """A sample of each mark, on one line."""
    x: Emu = 0
    for jenis, words in _LEGEND:
        mark = Tanda(jenis)
        yield Line(((x, y + mm(2)), (x + mm(13), y + mm(2))), mark.pen)
        yield from badge(mark, (x + mm(6.5), y + mm(2)))
        x += max(mm(14.5), badge_box(mark, (0, 0)).width)
        yield Text(words, (x, y + mm(2) + round(pt(_SMALL) * 0.35)), _SMALL)
        x += text_width(fonts, words, TextStyle(_SMALL)) + mm(5)


def _in_words(beda: BedaSop, width: Emu, fonts: FontData) -> Block:
    page = _Writer(fonts, width)
    sentences = sop_sentences(beda)
    page.write("Yang berubah" if sentences else "Tidak ada perbedaan.", _USUAL, bold=True)
    head = page.y
    for sentence in sentences:
        page.write(f"•  {sentence}", _USUAL)
    return Block(page.y, (Group(tuple(page.shapes)),), cuts=tuple(y for y in page.cuts if y > head))


class _Writer:
    """Writes paragraphs one below the other."""

    def __init__(self, fonts: FontData, width: Emu) -> None:
        self.fonts = fonts
        self.width = width
        self.y: Emu = 0
        self.shapes: list[Shape] = []
        self.cuts: list[Emu] = []

    def write(self, text: str, size: float, *, bold: bool = False, colour: str = "#000000") -> None:
        line = pt(size * 1.25)
        for words in break_text(self.fonts, text, TextStyle(size, bold), self.width):
            self.shapes.append(Text(words, (0, self.y + round(ASCENT * line)), size, bold, colour))
            self.y += line
            self.cuts.append(self.y)
        self.y += mm(0.8)
