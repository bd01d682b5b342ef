"""The verdict on a signed file: pyHanko's cryptography under a stricter policy, offline unless the policy says else."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from typing import Any, cast

from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import LocalKnowledge
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from sopdocs.sign.anchors import anchors_in
from sopdocs.sign.cms import cms_problems
from sopdocs.sign.evidence import Evidence, knows_stamper
from sopdocs.sign.foreign import Dictionary, Embedded, Reader, entry, signature_fields
from sopdocs.sign.policy import Policy
from sopdocs.sign.report import Level, Problem, Report, Revocation, TimeSource, Topic, Verdict, conclude
from sopdocs.sign.seal import revision_end, seal_problems
from sopdocs.sign.trust import Judgement, judge, trusted_certificates

_LOG = logging.getLogger(__name__)

SUBFILTER = "/ETSI.CAdES.detached"

DEFAULT = Policy()
_OF_THE_SEAL = tuple(topic for topic in Topic if topic is not Topic.EXPECTATION)

_OPEN_TO_CHANGES = (
    "Berkas ini sendiri tidak melarang perubahan (tanda tangan persetujuan tanpa DocMDP). Tanda tangan tetap mencakup "
    "seluruh berkas, sehingga setiap perubahan terlihat pada pemeriksaan seperti ini."
)
_OWN_CLOCK = "Waktu penandatanganan hanya menurut komputer penanda tangan; tidak ada cap waktu dari pihak ketiga."
_NOT_DECLARED = "Sertifikat tidak menyebut layanan pencabutan, sehingga pencabutannya tidak dapat diperiksa."
_STAMP_GONE = (
    "Berkas menyimpan sertifikat penanda waktu tetapi tidak memuat cap waktu; cap waktunya tampaknya telah dilepas. "
    "Mintalah berkas aslinya."
)
_UNREACHABLE = "Layanan status sertifikat tidak menjawab; status diambil dari data yang tersimpan dalam berkas."


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found before the verdict is drawn."""

    report: Report
    problems: list[Problem]
    topics: tuple[Topic, ...] = field(default=(Topic.FILE,))
    """What could be examined."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One file under examination."""

    pdf: bytes
    roots: Sequence[Any] | None
    """None for those in the file itself."""
    now: datetime
    policy: Policy


def verify(pdf: bytes, *, trusted: Sequence[bytes] | None, now: datetime, policy: Policy = DEFAULT) -> Report:
    """Return the verdict on the seal of `pdf`, whatever its bytes are.

    `trusted` are the certificates (each PEM or DER) of authorities or of single signers that are trusted, None for
    those at which the chains in the file itself end. `now` (aware) is the time of verification. TOTAL-PASSED asks
    for: exactly the one field of `policy`; a certification that allows no changes (unless `policy` is content with
    less); every byte of the file sealed; digest, signature value and chain in order; no weak algorithm; nothing
    revoked; the certificate valid at the signing time, which is that of the time stamp when there is one. A file
    without a signature is TOTAL-FAILED. Raises UsageError only for unreadable `trusted` certificates.
    """
    found = examine_seal(pdf, trusted=trusted, now=now, policy=policy)
    return conclude(found.report, found.problems, found.topics)


def examine_seal(pdf: bytes, *, trusted: Sequence[bytes] | None, now: datetime, policy: Policy) -> Examined:
    """Return what `verify` finds, for a caller that looks at more than the seal."""
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    case = _Case(pdf, None if trusted is None else trusted_certificates(trusted), now, policy)
    start = Report(
        verdict=Verdict.FAILED,
        problems=(),
        checked=now,
        sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf),
        expected_field=policy.field,
    )
    if not pdf.startswith(b"%PDF-"):
        return Examined(start, [_failed(Topic.FILE, "Berkas ini bukan PDF." if pdf else "Berkas ini kosong.")])
    try:
        return _examine(case, start)
    except Exception:  # noqa: BLE001 - hostile bytes can raise anything in three parsers; all of it means "no"
        _LOG.debug("verification ended early", exc_info=True)
        sentence = "Berkas rusak, terpotong, atau tanda tangannya tidak dapat dibaca."
        return Examined(start, [_failed(Topic.FILE, sentence)])


def _failed(topic: Topic, sentence: str) -> Problem:
    return Problem(Verdict.FAILED, topic, sentence)


def _examine(case: _Case, start: Report) -> Examined:
    document = PdfFileReader(BytesIO(case.pdf))
    reader = cast("Reader", document)
    if reader.encrypted:
        sentence = "Berkas terenkripsi, sehingga tanda tangannya tidak dapat diperiksa."
        return Examined(start, [_failed(Topic.FILE, sentence)])
    report = replace(start, fields=tuple(name for name, _ in signature_fields(document)))
    problems = _field_problems(report.fields, case.policy.field)
    signatures = reader.embedded_signatures
    if not signatures:
        if report.fields:
            problems.append(_failed(Topic.FIELDS, "Kolom tanda tangan ada, tetapi belum ditandatangani."))
        return Examined(report, problems, (Topic.FILE, Topic.FIELDS))
    if reader.xrefs.hybrid_xrefs_present:
        problems.append(_failed(Topic.FILE, "Susunan berkas (hybrid cross-reference) tidak diterima."))
    if len(signatures) != len(report.fields):
        sentence = "Tidak setiap kolom tanda tangan berisi tanda tangan yang dikenal."
        problems.append(_failed(Topic.FIELDS, sentence))
    signature = signatures[0]
    report = _with_coverage(report, case.pdf, signature)
    problems += seal_problems(case.pdf, signature.byte_range, signature.pkcs7_content)
    problems += cms_problems(signature)
    problems += _certification_problems(reader, signature, case.policy)
    return _judged(Examined(report, problems, _OF_THE_SEAL), reader, signature, case)


