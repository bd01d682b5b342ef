"""What could not be drawn is told at its step, in its own procedure."""

from __future__ import annotations

from dataclasses import replace

from sopdocs.layout import FontData
from sopdocs.layout.attempts import Attempt, Widths
from sopdocs.layout.columns import columns
from sopdocs.layout.findings import findings
from sopdocs.layout.geometry import Row
from sopdocs.layout.heads import header_heights
from sopdocs.layout.pages import Overflow, Paged, PagedPart
from sopdocs.layout.part import Drawing, Frame
from sopdocs.layout.units import mm
from sopdocs.model import Bentuk, Langkah, Prosedur, RichText, Severity, Simbol, SimbolId, Sop, Span
from tests.layout.sheets import drawn, sheet, symbol, told

_FORTY = tuple(f"p{number}" for number in range(40))
_NOTHING = Drawing((), (), (), (), (), 0, None, (), ())


def _moved(table: Prosedur, down: int) -> Prosedur:
    """The same steps, written further down in the file; symbols one line below their step."""

    def shape(simbol: Simbol, line: int) -> Simbol:
        return replace(simbol, label="Setuju?", span=Span("s.md", line + 1))

    steps = [
        replace(
            step, span=Span("s.md", step.nomor + down), simbol=tuple(shape(x, step.nomor + down) for x in step.simbol)
        )
        for step in table.langkah
    ]
    return replace(table, langkah=tuple(steps))


def _twice() -> Sop:
    """Two procedures whose steps have the same numbers: lines 11 to 13, and 101 to 103."""
    sop = sheet("ab", "1a 2b? 3a", "1a>2b 2b>3a:Ya")
    (table,) = sop.prosedur
    return replace(sop, prosedur=(_moved(table, 10), _moved(table, 100)))


def _told(sop: Sop, fonts: FontData, paged: Paged) -> list[tuple[str, int]]:
    """(code, line) of the findings of a sheet that came out like this."""
    settings = told(sop, fonts)
    placed = columns(sop, settings)
    frame = Frame(placed, header_heights(placed, settings), settings, mm(12))
    attempt = Attempt(Widths(0, 0), sop.prosedur, frame, paged)
    return [(finding.code, finding.span.line) for finding in findings(sop, attempt)]


def _parts(*drawings: tuple[int, Drawing]) -> Paged:
    """Pages, one for each (procedure, drawing)."""
    parts = tuple(PagedPart(table, page, page > 1, drawing, 0) for page, (table, drawing) in enumerate(drawings, 1))
    return Paged(parts, len(parts))


def test_a_sheet_without_faults_has_no_findings(fonts: FontData) -> None:
    assert _told(_twice(), fonts, _parts((0, _NOTHING), (1, _NOTHING))) == []


def test_arrows_too_close_are_told_at_the_step_they_leave(fonts: FontData) -> None:
    first, second = replace(_NOTHING, tight=symbol("2b")), replace(_NOTHING, tight=symbol("2b"))
    assert _told(_twice(), fonts, _parts((0, _NOTHING), (1, second))) == [("SOP801", 102)]
    assert _told(_twice(), fonts, _parts((0, first), (1, second))) == [("SOP801", 12), ("SOP801", 102)]


def test_answers_without_a_place_are_told_once_for_each_step(fonts: FontData) -> None:
    lost = replace(_NOTHING, unplaced=(symbol("2b"), symbol("2b"), symbol("3a")))
    assert _told(_twice(), fonts, _parts((1, lost), (1, lost))) == [("SOP804", 102), ("SOP804", 103)]


def test_texts_without_a_place_are_told_where_the_symbol_is_written(fonts: FontData) -> None:
    lost = replace(_NOTHING, untold=(symbol("2b"),))
    assert _told(_twice(), fonts, _parts((0, _NOTHING), (1, lost))) == [("SOP803", 103)]
    assert _told(_twice(), fonts, _parts((0, lost))) == [("SOP803", 13)]


def test_a_row_higher_than_a_page_is_told_at_its_step(fonts: FontData) -> None:
    assert _told(_twice(), fonts, Paged((), 2, (Overflow(1, 2, signature=False),))) == [("SOP805", 103)]


