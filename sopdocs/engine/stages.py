"""The stages: plain functions of plain values, fit to run in any process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from sopdocs import __version__
from sopdocs.engine.files import sha256
from sopdocs.engine.ingredients import Ingredients, Recipe, sheet_ingredients
from sopdocs.errors import OutputRejectedError, ToolMissingError
from sopdocs.layout import FontData, Kolom, SheetGeometry, cell_text
from sopdocs.model import Finding, PrintedSheet, Severity, Sop, Workspace
from sopdocs.office import LibreOffice
from sopdocs.pdf import PageCountError, normalise, page_count, prove, read_printed
from sopdocs.rules import check_finished, settle
from sopdocs.word import Inputs, Picture, Template, make_sheet

UNDATED = date(2000, 1, 1)
"""Date in the properties of a PDF whose content bears none; never printed."""
_ATTEMPTS = 2
Convert = Callable[[bytes], bytes]
"""DOCX to PDF, one attempt."""
Finished = TypeVar("Finished")


@dataclass(frozen=True, slots=True)
class Templates:
    """The Word templates, named as their files, and the picture for offices without logo."""

    sop: Template
    sampul: Template
    keputusan: Template
    daftar_isi: Template
    penjelasan: Template
    register: Template
    pemantauan: Template
    lambang: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What comes from outside the content; made once by the command line."""

    libreoffice: LibreOffice
    fonts: FontData
    templates: Templates
    logo: bytes | None
    """The office's own logo, when instansi.yaml names one."""

    @property
    def tools(self) -> dict[str, str]:
        """Versions that decide the outputs."""
        return {"sopdocs": __version__, "libreoffice": self.libreoffice.version, "fonts": self.fonts.digest}

    @property
    def named_tools(self) -> Ingredients:
        """The same as ingredients."""
        names = {"sopdocs": "versi sopdocs", "libreoffice": "versi LibreOffice", "fonts": "huruf"}
        return {names[tool]: version for tool, version in self.tools.items()}


@dataclass(frozen=True, slots=True)
class SheetJob:
    """All that one sheet is made from."""

    sop: Sop
    workspace: Workspace
    surroundings: Surroundings
    konsep: bool

    @property
    def recipe(self) -> Recipe:
        """Every input that the sheet prints, is drawn with or is judged by."""
        s = self.surroundings
        ingredients = {
            **sheet_ingredients(self.sop, self.workspace, konsep=self.konsep),
            "logo": _shared(s.logo or s.templates.lambang),
            "templat sop.docx": _shared(s.templates.sop.data),
            **s.named_tools,
        }
        return Recipe.of(ingredients)


@lru_cache(maxsize=8)
def _shared(data: bytes) -> str:
    """SHA-256 of what all sheets share, and that may be large."""
    return sha256(data)


@dataclass(frozen=True, slots=True)
class SheetResult:
    """A finished sheet."""

    docx: bytes
    pdf: bytes
    geometry: SheetGeometry
    findings: tuple[Finding, ...]
    """Of the layout and of the rules on finished PDFs, as the office judges them."""
    konsep: bool


def inputs_of(workspace: Workspace, surroundings: Surroundings, *, konsep: bool) -> Inputs:
    """What the templates are filled with."""
    logo = Picture(surroundings.logo or surroundings.templates.lambang, f"Logo {workspace.instansi.nama}")
    return Inputs(workspace, logo, konsep)


def sheet(job: SheetJob, convert: Convert) -> SheetResult:
    """Make DOCX and PDF of one SOP.

    A sheet that cannot be drawn properly becomes a draft. When the identity block came out longer than measured, the
    procedure is moved to a page of its own. Raises OutputRejectedError and ToolMissingError.
    """
    try:
        return _sheet(job, convert, new_page=False)
    except PageCountError:
        return _sheet(job, convert, new_page=True)


