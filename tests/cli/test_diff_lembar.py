"""`sopdocs diff --lembar`: one page that says what changed, as a Word file or PDF."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from sopdocs.cli import run
from sopdocs.layout import FontData
from sopdocs.model import Place
from sopdocs.office import LibreOffice

from ..content.archives import add_edition
from ..workspaces import edit, make_workspace


@pytest.fixture
def root(tmp_path: Path, fonts: FontData) -> Path:
    """One edition, and an SOP that has another name since."""
    root = make_workspace(tmp_path / "kantor")
    add_edition(Place(root), date(2022, 3, 1))
    edit(root, "surat-masuk", "nama: Surat Masuk", "nama: Penerimaan Surat")
    return root


def diff(root: Path, *names: object) -> int:
    return run(["-C", str(root), "diff", *map(str, names)])


def test_a_pdf_of_one_page_says_what_is_compared_and_what_changed(
    root: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    path = tmp_path / "perubahan.pdf"
    assert diff(root, "surat-masuk", "--lembar", path) == 0
    (page,) = PdfReader(BytesIO(path.read_bytes())).pages
    text = " ".join(page.extract_text().split())
    assert "Isi sekarang dibandingkan dengan edisi 0 (1 Maret 2022)" in text
    assert "Nama SOP “Surat Masuk” menjadi “Penerimaan Surat”." in text
    assert "/Annots" not in page, "there are no sheets beside it that a link could lead to"


def test_a_word_file_of_the_whole_bundle(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "perubahan.docx"
    assert diff(root, "--lembar", path) == 0
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Isi sekarang dibandingkan dengan edisi 0 (1 Maret 2022)" in text
    assert "hyperlink" not in text


@pytest.mark.parametrize(("name", "said"), [("perubahan.txt", "bukan nama berkas Word atau PDF"), ("ada.pdf", "ada")])
def test_another_kind_of_file_and_one_that_is_there_are_refused(
    root: Path, tmp_path: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ada.pdf").write_bytes(b"milik orang")
    assert diff(root, "--lembar", tmp_path / name) == 2
    assert said in capsys.readouterr().err
    assert (tmp_path / "ada.pdf").read_bytes() == b"milik orang"


def test_without_a_difference_nothing_is_written(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "perubahan.docx"
    assert diff(root, "edisi-0", "edisi-0", "--lembar", path) == 0
    assert not path.exists()
