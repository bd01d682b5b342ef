"""Paragraphs, rows and cells of two states paired, and their changes marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import cache
from typing import TypeVar

from rapidfuzz import fuzz

from sopdocs.word.pieces import new_element, pieces, text_of
from sopdocs.word.redline import Block, Pen, State
from sopdocs.word.xml import Element, qn

_T = TypeVar("_T")
Pair = tuple[int | None, int | None]
"""Positions in the old and the new state; None: it is not there."""
_TEXT = (qn("w:p"), qn("w:tbl"))
"""Blocks that can be told as gone; others, such as bookmarks, are those of the new state."""
_LEAST_ALIKE = 45
"""Likeness of two paragraphs, in percent, from which one is the other reworded."""
_REWRITTEN = 1.0
"""Likeness of rows of which only the shape is the same."""


def align(old: Sequence[_T], new: Sequence[_T], likeness: Callable[[_T, _T], float]) -> list[Pair]:
    """Pair what is most alike without crossings; a likeness of 0 is never paired. What is gone comes first."""

    @cache
    def alike(i: int, j: int) -> float:
        return likeness(old[i], new[j])

    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = best[i + 1][j + 1] + alike(i, j) if alike(i, j) else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(old) or j < len(new):
        both = i < len(old) and j < len(new)
        if both and alike(i, j) and best[i][j] == best[i + 1][j + 1] + alike(i, j):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif i < len(old) and best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return _gone_first(pairs)


def _gone_first(pairs: list[Pair]) -> list[Pair]:
    ordered: list[Pair] = []
    gap: list[Pair] = []
    for pair in [*pairs, (0, 0)]:
        if None in pair:
            gap.append(pair)
            continue
        ordered += sorted(gap, key=lambda each: each[0] is None)
        ordered.append(pair)
        gap = []
    return ordered[:-1]


class Weaver:
    """Weaves the old state into the new one."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen

    def blocks(self, old: Sequence[Element], new: Sequence[Element]) -> list[Block]:
        """Paragraphs and tables in order; `Pen.settle` finishes them."""
        pairs = self._ended(align(old, new, _block_likeness), old, new)
        kept = (pair for pair in pairs if pair[1] is not None or old[pair[0] or 0].tag in _TEXT)
        return [self._block(_at(old, i), _at(new, j)) for i, j in kept]

    def _ended(self, pairs: list[Pair], old: Sequence[Element], new: Sequence[Element]) -> list[Pair]:
        """Pair the last paragraphs, if neither has another one: a mark must stay at the end.

        So must one before an empty last paragraph, which takes the style of an insertion before it in LibreOffice.
        """
        end = [(i, j) for i, j in pairs[-1:] if i is not None and j is not None and _are_empty(old[i], new[j])]
        pairs = pairs[: len(pairs) - len(end)]
        gone = [i for i, j in _tail(pairs) if i is not None and j is None]
        come = [j for i, j in _tail(pairs) if j is not None and i is None]
        if not (gone and come and old[gone[-1]].tag == new[come[-1]].tag == qn("w:p")):
            return pairs + end
        rest = [pair for pair in pairs if pair not in ((gone[-1], None), (None, come[-1]))]
        return [*rest, (gone[-1], come[-1]), *end]

    def _block(self, old: Element | None, new: Element | None) -> Block:
        shown = new if new is not None else old
        assert shown is not None
        if shown.tag == qn("w:p"):
            return self.pen.paragraph(old, new)
        if shown.tag != qn("w:tbl"):  # something that Word allows and no template of ours has
            return Block(State.STAYED, deepcopy(shown))
        state = State.STAYED if old is not None and new is not None else State.NEW if old is None else State.GONE
        rows = [list(table.findall(qn("w:tr"))) if table is not None else [] for table in (old, new)]
        pairs = align(rows[0], rows[1], _row_likeness)
        return Block(state, with_rows(shown, [self.row(_at(rows[0], i), _at(rows[1], j)) for i, j in pairs]))

    def row(self, old: Element | None, new: Element | None) -> Element:
        """A row that stayed, went or came. Rows that stayed have the same cells."""
        if old is None or new is None:
            shown = new if new is not None else old
            assert shown is not None
            return self._whole_row(shown, State.NEW if old is None else State.GONE)
        made = deepcopy(new)
        for cell, before in zip(made.findall(qn("w:tc")), old.findall(qn("w:tc")), strict=True):
            self.cell(cell, before)
        if any(True for _ in made.iter(qn("w:ins"), qn("w:del"))):
            _loosen(made)
        return made

    def cell(self, cell: Element, old: Element) -> None:
        """Mark the changes of a cell in place."""
        mine, before = _content(cell), _content(old)
        blocks = self.pen.settle(self.blocks(before, mine))
        for element in mine:
            cell.remove(element)
        cell.extend(blocks)

    def _whole_row(self, row: Element, state: State) -> Element:
        """A row that came or went (17.13.5.14, 17.13.5.17), all of its text with it."""
        made = deepcopy(row)
        for cell in made.findall(qn("w:tc")):
            content = _content(cell)
            gone = state is State.GONE
            for block in self.blocks(content, []) if gone else self.blocks([], content):
                if block.element.tag == qn("w:p"):
                    self.pen.mark_end(block.element, state)
                cell.append(block.element)
            for element in content:
                cell.remove(element)
        properties = made.find(qn("w:trPr"))
        if properties is None:
            properties = new_element("w:trPr")
            made.insert(0 if made.find(qn("w:tblPrEx")) is None else 1, properties)
        properties.append(self.pen.mark(state.value))
        if state is State.GONE:
            _loosen(made)
        return made


