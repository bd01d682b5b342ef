"""The benchmarks' workspaces: equal for equal seeds, varied, and without findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.content import read_workspace
from sopdocs.layout import FontData, LayoutSettings, lay_out, paper
from sopdocs.layout.units import mm
from sopdocs.model import Bentuk, Severity, Sop, Workspace
from sopdocs.rules import check_workspace, settle

TODAY = date(2026, 1, 2)


def made(folder: Path, sops: int, **more: int) -> Path:
    from workspaces import make_workspace

    return make_workspace(folder, sops, **more)


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def read(root: Path) -> Workspace:
    reading = read_workspace(root)
    assert reading.workspace is not None
    return reading.workspace


def steps(sop: Sop) -> int:
    return sum(len(prosedur.langkah) for prosedur in sop.prosedur)


def test_equal_seeds_make_equal_files_and_others_do_not(tmp_path: Path) -> None:
    first = files(made(tmp_path / "a", 12, offices=3))
    assert files(made(tmp_path / "b", 12, offices=3)) == first
    assert files(made(tmp_path / "c", 12, offices=3, seed=2)) != first


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_found_in_them(tmp_path: Path, seed: int) -> None:
    reading = read_workspace(made(tmp_path, 150, seed=seed))
    assert reading.workspace is not None
    found = settle((*reading.findings, *check_workspace(reading.workspace, TODAY)), reading.workspace).findings
    assert [str(finding) for finding in found if finding.severity is not Severity.CATATAN] == []


def test_those_with_most_lanes_can_be_drawn(tmp_path: Path, fonts: FontData) -> None:
    workspace = read(made(tmp_path, 150))
    office = workspace.instansi
    crowded = [sop for sop in workspace.sop.values() if len(sop.pelaksana) > 6]
    assert len(crowded) > 5
    for sop in crowded[:8]:
        lanes = tuple(workspace.pelaksana[key].judul_lajur for key in sop.pelaksana)
        room = LayoutSettings(paper(office.kertas), office.istilah, lanes, fonts, before=mm(80), after=mm(35))
        assert lay_out(sop, room).findings == ()


def test_they_vary_as_sheets_do(tmp_path: Path) -> None:
    sops = read(made(tmp_path, 150)).sop.values()
    assert {len(sop.pelaksana) for sop in sops} == set(range(2, 9))
    assert min(map(steps, sops)) == 5
    assert 20 < max(map(steps, sops)) <= 30
    edges = [edge for sop in sops for prosedur in sop.prosedur for edge in prosedur.alur]
    assert any(edge.ke.langkah < edge.dari.langkah for edge in edges)
    shapes = {symbol.bentuk for sop in sops for p in sop.prosedur for row in p.langkah for symbol in row.simbol}
    assert Bentuk.KEPUTUSAN in shapes
    assert {len(sop.prosedur) for sop in sops} == {1, 2}


def test_an_edit_changes_one_cell(tmp_path: Path) -> None:
    from workspaces import edit, sheets

    root = made(tmp_path, 3)
    before = files(root)
    edit(sheets(root)[1], 47)
    after = files(root)
    (changed,) = [name for name in before if before[name] != after[name]]
    assert changed == sheets(root)[1].relative_to(root).as_posix()
    lines = zip(before[changed].splitlines(), after[changed].splitlines(), strict=True)
    assert [new.decode() for old, new in lines if old != new] == ["- Waktu: 47 menit"]


def test_offices_have_a_folder_with_letterhead_and_official_each(tmp_path: Path) -> None:
    found = sorted(path for path in files(made(tmp_path, 2, offices=2)) if path.startswith("instansi/"))
    assert len({path.split("/")[1] for path in found}) == 2
    assert [path.rpartition("/")[2] for path in found] == ["bundel.yaml", "instansi.yaml", "pejabat.yaml"] * 2


def test_the_rules_find_nothing_in_any_office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = made(tmp_path / "w", 6, offices=3)
    assert run(["-C", str(root), "check"]) == 0
    assert capsys.readouterr().out == "Tidak ada temuan.\n"


def test_more_sheets_than_there_are_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most"):
        made(tmp_path, 1_000_000)
