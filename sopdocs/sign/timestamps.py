"""Time stamps by a configured authority (RFC 3161)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from sopdocs.errors import UsageError
from sopdocs.sign.ades import CLOCK_TOLERANCE
from sopdocs.sign.network import SECONDS, Call, UnansweredError, ask, unreachable

SERVICE = "Penanda waktu"
_HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
_STRONG = {"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"}
_LARGEST = 1024 * 1024
"""Bytes; a token with its chain has some thousands."""


class Authority(TimeStamper):
    """A time stamping authority, reached under our own limits."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        super().__init__()
        self.url = url
        self.seconds = seconds

    async def introduced(self, now: datetime) -> list[Any]:
        """Ask for a token over nothing; return the certificates that came with it, the authority's among them.

        Raises UsageError when the token is not one that will convince a verifier: a weak digest, or a time far from
        `now`.
        """
        try:
            token = await cast("Any", self).async_dummy_response("sha256")
            content = token["content"]
            time = content["encap_content_info"]["content"].parsed["gen_time"].native
            digests = {each["digest_algorithm"]["algorithm"].native for each in content["signer_infos"]}
        except (ValueError, TypeError, KeyError, AssertionError):
            raise _wrong(self.url) from None
        if not digests <= _STRONG:
            raise UsageError(
                f"{SERVICE} di {self.url} memakai algoritma yang terlalu lemah.", "Pilih penanda waktu lain."
            )
        if abs(time - now) > CLOCK_TOLERANCE:
            raise UsageError(
                f"Jam {SERVICE.casefold()} di {self.url} berbeda dari jam komputer ini lebih dari "
                f"{CLOCK_TOLERANCE.seconds // 60} menit.",
                "Periksa jam dan tanggal komputer; bila sudah benar, pilih penanda waktu lain.",
            )
        return list(self.cert_registry)

    async def async_request_tsa_response(self, req: Any) -> Any:
        """Send the request; raise UsageError when no complete answer comes in time."""
        call = Call("POST", self.url, req.dump(), _HEADERS, seconds=self.seconds, largest=_LARGEST)
        try:
            answer = ask(call)
        except UnansweredError as error:
            raise unreachable(SERVICE, self.url, str(error)) from None
        if answer.status != 200:
            raise unreachable(SERVICE, self.url, f"menolak permintaan (HTTP {answer.status})")
        return _parsed(answer.body, self.url)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """Return a token over `message_digest`; raise UsageError when the answer is not one."""
        token: Any = None
        try:
            token = await cast("Any", super()).async_timestamp(message_digest, md_algorithm)
            stamped = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
            same = stamped["hashed_message"].native == message_digest
        except (TimestampRequestError, ValueError, TypeError, KeyError, AttributeError):
            # pyHanko stumbles over its own message for a wrong nonce, which is None when the answer has none.
            same = False
        if not same:
            raise _wrong(self.url)
        return token


def _parsed(body: bytes, url: str) -> Any:
    try:
        # Strictly: what follows the value, or is missing in it, must not pass.
        response = cast("Any", tsp.TimeStampResp).load(body, strict=True)
        _ = response.native
    except (ValueError, TypeError, KeyError):
        raise _wrong(url) from None
    return response


def _wrong(url: str) -> UsageError:
    return UsageError(
        f"{SERVICE} di {url} tidak memberi cap waktu yang sah (RFC 3161): jawabannya keliru, terpotong, atau menolak.",
        "Periksa alamat penanda_waktu pada segel.yaml, atau ulangi nanti; tidak ada berkas yang diubah.",
    )
