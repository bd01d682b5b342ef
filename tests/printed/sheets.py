"""Rules for whole pages: headings, texts, sizes, the free foot. And the check of a whole sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sopdocs.model import Langkah, SimbolId, Sop, Workspace
from tests.printed.drawn import Drawn, Label, Thing, read_drawing
from tests.printed.flow import flow_violations, numbered
from tests.printed.ink import Page, glyph_box, read_pages
from tests.printed.labels import label_violations
from tests.printed.lines import line_violations
from tests.printed.places import place_violations
from tests.printed.plane import rect_distance, within
from tests.printed.tables import cell_text, find_tables
from tests.printed.violation import Violation

_SMALLEST = 7.0
_FOOT = 60.0
"""Points at the bottom of every page in which stamps stand."""


@dataclass(frozen=True)
class Printed:
    """A sheet as it came out, and what it should say."""

    sop: Sop
    about: Workspace
    pages: list[Page]
    drawings: list[Drawn]


def read_sheet(sop: Sop, about: Workspace, pdf: bytes) -> Printed:
    """Read a PDF."""
    pages = read_pages(pdf)
    found = [read_drawing(page, table) for n, page in enumerate(pages, start=1) for table in find_tables(page, n)]
    drawings = [_captioned(sop, drawn, procedure, steps) for procedure, drawn, steps in numbered(sop, found)]
    return Printed(sop, about, pages, drawings)


def _captioned(sop: Sop, drawn: Drawn, procedure: int, steps: list[int]) -> Drawn:
    """Tell the texts of symbols that stand beside them from answers: the content says what they are."""
    texts = {simbol.id: _squeezed(simbol.label) for simbol in sop.prosedur[procedure].simbol}
    captions: list[tuple[Thing, Label]] = []
    for thing in drawn.things:
        if thing.text or thing.shape.connector or thing.row < 0 or not 0 <= thing.lane < len(sop.pelaksana):
            continue
        wanted = texts.get(SimbolId(steps[thing.row], sop.pelaksana[thing.lane]))
        cell = drawn.table.cell(thing.row, drawn.table.lanes[thing.lane])
        near = [label for label in drawn.labels if label.text == wanted and within(label.box, cell)]
        if near:
            captions.append((thing, min(near, key=lambda label: rect_distance(label.box, thing.box))))
    taken = [label for _, label in captions]
    return replace(drawn, labels=tuple(label for label in drawn.labels if label not in taken), captions=tuple(captions))


def violations(sheet: Printed) -> list[Violation]:
    """Everything that is wrong with a printed sheet."""
    found = [v for rule in (_ink, _headings, _rows, _cells, _strings) for v in rule(sheet)]
    for drawn in sheet.drawings:
        page = sheet.pages[drawn.table.page - 1]
        found += [*place_violations(drawn), *line_violations(drawn, page), *label_violations(drawn)]
    return found + list(flow_violations(sheet.sop, sheet.drawings))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _ink(sheet: Printed) -> Iterator[Violation]:
    """Nothing of unknown kind, nothing small, nothing in the foot, nothing across a column's rule."""
    for number, page in enumerate(sheet.pages, start=1):
        for text in page.unknown:
            yield Violation("ink", number, (0, 0), text)
        if page.lowest > page.height - _FOOT:
            yield Violation("foot", number, (0, page.lowest), f"ink {page.height - page.lowest:.1f} pt above the edge")
        for char in page.chars:
            size = char["size"] if char["upright"] else char["width"]
            if char["text"].strip() and round(size, 2) < _SMALLEST:
                yield Violation("size", number, (char["x0"], char["top"]), f"“{char['text']}” has {size:.2f} pt")
    for drawn in sheet.drawings:
        table = drawn.table
        for char in sheet.pages[table.page - 1].chars:
            x0, top, x1, bottom = glyph_box(char)
            crossed = any(x0 + 0.2 < x < x1 - 0.2 for column in table.columns for x in column)
            if crossed and char["text"].strip() and table.row_at(top) >= 0 and bottom < table.bottom:
                yield Violation("column", table.page, (x0, top), f"“{char['text']}” stands across a rule")


