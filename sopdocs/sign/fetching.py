"""Fetch OCSP answers, CRLs and issuers' certificates for pyhanko-certvalidator, under our own limits."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from dataclasses import replace
from typing import Any, cast

from asn1crypto import crl, pem
from pyhanko_certvalidator import util
from pyhanko_certvalidator.errors import CRLFetchError, OCSPFetchError
from pyhanko_certvalidator.fetchers.api import CertificateFetcher, CRLFetcher, FetcherBackend, Fetchers, OCSPFetcher
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    process_ocsp_response_data,
)

from sopdocs.sign.network import Answer, Call, UnansweredError, ask

_LARGEST = 64 * 1024 * 1024
"""Bytes; the CRL of a national authority has some megabytes."""
MOST = 30
"""Questions in one validation; certificates name the addresses, and one certificate may name thousands."""


class Sources:
    """The network as pyhanko-certvalidator wants it, under our own limits; remembers what failed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.failures: list[str] = []
        """Indonesian sentences: which address did not answer, and why."""
        self._remembered: dict[str, Answer] = {}
        self._asked = 0

    def get(self, url: str, accept: str) -> bytes:
        """Fetch signed public data, once; ValueError when it cannot be had."""
        if url not in self._remembered:
            self._remembered[url] = self._fetch(Call("GET", url, headers={"Accept": accept}, redirects=True))
        return self._remembered[url].body

    def post(self, url: str, body: bytes) -> bytes:
        """Ask an OCSP service; ValueError when it does not answer."""
        headers = {"Content-Type": "application/ocsp-request", "Accept": "application/ocsp-response"}
        return self._fetch(Call("POST", url, body, headers)).body

    def _fetch(self, call: Call) -> Answer:
        self._asked += 1
        if self._asked > MOST:
            raise ValueError(call.url)
        try:
            answer = ask(replace(call, seconds=self.seconds, largest=_LARGEST))
        except UnansweredError as error:
            self.failures.append(f"{call.url} {error}")
            raise ValueError(call.url) from None
        if answer.status != 200:
            self.failures.append(f"{call.url} menjawab HTTP {answer.status}")
            raise ValueError(call.url)
        return answer

    def fetchers(self) -> Fetchers:
        """Return the fetchers for one validation context."""
        return Fetchers(_Ocsp(self), _Crl(self), _Issuers())


class Backend(FetcherBackend):
    """The same for pyHanko's validation: its own fetchers wait while bytes trickle in, and read any size."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def get_fetchers(self) -> Fetchers:
        """Return fetchers with limits of their own."""
        return Sources(self._seconds).fetchers()

    async def close(self) -> None:
        """Nothing stays open."""


class _Ocsp(OCSPFetcher):
    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._answers: dict[bytes, Any] = {}

    async def fetch(self, cert: Any, authority: Any) -> Any:
        key = cert.dump()
        if key not in self._answers:
            self._answers[key] = self._ask(cert, authority)
        return self._answers[key]

    def _ask(self, cert: Any, authority: Any) -> Any:
        request: Any = format_ocsp_request(cert, authority, certid_hash_algo="sha1", request_nonces=True)
        for url in cast("Iterable[str]", cast("Any", util).get_ocsp_urls(cert)):
            try:
                body = self._sources.post(url, request.dump())
                return cast("Any", process_ocsp_response_data)(body, ocsp_request=request, ocsp_url=url)
            except ValueError:
                continue
        raise OCSPFetchError("no OCSP service answered")

    def fetched_responses(self) -> Iterable[Any]:
        return list(self._answers.values())

    def fetched_responses_for_cert(self, cert: Any) -> Iterable[Any]:
        found = self._answers.get(cert.dump())
        return [] if found is None else [found]


class _Crl(CRLFetcher):
    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._lists: dict[bytes, list[Any]] = {}

    async def fetch(self, cert: Any, *, use_deltas: bool | None = None) -> Iterable[Any]:
        key = cert.dump()
        if key not in self._lists:
            self._lists[key] = self._read(cert, bool(use_deltas))
        return self._lists[key]

    def _read(self, cert: Any, use_deltas: bool) -> list[Any]:
        found: list[Any] = []
        addresses = [
            url
            for point in cast("Iterable[Any]", cast("Any", util).get_relevant_crl_dps(cert, use_deltas=use_deltas))
            for url in cast("Iterable[str]", enumerate_delivery_point_urls(point))
        ]
        for url in addresses:
            try:
                data = self._sources.get(url, "application/pkix-crl")
                data = cast("Any", pem).unarmor(data)[2] if cast("Any", pem).detect(data) else data
                found.append(cast("Any", crl.CertificateList).load(data, strict=True))
            except ValueError:
                continue
        if addresses and not found:
            raise CRLFetchError("no CRL could be fetched")
        return found

    def fetched_crls(self) -> Iterable[Any]:
        return [each for lists in self._lists.values() for each in lists]

    def fetched_crls_for_cert(self, cert: Any) -> Iterable[Any]:
        return self._lists[cert.dump()]


class _Issuers(CertificateFetcher):
    """Nothing is fetched while paths are built: the chains were completed before."""

    async def _none(self, subject: Any) -> AsyncGenerator[Any]:
        del subject
        for certificate in ():
            yield certificate

    def fetch_cert_issuers(self, cert: Any) -> AsyncGenerator[Any]:
        return self._none(cert)

    def fetch_crl_issuers(self, certificate_list: Any) -> AsyncGenerator[Any]:
        return self._none(certificate_list)

    def fetched_certs(self) -> Iterable[Any]:
        return []
