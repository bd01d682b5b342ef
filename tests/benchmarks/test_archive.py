"""Made-up archives are whole and honest, and what they cost is told in one table."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sopdocs.content import Memory, read_archive, read_workspace
from sopdocs.engine import read_manifest
from sopdocs.model import Place, Status
from sopdocs.rules import check_workspace, settle

TODAY = date(2026, 1, 2)


def test_nothing_is_found_in_an_archive_or_against_it(tmp_path: Path) -> None:
    from editions import add_editions
    from workspaces import make_workspace

    root, memory = make_workspace(tmp_path, 4), Memory()
    add_editions(root, 3)
    reading = read_workspace(root, memory=memory)
    archive = read_archive(Place(root), reading.workspace, memory)
    assert reading.workspace is not None
    assert archive.findings == ()
    assert [edisi.nomor for edisi in archive.arsip.edisi] == [0, 1, 2]
    found = check_workspace(reading.workspace, TODAY, archive.arsip)
    assert settle((*reading.findings, *found), reading.workspace).findings == ()
    first, second = (edisi.sop for edisi in archive.arsip.edisi[:2])
    assert sum(a.revisi_ke < b.revisi_ke for a, b in zip(first, second, strict=True)) == 3
    states = [sop.status for sop in reading.workspace.sop.values()]
    assert sorted(states) == [Status.BERLAKU] * 3 + [Status.DIREVISI]
    assert read_manifest(root / archive.arsip.edisi[0].folder).inputs


def test_the_table_has_a_row_for_each_command_and_the_ratio_to_the_shortest_archive() -> None:
    from archive import compared, markdown
    from measuring import NotRunError, Taken

    def never() -> Taken:
        raise NotRunError("no LibreOffice")

    tables = [
        compared("sopdocs check", 10, {0: lambda: Taken(1), 1: lambda: Taken(1.1), 10: lambda: Taken(1.5)}, 2),
        compared("sopdocs diff", 10, {1: lambda: Taken(2), 10: lambda: Taken(3)}, 1),
        compared("sopdocs build", 10, {0: lambda: Taken(1), 1: lambda: Taken(1), 10: never}, 1),
    ]
    assert markdown(tables).splitlines()[2:] == [
        "| sopdocs check, 10 sheets | 1.00 | 1.10 | 1.50 | 1.50 |",
        "| sopdocs diff, 10 sheets |  | 2.00 | 3.00 | 1.50 |",
        "| sopdocs build, 10 sheets | 1.00 | 1.00 | not measured |  |",
    ]


def test_what_other_scripts_measured_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import archive

    page, data = tmp_path / "page.md", tmp_path / "measured.json"
    page.write_text("<!-- measured -->\na\n<!-- /measured -->\n" + "\n".join(archive.MARKS) + "\n", encoding="utf-8")
    data.write_text('{"tables": {"full/10": {}}}', encoding="utf-8")
    monkeypatch.setattr(archive, "MEASURED", data)
    archive.write(page, [], "python benchmarks/archive.py")
    assert "<!-- measured -->\na\n<!-- /measured -->" in page.read_text(encoding="utf-8")
    assert json.loads(data.read_text(encoding="utf-8")).keys() == {"tables", "archive"}
