"""A PKCS#12 file signs; a wrong passphrase and a wrong file are refused without a trace of the passphrase."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from sopdocs.errors import UsageError
from sopdocs.sign import Pkcs12Key, Secret, sign, verify

from .authority import Authority
from .material import NOW, STATEMENT, issue, private_key

PASSPHRASE = "sandi berkas é"


def packed(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None, certificate: bytes | None) -> bytes:
    parsed = None if certificate is None else x509.load_der_x509_certificate(certificate)
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(b"contoh", key, parsed, None, lock)


def refusal(data: bytes | None, folder: Path, unsigned: bytes, passphrase: str = PASSPHRASE) -> UsageError:
    path = folder / "contoh.p12"
    if data is not None:
        path.write_bytes(data)
    signer = Pkcs12Key(path, Secret(passphrase))
    with pytest.raises(UsageError) as caught:
        sign(unsigned, signer, now=NOW, statement=STATEMENT)
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    assert not [line for line in told if "sopdocs/sign" in line and passphrase in line]
    assert caught.value.advice
    return caught.value


def test_the_chain_of_the_file_goes_into_the_signature(authority: Authority, unsigned: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pejabat.p12"
    path.write_bytes(authority.pkcs12("pejabat", PASSPHRASE.encode()))
    now = datetime.now(tz=UTC)
    signed = sign(unsigned, Pkcs12Key(path, Secret(PASSPHRASE)), now=now, statement=STATEMENT)
    report = verify(signed, trusted=[authority.root], now=now)
    assert report.signer == "Budi Contoh (pejabat)"
    # Only what was not asked for, the status of revocation, is unknown.
    assert len(report.problems) == 1
    assert "pencabutan" in report.problems[0]


def test_a_wrong_passphrase(tmp_path: Path, unsigned: bytes) -> None:
    key = private_key()
    data = packed(key, issue("Budi Contoh", key).certificate)
    assert "salah, atau berkas itu rusak" in refusal(data, tmp_path, unsigned, "bukan itu").message


@pytest.mark.parametrize("data", [b"", b"bukan PKCS#12", b"0\x82\xff\xff"])
def test_a_file_that_is_something_else(tmp_path: Path, unsigned: bytes, data: bytes) -> None:
    assert "salah, atau berkas itu rusak" in refusal(data, tmp_path, unsigned).message


def test_a_missing_file(tmp_path: Path, unsigned: bytes) -> None:
    assert "tidak dapat dibaca: tidak ada" in refusal(None, tmp_path, unsigned).message


def test_a_file_without_key(tmp_path: Path, unsigned: bytes) -> None:
    data = packed(None, issue("Budi Contoh", private_key()).certificate)
    assert "tidak memuat kunci" in refusal(data, tmp_path, unsigned).message


def test_a_certificate_that_is_not_for_signing(tmp_path: Path, unsigned: bytes) -> None:
    key = private_key()
    data = packed(key, issue("Budi Contoh", key, signing=False).certificate)
    assert "tidak boleh dipakai untuk tanda tangan" in refusal(data, tmp_path, unsigned).message


def test_a_short_key(tmp_path: Path, unsigned: bytes) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    assert "bukan RSA" in refusal(packed(key, issue("Budi Contoh", key).certificate), tmp_path, unsigned).message
