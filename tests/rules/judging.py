"""Let one rule judge an SOP or a workspace."""

from __future__ import annotations

from datetime import date

from sopdocs.model import Bundel, Finding, Instansi, Nilai, Sop, Workspace
from sopdocs.rules import RULES
from sopdocs.rules.rule import Context, Hit, Rule

TODAY = date(2024, 6, 1)


def alone(*sops: Sop, office: Instansi | None = None) -> Workspace:
    """A workspace of these SOPs and nothing else."""
    slugs = {sop.slug: sop for sop in sops}
    return Workspace(
        office or Instansi("Kantor Contoh", ("KANTOR CONTOH",)), {}, {}, (), Bundel("SOP", sop=tuple(slugs)), slugs
    )


def hits(rule: Rule, where: Sop | Workspace, today: date = TODAY, **values: Nilai) -> list[Hit]:
    """What the rule finds, with these values in the place of its usual ones."""
    assert rule.judge is not None
    assert values.keys() <= rule.values.keys()
    workspace = alone(where) if isinstance(where, Sop) else where
    return list(rule.judge(Context(workspace, today), {**rule.values, **values}))


def lines(rule: Rule, where: Sop | Workspace, **values: Nilai) -> list[int]:
    """The lines at which it finds something."""
    return [hit.span.line for hit in hits(rule, where, **values)]


def findings(where: Sop | Workspace, *codes: str, today: date = TODAY) -> list[Finding]:
    """What the rules with these codes find, as findings."""
    return [
        Finding(hit.span, code, hit.message, hit.hint, RULES[code].severity)
        for code in codes
        for hit in hits(RULES[code], where, today)
    ]
