"""What was read of each file, so that a further reading, or that of another office, takes only what differs."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopdocs.content.folder import Composed
from sopdocs.content.markdown import parse_document
from sopdocs.content.noting import Noting
from sopdocs.content.report import Report
from sopdocs.content.sop import Draft, Known, read_front_matter, read_sop
from sopdocs.content.source import Source, has_conflict
from sopdocs.model import Finding, Peraturan, Sop


@dataclass(frozen=True, slots=True)
class _Reading:
    """An SOP read against registers, and what it asked of each."""

    pejabat: Noting[object]
    pelaksana: Noting[object]
    peraturan: Noting[Peraturan]
    names: Noting[str]
    sop: Sop | None
    findings: tuple[Finding, ...]

    def holds(self, known: Known) -> bool:
        """Whether the SOP would be read the same against `known`."""
        return (
            self.pejabat.agrees(known.pejabat)
            and self.pelaksana.agrees(known.pelaksana)
            and self.peraturan.agrees(known.peraturan)
            and self.names.agrees(known.sop)
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """The file of an SOP, and what it was read as."""

    source: Source
    draft: Draft | None
    """None without front matter, and while two versions stand in the file."""
    findings: tuple[Finding, ...]
    """Of the parsing alone."""
    readings: dict[str | None, _Reading] = field(default_factory=dict[str | None, _Reading])
    """The last one for each office; offices that know the same share one."""

    @property
    def ended(self) -> bool:
        """Whether its status, as far as it was read, says that it is in force no longer."""
        return any(each.sop is not None and each.sop.status.ended for each in self.readings.values())

    @property
    def nama(self) -> str:
        """The SOP's name; empty when it has none that can be read."""
        return self.draft.nama if self.draft else ""

    def sop(self, office: str | None, known: Known, report: Report) -> Sop | None:
        """The SOP, with its findings added to `report`; None without front matter."""
        last = self.readings.get(office)
        if last is None or not last.holds(known):
            last = next((each for each in self.readings.values() if each.holds(known)), None) or self._read(known)
            self.readings[office] = last
        report.findings += last.findings
        return last.sop

    def _read(self, known: Known) -> _Reading:
        report = Report()
        asked = (Noting(known.pejabat), Noting(known.pelaksana), Noting(known.peraturan), Noting(known.sop))
        sop = read_sop(self.draft, Known(*asked), report) if self.draft else None
        return _Reading(*asked, sop, (*self.findings, *report.findings))


@dataclass(frozen=True, slots=True)
class Known256:
    """A digest, and the file as it was when it was computed."""

    stamp: tuple[int, ...]
    sha256: str


@dataclass(slots=True)
class Memory:
    """Holds the last reading of each file; one for all offices of a workspace, and for all its readings."""

    files: dict[str, Parsed] = field(default_factory=dict[str, Parsed])
    """SOPs by path: what offices share is parsed once."""
    composed: Composed = field(default_factory=Composed)
    """Registers."""
    editions: dict[str, Memory] = field(default_factory=dict[str, "Memory"])
    """What editions were made from, by folder: what is held of today shall not give way to the past."""
    digests: dict[str, Known256] = field(default_factory=dict[str, Known256])
    """SHA-256 of files of the archive, by path."""

    def edition(self, folder: str) -> Memory:
        """The memory for reading an edition again; what did not change since is not parsed twice."""
        if folder not in self.editions:
            self.editions[folder] = Memory(dict(self.files), dict(self.composed))
        return self.editions[folder]

    def parsed(self, slug: str, source: Source) -> Parsed:
        """Parse the file of an SOP, unless it is as it was."""
        last = self.files.get(source.path)
        if last is None or last.source != source:
            report = Report()
            draft = None
            if not has_conflict(source, report):
                draft = read_front_matter(slug, parse_document(source, report), source.span(), report)
            last = self.files[source.path] = Parsed(source, draft, tuple(report.findings))
        return last
