"""Every rule's case file: the bad form gives exactly its finding at its place, the good form gives none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.cli import checking
from sopdocs.model import Place
from sopdocs.rules import RULES
from sopdocs.rules.examples import FOLDER, read_example

TODAY = date(2024, 6, 1)
ELSEWHERE = {f"SOP80{n}" for n in (1, 2, 4, 5, 6, 7, 8)} | {code for code in RULES if code >= "SOP850"}
ELSEWHERE |= {code for code in RULES if read_example(code).issued is not None}
"""Take a sheet too large for a case file (tests/layout/test_findings.py, tests/cli/test_bad_flows.py), or a finished
PDF (tests/rules/test_printed.py): their examples are only shown. Rules on the archive: test_terbitan.py."""


def found(root: Path) -> list[str]:
    checked = checking.with_pages(checking.load(Place(root), TODAY))
    return [f"{f.code} @ {f.span}" for f in checked.findings]


def test_the_workspace_behind_the_examples_has_no_finding(tmp_path: Path) -> None:
    example = read_example("SOP101")
    example.write(tmp_path, example.old)
    assert found(tmp_path) == []


@pytest.mark.parametrize("code", sorted(RULES.keys() - ELSEWHERE))
def test_the_bad_form_gives_this_finding_alone(code: str, tmp_path: Path) -> None:
    example = read_example(code)
    example.write(tmp_path, example.bad)
    expected = [p if p.count(":") == 2 else f"{example.path}:{p}" for p in example.findings]
    assert found(tmp_path) == [f"{code} @ {place}" for place in expected] != []


@pytest.mark.parametrize("code", sorted(RULES.keys() - ELSEWHERE))
def test_the_good_form_gives_none(code: str, tmp_path: Path) -> None:
    example = read_example(code)
    example.write(tmp_path, example.good)
    assert found(tmp_path) == []


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(RULES)
