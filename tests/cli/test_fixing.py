"""`check --fix`: what is mended, said and written, and what is left alone."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sopdocs.cli import fixing, run
from sopdocs.cli.checking import View, load, with_pages
from sopdocs.cli.codes import Selection
from sopdocs.errors import UsageError
from sopdocs.model import Place
from sopdocs.rules import RULES
from sopdocs.rules.examples import read_example

from ..rules.test_examples import ELSEWHERE
from ..workspaces import edit, make_workspace

TODAY = date(2024, 6, 1)
MASUK = "content/sop/surat-masuk.md"


def _state(root: Path) -> dict[str, tuple[bytes, int]]:
    files = sorted((root / "content").rglob("*"))
    return {p.as_posix(): (p.read_bytes(), p.stat().st_mtime_ns) for p in files if p.is_file()}


def test_what_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "pembuatan: 2024-01-02", "Pembuatan: 2024-01-02")
    edit(root, "surat-masuk", "pengesahan: 2024-01-03", "pengesahan: 3 Januari 2024")
    edit(root, "surat-masuk", "### 1. Menerima surat masuk", "### 1. penerimaan surat masuk.")
    edit(root, "surat-masuk", "- Output: surat masuk diperiksa", "- Output: surat masuk dan dan diperiksa")
    edit(root, "surat-masuk", "- SOP lain", "- SOP Surat Keluar")
    edit(root, "surat-masuk", "- Waktu: 5 menit\n- Output: surat masuk tersimpan", "- Waktu: sebentar\n- Output: arsip")
    assert run(["-C", str(root), "check", "--fix"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[:7] == [
        f"diperbaiki {MASUK}:4:1 SOP012 “Pembuatan” menjadi “pembuatan”",
        f"diperbaiki {MASUK}:5:13 SOP014 “3 Januari 2024” menjadi “2024-01-03”",
        f"diperbaiki {MASUK}:17:7 SOP139 “Surat Keluar” menjadi “[[surat-keluar]]”",
        f"diperbaiki {MASUK}:30:8 SOP140 “penerimaan” menjadi “menerima”",
        f"diperbaiki {MASUK}:30:8 SOP152 “menerima” menjadi “Menerima”",
        f"diperbaiki {MASUK}:30:25 SOP152 “masuk.” menjadi “masuk”",
        f"diperbaiki {MASUK}:40:23 SOP151 “dan dan” menjadi “dan”",
    ]
    assert said[7].startswith(f"{MASUK}:46:10: galat SOP048")
    assert said[-1].startswith("1 galat, ")


def test_everything_else_stays_byte_for_byte(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    path = root / MASUK
    text = path.read_text(encoding="utf-8").replace(
        "### 3. Menyimpan surat masuk", "### 3. Penyimpanan surat 😀 masuk."
    )
    text = text.replace("Disimpan.", "Disimpan 😀 di di lemari.\x20\x20")
    lines = text.split("\n")
    before = "\ufeff" + "\r\n".join(lines[:20]) + "\r" + "\r\n".join(lines[20:-1])  # no line end at the end
    path.write_bytes(before.encode())
    other = _state(root)[(root / "content/sop/surat-keluar.md").as_posix()]
    fixing.check_mended(root, View(), TODAY)
    after = before.replace("Penyimpanan surat 😀 masuk.", "Menyimpan surat 😀 masuk").replace("di di", "di")
    assert path.read_bytes() == after.encode()
    assert _state(root)[(root / "content/sop/surat-keluar.md").as_posix()] == other


def test_registers_are_mended_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    path = root / "content" / "instansi.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("tempat:", "tempatt:"), encoding="utf-8")
    (root / "content" / "bundel.yaml").write_text("keputusan: {nomor: 1, tanggal: 2024/1/5}\n", encoding="utf-8")
    run(["-C", str(root), "check", "--fix"])
    assert "tempat: Contoh Jaya" in path.read_text(encoding="utf-8")
    assert (root / "content" / "bundel.yaml").read_text(
        encoding="utf-8"
    ) == "keputusan: {nomor: 1, tanggal: 2024-01-05}\n"
    assert capsys.readouterr().out.startswith("diperbaiki content/bundel.yaml:1:32 SOP014 “2024/1/5” menjadi")


def test_nothing_is_written_when_nothing_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "- Waktu: 5 menit\n- Output: surat masuk tersimpan", "- Waktu: sebentar")
    before = _state(root)
    assert run(["-C", str(root), "check"]) == 1
    told = capsys.readouterr().out
    assert run(["-C", str(root), "check", "--fix"]) == 1
    assert (capsys.readouterr().out, _state(root)) == (told, before)


@pytest.mark.parametrize(("select", "ignore"), [(("SOP152",), ()), ((), ("SOP140",))])
def test_only_what_is_selected(tmp_path: Path, select: tuple[str, ...], ignore: tuple[str, ...]) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "### 1. Menerima surat masuk", "### 1. Penerimaan surat masuk.")
    fixing.check_mended(root, View(selection=Selection(select, ignore)), TODAY)
    assert "### 1. Penerimaan surat masuk\n" in (root / MASUK).read_text(encoding="utf-8")


def test_a_silenced_rule_and_one_switched_off_mend_nothing(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "### 1. Menerima surat masuk", "### 1. Penerimaan surat masuk.")
    edit(root, "surat-masuk", "pengesah: camat", "pengesah: camat\nabaikan: [{kode: SOP140, alasan: contoh}]")
    office = root / "content" / "instansi.yaml"
    office.write_text(office.read_text(encoding="utf-8") + "  SOP152: {tingkat: mati}\n", encoding="utf-8")
    before = _state(root)
    fixing.check_mended(root, View(), TODAY)
    assert _state(root) == before


def test_a_fix_that_brings_something_new_is_taken_back_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    # Read as a date of revision, this one would be earlier than the making: a new finding.
    edit(root, "surat-masuk", "pengesah: camat", "revisii: 2001-01-01\npengesah: camat")
    edit(root, "surat-masuk", "### 1. Menerima surat masuk", "### 1. Penerimaan surat masuk.")
    assert run(["-C", str(root), "check", "--fix"]) == 1
    said = capsys.readouterr().out
    assert f"{MASUK}:6:1: galat SOP012" in said
    text = (root / MASUK).read_text(encoding="utf-8")
    assert "revisii: 2001-01-01\n" in text
    assert "### 1. Menerima surat masuk\n" in text


@pytest.mark.parametrize("other", [["--watch"], ["--format", "json"], ["--format", "sarif"]])
def test_as_text_and_once_only(tmp_path: Path, other: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "### 1. Menerima surat masuk", "### 1. Penerimaan surat masuk")
    before = _state(root)
    assert run(["-C", str(root), "check", "--fix", *other]) == 2
    assert f"--fix tidak dapat dipakai bersama {' '.join(other)}" in capsys.readouterr().err
    assert _state(root) == before


def test_a_file_that_changes_meanwhile_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "### 1. Menerima surat masuk", "### 1. Penerimaan surat masuk")
    is_better = fixing._is_better

    def edited(*given: object) -> bool:
        edit(root, "surat-masuk", "- Waktu: 5 menit\n- Output: surat masuk tersimpan", "- Waktu: 6 menit")
        return is_better(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(fixing, "_is_better", edited)
    with pytest.raises(UsageError, match="berubah selagi diperbaiki"):
        fixing.check_mended(root, View(), TODAY)
    text = (root / MASUK).read_text(encoding="utf-8")
    assert "### 1. Penerimaan" in text
    assert "- Waktu: 6 menit" in text


@pytest.mark.skipif(os.name == "nt", reason="links take rights there")
def test_a_link_stays_one(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "### 1. Menerima surat masuk", "### 1. Penerimaan surat masuk")
    real = (root / MASUK).rename(tmp_path / "asli.md")
    (root / MASUK).symlink_to(real)
    fixing.check_mended(root, View(), TODAY)
    assert (root / MASUK).is_symlink()
    assert "### 1. Menerima surat masuk" in real.read_text(encoding="utf-8")


def test_broken_workspaces_are_told_as_usual(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "check", "--fix"]) == 1
    assert "SOP001 Folder content/ tidak ada" in capsys.readouterr().out
    root = make_workspace(tmp_path)
    (root / MASUK).write_bytes(b"\xff\xfe")
    assert run(["-C", str(root), "check", "--fix"]) == 1
    assert "SOP003" in capsys.readouterr().out


_SLIPS = [
    ("### 1. Menerima", "### 1. penerimaan"),
    ("### 2. Memeriksa surat masuk", "### 2. Periksa surat masuk."),
    ("### 3. Menyimpan surat masuk", "### 3. Simpan dan dan catat surat masuk."),
    ("- SOP lain", "- Surat Keluar"),
    ("## Peringatan", "## peringatn"),
    ("pengesahan: 2024-01-03", "Pengesahan: 3 januari 2024"),
    ("- Pelaksana: kepala (keputusan)", "- Pelaksanaa: kepala (kputusan)"),
    ("Disimpan.", "Disimpan untuk untuk contoh."),
]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    slips=st.sets(st.sampled_from(_SLIPS)), eol=st.sampled_from(["\n", "\r\n"]), mark=st.sampled_from(["", "\ufeff"])
)
def test_a_second_time_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, slips: set[tuple[str, str]], eol: str, mark: str
) -> None:
    root = make_workspace(tmp_path_factory.mktemp("kantor"))
    for old, new in slips:
        edit(root, "surat-masuk", old, new)
    path = root / MASUK
    path.write_bytes((mark + path.read_text(encoding="utf-8")).replace("\n", eol).encode())
    fixing.check_mended(root, View(), TODAY)
    once = _state(root)
    fixing.check_mended(root, View(), TODAY)
    assert _state(root) == once


def _found(root: Path) -> tuple[list[str], set[str]]:
    findings = with_pages(load(Place(root), TODAY)).findings
    return [f.code for f in findings], {f.code for f in findings if f.fix}


_MENDED = frozenset({"SOP140", "SOP152"})
"""Rules whose bad example has a fix. That of SOP151 doubles a word which may be meant twice, that of SOP139 names a
title which is only near."""


@pytest.mark.parametrize("code", sorted(RULES.keys() - ELSEWHERE))
def test_the_bad_form_of_a_rule_is_mended_or_left_alone(code: str, tmp_path: Path) -> None:
    example = read_example(code)
    example.write(tmp_path, example.bad)
    codes, fixable = _found(tmp_path)
    before = _state(tmp_path)
    fixing.check_mended(tmp_path, View(), TODAY)
    assert (code in fixable) == (code in _MENDED)
    if fixable:
        assert sorted(_found(tmp_path)[0]) == sorted(c for c in codes if c not in fixable)
    else:
        assert _state(tmp_path) == before
