"""Check, doctor, help, and what happens when sopdocs itself is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sopdocs.cli import app, checking, run
from sopdocs.cli.language import LOCALE
from sopdocs.cli.overview import SECTIONS
from sopdocs.office import LibreOffice

from ..workspaces import edit, make_workspace

COMMANDS = sorted(app.main.commands)


def test_a_clean_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(make_workspace(tmp_path)), "check"]) == 0
    assert capsys.readouterr().out == "Tidak ada temuan.\n"


def test_findings_as_text_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "- Waktu: 5 menit", "- Waktu: sebentar")
    assert run(["-C", str(root), "check"]) == 1
    text = capsys.readouterr().out
    assert "content/sop/surat-masuk.md:33:10: galat SOP048 Waktu “sebentar” tidak terbaca (contoh: 15 menit" in text
    assert text.endswith("3 galat, 0 peringatan, 0 catatan\n")
    assert run(["-C", str(root), "check", "--format", "json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["format"] == "sopdocs-check/1"
    assert record["summary"] == {"galat": 3, "peringatan": 0, "catatan": 0}
    assert record["findings"][0]["line"] == 33


def test_text_shows_the_line_with_a_caret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "## Prosedur", "## Prosedurr")
    assert run(["-C", str(root), "check", "--select", "SOP021"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("content/sop/surat-masuk.md:28:4: galat SOP021 ")
    assert lines[1:3] == ["   28 | ## Prosedurr", "      |    ^"]


def test_a_file_name_cannot_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    (root / "content" / "sop" / "a\x1b[2J\nb.md").write_text("x", encoding="utf-8")
    assert run(["-C", str(root), "check"]) == 1
    text = capsys.readouterr().out
    assert "\x1b" not in text
    assert "content/sop/a\ufffd[2J\ufffdb.md:1:1: galat SOP006" in text


def test_a_folder_without_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "check"]) == 1
    assert "Folder content/ tidak ada" in capsys.readouterr().out
    assert run(["-C", str(tmp_path), "build"]) == 1
    assert not (tmp_path / "build").exists()


def test_doctor(libreoffice: LibreOffice, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    text = capsys.readouterr().out
    for word in ("LibreOffice", libreoffice.version, "LiberationSans-Regular.ttf", "konversi", "Semua alat siap."):
        assert word in text


def test_doctor_goes_on_after_a_failure(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPDOCS_SOFFICE", "/tidak/ada")
    assert run(["doctor"]) == 3
    text = capsys.readouterr().out
    assert "GAGAL" in text
    assert "kunci" in text


def test_the_overview_lists_every_command_once() -> None:
    assert sorted(name for names in SECTIONS.values() for name in names) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_indonesian(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Cara pakai: sopdocs")
    assert "Contoh:" in text
    for english in ("Usage", "Options", "Show this", "ARGS"):
        assert english not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sgn"], "Perintah 'sgn' tidak ada. Maksud Anda 'sign'?"),
        (["verify"], "Belum disebut: isian 'FILE|FOLDER'"),
        (["check", "--format", "x"], "'x' bukan salah satu dari"),
        (["check", "--frmat", "text"], "Pilihan '--frmat' tidak ada."),
        (["-C", "/tidak/ada/sama-sekali", "doctor", "lebih"], "Terlalu banyak isian"),
    ],
)
def test_wrong_calls_are_explained_in_indonesian(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert words in capsys.readouterr().err


def test_the_catalogue_is_compiled(tmp_path: Path) -> None:
    folder = LOCALE / "id" / "LC_MESSAGES"
    target = tmp_path / "messages.mo"
    call = ["-m", "babel.messages.frontend", "compile", "-i", str(folder / "messages.po"), "-o", str(target)]
    subprocess.run([sys.executable, *call], check=True, capture_output=True)
    assert target.read_bytes() == (folder / "messages.mo").read_bytes(), "run: make catalogue"


def test_a_bug_shows_no_traceback(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path, *_: object) -> int:
        raise ZeroDivisionError("pembagian")

    monkeypatch.setattr(checking, "check", broken)
    assert run(["check"]) == 70
    error = capsys.readouterr().err
    assert "ZeroDivisionError" in error
    assert "Traceback" not in error


def test_interrupted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(folder: Path, *_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "check", stopped)
    assert run(["check"]) == 130
    assert "Dihentikan" in capsys.readouterr().err


def test_runs_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sopdocs", "-C", str(make_workspace(tmp_path)), "check"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "Tidak ada temuan.\n")


def test_what_only_follows_from_an_unreadable_flow_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "- Pelaksana: kepala (keputusan)", "- Pelaksana: kepalaa (keputusan)")
    assert run(["-C", str(root), "check"]) == 1
    text = capsys.readouterr().out
    assert "SOP031" in text
    assert "SOP12" not in text
