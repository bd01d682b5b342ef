"""Lanes that are wrong, in a list and in groups: told with their place, and drawn as a draft at most."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.office import LibreOffice
from sopdocs.pdf import page_texts

from ..workspaces import edit, make_workspace

_LANES = "pelaksana: [umum, kepala]"
_FORTY = [f"p{number}" for number in range(38)]
_TWICE = "SOP032 Pelaksana “umum” ditulis dua kali (hapus salah satu)"
_UNKNOWN = "SOP031 Pelaksana “kepalla” tidak ada di pelaksana.yaml (maksud Anda “kepala”?)"


def _workspace(root: Path, lanes: str) -> Path:
    make_workspace(root)
    with (root / "content" / "pelaksana.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"{key}: {{nama: Lajur {key}}}\n" for key in _FORTY)
    edit(root, "surat-masuk", _LANES, f"pelaksana: {lanes}")
    return root


@pytest.mark.parametrize(
    ("lanes", "place", "message"),
    [
        ("[umum, kepala, umum]", "7:27", _TWICE),
        ("{Kecamatan: [umum], Kelurahan: [kepala, umum]}", "7:52", _TWICE),
        ("[umum, {Kelurahan: [kepala, umum]}]", "7:40", _TWICE),
        ("[umum, kepalla]", "7:19", _UNKNOWN),
        ("{Kecamatan: [umum], Kelurahan: [kepalla]}", "7:44", _UNKNOWN),
        ("[umum, {Kelurahan: [kepalla]}]", "7:32", _UNKNOWN),
    ],
)
def test_check_says_where_and_what_to_do(
    lanes: str, place: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(_workspace(tmp_path, lanes)), "check"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert f"content/sop/surat-masuk.md:{place}: galat {message}" in told


@pytest.mark.parametrize(
    "lanes",
    [
        f"[umum, kepala, {', '.join(_FORTY)}]",
        f"{{Kecamatan: [umum, kepala], Kelurahan: [{', '.join(_FORTY)}]}}",
    ],
    ids=["list", "groups"],
)
def test_forty_lanes_are_built_as_a_draft(
    lanes: str, tmp_path: Path, libreoffice: LibreOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _workspace(tmp_path, lanes)
    assert run(["-C", str(root), "check"]) == 1
    assert "surat-masuk.md:7:" in capsys.readouterr().out
    assert run(["-C", str(root), "build", "surat-masuk"]) == 1
    told = capsys.readouterr().err
    assert "content/sop/surat-masuk.md:7:12: galat SOP802 40 pelaksana terlalu banyak untuk satu halaman" in told
    assert "Traceback" not in told
    pages = page_texts((root / "build" / "sop" / "surat-masuk.pdf").read_bytes())
    assert all("KONSEP" in page for page in pages)


def test_groups_are_printed_and_another_name_makes_the_sheet_anew(
    tmp_path: Path, libreoffice: LibreOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _workspace(tmp_path, "{Kecamatan: [umum], Kelurahan: [kepala]}")
    for old, name in (("Kelurahan", "Kelurahan"), ("Kelurahan", "Kantor Lurah")):
        edit(root, "surat-masuk", f"{old}:", f"{name}:")
        assert run(["-C", str(root), "build", "surat-masuk"]) == 0
        assert "dibuat build/sop/surat-masuk.pdf" in capsys.readouterr().err
        (page, *_) = page_texts((root / "build" / "sop" / "surat-masuk.pdf").read_bytes())
        assert "Kecamatan" in page
        assert name in page
        with zipfile.ZipFile(root / "build" / "sop" / "surat-masuk.docx") as archive:
            assert f">{name}<" in archive.read("word/document.xml").decode()
