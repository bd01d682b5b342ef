"""The verdict on signatures with time stamps and stored revocation data, by an authority that really answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from pyhanko.sign.fields import MDPPerm

from sopdocs.sign import Level, Policy, Report, Revocation, TimeSource, Topic, Verdict, verify

from .authority import Authority
from .material import small_pdf
from .sealing import Way, sealed

PASSED, INDETERMINATE, FAILED = Verdict.PASSED, Verdict.INDETERMINATE, Verdict.FAILED
GOOD = Way()


def judged(pdf: bytes, authority: Authority, *, later: timedelta = timedelta(), policy: Policy = Policy()) -> Report:  # noqa: B008
    return verify(pdf, trusted=[authority.root], now=datetime.now(tz=UTC) + later, policy=policy)


@pytest.fixture(scope="module")
def long_term(authority: Authority) -> bytes:
    return sealed(small_pdf(), authority)


def test_a_file_in_order_passes_offline(long_term: bytes, authority: Authority) -> None:
    report = judged(long_term, authority)
    assert report.problems == ()
    assert report.verdict is PASSED
    assert (report.level, report.certified) == (Level.B_LT, True)
    assert (report.time_source, report.revocation) == (TimeSource.TIMESTAMP, Revocation.STORED)
    assert [each.subject for each in report.chain] == ["Budi Contoh (pejabat)", "Penerbit Uji", "Akar Uji"]
    assert report.stamp is not None
    assert (report.stamp.authority, report.stamp.issuer, report.stamp.trusted) == (
        "Penanda Waktu Uji",
        "Akar Uji",
        True,
    )
    assert report.notes == ()


@pytest.mark.parametrize("days", [1, 30, 600])
def test_it_passes_long_after_its_revocation_data_went_stale(long_term: bytes, authority: Authority, days: int) -> None:
    assert judged(long_term, authority, later=timedelta(days=days)).problems == ()


def test_it_does_not_pass_after_the_stamp_lost_its_force(long_term: bytes, authority: Authority) -> None:
    report = judged(long_term, authority, later=timedelta(days=900))
    assert report.verdict is INDETERMINATE
    assert any("penanda waktu sudah habis" in sentence for sentence in report.problems)


def test_online_it_asks_for_the_status_of_today(long_term: bytes, authority: Authority) -> None:
    report = judged(long_term, authority, policy=Policy(online=True))
    assert (report.problems, report.revocation) == ((), Revocation.ONLINE)


CASES: dict[str, tuple[Way, Verdict, Topic, str]] = {
    "revoked": (replace(GOOD, signer="dicabut"), INDETERMINATE, Topic.REVOCATION, "sudah dicabut"),
    "issuer revoked": (replace(GOOD, signer="penerbit-dicabut"), INDETERMINATE, Topic.REVOCATION, "sudah dicabut"),
    "expired": (replace(GOOD, signer="kedaluwarsa"), FAILED, Topic.TIME, "tidak berlaku pada waktu"),
    "not yet valid": (replace(GOOD, signer="belum-berlaku"), FAILED, Topic.TIME, "tidak berlaku pada waktu"),
    "wrong usage": (replace(GOOD, signer="salah-guna"), INDETERMINATE, Topic.CERTIFICATE, "tidak boleh dipakai"),
    "untrusted": (replace(GOOD, signer="asing"), INDETERMINATE, Topic.CERTIFICATE, "penerbit yang dipercaya"),
    "weak certificate": (replace(GOOD, signer="sertifikat-lemah"), INDETERMINATE, Topic.STRENGTH, "lemah"),
    "weak signature": (replace(GOOD, digest="sha1"), INDETERMINATE, Topic.STRENGTH, "lemah"),
    "weak stamp": (replace(GOOD, stamp="cap-waktu-lemah"), INDETERMINATE, Topic.STRENGTH, "lemah"),
    "untrusted stamp": (replace(GOOD, stamp="cap-waktu-asing"), INDETERMINATE, Topic.CERTIFICATE, "penanda waktu"),
    "stamp of wrong usage": (
        replace(GOOD, stamp="cap-waktu-salah-guna"),
        INDETERMINATE,
        Topic.CERTIFICATE,
        "penanda waktu",
    ),
    "stamp of the future": (replace(GOOD, future=True), INDETERMINATE, Topic.TIME, "masa depan"),
    "no revocation data": (replace(GOOD, store=False), INDETERMINATE, Topic.REVOCATION, "tidak dapat dipastikan"),
    "no stamp, no data": (
        replace(GOOD, stamp=None, store=False),
        INDETERMINATE,
        Topic.REVOCATION,
        "tidak dapat dipastikan",
    ),
    "approval": (replace(GOOD, certify=False), FAILED, Topic.CERTIFICATION, "bukan tanda tangan pengesahan"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_pass(name: str, authority: Authority) -> None:
    way, verdict, topic, words = CASES[name]
    report = judged(sealed(small_pdf(), authority, way), authority)
    assert report.verdict is verdict, report.problems
    [check] = [each for each in report.checks if each.topic is topic]
    assert any(words in sentence for sentence in check.problems), report.checks
    assert not report.certified


@pytest.mark.parametrize("stamp", ["cap-waktu", None])
def test_online_settles_what_the_file_leaves_open(authority: Authority, stamp: str | None) -> None:
    pdf = sealed(small_pdf(), authority, Way(stamp=stamp, store=False))
    report = judged(pdf, authority, policy=Policy(online=True))
    assert (report.problems, report.revocation, report.certified) == ((), Revocation.ONLINE, True)
    revoked = sealed(small_pdf(), authority, Way(signer="dicabut", stamp=stamp, store=False))
    report = judged(revoked, authority, policy=Policy(online=True))
    assert report.verdict is INDETERMINATE
    assert "sudah dicabut" in report.problems[0]


def test_a_signer_may_be_content_with_an_unknown_status(authority: Authority) -> None:
    pdf = sealed(small_pdf(), authority, Way(stamp=None, store=False))
    report = judged(pdf, authority, policy=Policy(revocation=False))
    assert report.verdict is PASSED
    assert any("tidak dapat dipastikan" in note for note in report.notes)
    assert not report.certified


def test_a_known_revocation_is_never_forgiven(authority: Authority) -> None:
    pdf = sealed(small_pdf(), authority, Way(signer="dicabut"))
    assert judged(pdf, authority, policy=Policy(revocation=False)).verdict is INDETERMINATE


def test_an_approval_passes_only_where_the_caller_is_content_with_it(authority: Authority) -> None:
    pdf = sealed(small_pdf(), authority, Way(certify=False))
    report = judged(pdf, authority, policy=Policy(certification=False, field=None))
    assert report.verdict is PASSED
    assert report.docmdp is None
    assert any("tidak melarang perubahan" in note for note in report.notes)
    assert judged(pdf + b"\n", authority, policy=Policy(certification=False)).verdict is FAILED


def test_the_lower_demand_does_not_accept_a_certification_that_allows_changes(authority: Authority) -> None:

    pdf = sealed(small_pdf(), authority, Way(permission=MDPPerm.FILL_FORMS))
    assert judged(pdf, authority, policy=Policy(certification=False)).verdict is FAILED


def test_the_stamp_certificate_is_the_one_of_the_service(long_term: bytes, authority: Authority) -> None:
    report = judged(long_term, authority)
    certificate = x509.load_der_x509_certificate(authority.certificate("pejabat"))
    assert report.chain[0].end == certificate.not_valid_after_utc
