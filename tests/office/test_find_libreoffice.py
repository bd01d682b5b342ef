"""Finding LibreOffice."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from sopdocs.errors import ExitCode, ToolMissingError, UsageError
from sopdocs.office import LibreOffice, find, find_libreoffice


def program(path: Path, prints: str, status: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{prints}'\nexit {status}\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as PATH, and none of the usual places."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(find, "PLACES", ())
    return folder


def test_the_installed_one_says_its_version(libreoffice: LibreOffice):
    assert libreoffice.executable.is_file()
    assert re.fullmatch(r"\d+\.\d+(\.\d+)*", libreoffice.version)


def test_missing_is_exit_code_3_with_the_command_to_install(bare: Path):
    with pytest.raises(ToolMissingError, match="tidak ditemukan") as caught:
        find_libreoffice()
    assert caught.value.exit_code == ExitCode.TOOL_MISSING
    assert "sudo apt install libreoffice-writer-nogui fonts-liberation" in caught.value.advice


def test_path_comes_before_the_usual_places(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    place = program(tmp_path / "opt" / "soffice", "LibreOffice 6.0.1.1 abc")
    monkeypatch.setattr(find, "PLACES", (tmp_path / "nowhere", place))
    assert find_libreoffice() == LibreOffice(place, "6.0.1.1")
    on_path = program(bare / "libreoffice", "LibreOffice 25.2.3.2 520(Build:2)")
    assert find_libreoffice() == LibreOffice(on_path, "25.2.3.2")


def test_the_preferred_one_is_taken(bare: Path, tmp_path: Path):
    program(bare / "soffice", "LibreOffice 7.4.7.2 40(Build:2)")
    mine = program(tmp_path / "mine", "LibreOfficeDev 26.2.0.0 dev")
    assert find_libreoffice(str(mine)) == LibreOffice(mine, "26.2.0.0")


def test_a_preferred_one_that_is_missing_is_not_replaced(bare: Path, tmp_path: Path):
    program(bare / "soffice", "LibreOffice 7.4.7.2 40(Build:2)")
    with pytest.raises(ToolMissingError, match="tak-ada") as caught:
        find_libreoffice(str(tmp_path / "tak-ada"))
    assert "SOPDOCS_SOFFICE" in caught.value.advice


@pytest.mark.parametrize(("prints", "status"), [("halo", 0), ("LibreOffice 7.4", 1)])
def test_another_program_of_that_name_is_refused(bare: Path, prints: str, status: int):
    program(bare / "soffice", prints, status)
    with pytest.raises(ToolMissingError, match="tidak menjawab sebagai LibreOffice"):
        find_libreoffice()


def test_a_file_the_system_cannot_run_is_refused(bare: Path):
    path = bare / "soffice"
    path.write_bytes(b"\x7fELF broken")
    path.chmod(0o755)
    with pytest.raises(ToolMissingError, match="tidak menjawab sebagai LibreOffice"):
        find_libreoffice()


def test_a_full_temporary_folder_is_told(bare: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    program(bare / "soffice", "LibreOffice 25.2.3.2 520(Build:2)")
    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(UsageError, match="sementara sistem tidak dapat ditulis"):
        find_libreoffice()
