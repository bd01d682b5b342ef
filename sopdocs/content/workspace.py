"""Read everything below `content/`, as one office sees it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sopdocs.content import registers
from sopdocs.content.bundel import read_bundel
from sopdocs.content.folder import SLUG, Folder, is_folder
from sopdocs.content.memory import Memory
from sopdocs.content.pemantauan import read_pemantauan, with_monitoring
from sopdocs.content.report import Report, nearest, quote
from sopdocs.content.segel import read_segel
from sopdocs.content.sop import Known
from sopdocs.content.source import Source
from sopdocs.errors import reason
from sopdocs.model import (
    OFFICES,
    SHARED,
    Bundel,
    Finding,
    Pemantauan,
    Place,
    Severity,
    Sop,
    Span,
    Workspace,
    sorted_findings,
)

SOPS = f"{SHARED}/sop"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what was found."""

    workspace: Workspace | None
    """None when the office cannot be named: nothing can be printed then."""
    findings: tuple[Finding, ...]
    """Sorted by place."""


def read_workspace(
    root: Path, instead: Mapping[str, str] | None = None, memory: Memory | None = None, office: str | None = None
) -> Reading:
    """Read the workspace in folder `root`, which holds `content/`; paths in findings are relative to it.

    With the name of an `office`, what lies in its folder below `instansi/` stands for what `content/` holds: entry by
    entry in the registers, otherwise file by file. `instead` gives texts of files, by path, that are read in place of
    what is on disk. With a `memory` of an earlier reading, or of another office's, only the SOPs are read that
    changed, or all when what they refer to changed.
    """
    memory = memory or Memory()
    report, folder = Report(), Folder(Place(root, office), instead or {}, memory.composed)
    for needed in dict.fromkeys((SHARED, folder.place.own)):
        if not is_folder(root / needed):
            hint = "jalankan dari folder kerja, atau pakai -C"
            report.add(Span(needed), "SOP001", f"Folder {needed}/ tidak ada", hint)
            return Reading(None, sorted_findings(report.findings))
    instansi = registers.read_instansi(folder, report)
    pejabat = registers.read_pejabat(folder, report)
    pelaksana = registers.read_pelaksana(folder, report)
    peraturan = registers.read_peraturan(folder, report)
    paths = _sop_paths(folder, report)
    parsed = {slug: memory.parsed(slug, source) for slug, source in _sources(folder, paths, report).items()}
    # A file that could not be read may still be named: its own finding says what is wrong.
    names = {slug: slug for slug in paths} | {slug: each.nama for slug, each in parsed.items() if each.nama}
    known = Known(dict.fromkeys(pejabat), dict.fromkeys(pelaksana), {each.key: each for each in peraturan}, names)
    every = {slug: each.sop(office, known, report) for slug, each in parsed.items()}
    sops, monitored = _usable(every, known, folder, report)
    title = f"Standar Operasional Prosedur {instansi.nama}" if instansi else "Standar Operasional Prosedur"
    # All files, readable or not: the bundle must not come out without one of them unnoticed.
    ended = {slug for slug, sop in sops.items() if sop.status.ended}
    bundel = _check_bundle(read_bundel(folder, known, title, report), paths, ended, folder, report)
    segel = read_segel(folder, pejabat, report)
    workspace = None
    if instansi is not None:
        many = office is not None or is_folder(root / OFFICES)
        workspace = Workspace(instansi, pejabat, pelaksana, peraturan, bundel, sops, segel, office, monitored, many)
        _check_borrowed(workspace, folder, report)
    return Reading(workspace, sorted_findings(report.findings))


def _sop_paths(folder: Folder, report: Report) -> dict[str, str]:
    """The paths of the SOP files by slug, sorted."""
    found: dict[str, str] = {}
    homes = {home: _slugs(folder.place.root, home, report) for home in folder.place.candidates(SOPS)}
    for home, slugs in homes.items():
        found |= {slug: f"{home}/{slug}.md" for slug in slugs or ()}
    if not found and None not in homes.values():
        report.add(Span(SOPS), "SOP001", "Belum ada SOP di content/sop/", "lihat docs/panduan.md")
    return dict(sorted(found.items()))


