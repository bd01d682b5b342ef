"""Sign with the authority by pyHanko alone, in right and in wrong ways that our own `sign` refuses."""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import crl, ocsp
from cryptography.hazmat.primitives import serialization
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sopdocs.sign.field import FIELD_NAME, add_field
from sopdocs.sign.foreign import certificates
from sopdocs.sign.quiet import QuietWriter, open_for_update

from .authority import LISTS, Authority


@dataclass(frozen=True, slots=True)
class Way:
    """How a file is signed; the defaults make a B-LT file in order."""

    signer: str = "pejabat"
    stamp: str | None = "cap-waktu"
    """Label of the time stamping service; None: B-B."""
    future: bool = False
    """The stamp comes from a clock two days ahead."""
    store: bool = True
    """Put the revocation data into the file."""
    certify: bool = True
    digest: str = "sha256"
    permission: MDPPerm = MDPPerm.NO_CHANGES


def sealed(pdf: bytes, authority: Authority, way: Way = Way()) -> bytes:
    """Return `pdf` with one signature in one revision."""
    signer = simple_signer(authority, way.signer)
    writer = open_for_update(pdf)
    stamper = None
    if way.stamp is not None:
        stamper = HTTPTimeStamper(authority.timestamp_url(way.stamp, future=way.future), timeout=10)
    if way.store:
        _store(writer, authority, way)
    add_field(writer)
    meta = PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm=way.digest,
        certify=way.certify,
        docmdp_permissions=way.permission,
        subfilter=SigSeedSubFilter.PADES,
        name="Budi Contoh",
    )
    return PdfSigner(meta, signer, timestamper=stamper).sign_pdf(writer).getvalue()


def _store(writer: QuietWriter, authority: Authority, way: Way) -> None:
    """Write what the services say about the signer and the stamp into the same revision."""
    lists = [crl.CertificateList.load(authority.revocation_list(name, future=way.future)) for name in LISTS]
    answers = []
    if authority.answers_for(way.signer):
        answers.append(ocsp.OCSPResponse.load(authority.status(way.signer, future=way.future)))
    stored = authority.chain(way.signer)
    if way.stamp is not None:
        stored.append(authority.certificate(way.stamp.removesuffix("-lemah")))
    certs = [found for each in stored for found in certificates(each)]
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=certs, crls=lists, ocsps=answers)


def simple_signer(authority: Authority, label: str) -> SimpleSigner:
    """Return a signer with the whole chain of `label`."""
    private = authority.key(label).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    for each in authority.chain(label):
        store.register_multiple(certificates(each))
    return SimpleSigner(
        signing_cert=certificates(authority.certificate(label))[0],
        signing_key=load_private_key_from_pemder_data(private, passphrase=None),
        cert_registry=store,
    )
