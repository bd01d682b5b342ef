"""The rules for columns, rows, pages and texts, checked on a finished geometry alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from sopdocs.layout import LayoutSettings, cell_text
from sopdocs.layout.geometry import HeadCell, Kolom, SheetGeometry
from sopdocs.layout.measure import break_text, line_count, longest_word
from sopdocs.layout.settings import CAPTION, CELL_SIDE, HEADING, LINE, MEASURE_SLACK, SPACER, TEXT
from tests.layout.rules_of_geometry import Violation

_TWIP = 635
_CONNECTOR_ROOM = 30 * 36_000
_ABREAST = 6
"""Connectors that such room holds at most."""


def page_violations(geometry: SheetGeometry, settings: LayoutSettings) -> list[Violation]:
    """Everything that is wrong with columns, rows, pages and texts."""
    return [
        *_columns(geometry, settings),
        *_rows(geometry),
        *_texts(geometry, settings),
        *_heads(geometry, settings),
        *_pages(geometry, settings),
    ]


def _columns(geometry: SheetGeometry, settings: LayoutSettings) -> Iterator[Violation]:
    x = 0
    for column in geometry.columns:
        if column.x != x or column.width <= 0 or column.width % _TWIP:
            yield Violation("columns", -1, f"{column} does not follow at {x} or is not in whole twips")
        x += column.width
    if not 0 <= settings.paper.text_width - x < _TWIP:
        yield Violation("columns", -1, f"columns are {x} wide, the page {settings.paper.text_width}")


def _rows(geometry: SheetGeometry) -> Iterator[Violation]:
    for number, part in enumerate(geometry.parts):
        y = sum(part.header)
        for row in part.rows:
            if row.y != y or row.height <= 0 or row.height % _TWIP:
                yield Violation("rows", number, f"{row} does not follow at {y} or is not in whole twips")
            y += row.height
        if part.height != y:
            yield Violation("rows", number, "height of the part is not the sum of its rows")
    for index, table in enumerate(geometry.prosedur):
        seen = [row.langkah for part in geometry.parts if part.prosedur == index for row in part.rows]
        if seen != list(range(len(table.langkah))):
            yield Violation("rows", -1, f"procedure {index} has rows {seen}")


def _texts(geometry: SheetGeometry, settings: LayoutSettings) -> Iterator[Violation]:
    for number, part in enumerate(geometry.parts):
        for row in part.rows:
            step = geometry.prosedur[part.prosedur].langkah[row.langkah]
            for column in geometry.columns:
                if column.kolom is Kolom.LAJUR:
                    continue
                width = column.width - 2 * CELL_SIDE - MEASURE_SLACK
                lines = line_count(settings.fonts, cell_text(step, column.kolom), TEXT, width)
                if lines * LINE > row.height:
                    yield Violation("text", number, f"row {row.langkah} {column.kolom}: {lines} lines do not fit")


def _heads(geometry: SheetGeometry, settings: LayoutSettings) -> Iterator[Violation]:
    columns = geometry.columns
    for number, part in enumerate(geometry.parts):
        covered = [cell for head in geometry.heads for cell in _covered(head)]
        if sorted(covered) != list(product(range(len(part.header) - 1), range(len(columns)))):
            yield Violation("heading", number, f"cells {sorted(covered)} do not fill the heading rows once")
        for head in geometry.heads:
            whole = sum(column.width for column in columns[head.first : head.first + head.across]) - 2 * CELL_SIDE
            height = sum(part.header[head.top : head.top + head.down])
            lines = break_text(settings.fonts, head.text, HEADING, (height if head.upright else whole) - MEASURE_SLACK)
            if len(lines) * LINE > (whole if head.upright else height):
                yield Violation("heading", number, f"{head.text} is clipped: {lines}")
            room = height if head.upright else whole - MEASURE_SLACK
            in_lane = columns[head.first].kolom is Kolom.LAJUR
            if in_lane and longest_word(settings.fonts, head.text, HEADING) > room:
                yield Violation("heading", number, f"{head.text} is broken")
    named = [(head.text, columns[head.first : head.first + head.across]) for head in geometry.heads]
    for group in {column.group for column in columns if column.group}:
        if (group, tuple(column for column in columns if column.group == group)) not in named:
            yield Violation("heading", -1, f"{group} does not stand above all its lanes")


def _covered(head: HeadCell) -> Iterator[tuple[int, int]]:
    return product(range(head.top, head.top + head.down), range(head.first, head.first + head.across))


def _pages(geometry: SheetGeometry, settings: LayoutSettings) -> Iterator[Violation]:
    limit = settings.paper.text_height
    page, used = 1 + settings.pages_before, settings.before
    for number, part in enumerate(geometry.parts):
        if part.page < page or (part.page > page) is not part.new_page:
            yield Violation("pages", number, f"part on page {part.page} after page {page}, break {part.new_page}")
        if part.page > page + 1:
            yield Violation("pages", number, f"page {page + 1} is blank")
        if part.page > page:
            page, used = part.page, SPACER
        used += part.height + (CAPTION if part.caption else 0)
        if used > limit:
            alone = len(part.rows) == 1
            yield Violation("height", number, f"part reaches {used}, the page ends at {limit}", soft=alone)
        used += SPACER
    if used - SPACER + settings.after > limit:
        alone = len(geometry.parts[-1].rows) == 1
        yield Violation("height", len(geometry.parts) - 1, "the signature stands alone", soft=alone)
        page += 1
    if geometry.pages != page:
        yield Violation("pages", -1, f"{geometry.pages} pages, the last part is on {page}")
    yield from _lonely(geometry, settings)


def _lonely(geometry: SheetGeometry, settings: LayoutSettings) -> Iterator[Violation]:
    """No page holds a single row where a neighbouring row would have fitted beside it."""
    count = {p.page: sum(len(q.rows) for q in geometry.parts if q.page == p.page) for p in geometry.parts}
    limit = settings.paper.text_height - SPACER - CAPTION
    for number, (before, part) in enumerate(pairwise((None, *geometry.parts))):
        assert part is not None
        if count[part.page] > 1 or len(geometry.prosedur[part.prosedur].langkah) == 1:
            continue
        after = geometry.parts[number + 1] if number + 1 < len(geometry.parts) else None
        tail = settings.after if number + 2 >= len(geometry.parts) else 0
        givers = [(after, after.rows[0])] if after and after.prosedur == part.prosedur else []
        if before and before.prosedur == part.prosedur and len(before.rows) > 2:
            givers.append((before, before.rows[-1]))
        alone = part.rows[0]
        for giver, row in givers:
            # Where the row goes, connectors to all other rows stack up; where it was, those to the rows it leaves.
            there = row.height + _connector_room(geometry, part.prosedur, {row.langkah, alone.langkah})
            rest = {other.langkah for other in giver.rows} - {row.langkah}
            here = giver.height - row.height + _connector_room(geometry, part.prosedur, {row.langkah}, rest)
            if part.height + there + tail <= limit and here <= limit:
                yield Violation("lonely", number, f"row {alone.langkah} stands alone on page {part.page}")
                break


def _connector_room(geometry: SheetGeometry, prosedur: int, rows: set[int], others: set[int] | None = None) -> int:
    """Room for the connectors of arrows between these rows and others, which are all other rows when not named."""
    numbers = {step.nomor: row for row, step in enumerate(geometry.prosedur[prosedur].langkah)}
    others = set(numbers.values()) - rows if others is None else others
    ends = [{numbers[edge.dari.langkah], numbers[edge.ke.langkah]} for edge in geometry.prosedur[prosedur].alur]
    cut = sum(bool(pair & rows) and bool(pair & others) for pair in ends)
    return _CONNECTOR_ROOM * (1 + cut // _ABREAST) if cut else 0
