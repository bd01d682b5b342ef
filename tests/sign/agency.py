"""A double of an agency's BSrE service: both versions of the API, the documented errors, signing with pyHanko."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from sopdocs.sign import BsreService, Secret
from sopdocs.sign.foreign import certificates
from sopdocs.sign.signer import MemorySigner

from .authority import Authority
from .loopback import Reply, Request, serving

USER, PASSWORD = "aplikasi-contoh", "sandi-aplikasi-contoh"
NIK = "3171000000000001"
PASSPHRASE, TOTP = "frasa sandi: contoh!", "482913"


@dataclass(slots=True)
class Agency:
    """The running service; tests change how it behaves."""

    authority: Authority
    url: str = ""
    status: str = "ISSUE"
    requests: list[Request] = field(default_factory=list, repr=False)
    instead: Reply | None = field(default=None, repr=False)
    """Answer a request for a signature with this."""
    spoil: Callable[[bytes], bytes] = field(default=lambda signed: signed)
    """What is done to the signed file before it is sent."""
    before: Callable[[bytes], bytes] = field(default=lambda sent: sent)
    """What is done to a file before it is signed."""
    copies: int = 1

    def service(self, version: int = 2, **changes: Any) -> BsreService:
        known = {"passphrase": Secret(PASSPHRASE), "seconds": 20.0, **changes}
        secrets = {"user": Secret(USER), "password": Secret(PASSWORD), "nik": Secret(NIK)}
        return BsreService(self.url, version, **(secrets | known))

    def answer(self, request: Request) -> Reply:
        self.requests.append(request)
        pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {pair}":
            return Reply(b"Unauthorized", 401)
        if request.path == "/api/v2/user/check/status":
            return _json({"status": self.status, "message": "contoh"})
        if self.instead is not None:
            return self.instead
        if request.path == "/api/v2/sign/pdf":
            return self._second(json.loads(request.body))
        if request.path == "/api/sign/pdf":
            return self._first(request)
        return Reply(b"", 404)

    def _second(self, asked: dict[str, Any]) -> Reply:
        error = _refusal(asked.get("nik"), asked.get("passphrase"), asked.get("totp"))
        if error is not None:
            return error
        (how,) = asked["signatureProperties"]
        assert how["tampilan"] == "INVISIBLE"
        (sent,) = asked["file"]
        signed = self._sign(base64.b64decode(sent))
        return _json({"time": 123, "file": [base64.b64encode(signed).decode()] * self.copies})

    def _first(self, request: Request) -> Reply:
        kind = request.headers["Content-Type"].encode()
        message = message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + request.body)
        parts = {}
        for part in message.get_payload():
            parts[part.get_param("name", header="Content-Disposition")] = part.get_payload(decode=True)
        assert parts["tampilan"] == b"invisible"
        error = _refusal(parts["nik"].decode(), parts["passphrase"].decode(), None)
        if error is not None:
            return error
        headers = {"Content-Type": "application/pdf", "id_dokumen": "contoh-1"}
        return Reply(self._sign(parts["file"]), headers=headers)

    def _sign(self, pdf: bytes) -> bytes:
        chain = tuple(self.authority.chain("pejabat"))
        signer = MemorySigner(self.authority.key("pejabat"), self.authority.certificate("pejabat"), chain)
        assert certificates(self.authority.certificate("pejabat"))[0].dump() == signer.signing_cert.dump()
        meta = PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
        return self.spoil(
            PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(self.before(pdf)))).getvalue()
        )


def _refusal(nik: str | None, passphrase: str | None, totp: str | None) -> Reply | None:
    if nik != NIK:
        return _json({"status_code": 2011, "error": f"User {nik} tidak terdaftar"})
    if totp != TOTP and passphrase != PASSPHRASE:
        return _json({"status_code": 2031, "error": f"Passphrase {passphrase} salah"})
    return None


def _json(record: dict[str, Any], status: int = 200) -> Reply:
    return Reply(json.dumps(record).encode(), status, {"Content-Type": "application/json"})


@contextmanager
def agency(authority: Authority) -> Iterator[Agency]:
    running = Agency(authority)
    with serving(lambda request: running.answer(request)) as url:
        running.url = url
        yield running


def now() -> datetime:
    return datetime.now(tz=UTC)
