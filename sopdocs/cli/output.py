"""Print findings and events."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console

from sopdocs.model import Finding, Severity

_COLOUR = {Severity.GALAT: "bold red", Severity.PERINGATAN: "yellow", Severity.CATATAN: "cyan"}


def console(*, errors: bool = False) -> Console:
    """A console; colours on a terminal only, never with NO_COLOR."""
    return Console(stderr=errors, highlight=False, soft_wrap=True, markup=False, emoji=False)


def say(text: str = "", style: str | None = None, *, errors: bool = False, end: str = "\n") -> None:
    """Print a line."""
    console(errors=errors).print(text, style=style, end=end)


def print_json(record: dict[str, Any]) -> None:
    """Print a record for programs."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")


def print_findings(findings: Iterable[Finding], *, errors: bool = False) -> None:
    """Print findings, one a line: place, severity, code, message, hint."""
    screen = console(errors=errors)
    for finding in findings:
        screen.print(f"{finding.span}: ", end="")
        screen.print(f"{finding.severity} {finding.code}", style=_COLOUR[finding.severity], end="")
        hint = f" ({finding.hint})" if finding.hint else ""
        screen.print(f" {finding.message}{hint}")


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity."""
    found = list(findings)
    return {severity.value: sum(f.severity is severity for f in found) for severity in Severity}


def summary(findings: Iterable[Finding]) -> str:
    """ "2 galat, 1 peringatan, 3 catatan"."""
    return ", ".join(f"{count} {name}" for name, count in counts(findings).items())


def findings_record(findings: Iterable[Finding]) -> dict[str, Any]:
    """What `check --format json` prints."""
    found = list(findings)
    return {"format": "sopdocs-check/1", "findings": [f.record() for f in found], "summary": counts(found)}
