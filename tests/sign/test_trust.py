"""The verdict on weaker signatures, on certificates and on time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from asn1crypto.crl import CertificateList
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sopdocs.sign import DEVELOPMENT_NAME, DevelopmentKey, Level, Policy, TimeSource, Verdict, sign, verify
from sopdocs.sign.field import FIELD_NAME, add_field
from sopdocs.sign.foreign import certificates
from sopdocs.sign.quiet import open_for_update
from sopdocs.sign.signer import MemorySigner

from .material import NOW, STATEMENT, check, issue, private_key, small_pdf

FAILED, INDETERMINATE, PASSED = Verdict.FAILED, Verdict.INDETERMINATE, Verdict.PASSED


# Signed by the book of pyHanko, but not by ours


def other_way(key: DevelopmentKey, *, tag: bool = True, stamper: object = None, **meta: object) -> bytes:
    writer = open_for_update(small_pdf())
    options: dict[str, object] = {
        "field_name": FIELD_NAME,
        "md_algorithm": "sha256",
        "certify": True,
        "docmdp_permissions": MDPPerm.NO_CHANGES,
        "subfilter": SigSeedSubFilter.PADES,
    }
    options |= meta
    if tag:
        add_field(writer)
    signer = PdfSigner(
        PdfSignatureMetadata(**options), MemorySigner(key.private_key, key.certificate), timestamper=stamper
    )
    return signer.sign_pdf(writer).getvalue()


def now_at_real_time() -> datetime:
    """Return the time that pyHanko itself writes when it is not told another."""
    return datetime.now(tz=NOW.tzinfo)


@pytest.fixture(scope="module")
def today() -> tuple[DevelopmentKey, datetime]:
    now = now_at_real_time()
    span = {"start": now - timedelta(days=1), "end": now + timedelta(days=1)}
    return issue("Penguji", private_key(), **span), now + timedelta(minutes=2)


def test_the_control_of_the_other_way_passes(today: tuple[DevelopmentKey, datetime]) -> None:
    key, now = today
    assert check(other_way(key), key, now).verdict is PASSED


@pytest.mark.parametrize(
    ("meta", "words"),
    [
        ({"certify": False}, "bukan tanda tangan pengesahan"),
        ({"docmdp_permissions": MDPPerm.FILL_FORMS}, "masih mengizinkan perubahan"),
        ({"docmdp_permissions": MDPPerm.ANNOTATE}, "masih mengizinkan perubahan"),
        ({"field_name": "Lain", "tag": False}, "“Lain”"),
    ],
    ids=["approval", "forms", "annotations", "name"],
)
def test_a_weaker_signature_fails(meta: dict[str, object], words: str, today: tuple[DevelopmentKey, datetime]) -> None:
    key, now = today
    report = check(other_way(key, **meta), key, now)
    assert report.verdict is FAILED
    assert words in " ".join(report.problems)


def test_a_signature_that_is_not_pades_has_no_level(today: tuple[DevelopmentKey, datetime]) -> None:
    key, now = today
    report = check(other_way(key, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED), key, now)
    assert report.level is None


def test_another_field_name_can_be_expected(today: tuple[DevelopmentKey, datetime]) -> None:
    key, now = today
    pdf = other_way(key, field_name="Lain", tag=False)
    assert verify(pdf, trusted=[key.certificate], now=now, policy=Policy(field="Lain")).verdict is PASSED


# Certificates and time


def signed_by(key: DevelopmentKey, now: datetime = NOW) -> bytes:
    return sign(small_pdf(), key, now=now, statement=STATEMENT)


def test_an_untrusted_certificate(signed: bytes) -> None:
    other = issue("Lain", private_key())
    for trusted in ([], [other.certificate]):
        report = verify(signed, trusted=trusted, now=NOW)
        assert report.verdict is INDETERMINATE
        assert "tidak berasal dari penerbit yang dipercaya" in report.problems[0]
        assert "tambahkan" in report.problems[0]
        assert report.signer == DEVELOPMENT_NAME


def test_a_namesake_is_not_trusted(signed: bytes, key: DevelopmentKey) -> None:
    namesake = signed_by(issue(DEVELOPMENT_NAME, private_key()))
    assert check(namesake, key).verdict is INDETERMINATE


def test_an_untrusted_and_changed_file_fails(signed: bytes) -> None:
    assert verify(signed + b"x", trusted=[], now=NOW).verdict is FAILED


def test_after_expiry_a_claimed_time_is_no_proof(signed: bytes, key: DevelopmentKey) -> None:
    assert check(signed, key, NOW.replace(year=2034)).verdict is PASSED
    report = check(signed, key, NOW.replace(year=2036))
    assert report.verdict is INDETERMINATE
    assert "habis masa berlakunya" in report.problems[0]


@pytest.mark.parametrize("days", [(-20, -10), (10, 20)], ids=["expired", "not yet valid"])
def test_a_certificate_that_was_not_valid_when_signing(days: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    start, end = (NOW + timedelta(days=day) for day in days)
    bad = issue("Kedaluwarsa", private_key(), start=start, end=end)
    monkeypatch.setattr("sopdocs.sign.signature._require_valid", lambda *_: None)  # sign() itself refuses
    report = check(signed_by(bad), bad)
    assert report.verdict is FAILED
    assert "tidak berlaku pada waktu penandatanganan" in " ".join(report.problems)


def test_a_time_in_the_future(signed: bytes, key: DevelopmentKey) -> None:
    assert check(signed, key, NOW - timedelta(minutes=4)).verdict in (PASSED, INDETERMINATE)
    report = check(signed, key, NOW - timedelta(hours=1))
    assert report.verdict is INDETERMINATE
    assert "masa depan" in " ".join(report.problems)


def test_a_certificate_by_a_trusted_authority_is_certified() -> None:
    authority = issue("Otoritas", private_key(), ca=True)
    official = issue("Pejabat", private_key(), issuer=authority)
    report = check(signed_by(official), authority)
    assert report.verdict is PASSED
    assert report.certified
    assert (report.signer, report.issuer) == ("Pejabat", "Otoritas")
    assert not verify(signed_by(official), trusted=[official.certificate], now=NOW).certified


def test_a_development_key_is_no_authority(key: DevelopmentKey) -> None:
    forged = signed_by(issue("Pejabat", private_key(), issuer=key))
    report = check(forged, key)
    assert report.verdict is INDETERMINATE
    assert not report.certified


def test_a_certificate_that_may_not_sign() -> None:
    authority = issue("Otoritas", private_key(), ca=True)
    server = issue("Peladen", private_key(), issuer=authority, signing=False)
    report = check(signed_by(server), authority)
    assert report.verdict is INDETERMINATE
    assert "tidak boleh dipakai untuk tanda tangan" in report.problems[0]


def test_unknown_revocation_is_not_passed_and_not_asked_on_the_network() -> None:
    authority = issue("Otoritas", private_key(), ca=True)
    official = issue("Pejabat", private_key(), issuer=authority, urls=True)
    report = check(signed_by(official), authority)
    assert report.verdict is INDETERMINATE
    assert not report.certified


def revocation_list(authority: DevelopmentKey, now: datetime, *revoked: DevelopmentKey) -> CertificateList:
    """Return a CRL of `authority`, good for a day, with the certificates `revoked` an hour ago."""
    subject = x509.load_der_x509_certificate(authority.certificate).subject
    builder = x509.CertificateRevocationListBuilder().issuer_name(subject)
    builder = builder.last_update(now - timedelta(hours=1)).next_update(now + timedelta(days=1))
    for each in revoked:
        number = x509.load_der_x509_certificate(each.certificate).serial_number
        entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(now - timedelta(hours=1))
        builder = builder.add_revoked_certificate(entry.build())
    return CertificateList.load(builder.sign(authority.private_key, hashes.SHA256()).public_bytes(Encoding.DER))


def stamped(
    now: datetime, authority: DevelopmentKey, issuer: DevelopmentKey, *, urls: bool = False, **meta: object
) -> tuple[bytes, DevelopmentKey]:
    span = {"start": now - timedelta(days=1), "end": now + timedelta(days=30)}
    official = issue("Pejabat", private_key(), issuer=authority, urls=urls, **span)
    clock = issue("Penanda waktu", private_key(), issuer=issuer, timestamping=True, **span)
    private = clock.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()
    store.register_multiple([*certificates(issuer.certificate)])
    stamper = DummyTimeStamper(
        certificates(clock.certificate)[0], PrivateKeyInfo.load(private), certs_to_embed=store, fixed_dt=now
    )
    return other_way(official, stamper=stamper, **meta), official


def test_a_trusted_time_stamp_gives_the_time() -> None:
    now = now_at_real_time().replace(microsecond=0)
    authority = issue("Otoritas", private_key(), ca=True, start=now - timedelta(days=9), end=now + timedelta(days=99))
    pdf, _ = stamped(now, authority, authority)
    report = check(pdf, authority, now + timedelta(minutes=1))
    assert report.verdict is PASSED, report.problems
    assert (report.level, report.time_source, report.time) == (Level.B_T, TimeSource.TIMESTAMP, now)
    assert report.certified


def test_an_untrusted_time_stamp_is_only_a_claim() -> None:
    now = now_at_real_time().replace(microsecond=0)
    span = {"start": now - timedelta(days=9), "end": now + timedelta(days=99)}
    authority = issue("Otoritas", private_key(), ca=True, **span)
    stranger = issue("Asing", private_key(), ca=True, **span)
    pdf, _ = stamped(now, authority, stranger)
    report = check(pdf, authority, now + timedelta(minutes=1))
    assert report.verdict is INDETERMINATE
    assert report.time_source is TimeSource.CLAIMED


def test_stored_revocation_data_settle_what_is_unknown_without_them() -> None:
    now = now_at_real_time().replace(microsecond=0)
    authority = issue("Otoritas", private_key(), ca=True, start=now - timedelta(days=9), end=now + timedelta(days=99))
    bare, _ = stamped(now, authority, authority, urls=True)
    assert check(bare, authority, now + timedelta(minutes=1)).verdict is INDETERMINATE
    context = ValidationContext(
        trust_roots=certificates(authority.certificate), crls=[revocation_list(authority, now)], allow_fetching=False
    )
    settings_of_store = DSSContentSettings(
        include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
    )
    pdf, _ = stamped(
        now,
        authority,
        authority,
        urls=True,
        embed_validation_info=True,
        validation_context=context,
        dss_settings=settings_of_store,
    )
    report = check(pdf, authority, now + timedelta(minutes=1))
    assert report.verdict is PASSED, report.problems
    assert (report.level, report.certified) == (Level.B_LT, True)


def test_a_revoked_certificate_does_not_pass() -> None:
    now = now_at_real_time().replace(microsecond=0)
    span = {"start": now - timedelta(days=9), "end": now + timedelta(days=99)}
    authority = issue("Otoritas", private_key(), ca=True, **span)
    official = issue("Pejabat", private_key(), issuer=authority, urls=True, **span)

    def store(writer: IncrementalPdfFileWriter) -> None:
        crl = revocation_list(authority, now, official)
        DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=[crl])

    writer = open_for_update(small_pdf())
    store(writer)
    add_field(writer)
    meta = PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    pdf = PdfSigner(meta, MemorySigner(official.private_key, official.certificate)).sign_pdf(writer).getvalue()
    report = check(pdf, authority, now + timedelta(minutes=1))
    assert report.verdict is INDETERMINATE
    assert "sudah dicabut" in report.problems[0]
