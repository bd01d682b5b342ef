"""Two states of a Word text as one with tracked changes (ISO/IEC 29500-1, 17.13.5).

Accepting all gives the new text, rejecting all the old one. A paragraph mark that came or went joins its paragraph to
the next one when that is undone, so the last mark before a table or the end of a cell always stays (`settle`).

LibreOffice (7.4) takes two insertions that only an unchanged paragraph mark keeps apart for one, and rejecting them
joins the paragraphs; and an empty paragraph takes the style of the insertion before it. Where that is to be feared,
the mark before the insertion is told as inserted instead of the last one in it, which means the same.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby

from lxml import etree

from sopdocs.word.pieces import Piece, Step, compare_pieces, look_element, new_element, pieces
from sopdocs.word.xml import Element, qn

_AUTHOR = "sopdocs"
_UNTOLD = (qn("w:rPr"), qn("w:sectPr"), qn("w:pPrChange"))
"""Parts of `w:pPr` that no `w:pPrChange` holds (17.13.5.29)."""
_TEXT_SIGNS = {"\t": "w:tab", "\n": "w:br", "\u2011": "w:noBreakHyphen", "\u00ad": "w:softHyphen"}


class State(Enum):
    """What happened to a paragraph, row or table."""

    STAYED = ""
    GONE = "w:del"
    NEW = "w:ins"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or table with its changes marked, the mark of a paragraph still left out."""

    state: State
    element: Element


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes the marks of one revision."""

    day: date | None
    """Told as the time of each change; None leaves it out, which the schema allows."""

    def mark(self, name: str) -> Element:
        """An empty mark; its id is given when the document is finished."""
        when = {"w_date": f"{self.day.isoformat()}T00:00:00Z"} if self.day else {}
        return new_element(name, w_id="0", w_author=_AUTHOR, **when)

    def paragraph(self, old: Element | None, new: Element | None) -> Block:
        """A paragraph that stayed, went or came; what stayed looks as in the new state."""
        source = new if new is not None else old
        assert source is not None
        made = new_element("w:p")
        made.extend(deepcopy(child) for child in source if child.tag == qn("w:pPr"))
        state = State.STAYED if old is not None and new is not None else State.NEW if old is None else State.GONE
        if old is not None and new is not None:
            self.retell(made, old.find(qn("w:pPr")))
        made.extend(self._runs(compare_pieces(*(pieces(p) if p is not None else [] for p in (old, new)))))
        return Block(state, made)

    def settle(self, blocks: list[Block]) -> list[Element]:
        """Mark the marks of paragraphs that came or went."""
        made: list[Element] = []
        for are_paragraphs, run in groupby(blocks, key=lambda block: block.element.tag == qn("w:p")):
            found = list(run)
            made += self._settle_run(found) if are_paragraphs else [block.element for block in found]
        return made

    def _settle_run(self, run: list[Block]) -> list[Element]:
        states = [block.state for block in run]
        if run[-1].state is not State.STAYED and State.STAYED in states:
            # Its mark cannot go, as no paragraph follows: the one before loses its mark instead, and this one is it.
            self._hand_on(run, states, max(n for n, s in enumerate(states) if s is State.STAYED), len(run) - 1)
        for at in range(len(run)):
            end = _end_of_run(run, at + 1)
            if states[at] is State.STAYED and end > at + 1 and _to_be_handed_on(run, at, end):
                self._hand_on(run, states, at, end - 1)
        made: list[Element] = []
        for n, (block, state) in enumerate(zip(run, states, strict=True)):
            made.append(block.element)
            if state is not State.STAYED:
                self.mark_end(block.element, state)
            elif n + 1 < len(run) and _runs_on(block.element, Block(states[n + 1], run[n + 1].element)):
                made.append(self._kept_apart(block.element))
        return made

    def _hand_on(self, run: list[Block], states: list[State], at: int, last: int) -> None:
        """Tell the mark of the paragraph `at` as come or gone in the stead of that of `last`."""
        self._inherit(run[last], run[at].element)
        states[at:last] = [run[last].state] * (last - at)
        states[last] = State.STAYED

    def _kept_apart(self, paragraph: Element) -> Element:
        """Make of a paragraph's mark an inserted one, and return a paragraph that is nothing but the deleted one."""
        gone = new_element("w:p")
        then = _bare(_before(paragraph))
        if len(then):
            gone.append(then)
        self.mark_end(paragraph, State.NEW)
        self.mark_end(gone, State.GONE)
        return gone

    def _inherit(self, last: Block, heir: Element) -> None:
        """Give the last paragraph of a run the properties of the one whose mark goes or comes in its stead."""
        now, then = heir.find(qn("w:pPr")), _before(heir)
        if last.state is State.GONE:
            then = _bare(last.element.find(qn("w:pPr")))
            _replace_properties(last.element, _bare(now))
        self.retell(last.element, then)

    def mark_end(self, paragraph: Element, state: State) -> None:
        """Mark the mark of a paragraph (17.13.5.15, 17.13.5.20)."""
        properties = _child(paragraph, "w:pPr", 0)
        after = sum(1 for child in properties if child.tag not in (qn("w:rPr"), qn("w:sectPr"), qn("w:pPrChange")))
        _child(properties, "w:rPr", after).insert(0, self.mark(state.value))

    def retell(self, paragraph: Element, old: Element | None) -> None:
        """Note the properties that a paragraph had, when they were others."""
        then, now = _bare(old), _bare(paragraph.find(qn("w:pPr")))
        if etree.tostring(then, method="c14n", exclusive=True) == etree.tostring(now, method="c14n", exclusive=True):
            return
        change = self.mark("w:pPrChange")
        change.append(then)
        properties = _child(paragraph, "w:pPr", 0)
        for former in properties.findall(qn("w:pPrChange")):
            properties.remove(former)
        properties.append(change)

    def _runs(self, steps: list[Step]) -> list[Element]:
        made: list[Element] = []
        for (state, look, was, _), found in groupby(steps, key=_kind):
            run = [new or old for old, new in found]
            if run[0] is not None and run[0].element is not None:
                made.extend(deepcopy(piece.element) for piece in run if piece and piece.element is not None)
                continue
            written = self._run("".join(piece.text for piece in run if piece), look, was, state)
            if state is State.STAYED:
                made.append(written)
                continue
            mark = self.mark(state.value)
            mark.append(written)
            made.append(mark)
        return made

    def _run(self, text: str, look: bytes, was: bytes, state: State) -> Element:
        run = new_element("w:r")
        properties = look_element(look)
        if was != look:
            change = self.mark("w:rPrChange")
            change.append(look_element(was))
            properties.append(change)
        if len(properties):
            run.append(properties)
        for sign, letters in groupby(text, key=_TEXT_SIGNS.get):
            if sign:
                run.extend(new_element(sign) for _ in letters)
                continue
            words = new_element("w:delText" if state is State.GONE else "w:t")
            words.text = "".join(letters)
            words.set(qn("xml:space"), "preserve")
            run.append(words)
        return run


