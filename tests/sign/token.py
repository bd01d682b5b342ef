"""A SoftHSM2 token in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.x509 import decode_x509_certificate

from sopdocs.sign import Pkcs11Key, Secret

from .authority import Authority
from .material import tool

PIN = "246810"
LABEL = "pejabat"
PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


@dataclass(frozen=True, slots=True)
class Token:
    """Where the token lies, and how to reach it."""

    library: Path
    folder: Path
    configuration: Path

    def key(self, *, token: str = "Uji", label: str = LABEL, pin: str = PIN) -> Pkcs11Key:
        return Pkcs11Key(self.library, token, label, Secret(pin))


def library() -> Path:
    """Return SoftHSM2's library; without it skip, but fail in CI."""
    found = next((Path(place) for place in PLACES if Path(place).is_file()), None)
    if found is None:
        message = "SoftHSM2 is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def make_token(folder: Path, authority: Authority) -> Token:
    """Make a token with the official's key and certificate, and those of the authorities above."""
    configuration = folder / "softhsm2.conf"
    tokens = folder / "token"
    tokens.mkdir()
    configuration.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    token = Token(library(), tokens, configuration)
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    # The configuration is read once, when the library is loaded; another test may have loaded it before.
    pkcs11.unload(str(token.library))
    _run("--init-token", "--free", "--label", "Uji", "--so-pin", "135790", "--pin", PIN)
    key = folder / "kunci.pem"
    private = authority.key(LABEL)
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _run("--import", str(key), "--token", "Uji", "--label", LABEL, "--id", "01", "--pin", PIN)
    for number, (label, certificate) in enumerate(
        [(LABEL, authority.certificate(LABEL)), *(("penerbit", each) for each in authority.chain(LABEL))], 1
    ):
        _import_certificate(token, label, certificate, number)
    return token


def _import_certificate(token: Token, label: str, certificate: bytes, number: int) -> None:
    with pkcs11.lib(str(token.library)).get_token(token_label="Uji").open(rw=True, user_pin=PIN) as session:
        attributes = decode_x509_certificate(certificate)
        attributes |= {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: label}
        attributes[pkcs11.Attribute.ID] = bytes([number])
        session.create_object(attributes)


def _run(*arguments: str) -> None:
    subprocess.run([tool("softhsm2-util"), *arguments], check=True, capture_output=True, timeout=60)


def remove(token: Token) -> None:
    """Take the token away, as if it were pulled out."""
    shutil.rmtree(token.folder)
