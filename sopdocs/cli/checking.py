"""`sopdocs check`, and reading a workspace for the other commands."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sopdocs.cli.codes import EVERYTHING, Selection
from sopdocs.cli.excerpt import Sources
from sopdocs.cli.formats import FORMATS
from sopdocs.cli.offices import beside_offices, every_place, told_once
from sopdocs.cli.output import print_findings, say, summary
from sopdocs.content import Memory, read_archive, read_workspace
from sopdocs.errors import ExitCode, FindingsError, SopdocsError
from sopdocs.layout import CODES as LAYOUT_CODES
from sopdocs.model import Arsip, Finding, Place, Severity, Workspace, sorted_findings
from sopdocs.rules import FINISHED, RULES, check_workspace, on_their_own, settle, silences

if TYPE_CHECKING:
    from sopdocs.engine import FinishedFindings


@dataclass(frozen=True, slots=True)
class Checked:
    """A workspace and all that reading and the rules found."""

    place: Place
    workspace: Workspace | None
    findings: tuple[Finding, ...]
    """As the office has set the rules."""
    silenced: tuple[Finding, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict[str, str])
    """Texts by path that were read in place of what is on disk."""
    arsip: Arsip = field(default_factory=Arsip)
    """What was issued until today."""

    def readable(self) -> Workspace:
        """The workspace; raises FindingsError when too little of it could be read."""
        if self.workspace is None:
            raise FindingsError("Folder kerja ini belum dapat dipakai", "perbaiki temuan di atas, lalu ulangi")
        return self.workspace


def load(place: Place, today: date, memory: Memory | None = None, instead: Mapping[str, str] | None = None) -> Checked:
    """Read the workspace as the office of `place` sees it, as far as `memory` has not, and judge its content.

    `instead` gives texts that are not yet on disk.
    """
    texts, memory = instead or {}, memory or Memory()
    reading = read_workspace(place.root, texts, memory, place.office)
    archive = read_archive(place, reading.workspace, memory)
    read = sorted_findings((*reading.findings, *archive.findings))
    if reading.workspace is None:
        return Checked(place, None, read, instead=texts, arsip=archive.arsip)
    found = on_their_own(check_workspace(reading.workspace, today, archive.arsip), reading.findings)
    settled = settle((*read, *found), reading.workspace)
    return Checked(place, reading.workspace, settled.findings, settled.silenced, texts, archive.arsip)


def with_pages(checked: Checked, *, quiet: bool = False) -> Checked:
    """Add what the layout and the finished PDFs show, and every silence.

    Says so, unless `quiet`, when they cannot be looked at.
    """
    workspace = checked.workspace
    if workspace is None:
        return checked
    tried = set(RULES) - set(LAYOUT_CODES) - FINISHED - {"SOP857"}
    drawn: tuple[Finding, ...] = ()
    inputs = _inputs(checked.place, checked.instead)
    try:
        drawn = _page_findings(checked.place, workspace, inputs)
        tried |= set(LAYOUT_CODES)
    except SopdocsError as error:
        if not quiet:
            say(f"Halaman belum diperiksa: {error.message} ({error.advice})", "yellow", errors=True)
    try:
        finished = _finished_findings(checked, workspace, inputs)
        drawn += finished.findings
        tried |= FINISHED if finished.complete else set()
    except SopdocsError as error:
        if not quiet:
            say(f"Lembar jadi belum diperiksa: {error.message} ({error.advice})", "yellow", errors=True)
    settled = settle(drawn, workspace)
    hidden = (*checked.silenced, *settled.silenced)
    listed = silences(hidden, workspace, tried)
    return replace(checked, findings=sorted_findings((*checked.findings, *settled.findings, *listed)), silenced=hidden)


def _page_findings(place: Place, workspace: Workspace, inputs: Mapping[str, str]) -> tuple[Finding, ...]:
    # Late: what lays out sheets takes a second to load, and is not needed where the content cannot be read.
    from sopdocs import engine
    from sopdocs.cli import places

    fonts, templates = places.fonts(), places.templates_of(place)
    logo = places.logo_of(place, workspace.instansi)
    check = engine.PageCheck(workspace, fonts, templates, logo, place.named(inputs))
    return engine.page_findings(check, place.store / "halaman.json")


def _finished_findings(checked: Checked, workspace: Workspace, inputs: Mapping[str, str]) -> FinishedFindings:
    from sopdocs import engine

    store = checked.place.store / "lembar-jadi.json"
    return engine.finished_findings(checked.place, workspace, checked.findings, inputs, store)


def _inputs(place: Place, instead: Mapping[str, str]) -> dict[str, str]:
    from sopdocs import engine
    from sopdocs.cli import places

    found = places.content_inputs(place)
    return found | {path: engine.sha256(text.encode()) for path, text in instead.items() if path in found}


@dataclass(frozen=True, slots=True)
class View:
    """How findings are shown, which, and of which offices."""

    form: str = "text"
    """`text`, or a key of `formats.FORMATS`."""
    selection: Selection = EVERYTHING
    offices: tuple[str, ...] = ()
    """As the command line names them; none: all."""


def survey(
    folder: Path, view: View, today: date, memory: Memory | None = None, instead: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """All findings of the offices that `view` is about, each once; `instead` as in `load`, which then says no more."""
    memory = memory or Memory()
    beside = beside_offices(folder, view.offices)
    found: dict[Place, tuple[Finding, ...]] = {}
    for place in every_place(folder, view.offices):
        # What the tools lack, they lack for every office.
        quiet = instead is not None or bool(found)
        found[place] = (*with_pages(load(place, today, memory, instead), quiet=quiet).findings, *beside)
    return told_once(found)


def check(folder: Path, view: View, today: date, memory: Memory | None = None) -> int:
    """Print the findings that `view` shows; exit 1 when any of them is a galat."""
    findings = survey(folder, view, today, memory)
    shown = view.selection.shown(findings)
    if view.form == "text":
        print_findings(shown, Sources(folder))
        say(_verdict(shown, len(findings) - len(shown)))
    else:
        sys.stdout.write(FORMATS[view.form](shown))
    return exit_code(shown)


def _verdict(shown: tuple[Finding, ...], hidden: int) -> str:
    if not hidden:
        return summary(shown) if shown else "Tidak ada temuan."
    told = summary(shown) if shown else "Tidak ada temuan yang ditampilkan"
    return f"{told}; {hidden} temuan disembunyikan oleh --select atau --ignore"


def exit_code(findings: tuple[Finding, ...]) -> int:
    """1 when any finding is a galat, otherwise 0."""
    bad = any(finding.severity is Severity.GALAT for finding in findings)
    return ExitCode.FINDINGS if bad else ExitCode.OK
