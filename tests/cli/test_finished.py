"""The rules on finished PDFs, on sheets printed by the real LibreOffice: with `check`, with `build`, with `sign`."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Stream

from sopdocs.cli import run
from sopdocs.engine import Output, read_manifest, sha256
from sopdocs.pdf import page_texts

from ..workspaces import edit


def found(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What `check` finds on finished sheets: message by code."""
    capsys.readouterr()
    run(["-C", str(root), "check", "--format", "json", "--select", "SOP85,SOP19"])
    return {each["code"]: each["message"] for each in json.loads(capsys.readouterr().out)["findings"]}


def damage(root: Path, content: bytes) -> None:
    """Draw over the first page of surat-masuk, as if it had been built so."""
    path = root / "build" / "sop" / "surat-masuk.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].contents_add(Stream(document, content))
        document.save(path)
    manifest = read_manifest(root / "build")
    data = path.read_bytes()
    manifest.outputs["sop/surat-masuk.pdf"] = Output(sha256(data), len(data), "")
    manifest.write(root / "build")


def set_rules(root: Path, line: str) -> None:
    path = root / "content" / "instansi.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"  {line}\n", encoding="utf-8")


def test_a_real_sheet_has_none(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(copy, capsys) == {}
    assert run(["-C", str(copy), "check"]) == 0
    assert capsys.readouterr().out == "Tidak ada temuan.\n"


def test_a_damaged_sheet_is_found_at_its_content(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damage(copy, b"q 0 0 0 rg 100 20 30 5 re f BT /F1 4 Tf 100 300 Td <0102> Tj ET Q")
    assert found(copy, capsys).keys() == {"SOP852", "SOP853"}
    assert run(["-C", str(copy), "check"]) == 1
    out = capsys.readouterr().out
    assert (
        "content/sop/surat-masuk.md:3:7: galat SOP852 build/sop/surat-masuk.pdf halaman 1 berisi sampai 20,0 pt" in out
    )


def test_an_edited_content_makes_the_sheet_old_until_it_is_built(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(copy, b"0 0 0 rg 100 20 30 5 re f")
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    assert list(found(copy, capsys)) == ["SOP857"]
    assert run(["-C", str(copy), "build", "surat-masuk"]) == 0
    assert found(copy, capsys) == {}


def test_a_silence_holds_and_is_told_as_useless_only_when_it_is(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    silence = 'abaikan: [{kode: SOP852, alasan: "uji coba"}]\npelaksana: ['
    edit(copy, "surat-masuk", "pelaksana: [", silence)
    assert list(found(copy, capsys)) == ["SOP857"], "nobody knows yet whether it is useless"
    assert run(["-C", str(copy), "build", "surat-masuk"]) == 0
    assert list(found(copy, capsys)) == ["SOP191"]
    damage(copy, b"0 0 0 rg 100 20 30 5 re f")
    assert list(found(copy, capsys)) == ["SOP190"]


def test_a_galat_on_the_printed_sheet_keeps_it_from_being_final(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_rules(copy, "SOP852: {poin: 200}")
    assert run(["-C", str(copy), "build"]) == 1
    captured = capsys.readouterr()
    assert "content/sop/surat-masuk.md:3:7: galat SOP852 build/sop/surat-masuk.pdf halaman 1" in captured.err
    assert "2 galat pada lembar jadi: belum boleh disegel sebagai final." in captured.out
    assert "tercetak KONSEP" not in captured.out
    assert not any("KONSEP" in text for text in page_texts((copy / "build" / "sop" / "surat-masuk.pdf").read_bytes()))
    assert list(found(copy, capsys)) == ["SOP852"]
    assert run(["-C", str(copy), "build"]) == 1, "kept as it was, still with its finding"
    assert run(["-C", str(copy), "sign", "--final"]) == 1
    assert "SOP852" in capsys.readouterr().err
    path = copy / "content" / "instansi.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{poin: 200}", "{tingkat: mati}"), encoding="utf-8")
    assert run(["-C", str(copy), "build"]) == 0
    assert run(["-C", str(copy), "sign", "--final"]) == 0


def test_findings_follow_their_lines_when_nothing_is_made_again(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "Apakah seluruh persyaratan administrasi beserta lampirannya sudah lengkap, benar, dan sesuai ketentuan?"
    edit(copy, "surat-masuk", "(keputusan)", f'(keputusan "{long}")')
    run(["-C", str(copy), "build"])
    before = capsys.readouterr().err
    edit(copy, "surat-masuk", "nama: Surat Masuk\n", "nama: Surat Masuk\n# keterangan\n")
    run(["-C", str(copy), "build"])
    after = capsys.readouterr().err
    assert "surat-masuk.md:37:" in before
    assert "surat-masuk.md:38:" in after
    assert "surat-masuk.md:37:" not in after
    assert "dibuat build/sop/" not in after
    assert read_manifest(copy / "build").sop["surat-masuk"].findings[0].span.line == 38
