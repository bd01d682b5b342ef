"""Print findings and events."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from sopdocs.cli.excerpt import Sources, excerpt, printable
from sopdocs.model import Finding, Severity

_WIDE = 1000
"""Characters; more than a line of a table needs."""
_COLOUR = {Severity.GALAT: "bold red", Severity.PERINGATAN: "yellow", Severity.CATATAN: "cyan"}
_WIDTH = 120
"""Cells of an excerpt that goes into a file or a pipe."""


def console(*, errors: bool = False, file: TextIO | None = None) -> Console:
    """A console; colours on a terminal only, never with NO_COLOR."""
    return Console(file=file, stderr=errors, highlight=False, soft_wrap=True, markup=False, emoji=False)


def say(text: str = "", style: str | None = None, *, errors: bool = False, end: str = "\n") -> None:
    """Print lines, made safe for a terminal: names in them may come from a file that nobody vouches for."""
    console(errors=errors).print(_lines(text), style=style, end=end)


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; cells may have several lines, and are wrapped on a terminal only."""
    table = Table(*map(_lines, head), box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for row in rows:
        table.add_row(*map(_lines, row))
    screen = console()
    if not screen.is_terminal:
        screen.width = _WIDE
    screen.print(table, soft_wrap=False)


def _lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


def print_json(record: dict[str, Any]) -> None:
    """Print a record for programs."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")


def print_findings(findings: Iterable[Finding], sources: Sources | None = None, *, errors: bool = False) -> None:
    """Print findings, one a line: place, severity, code, message, hint; below each its line of `sources`."""
    _print_findings(console(errors=errors), findings, sources)


def plain_findings(findings: Iterable[Finding], sources: Sources | None = None) -> str:
    """Return what `print_findings` prints into a file."""
    file = io.StringIO()
    _print_findings(console(file=file), findings, sources)
    return file.getvalue()


def _print_findings(screen: Console, findings: Iterable[Finding], sources: Sources | None) -> None:
    width = screen.width - 1 if screen.is_terminal else _WIDTH
    for finding in findings:
        # File names come from outside as well: what is printed is made safe as a whole.
        screen.print(printable(f"{finding.span}: "), end="")
        screen.print(f"{finding.severity} {finding.code}", style=_COLOUR[finding.severity], end="")
        hint = f" ({finding.hint})" if finding.hint else ""
        screen.print(printable(f" {finding.message}{hint}"))
        line = sources.line(finding.span) if sources else None
        if line is not None:
            shown, caret = excerpt(finding.span, line, width)
            screen.print(shown)
            screen.print(caret, style=_COLOUR[finding.severity])


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity."""
    found = list(findings)
    return {severity.value: sum(f.severity is severity for f in found) for severity in Severity}


def summary(findings: Iterable[Finding]) -> str:
    """ "2 galat, 1 peringatan, 3 catatan"."""
    return ", ".join(f"{count} {name}" for name, count in counts(findings).items())
