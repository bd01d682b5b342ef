"""Read everything below `content/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sopdocs.content import registers
from sopdocs.content.markdown import parse_document
from sopdocs.content.report import Report, nearest
from sopdocs.content.sop import Draft, Known, read_front_matter, read_sop
from sopdocs.content.source import read_source
from sopdocs.model import Bundel, Finding, Severity, Span, Workspace, sorted_findings

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what was found."""

    workspace: Workspace | None
    """None when the office cannot be named: nothing can be printed then."""
    findings: tuple[Finding, ...]
    """Sorted by place."""


def read_workspace(root: Path) -> Reading:
    """Read the workspace in folder `root`, which holds `content/`; paths in findings are relative to it."""
    report = Report()
    if not (root / "content").is_dir():
        report.add(Span("content"), "SOP001", "Folder content/ tidak ada", "jalankan dari folder kerja, atau pakai -C")
        return Reading(None, sorted_findings(report.findings))
    instansi = registers.read_instansi(root, report)
    pejabat = registers.read_pejabat(root, report)
    pelaksana = registers.read_pelaksana(root, report)
    peraturan = registers.read_peraturan(root, report)
    drafts = _drafts(root, report)
    known = Known(
        tuple(pejabat),
        tuple(pelaksana),
        {entry.key: entry for entry in peraturan},
        {slug: draft.nama for slug, draft in drafts.items()},
    )
    sops = {slug: read_sop(draft, known, report) for slug, draft in drafts.items()}
    title = f"Standar Operasional Prosedur {instansi.nama}" if instansi else "Standar Operasional Prosedur"
    bundel = registers.read_bundel(root, _sop_files(root), title, report)
    _check_bundle(bundel, _sop_files(root), report)
    workspace = None
    if instansi is not None:
        workspace = Workspace(instansi, pejabat, pelaksana, peraturan, bundel, sops)
    return Reading(workspace, sorted_findings(report.findings))


def _sop_files(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "content" / "sop").glob("*.md"))


def _drafts(root: Path, report: Report) -> dict[str, Draft]:
    drafts: dict[str, Draft] = {}
    files = _sop_files(root)
    if not files:
        report.add(Span("content/sop"), "SOP001", "Belum ada SOP di content/sop/", "lihat docs/panduan.md")
    for slug in files:
        path = f"content/sop/{slug}.md"
        if not _SLUG.fullmatch(slug):
            hint = "pakai huruf kecil, angka, dan tanda hubung, misalnya pengelolaan-surat-masuk.md"
            report.add(Span(path), "SOP006", f"Nama berkas “{slug}.md” tidak sesuai pola", hint)
        source = read_source(root, path, report)
        if source is None:
            continue
        draft = read_front_matter(slug, parse_document(source, report), Span(path), report)
        if draft is not None:
            drafts[slug] = draft
    return drafts


def _check_bundle(bundel: Bundel, slugs: list[str], report: Report) -> None:
    for slug in bundel.sop:
        if slug not in slugs:
            span = bundel.spans.get(f"sop.{slug}", bundel.spans[""])
            message = f"SOP “{slug}” di bundel.yaml tidak ada di content/sop/"
            report.add(span, "SOP035", message, nearest(slug, slugs))
    for slug in slugs:
        if slug not in bundel.sop:
            span = Span(f"content/sop/{slug}.md")
            message = f"SOP “{slug}” tidak disebut di bundel.yaml, jadi tidak ikut bundel"
            report.add(span, "SOP036", message, "tambahkan pada sop: […] di bundel.yaml", Severity.CATATAN)
