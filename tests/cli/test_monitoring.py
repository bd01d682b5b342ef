"""`sopdocs monitor`: the form of one SOP, and the entry that its results are written into."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.cli.monitoring import make_form, start_entry
from sopdocs.errors import UsageError
from sopdocs.model import Place
from sopdocs.office import LibreOffice
from sopdocs.pdf import read_printed

from ..workspaces import edit, make_workspace

TODAY = date(2024, 7, 10)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


@pytest.fixture
def entered(root: Path) -> Path:
    """Where results of the SOP for incoming letters are entered."""
    return root / "content/monitoring/surat-masuk.yaml"


def start(root: Path, day: date = TODAY) -> None:
    assert start_entry(Place(root), "surat-masuk", day, TODAY) == 0


def fill(path: Path) -> str:
    text = path.read_text(encoding="utf-8").replace("penilai: null", "penilai: Ani Contoh  # Kasi")
    path.write_text(text.replace("berjalan: null", "berjalan: ya"), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def test_entries_are_added_below_what_stands_there(root: Path, entered: Path) -> None:
    start(root, date(2024, 7, 1))
    first = fill(entered)
    start(root)
    text = entered.read_text(encoding="utf-8")
    assert text.startswith(first)
    assert text[len(first) :].startswith("- tanggal: 2024-07-10\n")
    assert text.count("# Hasil pemantauan") == 1


def test_an_entry_after_a_last_line_without_end(root: Path, entered: Path) -> None:
    start(root, date(2024, 7, 1))
    entered.write_text(fill(entered).rstrip("\n") + "  # selesai", encoding="utf-8")
    start(root)
    assert "# selesai\n- tanggal: 2024-07-10" in entered.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("there", "message"),
    [
        (None, "belum selesai diisi"),
        ("filled", "sudah ada"),
        ("[]\n", "tidak dapat disambung"),
        ("tanggal: 2024-07-01\n", "tidak dapat disambung"),
        ("- tanggal: [\n", "tidak dapat disambung"),
        ("  - {tanggal: 2024-01-01, penilai: A, langkah: [{nomor: 1, berjalan: ya}]}\n", "tidak dapat disambung"),
        ("\xff", "UTF-8"),
    ],
    ids=["waiting", "same day", "flow", "record", "broken", "indented", "latin-1"],
)
def test_nothing_is_added_where_it_would_do_harm(there: str | None, message: str, root: Path, entered: Path) -> None:
    if there in (None, "filled"):
        start(root)
        if there:
            fill(entered)
    else:
        entered.parent.mkdir()
        entered.write_bytes((there or "").encode("latin-1"))
    before = entered.read_bytes()
    with pytest.raises(UsageError, match=message):
        start(root)
    assert entered.read_bytes() == before


def test_a_day_to_come_an_unknown_and_an_ended_sop(root: Path, entered: Path) -> None:
    with pytest.raises(UsageError, match="belum tiba"):
        start(root, date(2024, 7, 11))
    with pytest.raises(UsageError, match="surat-masukk"):
        start_entry(Place(root), "surat-masukk", TODAY, TODAY)
    edit(root, "surat-masuk", "pengesah:", "status: dicabut\npencabutan: 2024-03-01\npengesah:")
    with pytest.raises(UsageError, match="tidak berlaku lagi"):
        start(root)
    assert not entered.exists()


def test_the_command_starts_an_entry_of_any_day(root: Path, entered: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(root), "monitor", "surat-masuk", "--isi", "--tanggal", "2024-02-01"]) == 0
    assert "- tanggal: 2024-02-01" in entered.read_text(encoding="utf-8")
    assert "sopdocs check" in capsys.readouterr().out
    assert run(["-C", str(root), "monitor", "surat-masuk", "--isi", "--tanggal", "1 Feb"]) == 2


def test_the_form_names_every_step(libreoffice: LibreOffice, root: Path) -> None:
    folder = root / "formulir"
    assert make_form(Place(root), "surat-masuk", folder, TODAY) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["surat-masuk.docx", "surat-masuk.pdf"]
    (page,) = read_printed((folder / "surat-masuk.pdf").read_bytes(), "Surat Masuk").pages
    for text in ("SuratMasuk", "002/CONTOH/2024", "Menerimasuratmasuk", "Menyimpansuratmasuk", "Penilai"):
        assert text in "".join(page.text.split())
    assert "KONSEP" not in page.text
    first = (folder / "surat-masuk.pdf").read_bytes()
    make_form(Place(root), "surat-masuk", None, date(2031, 1, 1))
    assert (root / "build/pemantauan/surat-masuk.pdf").read_bytes() == first
    filled = root / "build/pemantauan/surat-masuk.docx"
    filled.write_bytes(b"filled in")
    with pytest.raises(UsageError, match="mungkin sudah diisi"):
        make_form(Place(root), "surat-masuk", None, TODAY)
    assert filled.read_bytes() == b"filled in"
