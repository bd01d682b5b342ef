"""The stages: plain functions of plain values, fit to run in any process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from sopdocs import __version__
from sopdocs.engine.files import sha256
from sopdocs.engine.ingredients import Ingredients, Recipe, sheet_ingredients
from sopdocs.errors import OutputRejectedError, ToolMissingError
from sopdocs.layout import FontData, Kolom, SheetGeometry, cell_text
from sopdocs.model import Finding, Severity, Sop, Workspace
from sopdocs.office import LibreOffice
from sopdocs.pdf import PageCountError, normalise, page_count, page_texts, prove, read_printed
from sopdocs.rules import check_finished, settle
from sopdocs.word import Inputs, Picture, Template, make_sheet

UNDATED = date(2000, 1, 1)
"""Date in the properties of a PDF whose content bears none; never printed."""
_ATTEMPTS = 2
Convert = Callable[[bytes], bytes]
"""DOCX to PDF, one attempt."""


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

    def accept(pdf: bytes) -> None:
        _prove_rows(prove(pdf, pages=made.geometry.pages, contains=sop.nama), made.geometry, sop)

    raw = convert_twice(made.docx, convert, accept)
    day = sop.revisi or sop.pengesahan or sop.pembuatan or UNDATED
    pdf = normalise(raw, title=sop.nama, date=day)
    # Too late to print KONSEP, but not to keep the sheet from being signed for good.
    return SheetResult(made.docx, pdf, made.geometry, found + _finished(job, pdf), konsep)


def _finished(job: SheetJob, pdf: bytes) -> tuple[Finding, ...]:
    found = check_finished(job.sop, read_printed(pdf, job.sop.nama), job.workspace)
    return settle(found, job.workspace).findings


def judge(job: SheetJob, pdf: bytes) -> tuple[Finding, ...]:
    """Return the findings on a finished sheet without converting it. Raises as `sheet` does."""
    sop, s = job.sop, job.surroundings
    inputs = inputs_of(job.workspace, s, konsep=job.konsep)
    geometry = make_sheet(sop, inputs, s.templates.sop, s.fonts).geometry
    if geometry.pages != page_count(pdf):
        geometry = make_sheet(sop, inputs, s.templates.sop, s.fonts, new_page=True).geometry
    return settle(geometry.findings, job.workspace).findings + _finished(job, pdf)


def convert_twice(docx: bytes, convert: Convert, accept: Callable[[bytes], None]) -> bytes:
    """Convert, look at the result, and try once more when it is not acceptable."""
    last: OutputRejectedError | None = None
    for _ in range(_ATTEMPTS):
        try:
            pdf = convert(docx)
            accept(pdf)
        except PageCountError:
            raise
        except ToolMissingError:
            raise
        except OutputRejectedError as error:
            last = error
        else:
            return pdf
    assert last is not None
    raise last


def _prove_rows(printed: Sequence[str], geometry: SheetGeometry, sop: Sop) -> None:
    """Every row stands on the page that the layout gave it."""
    texts = ["".join(text.split()) for text in printed]
    for part in geometry.parts:
        for row in part.rows:
            step = geometry.prosedur[part.prosedur].langkah[row.langkah]
            wanted = "".join(cell_text(step, Kolom.URAIAN).paragraphs[0].text.split())[:40] if step.uraian else ""
            if wanted not in texts[part.page - 1]:
                message = f"{sop.slug}: langkah {step.nomor} tidak tercetak di halaman {part.page}"
                raise OutputRejectedError(message, "laporkan bersama berkas content/ ini")


def prove_part(pdf: bytes, what: str, *, contains: Sequence[str], pages: int | None = None) -> None:
    """Raise unless `pdf` carries these texts, in whatever case the template prints them, on so many pages.

    `what` names it in messages. Raises OutputRejectedError.
    """
    texts = page_texts(pdf)
    if pages is not None and len(texts) != pages:
        raise OutputRejectedError(
            f"{what} menjadi {len(texts)} halaman, seharusnya {pages}", "persingkat isinya, atau ubah templatnya"
        )
    said = "".join("".join(texts).casefold().split())
    for text in contains:
        if "".join(text.casefold().split()) not in said:
            raise OutputRejectedError(f"{what} tidak memuat “{text}”", "periksa penandanya di templates/")


def bundle_date(sops: tuple[Sop, ...]) -> date:
    """The latest date that any of the SOPs bears."""
    days = [day for sop in sops for day in (sop.revisi, sop.pengesahan, sop.pembuatan) if day]
    return max(days, default=UNDATED)
