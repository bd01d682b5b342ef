"""Certify a bundle: one PAdES B-B signature that allows no changes, in one revision."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sopdocs.errors import OutputRejectedError, UsageError
from sopdocs.sign.field import FIELD_NAME, add_field
from sopdocs.sign.foreign import Session, certificates, signature_fields
from sopdocs.sign.key import DevelopmentKey
from sopdocs.sign.quiet import QuietWriter, open_for_update, require_untouched_metadata

DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Statement:
    """What the signature dictionary says in words; free text, covered by the signature."""

    name: str
    """Who signs."""
    reason: str
    location: str


def sign(pdf: bytes, key: DevelopmentKey, *, now: datetime, statement: Statement) -> bytes:
    """Return `pdf` followed by one revision that certifies it (DocMDP P=1, PAdES B-B, SHA-256).

    `pdf` is tagged PDF/A-2b and PDF/UA-1, and the result remains both; `pdf` is an exact prefix of it. `now`
    (aware) becomes the claimed signing time, /M. PAdES forbids the signing-time attribute (ETSI EN 319 142-1,
    6.3), so the CMS has none. Raises UsageError when `pdf` is unreadable, encrypted, untagged or has a signature
    field already, and when the certificate is not valid at `now`.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    _require_valid(key, now)
    writer = _open(pdf)
    add_field(writer)
    signed = asyncio.run(_certify(writer, key, now, statement))
    if not signed.startswith(pdf) or len(signed) == len(pdf):
        raise OutputRejectedError(
            "Hasil penandatanganan mengubah isi berkas asal.",
            "Laporkan kesalahan ini; berkas yang ditandatangani tidak disimpan.",
        )
    require_untouched_metadata(signed)
    return signed


def _require_valid(key: DevelopmentKey, now: datetime) -> None:
    certificate = x509.load_der_x509_certificate(key.certificate)
    if not certificate.not_valid_before_utc <= now.replace(microsecond=0) <= certificate.not_valid_after_utc:
        raise UsageError(
            f"Sertifikat penanda tangan hanya berlaku {certificate.not_valid_before_utc:%d-%m-%Y} "
            f"sampai {certificate.not_valid_after_utc:%d-%m-%Y}.",
            "Periksa jam komputer, atau hapus kunci pengembangan supaya dibuat yang baru.",
        )


def _open(pdf: bytes) -> QuietWriter:
    try:
        writer = open_for_update(pdf)
        encrypted = writer.prev.encrypted
        fields = [] if encrypted else list(signature_fields(writer.prev))
    except (PdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            "Berkas yang akan ditandatangani bukan PDF yang utuh.",
            "Buat ulang PDF itu dengan perintah build, lalu tandatangani lagi.",
        ) from error
    if encrypted:
        raise UsageError(
            "PDF yang akan ditandatangani terenkripsi.",
            "Simpan tanpa kata sandi; PDF/A melarang enkripsi.",
        )
    if fields:
        raise UsageError(
            "PDF ini sudah memuat tanda tangan atau kolom tanda tangan.",
            "Tandatangani bundel yang belum ditandatangani; satu bundel hanya memuat satu tanda tangan.",
        )
    return writer


def _signer(key: DevelopmentKey) -> SimpleSigner:
    private = key.private_key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return SimpleSigner(
        signing_cert=certificates(key.certificate)[0],
        signing_key=load_private_key_from_pemder_data(private, passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )


async def _certify(writer: QuietWriter, key: DevelopmentKey, now: datetime, statement: Statement) -> bytes:
    meta = PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm=DIGEST,
        name=statement.name,
        reason=statement.reason,
        location=statement.location,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    # The steps of PdfSigner.async_sign_pdf, one by one, because only so the time can be given.
    signer = PdfSigner(meta, _signer(key))
    session = cast("Session", signer.init_signing_session(writer, existing_fields_only=True))
    session.system_time = now
    size = await session.estimate_signature_container_size(None)
    document = session.prepare_tbs_document(None, bytes_reserved=size)
    digest, output = document.digest_tbs_document()
    await document.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=now))
    return output.getvalue()
