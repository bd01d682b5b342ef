"""The printed sheet against the geometry: every shape where the layout says, every text there, nothing else."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import pypdf
import pytest
from word_flows import captions, decisions, groups, linked, long_texts, many_lanes, over_pages
from word_samples import LOGO, ROOT, SOP_TEMPLATE, build, fonts, inputs

from sopdocs.content import read_workspace
from sopdocs.layout import SheetGeometry
from sopdocs.layout.geometry import Box, Kolom, TablePart
from sopdocs.model import Sop
from sopdocs.office import Converter
from sopdocs.word import Inputs, make_sheet
from tests.gallery.flows import NAMES, workspace
from tests.printed.ink import Page, Path, Rule, read_pages
from tests.printed.sheets import read_sheet, violations
from tests.printed.violation import unexcused

NEAR = 0.75
"""Points that a mark may be away from its place."""
HEAD = 7.0
"""Points that an arrowhead covers at most."""


MADE_UP = {f.__name__: f for f in (decisions, over_pages, many_lanes, groups, long_texts, captions, linked)}
REAL = sorted(path.stem for path in (ROOT / "content" / "sop").glob("*.md"))
SHEETS = (*(("made up", name) for name in MADE_UP), *(("content", name) for name in REAL))
GALLERY = tuple(("gallery", name) for name in NAMES)


@dataclass(frozen=True)
class Printed:
    """A sheet and its PDF."""

    sop: Sop
    about: Inputs
    geometry: SheetGeometry
    pdf: bytes
    pages: list[Page]


@pytest.fixture(scope="module", params=[*SHEETS, *GALLERY], ids=" ".join)
def printed(request: pytest.FixtureRequest, converter: Converter) -> Printed:
    where, name = request.param
    if where == "made up":
        sample, about = MADE_UP[name](), inputs(tempat="Paringin", konsep=True)
    else:
        known = workspace() if where == "gallery" else read_workspace(ROOT).workspace
        assert known is not None
        sample, about = known.sop[name], Inputs(known, LOGO, False)
    made = make_sheet(sample, about, SOP_TEMPLATE, fonts())
    pdf = converter.convert(made.docx, name=name)
    return Printed(sample, about, made.geometry, pdf, read_pages(pdf))


@dataclass(frozen=True)
class Table:
    """A table part and where it stands on its page, in points."""

    part: TablePart
    page: Page
    left: float
    top: float

    def box(self, box: Box) -> tuple[float, float, float, float]:
        return (*self.point((box.x, box.y)), *self.point((box.right, box.bottom)))

    def point(self, point: tuple[int, int]) -> tuple[float, float]:
        return self.left + point[0] / 12700, self.top + point[1] / 12700

    def inside(self, y: float) -> bool:
        return self.top - NEAR <= y <= self.top + self.part.height / 12700 + NEAR

    def outlines(self) -> list[Path]:
        return [path for path in self.page.outlines if self.inside(path.box[1])]


def tables(printed: Printed) -> list[Table]:
    """Find each part by the rule at its left: its height must be the one that was laid out."""
    found: list[Table] = []
    for number, page in enumerate(printed.pages, start=1):
        parts = [part for part in printed.geometry.parts if part.page == number]
        left = min((rule.x0 for rule in page.rules), default=0)
        edges = sorted((r for r in page.rules if r.upright and r.x0 - left < 1), key=lambda r: r.top)
        edges = edges[len(edges) - len(parts) :] if parts else []
        assert len(edges) == len(parts), f"page {number}"
        for part, edge_rule in zip(parts, edges, strict=True):
            assert edge_rule.bottom - edge_rule.top == pytest.approx(part.height / 12700, abs=2 * NEAR)
            found.append(Table(part, page, edge_rule.x0, edge_rule.top + 0.25))
    assert len(found) == len(printed.geometry.parts)
    return found


def near(a: tuple[float, ...], b: tuple[float, ...], by: float = NEAR) -> bool:
    return all(abs(x - y) <= by for x, y in zip(a, b, strict=True))


def test_there_are_the_pages_of_the_layout(printed: Printed):
    assert len(printed.pages) == printed.geometry.pages
    assert [page.unknown for page in printed.pages] == [()] * len(printed.pages)


def test_rows_end_where_they_were_laid_out(printed: Printed):
    for table in tables(printed):
        level = [rule.top for rule in table.page.rules if not rule.upright]
        for row in table.part.rows:
            y = table.point((0, row.y + row.height))[1]
            assert min(abs(rule - y) for rule in level) <= NEAR, row


def test_symbols_stand_where_they_were_laid_out_within_lane_and_row(printed: Printed):
    lanes = [column for column in printed.geometry.columns if column.kolom is Kolom.LAJUR]
    for table in tables(printed):
        drawn = table.outlines()
        shapes = [*table.part.symbols, *table.part.connectors]
        assert len(drawn) == len(shapes)
        for shape in shapes:
            hits = [path for path in drawn if near(path.box, table.box(shape.box))]
            assert len(hits) == 1, shape
            x0, top, x1, bottom = hits[0].box
            row, lane = table.part.rows[shape.row], lanes[shape.lane]
            cell = table.box(Box(lane.x, row.y, lane.width, row.height))
            assert cell[0] < x0, shape
            assert cell[1] < top, shape
            assert x1 < cell[2], shape
            assert bottom < cell[3], shape


def test_arrows_run_from_border_to_border_as_laid_out(printed: Printed):
    for table in tables(printed):
        lines = [path for path in table.page.lines if table.inside(path.box[1])]
        heads = [path for path in table.page.heads if table.inside(path.box[1])]
        assert len(lines) == len(table.part.arrows)
        assert len(heads) == sum(arrow.head for arrow in table.part.arrows)
        for arrow in table.part.arrows:
            points = [table.point(point) for point in arrow.points]
            assert [line for line in lines if follows(line, points, head=arrow.head)], arrow
            for end in (points[0], points[-1]):
                assert min(path.distance(end) for path in table.outlines()) <= NEAR, arrow
            if arrow.head:
                assert [head for head in heads if points_at(head, points)], arrow


def follows(line: Path, points: list[tuple[float, float]], *, head: bool) -> bool:
    """Whether a drawn line has the corners of an arrow; below its head the line is cut short."""
    if len(line.points) != len(points) or not all(
        near(a, b) for a, b in zip(line.points[:-1], points[:-1], strict=True)
    ):
        return False
    short = Path((line.points[-1], points[-1]), closed=False)
    last = Path((points[-2], points[-1]), closed=False)
    length = max(abs(short.points[0][0] - points[-1][0]), abs(short.points[0][1] - points[-1][1]))
    return length <= (HEAD if head else NEAR) and last.distance(line.points[-1]) <= NEAR


def points_at(head: Path, points: list[tuple[float, float]]) -> bool:
    """Whether a triangle's tip is the end of an arrow and its base lies across the last stretch."""
    (x0, y0), (x1, y1) = points[-2], points[-1]
    tip = min(head.points, key=lambda p: abs(p[0] - x1) + abs(p[1] - y1))
    if not near(tip, (x1, y1)):
        return False
    base = [point for point in head.points if not near(point, tip, 0.1)]
    middle = sum(x for x, _ in base) / len(base), sum(y for _, y in base) / len(base)
    return (middle[0] - x1) * (x0 - x1) + (middle[1] - y1) * (y0 - y1) > 0


