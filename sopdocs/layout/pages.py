"""Assign rows to pages."""

from __future__ import annotations

from dataclasses import dataclass

from sopdocs.layout import settings as s
from sopdocs.layout.part import Drawing, Frame, draw_part, part_heights
from sopdocs.layout.units import Emu, mm
from sopdocs.model import Prosedur

_LEAST_ROWS = 3
"""Rows that must fit below the identity block for the procedure to start there."""
_USUAL_ROW: Emu = mm(14)
"""Height of a row with a symbol and an arrow or two: a first guess."""
_CONNECTORS: Emu = mm(18)
"""What off-page connectors usually add to the first and the last row of a page together: a guess as well."""
_FEWER = 3
"""A page may be given up to this many rows fewer than fit, to spare a later page a lonely row."""
LONELY = 2
"""Penalty for a page with a single row."""
OVERFLOW = 5
"""Penalty for a row that is higher than a page."""


@dataclass(frozen=True, slots=True)
class PagedPart:
    """A drawing and its page."""

    prosedur: int
    page: int
    new_page: bool
    drawing: Drawing
    top: Emu
    """Of the table, below the upper margin of the page."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """Rows that are higher than a page although they could not be fewer."""

    prosedur: int
    row: int
    signature: bool
    """Whether they would fit without the signature below them, which then stands alone."""


@dataclass(frozen=True, slots=True)
class Paged:
    """All parts of a sheet."""

    parts: tuple[PagedPart, ...]
    pages: int
    """Pages of the whole sheet."""
    overflow: tuple[Overflow, ...] = ()


def paginate(prosedur: tuple[Prosedur, ...], texts: tuple[tuple[Emu, ...], ...], frame: Frame) -> Paged:
    """Fill pages with rows: none alone when it can be helped, the signature with the last rows.

    `texts` are the heights that the texts of each step need.
    """
    settings = frame.settings
    height = settings.paper.text_height - s.EDGES
    page, used = 1 + settings.pages_before, settings.before
    fresh = settings.before == 0 and settings.pages_before == 0
    turn = settings.new_page and not fresh
    parts: list[PagedPart] = []
    overflow: list[Overflow] = []
    for index, (table, heights) in enumerate(zip(prosedur, texts, strict=True)):
        caption = s.CAPTION if table.judul else 0
        whole = height - s.SPACER - sum(frame.header)
        first = 0 if turn else height - used - caption - sum(frame.header)
        tail = settings.after if index == len(prosedur) - 1 else 0
        rooms = Rooms(max(first, 0), whole - caption, whole, tail)
        filler = Filler(table, heights, frame, rooms)
        start = 0
        for number, count in enumerate(filler.counts(fresh=fresh)):
            if (count == 0 or number > 0) and not fresh:
                page, used, fresh = page + 1, s.SPACER, True
            if count == 0:
                continue
            room = rooms.of(start, turned=fresh and page > 1)
            drawing = filler.final(start, start + count, room)
            if drawing.height > room - filler.tail(start + count):
                overflow.append(Overflow(index, start, signature=drawing.height <= room))
            top = used + (caption if start == 0 else 0)
            parts.append(PagedPart(index, page, fresh and page > 1, drawing, top))
            used = top + drawing.height + sum(frame.header) + s.SPACER
            start += count
            fresh = False
        turn = False
    over = used - s.SPACER + settings.after > height
    return Paged(tuple(parts), page + over, tuple(overflow))


@dataclass(frozen=True, slots=True)
class Rooms:
    """Heights for the rows of one procedure."""

    here: Emu
    """On the page that is already begun."""
    top: Emu
    """On a new page, below the procedure's title."""
    whole: Emu
    """On every further page."""
    tail: Emu
    """What the signature takes on the last page."""

    def of(self, start: int, *, turned: bool) -> Emu:
        """Room for a part that begins with row `start`."""
        if start:
            return self.whole
        return self.top if turned else self.here


def _cuts(table: Prosedur) -> list[int]:
    rows = {step.nomor: row for row, step in enumerate(table.langkah)}
    cuts = [0] * (len(table.langkah) + 1)
    for edge in table.alur:
        low, high = sorted((rows[edge.dari.langkah], rows[edge.ke.langkah]))
        for row in range(low + 1, high + 1):
            cuts[row] += 1
    return cuts