def _field_problems(fields: Sequence[str], expected: str | None) -> list[Problem]:
    if not fields:
        return [_failed(Topic.FIELDS, "Berkas ini tidak memuat tanda tangan elektronik.")]
    if len(fields) == 1 and expected in (None, fields[0]):
        return []
    found = ", ".join(f"“{name}”" for name in fields)
    wanted = "" if expected is None else f", yaitu “{expected}”"
    return [_failed(Topic.FIELDS, f"Kolom tanda tangan harus satu{wanted}, tetapi yang ada: {found}.")]


def _with_coverage(report: Report, pdf: bytes, signature: Embedded) -> Report:
    end = revision_end(pdf, signature.byte_range)
    permission = signature.docmdp_level
    return replace(
        report,
        byte_range=tuple(int(number) for number in signature.byte_range),
        coverage=signature.evaluate_signature_coverage().name,
        revision_sha256=None if end is None else hashlib.sha256(pdf[:end]).hexdigest(),
        docmdp=None if permission is None else permission.value,
    )


def _certification_problems(reader: Reader, signature: Embedded, policy: Policy) -> list[Problem]:
    """Return what keeps `signature` from certifying the document with DocMDP P=1 (ISO 32000-1, 12.8.2.2)."""
    if signature.sig_object_type != "/Sig":
        return [_failed(Topic.FIELDS, "Yang ada hanya cap waktu, bukan tanda tangan.")]
    permissions = entry(reader.root, "/Perms")
    certifying = cast("Dictionary", permissions).raw_get("/DocMDP") if _has_certification(permissions) else None
    permission = signature.docmdp_level
    if certifying is None and permission is None and not policy.certification:
        return []
    value = signature.sig_field.raw_get("/V")
    same = (
        isinstance(certifying, IndirectObject)
        and isinstance(value, IndirectObject)
        and certifying.reference == value.reference
    )
    if not same:
        sentence = "Tanda tangan ini bukan tanda tangan pengesahan (certification signature)."
        return [_failed(Topic.CERTIFICATION, sentence)]
    if permission is None or permission.value != 1:
        sentence = "Tanda tangan pengesahan ini masih mengizinkan perubahan (DocMDP bukan 1)."
        return [_failed(Topic.CERTIFICATION, sentence)]
    return []


def _has_certification(permissions: object) -> bool:
    return permissions is not None and "/DocMDP" in cast("Dictionary", permissions)


def _judged(examined: Examined, reader: Reader, signature: Embedded, case: _Case) -> Examined:
    stored = "/DSS" in reader.root
    knowledge = _stored_knowledge(reader) if stored else LocalKnowledge()
    roots = trusted_certificates(anchors_in(reader)) if case.roots is None else case.roots
    judgement = judge(signature, Evidence(roots, knowledge, stored, case.now, case.policy.online))
    if judgement.stamp is None and knows_stamper(knowledge):
        # The signature does not cover its stamp, so anyone can take it out; what the file stores about it stays.
        judgement.problems.append(Problem(Verdict.INDETERMINATE, Topic.TIME, _STAMP_GONE))
    unknown = [each for each in judgement.problems if _only_unknown(each, judgement, case.policy)]
    problems = examined.problems + [each for each in judgement.problems if each not in unknown]
    first = judgement.chain[0]
    report = replace(
        examined.report,
        notes=tuple(_notes(judgement, examined.report) + [each.sentence for each in unknown]),
        level=_level(signature, stamped=judgement.stamp is not None, stored=stored),
        signer=first.subject,
        issuer=first.issuer,
        certificate_sha256=first.sha256,
        chain=judgement.chain,
        certified=judgement.certified and not problems,
        revocation=judgement.revocation,
        time=judgement.time,
        time_source=judgement.time_source,
        stamp=judgement.stamp,
    )
    topics = tuple(topic for topic in examined.topics if topic not in judgement.unexamined)
    return replace(examined, report=report, problems=problems, topics=topics)


def _only_unknown(problem: Problem, judgement: Judgement, policy: Policy) -> bool:
    """Tell whether `problem` is nothing but an unknown status, and the policy is content with that."""
    return problem.topic is Topic.REVOCATION and judgement.unknown_only and not policy.revocation


def _notes(judgement: Judgement, report: Report) -> list[str]:
    notes = {
        _OPEN_TO_CHANGES: report.docmdp is None,
        _OWN_CLOCK: judgement.time_source is TimeSource.CLAIMED,
        _NOT_DECLARED: judgement.certified and judgement.revocation is Revocation.NOT_DECLARED,
        _UNREACHABLE: judgement.unreachable,
    }
    return [sentence for sentence, holds in notes.items() if holds]


def _level(signature: Embedded, *, stamped: bool, stored: bool) -> Level | None:
    if entry(signature.sig_object, "/SubFilter") != SUBFILTER:
        return None
    if not stamped:
        return Level.B_B
    return Level.B_LT if stored else Level.B_T


def _stored_knowledge(reader: Reader) -> LocalKnowledge:
    """Return certificates and revocation data of the file's document security store."""
    store: Any = DocumentSecurityStore.read_dss(cast("Any", reader))
    context: Any = store.as_validation_context({"trust_roots": [], "allow_fetching": False})
    return LocalKnowledge(
        known_ocsps=[part for answer in context.ocsps for part in OCSPContainer.load_multi(answer)],
        known_crls=[CRLContainer(crl) for crl in context.crls],
        known_certs=list(store.load_certs()),
    )