def test_headings_stand_in_the_cells_that_they_span(printed: Printed):
    """Nothing but its own text is in a heading's cell: a group stands above its lanes and above no other."""
    for table in tables(printed):
        for head in printed.geometry.heads:
            members = printed.geometry.columns[head.first : head.first + head.across]
            top = sum(table.part.header[: head.top])
            height = sum(table.part.header[head.top : head.top + head.down])
            x0, y0, x1, y1 = table.box(Box(members[0].x, top, sum(column.width for column in members), height))
            inside = [
                char["text"]
                for char in table.page.chars
                if x0 < (char["x0"] + char["x1"]) / 2 < x1 and y0 < (char["top"] + char["bottom"]) / 2 < y1
            ]
            assert "".join("".join(inside).split()) == "".join(head.text.split())
            upright = [rule.x0 for rule in table.page.rules if rule.upright and rule.top < (y0 + y1) / 2 < rule.bottom]
            assert all(min(abs(x - edge) for x in upright) <= NEAR for edge in (x0, x1)), head
            assert not [x for x in upright if x0 + NEAR < x < x1 - NEAR], head


def test_branch_labels_stand_in_their_boxes(printed: Printed):
    for table in tables(printed):
        for label in table.part.labels:
            x0, top, x1, bottom = table.box(label.box.grown(12700))
            inside = [
                char["text"]
                for char in table.page.chars
                if x0 <= char["x0"] and char["x1"] <= x1 and top <= char["top"] and char["bottom"] <= bottom
            ]
            assert "".join("".join(inside).split()) == "".join(label.text.split())


def test_texts_of_cells_stay_in_their_columns(printed: Printed):
    for table in tables(printed):
        upright: list[Rule] = [r for r in table.page.rules if r.upright and table.inside(r.top)]
        body = table.top + sum(table.part.header) / 12700
        for char in table.page.chars:
            if char["text"].strip() and body < char["top"] and table.inside(char["bottom"]):
                crossed = [r for r in upright if char["x0"] + 0.2 < r.x0 < char["x1"] - 0.2]
                assert not [r for r in crossed if r.top < char["bottom"] and char["top"] < r.bottom], char["text"]


def test_the_foot_of_every_page_is_free(printed: Printed):
    for page in printed.pages:
        assert page.lowest <= page.height - 60


def test_no_text_is_smaller_than_7_points(printed: Printed):
    shown = [char for page in printed.pages for char in page.chars if char["text"].strip()]
    sizes = {round(char["size"] if char["upright"] else char["width"], 2) for char in shown}
    assert sizes
    assert min(sizes) >= 7


