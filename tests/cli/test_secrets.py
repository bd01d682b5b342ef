"""Passphrases come from a descriptor, the environment or the prompt, in this order, and leave nothing behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sopdocs.cli import run, secrets
from sopdocs.cli.secrets import Secrets, Variable
from sopdocs.errors import UsageError

WORD = "kata sandi é"
QUESTION = "Kata sandi camat.p12"


@pytest.fixture
def descriptor() -> Iterator[Callable[[bytes], int]]:
    opened: list[int] = []

    def holding(data: bytes) -> int:
        out, into = os.pipe()
        os.write(into, data)
        os.close(into)
        opened.append(out)
        return out

    yield holding
    for each in opened:
        os.close(each)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal at which the user types `WORD`; lists what was asked."""
    asked: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(secrets.getpass, "getpass", lambda prompt: asked.append(prompt) or WORD)
    return asked


def test_the_prompt(terminal: list[str]) -> None:
    assert Secrets().passphrase(Variable.PASSPHRASE, QUESTION).reveal() == WORD
    assert terminal == [f"{QUESTION}: "]


def test_the_environment_comes_before_the_prompt(terminal: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPDOCS_PIN", "246810")
    assert Secrets().passphrase(Variable.PIN, "PIN").reveal() == "246810"
    assert "SOPDOCS_PIN" not in os.environ  # programs that are started inherit what is there
    assert terminal == []


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_descriptor_comes_first(
    descriptor: Callable[[bytes], int], monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    monkeypatch.setenv("SOPDOCS_SANDI", "bukan ini")
    number = descriptor(WORD.encode() + end)
    assert Secrets(number).passphrase(Variable.PASSPHRASE, QUESTION).reveal() == WORD


def test_a_descriptor_gives_one_secret_only(
    descriptor: Callable[[bytes], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOPDOCS_NIK", "3171000000000001")
    assert Secrets(descriptor(b"x")).ask(Variable.NIK, "NIK").reveal() == "3171000000000001"


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe"])
def test_a_descriptor_without_a_secret(descriptor: Callable[[bytes], int], data: bytes) -> None:
    with pytest.raises(UsageError, match="tidak memberi kata sandi"):
        Secrets(descriptor(data)).passphrase(Variable.PASSPHRASE, QUESTION)


@pytest.mark.parametrize("number", [987, -1])
def test_a_descriptor_that_is_not_open(number: int) -> None:
    with pytest.raises(UsageError, match="tidak dapat dibaca"):
        Secrets(number).passphrase(Variable.PASSPHRASE, QUESTION)


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("typed", ["", EOFError()])
def test_nothing_is_typed(monkeypatch: pytest.MonkeyPatch, typed: str | EOFError) -> None:
    def prompt(_: str) -> str:
        if isinstance(typed, EOFError):
            raise typed
        return typed

    monkeypatch.setattr(secrets.getpass, "getpass", prompt)
    with pytest.raises(UsageError, match="belum diberikan") as caught:
        Secrets().ask(Variable.TOTP, "TOTP")
    assert "SOPDOCS_TOTP" in caught.value.advice


def test_the_user_leaves_at_the_prompt(
    terminal: list[str], monkeypatch: pytest.MonkeyPatch, copy: Path, tmp_path: Path
) -> None:
    def leave(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(secrets.getpass, "getpass", leave)
    before = (copy / "build" / "bundel-ttd.pdf").read_bytes()
    (tmp_path / "a.p12").write_bytes(b"")
    assert run(["-C", str(copy), "sign", "--kunci", "pkcs12", "--pkcs12", str(tmp_path / "a.p12")]) == 130
    assert (copy / "build" / "bundel-ttd.pdf").read_bytes() == before


def test_no_option_takes_a_secret(capsys: pytest.CaptureFixture[str]) -> None:
    run(["sign", "--help"])
    told = capsys.readouterr().out
    assert "--sandi-fd" in told
    for option in ("--sandi ", "--pin", "--nik", "--totp", "--passphrase"):
        assert option not in told
