"""The signing service of Balai Besar Sertifikasi Elektronik: Esign Client API, versions 1 and 2.

An agency runs the service under a base URL of its own. Version 2 speaks JSON with the files in base64, version 1
multipart forms. Both may report an error under HTTP 200, so the body decides. A certification (DocMDP) cannot be asked
for. User, password, NIK, passphrase and TOTP stay inside this module's calls: no error holds what was sent.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from sopdocs.errors import UsageError
from sopdocs.pdf import adds_only_seal
from sopdocs.sign.field import VisibleMark
from sopdocs.sign.network import Answer, Call, UnansweredError, ask, basic, form, unreachable
from sopdocs.sign.secret import Secret
from sopdocs.sign.stamping import only_signature_covers, stamp_page
from sopdocs.sign.statement import Statement

SERVICE = "Layanan BSrE"
MAY_SIGN = "ISSUE"
"""The one status of a certificate with which its owner may sign."""
_UNCHANGED = "Tidak ada berkas yang diubah; bila berulang, hubungi pengelola layanan BSrE instansi Anda."
_KNOWN = {
    2031: ("Kata sandi (passphrase) BSrE salah.", "Ketik ulang; beberapa kali salah dapat mengunci sertifikat."),
    2011: ("NIK itu tidak terdaftar pada layanan BSrE.", "Periksa NIK, atau daftarkan penanda tangan kepada BSrE."),
    4044: ("Layanan BSrE kehilangan berkas yang dikirim.", "Ulangi; tidak ada berkas yang diubah."),
}
Letter = tuple[bytes, str]
"""Body of a request and its content type."""
_LONG_NUMBER = re.compile(r"\d{6,}")
"""A NIK or a TOTP that the service repeats in its message."""
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
_SECONDS = 120.0
"""A bundle of many megabytes travels there and back."""


@dataclass(frozen=True, slots=True)
class BsreService:
    """An agency's service and who signs there."""

    url: str
    """Base URL."""
    version: int
    """1 or 2."""
    user: Secret = field(repr=False)
    password: Secret = field(repr=False)
    """Of the agency's application (HTTP Basic)."""
    nik: Secret = field(repr=False)
    passphrase: Secret | None = field(default=None, repr=False)
    totp: Secret | None = field(default=None, repr=False)
    """Version 2 only, in place of the passphrase."""
    seconds: float = _SECONDS
    """Longest wait for one answer."""

    def sign(self, pdf: bytes, statement: Statement, mark: VisibleMark | None) -> bytes:
        """Return what the service made of `pdf`, which is an exact prefix of it.

        The mark is put on the first page before, in a revision of its own, since the service's own picture would
        break PDF/A. Raises UsageError when the service refuses, does not answer in time, or answers with anything
        but the file sent with one signature over all of it.
        """
        if self.version not in (1, 2):
            raise UsageError(f"Versi {self.version} layanan BSrE tidak dikenal.", "Tulis versi 1 atau 2 di segel.yaml.")
        _require_encryption(self.url)
        if self.version == 1 and self.passphrase is None:
            raise UsageError("Layanan BSrE versi 1 memerlukan passphrase.", "Isi passphrase, bukan TOTP.")
        sent = pdf if mark is None else stamp_page(pdf, mark)
        if self.version == 2:
            self._require_issued()
            signed = self._signed_by_2(sent, statement)
        else:
            signed = self._signed_by_1(sent)
        if not signed.startswith(b"%PDF-"):
            raise self._strange("bukan PDF")
        if not signed.startswith(sent) or len(signed) == len(sent):
            raise self._strange("bukan berkas yang dikirim dengan tambahan tanda tangan")
        if not only_signature_covers(signed):
            raise self._strange("tidak memuat tepat satu tanda tangan atas seluruh berkas")
        if not adds_only_seal(sent, signed):
            raise self._strange("mengubah isi dokumen, bukan hanya menandatanganinya")
        return signed

    def _require_issued(self) -> None:
        """Version 1 has this question only with the NIK in the address, which proxies log: there signing tells."""
        answer = self._accepted(self._ask("/api/v2/user/check/status", lambda: _json({"nik": self.nik.reveal()})))
        data = answer.get("data")
        status = answer.get("status", cast("dict[str, Any]", data).get("status") if isinstance(data, dict) else None)
        if status != MAY_SIGN:
            raise UsageError(
                f"Sertifikat BSrE penanda tangan belum atau tidak lagi dapat dipakai (status {_shown(status)}).",
                "Urus penerbitan atau perpanjangan sertifikat kepada BSrE, lalu ulangi.",
            )

    def _signed_by_2(self, sent: bytes, statement: Statement) -> bytes:
        how = {"tampilan": "INVISIBLE", "location": statement.location, "reason": statement.reason}

        def letter() -> Letter:
            return _json({"signatureProperties": [how], **self._who(), "file": [_b64(sent)]})

        files = self._accepted(self._ask("/api/v2/sign/pdf", letter)).get("file")
        if not isinstance(files, list) or len(cast("list[object]", files)) != 1:
            raise self._strange("tidak memuat tepat satu berkas")
        try:
            return base64.b64decode(str(cast("list[object]", files)[0]), validate=True)
        except (binascii.Error, ValueError):
            raise self._strange("bukan base64") from None

    def _who(self) -> dict[str, str]:
        proof = {"totp": self.totp} if self.totp else {"passphrase": self.passphrase or Secret("")}
        return {"nik": self.nik.reveal(), **{name: secret.reveal() for name, secret in proof.items()}}

    def _signed_by_1(self, sent: bytes) -> bytes:

        def letter() -> Letter:
            return form({**self._who(), "tampilan": "invisible"}, "file", "bundel.pdf", sent)

        answer = self._ask("/api/sign/pdf", letter)
        if not answer.body.startswith(b"%PDF-"):
            # An error comes as JSON, whatever its status.
            self._accepted(answer)
        return answer.body

    def _ask(self, path: str, letter: Callable[[], Letter]) -> Answer:
        """Send what `letter` returns; raise UsageError when no answer comes, or the agency is not let in.

        The letter is opened in `_exchange` only, through which no error passes: its frame holds the secrets.
        """
        url = self.url.rstrip("/") + path
        answer = self._exchange(url, letter)
        if isinstance(answer, str):
            raise unreachable(SERVICE, url, answer)
        if answer.status == 401:
            raise UsageError(
                "Layanan BSrE menolak pengguna atau kata sandi aplikasi instansi.", "Periksa keduanya, lalu ulangi."
            )
        return answer

    def _exchange(self, url: str, letter: Callable[[], Letter]) -> Answer | str:
        """Return the answer, or why there is none."""
        body, kind = letter()
        headers = {"Content-Type": kind, "Accept": "application/json, application/pdf"}
        try:
            return ask(Call("POST", url, body, headers, basic(self.user, self.password), seconds=self.seconds))
        except UnansweredError as error:
            return str(error)

    def _accepted(self, answer: Answer) -> dict[str, Any]:
        """Return the JSON object in an answer; raise UsageError for an error, which may come under HTTP 200."""
        found = self._judged(answer)
        if isinstance(found, UsageError):
            raise found
        return found

    def _judged(self, answer: Answer) -> dict[str, Any] | UsageError:
        """Raises nothing: a message of the service may repeat our secrets, and this frame holds it."""
        try:
            record: object = json.loads(answer.body)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            return self._strange("bukan JSON yang utuh" if answer.status == 200 else f"HTTP {answer.status}")
        found = cast("dict[str, Any]", record)
        if "error" not in found and answer.status == 200:
            return found
        code = found.get("status_code", answer.status)
        if isinstance(code, int) and code in _KNOWN:
            return UsageError(*_KNOWN[code])
        said = self._clean(str(found.get("error") or found.get("message") or "tanpa keterangan"))
        return UsageError(f"Layanan BSrE menolak permintaan ({_shown(code)}): {said}.", _UNCHANGED)

    def _clean(self, said: str) -> str:
        """Take out of a message what the service may have repeated of our secrets."""
        for secret in (self.passphrase, self.password, self.user, self.nik, self.totp):
            if secret:
                said = said.replace(secret.reveal(), "…")
        return _shown(_LONG_NUMBER.sub("…", said).rstrip("."))

    def _strange(self, what: str) -> UsageError:
        return UsageError(f"Jawaban layanan BSrE tidak dapat dipakai: {what}.", _UNCHANGED)


def _require_encryption(url: str) -> None:
    """Refuse to send a passphrase in the clear, but to this machine itself."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        raise UsageError(
            f"Alamat layanan BSrE {url} tidak terenkripsi, padahal kata sandi dikirim ke sana.",
            "Tulis alamat yang berawal https:// pada segel.yaml (bsre: alamat).",
        )


def _shown(value: object) -> str:
    """Return a value of the service's, short and printable."""
    return "".join(character for character in str(value) if character.isprintable())[:200]


def _json(record: dict[str, Any]) -> Letter:
    return json.dumps(record).encode(), "application/json"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
