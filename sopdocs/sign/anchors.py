"""What a signed file itself says of who signed: where its chains end, and whether it was only a trial."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from cryptography import x509
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from sopdocs.sign.foreign import Embedded, Reader
from sopdocs.sign.gathering import tops
from sopdocs.sign.key import DEVELOPMENT_NAME
from sopdocs.sign.trust import common_name

_DAMAGE = (PdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def anchors_in(reader: Reader) -> list[bytes]:
    """Return the certificates, DER, at which the chains of signer and time stamp in an open file end.

    For the check right after signing: who trusts them is every verifier's own matter. Empty for a damaged file.
    """
    try:
        found: list[Any] = []
        for signature in reader.embedded_signatures:
            found += _in_cms(signature.signed_data)
            stamps: Any = extract_tst_data_iter(cast("Any", signature.signer_info), signed=False)
            found += [each for stamp in stamps for each in _in_cms(stamp)]
        if "/DSS" in reader.root:
            store: Any = DocumentSecurityStore.read_dss(cast("Any", reader))
            found += list(store.load_certs())
    except _DAMAGE:
        return []
    distinct = {each.dump(): each for each in found}
    return [each.dump() for each in tops(list(distinct.values()))]


def _in_cms(signed_data: Any) -> list[Any]:
    return [choice.chosen for choice in signed_data["certificates"] if choice.name == "certificate"]


def is_trial(pdf: bytes) -> bool:
    """Tell whether `pdf` is signed, and by development keys only; False for a damaged file."""
    try:
        signatures: list[Embedded] = list(cast("Reader", PdfFileReader(BytesIO(pdf))).embedded_signatures)
        certificates = [x509.load_der_x509_certificate(each.signer_cert.dump()) for each in signatures]
    except _DAMAGE:
        return False
    return bool(certificates) and all(_is_development(each) for each in certificates)


def holders(pdf: bytes) -> tuple[str, ...]:
    """Return whose certificates signed `pdf`, by common name or else the whole name; empty for a damaged file."""
    try:
        signatures: list[Embedded] = list(cast("Reader", PdfFileReader(BytesIO(pdf))).embedded_signatures)
        certificates = [x509.load_der_x509_certificate(each.signer_cert.dump()) for each in signatures]
    except _DAMAGE:
        return ()
    return tuple(common_name(each.subject) for each in certificates)


def _is_development(certificate: x509.Certificate) -> bool:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return certificate.subject == certificate.issuer and [each.value for each in names] == [DEVELOPMENT_NAME]
