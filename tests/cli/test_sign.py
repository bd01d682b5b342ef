"""`sopdocs sign` with every kind of key, and what is left behind when it fails."""

from __future__ import annotations

import errno
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from sopdocs.cli import run
from sopdocs.engine import files
from sopdocs.sign import Level, Policy, TimeSource, Verdict, is_trial, verify

from ..pdf.pdf_samples import conformance_failures
from ..sign.agency import NIK, PASSPHRASE, PASSWORD, USER, Agency, agency
from ..sign.authority import Authority, running
from ..sign.loopback import Reply, serving
from ..sign.token import PIN, Token, make_token

WORD = "sandi-yang-tidak-boleh-terlihat"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("otoritas"), datetime.now(tz=UTC)) as authority:
        yield authority


@pytest.fixture
def p12(authority: Authority, tmp_path: Path) -> Path:
    path = tmp_path / "camat.p12"
    path.write_bytes(authority.pkcs12("pejabat", WORD.encode()))
    return path


def sealed(folder: Path) -> bytes:
    return (folder / "build" / "bundel-ttd.pdf").read_bytes()


def contents(folder: Path) -> dict[str, bytes]:
    """What stands below build/, but for locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "build").rglob("*"))
        if path.is_file() and path.name != ".kunci"
    }


def sign(folder: Path, *arguments: object) -> int:
    return run(["-C", str(folder), "sign", *map(str, arguments)])


def test_a_file_with_a_time_stamp(
    copy: Path, p12: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOPDOCS_SANDI", WORD)
    stamp = authority.timestamp_url()
    assert sign(copy, "--final", "--kunci", "pkcs12", "--pkcs12", p12, "--penanda-waktu", stamp) == 0
    assert "Disegel dengan sertifikat dari berkas PKCS#12" in capsys.readouterr().out
    assert "SOPDOCS_SANDI" not in os.environ
    report = verify(sealed(copy), trusted=[authority.root], now=datetime.now(tz=UTC))
    assert (report.verdict, report.level, report.time_source) == (Verdict.PASSED, Level.B_LT, TimeSource.TIMESTAMP)
    assert report.certified
    assert conformance_failures(sealed(copy)) == []
    assert sealed(copy).startswith((copy / "build" / "bundel.pdf").read_bytes())
    with pikepdf.open(BytesIO(sealed(copy))) as pdf:
        (widget,) = pdf.Root.AcroForm.Fields
        assert "Budi Contoh, S.Contoh., Camat Contoh Jaya" in str(widget.TU)
        assert str(widget.V.Name) == "Budi Contoh, S.Contoh."


def test_the_development_key_says_what_it_is(built: Path) -> None:
    with pikepdf.open(BytesIO(sealed(built))) as pdf:
        (widget,) = pdf.Root.AcroForm.Fields
        assert "bukan tanda tangan elektronik tersertifikasi" in str(widget.TU)
        assert float(widget.Rect[3]) == 58


def test_a_descriptor_gives_the_passphrase(
    copy: Path, p12: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    out, into = os.pipe()
    os.write(into, WORD.encode() + b"\n")
    os.close(into)
    try:
        assert sign(copy, "--kunci", "pkcs12", "--pkcs12", p12, "--sandi-fd", out) == 0
    finally:
        os.close(out)
    assert "penanda_waktu" in capsys.readouterr().out  # what is missing is said
    report = verify(sealed(copy), trusted=[authority.root], now=datetime.now(tz=UTC), policy=Policy(revocation=False))
    assert (report.verdict, report.signer) == (Verdict.PASSED, "Budi Contoh (pejabat)"), report.problems


def test_the_settings_name_the_key(copy: Path, p12: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(p12, copy / "camat.p12")
    (copy / "content" / "segel.yaml").write_text("kunci: pkcs12\npkcs12: camat.p12\n", encoding="utf-8")
    monkeypatch.setenv("SOPDOCS_SANDI", WORD)
    assert sign(copy) == 0
    assert not is_trial(sealed(copy))


def test_a_token(copy: Path, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    token: Token = make_token(tmp_path, authority)
    options = ("--kunci", "pkcs11", "--pustaka", token.library, "--token", "Uji", "--label", "pejabat")
    monkeypatch.setenv("SOPDOCS_PIN", PIN)
    assert sign(copy, *options) == 0
    policy = Policy(revocation=False)
    report = verify(sealed(copy), trusted=[authority.root], now=datetime.now(tz=UTC), policy=policy)
    assert report.verdict is Verdict.PASSED, report.problems


@pytest.fixture
def bsre(copy: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    with agency(authority) as service:
        settings = f"kunci: bsre\nbsre:\n  alamat: {service.url}\n  versi: 2\n"
        (copy / "content" / "segel.yaml").write_text(settings, encoding="utf-8")
        secrets = {"NIK": NIK, "SANDI": PASSPHRASE, "BSRE_PENGGUNA": USER, "BSRE_SANDI": PASSWORD}
        for name, value in secrets.items():
            monkeypatch.setenv(f"SOPDOCS_{name}", value)
        yield service


def test_bsre(copy: Path, bsre: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    assert sign(copy) == 0
    assert "DocMDP" in capsys.readouterr().out
    policy = Policy(field=None, certification=False, revocation=False)
    report = verify(sealed(copy), trusted=[bsre.authority.root], now=datetime.now(tz=UTC), policy=policy)
    assert report.verdict is Verdict.PASSED, report.problems
    with pikepdf.open(BytesIO(sealed(copy))) as pdf:
        assert "(BSrE)" in str(pdf.Root.StructTreeRoot.K.K[-1].Alt)


def test_another_persons_certificate(
    copy: Path, p12: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mark would name one person, and the certificate another."""
    monkeypatch.setenv("SOPDOCS_SANDI", WORD)
    register = copy / "content" / "pejabat.yaml"
    register.write_text(register.read_text(encoding="utf-8").replace("Budi Contoh", "Ani Lain"), encoding="utf-8")
    before = contents(copy)
    assert sign(copy, "--kunci", "pkcs12", "--pkcs12", p12) == 2
    assert "Sertifikat itu milik “Budi Contoh (pejabat)”, bukan Ani Lain" in capsys.readouterr().err
    assert contents(copy) == before


