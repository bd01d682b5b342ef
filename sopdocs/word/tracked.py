"""The sheet of a revised SOP with the changes since its old state tracked, for who reviews it in Word.

Accepting all changes gives the text of the new sheet, rejecting all that of the old one, both filled into the new
template. Tracked are the identity block, headers and footers, what stands below the procedure, captions, the headings
of the procedure table and its text cells. Drawing, lanes, column numbers and page breaks are those of the new sheet:

* A step that is gone is a deleted row without drawing where it stood, one that moved a deleted and an inserted row.
* The heading of a lane that is gone stands, deleted, below the title of the lanes.
* Rows whose text changed grow with it, so a page may run over, and arrows may fall short, until changes are settled.
* Links between the parts of the bundle are plain text, since this copy stands in no bundle.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date

from sopdocs.compare import BedaProsedur, BedaSop, lembar
from sopdocs.compare.assignment import longest_rising
from sopdocs.layout import FontData, Kolom, SheetGeometry, cell_text, paper
from sopdocs.layout.geometry import HeadCell, TablePart
from sopdocs.model import Istilah, Langkah, Prosedur, RichText, Sop
from sopdocs.word.context import Inputs
from sopdocs.word.finish import finish
from sopdocs.word.redline import Block, Pen, State
from sopdocs.word.redtable import Weaver, with_rows
from sopdocs.word.sheet import OpenSheet, Sheet, lay_out_sheet, open_sheet, sheet_date
from sopdocs.word.table import caption, heading, procedure_elements, spacer, text_row
from sopdocs.word.template import Template
from sopdocs.word.xml import Element, parse_strictly, qn, serialise

_TEXTS = (Kolom.URAIAN, Kolom.SYARAT, Kolom.WAKTU, Kolom.OUTPUT, Kolom.KETERANGAN)


def tracked_sheet(
    beda: BedaSop, inputs: tuple[Inputs, Inputs], template: Template, fonts: FontData, day: date | None = None
) -> Sheet:
    """Make the new sheet with the changes tracked; `inputs` are those of the old and of the new sheet.

    `beda` says which steps and lanes are the same; both of its states are there. `day` is the time of the changes, the
    new sheet's date when it is None. Raises TemplateBrokenError and PackageError.
    """
    if beda.lama is None or beda.baru is None:
        raise ValueError("an SOP that came or went has no changes")
    old, new = _Side(beda.lama, inputs[0]), _Side(beda.baru, inputs[1])
    size = paper(new.inputs.workspace.instansi.kertas)
    before, now = (open_sheet(each.sop, each.inputs, template, size) for each in (old, new))
    geometry = lay_out_sheet(now, new.sop, new.inputs, fonts, new_page=False)
    weaver = Weaver(Pen(day or sheet_date(new.sop)))
    table = _Procedures(old, new, beda, geometry, weaver)
    blocks = [
        *weaver.blocks(_beside(before, after=False), _beside(now, after=False)),
        *table.blocks(),
        *weaver.blocks(_beside(before, after=True), _beside(now, after=True)),
    ]
    woven = weaver.pen.settle(blocks)
    for child in [*now.body]:
        if child.tag != qn("w:sectPr"):
            now.body.remove(child)
    for number, element in enumerate(woven):
        now.body.insert(number, element)
    _weave_margins(before, now, weaver)
    return Sheet(finish(now.parts, now.body, (new.sop.nama, sheet_date(new.sop))), geometry)


def _beside(opened: OpenSheet, *, after: bool) -> list[Element]:
    """The blocks before or after the procedure."""
    found = [*opened.mark.itersiblings()] if after else [*opened.mark.itersiblings(preceding=True)][::-1]
    return [element for element in found if element.tag != qn("w:sectPr")]


def _weave_margins(before: OpenSheet, now: OpenSheet, weaver: Weaver) -> None:
    """Mark the changes of headers and footers in place."""
    for name in sorted(now.parts):
        old = before.parts.get(name)
        if not name.startswith(("word/header", "word/footer")) or old is None or old == now.parts[name]:
            continue
        tree = parse_strictly(now.parts[name])
        woven = weaver.pen.settle(weaver.blocks([*parse_strictly(old)], [*tree]))
        for child in [*tree]:
            tree.remove(child)
        tree.extend(woven)
        now.parts[name] = serialise(tree)


@dataclass(frozen=True, slots=True)
class _Side:
    """One state: the SOP, and what its sheet is filled with."""

    sop: Sop
    inputs: Inputs


@dataclass(frozen=True, slots=True)
class _Line:
    """A row to come: the step of the old state, the row of the new one with its step, or both."""

    old: Langkah | None = None
    new: Element | None = None
    step: Langkah | None = None


class _Procedures:
    """Puts the old procedures into the tables of the new sheet."""

    def __init__(self, old: _Side, new: _Side, beda: BedaSop, geometry: SheetGeometry, weaver: Weaver) -> None:
        self.old, self.new, self.beda = old, new, beda
        self.before = lembar(old.sop, old.inputs.workspace)
        self.lanes = _old_lanes(old.sop, new.sop, beda)
        self.geometry = geometry
        self.columns = geometry.columns
        self.weaver = weaver
        self.spacers, self.tables = _taken_apart(procedure_elements(geometry, new.sop.nama))

    def blocks(self) -> list[Block]:
        """All tables in the order of the new sheet, each one that is gone behind its neighbour of old."""
        found: list[Block] = []
        index = 0
        for pair in _in_both_orders(self.beda.prosedur, self.old.sop.prosedur):
            if pair.baru is not None:
                found += self.procedure(index, pair)
                index += 1
            elif pair.lama is not None:
                found += self.gone(pair.lama)
        return found

    def procedure(self, index: int, pair: BedaProsedur) -> Iterator[Block]:
        """A procedure of the new sheet, page by page."""
        lines = self.lines(index, pair)
        first = True
        for number, part in enumerate(self.geometry.parts):
            if part.prosedur != index:
                continue
            here = lines[number]
            state = State.NEW if all(line.old is None for line in here) else State.STAYED
            yield from self.above(number, part, pair.lama.judul if first and pair.lama else "", state)
            yield Block(state, self.table(number, here, state))
            first = False

    def above(self, number: int, part: TablePart, judul: str, state: State) -> list[Block]:
        """What stands between a table and the one before."""
        new = self.spacers[number]
        old = [*(new if state is State.STAYED else []), *([caption(judul)] if judul else [])]
        return self.weaver.blocks(old, [*new, *([caption(part.caption)] if part.caption else [])])

    def lines(self, index: int, pair: BedaProsedur) -> dict[int, list[_Line]]:
        """The rows of each table of a procedure: those of the new sheet, and among them those that are gone."""
        before = pair.lama.langkah if pair.lama else ()
        stayed = _stayed(pair)
        rest = iter(range(len(before)))
        found: dict[int, list[_Line]] = {}
        at = -1
        kept = {i for i, _ in stayed}
        waiting = [*_until(rest, kept)]
        for number, part in enumerate(self.geometry.parts):
            if part.prosedur != index:
                continue
            steps = self.geometry.prosedur[index].langkah
            rows = [row for row in self.tables[number].findall(qn("w:tr")) if not _is_header(row)]
            here = found[number] = []
            for row, element in zip(part.rows, rows, strict=True):
                here += [_Line(before[i]) for i in waiting]
                waiting = []
                step = steps[row.langkah]
                at += step.nomor != 0
                same = next((i for i, j in stayed if j == at), None)
                was = None if same is None else _piece_of(before[same], self.new_step(index, at), step)
                here.append(_Line(was, element, step))
                last = row.langkah + 1 == len(steps) or steps[row.langkah + 1].nomor != 0
                if same is not None and last:
                    here += [_Line(before[i]) for i in _until(rest, kept)]
        return found

    def new_step(self, index: int, at: int) -> Langkah:
        return self.new.sop.prosedur[index].langkah[at]

    def table(self, number: int, lines: list[_Line], state: State) -> Element:
        source = self.tables[number]
        rows = self.header(source, state)
        rows += [self.weaver.row(self.old_row(line), line.new) for line in lines]
        return with_rows(source, rows)

    def old_row(self, line: _Line) -> Element | None:
        return None if line.old is None else text_row(line.old, self.columns)

    def gone(self, prosedur: Prosedur) -> list[Block]:
        """A procedure that is gone: a table of deleted rows."""
        lines = [_Line(step) for step in prosedur.langkah]
        source = self.tables[0]
        rows = [*self.header(source, State.GONE), *(self.weaver.row(self.old_row(line), None) for line in lines)]
        above = [spacer(), *([caption(prosedur.judul)] if prosedur.judul else [])]
        return [*self.weaver.blocks(above, []), Block(State.GONE, with_rows(source, rows))]

    def header(self, table: Element, state: State) -> list[Element]:
        """The heading rows; those of a table that came or went as a whole do so, too."""
        rows = [row for row in table.findall(qn("w:tr")) if _is_header(row)]
        if state is State.NEW:
            return [self.weaver.row(None, row) for row in rows]
        former = [deepcopy(row) for row in rows]
        for number, row in enumerate(former[:-1]):
            self.retitle(row, number)
        if state is State.GONE:
            return [self.weaver.row(row, None) for row in former]
        return [self.weaver.row(old, new) for old, new in zip(former, rows, strict=True)]

    def retitle(self, row: Element, number: int) -> None:
        """Write the old headings into a row of the new ones."""
        here = [head for head in self.geometry.heads if head.top <= number < head.top + head.down]
        for cell, head in zip(row.findall(qn("w:tc")), sorted(here, key=lambda head: head.first), strict=True):
            if head.top != number:
                continue
            texts = [self.old_heading(head), *(self.gone_lanes() if self.titles_lanes(head) else [])]
            for paragraph in cell.findall(qn("w:p")):
                cell.remove(paragraph)
            cell.extend(heading(text) for text in texts)

    def old_heading(self, head: HeadCell) -> str:
        """What the old sheet has there; empty for a lane that it has not."""
        column, sop = self.columns[head.first], self.old.sop
        groups = {key: group.nama for group in sop.kelompok for key in group.pelaksana}
        if column.kolom is Kolom.LAJUR and head.top:
            mine = [self.lanes.get(self.columns[n].lane, "") for n in range(head.first, head.first + head.across)]
            if head.top == 1 and column.group:
                return next((groups[key] for key in mine if key in groups), "")
            return self.before.judul_lajur(mine[0]) if mine[0] else ""
        terms = (each.inputs.workspace.instansi.istilah for each in (self.new, self.old))
        return _renamed(head.text, *terms)

    def titles_lanes(self, head: HeadCell) -> bool:
        return head.top == 0 and self.columns[head.first].kolom is Kolom.LAJUR

    def gone_lanes(self) -> list[str]:
        """Headings of lanes and of their groups that have no place in the new sheet."""
        shown = {self.old_heading(head) for head in self.geometry.heads}
        groups = [group.nama for group in self.old.sop.kelompok if group.nama not in shown]
        gone = [key for key in self.old.sop.pelaksana if key not in self.lanes.values()]
        return groups + [self.before.judul_lajur(key) for key in gone]


def _old_lanes(old: Sop, new: Sop, beda: BedaSop) -> dict[str, str]:
    """The old key of each lane that stayed, by its new one."""
    told = {each.baru.key: each.lama.key for each in beda.lajur if each.lama and each.baru}
    come = {each.baru.key for each in beda.lajur if each.baru and not each.lama}
    gone = {each.lama.key for each in beda.lajur if each.lama and not each.baru}
    free = {key for key in old.pelaksana if key not in gone and key not in told.values()}
    return {key: told.get(key, key) for key in new.pelaksana if key in told or (key in free and key not in come)}


def _in_both_orders(pairs: Sequence[BedaProsedur], old: tuple[Prosedur, ...]) -> list[BedaProsedur]:
    """Procedures by the new order, those that are gone where they stood; one that moved is gone, and new elsewhere."""
    place = {id(prosedur): number for number, prosedur in enumerate(old)}
    both = [pair for pair in pairs if pair.lama and pair.baru]
    kept = longest_rising([place[id(pair.lama)] for pair in both], [1.0] * len(both))
    stayed = {place[id(both[n].lama)]: both[n] for n in kept}
    rest = iter(range(len(old)))
    found: list[BedaProsedur] = [BedaProsedur(old[i], None) for i in _until(rest, stayed)]
    for pair in pairs:
        if pair.baru is None:
            continue
        if pair not in stayed.values():
            found.append(BedaProsedur(None, pair.baru))
            continue
        found.append(pair)
        found += [BedaProsedur(old[i], None) for i in _until(rest, stayed)]
    return found


def _renamed(text: str, new: Istilah, old: Istilah) -> str:
    """The old term for a new one; a heading that is no term of the office's stays."""
    names = ("uraian", "pelaksana", "mutu_baku", "syarat", "waktu", "output", "keterangan")
    return next((str(getattr(old, name)) for name in names if getattr(new, name) == text), text)


