"""Obtain passphrases: from a file descriptor, the environment, or hidden at the prompt; never from arguments."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass
from enum import StrEnum

from sopdocs.errors import UsageError, reason
from sopdocs.sign import Secret

_LONGEST = 4096
"""Bytes read from a descriptor."""


class Variable(StrEnum):
    """Environment variables that may hold a secret."""

    PASSPHRASE = "SOPDOCS_SANDI"
    """Of a PKCS#12 file, or of the signer at BSrE."""
    PIN = "SOPDOCS_PIN"
    """Of a token."""
    NIK = "SOPDOCS_NIK"
    TOTP = "SOPDOCS_TOTP"
    USER = "SOPDOCS_BSRE_PENGGUNA"
    """Of the agency's application at its BSrE service."""
    PASSWORD = "SOPDOCS_BSRE_SANDI"


@dataclass(frozen=True, slots=True)
class Secrets:
    """Where to ask."""

    descriptor: int | None = None
    """File descriptor that gives the passphrase or PIN (`--sandi-fd`)."""

    def passphrase(self, variable: Variable, question: str) -> Secret:
        """Return the passphrase or PIN: from the descriptor when one was given, otherwise as `ask` does."""
        return self.ask(variable, question) if self.descriptor is None else _read(self.descriptor)

    def ask(self, variable: Variable, question: str) -> Secret:
        """Return the secret of the variable, or what the user types, unseen; UsageError when there is neither."""
        return given(variable) or _prompt(variable, question)


def given(variable: Variable) -> Secret | None:
    """Return what the environment says, and take it out of there: programs that are started inherit it."""
    return Secret(os.environ.pop(variable)) if os.environ.get(variable) else None


def _prompt(variable: Variable, question: str) -> Secret:
    missing = UsageError(
        f"{question} belum diberikan",
        f"jalankan di terminal supaya dapat diketik, atau isi variabel lingkungan {variable}",
    )
    if not sys.stdin or not sys.stdin.isatty():
        raise missing
    try:
        typed = Secret(getpass.getpass(f"{question}: "))
    except EOFError:
        raise missing from None
    if not typed:
        raise missing
    return typed


def _read(descriptor: int) -> Secret:
    """Return what a descriptor gives, up to its end, without the end of line."""
    try:
        # A copy stays open: the caller's descriptor may be standard input.
        with os.fdopen(os.dup(descriptor), "rb") as file:
            secret = Secret(file.read(_LONGEST).decode("utf-8").rstrip("\r\n"))
    except OSError as error:
        raise UsageError(
            f"--sandi-fd {descriptor} tidak dapat dibaca: {reason(error)}", "periksa nomor deskriptornya"
        ) from None
    except UnicodeDecodeError:
        secret = Secret("")
    if not secret:
        raise UsageError(f"--sandi-fd {descriptor} tidak memberi kata sandi", "kirim kata sandi sebagai teks UTF-8")
    return secret