def test_single_sheets(copy: Path, p12: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPDOCS_SANDI", WORD)
    before = sealed(copy)
    assert sign(copy, "surat-masuk", "--kunci", "pkcs12", "--pkcs12", p12) == 0
    signed = (copy / "content" / "persetujuan" / "surat-masuk.pdf").read_bytes()
    assert signed.startswith((copy / "build" / "sop" / "surat-masuk.pdf").read_bytes())
    policy = Policy(certification=False, revocation=False)
    report = verify(signed, trusted=[authority.root], now=datetime.now(tz=UTC), policy=policy)
    assert (report.verdict, report.docmdp) == (Verdict.PASSED, None)
    assert not (copy / "content" / "persetujuan" / "surat-keluar.pdf").exists()
    assert sealed(copy) == before
    assert run(["-C", str(copy), "build"]) == 0
    assert (copy / "content" / "persetujuan" / "surat-masuk.pdf").read_bytes() == signed


def test_an_unknown_sheet(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sign(copy, "tidak-ada") == 2
    assert "yang ada: surat-keluar, surat-masuk" in capsys.readouterr().err


def test_what_a_certified_key_sealed_is_kept(
    copy: Path, p12: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOPDOCS_SANDI", WORD)
    assert sign(copy, "--kunci", "pkcs12", "--pkcs12", p12) == 0
    precious = sealed(copy)
    assert sign(copy, "--kunci", "pengembangan") == 0
    (kept,) = (copy / "arsip").glob("*.pdf")  # and no trial
    assert kept.read_bytes() == precious
    manifest = json.loads(kept.with_suffix(".manifest.json").read_text(encoding="utf-8"))
    assert manifest["outputs"]["bundel-ttd.pdf"]["sha256"] == files.sha256(precious)
    assert kept.name == f"bundel-ttd-{files.sha256(precious)[:12]}.pdf"
    told = capsys.readouterr().out.replace("\n", "")
    assert str(kept) in told
    assert "Pemegang sertifikat: Budi Contoh (pejabat)" in told
    assert run(["verify", str(copy / "build" / "bundel-ttd.pdf")]) == 0


def test_a_build_keeps_it_too(copy: Path, p12: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ..workspaces import edit

    monkeypatch.setenv("SOPDOCS_SANDI", WORD)
    assert sign(copy, "--kunci", "pkcs12", "--pkcs12", p12) == 0
    precious = sealed(copy)
    assert run(["-C", str(copy), "build"]) == 0
    assert sealed(copy) == precious  # nothing changed: it stays in its place
    edit(copy, "surat-masuk", "Disimpan.", "Disimpan rapi.")
    assert run(["-C", str(copy), "build"]) == 0
    assert is_trial(sealed(copy))
    (kept,) = (copy / "arsip").glob("*.pdf")
    assert kept.read_bytes() == precious


def fails(folder: Path, code: int, *arguments: object) -> None:
    before = contents(folder)
    assert sign(folder, *arguments) == code
    assert contents(folder) == before


def test_a_wrong_passphrase(
    copy: Path, p12: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOPDOCS_SANDI", "sandi-yang-keliru")
    monkeypatch.setenv("SOPDOCS_DEBUG", "1")
    fails(copy, 2, "--kunci", "pkcs12", "--pkcs12", p12)
    told = "".join(capfd.readouterr())
    assert "Kata sandi untuk camat.p12 salah" in told
    assert "sandi-yang-keliru" not in told


@pytest.mark.parametrize(
    ("kunci", "words"),
    [
        ("pkcs12", "Letak berkas PKCS#12 belum diketahui"),
        ("pkcs11", "Pustaka, nama token, atau label"),
        ("bsre", "Alamat layanan BSrE belum diketahui"),
    ],
)
def test_incomplete_settings(copy: Path, kunci: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    fails(copy, 2, "--kunci", kunci)
    assert words in capsys.readouterr().err


def test_nobody_types_and_nothing_is_given(copy: Path, p12: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fails(copy, 2, "--kunci", "pkcs12", "--pkcs12", p12)
    assert "SOPDOCS_SANDI" in capsys.readouterr().err


def test_a_time_stamp_that_does_not_come(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fails(copy, 2, "--kunci", "pengembangan", "--penanda-waktu", "http://127.0.0.1:1/")
    assert "tidak dapat dihubungi" in capsys.readouterr().err


def test_a_time_stamp_that_comes_slowly(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sopdocs.sign import signature

    quick = signature.Terms
    monkeypatch.setattr("sopdocs.sign.Terms", lambda **options: replace(quick(**options), seconds=0.5))
    over = threading.Event()
    with serving(lambda _: Reply(b"0" * 1000, drip=over)) as url:
        fails(copy, 2, "--kunci", "pengembangan", "--penanda-waktu", url)
    over.set()
    assert "tidak selesai menjawab" in capsys.readouterr().err


@pytest.mark.parametrize(
    "reply", [Reply(b'{"status_code": 2031, "error": "Passphrase salah"}'), Reply(b'{"file": ["JVB', missing=99)]
)
def test_bsre_refuses(copy: Path, bsre: Agency, reply: Reply, capfd: pytest.CaptureFixture[str]) -> None:
    bsre.instead = reply
    fails(copy, 2)
    told = "".join(capfd.readouterr())
    assert "BSrE" in told
    held = b"".join(contents(copy).values())
    for secret in (NIK, PASSPHRASE, PASSWORD):
        assert secret not in told
        assert secret.encode() not in held


@pytest.mark.parametrize("when", [1, 2])
def test_a_full_disk(
    copy: Path, p12: Path, when: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """While the old file is kept, or while the new one is written: the old one stands."""
    monkeypatch.setenv("SOPDOCS_SANDI", WORD)
    assert sign(copy, "--kunci", "pkcs12", "--pkcs12", p12) == 0
    before = sealed(copy)
    shutil.rmtree(copy / "arsip")  # as if it had been sealed before there was an archive
    written: list[int] = []
    fsync: Callable[[int], None] = os.fsync

    def full(descriptor: int) -> None:
        # The first one marks who holds the folder.
        written.append(descriptor)
        if len(written) > when:
            raise OSError(errno.ENOSPC, "full")
        fsync(descriptor)

    monkeypatch.setattr(files.os, "fsync", full)
    assert sign(copy, "--kunci", "pengembangan") == 2
    assert "ruang penyimpanan penuh" in capsys.readouterr().err
    assert sealed(copy) == before
    assert not list((copy / "build").rglob("*.tmp"))
