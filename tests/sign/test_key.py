"""The development key: made once, kept private, refused when anything is wrong with it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sopdocs.errors import UsageError
from sopdocs.sign import DEVELOPMENT_NAME, DevelopmentKey, development_key
from sopdocs.sign.key import KEY_FILE

from .material import NOW, private_key


def pem(key: DevelopmentKey) -> bytes:
    return key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_key_is_made_once_and_reused(tmp_path: Path) -> None:
    first = development_key(tmp_path / "a" / "b", now=NOW)
    again = development_key(tmp_path / "a" / "b", now=NOW.replace(year=2026))
    assert again == first
    assert pem(again) == pem(first)
    assert development_key(tmp_path / "c", now=NOW) != first


def test_folder_and_file_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        development_key(tmp_path / "kunci", now=NOW)
    finally:
        os.umask(before)
    assert mode(tmp_path / "kunci") == 0o700
    files = list((tmp_path / "kunci").iterdir())
    assert {mode(path) for path in files} == {0o600}
    assert KEY_FILE in {path.name for path in files}
    assert not [path for path in files if path.name.startswith(".")]  # no temporary file stays


def test_the_certificate_says_that_it_certifies_nothing(tmp_path: Path) -> None:
    certificate = x509.load_der_x509_certificate(development_key(tmp_path, now=NOW).certificate)
    assert certificate.subject == certificate.issuer
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert [name.value for name in names] == [DEVELOPMENT_NAME]
    assert "TIDAK TERSERTIFIKASI" in DEVELOPMENT_NAME
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    assert not any((usage.key_cert_sign, usage.crl_sign, usage.key_encipherment, usage.key_agreement))
    assert certificate.not_valid_before_utc == NOW
    assert certificate.not_valid_after_utc == NOW.replace(year=2035)


def test_a_key_made_on_leap_day_lasts_ten_years(tmp_path: Path) -> None:
    key = development_key(tmp_path, now=datetime(2028, 2, 29, 12, tzinfo=UTC))
    end = x509.load_der_x509_certificate(key.certificate).not_valid_after_utc
    assert end == datetime(2038, 2, 28, 12, tzinfo=UTC)


def test_no_text_of_the_key_object_shows_the_key(key: DevelopmentKey) -> None:
    numbers = key.private_key.private_numbers()
    for text in (repr(key), str(key), f"{key}"):
        assert text == "DevelopmentKey()"
        assert str(numbers.d) not in text


def test_processes_that_start_together_get_one_key(tmp_path: Path) -> None:
    code = (
        "import sys, hashlib, datetime, pathlib\n"
        "from sopdocs.sign import development_key\n"
        "now = datetime.datetime(2025, 3, 4, tzinfo=datetime.UTC)\n"
        "print(hashlib.sha256(development_key(pathlib.Path(sys.argv[1]), now=now).certificate).hexdigest())\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "kunci")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    results = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0] * 4, results
    assert len({out for out, _ in results}) == 1


@pytest.mark.parametrize("damage", ["cut", "empty", "junk", "no certificate", "no key", "certificate broken"])
def test_a_damaged_file_is_refused_and_kept(tmp_path: Path, damage: str) -> None:
    development_key(tmp_path, now=NOW)
    path = tmp_path / KEY_FILE
    good = path.read_bytes()
    start = good.index(b"-----BEGIN CERTIFICATE")
    bad = {
        "cut": good[: start // 2],
        "empty": b"",
        "junk": bytes(range(256)),
        "no certificate": good[:start],
        "no key": good[start:],
        "certificate broken": good[: start + 60] + b"AAAA" + good[start + 64 :],
    }[damage]
    path.write_bytes(bad)
    with pytest.raises(UsageError) as caught:
        development_key(tmp_path, now=NOW)
    assert KEY_FILE in caught.value.message
    assert "Hapus" in caught.value.advice
    assert path.read_bytes() == bad  # no silent repair
    for line in good.splitlines()[1:5]:
        assert line.decode() not in str(caught.getrepr(showlocals=False))


def test_key_and_certificate_must_belong_together(tmp_path: Path) -> None:
    development_key(tmp_path, now=NOW)
    path = tmp_path / KEY_FILE
    other = private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    good = path.read_bytes()
    path.write_bytes(other + good[good.index(b"-----BEGIN CERTIFICATE") :])
    with pytest.raises(UsageError, match="bukan pasangan"):
        development_key(tmp_path, now=NOW)


def test_an_open_key_file_is_refused(tmp_path: Path) -> None:
    development_key(tmp_path, now=NOW)
    (tmp_path / KEY_FILE).chmod(0o640)
    with pytest.raises(UsageError, match="terbuka") as caught:
        development_key(tmp_path, now=NOW)
    assert "chmod 600" in caught.value.advice


def test_a_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bersama").mkdir()
    (tmp_path / "bersama").chmod(0o777)
    with pytest.raises(UsageError, match="pengguna lain"):
        development_key(tmp_path / "bersama", now=NOW)
    assert list((tmp_path / "bersama").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(UsageError) as caught:
        development_key(tmp_path / "berkas" / "kunci", now=NOW)
    assert "tidak dapat" in caught.value.message
    assert caught.value.advice


def test_a_read_only_folder_is_a_usage_error(tmp_path: Path) -> None:
    folder = tmp_path / "kunci"
    folder.mkdir(mode=0o500)
    if os.geteuid() == 0:  # modes do not bind root: ask as somebody else
        for path in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
            path.chmod(0o755)
        os.seteuid(65534)
    try:
        with pytest.raises(UsageError, match="tidak dapat"):
            development_key(folder, now=NOW)
    finally:
        if os.getuid() == 0:
            os.seteuid(0)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="ruang penyimpanan penuh"):
        development_key(tmp_path, now=NOW)
    assert KEY_FILE not in {path.name for path in tmp_path.iterdir()}
    assert not [path for path in tmp_path.iterdir() if path.suffix != ".lock"]


def test_the_time_must_be_aware(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="aware"):
        development_key(tmp_path, now=datetime(2025, 1, 1))
