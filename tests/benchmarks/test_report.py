"""What was measured, as a page."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_figures_go_between_the_marks_and_nothing_else_changes(tmp_path: Path) -> None:
    from report import put_between

    path = tmp_path / "page.md"
    path.write_text("a\n<!-- measured -->\nold\n<!-- /measured -->\nb\n", encoding="utf-8")
    put_between(path, "new", "")
    assert path.read_text(encoding="utf-8") == "a\n<!-- measured -->\nnew\n<!-- /measured -->\nb\n"
    path.write_text("no marks\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"page\.md lacks"):
        put_between(path, "new", "")


def test_a_ratio_that_misses_its_aim_and_a_way_that_did_not_run_are_told() -> None:
    from measuring import Taken, Way
    from report import Ratio, Table

    ours, theirs = Way("ours", lambda: Taken(1)), Way("theirs", lambda: Taken(1))
    ours.taken, theirs.taken = [Taken(3.0, 200.0)], [Taken(2.0)]
    absent = Way("absent", lambda: Taken(1), why_not="no apt")
    text = Table("t", "Title", [ours, theirs, absent], [Ratio(ours, theirs, 1.2), Ratio(ours, absent)], 10).markdown()
    assert "| ours | 3 | 0.300 | 200 |" in text
    assert "| ours ÷ theirs | 1.50 | ≤ 1.2, missed by 25% |" in text
    assert "| absent | not measured: no apt | | |" in text
    assert "| ours ÷ absent | not measured |" in text
