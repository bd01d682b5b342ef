"""`sopdocs check`, and reading a workspace for the other commands."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sopdocs.cli.codes import EVERYTHING, Selection
from sopdocs.cli.excerpt import Sources
from sopdocs.cli.formats import FORMATS
from sopdocs.cli.output import print_findings, say, summary
from sopdocs.content import read_workspace
from sopdocs.errors import ExitCode, FindingsError
from sopdocs.model import Finding, Severity, Workspace, sorted_findings
from sopdocs.rules import check_workspace

_BREAKS_FLOW = ("SOP031", "SOP032", "SOP045", "SOP046", "SOP050", "SOP051", "SOP052", "SOP053", "SOP056")
"""Findings after which parts of a flow are missing from the model."""
_FLOW = ("SOP120", "SOP121", "SOP122", "SOP123", "SOP124", "SOP125")


@dataclass(frozen=True, slots=True)
class Checked:
    """A workspace and all that reading and the rules found."""

    root: Path
    workspace: Workspace | None
    findings: tuple[Finding, ...]

    def readable(self) -> Workspace:
        """The workspace; raises FindingsError when too little of it could be read."""
        if self.workspace is None:
            raise FindingsError("Folder kerja ini belum dapat dipakai", "perbaiki temuan di atas, lalu ulangi")
        return self.workspace


def load(root: Path) -> Checked:
    """Read and check the workspace in `root`."""
    reading = read_workspace(root)
    found = check_workspace(reading.workspace) if reading.workspace else ()
    return Checked(root, reading.workspace, sorted_findings((*reading.findings, *_own(found, reading.findings))))


def _own(found: Iterable[Finding], earlier: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what the rules say of a flow that could not be read: it only follows from that."""
    broken = {finding.span.path for finding in earlier if finding.code in _BREAKS_FLOW}
    return (finding for finding in found if not (finding.code in _FLOW and finding.span.path in broken))


@dataclass(frozen=True, slots=True)
class View:
    """How findings are shown, and which."""

    form: str = "text"
    """`text`, or a key of `formats.FORMATS`."""
    selection: Selection = EVERYTHING


def check(folder: Path, view: View) -> int:
    """Print the findings that `view` shows; exit 1 when any of them is a galat."""
    findings = load(folder).findings
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