def _sheet(job: SheetJob, convert: Convert, *, new_page: bool) -> SheetResult:
    sop, s = job.sop, job.surroundings
    inputs = inputs_of(job.workspace, s, konsep=job.konsep)
    made = make_sheet(sop, inputs, s.templates.sop, s.fonts, new_page=new_page)
    konsep = job.konsep
    found = settle(made.geometry.findings, job.workspace).findings
    if not konsep and any(finding.severity is Severity.GALAT for finding in found):
        konsep = True
        made = make_sheet(sop, replace(inputs, konsep=True), s.templates.sop, s.fonts, new_page=new_page)

    def finish(raw: bytes) -> tuple[bytes, PrintedSheet]:
        pdf = normalise(raw, title=sop.nama, date=sop.revisi or sop.pengesahan or sop.pembuatan or UNDATED)
        printed = read_printed(pdf, sop.nama)
        prove(printed, pages=made.geometry.pages, contains=sop.nama)
        _prove_rows(printed, made.geometry, sop)
        return pdf, printed

    pdf, printed = convert_twice(made.docx, convert, finish)
    # Too late to print KONSEP, but not to keep the sheet from being signed for good.
    return SheetResult(made.docx, pdf, made.geometry, found + _finished(job, printed), konsep)


def _finished(job: SheetJob, printed: PrintedSheet) -> tuple[Finding, ...]:
    return settle(check_finished(job.sop, printed, job.workspace), job.workspace).findings


def judge(job: SheetJob, pdf: bytes) -> tuple[Finding, ...]:
    """Return the findings on a finished sheet without converting it. Raises as `sheet` does."""
    sop, s = job.sop, job.surroundings
    inputs = inputs_of(job.workspace, s, konsep=job.konsep)
    geometry = make_sheet(sop, inputs, s.templates.sop, s.fonts).geometry
    if geometry.pages != page_count(pdf):
        geometry = make_sheet(sop, inputs, s.templates.sop, s.fonts, new_page=True).geometry
    return settle(geometry.findings, job.workspace).findings + _finished(job, read_printed(pdf, sop.nama))


def convert_twice(docx: bytes, convert: Convert, finish: Callable[[bytes], Finished]) -> Finished:
    """Convert, finish the result, and try once more when `finish` rejects it."""
    last: OutputRejectedError | None = None
    for _ in range(_ATTEMPTS):
        try:
            return finish(convert(docx))
        except PageCountError:
            raise
        except ToolMissingError:
            raise
        except OutputRejectedError as error:
            last = error
    assert last is not None
    raise last


def _prove_rows(printed: PrintedSheet, geometry: SheetGeometry, sop: Sop) -> None:
    """Every row stands on the page that the layout gave it."""
    for part in geometry.parts:
        for row in part.rows:
            step = geometry.prosedur[part.prosedur].langkah[row.langkah]
            wanted = "".join(cell_text(step, Kolom.URAIAN).paragraphs[0].text.split())[:40] if step.uraian else ""
            if wanted not in printed.pages[part.page - 1].text:
                message = f"{sop.slug}: langkah {step.nomor} tidak tercetak di halaman {part.page}"
                raise OutputRejectedError(message, "laporkan bersama berkas content/ ini")


def prove_part(pdf: bytes, what: str, *, contains: Sequence[str], pages: int | None = None) -> bytes:
    """Return `pdf` if it carries these texts, in whatever case the template prints them, on so many pages.

    `what` names it in messages. Raises OutputRejectedError.
    """
    texts = [page.text for page in read_printed(pdf, what).pages]
    if pages is not None and len(texts) != pages:
        raise OutputRejectedError(
            f"{what} menjadi {len(texts)} halaman, seharusnya {pages}", "persingkat isinya, atau ubah templatnya"
        )
    said = "".join(texts).casefold()
    for text in contains:
        if "".join(text.casefold().split()) not in said:
            raise OutputRejectedError(f"{what} tidak memuat “{text}”", "periksa penandanya di templates/")
    return pdf


def bundle_date(sops: tuple[Sop, ...]) -> date:
    """The latest date that any of the SOPs bears."""
    days = [day for sop in sops for day in (sop.revisi, sop.pengesahan, sop.pembuatan) if day]
    return max(days, default=UNDATED)
