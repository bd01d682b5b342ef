"""segel.yaml: how the bundle is sealed, and secrets that do not belong there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.cli.excerpt import Sources
from sopdocs.content import Reading, read_workspace
from sopdocs.model import JenisKunci, LayananBsre, Segel, Span, Token

from .workspaces import FRONT, codes, make_workspace, read

CASES = Path(__file__).parent / "cases"
SOP = FRONT + "## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n"
SECRET = "jangan-tampak"


def seal(reading: Reading) -> Segel:
    assert reading.workspace is not None
    return reading.workspace.segel


def test_without_the_file_the_development_key_seals(tmp_path: Path) -> None:
    reading = read(tmp_path, SOP)
    assert seal(reading) == Segel()
    assert reading.findings == ()


def test_every_key(tmp_path: Path) -> None:
    found = seal(read(tmp_path, SOP, segel=(CASES / "baik-bundel-lengkap.segel.yaml").read_bytes()))
    assert found == Segel(
        JenisKunci.PKCS11,
        "camat",
        "Dokumen ini ditandatangani secara elektronik.",
        "https://contoh.example/sop?lembar=1",
        "http://tsa.contoh.example:8080/ts",
        "../kunci/camat.p12",
        Token("/usr/lib/contoh-pkcs11.so", "Token Contoh", "Camat"),
        LayananBsre("https://esign.contoh.example", 1),
    )
    assert found.spans["bsre.versi"] == Span("content/segel.yaml", 8, 53)
    assert found.spans["pkcs11.label"] == Span("content/segel.yaml", 7, 74)


def test_a_secret_is_told_by_its_place_alone(tmp_path: Path) -> None:
    reading = read(tmp_path, SOP, segel=(CASES / "sop016-rahasia.segel.yaml").read_bytes())
    assert [f.code for f in reading.findings].count("SOP016") == 5
    assert SECRET not in "".join(f"{finding} {finding!r} {finding.record()}" for finding in reading.findings)
    assert SECRET not in repr(seal(reading))
    sources = Sources(tmp_path)
    assert {sources.line(finding.span) for finding in reading.findings} == {None}


@pytest.mark.parametrize(
    "key",
    "sandi kata_sandi KataSandi passphrase PASSWORD pin pin_token PIN-2 nik totp rahasia".split(),
)
def test_keys_that_smell_of_a_secret(key: str, tmp_path: Path) -> None:
    reading = read(tmp_path, SOP, segel=f"kunci: pengembangan\n{key}: {SECRET}\n")
    assert codes(reading.findings) == ["SOP016 @ segel.yaml:2:1"]
    (finding,) = reading.findings
    assert "jangan menulis kata sandi" in finding.message.casefold()
    assert SECRET not in str(finding)


@pytest.mark.parametrize("key", ["pinjaman", "teknik", "spinal"])
def test_other_unknown_keys_are_only_unknown(key: str, tmp_path: Path) -> None:
    assert codes(read(tmp_path, SOP, segel=f"{key}: x\n").findings) == ["SOP012 @ segel.yaml:1:1"]


def test_a_broken_file_shows_none_of_its_lines(tmp_path: Path) -> None:
    reading = read(tmp_path, SOP, segel=f"kunci: pkcs12\nsandi: '{SECRET}\n")
    assert [finding.code for finding in reading.findings] == ["SOP010"]
    assert SECRET not in str(reading.findings[0])
    assert Sources(tmp_path).line(reading.findings[0].span) is None


@pytest.mark.parametrize(
    "path", ["content/camat.p12", "content/x/../camat.p12", "{root}/content/camat.p12", "pintas/a.p12"]
)
def test_a_key_file_does_not_lie_with_the_content(path: str, tmp_path: Path) -> None:
    (tmp_path / "pintas").symlink_to(tmp_path / "content")
    text = f'kunci: pkcs12\npkcs12: "{path.format(root=tmp_path)}"\n'
    assert codes(read(tmp_path, SOP, segel=text).findings) == ["SOP017 @ segel.yaml:2:9"]


@pytest.mark.parametrize("path", ["camat.p12", "../camat.p12", "/srv/kunci/camat.p12", "content-lama/camat.p12"])
def test_a_key_file_lies_anywhere_else(path: str, tmp_path: Path) -> None:
    reading = read(tmp_path, SOP, segel=f"kunci: pkcs12\npkcs12: {path}\n")
    assert (seal(reading).pkcs12, reading.findings) == (path, ())


@pytest.mark.parametrize(
    "address",
    ["http://", "https:///x", "javascript:x", "https://x:99999", "https://[::1", "file:///etc/passwd", "https://a b.c"],
)
def test_addresses_are_of_the_web(address: str, tmp_path: Path) -> None:
    reading = read(tmp_path, SOP, segel=f'penanda_waktu: "{address}"\n')
    assert codes(reading.findings) == ["SOP014 @ segel.yaml:1:16"]
    assert seal(reading).penanda_waktu is None


def test_a_text_in_memory_is_read_in_place_of_the_file(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, SOP)
    reading = read_workspace(root, {"content/segel.yaml": "kunci: bsre\nbsre: {alamat: https://contoh.example}\n"})
    assert seal(reading).bsre == LayananBsre("https://contoh.example", 2)