def _slugs(root: Path, home: str, report: Report) -> list[str] | None:
    """The names of the SOP files in a folder, None when it cannot be read.

    What stands beside them under a near miss of a name is reported.
    """
    try:
        names = sorted(path.name for path in (root / home).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        report.add(Span(home), "SOP002", f"Folder {home}/ tidak dapat dibaca: {reason(error)}")
        return None
    slugs: list[str] = []
    for name in names:
        # Hidden files are locks and leftovers of editors and file managers.
        if name.startswith(".") or not re.search(r"\.(md|markdown|txt)$", name, re.IGNORECASE):
            continue
        slug = name.removesuffix(".md")
        if slug != name:
            slugs.append(slug)
        if not SLUG.fullmatch(slug):
            hint = "pakai huruf kecil, angka, dan tanda hubung, misalnya pengelolaan-surat-masuk.md"
            report.add(Span(f"{home}/{name}"), "SOP006", f"Nama berkas {quote(name)} tidak sesuai pola", hint)
    return slugs


def _sources(folder: Folder, paths: Mapping[str, str], report: Report) -> dict[str, Source]:
    every = {slug: folder.read(path, report) for slug, path in paths.items()}
    return {slug: source for slug, source in every.items() if source is not None}


def _usable(
    every: Mapping[str, Sop | None], known: Known, folder: Folder, report: Report
) -> tuple[dict[str, Sop], dict[str, tuple[Pemantauan, ...]]]:
    """The SOPs that could be read, with the day on which each was last monitored, and the monitorings."""
    monitored = read_pemantauan(folder, known.sop, report)
    sops = {slug: with_monitoring(sop, monitored.get(slug, ())) for slug, sop in every.items() if sop and sop.nama}
    return sops, monitored


def _check_bundle(
    bundel: Bundel, paths: Mapping[str, str], ended: Collection[str], folder: Folder, report: Report
) -> Bundel:
    """Report what the list lacks and what it has too many; return the bundle without the SOPs that ended."""
    listed = {slug for slug in bundel.sop if f"sop.{slug}" in bundel.spans}
    homes = " maupun ".join(f"{home}/" for home in folder.place.candidates(SOPS))
    for slug in listed - set(paths):
        message = f"SOP {quote(slug)} di bundel.yaml tidak ada di {homes}"
        report.add(bundel.spans[f"sop.{slug}"], "SOP035", message, nearest(slug, paths))
    for slug, path in paths.items():
        if listed and slug not in listed and slug not in ended:
            message = f"SOP {quote(slug)} tidak disebut di bundel.yaml, jadi tidak ikut bundel"
            report.add(Span(path), "SOP036", message, "tambahkan pada sop: […] di bundel.yaml", Severity.CATATAN)
    return replace(bundel, sop=tuple(slug for slug in bundel.sop if slug not in ended))


def _check_borrowed(workspace: Workspace, folder: Folder, report: Report) -> None:
    """Report a letterhead, or who signs under a letterhead of its own, that an office takes from content/.

    Nothing would look wrong on the sheet, and another office or person would stand there.
    """
    place = folder.place
    if place.office is None:
        return
    own = place.candidates(registers.INSTANSI)[-1]
    if folder.path(registers.INSTANSI) != own:
        message = f"Kop instansi {quote(place.office)} diambil dari {registers.INSTANSI}"
        report.add(Span(own), "SOP007", message, f"buat {own}", Severity.PERINGATAN)
        return
    register = place.candidates(registers.PEJABAT)[-1]
    signing = {sop.pengesah for sop in workspace.living.values()}
    signing |= {key for key in (workspace.bundel.keputusan.pejabat, workspace.segel.pejabat) if key}
    for key in sorted(signing & workspace.pejabat.keys()):
        if workspace.pejabat[key].spans[""].path != register:
            message = f"Pejabat “{key}” yang menandatangani diambil dari {registers.PEJABAT}"
            hint = f"tulis {key} di {register}, juga bila orangnya sama"
            report.add(Span(register), "SOP007", message, hint, Severity.PERINGATAN)