def _headings(sheet: Printed) -> Iterator[Violation]:
    """Every table bears the office's headings and the running column numbers."""
    words, known = sheet.about.instansi.istilah, sheet.about.pelaksana
    lanes = [known[key].judul_lajur for key in sheet.sop.pelaksana]
    groups = ("No", words.uraian, words.pelaksana, words.mutu_baku, words.keterangan)
    group_of = {key: group.nama for group in sheet.sop.kelompok for key in group.pelaksana}
    between = tuple(_squeezed(group_of.get(key, "")) for key in sheet.sop.pelaksana)
    heads = ("No", words.uraian, *lanes, words.syarat, words.waktu, words.output, words.keterangan)
    for drawn in sheet.drawings:
        table = drawn.table
        place = (table.columns[0][0], table.top)
        if table.groups != tuple(map(_squeezed, groups)) or table.heads != tuple(map(_squeezed, heads)):
            yield Violation("heading", table.page, place, f"{table.groups} over {table.heads}")
        if table.between != between:
            yield Violation("heading", table.page, place, f"groups of lanes {table.between}")
        if table.numbers != tuple(str(n) for n in range(1, len(heads) + 1)):
            yield Violation("heading", table.page, place, f"column numbers {table.numbers}")


def _rows(sheet: Printed) -> Iterator[Violation]:
    """The steps stand in their order, each once."""
    seen: defaultdict[int, list[str]] = defaultdict(list)
    for procedure, drawn, _ in numbered(sheet.sop, sheet.drawings):
        seen[procedure] += [row.number for row in drawn.table.rows if row.number]
    for procedure, table in enumerate(sheet.sop.prosedur):
        if seen[procedure] != [f"{step.nomor}." for step in table.langkah]:
            yield Violation("rows", 0, (0, 0), f"rows of procedure {procedure + 1} are numbered {seen[procedure]}")


def _cells(sheet: Printed) -> Iterator[Violation]:
    """Each cell says what the content says; a step cut over several rows says it piece by piece."""
    said: defaultdict[tuple[int, int, int], str] = defaultdict(str)
    where: dict[tuple[int, int], tuple[int, float]] = {}
    for procedure, drawn, steps in numbered(sheet.sop, sheet.drawings):
        table = drawn.table
        texts = [n for n in range(len(table.columns)) if n not in table.lanes]
        for row, step in enumerate(steps):
            where.setdefault((procedure, step), (table.page, table.rows[row].top))
            for column, index in enumerate(texts[1:]):
                said[procedure, step, column] += cell_text(sheet.pages[table.page - 1], table.cell(row, index))
    for procedure, table in enumerate(sheet.sop.prosedur):
        for step in table.langkah:
            page, y = where.get((procedure, step.nomor), (0, 0.0))
            for column, text in enumerate(_texts(step)):
                if said[procedure, step.nomor, column] != _squeezed(text):
                    wrong = f"step {step.nomor} says “{said[procedure, step.nomor, column]}”, not “{text}”"
                    yield Violation("text", page, (0, y), wrong)


def _texts(step: Langkah) -> tuple[str, ...]:
    return tuple(rich.text for rich in (step.uraian, step.syarat, step.waktu, step.output, step.keterangan))


def _strings(sheet: Printed) -> Iterator[Violation]:
    """Whatever stands outside the tables' cells is somewhere on the sheet."""
    sop, office = sheet.sop, sheet.about.instansi
    official = sheet.about.pejabat[sop.pengesah]
    blocks = (
        sop.dasar_hukum,
        sop.kualifikasi_pelaksana,
        sop.keterkaitan,
        sop.peralatan,
        sop.peringatan,
        sop.pencatatan,
    )
    wanted = [*office.kop, sop.nama, sop.nomor or "-", official.jabatan.upper(), official.nama, f"NIP. {official.nip}"]
    wanted += [f"{p.marker}{p.text}" for rich in blocks for p in rich.paragraphs]
    wanted += [table.judul for table in sop.prosedur]
    text = "".join(page.text for page in sheet.pages).casefold()
    for string in wanted:
        if _squeezed(string).casefold() not in text:
            yield Violation("text", 0, (0, 0), f"“{string}” is missing")
