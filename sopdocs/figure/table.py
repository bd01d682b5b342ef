"""One procedure in both states: rows that are the same step stand beside each other, lines lead to those that moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sopdocs.compare import BedaLangkah, BedaProsedur, Jenis, Pasangan
from sopdocs.figure.badges import STEP, badges
from sopdocs.figure.cells import ASCENT, Paragraph, cell_paragraphs, text_height, written
from sopdocs.figure.flow import Flow, arrowhead
from sopdocs.figure.marks import BARU, LAMA, SAMA, TINT, Tanda, side_marks
from sopdocs.figure.rows import Beside, Place, Shift, beside
from sopdocs.figure.shapes import BLACK, GREY, PALE, WHITE, Block, Group, Line, Pen, Rect, Shape, Text, moved
from sopdocs.figure.state import State
from sopdocs.layout import FontData, Kolom
from sopdocs.layout import settings as s
from sopdocs.layout.columns import cell_room
from sopdocs.layout.geometry import Box, Column, HeadCell, Point
from sopdocs.layout.heads import head_lines
from sopdocs.layout.measure import TextStyle, break_text, text_width
from sopdocs.layout.units import Emu, mm, pt
from sopdocs.model import Langkah, Prosedur

GUTTER: Emu = mm(38)
_LEVEL: Emu = mm(13)
"""How far lines to rows that stand elsewhere are level at both ends."""
_TITLE: Emu = mm(7)
_BELOW: Emu = mm(8)
"""Between a table and what follows it."""
_RULE = Pen(BLACK, mm(0.18))
_GAP = Pen(PALE, mm(0.2), (mm(0.6), mm(1.2)))
_SAME = Pen(PALE, mm(0.25))
_LABEL = 8.0


class Table:
    """Draws one procedure; the new state stands right of the old one."""

    def __init__(
        self, beda: BedaProsedur, states: tuple[State, State], lanes: dict[str, dict[str, tuple[Tanda, ...]]]
    ) -> None:
        self.beda = beda
        self.states = dict(zip((LAMA, BARU), states, strict=True))
        self.left = {LAMA: 0, BARU: states[0].width + GUTTER}
        self.lanes = lanes
        self.marks = {sisi: side_marks(beda, sisi) for sisi in (LAMA, BARU)}
        self.steps = _by_place(beda)
        count = [len(table.langkah) if table else 0 for table in (beda.lama, beda.baru)]
        self.rows = beside(beda.pasangan, *count)
        self.header = max(sum(state.header) for state in states)
        self.titles = self.title_height()
        self.places: dict[str, dict[int, Place]] = {LAMA: {}, BARU: {}}
        self.bottoms = self.place_rows()

    def table(self, sisi: str) -> Prosedur | None:
        return self.beda.lama if sisi == LAMA else self.beda.baru

    def step(self, sisi: str, place: int) -> Langkah:
        table = self.table(sisi)
        if table is None:
            raise ValueError("a step of no procedure")
        return table.langkah[place]

    def block(self) -> Block:
        """The whole table; it can be cut below each row."""
        groups: list[Group] = []
        for sisi in (LAMA, BARU):
            groups += [_carried(group, self.left[sisi]) for group in self.side(sisi)]
        groups += self.links()
        top = self.titles + self.header
        height = (self.bottoms[-1] if self.bottoms else top) + _BELOW
        return Block(height, tuple(groups), tuple(self.head()), top, tuple(self.bottoms[:-1]))

    # Heights

    def place_rows(self) -> list[Emu]:
        """Find the places of all rows of both states; return where each ends."""
        y = self.titles + self.header
        bottoms: list[Emu] = []
        for row in self.rows:
            height = max(self.need(LAMA, row.lama), self.need(BARU, row.baru))
            for sisi, place in ((LAMA, row.lama), (BARU, row.baru)):
                if place is not None:
                    self.places[sisi][place] = Place(y, height)
            y += height
            bottoms.append(y)
        return bottoms

    def need(self, sisi: str, place: int | None) -> Emu:
        """Height that a step needs."""
        if place is None:
            return 0
        state = self.states[sisi]
        flow = state.rows(self.table(sisi))[place].height
        texts = text_height(self.paragraphs(sisi, place), state.settings.fonts, cell_room(state.deed.width))
        signs = s.LINE + 2 * s.CELL_ENDS + STEP * len(self.marks[sisi].step.get(place, ()))
        return max(flow, texts, signs)

    def paragraphs(self, sisi: str, place: int) -> tuple[Paragraph, ...]:
        return cell_paragraphs(self.step(sisi, place), self.steps[sisi].get(place), sisi)

    def title_height(self) -> Emu:
        return _TITLE * (2 if any(self.caption(sisi) for sisi in (LAMA, BARU)) else 1)

    def caption(self, sisi: str) -> str:
        table = self.table(sisi)
        return table.judul if table else ""

    # Head

    def head(self) -> Iterator[Group]:
        for sisi, state in self.states.items():
            shapes = [*self.title(sisi, state)]
            if self.table(sisi) is not None:
                shapes += [shape for cell in state.heads for shape in self.head_cell(state, cell)]
            yield _carried(Group(tuple(shapes)), self.left[sisi])
            for column in state.columns if self.table(sisi) is not None else ():
                marks = self.lanes[sisi].get(column.lane, ()) if column.kolom is Kolom.LAJUR else ()
                if marks:
                    yield _carried(self.lane_signs(state, column, marks), self.left[sisi])

    def lane_signs(self, state: State, column: Column, marks: tuple[Tanda, ...]) -> Group:
        """Upon the upper rule of a lane's heading, from its right corner on: the heading itself stays free."""
        place = state.columns.index(column)
        top = next(cell.top for cell in state.heads if cell.first == place and cell.across == 1)
        at = column.x + column.width - mm(2.4), self.titles + sum(state.header[:top])
        signs = (moved(shape, -STEP * n, 0) for n, mark in enumerate(marks) for shape in badges((mark,), at))
        return Group(tuple(signs), "lajur", state.sisi, column.lane, "+".join(mark.name for mark in marks))

    def title(self, sisi: str, state: State) -> Iterator[Shape]:
        width = state.width
        yield Rect(Box(0, 0, width, mm(5.5)), None, "#e9e9e9")
        name = f"{'LAMA' if sisi == LAMA else 'BARU'}: {state.nama}"
        yield Text(_fitting(name, width - mm(3), state.settings.fonts, 10, bold=True), (mm(1.5), mm(4)), 10, bold=True)
        caption = self.caption(sisi)
        if caption:
            other = self.caption(BARU if sisi == LAMA else LAMA)
            both = self.beda.lama is not None and self.beda.baru is not None
            sign = "≠ " if both and other != caption else ""
            words = _fitting(f"{sign}{caption}", width, state.settings.fonts, 9, bold=True)
            yield Text(words, (0, _TITLE + mm(4)), 9, bold=True)

    def head_cell(self, state: State, cell: HeadCell) -> Iterator[Shape]:
        heights = [*state.header[:-1], state.header[-1] + self.header - sum(state.header)]
        members = state.columns[cell.first : cell.first + cell.across]
        top = self.titles + sum(heights[: cell.top])
        height = sum(heights[cell.top : cell.top + cell.down])
        box = Box(members[0].x, top, sum(column.width for column in members), height)
        marks = self.lanes[state.sisi].get(members[0].lane, ()) if cell.across == 1 and members[0].lane else ()
        tint = next((TINT[mark.jenis] for mark in marks if mark.jenis), WHITE)
        yield Rect(box, _RULE, tint)
        lines = head_lines(cell, box.width, box.height, state.settings)
        x, y = box.centre
        for number, words in enumerate(lines):
            off = round((number - len(lines) / 2 + ASCENT) * s.LINE)
            at = (x + off, y) if cell.upright else (x, y + off)
            yield Text(words, at, s.HEADING.size, bold=True, centred=True, upright=cell.upright)

    # One state

    def side(self, sisi: str) -> Iterator[Group]:
        state, table = self.states[sisi], self.table(sisi)
        if table is None:
            words = "Prosedur ini belum ada." if sisi == LAMA else "Prosedur ini tidak ada lagi."
            y = self.titles + self.header + mm(4)
            yield Group((Text(words, (state.width // 2, y), 9, colour=GREY, centred=True),))
            return
        places = [row.lama if sisi == LAMA else row.baru for row in self.rows]
        for row, bottom, place in zip(self.rows, self.bottoms, places, strict=True):
            if place is None:
                yield self.gap(state, row, bottom)
        yield from (self.row(sisi, state, place) for place in places if place is not None)
        part = state.part(table)
        if part is not None:
            shift = Shift(part.rows, [self.places[sisi][row.langkah] for row in part.rows])
            yield from Flow(part, self.marks[sisi], shift, sisi).groups()

    def row(self, sisi: str, state: State, place: int) -> Group:
        """Cells, number, signs and texts of a step."""
        here = self.places[sisi][place]
        marks = self.marks[sisi].step.get(place, ())
        tint = next((TINT[mark.jenis] for mark in marks if mark.jenis), None)
        shapes: list[Shape] = []
        for column in state.columns:
            shapes.append(Rect(Box(column.x, here.y, column.width, here.height), _RULE, tint))
        nomor = self.step(sisi, place).nomor
        middle = state.columns[0].width // 2
        top = here.y + s.CELL_ENDS
        shapes.append(Text(f"{nomor}.", (middle, top + round(ASCENT * s.LINE)), s.TEXT.size, centred=True))
        shapes += badges(marks, (middle, top + s.LINE + STEP // 2))
        deed = state.deed
        at = deed.x + s.CELL_SIDE, top
        shapes += written(self.paragraphs(sisi, place), state.settings.fonts, at, cell_room(deed.width), sisi)
        name = "+".join(mark.name for mark in marks) or "sama"
        return Group(tuple(shapes), "langkah", sisi, str(nomor), name)

    def gap(self, state: State, row: Beside, bottom: Emu) -> Group:
        """The room beside a step that this state does not have here."""
        sisi, place = (BARU, row.baru) if row.baru is not None else (LAMA, row.lama)
        height = self.places[sisi][place or 0].height
        return Group((Rect(Box(0, bottom - height, state.width, height), _GAP),))

    # Between both

    def links(self) -> Iterator[Group]:
        """What became of each step: lines from the old row to the new one, and what came and went."""
        # Lines that cross many rows first: what is said of those rows stands upon them.
        crossing = sorted(self.beda.pasangan, key=lambda pair: not (pair.lama and pair.baru and self.elsewhere(pair)))
        yield from map(self.link, crossing)

    def elsewhere(self, pair: Pasangan) -> bool:
        """Whether a step that stayed stands in another row of the picture."""
        return self.places[LAMA][pair.lama[0]] != self.places[BARU][pair.baru[0]]

    def link(self, pair: Pasangan) -> Group:
        olds = [(self.places[LAMA][place].middle, self.step(LAMA, place).nomor) for place in pair.lama]
        news = [(self.places[BARU][place].middle, self.step(BARU, place).nomor) for place in pair.baru]
        marks = self.marks[BARU].step.get(pair.baru[0], ()) if news else self.marks[LAMA].step.get(pair.lama[0], ())
        mark = next((each for each in marks if each.jenis is not Jenis.DIUBAH), SAMA)
        shapes: list[Shape] = []
        if not (olds and news):
            shapes += self.stub(mark, (olds or news)[0][0])
        for old in olds:
            for new in news:
                shapes += self.way(mark, old, new)
        # Words upon lines, not under them.
        shapes.sort(key=lambda shape: not isinstance(shape, Line))
        names = " dan ".join(str(n) for _, n in olds), " dan ".join(str(n) for _, n in news)
        said = f"{names[0] or '-'} → {names[1] or '-'}"
        return Group(tuple(shapes), "hubungan", "", said, "+".join(each.name for each in marks) or "sama")

    def stub(self, mark: Tanda, y: Emu) -> Iterator[Shape]:
        """Beside a step that came or went."""
        came = mark.jenis is Jenis.DITAMBAH
        start, end = self.gutter
        here, there = (end, end - mm(4)) if came else (start, start + mm(4))
        yield Line(((here, y), (there, y)), mark.pen)
        words = "+ baru" if came else "− dihapus"
        width = text_width(self.fonts, words, TextStyle(_LABEL, bold=True))
        x = there - mm(1) - width // 2 if came else there + mm(1) + width // 2
        yield from self.said(words, (x, y), mark.colour)

    def way(self, mark: Tanda, old: tuple[Emu, int], new: tuple[Emu, int]) -> Iterator[Shape]:
        """From an old row to a new one; numbers are told where they differ or the line is not level."""
        start, end = self.gutter
        words = f"{old[1]} → {new[1]}"
        middle = (start + end) // 2
        if mark.jenis is None:
            yield Line(((start, old[0]), (end, new[0])), _SAME)
            if old[1] != new[1]:
                yield from self.said(words, (middle, old[0]), GREY)
            return
        points = (start, old[0]), (start + _LEVEL, old[0]), (end - _LEVEL, new[0]), (end, new[0])
        yield Line(points, mark.pen)
        yield Line(arrowhead(points[2], points[3]), None, mark.colour, closed=True)
        if old[0] == new[0]:
            yield from self.said(words, (middle, old[0]), mark.colour)
            return
        # Told at both ends: a long line may lead to another page.
        yield from self.said(words, (start + _LEVEL // 2, old[0]), mark.colour)
        yield from self.said(words, (end - _LEVEL // 2 - mm(1), new[0]), mark.colour)

    @property
    def gutter(self) -> tuple[Emu, Emu]:
        """Where lines between both begin and end."""
        return self.left[BARU] - GUTTER + mm(1), self.left[BARU] - mm(1)

    def said(self, words: str, middle: Point, colour: str) -> Iterator[Shape]:
        """Words upon a line."""
        width = text_width(self.fonts, words, TextStyle(_LABEL, bold=True)) + mm(0.8)
        yield Rect(Box(middle[0] - width // 2, middle[1] - mm(1.7), width, mm(3.4)), None, WHITE)
        yield Text(words, (middle[0], middle[1] + round(pt(_LABEL) * 0.35)), _LABEL, True, colour, centred=True)

    @property
    def fonts(self) -> FontData:
        return self.states[LAMA].settings.fonts


def _carried(group: Group, across: Emu) -> Group:
    return replace(group, shapes=tuple(moved(shape, across, 0) for shape in group.shapes))


def _by_place(beda: BedaProsedur) -> dict[str, dict[int, BedaLangkah]]:
    """What differs of each step, by its position in either state."""
    found: dict[str, dict[int, BedaLangkah]] = {LAMA: {}, BARU: {}}
    for sisi, table in ((LAMA, beda.lama), (BARU, beda.baru)):
        for place, langkah in enumerate(table.langkah if table else ()):
            numbers = ((each, each.lama if sisi == LAMA else each.baru) for each in beda.langkah)
            mine = next((each for each, nomor in numbers if langkah.nomor in nomor), None)
            if mine is not None:
                found[sisi][place] = mine
    return found


def _fitting(text: str, width: Emu, fonts: FontData, size: float, *, bold: bool = False) -> str:
    """As much of a text as one line holds."""
    lines = break_text(fonts, " ".join(text.split()), TextStyle(size, bold), width - mm(4))
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"
