"""Findings and the places they point at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file."""

    path: str
    """As the user would type it from the workspace folder, with forward slashes."""
    line: int = 1
    """Counted from 1."""
    col: int = 1
    """Counted from 1, in characters."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.col}"


SpanMap = dict[str, Span]
"""Where each field of a record was written. Fields left out of the file are missing here."""


class Severity(StrEnum):
    """How bad a finding is. `galat` makes the exit code 1 and the sheet a KONSEP."""

    GALAT = "galat"
    PERINGATAN = "peringatan"
    CATATAN = "catatan"


@dataclass(frozen=True, slots=True)
class Fix:
    """The one right answer to a finding: put `new` in the place of `old`."""

    old: str
    """What stands in the file, within one line."""
    new: str
    span: Span | None = None
    """Where `old` begins; None: where the finding points."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the content that its author should know."""

    span: Span
    code: str
    """Stable, such as SOP012; listed in docs/aturan.md."""
    message: str
    """An Indonesian sentence: what is wrong, where, what is allowed."""
    hint: str = ""
    """What would be right, when that is known."""
    severity: Severity = Severity.GALAT
    fix: Fix | None = None
    """None unless there is but one answer."""

    def __str__(self) -> str:
        tail = f" ({self.hint})" if self.hint else ""
        return f"{self.span}: {self.severity} {self.code} {self.message}{tail}"

    def record(self) -> dict[str, Any]:
        """The finding as JSON holds it; `fix` only where there is one."""
        fix, at = self.fix, self.fixed_at
        mending = {"path": at.path, "line": at.line, "col": at.col, "old": fix.old, "new": fix.new} if fix else None
        return {
            "path": self.span.path,
            "line": self.span.line,
            "col": self.span.col,
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        } | ({"fix": mending} if mending else {})

    @property
    def fixed_at(self) -> Span:
        """Where the text stands that its fix replaces."""
        return (self.fix and self.fix.span) or self.span

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Finding:
        """Read what `record` gave; raises KeyError or ValueError for anything else."""
        span, severity = _span(record), Severity(record["severity"])
        written = record.get("fix")
        fix = Fix(str(written["old"]), str(written["new"]), _span(written)) if written else None
        if fix and fix.span == span:
            fix = Fix(fix.old, fix.new)
        return cls(span, str(record["code"]), str(record["message"]), str(record["hint"]), severity, fix)


def _span(record: Mapping[str, Any]) -> Span:
    return Span(record["path"], int(record["line"]), int(record["col"]))


def _order(finding: Finding) -> tuple[object, ...]:
    fix = finding.fix or Fix("", "")
    mending = (finding.fix is not None, finding.fixed_at, fix.old, fix.new)
    return (finding.span, finding.code, finding.message, finding.hint, finding.severity, *mending)


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return `findings` without repeats, by file, line, column and code."""
    # Every field takes part: the order of a set differs from one process to the next.
    return tuple(sorted(set(findings), key=_order))
