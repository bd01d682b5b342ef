"""Read everything below `content/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sopdocs.content import registers
from sopdocs.content.bundel import read_bundel
from sopdocs.content.memory import Memory
from sopdocs.content.report import Report, nearest, quote
from sopdocs.content.segel import read_segel
from sopdocs.content.sop import Known
from sopdocs.content.source import Folder, Source
from sopdocs.errors import reason
from sopdocs.model import Bundel, Finding, Severity, Span, Workspace, sorted_findings

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what was found."""

    workspace: Workspace | None
    """None when the office cannot be named: nothing can be printed then."""
    findings: tuple[Finding, ...]
    """Sorted by place."""


def read_workspace(root: Path, instead: Mapping[str, str] | None = None, memory: Memory | None = None) -> Reading:
    """Read the workspace in folder `root`, which holds `content/`; paths in findings are relative to it.

    `instead` gives texts of files, by path, that are read in place of what is on disk. With a `memory` of an
    earlier reading only the SOPs are read that changed, or all when what they refer to changed.
    """
    report, memory, folder = Report(), memory or Memory(), Folder(root, instead or {})
    if not _is_folder(root / "content"):
        report.add(Span("content"), "SOP001", "Folder content/ tidak ada", "jalankan dari folder kerja, atau pakai -C")
        return Reading(None, sorted_findings(report.findings))
    instansi = registers.read_instansi(folder, report)
    pejabat = registers.read_pejabat(folder, report)
    pelaksana = registers.read_pelaksana(folder, report)
    peraturan = registers.read_peraturan(folder, report)
    slugs = _slugs(root, report)
    sources = _sources(folder, slugs, report)
    named = {slug: memory.name(slug, source) for slug, source in sources.items()}
    # A file that could not be read may still be named: its own finding says what is wrong.
    names = {slug: slug for slug in slugs} | {slug: name for slug, name in named.items() if name}
    known = Known(tuple(pejabat), tuple(pelaksana), {entry.key: entry for entry in peraturan}, names)
    every = {slug: memory.sop(slug, source, known, report) for slug, source in sources.items()}
    sops = {slug: sop for slug, sop in every.items() if sop is not None and sop.nama}
    title = f"Standar Operasional Prosedur {instansi.nama}" if instansi else "Standar Operasional Prosedur"
    # All files, readable or not: the bundle must not come out without one of them unnoticed.
    bundel = read_bundel(folder, known, title, report)
    _check_bundle(bundel, slugs, report)
    segel = read_segel(folder, pejabat, report)
    workspace = None
    if instansi is not None:
        workspace = Workspace(instansi, pejabat, pelaksana, peraturan, bundel, sops, segel)
    return Reading(workspace, sorted_findings(report.findings))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _slugs(root: Path, report: Report) -> list[str]:
    """The names of the SOP files, sorted; what stands beside them under a near miss of a name is reported."""
    folder = Span("content/sop")
    try:
        names = sorted(path.name for path in (root / "content" / "sop").iterdir())
    except (FileNotFoundError, NotADirectoryError):
        names = []
    except OSError as error:
        report.add(folder, "SOP002", f"Folder content/sop/ tidak dapat dibaca: {reason(error)}")
        return []
    slugs: list[str] = []
    for name in names:
        # Hidden files are locks and leftovers of editors and file managers.
        if name.startswith(".") or not re.search(r"\.(md|markdown|txt)$", name, re.IGNORECASE):
            continue
        slug = name.removesuffix(".md")
        if slug != name:
            slugs.append(slug)
        if not _SLUG.fullmatch(slug):
            hint = "pakai huruf kecil, angka, dan tanda hubung, misalnya pengelolaan-surat-masuk.md"
            report.add(Span(f"content/sop/{name}"), "SOP006", f"Nama berkas {quote(name)} tidak sesuai pola", hint)
    if not slugs:
        report.add(folder, "SOP001", "Belum ada SOP di content/sop/", "lihat docs/panduan.md")
    return sorted(slugs)


def _sources(folder: Folder, slugs: list[str], report: Report) -> dict[str, Source]:
    every = {slug: folder.read(f"content/sop/{slug}.md", report) for slug in slugs}
    return {slug: source for slug, source in every.items() if source is not None}


def _check_bundle(bundel: Bundel, slugs: list[str], report: Report) -> None:
    listed = {slug for slug in bundel.sop if f"sop.{slug}" in bundel.spans}
    for slug in listed - set(slugs):
        message = f"SOP {quote(slug)} di bundel.yaml tidak ada di content/sop/"
        report.add(bundel.spans[f"sop.{slug}"], "SOP035", message, nearest(slug, slugs))
    for slug in slugs:
        if listed and slug not in listed:
            span = Span(f"content/sop/{slug}.md")
            message = f"SOP {quote(slug)} tidak disebut di bundel.yaml, jadi tidak ikut bundel"
            report.add(span, "SOP036", message, "tambahkan pada sop: […] di bundel.yaml", Severity.CATATAN)
