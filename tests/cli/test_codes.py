"""Choosing findings by code."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs import content, layout, rules
from sopdocs.cli import run
from sopdocs.cli.codes import EVERYTHING, TITLES, selection
from sopdocs.errors import UsageError
from sopdocs.model import Finding, Span

from ..workspaces import edit, make_workspace

_ALL = ("SOP010", "SOP048", "SOP101", "SOP112", "SOP801")


def test_no_code_has_two_titles() -> None:
    assert len(TITLES) == len(content.CODES) + len(rules.CODES)
    assert layout.CODES.items() <= rules.CODES.items()


@pytest.mark.parametrize(
    ("select", "ignore", "shown"),
    [
        ([], [], _ALL),
        (["SOP1"], [], ("SOP101", "SOP112")),
        (["sop048, SOP8"], [], ("SOP048", "SOP801")),
        (["SOP048", "SOP8"], [], ("SOP048", "SOP801")),
        ([], ["SOP0", "SOP112"], ("SOP101", "SOP801")),
        (["SOP1"], ["SOP11"], ("SOP101",)),
        (["SOP101"], ["SOP1"], ()),
    ],
    ids=["all", "beginning", "comma", "twice", "ignore", "both", "ignore wins"],
)
def test_only_the_chosen_are_shown(select: list[str], ignore: list[str], shown: tuple[str, ...]) -> None:
    findings = [Finding(Span("a"), code, "Contoh") for code in _ALL]
    assert tuple(f.code for f in selection(select, ignore).shown(findings)) == shown


def test_an_empty_selection_shows_everything() -> None:
    assert selection([], []) == EVERYTHING


@pytest.mark.parametrize(
    ("value", "message", "advice"),
    [
        ("SOP049", "Kode “SOP049” pada --select tidak dikenal", "maksud Anda “SOP048”?"),
        ("sop9", "Kode “SOP9” pada --select tidak dikenal", "maksud Anda “SOP8"),
        ("SOP0480", "Kode “SOP0480” pada --select tidak dikenal", "maksud Anda “SOP048”?"),
        ("S0P048", "Kode “S0P048” pada --select tidak dikenal", "maksud Anda “SOP048”?"),
        ("waktu", "Kode “WAKTU” pada --select tidak dikenal", "daftar kode ada di docs/aturan.md"),
        ("SOP048,", "--select memuat kode yang kosong", "contoh: --select SOP048,SOP1"),
        ("", "--select memuat kode yang kosong", "contoh: --select SOP048,SOP1"),
    ],
)
def test_an_unknown_code_is_told_with_the_nearest(value: str, message: str, advice: str) -> None:
    with pytest.raises(UsageError) as caught:
        selection([value], [])
    assert caught.value.message == message
    assert caught.value.advice.startswith(advice), caught.value.advice


def test_an_unknown_code_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(make_workspace(tmp_path)), "check", "--ignore", "SOP999"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Galat: Kode “SOP999” pada --ignore tidak dikenal" in captured.err


def test_what_is_hidden_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "- Waktu: 5 menit", "- Waktu: sebentar")
    call = ["-C", str(root), "check"]
    assert run([*call, "--ignore", "SOP048"]) == 0
    told = "Tidak ada temuan yang ditampilkan; 3 temuan disembunyikan oleh --select atau --ignore\n"
    assert capsys.readouterr().out == told
    assert run([*call, "--select", "SOP048", "--ignore", "SOP1"]) == 1
    assert capsys.readouterr().out.endswith("3 galat, 0 peringatan, 0 catatan\n")
