"""One HTTP exchange with limits: whole time, size, no surprise redirects. The only module that knows requests."""

from __future__ import annotations

import base64
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

import requests
from requests.auth import AuthBase

from sopdocs.errors import UsageError
from sopdocs.sign.secret import Secret

SECONDS = 30.0
"""Whole time of one exchange, from connecting to the last byte."""
LARGEST = 512 * 1024 * 1024
"""Bytes; a service that sends more is not what it should be."""
_CHUNK = 64 * 1024
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Call:
    """A request. Its repr shows nothing that may be secret: neither body nor credentials."""

    method: str
    url: str
    body: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    auth: AuthBase | None = field(default=None, repr=False)
    redirects: bool = False
    """Follow redirects: only for signed public data such as a CRL."""
    seconds: float = SECONDS
    largest: int = LARGEST


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class UnansweredError(Exception):
    """No complete answer; the text is an Indonesian clause that says why, without anything that was sent."""


def ask(call: Call) -> Answer:
    """Make the exchange; raise UnansweredError when it does not end well within its limits.

    A thread of its own does the work, because the timeouts of requests count from byte to byte: a service that
    sends one byte a second would hold the caller for hours.
    """
    exchange = _Exchange(call)
    worker = threading.Thread(target=exchange.run, daemon=True)
    worker.start()
    worker.join(call.seconds)
    if worker.is_alive():
        raise UnansweredError(f"tidak selesai menjawab dalam {call.seconds:g} detik")
    if exchange.answer is None:
        raise UnansweredError(exchange.failure)
    return exchange.answer


def basic(user: Secret, password: Secret) -> AuthBase:
    """Return credentials for HTTP Basic, whose repr does not show them."""
    return _Basic(user, password)


def form(fields: Mapping[str, str], name: str, filename: str, data: bytes) -> tuple[bytes, str]:
    """Return a multipart form with one file, and its content type."""
    prepared = requests.Request(
        "POST", "http://form.invalid/", data=dict(fields), files={name: (filename, data, "application/pdf")}
    ).prepare()
    body = prepared.body
    return (body if isinstance(body, bytes) else str(body).encode()), str(prepared.headers["Content-Type"])


class _Basic(AuthBase):
    def __init__(self, user: Secret, password: Secret) -> None:
        self._user, self._password = user, password

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        pair = f"{self._user.reveal()}:{self._password.reveal()}".encode()
        r.headers["Authorization"] = f"Basic {base64.b64encode(pair).decode('ascii')}"
        return r


def unreachable(service: str, url: str, why: str) -> UsageError:
    """Return the error for a `service` (with its role, as a sentence starts) that did not do its part."""
    return UsageError(
        f"{service} di {url} {why}.",
        "Periksa alamat dan jaringan, lalu ulangi; tidak ada berkas yang diubah.",
    )


class _Exchange:
    """One exchange in a thread. Failures are kept as a clause, not as exceptions: those hold what was sent."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.answer: Answer | None = None
        self.failure = "tidak menjawab"

    def run(self) -> None:
        try:
            self.answer = self._perform()
        except (requests.RequestException, OSError, ValueError) as error:
            self.failure = _clause(error)
        except _RefusedError as error:
            self.failure = str(error)

    def _perform(self) -> Answer:
        url = self.call.url
        with _Session() as session:
            for _ in range(_MOST_REDIRECTS + 1):
                with self._sent(session, url) as response:
                    if not response.is_redirect:
                        return Answer(response.status_code, dict(response.headers), self._body(response))
                    if not self.call.redirects:
                        raise _RefusedError("mengalihkan ke alamat lain, dan pengalihan ditolak")
                    url = urljoin(url, response.headers["Location"])
        raise _RefusedError("mengalihkan tanpa akhir")

    def _sent(self, session: requests.Session, url: str) -> requests.Response:
        call = self.call
        return session.request(
            call.method,
            url,
            data=call.body,
            headers=dict(call.headers),
            auth=call.auth,
            timeout=call.seconds,
            stream=True,
        )

    def _body(self, response: requests.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in response.iter_content(_CHUNK):
            size += len(part)
            if size > self.call.largest:
                raise _RefusedError("menjawab dengan data yang terlalu besar")
            parts.append(part)
        return b"".join(parts)


class _Session(requests.Session):
    """Follows no redirect by itself: before it did, it would read a body of any length into memory."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        del resp
        return None


class _RefusedError(Exception):
    """An answer that this module does not accept."""


_CLAUSES: tuple[tuple[type[Exception], str], ...] = (
    (requests.exceptions.SSLError, "tidak dapat dihubungi dengan aman: sertifikat TLS-nya tidak dipercaya"),
    (requests.exceptions.Timeout, "terlalu lama menjawab"),
    (requests.exceptions.ChunkedEncodingError, "menjawab tidak lengkap: jawabannya terpotong"),
    (requests.exceptions.ContentDecodingError, "menjawab dengan data yang rusak"),
    (requests.exceptions.ConnectionError, "tidak dapat dihubungi"),
    (requests.exceptions.InvalidSchema, "bukan alamat http:// atau https://"),
    (requests.exceptions.MissingSchema, "bukan alamat http:// atau https://"),
    (ValueError, "tidak dapat dipakai: alamatnya salah tulis"),
)


def _clause(error: Exception) -> str:
    return next((words for kind, words in _CLAUSES if isinstance(error, kind)), "tidak dapat dihubungi")