def test_a_piece_of_a_cut_row_stands_for_its_step(fonts: FontData) -> None:
    sop = _twice()
    table = sop.prosedur[1]
    first, second, third = table.langkah
    rest = replace(second, nomor=0, simbol=())
    cut = replace(sop, prosedur=(sop.prosedur[0], replace(table, langkah=(first, second, rest, rest, third))))
    # Told once as a warning that it was cut, and as an error at the step whose second piece is too high.
    assert _told(cut, fonts, Paged((), 2, (Overflow(1, 3, signature=False),))) == [("SOP805", 102), ("SOP807", 102)]


def test_a_row_alone_on_its_page_is_told_unless_the_step_is_cut(fonts: FontData) -> None:
    sop = _twice()
    alone = replace(_NOTHING, rows=(Row(2, 0, mm(20)),))
    together = replace(_NOTHING, rows=(Row(0, 0, mm(20)), Row(1, mm(20), mm(20))))
    assert _told(sop, fonts, _parts((1, together), (1, alone))) == [("SOP808", 103)]
    first, second, third = sop.prosedur[1].langkah
    cut = replace(sop.prosedur[1], langkah=(first, second, replace(third, nomor=0)))
    sop = replace(sop, prosedur=(sop.prosedur[0], cut))
    assert _told(sop, fonts, _parts((1, together), (1, alone))) == [("SOP807", 102)]


def test_a_step_without_a_place_of_its_own_is_told_at_the_procedure(fonts: FontData) -> None:
    sop = sheet("ab", "1a 2b", "1a>2b")
    table = replace(sop.prosedur[0], langkah=tuple(replace(step, span=None) for step in sop.prosedur[0].langkah))
    sop = replace(sop, prosedur=(table,), spans={"": Span("s.md", 1), "prosedur": Span("s.md", 7)})
    assert _told(sop, fonts, _parts((0, replace(_NOTHING, tight=symbol("2b"))))) == [("SOP801", 7)]


def test_a_clipped_heading_is_told_in_sixty_characters(fonts: FontData) -> None:
    sop = sheet("ab", "1a", "")
    sop = replace(sop, spans={"": Span("s.md", 1), "pelaksana.a": Span("s.md", 5)})
    settings = replace(told(sop, fonts), lanes=("Penanggungjawab " * 200, "b"))
    placed = columns(sop, settings)
    frame = Frame(placed, header_heights(placed, settings), settings, mm(12))
    (found,) = findings(sop, Attempt(Widths(0, 0), sop.prosedur, frame, Paged((), 1)))
    assert (found.code, found.span.line) == ("SOP806", 5)
    assert f"“{('Penanggungjawab ' * 4)[:60]} …”" in found.message


def test_forty_lanes_are_too_many_and_nothing_is_drawn(fonts: FontData) -> None:
    steps = tuple(
        Langkah(n, RichText.of("berkas"), (Simbol(SimbolId(n, _FORTY[n]), Bentuk.PROSES),), span=Span("s.md", n))
        for n in (1, 2)
    )
    sop = Sop("s", "S", "camat", _FORTY, (Prosedur(steps, ()),), spans={"": Span("s.md"), "pelaksana": Span("s.md", 4)})
    geometry = drawn(sop, fonts)
    assert [(finding.code, finding.span.line) for finding in geometry.findings] == [("SOP802", 4)]
    (part,) = geometry.parts
    assert (part.symbols, part.arrows, part.connectors, part.labels) == ((), (), (), ())
    assert [step.uraian.text for step in geometry.prosedur[0].langkah] == ["berkas", "berkas"]


def test_a_cell_of_two_thousand_words_is_a_warning_at_its_step(fonts: FontData) -> None:
    sop = sheet("ab", "1a 2b 3a", "1a>2b 2b>3a")
    table = sop.prosedur[0]
    long = replace(table.langkah[1], uraian=RichText.of("berkas " * 2000))
    sop = replace(sop, prosedur=(replace(table, langkah=(table.langkah[0], long, table.langkah[2])),))
    geometry = drawn(sop, fonts)
    assert [(f.code, f.span.line, f.severity) for f in geometry.findings] == [("SOP807", 2, Severity.PERINGATAN)]
    pieces = [step.uraian.text for step in geometry.prosedur[0].langkah if step.nomor in (0, 2)]
    assert " ".join(pieces).split() == ["berkas"] * 2000
    assert len(pieces) > 2
