"""`sopdocs format`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sopdocs.cli import formatting, run
from sopdocs.content.source import Source

from ..workspaces import edit, make_workspace

MASUK, KELUAR = "content/sop/surat-masuk.md", "content/sop/surat-keluar.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two files, of which surat-masuk is not in canonical form."""
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "1. Komputer", "1)   Komputer  ")
    return root


def test_files_are_written_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.utime(root / KELUAR, (1, 1))
    assert run(["-C", str(root), "format"]) == 0
    assert capsys.readouterr().out == (
        f"dirapikan: {MASUK}\n1 berkas dirapikan, 1 sudah rapi, 0 dibiarkan karena galat.\n"
    )
    assert "\n1. Komputer\n" in (root / MASUK).read_text(encoding="utf-8")
    os.utime(root / MASUK, (1, 1))
    assert run(["-C", str(root), "format"]) == 0
    assert [(root / path).stat().st_mtime for path in (MASUK, KELUAR)] == [1, 1]


def test_check_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / MASUK).read_bytes()
    assert run(["-C", str(root), "format", "--check"]) == 1
    assert f"perlu dirapikan: {MASUK}\n" in capsys.readouterr().out
    assert (root / MASUK).read_bytes() == before
    assert run(["-C", str(root), "format", "--check", "surat-keluar"]) == 0


def test_line_ends_and_byte_order_mark(root: Path) -> None:
    clean = (root / KELUAR).read_bytes()
    (root / KELUAR).write_bytes(b"\xef\xbb\xbf" + clean.replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert run(["-C", str(root), "format", "surat-keluar"]) == 0
    assert (root / KELUAR).read_bytes() == clean


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Disimpan.", "Disimpan.\n\n<!-- tanyakan lagi -->", "SOP025"),
        ("- Waktu: 5 menit", "- Waktu: sebentar", "SOP048"),
        ("pengesah: camat", "pengesah: lurah", "SOP030"),
    ],
)
def test_a_file_with_errors_is_left_and_the_others_are_done(
    old: str, new: str, code: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(root, "surat-keluar", old, new)
    before = (root / KELUAR).read_bytes()
    assert run(["-C", str(root), "format"]) == 1
    done = capsys.readouterr()
    assert f"dibiarkan: {KELUAR}" in done.err
    assert f"galat {code}" in done.err
    assert f"dirapikan: {MASUK}" in done.out
    assert "1 dibiarkan" in done.out
    assert (root / KELUAR).read_bytes() == before


def test_a_file_that_is_no_text_is_left(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / KELUAR).write_bytes(b"\xff")
    assert run(["-C", str(root), "format"]) == 1
    assert "SOP003" in capsys.readouterr().err
    assert (root / KELUAR).read_bytes() == b"\xff"


def test_files_by_slug_and_by_path(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("surat-masuk", MASUK, str(root / MASUK)):
        assert run(["-C", str(root), "format", "--check", name]) == 1
    monkeypatch.chdir(root / "content")
    assert run(["-C", "..", "format", "--check", "sop/surat-masuk.md", "surat-keluar"]) == 1
    assert run(["-C", "..", "format", "--check", "sop/surat-keluar.md"]) == 0


@pytest.mark.parametrize("name", ["surat-msuk", "content/instansi.yaml", "../x.md", "sop/", ""])
def test_a_name_that_is_not_there(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(root), "format", name]) == 2
    error = capsys.readouterr().err
    assert f"SOP “{name}” tidak ada di content/sop/" in error
    assert "Saran:" in error


def test_a_link_stays_a_link(root: Path) -> None:
    (root / "surat.md").write_bytes((root / MASUK).read_bytes())
    (root / MASUK).unlink()
    (root / MASUK).symlink_to(root / "surat.md")
    assert run(["-C", str(root), "format", "surat-masuk"]) == 0
    assert (root / MASUK).is_symlink()
    assert "\n1. Komputer\n" in (root / "surat.md").read_text(encoding="utf-8")


def test_without_an_office_nothing_can_be_proved(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "content/instansi.yaml").unlink()
    assert run(["-C", str(root), "format"]) == 1
    done = capsys.readouterr()
    assert "galat SOP001 Berkas content/instansi.yaml tidak ada" in done.err + done.out
    assert "belum dapat dipakai" in done.err
    assert (root / MASUK).read_text(encoding="utf-8").count("1)   Komputer") == 1


def test_without_sops(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (MASUK, KELUAR):
        (root / path).unlink()
    assert run(["-C", str(root), "format"]) == 2
    assert "sopdocs new" in capsys.readouterr().err


def test_a_form_that_says_something_else_is_never_written(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(source: Source) -> str:
        return source.text.replace("Menerima", "Menolak")

    before = (root / MASUK).read_bytes()
    monkeypatch.setattr(formatting, "canonical", wrong)
    assert run(["-C", str(root), "format"]) == 70
    assert "terbaca lain" in capsys.readouterr().err
    assert (root / MASUK).read_bytes() == before


def test_a_file_that_vanishes_meanwhile(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formatting, "read_source", lambda *_: None)
    assert run(["-C", str(root), "format"]) == 2
    assert "berubah selagi dibaca" in capsys.readouterr().err