def with_rows(table: Element, rows: Sequence[Element]) -> Element:
    """A table with other rows."""
    made = new_element("w:tbl")
    made.extend(deepcopy(child) for child in table if child.tag != qn("w:tr"))
    made.extend(rows)
    return made


def _content(cell: Element) -> list[Element]:
    return [child for child in cell if child.tag != qn("w:tcPr")]


def _loosen(row: Element) -> None:
    """Let a row grow with its text: old and new one together are longer than the row was made for."""
    for height in row.findall(f"{qn('w:trPr')}/{qn('w:trHeight')}"):
        height.set(qn("w:hRule"), "atLeast")


def _at(found: Sequence[Element], index: int | None) -> Element | None:
    return None if index is None else found[index]


def _tail(pairs: list[Pair]) -> Iterator[Pair]:
    """What stands after the last pair."""
    end = max((n for n, pair in enumerate(pairs, start=1) if None not in pair), default=0)
    return iter(pairs[end:])


def _are_empty(*paragraphs: Element) -> bool:
    return all(each.tag == qn("w:p") and not pieces(each) for each in paragraphs)


def _words(element: Element) -> str:
    if element.tag == qn("w:p"):
        return text_of(pieces(element)).strip()
    return "\n".join(text_of(pieces(paragraph)) for paragraph in element.iter(qn("w:p"))).strip()


def _block_likeness(old: Element, new: Element) -> float:
    if old.tag != new.tag:
        return 0.0
    before, now = _words(old), _words(new)
    alike = fuzz.ratio(before, now)
    if old.tag != qn("w:p"):
        return 100.0 + alike
    # Empty paragraphs are paired when nothing better is to be had.
    return alike + (before == now) if alike >= _LEAST_ALIKE and (before or not now) else 0.0


def _row_likeness(old: Element, new: Element) -> float:
    cells, others = (row.findall(qn("w:tc")) for row in (old, new))
    if [_span(cell) for cell in cells] != [_span(cell) for cell in others]:
        return 0.0
    texts = [(_words(cell), _words(other)) for cell, other in zip(cells, others, strict=True)]
    return _REWRITTEN + sum(2.0 for before, now in texts if before == now != "")


def _span(cell: Element) -> str:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return "1" if span is None else str(span.get(qn("w:val")))
