"""`sopdocs check`, and reading a workspace for the other commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sopdocs.cli.output import findings_record, print_findings, print_json, say, summary
from sopdocs.content import read_workspace
from sopdocs.errors import ExitCode, FindingsError
from sopdocs.model import Finding, Severity, Workspace, sorted_findings
from sopdocs.rules import check_workspace

_BREAKS_FLOW = ("SOP031", "SOP032", "SOP045", "SOP046", "SOP050", "SOP051", "SOP052", "SOP053", "SOP056")
"""Findings after which parts of a flow are missing from the model."""
_FLOW = ("SOP120", "SOP121", "SOP122", "SOP123", "SOP124", "SOP125", "SOP154", "SOP155")


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
    """Leave out what the rules say of a flow or a time that could not be read: it only follows from that."""
    earlier = list(earlier)
    broken = {finding.span.path for finding in earlier if finding.code in _BREAKS_FLOW}
    unread = {(finding.span.path, finding.span.line) for finding in earlier if finding.code == "SOP048"}
    for finding in found:
        place = (finding.span.path, finding.span.line)
        if not (finding.code in _FLOW and place[0] in broken) and not (finding.code == "SOP143" and place in unread):
            yield finding


def check(folder: Path, form: str) -> int:
    """Print every finding; exit 1 when any is a galat."""
    checked = load(folder)
    if form == "json":
        print_json(findings_record(checked.findings))
    else:
        print_findings(checked.findings)
        say(summary(checked.findings) if checked.findings else "Tidak ada temuan.")
    return exit_code(checked.findings)


def exit_code(findings: tuple[Finding, ...]) -> int:
    """1 when any finding is a galat, otherwise 0."""
    bad = any(finding.severity is Severity.GALAT for finding in findings)
    return ExitCode.FINDINGS if bad else ExitCode.OK
