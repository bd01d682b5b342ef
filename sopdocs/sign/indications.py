"""AdES indications (ETSI EN 319 102-1, table 5 and 6) in Indonesian sentences."""

from __future__ import annotations

from typing import Any, cast

from cryptography import x509
from pyhanko.sign.ades.report import AdESIndeterminate, AdESStatus, AdESSubIndic

from sopdocs.sign.ades import Answer
from sopdocs.sign.report import Problem, Topic, Verdict

SIGNER = "penanda tangan"
STAMPER = "penanda waktu"

_WEAK = (AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE)
_MISUSED = (AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE, AdESIndeterminate.SIG_CONSTRAINTS_FAILURE)
_PURPOSE = {SIGNER: "tanda tangan", STAMPER: "cap waktu"}

_SENTENCES: dict[AdESSubIndic, tuple[Topic, str]] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: (
        Topic.CERTIFICATE,
        "Sertifikat {whose} tidak berasal dari penerbit yang dipercaya. Mintalah sertifikat penerbit "
        "melalui jalur resmi, lalu tambahkan ke daftar sertifikat tepercaya.",
    ),
    AdESIndeterminate.REVOKED_NO_POE: (Topic.REVOCATION, "Sertifikat {whose} sudah dicabut."),
    AdESIndeterminate.REVOKED_CA_NO_POE: (Topic.REVOCATION, "Sertifikat penerbit bagi {whose} sudah dicabut."),
    AdESIndeterminate.TRY_LATER: (
        Topic.REVOCATION,
        "Status pencabutan sertifikat {whose} tidak dapat dipastikan: berkas tidak memuat data pencabutan "
        "yang berlaku, dan layanan penerbit tidak ditanya atau tidak menjawab.",
    ),
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: (
        Topic.TIME,
        "Sertifikat {whose} sudah habis masa berlakunya, dan tidak ada bukti waktu yang tepercaya.",
    ),
    **dict.fromkeys(_MISUSED, (Topic.CERTIFICATE, "Sertifikat {whose} tidak boleh dipakai untuk {purpose}.")),
    **dict.fromkeys(_WEAK, (Topic.STRENGTH, "Algoritma pada tanda tangan atau sertifikat {whose} terlalu lemah.")),
}


def signature_problems(answer: Answer, certificate: x509.Certificate, *, pinned: bool) -> list[Problem]:
    """Return what keeps a signature by `certificate` from passing; `pinned` when that is trusted by itself."""
    if answer.passed:
        return []
    indication = answer.indication
    # Without a status pyHanko found the signed attributes malformed, or meant for another certificate.
    malformed = answer.status is None and indication not in _WEAK
    if indication.status is AdESStatus.FAILED or malformed:
        sentence = "Isi berkas atau nilai tanda tangan telah berubah sejak ditandatangani."
        return [Problem(Verdict.FAILED, Topic.CONTENT, sentence)]
    return [_indeterminate(_plainer(indication, certificate, pinned=pinned), SIGNER)]


def stamp_problems(answer: Answer, certificate: x509.Certificate, *, pinned: bool) -> list[Problem]:
    """Return what keeps a time stamp by `certificate` from being proof of the time."""
    if answer.passed:
        return []
    if answer.indication.status is AdESStatus.FAILED:
        sentence = "Cap waktu rusak atau milik tanda tangan lain."
        return [Problem(Verdict.FAILED, Topic.TIME, sentence)]
    return [_indeterminate(_plainer(answer.indication, certificate, pinned=pinned), STAMPER)]


def _plainer(indication: AdESSubIndic, certificate: x509.Certificate, *, pinned: bool) -> AdESSubIndic:
    if certificate.subject == certificate.issuer and not pinned:
        # pyHanko calls this a breach of chain constraints, which would mislead.
        return AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    return indication


def _indeterminate(indication: AdESSubIndic, whose: str) -> Problem:
    name = cast("Any", indication).standard_name
    other = f"Keabsahan sertifikat {{whose}} tidak dapat dipastikan ({name})."
    topic, sentence = _SENTENCES.get(indication, (Topic.CERTIFICATE, other))
    return Problem(Verdict.INDETERMINATE, topic, sentence.format(whose=whose, purpose=_PURPOSE[whose]))
