"""`sopdocs diff --docx`: the tracked sheet is written, and nothing else is lost."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.layout import FontData
from sopdocs.model import Place
from sopdocs.word.package import check_parts, read_package

from ..content.archives import add_edition
from ..content.offices import make_offices
from ..workspaces import edit, make_workspace

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(tmp_path: Path, fonts: FontData) -> Path:
    """One edition, and an SOP that has another name since."""
    root = make_workspace(tmp_path / "kantor")
    add_edition(Place(root), date(2022, 3, 1))
    edit(root, "surat-masuk", "nama: Surat Masuk", "nama: Penerimaan Surat")
    return root


@pytest.fixture
def diff(root: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run the command; return the exit code, what it printed, and its complaints."""

    def call(*names: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["-C", str(root), "diff", *map(str, names)])
        return code, *capsys.readouterr()

    return call


def document(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode()


def test_the_sheet_is_written_beside_what_is_said(diff: Call, tmp_path: Path) -> None:
    path = tmp_path / "telaah.docx"
    code, told, complaints = diff("surat-masuk", "--docx", path)
    assert code == 0
    assert "Nama SOP “Surat Masuk” menjadi “Penerimaan Surat”." in told
    assert str(path) in complaints.replace("\n", "")
    check_parts(read_package(path.read_bytes()))
    assert "<w:delText" in document(path)
    with zipfile.ZipFile(path) as archive:
        assert b"KONSEP" in archive.read("word/header1.xml")
    first = path.read_bytes()
    path.unlink()
    assert json.loads(diff("surat-masuk", "--docx", path, "--format", "json")[1])["sop"]
    assert path.read_bytes() == first


def test_nothing_is_written_over(diff: Call, tmp_path: Path) -> None:
    path = tmp_path / "telaah.docx"
    path.write_text("milik saya")
    code, told, complaints = diff("surat-masuk", "--docx", path)
    assert (code, told) == (2, "")
    assert "sudah ada, dan tidak ditimpa" in complaints
    assert path.read_text() == "milik saya"


@pytest.mark.parametrize(
    ("names", "name", "complaint"),
    [
        (("surat-masuk",), "telaah.pdf", "bukan nama berkas Word"),
        ((), "telaah.docx", "--docx membutuhkan satu SOP"),
        (("surat-baru@0", "surat-baru@kini"), "telaah.docx", "tidak ada di keadaan lama"),
    ],
)
def test_what_cannot_be_tracked_is_told(
    diff: Call, root: Path, tmp_path: Path, names: tuple[str, ...], name: str, complaint: str
) -> None:
    text = (root / "content/sop/surat-masuk.md").read_text(encoding="utf-8")
    (root / "content/sop/surat-baru.md").write_text(text.replace("002/", "003/"), encoding="utf-8")
    code, _, complaints = diff(*names, "--docx", tmp_path / name)
    assert code == 2
    assert complaint in complaints
    assert not (tmp_path / name).exists()


def test_without_a_difference_there_is_no_file(diff: Call, tmp_path: Path) -> None:
    path = tmp_path / "telaah.docx"
    code, told, complaints = diff("surat-keluar", "--docx", path)
    assert code == 0
    assert "Tidak ada perbedaan." in told
    assert "tidak dibuat" in complaints
    assert not path.exists()


def test_an_office_of_many_has_its_own(tmp_path: Path, fonts: FontData, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_offices(tmp_path / "semua")
    add_edition(Place(root, "kec-batu"), date(2022, 3, 1))
    (root / "instansi/kec-batu/pelaksana.yaml").write_text("kepala: {nama: Kepala Seksi Batu Besar}\n")
    slug = next((root / "content/sop").glob("*.md")).stem
    path = tmp_path / "telaah.docx"
    assert run(["-C", str(root), "diff", slug, "--docx", str(path), "--instansi", "kec-batu"]) == 0, capsys.readouterr()
    assert "Besar" in document(path)
