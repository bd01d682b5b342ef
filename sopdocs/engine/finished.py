"""What the rules find on the finished PDFs in build/, as far as these are made from today's content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sopdocs import __version__
from sopdocs.engine.drafts import draft_reasons
from sopdocs.engine.files import read_if_there, sha256
from sopdocs.engine.ingredients import digest, sheet_sources
from sopdocs.engine.manifest import Manifest, read_manifest
from sopdocs.engine.outputs import SEALED
from sopdocs.engine.store import Findings, remembered
from sopdocs.engine.whole import BUNDLE, CONTENTS
from sopdocs.model import Finding, Place, PrintedBundle, Sop, Workspace
from sopdocs.pdf import read_bundle, read_listed, read_printed
from sopdocs.rules import bundle_state, check_bundle, check_finished, old_sheet


@dataclass(frozen=True, slots=True)
class FinishedFindings:
    """What was found."""

    findings: Findings
    """As the rules give them, before the office's settings."""
    complete: bool
    """Whether the PDF of every SOP was looked at."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The PDF of an SOP as it stands in build/."""

    sop: Sop
    pdf: bytes
    inputs: str
    """Digest of what the workspace gives to it."""

    @property
    def path(self) -> str:
        """The file below the workspace that it comes from."""
        return self.sop.at("").path


def finished_findings(
    place: Place, workspace: Workspace, content: Sequence[Finding], inputs: Mapping[str, str], store: Path
) -> FinishedFindings:
    """Judge the PDFs that an office built; one that is missing or not made from `inputs` is told as that.

    `content` is what was found in the content, by which sheets are drafts or not. Nothing is found in a folder
    without manifest: nobody has built there. Raises OutputRejectedError.
    """
    folder, named = place.build, place.named(inputs)
    manifest = read_manifest(folder)
    if not manifest.outputs:
        return FinishedFindings((), complete=False)
    sheets: list[_Sheet] = []
    old: list[str] = []
    findings: Findings = ()
    for sop in workspace.living.values():
        konsep = bool(draft_reasons(sop, content))
        own = sheet_sources(sop, workspace, named, konsep=konsep)
        sheet = _Sheet(sop, read_if_there(folder / _name(sop)) or b"", own)
        wrong = _wrong(sheet, manifest)
        if not wrong:
            sheets.append(sheet)
            continue
        old.append(sop.slug)
        if sheet.pdf or sop.slug in workspace.bundel.sop:
            findings += (old_sheet(sop, workspace, wrong),)

    def judge(sheet: _Sheet) -> Findings:
        return check_finished(sheet.sop, read_printed(sheet.pdf, f"{place.built}/{_name(sheet.sop)}"), workspace)

    findings += _bundle_findings(folder, manifest, workspace, inputs)
    # Findings tell lines, which move with every line that is added above.
    works = {
        digest(sha256(each.pdf), each.inputs, each.path, inputs.get(each.path, ""), __version__): partial(judge, each)
        for each in sheets
    }
    return FinishedFindings((*findings, *remembered(store, works)), complete=not old)


def _bundle_findings(
    folder: Path, manifest: Manifest, workspace: Workspace, inputs: Mapping[str, str]
) -> tuple[Finding, ...]:
    made, sealed = manifest.outputs.get(BUNDLE), manifest.outputs.get(SEALED)
    if made is None:
        return ()
    merged, closed = read_if_there(folder / BUNDLE), read_if_there(folder / SEALED)
    own = closed is not None and sealed is not None and sealed.key == made.sha256
    intact = own and closed is not None and sealed is not None and sha256(closed) == sealed.sha256
    state = bundle_state(workspace, stale=manifest.inputs != inputs, sealed=own, intact=intact)
    if merged is None or sha256(merged) != made.sha256:
        return state
    return (*state, *check_bundle(printed_bundle(merged), workspace))


def printed_bundle(pdf: bytes) -> PrintedBundle:
    """Read where the parts of a bundle stand, and where its table of contents says. Raises OutputRejectedError."""
    parts = {part.key: part for part in read_bundle(pdf).parts}
    own = parts.get(CONTENTS)
    pages = range(own.first, own.first + own.pages) if own else ()
    return PrintedBundle({key: part.first for key, part in parts.items()}, read_listed(pdf, pages))


def _name(sop: Sop) -> str:
    return f"sop/{sop.slug}.pdf"


def _wrong(sheet: _Sheet, manifest: Manifest) -> str:
    """Why a PDF says nothing of today's content; empty when it does."""
    entry, output = manifest.sop.get(sheet.sop.slug), manifest.outputs.get(_name(sheet.sop))
    if not sheet.pdf:
        return "belum dibuat"
    if entry is None or output is None or sha256(sheet.pdf) != output.sha256:
        return "bukan lagi hasil sopdocs build"
    return "" if entry.masukan == sheet.inputs else "lebih lama daripada isi content/ atau templates/"
