"""When a file was signed, who vouches for it, and whether that is possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from sopdocs.sign.ades import CLOCK_TOLERANCE
from sopdocs.sign.foreign import Embedded
from sopdocs.sign.report import Problem, TimeSource, Topic, Verdict
from sopdocs.sign.stamp import Stamp

_PASSED_AWAY = "Sertifikat penanda tangan sudah habis masa berlakunya, dan tidak ada bukti waktu yang tepercaya."


@dataclass(frozen=True, slots=True)
class SigningTime:
    """The time that counts."""

    time: datetime | None
    """Aware; None when none is told."""
    source: TimeSource | None


def signing_time(signature: Embedded, proof: Stamp | None) -> SigningTime:
    """Return the time of `proof`, a stamp found in order, or else what the signer claims."""
    if proof is not None:
        return SigningTime(proof.time, TimeSource.TIMESTAMP)
    claimed = signature.self_reported_timestamp
    if claimed is None or claimed.tzinfo is None:
        return SigningTime(None, None)
    return SigningTime(claimed, TimeSource.CLAIMED)


def time_problems(certificate: x509.Certificate, signed: SigningTime, now: datetime) -> list[Problem]:
    """Return what is wrong with the signing time; pyHanko does not ask this of a certificate that is itself trusted."""
    time = signed.time
    if time is None:
        sentence = "Tanda tangan tidak menyatakan waktu penandatanganan beserta zona waktunya."
        return [Problem(Verdict.INDETERMINATE, Topic.TIME, sentence)]
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    problems: list[Problem] = []
    # Certificates count whole seconds.
    if not begin <= time.replace(microsecond=0) <= end:
        sentence = "Sertifikat penanda tangan tidak berlaku pada waktu penandatanganan."
        problems.append(Problem(Verdict.FAILED, Topic.TIME, sentence))
    elif signed.source is TimeSource.CLAIMED and now > end:
        problems.append(Problem(Verdict.INDETERMINATE, Topic.TIME, _PASSED_AWAY))
    if time > now + CLOCK_TOLERANCE:
        sentence = "Waktu penandatanganan ada di masa depan. Periksa jam dan tanggal komputer ini."
        problems.append(Problem(Verdict.INDETERMINATE, Topic.TIME, sentence))
    return problems


def stamp_time_problems(stamp: Stamp, now: datetime) -> list[Problem]:
    """Return what keeps a stamp, in order when it was made, from being proof today."""
    certificate = x509.load_der_x509_certificate(stamp.certificate)
    if now > certificate.not_valid_after_utc:
        sentence = (
            "Sertifikat penanda waktu sudah habis masa berlakunya, sehingga cap waktu tidak lagi menjadi bukti. "
            "Mintalah berkas yang diberi cap waktu arsip sebelum masa itu habis."
        )
        return [Problem(Verdict.INDETERMINATE, Topic.TIME, sentence)]
    if stamp.time > now + CLOCK_TOLERANCE:
        sentence = "Cap waktu menyebut waktu di masa depan. Periksa jam dan tanggal komputer ini."
        return [Problem(Verdict.INDETERMINATE, Topic.TIME, sentence)]
    return []
