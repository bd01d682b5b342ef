"""A key on a PKCS#11 token or hardware module."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pkcs11
from cryptography import x509
from pkcs11 import exceptions
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer

from sopdocs.errors import ToolMissingError, UsageError
from sopdocs.sign.foreign import Certificate
from sopdocs.sign.secret import Secret
from sopdocs.sign.signer import require_usable

_AGAIN = "Periksa sambungan token dan isian pkcs11 pada segel.yaml, lalu ulangi; tidak ada berkas yang diubah."
_FAULTS: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    (
        (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange),
        "PIN untuk {token} salah.",
        "Ketik ulang dengan teliti: beberapa PIN yang salah mengunci token.",
    ),
    ((exceptions.PinLocked,), "{token} terkunci karena PIN berkali-kali salah.", "Hubungi penerbit token."),
    ((exceptions.PinExpired,), "PIN {token} sudah kedaluwarsa.", "Ganti PIN dengan program bawaan token."),
    (
        (
            exceptions.TokenNotPresent,
            exceptions.DeviceRemoved,
            exceptions.DeviceError,
            exceptions.SessionHandleInvalid,
            exceptions.SessionClosed,
        ),
        "{token} tidak terpasang, atau dicabut selagi dipakai.",
        _AGAIN,
    ),
    ((exceptions.NoSuchToken,), "{token} tidak ditemukan.", _AGAIN),
)


@dataclass(frozen=True, slots=True)
class Pkcs11Key:
    """A token, found by its label, with key and certificate, found by theirs."""

    library: Path
    """The vendor's library, or SoftHSM2."""
    token: str
    label: str
    pin: Secret = field(repr=False)

    @contextmanager
    def opened(self) -> Generator[Signer]:
        """Log in and yield the key as a signer.

        Raises ToolMissingError when the library cannot be loaded, UsageError for a wrong PIN, a missing token, key
        or certificate, also when the token vanishes while it signs.
        """
        session = self._session()
        try:
            signer = PKCS11Signer(session, cert_label=self.label, key_label=self.label, other_certs_to_pull=None)
            certificate = cast("Certificate", signer.signing_cert)
            require_usable(x509.load_der_x509_certificate(certificate.dump()), f"token “{self.token}”")
            yield signer
        except pkcs11.PKCS11Error as error:
            raise self._fault(error) from None
        finally:
            # Nothing is left to close on a token that was removed.
            with suppress(pkcs11.PKCS11Error):
                session.close()

    def _session(self) -> Any:
        """Open the session; failures leave without their cause, whose frames hold the PIN."""
        if not self.library.is_file():
            raise ToolMissingError(
                f"Pustaka PKCS#11 {self.library} tidak ada.",
                "Pasang program bawaan token, lalu tulis letak pustakanya (pustaka pada segel.yaml, atau --pustaka).",
            )
        try:
            pkcs11.lib(str(self.library))
        except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
            raise ToolMissingError(f"{self.library} bukan pustaka PKCS#11 yang dapat dimuat.", _AGAIN) from error
        failure: UsageError | None = None
        session: Any = None
        try:
            session = open_pkcs11_session(
                str(self.library), token_criteria=TokenCriteria(label=self.token), user_pin=self.pin.reveal()
            )
        except pkcs11.PKCS11Error as error:
            failure = self._fault(error)
        if failure is not None:
            raise failure
        return session

    def _fault(self, error: Exception) -> UsageError:
        for kinds, sentence, advice in _FAULTS:
            if isinstance(error, kinds):
                said = sentence.format(token=f"token “{self.token}”")
                return UsageError(said[0].upper() + said[1:], advice)
        said = str(error)
        if said.startswith("No token"):
            return UsageError(f"Token “{self.token}” tidak ditemukan.", _AGAIN)
        if said.startswith(("Could not find", "Found more than one")):
            what = f"Kunci dan sertifikat “{self.label}” pada token “{self.token}” harus ada tepat satu."
            return UsageError(what, "Periksa labelnya dengan program bawaan token.")
        return UsageError(f"Token “{self.token}” gagal ({type(error).__name__}).", _AGAIN)
