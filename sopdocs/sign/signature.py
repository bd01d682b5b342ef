"""Certify a bundle: one PAdES signature that allows no changes, with all its proofs in one revision."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from cryptography import x509
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

from sopdocs.errors import OutputRejectedError, UsageError
from sopdocs.sign.bsre import BsreService
from sopdocs.sign.fetching import Sources
from sopdocs.sign.field import FIELD_LABEL, FIELD_NAME, VisibleMark, add_field, show_mark
from sopdocs.sign.foreign import Certificate, Session
from sopdocs.sign.gathering import completed, proving_context, refusal
from sopdocs.sign.network import SECONDS
from sopdocs.sign.quiet import QuietWriter, open_unsigned, require_untouched_metadata
from sopdocs.sign.signer import LocalSigner
from sopdocs.sign.statement import Statement
from sopdocs.sign.timestamps import Authority
from sopdocs.sign.trust import trusted_certificates

DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Terms:
    """How to sign."""

    timestamp: str | None = None
    """URL of an RFC 3161 authority; with it the result is PAdES B-LT."""
    prove: bool = False
    """Ask the authorities whether the certificates are revoked, and refuse those that are; always with `timestamp`.

    Only with it the answers are stored: a store without a time stamp looks as if the stamp had been taken out.
    """
    mark: VisibleMark | None = None
    """None: the signature is invisible."""
    certify: bool = True
    """False: an approval, which may be one of several and locks nothing."""
    issuers: tuple[bytes, ...] = field(default=(), repr=False)
    """Certificates, PEM or DER, of authorities that neither the key nor the time stamp brings along."""
    seconds: float = SECONDS
    """Longest wait for one answer of a time stamping or revocation service."""


def sign(
    pdf: bytes, signer: LocalSigner | BsreService, *, now: datetime, statement: Statement, terms: Terms = Terms()
) -> bytes:
    """Return `pdf` followed by one revision that certifies it (DocMDP P=1, PAdES B-B or B-LT, SHA-256).

    `pdf` is tagged PDF/A-2b and PDF/UA-1, and the result remains both; `pdf` is an exact prefix of it. `now`
    (aware) becomes the claimed signing time, /M. PAdES forbids the signing-time attribute (ETSI EN 319 142-1,
    6.3), so the CMS has none. B-LT puts the proofs (DSS) into the same revision, so that nothing follows the seal.
    BSrE signs by its own rules: it cannot be asked for DocMDP, and its field is its own.

    Raises UsageError when `pdf` is unreadable, encrypted, untagged or has a signature field already, when a
    certificate is expired, revoked or not for this use, and when a key or a service fails; ToolMissingError
    without the library of a token.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    if isinstance(signer, BsreService):
        return signer.sign(pdf, statement, terms.mark)
    writer = open_unsigned(pdf)
    with signer.opened() as ready:
        _require_valid(ready, now)
        add_field(writer, label=terms.mark.text if terms.mark else FIELD_LABEL)
        signed = asyncio.run(_Signing(writer, ready, now, terms).run(statement))
    if not signed.startswith(pdf) or len(signed) == len(pdf):
        raise OutputRejectedError(
            "Hasil penandatanganan mengubah isi berkas asal.",
            "Laporkan kesalahan ini; berkas yang ditandatangani tidak disimpan.",
        )
    require_untouched_metadata(writer, signed[len(pdf) :])
    return signed


def _require_valid(signer: Signer, now: datetime) -> None:
    certificate = x509.load_der_x509_certificate(cast("Certificate", signer.signing_cert).dump())
    if not certificate.not_valid_before_utc <= now.replace(microsecond=0) <= certificate.not_valid_after_utc:
        raise UsageError(
            f"Sertifikat penanda tangan hanya berlaku {certificate.not_valid_before_utc:%d-%m-%Y} "
            f"sampai {certificate.not_valid_after_utc:%d-%m-%Y}.",
            "Periksa jam komputer, atau pakai sertifikat yang masih berlaku (kunci pengembangan dibuat baru bila "
            "berkasnya dihapus).",
        )


@dataclass(frozen=True, slots=True)
class _Signing:
    """One signature in the making."""

    writer: QuietWriter
    signer: Signer
    now: datetime
    terms: Terms

    async def run(self, statement: Statement) -> bytes:
        """Take the steps of PdfSigner.async_sign_pdf one by one, because only so the time can be given."""
        stamper = Authority(self.terms.timestamp, self.terms.seconds) if self.terms.timestamp else None
        sources = Sources(self.terms.seconds)
        context = await self._context(stamper, sources)
        pdf_signer = PdfSigner(
            self._metadata(statement, context, stored=stamper is not None), self.signer, timestamper=stamper
        )
        session = cast("Session", pdf_signer.init_signing_session(self.writer, existing_fields_only=True))
        session.system_time = self.now
        proofs = await self._proofs(session, sources)
        if stamper is None:
            proofs = None
        size = await session.estimate_signature_container_size(proofs)
        document = session.prepare_tbs_document(proofs, bytes_reserved=size)
        if self.terms.mark is not None:
            show_mark(self.writer, self.terms.mark)
        digest, output = document.digest_tbs_document()
        await document.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=self.now))
        return output.getvalue()

    async def _context(self, stamper: Authority | None, sources: Sources) -> Any:
        if stamper is None and not self.terms.prove:
            return None
        known: list[Any] = [self.signer.signing_cert, *cast("Any", self.signer.cert_registry)]
        known += trusted_certificates(self.terms.issuers)
        if stamper is not None:
            known += await stamper.introduced(self.now)
        return proving_context(completed(known, sources), sources, self.now)

    async def _proofs(self, session: Session, sources: Sources) -> Any:
        """Prove both chains; nothing has been written yet when one is not in order."""
        try:
            return await session.perform_presign_validation(cast("Any", self.writer))
        except SigningError as error:
            raise refusal(error.__cause__ or error, "penanda tangan", sources) from None
        except (PathBuildingError, ValidationError) as error:
            raise refusal(error, "penanda waktu", sources) from None

    def _metadata(self, statement: Statement, context: Any, *, stored: bool) -> PdfSignatureMetadata:
        return PdfSignatureMetadata(
            field_name=FIELD_NAME,
            md_algorithm=DIGEST,
            name=statement.name,
            reason=statement.reason,
            location=statement.location,
            certify=self.terms.certify,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            subfilter=SigSeedSubFilter.PADES,
            embed_validation_info=stored,
            validation_context=context,
            # `require_usable` asks for either usage; this would ask for all.
            signer_key_usage=set(),
            dss_settings=DSSContentSettings(
                include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
            ),
        )
