"""What a rule says of a text that could not be read only follows from that; it is said once, by the reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sopdocs.model import Finding
from sopdocs.rules.catalogue import TOPICS


@dataclass(frozen=True, slots=True)
class _Consequence:
    """These findings of rules follow from those of the reading."""

    causes: frozenset[str]
    effects: frozenset[str]
    whole_file: bool
    """Anywhere in the same file, not only on the same line."""


_CONSEQUENCES = (
    # Parts of the flow are missing from the model.
    _Consequence(
        frozenset("SOP031 SOP032 SOP045 SOP046 SOP050 SOP051 SOP052 SOP053 SOP056".split()),
        frozenset(rule.code for rule in TOPICS["Alur"]),
        whole_file=True,
    ),
    _Consequence(frozenset({"SOP048"}), frozenset({"SOP143"}), whole_file=False),
    _Consequence(frozenset({"SOP034"}), frozenset({"SOP130", "SOP133"}), whole_file=False),
    # A date or number of the decree that is written, though not so that it can be read.
    _Consequence(frozenset({"SOP014"}), frozenset({"SOP167"}), whole_file=False),
    # A line of the decree's list is missing from the model; who seals is written, but not known.
    _Consequence(frozenset({"SOP013", "SOP014"}), frozenset({"SOP164"}), whole_file=True),
    _Consequence(frozenset({"SOP030"}), frozenset({"SOP169"}), whole_file=False),
    _Consequence(frozenset({"SOP041"}), frozenset({"SOP146"}), whole_file=False),
)


def on_their_own(found: Iterable[Finding], earlier: Iterable[Finding]) -> Iterator[Finding]:
    """Return the findings of rules that do not merely follow from `earlier`, those of the reading."""
    told = {(c, _where(finding, c)) for finding in earlier for c in _CONSEQUENCES if finding.code in c.causes}
    for finding in found:
        if not any(finding.code in c.effects and (c, _where(finding, c)) in told for c in _CONSEQUENCES):
            yield finding


def _where(finding: Finding, consequence: _Consequence) -> tuple[str, int]:
    return finding.span.path, 0 if consequence.whole_file else finding.span.line