def _kind(step: Step) -> tuple[State, bytes, bytes, bool]:
    """What pieces must have in common to stand in one run."""
    old, new = step
    state = State.NEW if old is None else State.GONE if new is None else State.STAYED
    shown: Piece | None = new or old
    assert shown is not None
    return state, shown.look, old.look if old and new else shown.look, shown.element is not None


def _bare(properties: Element | None) -> Element:
    """The properties of a paragraph as `w:pPrChange` holds them."""
    bare = new_element("w:pPr")
    if properties is not None:
        bare.extend(deepcopy(child) for child in properties if child.tag not in _UNTOLD)
    return bare


def _before(paragraph: Element) -> Element | None:
    """The properties that a paragraph had before its change."""
    told = paragraph.find(f"{qn('w:pPr')}/{qn('w:pPrChange')}/{qn('w:pPr')}")
    return told if told is not None else paragraph.find(qn("w:pPr"))


def _end_of_run(run: list[Block], start: int) -> int:
    """Where the paragraphs that came or went as the one at `start` end; `start` if it stayed."""
    end = start
    while end < len(run) and run[end].state is run[start].state is not State.STAYED:
        end += 1
    return end


def _to_be_handed_on(run: list[Block], at: int, end: int) -> bool:
    """Whether what came or went behind `at`, up to `end`, would not be undone as it ought to by LibreOffice."""
    before_empty = end < len(run) and run[end].state is State.STAYED and _is_empty(run[end].element)
    return _runs_on(run[at].element, run[at + 1]) or (before_empty and not _is_empty(run[at].element))


def _is_empty(paragraph: Element) -> bool:
    """Whether a paragraph is nothing but its mark."""
    return not any(child.tag != qn("w:pPr") for child in paragraph)


def _runs_on(paragraph: Element, following: Block) -> bool:
    """Whether an insertion ends one paragraph and another one begins the next."""
    inserted = qn("w:ins")
    if not len(paragraph) or paragraph[-1].tag != inserted:
        return False
    first = next((child.tag for child in following.element if child.tag != qn("w:pPr")), None)
    return first == inserted or (first is None and following.state is State.NEW)


def _replace_properties(paragraph: Element, properties: Element) -> None:
    for former in paragraph.findall(qn("w:pPr")):
        paragraph.remove(former)
    paragraph.insert(0, properties)


def _child(parent: Element, name: str, at: int) -> Element:
    found = parent.find(qn(name))
    if found is None:
        found = new_element(name)
        parent.insert(at, found)
    return found