def test_fonts_are_embedded(printed: Printed):
    fonts_seen = 0
    for page in pypdf.PdfReader(io.BytesIO(printed.pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # pyright: ignore[reportAttributeAccessIssue]
            font = font.get_object()
            font = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            assert "/FontFile2" in font["/FontDescriptor"] or "/FontFile3" in font["/FontDescriptor"]
            fonts_seen += 1
    assert fonts_seen


def strings(printed: Printed) -> list[str]:
    """Every text that the content says."""
    sample, office = printed.sop, printed.about.workspace.instansi
    lists = (sample.dasar_hukum, sample.kualifikasi_pelaksana, sample.keterkaitan, sample.peralatan)
    texts = [*office.kop, sample.nama, sample.nomor or "-", *(sample.peringatan.text, sample.pencatatan.text)]
    texts += [f"{p.marker}{p.text}" for rich in lists for p in rich.paragraphs]
    official = printed.about.workspace.pejabat[sample.pengesah]
    texts += [official.jabatan.upper(), f"NIP. {official.nip}"]
    texts += [printed.about.workspace.pelaksana[key].judul_lajur for key in sample.pelaksana]
    texts += [kelompok.nama for kelompok in sample.kelompok]
    for table in sample.prosedur:
        texts.append(table.judul)
        if all(finding.code != "SOP804" for finding in printed.geometry.findings):
            texts += [edge.label for edge in table.alur]
        for row in table.langkah:
            texts += [rich.text for rich in (row.uraian, row.syarat, row.waktu, row.output, row.keterangan)]
            texts += [simbol.label for simbol in row.simbol]
    return [text for text in texts if text]


def test_every_text_of_the_content_is_printed(printed: Printed):
    text = "".join(page.text for page in printed.pages)
    assert [s for s in strings(printed) if "".join(s.split()) not in text] == []


def test_the_ink_alone_obeys_the_rules_and_says_the_flow_of_the_content(printed: Printed):
    found = violations(read_sheet(printed.sop, printed.about.workspace, printed.pdf))
    codes = {finding.code for finding in printed.geometry.findings}
    assert [str(violation) for violation in unexcused(found, codes)] == []


def test_a_group_above_other_lanes_is_noticed(converter: Converter):
    sample = groups()
    made = build(sample, inputs())
    pdf = converter.convert(made.docx, name="x")
    printed = Printed(sample, inputs(), made.geometry, pdf, read_pages(pdf))
    test_headings_stand_in_the_cells_that_they_span(printed)
    for change in ({"first": 4}, {"across": 2}, {"across": 4}, {"down": 2}, {"text": "Kecamatan Contoh"}):
        heads = tuple(
            replace(head, **change) if head.text == sample.kelompok[0].nama else head for head in made.geometry.heads
        )
        with pytest.raises(AssertionError):
            test_headings_stand_in_the_cells_that_they_span(
                replace(printed, geometry=replace(made.geometry, heads=heads))
            )


def test_a_point_out_of_place_is_noticed(converter: Converter):
    """The tests above can fail: geometry that differs by 1 pt from what is drawn is refused."""
    sample = decisions()
    made = build(sample, inputs())
    pdf = converter.convert(made.docx, name="x")
    printed = Printed(sample, inputs(), made.geometry, pdf, read_pages(pdf))
    part = made.geometry.parts[0]
    symbol, arrow, label = part.symbols[0], part.arrows[0], part.labels[0]
    moved = replace(symbol, box=replace(symbol.box, x=symbol.box.x + 12_700))
    bent = replace(arrow, points=(*arrow.points[:-1], (arrow.points[-1][0] + 12_700, arrow.points[-1][1])))
    other = replace(label, box=replace(label.box, y=label.box.y + 40_000))
    for worse, test in (
        (
            replace(part, symbols=(moved, *part.symbols[1:])),
            test_symbols_stand_where_they_were_laid_out_within_lane_and_row,
        ),
        (replace(part, symbols=part.symbols[1:]), test_symbols_stand_where_they_were_laid_out_within_lane_and_row),
        (replace(part, arrows=(bent, *part.arrows[1:])), test_arrows_run_from_border_to_border_as_laid_out),
        (replace(part, arrows=part.arrows[1:]), test_arrows_run_from_border_to_border_as_laid_out),
        (replace(part, labels=(other, *part.labels[1:])), test_branch_labels_stand_in_their_boxes),
        (replace(part, header=(part.header[0] + 25_400, *part.header[1:])), test_rows_end_where_they_were_laid_out),
    ):
        geometry = replace(made.geometry, parts=(worse, *made.geometry.parts[1:]))
        test(printed)
        with pytest.raises(AssertionError):
            test(replace(printed, geometry=geometry))
    with pytest.raises(AssertionError):
        test_every_text_of_the_content_is_printed(replace(printed, sop=replace(sample, nama="Lain")))
