"""What could not be laid out as it should be, as findings at the step concerned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sopdocs.layout.attempts import Attempt
from sopdocs.layout.columns import LANE_NARROWEST, least_lane
from sopdocs.layout.heads import clipped
from sopdocs.layout.part import Frame
from sopdocs.layout.settings import LayoutSettings
from sopdocs.model import Finding, Severity, Sop, Span, sorted_findings

_SHOWN = 60
"""Characters of a text that a message repeats."""


def findings(sop: Sop, attempt: Attempt) -> tuple[Finding, ...]:
    """All findings of a sheet that has been laid out; `attempt` may be that of another SOP with the same drawing."""
    frame = attempt.frame
    found = [*_drawing(sop, attempt), *_rows(sop, attempt), *_lonely(sop, attempt)]
    if too_many_lanes(sop, frame.settings):
        message = f"{len(sop.pelaksana)} pelaksana terlalu banyak untuk satu halaman"
        found.append(Finding(sop.at("pelaksana"), "SOP802", message, "paling banyak 15 lajur pada kertas F4"))
    else:
        found += _clipped_heads(sop, frame)
    return sorted_findings(found)


def too_many_lanes(sop: Sop, settings: LayoutSettings) -> bool:
    """Whether even the narrowest lanes leave the texts less than a third of the page."""
    return LANE_NARROWEST * len(sop.pelaksana) > settings.paper.text_width * 2 // 3


def undrawable(sop: Sop, settings: LayoutSettings) -> bool:
    """Whether lanes would be narrower than any symbol and arrow need."""
    return least_lane(len(sop.pelaksana), settings.paper.text_width) < LANE_NARROWEST


def _drawing(sop: Sop, attempt: Attempt) -> Iterator[Finding]:
    """Arrows, labels and texts of symbols."""
    for part in attempt.paged.parts:
        drawing, table = part.drawing, sop.prosedur[part.prosedur]
        tight = (drawing.tight,) if drawing.tight else ()
        for code, places in (("SOP801", tight), ("SOP804", drawing.unplaced)):
            for nomor in (place.langkah for place in places):
                yield _flow_finding(code, nomor, _span(sop, part.prosedur, nomor))
        symbols = {simbol.id: simbol for simbol in table.simbol}
        for simbol in (symbols[untold] for untold in drawing.untold):
            message = f"Teks “{simbol.label}” tidak muat di dalam lambang langkah {simbol.id.langkah}"
            span = simbol.span or sop.at("prosedur")
            yield Finding(span, "SOP803", message, "persingkat teks lambang")


def _flow_finding(code: str, nomor: int, span: Span) -> Finding:
    if code == "SOP801":
        message = f"Lajur terlalu sempit untuk semua anak panah di sekitar langkah {nomor}"
        return Finding(span, code, message, "kurangi pelaksana atau pecah prosedur")
    return Finding(span, code, f"Label cabang pada langkah {nomor} tidak mendapat tempat", "persingkat label cabang")


def _rows(sop: Sop, attempt: Attempt) -> Iterator[Finding]:
    """Rows that are higher than a page, by their texts or by their connectors."""
    for over in attempt.paged.overflow:
        table = attempt.prosedur[over.prosedur]
        nomor = next(step.nomor for step in reversed(table.langkah[: over.row + 1]) if step.nomor)
        whole = "satu halaman bersama blok pengesahan" if over.signature else "satu halaman"
        message = f"Langkah {nomor} dengan semua penghubung halamannya tidak muat pada {whole}"
        yield Finding(_span(sop, over.prosedur, nomor), "SOP805", message, "kurangi alur ke dan dari langkah ini")
    for index, table in enumerate(attempt.prosedur):
        for before, step in zip(table.langkah, table.langkah[1:], strict=False):
            if before.nomor and not step.nomor:
                message = f"Langkah {before.nomor} lebih tinggi daripada satu halaman dan dipotong"
                hint = "persingkat teksnya atau bagi menjadi beberapa langkah"
                yield Finding(_span(sop, index, before.nomor), "SOP807", message, hint, Severity.PERINGATAN)


def _lonely(sop: Sop, attempt: Attempt) -> Iterator[Finding]:
    """Pages with a single row of a longer procedure; the paging has found no better break."""
    rows = Counter({part.page: 0 for part in attempt.paged.parts})
    for part in attempt.paged.parts:
        rows[part.page] += len(part.drawing.rows)
    for part in (part for part in attempt.paged.parts if rows[part.page] == 1 and part.drawing.rows):
        table = attempt.prosedur[part.prosedur]
        row = part.drawing.rows[0].langkah
        # A step that is cut over pages has been told as that.
        numbers = [step.nomor for step in table.langkah[row : row + 2]]
        if len(table.langkah) > 1 and all(numbers):
            message = f"Langkah {numbers[0]} berdiri sendiri di halaman {part.page}"
            hint = "persingkat teks atau kurangi alur di sekitar langkah ini supaya langkah tetangganya ikut"
            yield Finding(_span(sop, part.prosedur, numbers[0]), "SOP808", message, hint, Severity.PERINGATAN)


def _clipped_heads(sop: Sop, frame: Frame) -> Iterator[Finding]:
    hint = "persingkat nama kelompok, singkatan di pelaksana.yaml, atau istilah di instansi.yaml"
    for text, field in clipped(frame.columns, frame.header, frame.settings):
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …"
        yield Finding(sop.at(field), "SOP806", f"Judul “{shown}” tidak muat di kepala tabel", hint)


def _span(sop: Sop, prosedur: int, nomor: int) -> Span:
    steps = (step.span for step in sop.prosedur[prosedur].langkah if step.nomor == nomor and step.span)
    return next(steps, sop.at("prosedur"))
