"""The stages: plain functions of plain values, fit to run in any process.

Each takes a batch of jobs of one kind and gives for each its result or why there is none; what it raises concerns all
of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeVar

from sopdocs.engine.jobs import MergeJob, PartJob, SheetJob, SheetResult, Surroundings
from sopdocs.engine.stopwatch import Stopwatch
from sopdocs.errors import OutputRejectedError, SopdocsError
from sopdocs.layout import Kolom, SheetGeometry, cell_text
from sopdocs.model import Finding, PrintedSheet, Severity, Sop, Workspace
from sopdocs.office import Document, Printer, print_all
from sopdocs.pdf import PageCountError, bundle, normalise, page_count, prove, read_printed
from sopdocs.rules import check_finished, settle
from sopdocs.word import Inputs, Picture, Sheet, make_sheet

_Made = TypeVar("_Made")

UNDATED = date(2000, 1, 1)
"""Date in the properties of a PDF whose content bears none; never printed."""
DRAWING, PRINTING, PROVING, MERGING = "menata", "mencetak", "memeriksa hasil", "menggabung"
"""What a stopwatch counts here."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A sheet that is still to be printed."""

    job: SheetJob
    docx: bytes
    geometry: SheetGeometry
    findings: tuple[Finding, ...]
    """Of the layout, as the office judges them."""


def inputs_of(workspace: Workspace, surroundings: Surroundings, *, konsep: bool) -> Inputs:
    """What the templates are filled with."""
    logo = Picture(surroundings.logo or surroundings.templates.lambang, f"Logo {workspace.instansi.nama}")
    return Inputs(workspace, logo, konsep)


def sheets(jobs: Sequence[SheetJob], printer: Printer, watch: Stopwatch) -> list[SheetResult | SopdocsError]:
    """Make DOCX and PDF of SOPs.

    A sheet that cannot be drawn properly becomes a draft. When the identity block came out longer than measured, the
    procedure is moved to a page of its own. Raises ToolMissingError and UsageError.
    """
    with watch.counting(DRAWING):
        here = [replace(job, surroundings=job.surroundings.interned) for job in jobs]
        drawn = [_tried(partial(_draw, job)) for job in here]
    with watch.counting(PRINTING):
        ready = [each for each in drawn if isinstance(each, _Drawn)]
        printed = iter(print_all(printer, [Document(each.job.name, each.docx) for each in ready]) if ready else ())
    made: list[SheetResult | SopdocsError] = []
    for each in drawn:
        pdf = next(printed) if isinstance(each, _Drawn) else each
        if isinstance(each, _Drawn) and isinstance(pdf, bytes):
            made.append(_tried(partial(_finish, each, pdf, printer, watch)))
        elif isinstance(pdf, SopdocsError):
            made.append(pdf)
    return made


def _tried(make: Callable[[], _Made]) -> _Made | SopdocsError:
    """Return what `make` gives, or why it does not."""
    try:
        return make()
    except SopdocsError as error:
        return error


def _make(job: SheetJob, *, konsep: bool, new_page: bool) -> Sheet:
    s = job.surroundings
    inputs = inputs_of(job.workspace, s, konsep=konsep)
    return make_sheet(job.sop, inputs, s.templates.sop, s.fonts, new_page=new_page)


def _draw(job: SheetJob, *, new_page: bool = False) -> _Drawn:
    made = _make(job, konsep=job.konsep, new_page=new_page)
    found = settle(made.geometry.findings, job.workspace).findings
    if not job.konsep and any(finding.severity is Severity.GALAT for finding in found):
        made = _make(job, konsep=True, new_page=new_page)
    return _Drawn(job, made.docx, made.geometry, found)


def _finish(drawn: _Drawn, pdf: bytes, printer: Printer, watch: Stopwatch) -> SheetResult:
    try:
        return _finished(drawn, pdf, printer, watch)
    except PageCountError:
        with watch.counting(DRAWING):
            moved = _draw(drawn.job, new_page=True)
        with watch.counting(PRINTING):
            (again,) = print_all(printer, [Document(moved.job.name, moved.docx)])
        if isinstance(again, OutputRejectedError):
            raise again from None
        return _finished(moved, again, printer, watch)


