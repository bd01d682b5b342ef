"""The shapes of flow that real sheets have: drawn by the rules, and with no more crossings than when last looked at.

After a change of the routing look at the drawings (scripts/gallery.py) before crossings.txt is changed.
"""

from __future__ import annotations

from datetime import date

import pytest

from sopdocs.layout import FontData
from sopdocs.model import Severity
from sopdocs.rules import check_workspace
from tests.gallery.flows import NAMES, ROOT, drawn, reading, told, workspace
from tests.gallery.measures import crossings
from tests.layout.rules_of_geometry import violations
from tests.layout.rules_of_pages import page_violations

_LEAST_FLOWS = 25


def _expected_crossings() -> dict[str, int]:
    lines = (ROOT / "crossings.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {name: int(count) for name, count in pairs}


def test_gallery_can_be_read() -> None:
    found = (*reading().findings, *check_workspace(workspace(), date(2024, 6, 1)))
    assert [str(finding) for finding in found if finding.severity is not Severity.CATATAN] == []
    assert tuple(workspace().sop) == NAMES
    assert len(NAMES) >= _LEAST_FLOWS


def test_every_flow_has_its_count() -> None:
    assert tuple(_expected_crossings()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_flow_is_drawn_by_the_rules(name: str, fonts: FontData) -> None:
    sop = workspace().sop[name]
    geometry = drawn(name, fonts)
    assert geometry.findings == ()
    assert [*violations(sop, geometry), *page_violations(geometry, told(sop, fonts))] == []


@pytest.mark.parametrize("name", NAMES)
def test_arrows_cross_as_often_as_expected(name: str, fonts: FontData) -> None:
    assert crossings(drawn(name, fonts)) == _expected_crossings()[name]
