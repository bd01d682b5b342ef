"""`sopdocs diff`: every way to name a side, and what is said of it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sopdocs.cli import run
from sopdocs.model import Place

from ..content.archives import add_edition
from ..content.offices import make_offices
from ..workspaces import edit, make_workspace

STAMP = "### 3. Memberi cap\n- Pelaksana: umum\n- Waktu: 2 menit\n- Output: surat bercap\n\n### 4. Menyimpan"
STAMPED = "Langkah 3 baru: “Memberi cap” (Umum, 2 menit); sesudah “Ya” dari langkah 2."
FIRST = "edisi 0 (1 Maret 2022)"
RENAMED = "Nama SOP “Surat Keluar” menjadi “Pengiriman Surat”."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two editions; the second has a step more in one SOP, and today another SOP has another name."""
    root = make_workspace(tmp_path / "kantor")
    add_edition(Place(root), date(2022, 3, 1))
    edit(root, "surat-masuk", "### 3. Menyimpan", STAMP)
    add_edition(Place(root), date(2023, 3, 1))
    edit(root, "surat-keluar", "nama: Surat Keluar", "nama: Pengiriman Surat")
    return root


Call = Any


@pytest.fixture
def diff(root: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run the command; return the exit code, what it printed, and its complaints."""

    def call(*names: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["-C", str(root), "diff", *map(str, names)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def test_without_a_name_the_last_edition_and_today(diff: Call) -> None:
    assert diff() == (
        0,
        f"Dari edisi 1 (1 Maret 2023) ke isi sekarang:\n\nPengiriman Surat (surat-keluar)\n  - {RENAMED}\n",
        "",
    )


@pytest.mark.parametrize(
    ("names", "head"),
    [
        (("surat-masuk@0",), "Dari surat-masuk di edisi 0 (1 Maret 2022) ke surat-masuk di isi sekarang:"),
        (("surat-masuk@0", "kini"), "Dari surat-masuk di edisi 0 (1 Maret 2022) ke surat-masuk di isi sekarang:"),
        (
            ("surat-masuk@0", "1"),
            "Dari surat-masuk di edisi 0 (1 Maret 2022) ke surat-masuk di edisi 1 (1 Maret 2023):",
        ),
        (
            ("0", "surat-masuk@1"),
            "Dari surat-masuk di edisi 0 (1 Maret 2022) ke surat-masuk di edisi 1 (1 Maret 2023):",
        ),
        (("edisi-0", "edisi-1"), "Dari edisi 0 (1 Maret 2022) ke edisi 1 (1 Maret 2023):"),
        (("0", "1"), "Dari edisi 0 (1 Maret 2022) ke edisi 1 (1 Maret 2023):"),
    ],
)
def test_editions_and_sops_in_them(diff: Call, names: tuple[str, ...], head: str) -> None:
    code, told, _ = diff(*names)
    assert code == 0
    assert told.splitlines()[0] == head
    assert f"  - {STAMPED}" in told.splitlines()
    assert RENAMED not in told


def test_an_sop_alone_is_meant_as_last_issued(diff: Call) -> None:
    assert diff("surat-keluar")[1].endswith(f"\nPengiriman Surat\n  - {RENAMED}\n")
    assert diff("surat-masuk")[1].endswith("ke surat-masuk di isi sekarang:\nTidak ada perbedaan.\n")


def test_a_whole_edition_sums_up(diff: Call) -> None:
    told = diff("edisi-0")[1]
    assert RENAMED in told
    assert STAMPED in told
    assert told.endswith("\n2 SOP berubah.\n")


def test_files_are_read_with_the_registers_they_lie_beside(diff: Call, root: Path) -> None:
    old, new = (root / folder / "content/sop/surat-masuk.md" for folder in ("arsip/2022/edisi-0/isi", "."))
    (root / "content/pelaksana.yaml").write_text("umum: {nama: Bagian Umum}\nkepala: {nama: Kepala}\n")
    code, told, _ = diff(old, new)
    assert code == 0
    assert told.splitlines()[0] == f"Dari {old} ke {new}:"
    assert "  - Lajur “Umum” menjadi “Bagian Umum”." in told.splitlines()


def test_a_file_from_elsewhere_is_read_with_todays_registers(diff: Call, root: Path, tmp_path: Path) -> None:
    sent = tmp_path / "Surat Masuk (dari email).md"
    shutil.copy(root / "arsip/2022/edisi-0/isi/content/sop/surat-masuk.md", sent)
    code, told, _ = diff(sent, "surat-masuk")
    assert (code, STAMPED in told) == (0, True)
    # Its name is no slug: the SOP is found by its number.
    assert diff(sent)[1] == told
    assert sorted(path.name for path in (root / "content/sop").iterdir()) == ["surat-keluar.md", "surat-masuk.md"]


def test_a_pdf_of_the_archive_is_known_by_its_digest(diff: Call, root: Path, tmp_path: Path) -> None:
    bundle, sheet = tmp_path / "kiriman.pdf", tmp_path / "lembar.PDF"
    shutil.copy(root / "arsip/2022/edisi-0/bundel-ttd.pdf", bundle)
    shutil.copy(root / "arsip/2022/edisi-0/sop/surat-masuk.pdf", sheet)
    assert diff(bundle) == diff("edisi-0")
    assert diff(sheet) == diff("surat-masuk@0")


def test_a_bundle_that_carries_its_sources_needs_no_archive(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = copy.parent / "kiriman.pdf"
    assert run(["-C", str(copy), "build", "--sertakan-sumber"]) == 0
    shutil.copy(copy / "build/bundel.pdf", sent)
    edit(copy, "surat-keluar", "nama: Surat Keluar", "nama: Pengiriman Surat")
    capsys.readouterr()
    assert run(["-C", str(copy), "diff", str(sent)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"Dari {sent} ke isi sekarang:"
    assert told[2:] == ["Pengiriman Surat (surat-keluar)", f"  - {RENAMED}"]
    assert run(["-C", str(copy), "diff", str(copy / "build/sop/surat-masuk.pdf")]) == 2
    assert "tidak membawa sumbernya" in capsys.readouterr().err


def test_as_json(diff: Call) -> None:
    record = json.loads(diff("edisi-0", "edisi-1", "--format", "json")[1])
    assert record["format"] == "sopdocs-perbedaan/1"
    assert record["lama"] == {"nama": "edisi 0 (1 Maret 2022)", "edisi": 0, "tanggal": "2022-03-01"}
    (sop,) = record["sop"]
    assert (sop["slug"], sop["keadaan"]) == ("surat-masuk", "berubah")
    assert sop["kalimat"][0] == STAMPED
    (table,) = sop["prosedur"]
    pairs = [(pair["lama"], pair["baru"]) for pair in table["pasangan"]]
    assert pairs == [([1], [1]), ([2], [2]), ([], [3]), ([3], [4])]
    assert [step["jenis"] for step in table["langkah"]] == ["ditambah"]
    assert all(arrow["akibat"] for arrow in table["alur"])


def test_sops_that_came_and_went(diff: Call, root: Path) -> None:
    sop = root / "content/sop"
    text = (sop / "surat-keluar.md").read_text(encoding="utf-8")
    (sop / "nota-dinas.md").write_text(text.replace("Pengiriman Surat", "Nota Dinas").replace("001/", "009/"))
    front = "nama: Surat Masuk\nstatus: digantikan\npencabutan: 2024-01-02\npengganti: nota-dinas"
    edit(root, "surat-masuk", "nama: Surat Masuk", front)
    (sop / "surat-keluar.md").unlink()
    lines = diff()[1].splitlines()
    assert lines[2:4] == ["Nota Dinas (nota-dinas)", "  - SOP baru, 3 langkah."]
    assert lines[5:7] == ["Surat Keluar (surat-keluar)", "  - SOP ini tidak ada lagi dalam bundel."]
    assert lines[8:10] == ["Surat Masuk (surat-masuk)", "  - SOP ini digantikan oleh nota-dinas."]
    assert lines[-1] == "1 SOP baru, 2 SOP tidak ada lagi."
    assert diff("surat-masuk")[1].endswith("  - SOP ini digantikan oleh nota-dinas.\n")
    assert diff("nota-dinas")[1].endswith("  - SOP baru, 3 langkah.\n")
    assert diff("surat-keluar")[1].endswith("  - SOP ini tidak ada lagi dalam bundel.\n")


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (("edisi-7",), "Edisi 7 tidak ada di arsip\n  Saran: edisi yang dapat dipakai: 0, 1"),
        (("surat-masukk",), "maksud Anda “surat-masuk”?"),
        (("tiada@0",), "SOP “tiada” tidak ada di edisi 0 (1 Maret 2022) maupun di isi sekarang"),
        (("surat-masuk@",), "“surat-masuk@” bukan SOP, edisi, atau berkas"),
        (("@1",), "“@1” bukan SOP, edisi, atau berkas"),
        (("surat-masuk@satu",), "“surat-masuk@satu” bukan SOP, edisi, atau berkas"),
        (("tiada.md",), "tiada.md tidak dapat dibaca: tidak ada"),
        (("tiada.pdf",), "tiada.pdf tidak dapat dibaca: tidak ada"),
        (("0", "1", "2"), "Yang dapat dibandingkan dua, bukan 3"),
    ],
)
def test_what_there_is_not_is_told_with_advice(diff: Call, names: tuple[str, ...], complaint: str) -> None:
    code, told, complaints = diff(*names)
    assert (code, told) == (2, "")
    assert complaint in complaints
    assert "Saran: " in complaints


def test_a_file_that_cannot_be_read_is_told_at_its_place(diff: Call, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.md"
    broken.write_text("bukan SOP\n")
    code, told, complaints = diff("surat-masuk@0", broken)
    assert (code, told) == (1, "")
    assert f"{broken}:1:1: galat SOP020" in complaints
    assert f"{broken} belum dapat dibaca" in complaints


def test_a_file_of_no_known_sop_is_asked_for_its_partner(diff: Call, root: Path, tmp_path: Path) -> None:
    text = (root / "content/sop/surat-masuk.md").read_text(encoding="utf-8")
    strange = tmp_path / "lain.md"
    strange.write_text(text.replace("Surat Masuk", "Lain Sama Sekali").replace("002/", "999/"))
    code, _, complaints = diff(strange)
    assert code == 2
    assert "sebut SOP yang dimaksud" in complaints


def test_without_an_archive_files_can_still_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path / "kantor")
    for names in ((), ("surat-masuk",)):
        assert run(["-C", str(root), "diff", *names]) == 2
        assert "Belum ada edisi di arsip" in capsys.readouterr().err
    assert run(["-C", str(root), "diff", "surat-keluar", "surat-masuk"]) == 0
    assert "Nama SOP “Surat Keluar” menjadi “Surat Masuk”." in capsys.readouterr().out


def test_a_damaged_edition_is_not_compared(diff: Call, root: Path) -> None:
    (root / "arsip/2022/edisi-0/isi/content/sop/surat-masuk.md").write_text("lain", encoding="utf-8")
    code, _, complaints = diff("edisi-0")
    assert code == 2
    assert "arsip/2022/edisi-0" in complaints
    assert "Edisi 0 tidak ada di arsip atau tidak utuh" in complaints


def test_texts_cannot_command_the_terminal(diff: Call, root: Path) -> None:
    edit(root, "surat-masuk", "nama: Surat Masuk", 'nama: "Surat\\e[2JMasuk"')
    assert "\x1b" not in "".join(map(str, diff("surat-masuk")[1:]))


def test_each_office_has_its_own_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_offices(tmp_path)
    add_edition(Place(root, "kec-batu"), date(2022, 3, 1))
    (root / "instansi/kec-batu/pelaksana.yaml").write_text("kepala: {nama: Kepala Seksi Batu Besar}\n")
    assert run(["-C", str(root), "diff", "--instansi", "kec-batu"]) == 0
    told = capsys.readouterr().out
    assert told.count("  - Lajur “Kepala Seksi Batu” menjadi “Kepala Seksi Batu Besar”.") == 2
    assert run(["-C", str(root), "diff", "--instansi", "kec-angin"]) == 2
