"""Flows that cannot be right, and texts that no page holds: told with their place, never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.cli import run

from ..workspaces import edit, make_workspace

_WAYS = "- Alur: Ya → 3; Tidak → 1"
_LAST = "- Output: surat masuk tersimpan"
_FIRST = "- Output: surat masuk diterima"
_STEP = "\n\n### {n}. Menunggu\n- Pelaksana: umum\n- Syarat: a\n- Waktu: 5 menit\n- Output: b\n- Alur: {to}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (_WAYS, "- Alur: Ya → 9; Tidak → 1", "41:14: galat SOP051 Langkah 9 tidak ada"),
        (_WAYS, "- Alur: Ya → 3.kepala; Tidak → 1", "41:14: galat SOP052 Langkah 3 tidak punya lambang"),
        (_WAYS, "- Alur: Ya → 3; Tidak → 2", "41:25: galat SOP053 Langkah 2 mengalir kembali"),
        (_LAST, f"{_LAST}\n- Alur: selesai{_STEP.format(n=4, to='selesai')}", "51:14: galat SOP122"),
        (_LAST, f"{_LAST}\n- Alur: 1", ": galat SOP124"),
        (_FIRST, f"{_FIRST}\n- Alur: 3", "38:14: galat SOP122"),
    ],
    ids=["no step", "no symbol", "itself", "unreachable", "no end", "skipped"],
)
def test_check_names_the_place(
    old: str, new: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_workspace(tmp_path)
    edit(tmp_path, "surat-masuk", old, new)
    assert run(["-C", str(tmp_path), "check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("content/sop/surat-masuk.md:") and told in line for line in lines), lines


def test_a_loop_without_exit_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_workspace(tmp_path)
    edit(tmp_path, "surat-masuk", _WAYS, "- Alur: Ya → 3; Tidak → 4")
    loop = _STEP.format(n=4, to=5) + _STEP.format(n=5, to=4)
    edit(tmp_path, "surat-masuk", _LAST, f"{_LAST}\n- Alur: selesai{loop}")
    assert run(["-C", str(tmp_path), "check"]) == 1
    told = capsys.readouterr().out.splitlines()
    message = "Lambang langkah 4 pada lajur “umum” memulai putaran tanpa jalan keluar: langkah 4–5"
    assert [line.partition(" (")[0] for line in told if ": galat " in line] == [
        f"content/sop/surat-masuk.md:51:14: galat SOP154 {message}"
    ]


def test_a_cell_of_2000_words_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_workspace(tmp_path)
    edit(tmp_path, "surat-masuk", _LAST, "- Output: " + " ".join(f"kata{n}" for n in range(2000)))
    assert run(["-C", str(tmp_path), "layout", "surat-masuk", "--format", "json"]) == 0
    told = capsys.readouterr().err
    assert "content/sop/surat-masuk.md:43:8: peringatan SOP807 Langkah 3 lebih tinggi daripada satu halaman" in told
    # Only here and in a build, not in a check: so the line is shown here.
    assert "\n   43 | ### 3. Menyimpan surat masuk\n      |        ^\n" in told
