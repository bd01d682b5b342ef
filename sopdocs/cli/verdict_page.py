"""The report as one HTML file that needs nothing else: no script, no picture, no address."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from sopdocs.cli.excerpt import printable
from sopdocs.cli.verdict import OUTCOMES, REVOCATION_SOURCES, TOPICS, facts, moment, told, words
from sopdocs.sign import Report, Verdict, commands

TEMPLATE = "verdict.html.j2"
_KINDS = {Verdict.PASSED: "baik", Verdict.INDETERMINATE: "ragu", Verdict.FAILED: "buruk", None: "kosong"}


def page(name: str, report: Report) -> str:
    """Return the page about the file called `name`; whatever comes from the file is escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    # Control characters and those that turn the direction of a line could make a name look like another.
    environment.finalize = _finalize
    template = environment.from_string((files("sopdocs.cli") / TEMPLATE).read_text(encoding="utf-8"))
    return template.render(
        name=name,
        report=report,
        passed=report.verdict is Verdict.PASSED,
        kind=_kind(report),
        words=words(report),
        facts=list(facts(report)),
        checks=[
            (_KINDS[check.verdict], TOPICS[check.topic][0], OUTCOMES[check.verdict], told(check, report))
            for check in report.checks
        ],
        commands=commands(report, name),
        moment=moment,
        revocation=REVOCATION_SOURCES[report.revocation] if report.revocation else "",
    )


def _kind(report: Report) -> str:
    """Colour of the verdict: a seal that passes with an uncertified key is no green light."""
    if report.verdict is Verdict.PASSED and not report.certified:
        return "ragu"
    return _KINDS[report.verdict]


def _finalize(value: object) -> object:
    return printable(value) if type(value) is str else value
