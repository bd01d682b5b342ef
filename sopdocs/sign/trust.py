"""The cryptographic half of a verification: digest, signature value, chain and time, all offline."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed, AdESStatus, AdESSubIndic
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from sopdocs.errors import UsageError
from sopdocs.sign.foreign import Embedded, certificates
from sopdocs.sign.key import DEVELOPMENT_NAME
from sopdocs.sign.report import Problem, TimeSource, Verdict

CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far the signer's clock may be ahead of the verifier's."""

_SENTENCES: dict[AdESSubIndic, str] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: (
        "Sertifikat penanda tangan tidak berasal dari penerbit yang dipercaya. Mintalah sertifikat penerbit "
        "melalui jalur resmi, lalu tambahkan ke daftar sertifikat tepercaya."
    ),
    AdESIndeterminate.REVOKED_NO_POE: "Sertifikat penanda tangan sudah dicabut.",
    AdESIndeterminate.REVOKED_CA_NO_POE: "Sertifikat penerbit sudah dicabut.",
    AdESIndeterminate.TRY_LATER: (
        "Status pencabutan sertifikat tidak dapat dipastikan tanpa jaringan, karena berkas tidak memuat data "
        "pencabutan yang masih berlaku."
    ),
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: (
        "Sertifikat penanda tangan sudah habis masa berlakunya, dan tidak ada bukti waktu yang tepercaya."
    ),
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "Sertifikat penanda tangan tidak boleh dipakai untuk tanda tangan.",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "Algoritma tanda tangan terlalu lemah.",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the certificate and the signature value say."""

    problems: list[Problem]
    signer: str
    issuer: str
    certificate_sha256: str
    certified: bool
    time: datetime | None
    time_source: TimeSource | None


def trusted_certificates(trusted: Iterable[bytes]) -> list[Any]:
    """Parse trusted certificates, each PEM or DER; raise UsageError for one that is neither."""
    roots: list[Any] = []
    for position, data in enumerate(trusted, start=1):
        try:
            found = certificates(data)
            for certificate in found:
                x509.load_der_x509_certificate(certificate.dump())
        except (ValueError, TypeError) as error:
            found = []
            cause: Exception | None = error
        else:
            cause = None
        if not found:
            raise UsageError(
                f"Sertifikat tepercaya ke-{position} tidak dapat dibaca.",
                "Berikan berkas sertifikat X.509 dalam bentuk PEM atau DER.",
            ) from cause
        roots.extend(found)
    return roots


def judge(
    signature: Embedded, *, roots: Sequence[Any], knowledge: LocalKnowledge, stamped: bool, now: datetime
) -> Judgement:
    """Check digest, signature value, chain and time of `signature` at `now`, without network.

    `stamped` says whether the signature carries a time stamp, `knowledge` is the file's own validation data.
    """
    signer = signature.signer_cert.dump()
    certificate = x509.load_der_x509_certificate(signer)
    pinned = any(root.dump() == signer for root in roots)
    # A trusted certificate that is no authority vouches for itself only; pyHanko would let it issue others.
    anchors = [root for root in roots if root.ca or root.dump() == signer]
    result: Any = asyncio.run(_validate(signature, anchors, knowledge, stamped=stamped, now=now))
    indication: AdESSubIndic = result.ades_subindic
    if certificate.subject == certificate.issuer and not pinned and indication.status is AdESStatus.INDETERMINATE:
        # pyHanko calls this a breach of chain constraints, which would mislead.
        indication = AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    time, source = _time(signature, result.api_status)
    problems = [
        *_indication_problems(indication, judged=result.api_status is not None),
        *_time_problems(certificate, time, source, now),
    ]
    own = pinned or DEVELOPMENT_NAME in (_name(certificate.subject), _name(certificate.issuer))
    return Judgement(
        problems=problems,
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        certificate_sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        certified=indication is AdESPassed.OK and not own,
        time=time,
        time_source=source,
    )


async def _validate(
    signature: Embedded, roots: Sequence[Any], knowledge: LocalKnowledge, *, stamped: bool, now: datetime
) -> Any:
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=roots),
        # A certificate that names a revocation service must come with its answer; a self-signed one names none.
        revinfo_policy=CertRevTrustPolicy(
            RevocationCheckingPolicy(RevocationCheckingRule.CHECK_IF_DECLARED, RevocationCheckingRule.CHECK_IF_DECLARED)
        ),
    )
    spec = SignatureValidationSpec(
        cert_validation_policy=policy,
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY,
            certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
        ),
        local_knowledge=knowledge,
        key_usage_settings=KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        ),
    )
    module = cast("Any", ades)
    validate = module.ades_with_time_validation if stamped else module.ades_basic_validation
    return await validate(
        signature.signed_data,
        spec,
        timing_info=ValidationTimingInfo(now, now, point_in_time_validation=False),
        raw_digest=signature.compute_digest(),
    )


def _indication_problems(indication: AdESSubIndic, *, judged: bool) -> list[Problem]:
    if indication is AdESPassed.OK:
        return []
    # Not judged: pyHanko found the signed attributes malformed, or meant for another certificate.
    if indication.status is AdESStatus.FAILED or not judged:
        sentence = "Isi berkas atau nilai tanda tangan telah berubah sejak ditandatangani."
        return [Problem(Verdict.FAILED, sentence)]
    other = f"Keabsahan tanda tangan tidak dapat dipastikan ({cast('Any', indication).standard_name})."
    return [Problem(Verdict.INDETERMINATE, _SENTENCES.get(indication, other))]


def _time(signature: Embedded, status: Any) -> tuple[datetime | None, TimeSource | None]:
    stamp: Any = getattr(status, "timestamp_validity", None)
    if stamp is not None and stamp.trusted:
        return stamp.timestamp, TimeSource.TIMESTAMP
    claimed = signature.self_reported_timestamp
    if claimed is None or claimed.tzinfo is None:
        return None, None
    return claimed, TimeSource.CLAIMED


def _time_problems(
    certificate: x509.Certificate, time: datetime | None, source: TimeSource | None, now: datetime
) -> list[Problem]:
    """Return what is wrong with the signing time; pyHanko does not ask this of a certificate that is itself trusted."""
    if time is None:
        sentence = "Tanda tangan tidak menyatakan waktu penandatanganan beserta zona waktunya."
        return [Problem(Verdict.INDETERMINATE, sentence)]
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    problems: list[Problem] = []
    # Certificates count whole seconds.
    if not begin <= time.replace(microsecond=0) <= end:
        sentence = "Sertifikat penanda tangan tidak berlaku pada waktu penandatanganan."
        problems.append(Problem(Verdict.FAILED, sentence))
    elif source is TimeSource.CLAIMED and now > end:
        sentence = _SENTENCES[AdESIndeterminate.OUT_OF_BOUNDS_NO_POE]
        problems.append(Problem(Verdict.INDETERMINATE, sentence))
    if time > now + CLOCK_TOLERANCE:
        sentence = "Waktu penandatanganan ada di masa depan. Periksa jam dan tanggal komputer ini."
        problems.append(Problem(Verdict.INDETERMINATE, sentence))
    return problems


def _name(name: x509.Name) -> str:
    """Return the common name, or the whole name when there is none."""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
