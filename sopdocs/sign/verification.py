"""The verdict on a signed file: pyHanko's cryptography under a stricter policy, without network."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any, cast

from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.policy_decl import LocalKnowledge
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from sopdocs.sign.cms import cms_problems
from sopdocs.sign.field import FIELD_NAME
from sopdocs.sign.foreign import Dictionary, Embedded, Reader, entry, signature_fields
from sopdocs.sign.report import Level, Problem, Report, Verdict, worst
from sopdocs.sign.seal import revision_end, seal_problems
from sopdocs.sign.trust import judge, trusted_certificates

_LOG = logging.getLogger(__name__)

SUBFILTER = "/ETSI.CAdES.detached"


@dataclass(frozen=True, slots=True)
class _Case:
    """One file under examination."""

    pdf: bytes
    roots: Sequence[Any]
    now: datetime
    field: str


def verify(pdf: bytes, *, trusted: Sequence[bytes], now: datetime, field: str = FIELD_NAME) -> Report:
    """Return the verdict on `pdf`, whatever its bytes are.

    `trusted` are the certificates (each PEM or DER) of authorities or of single signers that are trusted, `now`
    (aware) is the time of verification, `field` the one signature field that must be there. TOTAL-PASSED asks
    for: exactly this field; a certification that allows no changes; every byte of the file sealed; digest,
    signature value and chain in order; the certificate valid at the signing time. A file without a signature is
    TOTAL-FAILED. Never uses the network. Raises UsageError only for unreadable `trusted` certificates.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    case = _Case(pdf, trusted_certificates(trusted), now, field)
    start = Report(
        verdict=Verdict.FAILED,
        problems=(),
        checked=now,
        sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf),
    )
    if not pdf.startswith(b"%PDF-"):
        return _conclude(start, [_failed("Berkas ini kosong." if not pdf else "Berkas ini bukan PDF.")])
    try:
        return _examine(case, start)
    except Exception:  # noqa: BLE001 - hostile bytes can raise anything in three parsers; all of it means "no"
        _LOG.debug("verification ended early", exc_info=True)
        return _conclude(start, [_failed("Berkas rusak, terpotong, atau tanda tangannya tidak dapat dibaca.")])


def _failed(sentence: str) -> Problem:
    return Problem(Verdict.FAILED, sentence)


def _conclude(report: Report, problems: list[Problem]) -> Report:
    ordered = sorted(problems, key=lambda problem: problem.verdict is not Verdict.FAILED)
    # Two checks may find the same fault.
    sentences = tuple(dict.fromkeys(problem.sentence for problem in ordered))
    return replace(report, verdict=worst(problems), problems=sentences)


def _examine(case: _Case, start: Report) -> Report:
    document = PdfFileReader(BytesIO(case.pdf))
    reader = cast("Reader", document)
    if reader.encrypted:
        return _conclude(start, [_failed("Berkas terenkripsi, sehingga tanda tangannya tidak dapat diperiksa.")])
    report = replace(start, fields=tuple(name for name, _ in signature_fields(document)))
    problems = _field_problems(report.fields, case.field)
    signatures = reader.embedded_signatures
    if not signatures:
        if report.fields:
            problems.append(_failed("Kolom tanda tangan ada, tetapi belum ditandatangani."))
        return _conclude(report, problems)
    if reader.xrefs.hybrid_xrefs_present:
        problems.append(_failed("Susunan berkas (hybrid cross-reference) tidak diterima."))
    if len(signatures) != len(report.fields):
        problems.append(_failed("Tidak setiap kolom tanda tangan berisi tanda tangan yang dikenal."))
    signature = signatures[0]
    report = _with_coverage(report, case.pdf, signature)
    problems += seal_problems(case.pdf, signature.byte_range, signature.pkcs7_content)
    problems += cms_problems(signature)
    problems += _certification_problems(reader, signature)
    return _with_judgement(report, problems, reader, signature, case)


def _field_problems(fields: Sequence[str], expected: str) -> list[Problem]:
    if not fields:
        return [_failed("Berkas ini tidak memuat tanda tangan elektronik.")]
    if list(fields) == [expected]:
        return []
    found = ", ".join(f"“{name}”" for name in fields)
    return [_failed(f"Kolom tanda tangan harus satu, yaitu “{expected}”, tetapi yang ada: {found}.")]


def _with_coverage(report: Report, pdf: bytes, signature: Embedded) -> Report:
    end = revision_end(pdf, signature.byte_range)
    permission = signature.docmdp_level
    return replace(
        report,
        coverage=signature.evaluate_signature_coverage().name,
        revision_sha256=None if end is None else hashlib.sha256(pdf[:end]).hexdigest(),
        docmdp=None if permission is None else permission.value,
    )


def _certification_problems(reader: Reader, signature: Embedded) -> list[Problem]:
    """Return what keeps `signature` from certifying the document with DocMDP P=1 (ISO 32000-1, 12.8.2.2)."""
    if signature.sig_object_type != "/Sig":
        return [_failed("Yang ada hanya cap waktu, bukan tanda tangan.")]
    permissions = entry(reader.root, "/Perms")
    certifying = cast("Dictionary", permissions).raw_get("/DocMDP") if _has_certification(permissions) else None
    value = signature.sig_field.raw_get("/V")
    same = (
        isinstance(certifying, IndirectObject)
        and isinstance(value, IndirectObject)
        and certifying.reference == value.reference
    )
    if not same:
        return [_failed("Tanda tangan ini bukan tanda tangan pengesahan (certification signature).")]
    permission = signature.docmdp_level
    if permission is None or permission.value != 1:
        return [_failed("Tanda tangan pengesahan ini masih mengizinkan perubahan (DocMDP bukan 1).")]
    return []


def _has_certification(permissions: object) -> bool:
    return permissions is not None and "/DocMDP" in cast("Dictionary", permissions)


def _with_judgement(
    report: Report, problems: list[Problem], reader: Reader, signature: Embedded, case: _Case
) -> Report:
    stamps: Any = extract_tst_data_iter(cast("Any", signature.signer_info), signed=False)
    stamped = next(stamps, None) is not None
    stored = "/DSS" in reader.root
    knowledge = _stored_knowledge(reader) if stored else LocalKnowledge()
    judgement = judge(signature, roots=case.roots, knowledge=knowledge, stamped=stamped, now=case.now)
    problems = [*problems, *judgement.problems]
    report = replace(
        report,
        level=_level(signature, stamped=stamped, stored=stored),
        signer=judgement.signer,
        issuer=judgement.issuer,
        certificate_sha256=judgement.certificate_sha256,
        certified=judgement.certified and not problems,
        time=judgement.time,
        time_source=judgement.time_source,
    )
    return _conclude(report, problems)


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