class Filler:
    """Shares the rows of one procedure among pages."""

    def __init__(self, table: Prosedur, heights: tuple[Emu, ...], frame: Frame, rooms: Rooms) -> None:
        self.table = table
        self.heights = heights
        self.frame = frame
        self.rooms = rooms
        self.total = len(heights)
        self.known: dict[tuple[int, int], Emu] = {}
        self.best: dict[int, tuple[int, tuple[int, ...]]] = {}
        self.drawn: dict[int, Emu] = {}
        """Heights of rows as they were drawn last within a page."""
        self.cuts = _cuts(table)
        """Arrows that a break above each row would cut."""

    def counts(self, *, fresh: bool) -> tuple[int, ...]:
        """Rows on each page; a leading 0 turns the page first."""
        enough = min(_LEAST_ROWS, self.total)
        if not fresh:
            penalty, found = self.share(0, self.rooms.here, least=enough)
            if found and penalty == 0:
                return found
            later, other = self.share(0, self.rooms.top, least=1)
            return found if found and penalty <= later else (0, *other)
        return self.share(0, self.rooms.here, least=1)[1]

    def share(self, start: int, room: Emu, *, least: int) -> tuple[int, tuple[int, ...]]:
        """(penalty, rows a page) from row `start` on; no rows when fewer than `least` fit on the first page."""
        if start == self.total:
            return 0, ()
        most = self.most(start, room)
        if most < least and least > 1:
            return OVERFLOW, ()
        choice: tuple[int, tuple[int, ...]] | None = None
        for count in self.candidates(start, most, least):
            # Fewer rows may need more room: more arrows become connectors.
            if 1 < count < most and not self.fits(start, count, room):
                continue
            own = (LONELY if count == 1 and self.total > 1 else 0) + (0 if most else OVERFLOW)
            rest, counts = self.onward(start + count)
            if choice is None or own + rest < choice[0]:
                choice = own + rest, (count, *counts)
            if choice[0] == 0:
                break
        return choice or (OVERFLOW, (1, *self.onward(start + 1)[1]))

    def candidates(self, start: int, most: int, least: int) -> list[int]:
        """Rows for a page that begins with row `start`, the best first.

        A break that cuts fewer arrows is worth a shorter page, but not a further one.
        """
        counts = list(range(max(most, 1), max(most - _FEWER, least) - 1, -1))
        if start + most >= self.total:
            return counts
        usual = self.pages_for(start + max(most, 1))
        calm = [count for count in counts if count > 1 and self.pages_for(start + count) == usual]
        return sorted(counts, key=lambda count: (count not in calm, self.cuts[start + count], -count))

    def pages_for(self, start: int) -> int:
        """About how many pages the rows from `start` on fill."""
        pages, left = 0, 0
        for number in range(start, self.total):
            need = self.drawn.get(number) or max(self.heights[number], _USUAL_ROW)
            if need > left:
                pages, left = pages + 1, self.rooms.whole - _CONNECTORS
            left -= need
        return pages + (self.rooms.tail > left)

    def onward(self, start: int) -> tuple[int, tuple[int, ...]]:
        """The same for what follows on whole pages, each worked out once."""
        if start not in self.best:
            self.best[start] = self.share(start, self.rooms.whole, least=1)
        return self.best[start]

    def most(self, start: int, room: Emu) -> int:
        """Most rows that fit; with the last row the signature must fit too."""
        count = 0
        guess: Emu = 0
        for height in self.heights[start:]:
            guess += max(height, _USUAL_ROW)
            if guess > room:
                break
            count += 1
        if not self.fits(start, count, room):
            while count and not self.fits(start, count, room):
                count -= 1
            return count
        while start + count < self.total and self.fits(start, count + 1, room):
            count += 1
        return count

    def fits(self, start: int, count: int, room: Emu) -> bool:
        """Whether that many rows fit into `room`."""
        if count == 0:
            return True
        if sum(self.heights[start : start + count]) > room:
            return False
        key = start, start + count
        if key not in self.known:
            rows = part_heights(self.table, key, self.heights, self.frame)
            self.known[key] = sum(rows)
            self.drawn.update(zip(range(start + 1, start + count - 1), rows[1:-1], strict=True))
        return self.known[key] + self.tail(key[1]) <= room

    def tail(self, stop: int) -> Emu:
        """What the signature takes on a page whose rows end before row `stop`."""
        return self.rooms.tail if stop == self.total else 0

    def final(self, start: int, stop: int, room: Emu) -> Drawing:
        """The drawing to be used: the improved one unless it is higher than the page allows."""
        limit = room - self.tail(stop)
        refined = draw_part(self.table, (start, stop), self.heights, self.frame, refined=True)
        if refined.height <= limit:
            return refined
        plain = draw_part(self.table, (start, stop), self.heights, self.frame, refined=False)
        return min(refined, plain, key=lambda drawing: drawing.height)
