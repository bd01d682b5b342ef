"""Whatever flow: no rule broken, no exception, the same drawing twice."""

from __future__ import annotations

import pytest
from hypothesis.strategies import SearchStrategy

from sopdocs.layout import FontData, lay_out
from tests.layout.rules_of_geometry import Violation, violations
from tests.layout.rules_of_pages import page_violations
from tests.layout.shards import asked, shares, try_all
from tests.layout.strategies import Case, cases

_USUAL = 500
_EXAMPLES = asked("SOPDOCS_LAYOUT_EXAMPLES", _USUAL)
_LARGE = 10
"""When more examples than usual are asked for, every so many shards try sheets of up to 15 lanes and 30 steps."""
_SHARES = shares(_EXAMPLES, max(_EXAMPLES // 100, 1))
_EXCUSES = {"no label": "SOP804", "height": "SOP805"}
"""The finding that must tell of a clearance that gave way; SOP801 for all others."""


@pytest.mark.parametrize("shard", range(len(_SHARES)))
def test_every_rule_holds_for_any_flow(fonts: FontData, shard: int) -> None:
    def check(case: Case) -> None:
        told = case.settings(fonts)
        geometry = lay_out(case.sop, told)
        codes = {finding.code for finding in geometry.findings}
        found = [*violations(case.sop, geometry), *page_violations(geometry, told)]
        assert [v for v in found if not _excused(v, codes)] == []
        assert lay_out(case.sop, told) == geometry

    try_all(check, _cases(shard), _SHARES[shard], shard)


def _cases(shard: int) -> SearchStrategy[Case]:
    if _EXAMPLES <= _USUAL:
        return cases(5, 6)
    return cases(15, 30) if shard % _LARGE == 0 else cases(8, 12)


def _excused(violation: Violation, codes: set[str]) -> bool:
    return violation.soft and _EXCUSES.get(violation.rule, "SOP801") in codes