def _taken_apart(elements: list[Element]) -> tuple[list[list[Element]], list[Element]]:
    """What stands above each table of the new sheet, but for its caption, and the tables."""
    spacers: list[list[Element]] = [[]]
    tables: list[Element] = []
    for element in elements:
        if element.tag == qn("w:tbl"):
            tables.append(element)
            spacers.append([])
        elif element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") is None:
            spacers[-1].append(element)
    return spacers, tables


def _is_header(row: Element) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def _stayed(pair: BedaProsedur) -> list[tuple[int, int]]:
    """Old and new position of each step that stayed where it was: as many as go without crossings, in order.

    Of steps that were merged the first old one stays, of one that was split its first new one.
    """
    ends = sorted((same.lama[0], same.baru[0]) for same in pair.pasangan if same.lama and same.baru and not same.pindah)
    kept = longest_rising([new for _, new in ends], [1.0] * len(ends))
    return [end for number, end in enumerate(ends) if number in kept]


def _until(rest: Iterator[int], kept: Container[int]) -> Iterator[int]:
    """What of old comes before the next that stayed, which is taken, too."""
    for i in rest:
        if i in kept:
            return
        yield i


def _piece_of(old: Langkah, whole: Langkah, piece: Langkah) -> Langkah:
    """The old step beside a row that may hold only a piece of the new one.

    Texts that stayed are cut as the new ones are; of the others the old text stands beside the first piece.
    """
    fields: dict[str, RichText] = {}
    for kolom in _TEXTS:
        was, now = cell_text(old, kolom), cell_text(whole, kolom)
        if was == now:
            fields[kolom.value] = cell_text(piece, kolom)
        elif not piece.nomor:
            fields[kolom.value] = RichText()
    return replace(old, nomor=old.nomor if piece.nomor else 0, **fields)
