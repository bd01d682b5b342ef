"""`sopdocs sign` and `sopdocs verify`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sopdocs.cli import run

from ..pdf.pdf_samples import conformance_failures
from ..workspaces import edit


def test_verify_says_who_when_and_what(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(built / "build" / "bundel-ttd.pdf")]) == 0
    text = capsys.readouterr().out
    for word in (
        "LOLOS, TETAPI TIDAK TERSERTIFIKASI (TOTAL-PASSED)",
        "TIDAK TERSERTIFIKASI",
        "seluruh berkas",
        "Waktu",
        "SHA-256",
    ):
        assert word in text


def test_pdfsig_agrees(built: Path) -> None:
    if not shutil.which("pdfsig") and not os.environ.get("CI"):
        pytest.skip("pdfsig is not installed")
    done = subprocess.run(["pdfsig", str(built / "build" / "bundel-ttd.pdf")], capture_output=True, text=True)
    assert "Total document signed" in done.stdout
    assert "Signature is Valid" in done.stdout


@pytest.mark.parametrize("name", ["sop/surat-masuk.pdf", "bundel.pdf", "bundel-ttd.pdf"])
def test_archival_and_accessible(built: Path, name: str) -> None:
    """PDF/A-2b and PDF/UA-1, also after sealing."""
    assert conformance_failures((built / "build" / name).read_bytes()) == []


def test_verify_as_json(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--format", "json", str(built / "build" / "bundel-ttd.pdf")]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["format"] == "sopdocs-verify/1"
    assert (record["verdict"], record["coverage"], record["docmdp"]) == ("TOTAL-PASSED", "ENTIRE_FILE", 1)
    assert record["certified"] is False


def test_a_flipped_byte_fails(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy / "build" / "bundel-ttd.pdf"
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)
    assert run(["verify", str(path)]) == 6
    assert "TIDAK LOLOS" in capsys.readouterr().out


def test_the_unsealed_bundle_fails(built: Path) -> None:
    assert run(["verify", str(built / "build" / "bundel.pdf")]) == 6


def test_a_stranger_cannot_be_sure(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPDOCS_KEYS", str(tmp_path / "kosong"))
    assert run(["verify", str(built / "build" / "bundel-ttd.pdf")]) == 5
    assert not (tmp_path / "kosong").exists()


def test_a_stranger_may_be_given_the_certificate(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = Path(os.environ["SOPDOCS_KEYS"])
    pem = next(keys.glob("*.pem")).read_text(encoding="ascii")
    start = pem.index("-----BEGIN CERTIFICATE-----")
    (tmp_path / "percaya").mkdir()
    (tmp_path / "percaya" / "kantor.crt").write_text(pem[start:], encoding="ascii")
    monkeypatch.setenv("SOPDOCS_KEYS", str(tmp_path / "kosong"))
    sealed = str(built / "build" / "bundel-ttd.pdf")
    assert run(["verify", "--trust", str(tmp_path / "percaya"), sealed]) == 0


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(tmp_path / "tidak-ada.pdf")]) == 2
    assert "tidak dapat dibaca" in capsys.readouterr().err


def test_sign_seals_the_bundle_again(copy: Path) -> None:
    sealed = copy / "build" / "bundel-ttd.pdf"
    before = sealed.read_bytes()
    assert run(["-C", str(copy), "sign", "--final"]) == 0
    assert sealed.read_bytes() != before
    assert sealed.read_bytes().startswith((copy / "build" / "bundel.pdf").read_bytes())
    assert run(["verify", str(sealed)]) == 0


def test_sign_wants_the_bundle_as_it_was_built(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "build" / "bundel.pdf").write_bytes(b"%PDF-1.7")
    assert run(["-C", str(copy), "sign"]) == 2
    assert "sopdocs build" in capsys.readouterr().err


def test_final_refuses_drafts_with_the_list(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "pelaksana: [", 'perlu_konfirmasi: ["Nomor belum pasti"]\npelaksana: [')
    assert run(["-C", str(copy), "build"]) == 0
    sealed = (copy / "build" / "bundel-ttd.pdf").read_bytes()
    capsys.readouterr()
    assert run(["-C", str(copy), "sign", "--final"]) == 1
    assert "surat-masuk.md: perlu konfirmasi: Nomor belum pasti" in capsys.readouterr().err
    assert (copy / "build" / "bundel-ttd.pdf").read_bytes() == sealed


def test_final_refuses_content_that_changed_since(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    assert run(["-C", str(copy), "sign", "--final"]) == 1
    assert "berubah setelah bundel dibuat" in capsys.readouterr().err
