"""Every rule, by topic and by code."""

from __future__ import annotations

from types import ModuleType

from sopdocs.model import Severity
from sopdocs.rules import (
    bundle,
    decree,
    explanation,
    flow,
    identity,
    inputs,
    links,
    lists,
    names,
    nip,
    offices,
    pages,
    pemantauan,
    printed,
    printed_bundle,
    regulations,
    riwayat,
    settings,
    terbitan,
    waktu,
    wording,
)
from sopdocs.rules.rule import Rule

_MODULES = (
    *(identity, riwayat, nip, names, offices, lists, links, regulations, wording, inputs, waktu, pemantauan),
    *(flow, decree, explanation, bundle, pages, printed, printed_bundle, terbitan, settings),
)


def _rules(module: ModuleType) -> tuple[Rule, ...]:
    return tuple(rule for rule in vars(module).values() if isinstance(rule, Rule))


TOPICS: dict[str, tuple[Rule, ...]] = {module.TOPIC: _rules(module) for module in _MODULES}
"""The rules of each topic, in the order of the catalogue."""
RULES: dict[str, Rule] = {
    rule.code: rule for rule in sorted((r for rules in TOPICS.values() for r in rules), key=lambda rule: rule.code)
}
"""Every rule by its code, sorted."""
CODES: dict[str, str] = {code: rule.title for code, rule in RULES.items()}
"""Every code of a rule with its short Indonesian title."""
FINISHED: frozenset[str] = frozenset(code for code, rule in RULES.items() if rule.judge_finished)
"""Codes of the rules on finished PDFs."""
FIRM: frozenset[str] = frozenset(rule.code for rule in TOPICS[terbitan.TOPIC] if rule.severity is Severity.GALAT)
"""Codes of rules that an office can neither set nor silence: whom they bind must not switch them off."""