def _finished(drawn: _Drawn, raw: bytes, printer: Printer, watch: Stopwatch) -> SheetResult:
    sop = drawn.job.sop
    day = sop.revisi or sop.pengesahan or sop.pembuatan or UNDATED

    def finish(printed: bytes) -> tuple[bytes, PrintedSheet]:
        pdf = normalise(printed, title=sop.nama, date=day)
        read = read_printed(pdf, sop.nama)
        prove(read, pages=drawn.geometry.pages, contains=sop.nama)
        _prove_rows(read, drawn.geometry, sop)
        return pdf, read

    pdf, read = _second_chance(Document(sop.slug, drawn.docx), raw, printer, finish, watch)
    # Too late to print KONSEP, but not to keep the sheet from being signed for good.
    return SheetResult(drawn.docx, pdf, drawn.geometry.pages, drawn.findings + _judged(drawn.job, read))


def _judged(job: SheetJob, printed: PrintedSheet) -> tuple[Finding, ...]:
    return settle(check_finished(job.sop, printed, job.workspace), job.workspace).findings


def judge(job: SheetJob, pdf: bytes) -> tuple[Finding, ...]:
    """Return the findings on a finished sheet without converting it.

    Raises OutputRejectedError and TemplateBrokenError.
    """
    geometry = _make(job, konsep=job.konsep, new_page=False).geometry
    if geometry.pages != page_count(pdf):
        geometry = _make(job, konsep=job.konsep, new_page=True).geometry
    return settle(geometry.findings, job.workspace).findings + _judged(job, read_printed(pdf, job.sop.nama))


def parts(jobs: Sequence[PartJob], printer: Printer, watch: Stopwatch) -> list[bytes | SopdocsError]:
    """Print parts around the sheets. Raises ToolMissingError and UsageError."""
    with watch.counting(PRINTING):
        printed = print_all(printer, [Document(job.name, job.docx) for job in jobs])

    def finished(job: PartJob, raw: bytes) -> bytes:
        def finish(pdf: bytes) -> bytes:
            _prove_part(job, pdf)
            return normalise(pdf, title=job.title, date=job.day)

        return _second_chance(Document(job.name, job.docx), raw, printer, finish, watch)

    return [
        _tried(partial(finished, job, pdf)) if isinstance(pdf, bytes) else pdf
        for job, pdf in zip(jobs, printed, strict=True)
    ]


def merge(jobs: Sequence[MergeJob], printer: Printer, watch: Stopwatch) -> list[bytes | SopdocsError]:
    """Join parts to a document; nothing is printed."""
    del printer

    def merged(job: MergeJob) -> bytes:
        return bundle(
            job.parts,
            title=job.title,
            date=job.day,
            author=job.author,
            font=job.font,
            attachments=job.attachments,
        )

    with watch.counting(MERGING):
        return [_tried(partial(merged, job)) for job in jobs]


def _second_chance(
    document: Document, raw: bytes, printer: Printer, finish: Callable[[bytes], _Made], watch: Stopwatch
) -> _Made:
    """Return what `finish` makes of `raw`, or of one more conversion when it rejects that. Raises what both raise."""
    try:
        with watch.counting(PROVING):
            return finish(raw)
    except PageCountError:  # it would have as many pages again
        raise
    except OutputRejectedError:
        with watch.counting(PRINTING):
            again = printer.convert(document.docx, name=document.name)
    with watch.counting(PROVING):
        return finish(again)


def _prove_rows(printed: PrintedSheet, geometry: SheetGeometry, sop: Sop) -> None:
    """Every row stands on the page that the layout gave it."""
    for part in geometry.parts:
        for row in part.rows:
            step = geometry.prosedur[part.prosedur].langkah[row.langkah]
            wanted = "".join(cell_text(step, Kolom.URAIAN).paragraphs[0].text.split())[:40] if step.uraian else ""
            if wanted not in printed.pages[part.page - 1].text:
                message = f"{sop.slug}: langkah {step.nomor} tidak tercetak di halaman {part.page}"
                raise OutputRejectedError(message, "laporkan bersama berkas content/ ini")


def _prove_part(job: PartJob, pdf: bytes) -> None:
    texts = [page.text for page in read_printed(pdf, job.title).pages]
    if job.pages is not None and len(texts) != job.pages:
        raise OutputRejectedError(
            f"{job.title} menjadi {len(texts)} halaman, seharusnya {job.pages}",
            "persingkat isinya, atau ubah templatnya",
        )
    said = "".join(texts).casefold()
    for text in job.says:
        if "".join(text.casefold().split()) not in said:
            raise OutputRejectedError(f"{job.title} tidak memuat “{text}”", "periksa penandanya di templates/")


def bundle_date(sops: tuple[Sop, ...]) -> date:
    """The latest date that any of the SOPs bears."""
    days = [day for sop in sops for day in (sop.revisi, sop.pengesahan, sop.pembuatan) if day]
    return max(days, default=UNDATED)
