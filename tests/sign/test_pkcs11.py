"""A token signs; a wrong PIN, a wrong label, no token, and a token that is pulled out are told apart."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyhanko.sign.pkcs11 import PKCS11Signer

from sopdocs.errors import ToolMissingError, UsageError
from sopdocs.sign import Level, Pkcs11Key, Secret, Terms, Verdict, sign, verify

from .authority import Authority
from .material import STATEMENT
from .token import PIN, Token, make_token, remove


@pytest.fixture(scope="module")
def token(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Token]:
    before = os.environ.get("SOFTHSM2_CONF")
    yield make_token(tmp_path_factory.mktemp("token"), authority)
    os.environ.pop("SOFTHSM2_CONF", None)
    if before is not None:
        os.environ["SOFTHSM2_CONF"] = before


def now() -> datetime:
    return datetime.now(tz=UTC)


def test_a_token_signs(token: Token, authority: Authority, unsigned: bytes) -> None:
    terms = Terms(timestamp=authority.timestamp_url())
    signed = sign(unsigned, token.key(), now=now(), statement=STATEMENT, terms=terms)
    report = verify(signed, trusted=[authority.root], now=now())
    assert (report.verdict, report.level) == (Verdict.PASSED, Level.B_LT), report.problems


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pin": "000000"}, "PIN untuk token “Uji” salah"),
        ({"pin": "1"}, "PIN untuk token “Uji” salah"),
        ({"label": "lain"}, "“lain” pada token “Uji” harus ada tepat satu"),
        ({"token": "Lain"}, "Token “Lain” tidak ditemukan"),
    ],
)
def test_what_does_not_open(token: Token, unsigned: bytes, changes: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        sign(unsigned, token.key(**changes), now=now(), statement=STATEMENT)
    assert caught.value.advice
    assert PIN not in repr(caught.value)


def test_a_missing_library(unsigned: bytes, tmp_path: Path) -> None:
    key = Pkcs11Key(tmp_path / "tidak-ada.so", "Uji", "pejabat", Secret(PIN))
    with pytest.raises(ToolMissingError, match="tidak ada"):
        sign(unsigned, key, now=now(), statement=STATEMENT)


def test_a_file_that_is_no_library(unsigned: bytes, tmp_path: Path) -> None:
    (tmp_path / "kosong.so").write_bytes(b"bukan pustaka")
    key = Pkcs11Key(tmp_path / "kosong.so", "Uji", "pejabat", Secret(PIN))
    with pytest.raises(ToolMissingError, match="bukan pustaka PKCS#11"):
        sign(unsigned, key, now=now(), statement=STATEMENT)


def test_a_token_pulled_out_while_it_signs(token: Token, unsigned: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Last in this module: the token is gone afterwards."""
    original = PKCS11Signer.async_sign_raw

    async def pulled(self: PKCS11Signer, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if not dry_run:
            remove(token)
        return await original(self, data, digest_algorithm, dry_run)

    monkeypatch.setattr(PKCS11Signer, "async_sign_raw", pulled)
    with pytest.raises(UsageError, match="Token “Uji”") as caught:
        sign(unsigned, token.key(), now=now(), statement=STATEMENT)
    assert "tidak ada berkas yang diubah" in caught.value.advice
