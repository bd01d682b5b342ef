"""`sopdocs diff --gambar`: both flows side by side are written, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from sopdocs.cli import run
from sopdocs.layout import FontData
from sopdocs.model import Place

from ..content.archives import add_edition
from ..content.offices import make_offices
from ..figure.drawn import of, tables
from ..workspaces import edit, make_workspace

Call = Callable[..., tuple[int, str, str]]
STAMP = "### 3. Memberi cap\n- Pelaksana: umum\n- Waktu: 2 menit\n- Output: surat bercap\n\n### 4. Menyimpan"


@pytest.fixture
def root(tmp_path: Path, fonts: FontData) -> Path:
    """One edition, and an SOP that has a step more since."""
    root = make_workspace(tmp_path / "kantor")
    add_edition(Place(root), date(2022, 3, 1))
    edit(root, "surat-masuk", "### 3. Menyimpan", STAMP)
    return root


@pytest.fixture
def diff(root: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run the command; return the exit code, what it printed, and its complaints."""

    def call(*names: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["-C", str(root), "diff", *map(str, names)])
        return code, *capsys.readouterr()

    return call


def test_as_svg_and_as_pdf_beside_what_is_said(diff: Call, tmp_path: Path) -> None:
    svg, pdf = tmp_path / "alur.svg", tmp_path / "alur.PDF"
    code, told, complaints = diff("surat-masuk", "--gambar", svg)
    assert code == 0
    assert "Langkah 3 baru" in told
    assert f"Alur lama dan baru berdampingan: {svg}" in complaints.replace("\n", "")
    text = svg.read_text(encoding="utf-8")
    assert "LAMA: Edisi 0, 1 Maret 2022" in text
    assert "BARU: Isi sekarang" in text
    (things,) = tables(text)
    assert [each.nama for each in of(things, "langkah", "baru") if each.tanda == "ditambah"] == ["3"]
    assert diff("surat-masuk", "--gambar", pdf)[:2] == (0, told)
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) == 1
    first = pdf.read_bytes()
    pdf.unlink()
    diff("surat-masuk", "--gambar", pdf, "--format", "json")
    assert pdf.read_bytes() == first


@pytest.mark.parametrize("option", ["--gambar", "--docx"])
def test_nothing_is_written_over(diff: Call, tmp_path: Path, option: str) -> None:
    path = tmp_path / ("alur.svg" if option == "--gambar" else "alur.docx")
    path.write_text("milik saya")
    code, told, complaints = diff("surat-masuk", option, path)
    assert (code, told) == (2, "")
    assert "sudah ada, dan tidak ditimpa" in complaints
    assert path.read_text() == "milik saya"


@pytest.mark.parametrize(
    ("names", "name", "complaint"),
    [
        (("surat-masuk",), "alur.png", "bukan nama berkas PDF atau SVG"),
        ((), "alur.svg", "--gambar membutuhkan satu SOP"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    diff: Call, tmp_path: Path, names: tuple[str, ...], name: str, complaint: str
) -> None:
    code, _, complaints = diff(*names, "--gambar", tmp_path / name)
    assert code == 2
    assert complaint in complaints
    assert not (tmp_path / name).exists()


def test_a_new_sop_is_drawn_as_new(diff: Call, root: Path, tmp_path: Path) -> None:
    text = (root / "content/sop/surat-masuk.md").read_text(encoding="utf-8")
    (root / "content/sop/surat-baru.md").write_text(text.replace("002/", "003/"), encoding="utf-8")
    assert diff("surat-baru@0", "surat-baru@kini", "--gambar", tmp_path / "alur.svg")[0] == 0
    (things,) = tables((tmp_path / "alur.svg").read_text(encoding="utf-8"))
    assert {each.tanda for each in of(things, "langkah")} == {"ditambah"}


def test_without_a_difference_there_is_no_file(diff: Call, tmp_path: Path) -> None:
    path = tmp_path / "alur.svg"
    code, told, complaints = diff("surat-keluar", "--gambar", path)
    assert code == 0
    assert "Tidak ada perbedaan." in told
    assert "tidak dibuat" in complaints
    assert not path.exists()


def test_an_office_of_many_has_its_own(tmp_path: Path, fonts: FontData, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_offices(tmp_path / "semua")
    add_edition(Place(root, "kec-batu"), date(2022, 3, 1))
    (root / "instansi/kec-batu/pelaksana.yaml").write_text("kepala: {nama: Kepala Seksi Batu Besar}\n")
    slug = next((root / "content/sop").glob("*.md")).stem
    path = tmp_path / "alur.svg"
    code = run(["-C", str(root), "diff", slug, "--gambar", str(path), "--instansi", "kec-batu"])
    assert code == 0, capsys.readouterr()
    (things,) = tables(path.read_text(encoding="utf-8"))
    assert {(each.sisi, each.nama, each.tanda) for each in of(things, "lajur")} == {
        ("lama", "kepala", "diubah"),
        ("baru", "kepala", "diubah"),
    }
