"""Time stamps and proofs: B-LT in one revision with a good authority, nothing at all with a bad one."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import requests

from sopdocs.errors import UsageError
from sopdocs.sign import DevelopmentKey, Level, Pkcs12Key, Policy, Secret, Terms, TimeSource, Verdict, sign, verify

from ..pdf.pdf_samples import conformance_failures
from .authority import Authority
from .loopback import Reply, Request, serving
from .material import STATEMENT

PASSPHRASE = "kata sandi"


def now() -> datetime:
    return datetime.now(tz=UTC)


def official(authority: Authority, folder: Path, label: str = "pejabat") -> Pkcs12Key:
    path = folder / f"{label}.p12"
    path.write_bytes(authority.pkcs12(label, PASSPHRASE.encode()))
    return Pkcs12Key(path, Secret(PASSPHRASE))


def test_everything_is_in_one_revision(authority: Authority, office: bytes, tmp_path: Path) -> None:
    terms = Terms(timestamp=authority.timestamp_url())
    signed = sign(office, official(authority, tmp_path), now=now(), statement=STATEMENT, terms=terms)
    assert signed.startswith(office)
    assert signed.count(b"%%EOF") == office.count(b"%%EOF") + 1
    with pikepdf.open(BytesIO(signed)) as pdf:
        store = pdf.Root.DSS
        assert "/VRI" not in store
        # The root, the issuer, who answers for it, signer and clock; one list of the root, for issuer and clock.
        assert (len(store.Certs), len(store.OCSPs), len(store.CRLs)) == (5, 1, 1)
    report = verify(signed, trusted=[authority.root], now=now())
    assert (report.verdict, report.level) == (Verdict.PASSED, Level.B_LT), report.problems
    assert report.time_source is TimeSource.TIMESTAMP
    assert conformance_failures(signed) == []


def test_without_a_time_stamp_the_status_is_asked_but_not_stored(
    authority: Authority, unsigned: bytes, tmp_path: Path
) -> None:
    signed = sign(unsigned, official(authority, tmp_path), now=now(), statement=STATEMENT, terms=Terms(prove=True))
    with pikepdf.open(BytesIO(signed)) as pdf:
        assert "/DSS" not in pdf.Root
    assert verify(signed, trusted=[authority.root], now=now()).verdict is Verdict.INDETERMINATE
    online = verify(signed, trusted=[authority.root], now=now(), policy=Policy(online=True))
    assert (online.verdict, online.level) == (Verdict.PASSED, Level.B_B), online.problems


def test_the_development_key_takes_a_time_stamp(authority: Authority, unsigned: bytes, key: DevelopmentKey) -> None:
    terms = Terms(timestamp=authority.timestamp_url(), issuers=(authority.root,))
    signed = sign(unsigned, key, now=now(), statement=STATEMENT, terms=terms)
    report = verify(signed, trusted=[authority.root, key.certificate], now=now())
    assert (report.verdict, report.level) == (Verdict.PASSED, Level.B_LT), report.problems


def test_an_authority_whose_issuer_nobody_brings(authority: Authority, unsigned: bytes, key: DevelopmentKey) -> None:
    with pytest.raises(UsageError, match="penanda waktu tidak lengkap") as caught:
        sign(unsigned, key, now=now(), statement=STATEMENT, terms=Terms(timestamp=authority.timestamp_url()))
    assert "--penerbit" in caught.value.advice


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("dicabut", "Sertifikat penanda tangan sudah dicabut"),
        ("kedaluwarsa", "hanya berlaku"),
        ("belum-berlaku", "hanya berlaku"),
        ("salah-guna", "tidak boleh dipakai untuk tanda tangan"),
        ("sertifikat-lemah", "algoritma yang terlalu lemah"),
        ("penerbit-dicabut", "Sertifikat penerbit dari penanda tangan sudah dicabut"),
    ],
)
@pytest.mark.parametrize("stamped", [True, False])
def test_a_bad_certificate_signs_nothing(
    authority: Authority, unsigned: bytes, tmp_path: Path, label: str, words: str, stamped: bool
) -> None:
    terms = Terms(timestamp=authority.timestamp_url() if stamped else None, prove=True)
    with pytest.raises(UsageError, match=words) as caught:
        sign(unsigned, official(authority, tmp_path, label), now=now(), statement=STATEMENT, terms=terms)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("label", "future", "words"),
    [
        ("cap-waktu-lemah", False, "algoritma yang terlalu lemah"),
        ("cap-waktu-salah-guna", False, "Sertifikat penanda waktu tidak boleh dipakai"),
        ("cap-waktu", True, "berbeda dari jam komputer"),
        ("tidak-ada", False, "HTTP 404"),
    ],
)
def test_a_bad_time_stamping_authority(
    authority: Authority, unsigned: bytes, tmp_path: Path, label: str, future: bool, words: str
) -> None:
    terms = Terms(timestamp=authority.timestamp_url(label, future=future))
    with pytest.raises(UsageError, match=words):
        sign(unsigned, official(authority, tmp_path), now=now(), statement=STATEMENT, terms=terms)


def refusing(unsigned: bytes, key: DevelopmentKey, url: str) -> str:
    with pytest.raises(UsageError) as caught:
        sign(unsigned, key, now=now(), statement=STATEMENT, terms=Terms(timestamp=url, seconds=1))
    assert "tidak ada berkas yang diubah" in caught.value.advice
    return caught.value.message


def test_a_slow_authority(unsigned: bytes, key: DevelopmentKey) -> None:
    over = threading.Event()
    with serving(lambda _: Reply(b"0" * 1000, drip=over)) as url:
        assert "tidak selesai menjawab dalam 1 detik" in refusing(unsigned, key, url)
    over.set()


@pytest.mark.parametrize("body", [b"", b"<html>proxy</html>", b"0\x03\x02\x01\x02", b"0\x05\x30\x03\x02\x01\x02"])
def test_an_authority_that_answers_something_else(unsigned: bytes, key: DevelopmentKey, body: bytes) -> None:
    """The last two are well-formed: nonsense, and a refusal (RFC 3161, 2.4.2)."""
    with serving(lambda _: Reply(body)) as url:
        assert "tidak memberi cap waktu yang sah" in refusing(unsigned, key, url)


@pytest.mark.parametrize("kept", [10, 500, -1])
def test_a_truncated_token(authority: Authority, unsigned: bytes, key: DevelopmentKey, kept: int) -> None:
    def answer(request: Request) -> Reply:
        headers = {"Content-Type": request.headers["Content-Type"]}
        whole = requests.post(authority.timestamp_url(), request.body, headers=headers, timeout=10).content
        return Reply(whole[:kept])

    with serving(answer) as url:
        assert "tidak memberi cap waktu yang sah" in refusing(unsigned, key, url)


def test_a_token_for_another_request(authority: Authority, unsigned: bytes, key: DevelopmentKey) -> None:
    """A replayed answer has another nonce."""
    kept: list[bytes] = []

    def answer(request: Request) -> Reply:
        headers = {"Content-Type": request.headers["Content-Type"]}
        kept.append(requests.post(authority.timestamp_url(), request.body, headers=headers, timeout=10).content)
        return Reply(kept[0])

    with serving(answer) as url:
        issuers = (authority.root,)
        with pytest.raises(UsageError, match="tidak memberi cap waktu yang sah"):
            sign(unsigned, key, now=now(), statement=STATEMENT, terms=Terms(timestamp=url, issuers=issuers))


def test_silent_revocation_services_are_named(
    authority: Authority, unsigned: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sopdocs.sign import fetching
    from sopdocs.sign.network import Answer

    monkeypatch.setattr(fetching, "ask", lambda call: Answer(503, {}, b""))
    with pytest.raises(UsageError, match="tidak dapat dipastikan belum dicabut") as caught:
        sign(unsigned, official(authority, tmp_path), now=now(), statement=STATEMENT, terms=Terms(prove=True))
    assert "menjawab HTTP 503" in caught.value.message
