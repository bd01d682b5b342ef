"""Rules on the finished bundle: what is told of its parts, its table of contents and its seal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdocs.model import ListedPart, PrintedBundle, Severity
from sopdocs.rules import RULES, bundle_state, check_bundle, old_approval
from sopdocs.rules.printed_bundle import TOPIC

from .making import sop_of, step, workspace_of

WORKSPACE = workspace_of(sop_of(step(1, "Menerima surat")))
SLUG = next(iter(WORKSPACE.sop))
AROUND = {"bagian/sampul": 1, "bagian/keputusan": 2, "bagian/daftar-isi": 4, "bagian/penjelasan": 5}
BUNDLED = replace(WORKSPACE, bundel=replace(WORKSPACE.bundel, sop=(SLUG,)))
GOOD = PrintedBundle({**AROUND, f"sop/{SLUG}": 7}, (ListedPart(f"sop/{SLUG}", 7),))


def codes(bundle: PrintedBundle) -> list[str]:
    return [finding.code for finding in check_bundle(bundle, BUNDLED)]


def test_a_whole_bundle_has_no_finding() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize("listed", [(), (ListedPart(f"sop/{SLUG}", 8),), (ListedPart(f"sop/{SLUG}", None),)])
def test_a_line_without_its_page_is_an_error(listed: tuple[ListedPart, ...]) -> None:
    assert codes(replace(GOOD, listed=listed)) == ["SOP864"]
    assert RULES["SOP864"].severity is Severity.GALAT


@pytest.mark.parametrize("gone", [*AROUND, f"sop/{SLUG}"])
def test_a_missing_part_is_told_once(gone: str) -> None:
    assert codes(replace(GOOD, pages={key: page for key, page in GOOD.pages.items() if key != gone})) == ["SOP865"]


@pytest.mark.parametrize(
    ("stale", "sealed", "intact", "expected"),
    [
        (False, True, True, []),
        (True, True, True, ["SOP863"]),
        (False, False, False, ["SOP861"]),
        (False, True, False, ["SOP862"]),
    ],
)
def test_the_state_of_the_seal(stale: bool, sealed: bool, intact: bool, expected: list[str]) -> None:
    assert [f.code for f in bundle_state(WORKSPACE, stale=stale, sealed=sealed, intact=intact)] == expected


def test_an_old_approval_is_told_at_its_sop() -> None:
    finding = old_approval(WORKSPACE.sop[SLUG], "content/persetujuan")
    assert (finding.code, finding.span) == ("SOP866", WORKSPACE.sop[SLUG].at("nama"))
    assert f"content/persetujuan/{SLUG}.pdf" in finding.message


def test_every_code_of_the_topic_is_tried_here() -> None:
    assert {rule.code for rule in RULES.values() if 860 < int(rule.code[3:]) < 870} == {
        f"SOP86{n}" for n in range(1, 7)
    }, TOPIC
