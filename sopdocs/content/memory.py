"""What was read of each SOP, so that a further reading takes only what changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopdocs.content.markdown import parse_document
from sopdocs.content.report import Report
from sopdocs.content.sop import Draft, Known, read_front_matter, read_sop
from sopdocs.content.source import Source
from sopdocs.model import Finding, Sop, Span


@dataclass(slots=True)
class _Read:
    """One file as far as it was read."""

    source: Source
    report: Report
    draft: Draft | None
    """None without front matter, and once the SOP was read from it."""
    nama: str
    known: Known | None = None
    """What `sop` was read against."""
    sop: Sop | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Memory:
    """Holds the last reading of each file; one for all readings of a workspace."""

    files: dict[str, _Read] = field(default_factory=dict[str, _Read])

    def name(self, slug: str, source: Source) -> str:
        """The SOP's name; empty when it has none that can be read."""
        last = self.files.get(slug)
        if last is None or last.source != source:
            last = self.files[slug] = _read(slug, source)
        return last.nama

    def sop(self, slug: str, source: Source, known: Known, report: Report) -> Sop | None:
        """The SOP, with its findings added to `report`; None without front matter."""
        self.name(slug, source)
        last = self.files[slug]
        if last.known != known:
            if last.known is not None:
                last = self.files[slug] = _read(slug, source)
            last.sop = read_sop(last.draft, known, last.report) if last.draft else None
            # The draft is used up: reading an SOP takes its fields out.
            last.known, last.draft, last.findings = known, None, tuple(last.report.findings)
        report.findings += last.findings
        return last.sop


def _read(slug: str, source: Source) -> _Read:
    report = Report()
    draft = read_front_matter(slug, parse_document(source, report), Span(source.path), report)
    return _Read(source, report, draft, draft.nama if draft else "")
