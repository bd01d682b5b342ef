"""Share the width of the page among the columns."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Column, Kolom
from sopdocs.layout.labels import SLOPE
from sopdocs.layout.measure import Filling, longest_word, text_width
from sopdocs.layout.settings import LayoutSettings
from sopdocs.layout.units import Emu, mm, whole_twips
from sopdocs.model import Langkah, RichText, Sop

_NO: Emu = mm(9)
_LANE_USUAL: Emu = mm(26)
_LANE_WIDEST: Emu = mm(32)
"""Lanes grow to this from what the texts do not need."""
_LANE_LIMIT: Emu = mm(38)
"""The same for the sake of long answers."""
_GUTTER_SLACK: Emu = mm(1.5)
_TWO = 2
LANE_NARROWEST: Emu = mm(12)
"""Lanes narrower than this hold no symbol with an arrow beside it."""
_LANES_MOST = 0.75
"""Share of the width that lanes never exceed, so that every column has some."""
_LANE_STEP: Emu = mm(1)
_LANES_NEEDED = 1 - 0.42
"""Share of the width that lanes may claim where arrows or labels need wider ones."""
_FLEXIBLE = (Kolom.URAIAN, Kolom.SYARAT, Kolom.OUTPUT, Kolom.KETERANGAN)
_STEP: Emu = mm(2)
_FREE_LINES = 2
"""Lines that a row holds without growing beyond its symbol."""
_HIGH = 20
"""How much a line that makes its row higher weighs against one that does not."""
_BROKEN = 10_000
"""Weight of a word that its column would cut."""


def columns(sop: Sop, settings: LayoutSettings, wanted: Emu = 0) -> tuple[Column, ...]:
    """Choose the widths: texts so that the rows come out lowest; lanes take what the texts do not need.

    `wanted` asks for lanes of that width, given as far as the texts keep their least share of the page.
    """
    total = settings.paper.text_width // 635 * 635
    steps = tuple(langkah for prosedur in sop.prosedur for langkah in prosedur.langkah)
    texts = _Texts(steps, settings)
    fixed = whole_twips(_NO) + texts.waktu
    lanes = len(sop.pelaksana)
    lane = whole_twips(_lane_width(lanes, settings, wanted))
    low, high = 0, max((_comfort(sop, settings) - lane) // _LANE_STEP, 0) if lanes else 0
    least = texts.pressure(total - fixed - lanes * lane)
    while low < high:
        middle = (low + high + 1) // 2
        room = total - fixed - lanes * (lane + middle * _LANE_STEP)
        low, high = (middle, high) if texts.pressure(room) <= least else (low, middle - 1)
    lane = whole_twips(lane + low * _LANE_STEP)
    widths = texts.widths(total - fixed - lanes * lane)
    widths[Kolom.NO], widths[Kolom.WAKTU] = whole_twips(_NO), texts.waktu
    return _placed(sop, settings, widths, lane)


def _lane_width(lanes: int, settings: LayoutSettings, wanted: Emu) -> Emu:
    """Width of a lane that texts must leave it in any case."""
    if not lanes:
        return 0
    total = settings.paper.text_width // 635 * 635
    most = max(_LANES_NEEDED, settings.lanes_share) if wanted else settings.lanes_share
    share = (int(total * most) - _NO) // lanes
    return max(least_lane(lanes, total), min(max(_LANE_USUAL, wanted), share))


def least_lane(lanes: int, total: Emu) -> Emu:
    """Width of the narrowest lanes, less than `LANE_NARROWEST` when there are too many of them for the page."""
    return min(LANE_NARROWEST, int(total * _LANES_MOST) // max(lanes, 1) // 635 * 635)


def _comfort(sop: Sop, settings: LayoutSettings) -> Emu:
    """Width of lanes beyond which nothing gains: decisions with three branches or more use both their sides."""
    branches = Counter(edge.dari for table in sop.prosedur for edge in table.alur if edge.label)
    labels = (edge.label for table in sop.prosedur for edge in table.alur if branches[edge.dari] > _TWO)
    widest = max((text_width(settings.fonts, label, s.LABEL) for label in labels), default=0)
    return min(max(_LANE_WIDEST, s.SYMBOL_WIDEST + 2 * (widest + s.LABEL_GAP - SLOPE + _GUTTER_SLACK)), _LANE_LIMIT)


def cell_room(width: Emu) -> Emu:
    """Width that text may fill in a cell of `width`."""
    return width - 2 * s.CELL_SIDE - s.MEASURE_SLACK


_SIDES: Emu = 2 * s.CELL_SIDE + s.MEASURE_SLACK


class _Texts:
    """What the text columns of a sheet have to hold."""

    def __init__(self, steps: tuple[Langkah, ...], settings: LayoutSettings) -> None:
        self.settings = settings
        self.cells = {kolom: [filling(cell_text(step, kolom), settings) for step in steps] for kolom in _FLEXIBLE}
        self.heads = _headings(settings)
        self.waktu = self._waktu(steps)
        self.least = {kolom: self._least(kolom) for kolom in _FLEXIBLE}
        """Widths at which no word of a column is cut."""
        self.natural = {kolom: self._natural(kolom) for kolom in _FLEXIBLE}
        """Widths at which no text of a column is broken."""
        self.known: dict[tuple[Kolom, Emu], tuple[int, int]] = {}

    def _waktu(self, steps: tuple[Langkah, ...]) -> Emu:
        fonts = self.settings.fonts
        cells = [filling(step.waktu, self.settings) for step in steps]
        widest = max((cell.word for cell in cells), default=0)
        widest = max(widest, longest_word(fonts, self.settings.istilah.waktu, s.HEADING))
        whole = max((cell.line for cell, step in zip(cells, steps, strict=True) if step.durasi), default=0)
        return whole_twips(min(max(widest, min(whole, mm(18))) + _SIDES, mm(26)))

    def _least(self, kolom: Kolom) -> Emu:
        words = max((cell.word for cell in self.cells[kolom]), default=0)
        return whole_twips(max(words, longest_word(self.settings.fonts, self.heads[kolom], s.HEADING)) + _SIDES)

    def _natural(self, kolom: Kolom) -> Emu:
        return max([self.least[kolom], *(cell.line + _SIDES for cell in self.cells[kolom])])

    def cost(self, kolom: Kolom, width: Emu) -> tuple[int, int]:
        """(lines beyond those that fit beside a symbol, weighted lines) of a column."""
        if (kolom, width) not in self.known:
            room = cell_room(width)
            lines = [cell.lines(room) for cell in self.cells[kolom]]
            high = sum(max(line - _FREE_LINES, 0) ** 2 for line in lines)
            cut = sum(_BROKEN for cell in self.cells[kolom] if cell.word > room)
            self.known[kolom, width] = high + cut, (high * _HIGH) + sum(lines) + cut
        return self.known[kolom, width]

    def pressure(self, room: Emu) -> int:
        """How much higher the rows are than their symbols need, when the columns share `room`."""
        return sum(self.cost(kolom, width)[0] for kolom, width in self._shared(room)[0].items())

    def widths(self, room: Emu) -> dict[Kolom, Emu]:
        """The columns' widths; what none of them needs goes where most stands."""
        widths, rest = self._shared(room)
        for kolom in _FLEXIBLE:
            widths[kolom] += rest * self.natural[kolom] // sum(self.natural.values())
        widths = {kolom: width // 635 * 635 for kolom, width in widths.items()}
        widths[Kolom.URAIAN] += room - sum(widths.values())
        return widths

    def _shared(self, room: Emu) -> tuple[dict[Kolom, Emu], Emu]:
        """Start from the widest words, or from quarters where one is wider than that: whichever comes out lower."""
        starts = [{kolom: min(width, room // 4) for kolom, width in self.least.items()}]
        if self.least not in starts and sum(self.least.values()) <= room:
            # Widening where a step saves most may leave too little for a word that would have had its room.
            starts.append(dict(self.least))
        found = (self._widened(start, room) for start in starts)
        return min(found, key=lambda shared: sum(self.cost(kolom, width)[1] for kolom, width in shared[0].items()))

    def _widened(self, widths: dict[Kolom, Emu], room: Emu) -> tuple[dict[Kolom, Emu], Emu]:
        """Widen, by any number of steps at a time, where a step saves most; the widths, and what is left of `room`."""
        rest = room - sum(widths.values())
        while rest >= _STEP:
            best = max(self._gain(kolom, widths[kolom], rest) for kolom in _FLEXIBLE)
            if best[0] <= 0:
                break
            kolom = _FLEXIBLE[-best[2]]
            widths[kolom] -= best[1]
            rest += best[1]
        return widths, rest

    def _gain(self, kolom: Kolom, width: Emu, rest: Emu) -> tuple[float, Emu, int]:
        """(saved for each step, minus the widening, minus the column's place): the greatest is the best."""
        start = self.cost(kolom, width)[1]
        top = min(rest, max(self.natural[kolom] - width + _STEP, 0))
        tries = [(start - self.cost(kolom, width + more)[1], more) for more in range(_STEP, top + 1, _STEP)]
        saved = [(gain / more * _STEP, -more, -_FLEXIBLE.index(kolom)) for gain, more in tries]
        return max(saved, default=(0.0, 0, 0))


@lru_cache(maxsize=4096)
def _filling(text: RichText, settings: LayoutSettings) -> Filling:
    return Filling(settings.fonts, text, s.TEXT)


def filling(text: RichText, settings: LayoutSettings) -> Filling:
    """A cell's text, measured."""
    return _filling(text, settings)


def _headings(settings: LayoutSettings) -> dict[Kolom, str]:
    words = settings.istilah
    return {
        Kolom.NO: "No",
        Kolom.URAIAN: words.uraian,
        Kolom.SYARAT: words.syarat,
        Kolom.WAKTU: words.waktu,
        Kolom.OUTPUT: words.output,
        Kolom.KETERANGAN: words.keterangan,
    }


def cell_text(step: Langkah, kolom: Kolom) -> RichText:
    """What a text column prints for a step; a row that continues another (number 0) has no number."""
    if kolom is Kolom.NO:
        return RichText.of(f"{step.nomor}." if step.nomor else "")
    return {
        Kolom.URAIAN: step.uraian,
        Kolom.SYARAT: step.syarat,
        Kolom.WAKTU: step.waktu,
        Kolom.OUTPUT: step.output,
        Kolom.KETERANGAN: step.keterangan,
    }[kolom]


def _placed(sop: Sop, settings: LayoutSettings, widths: dict[Kolom, Emu], lane: Emu) -> tuple[Column, ...]:
    heads = _headings(settings)
    groups = {key: group.nama for group in sop.kelompok for key in group.pelaksana}
    placed: list[Column] = []
    x: Emu = 0
    for kolom in (Kolom.NO, Kolom.URAIAN):
        placed.append(Column(kolom, heads[kolom], x, widths[kolom]))
        x += widths[kolom]
    # All lanes alike: headings that lie and that stand, mixed, are hard to read.
    widest = max((longest_word(settings.fonts, heading, s.HEADING) for heading in settings.lanes), default=0)
    upright = widest > cell_room(lane)
    for key, heading in zip(sop.pelaksana, settings.lanes, strict=True):
        placed.append(Column(Kolom.LAJUR, heading, x, lane, key, upright, groups.get(key, "")))
        x += lane
    for kolom in (Kolom.SYARAT, Kolom.WAKTU, Kolom.OUTPUT, Kolom.KETERANGAN):
        placed.append(Column(kolom, heads[kolom], x, widths[kolom]))
        x += widths[kolom]
    return tuple(placed)


def text_height(step: Langkah, placed: tuple[Column, ...], settings: LayoutSettings) -> Emu:
    """Height that the texts of a row need."""
    lines = max(
        filling(cell_text(step, column.kolom), settings).lines(cell_room(column.width))
        for column in placed
        if column.kolom is not Kolom.LAJUR
    )
    return max(lines, 1) * s.LINE + 2 * s.CELL_ENDS
