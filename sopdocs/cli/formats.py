"""Findings as text for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from sopdocs import __version__
from sopdocs.cli.codes import TITLES
from sopdocs.cli.output import counts
from sopdocs.model import Finding, Severity
from sopdocs.rules import RULES

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_LEVEL = {Severity.GALAT: "error", Severity.PERINGATAN: "warning", Severity.CATATAN: "note"}
_GITHUB_COMMAND = {Severity.GALAT: "error", Severity.PERINGATAN: "warning", Severity.CATATAN: "notice"}


def as_json(findings: Sequence[Finding]) -> str:
    """The findings as schema/check.schema.json describes them."""
    return _json({"format": "sopdocs-check/1", "findings": [f.record() for f in findings], "summary": counts(findings)})


def as_sarif(findings: Sequence[Finding]) -> str:
    """The findings as a SARIF 2.1.0 log (OASIS), for code scanning."""
    codes = sorted({finding.code for finding in findings})
    driver = {"name": "sopdocs", "version": __version__, "rules": [_rule(code, findings) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "language": "id",
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in findings],
    }
    return _json({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def as_github(findings: Sequence[Finding]) -> str:
    """The findings as workflow commands of GitHub Actions, one a line."""
    return "".join(_command(finding) + "\n" for finding in findings)


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"json": as_json, "sarif": as_sarif, "github": as_github}
"""What `check --format` knows besides text."""


def _rule(code: str, findings: Sequence[Finding]) -> dict[str, Any]:
    about = {"id": code, "shortDescription": {"text": TITLES.get(code, code)}}
    rule = RULES.get(code)
    if rule is None:
        # Reading gives nearly everything as an error; Severity lists the worst first.
        worst = next(s for s in Severity if any((f.code, f.severity) == (code, s) for f in findings))
        return about | {"defaultConfiguration": {"level": _SARIF_LEVEL[worst]}}
    level = {"defaultConfiguration": {"level": _SARIF_LEVEL[rule.severity]}}
    return about | {"fullDescription": {"text": f"{rule.reason} ({rule.source})"}} | level


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(finding.span.path, errors="replace")},
        "region": {"startLine": finding.span.line, "startColumn": finding.span.col},
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _SARIF_LEVEL[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": place}],
    }


def _command(finding: Finding) -> str:
    span = finding.span
    title = f"{finding.code} {TITLES.get(finding.code, '')}".rstrip()
    place = f"file={_property(span.path)},line={span.line},col={span.col},title={_property(title)}"
    return f"::{_GITHUB_COMMAND[finding.severity]} {place}::{_data(_message(finding))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _message(finding: Finding) -> str:
    return f"{finding.message} ({finding.hint})" if finding.hint else finding.message


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
