"""`sopdocs new`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.cli import run

from ..workspaces import make_workspace


def test_a_new_sop_is_written_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    assert run(["-C", str(root), "new", "Cuti Besar"]) == 0
    path = root / "content/sop/cuti-besar.md"
    out = capsys.readouterr().out
    assert out.startswith(f"Dibuat: {path}\n")
    assert "sopdocs check" in out
    assert "bundel.yaml" not in out
    assert run(["-C", str(root), "format", "--check", "cuti-besar"]) == 0
    assert run(["-C", str(root), "check"]) == 0
    assert "SOP107" in capsys.readouterr().out


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    path = root / "content/sop/surat-masuk.md"
    before = path.read_bytes()
    assert run(["-C", str(root), "new", "SURAT — masuk!"]) == 2
    assert "content/sop/surat-masuk.md sudah ada" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_bundle_that_lists_its_sops_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    bundle = root / "content/bundel.yaml"
    bundle.write_text("sop: [surat-masuk]\n")
    assert run(["-C", str(root), "new", "Cuti"]) == 0
    assert "tambahkan cuti pada sop:" in capsys.readouterr().out
    assert bundle.read_text() == "sop: [surat-masuk]\n"


def test_a_name_without_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    before = sorted(root.rglob("*"))
    assert run(["-C", str(root), "new", "…!?"]) == 2
    error = capsys.readouterr().err
    assert "tidak memuat huruf" in error
    assert "Saran:" in error
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("name", ["pejabat", "pelaksana"])
@pytest.mark.parametrize("text", [None, "", "# kosong\n", "{}\n", "a: ["])
def test_registers_without_entries(
    name: str, text: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    register = root / f"content/{name}.yaml"
    register.unlink() if text is None else register.write_text(text)
    assert run(["-C", str(root), "new", "Cuti"]) == 2
    error = capsys.readouterr().err
    assert f"Belum ada isi yang terbaca di content/{name}.yaml" in error
    assert "Saran: isi dahulu" in error
    assert not (root / "content/sop/cuti.md").exists()


def test_a_folder_that_cannot_hold_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    for path in (root / "content/sop").iterdir():
        path.unlink()
    (root / "content/sop").rmdir()
    (root / "content/sop").write_text("berkas")
    assert run(["-C", str(root), "new", "Cuti"]) == 2
    assert "cuti.md" in capsys.readouterr().err
