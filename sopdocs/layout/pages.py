"""Assign rows to pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sopdocs.layout import settings as s
from sopdocs.layout.part import Drawing, Frame, draw_part
from sopdocs.layout.units import Emu
from sopdocs.model import Prosedur

_LEAST_ROWS = 3
"""Rows that must fit below the identity block for the procedure to start there."""


@dataclass(frozen=True, slots=True)
class PagedPart:
    """A drawing and its page."""

    prosedur: int
    page: int
    new_page: bool
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Paged:
    """All parts of a sheet."""

    parts: tuple[PagedPart, ...]
    pages: int
    """Pages of the whole sheet."""


def paginate(prosedur: tuple[Prosedur, ...], texts: tuple[tuple[Emu, ...], ...], frame: Frame) -> Paged:
    """Fill pages with rows: none alone when it can be helped, the signature with the last rows.

    `texts` are the heights that the texts of each step need.
    """
    pages = _Pages(frame)
    for index, (table, heights) in enumerate(zip(prosedur, texts, strict=True)):
        pages.add(index, table, heights, last=index == len(prosedur) - 1)
    over = pages.used - s.SPACER + frame.settings.after > pages.height
    return Paged(tuple(pages.parts), pages.page + over)


class _Pages:
    def __init__(self, frame: Frame) -> None:
        settings = frame.settings
        self.frame = frame
        self.height = settings.paper.text_height
        self.page = 1 + settings.pages_before
        self.used: Emu = settings.before
        self.fresh = settings.before == 0 and settings.pages_before == 0
        """Whether nothing stands on the page yet."""
        self.forced = settings.new_page
        self.parts: list[PagedPart] = []

    def turn(self) -> None:
        self.page += 1
        self.used = s.SPACER
        self.fresh = True

    def add(self, index: int, table: Prosedur, heights: tuple[Emu, ...], *, last: bool) -> None:
        draw = partial(draw_part, table, texts=heights, frame=self.frame)
        caption = s.CAPTION if table.judul else 0
        tail = self.frame.settings.after if last else 0
        total = len(heights)
        start = 0
        while start < total:
            if self.forced or (start and not self.fresh):
                self.turn()
                self.forced = False
            room = self.height - self.used - (caption if start == 0 else 0) - sum(self.frame.header)
            count = self.rows_that_fit(draw, start, heights, room)
            count = self.without_orphans(count, start, total)
            if start + count == total and tail:
                count = self.with_tail(draw, (start, count), room - tail)
            if not self.fresh and count < min(_LEAST_ROWS, total - start):
                self.turn()
                continue
            count = max(count, 1)
            drawing = draw(start, start + count)
            breaks = self.fresh and bool(self.page > 1)
            self.parts.append(PagedPart(index, self.page, breaks, drawing))
            self.used += sum(row.height for row in drawing.rows) + sum(self.frame.header) + s.SPACER
            self.used += caption if start == 0 else 0
            self.fresh = False
            start += count

    def rows_that_fit(
        self, draw: Callable[[int, int], Drawing], start: int, heights: tuple[Emu, ...], room: Emu
    ) -> int:
        count = 0
        least: Emu = 0
        for height in heights[start:]:
            least += max(height, s.SYMBOL_HEIGHT + 2 * s.PAD)
            if least > room:
                break
            count += 1
        while count and self.height_of(draw(start, start + count)) > room:
            count -= 1
        return count

    @staticmethod
    def height_of(drawing: Drawing) -> Emu:
        return sum(row.height for row in drawing.rows)

    @staticmethod
    def without_orphans(count: int, start: int, total: int) -> int:
        """Leave two rows for the next page rather than one."""
        return count - 1 if start + count == total - 1 and count >= 3 else count

    def with_tail(self, draw: Callable[[int, int], Drawing], rows: tuple[int, int], room: Emu) -> int:
        """Keep the signature with rows: when it does not fit below them, the last two go over with it."""
        start, count = rows
        if self.height_of(draw(start, start + count)) <= room:
            return count
        if not self.fresh and count <= _LEAST_ROWS + 1:
            return 0
        return max(count - 2, 1) if count > 1 else count
