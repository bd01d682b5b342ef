"""Real failures are reported; the validator's two errors are let pass, each only where the bytes refute it."""

from __future__ import annotations

import datetime
import io
import re

import page
import pikepdf
import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pikepdf import Dictionary, Name, Pdf, String
from pyhanko.pdf_utils.generic import NumberObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf import Part, conformity
from sopdocs.pdf.bytescan import scan_signatures, scan_streams

from .pdf_samples import bundled, changed


@pytest.fixture(scope="module")
def whole(parts: tuple[Part, ...]) -> bytes:
    return bundled(parts)


def rules(pdf: bytes) -> set[str]:
    return {failure.rule for failure in conformity(pdf).failures}


def test_a_bundle_holds(whole: bytes):
    judged = conformity(whole)
    assert judged.holds
    assert judged.standards == ("PDF/A-2b", "PDF/UA-1")
    assert judged.failures == ()


def test_what_claims_part_3_is_judged_by_it(parts: tuple[Part, ...]):
    def claim(pdf: Pdf) -> None:
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"part>2<", b"part>3<"))

    assert conformity(changed(bundled(parts), claim)).standards == ("PDF/A-3b", "PDF/UA-1")


def first_font(pdf: Pdf) -> pikepdf.Object:
    return next(font for name, font in pdf.pages[0].obj.Resources.Font.items() if name != "/NomorHalaman")


def without_font_file(pdf: Pdf) -> None:
    del first_font(pdf).FontDescriptor["/FontFile2"]


def without_alternative(pdf: Pdf) -> None:
    figure = next(item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == Name.Figure)
    del figure.Alt


def with_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))


def with_transparency(pdf: Pdf) -> None:
    states = Dictionary(G=Dictionary(Type=Name.ExtGState, BM=Name("/Aneh")))
    pdf.pages[0].obj.Resources.ExtGState = states
    pdf.pages[0].contents_add(b"/G gs")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "PDFA2B-DEVICE-"),
        (lambda pdf: pdf.Root.__delitem__("/MarkInfo"), "PDFUA1-TAGGED-DOCUMENT"),
        (lambda pdf: pdf.Root.__delitem__("/Lang"), "PDFUA1-"),
        (lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"), "PDFUA1-VIEWER-PREFERENCES"),
        (lambda pdf: pdf.attachments.__setitem__("a.bin", b"x"), "PDFA2B-"),
        (without_font_file, "PDFA2B-FONT-EMBEDDING"),
        (without_alternative, "PDFUA1-FIGURE-ALTERNATIVE-TEXT"),
        (with_script, "PDFA2B-ACTION-TYPE"),
        (with_transparency, "PDFA2B-"),
    ],
)
def test_real_failures_are_reported(whole: bytes, change, rule: str):
    found = rules(changed(whole, change))
    assert any(name.startswith(rule) for name in found), found


RETURN = b"q Q %" + b"x" * 9 + b"\r"
"""A content stream whose last byte is 0x0D."""


def with_streams(pdf: bytes, *contents: bytes) -> bytes:
    """`pdf` with these streams, uncompressed, before the content of its first pages."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for at, content in enumerate(contents):
            document.pages[at].contents_add(document.make_stream(content), prepend=True)
        document.save(output, compress_streams=False)
    return output.getvalue()


@pytest.mark.parametrize("count", [1, 2])
def test_streams_that_end_in_a_return_are_let_pass(whole: bytes, count: int):
    ending = with_streams(whole, *[RETURN] * count)
    assert page.validate_pdf_bytes(ending, profile="2b").failures
    judged = conformity(ending)
    assert judged.holds
    assert {failure.rule for failure in judged.passed_over} == {"PDFA2B-STREAM-LENGTH-001"}


def mismeasured(pdf: bytes, data: bytes, by: int) -> bytes:
    """`pdf` where the stream `data` says to be `by` bytes longer than it is."""
    length = b"/Length %d" % len(data)
    place = pdf.rindex(length, 0, pdf.index(data))
    return pdf[:place] + b"/Length %d" % (len(data) + by) + pdf[place + len(length) :]


@pytest.mark.parametrize(("data", "by"), [(b"q Q %" + b"x" * 10, -1), (RETURN, 1), (RETURN, -2), (RETURN, 2)])
def test_a_wrong_length_is_reported(whole: bytes, data: bytes, by: int):
    assert "PDFA2B-STREAM-LENGTH-001" in rules(mismeasured(with_streams(whole, data), data, by))


def test_a_wrong_length_beside_a_return_is_reported(whole: bytes):
    wrong = b"q Q %" + b"z" * 10
    made = mismeasured(with_streams(whole, RETURN, wrong), wrong, -1)
    assert "PDFA2B-STREAM-LENGTH-001" in rules(made)


def test_the_scan_sees_every_stream(whole: bytes):
    streams = scan_streams(whole)
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        known = {item.objgen[0] for item in pdf.objects if isinstance(item, pikepdf.Stream)}
    assert {each.number for each in streams} >= known
    assert len(streams) == len(re.findall(rb"\nendstream\n", whole))
    assert all(each.exact for each in streams)


@pytest.mark.parametrize("junk", [b"junk\n", b"9 0 obj\n<< >>\n", b"9 0 obj\n<< >>\nstream\nx\nendstream\nendobj\n"])
def test_the_scan_gives_up_on_what_it_does_not_know(whole: bytes, junk: bytes):
    assert scan_streams(whole + junk) is None


def signer() -> SimpleSigner:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Budi Contoh")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(start).not_valid_after(start + datetime.timedelta(days=99999))
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    loaded = asn1_x509.Certificate.load(certificate)
    return SimpleSigner(loaded, keys.PrivateKeyInfo.load(private), SimpleCertificateStore.from_certs([loaded]))


def revised(pdf: bytes) -> bytes:
    """`pdf` with one further revision that changes the catalog."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root[pdf_name("/Nomor")] = NumberObject(1)
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.fixture(scope="module")
def signed(whole: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(whole))
    return sign_pdf(writer, PdfSignatureMetadata(field_name="Uji"), signer()).getvalue()


def byte_range_rules(pdf: bytes) -> list[str]:
    return [rule for rule in rules(pdf) if "BYTERANGE" in rule]


def test_a_signature_of_an_earlier_revision_is_let_pass(signed: bytes):
    later = revised(signed)
    wrong = [each.rule_id for each in page.validate_pdf_bytes(later, profile="2b").failures]
    assert "PDFA2B-SIGNATURE-BYTERANGE-001" in wrong
    assert byte_range_rules(later) == []
    assert any("BYTERANGE" in each.rule for each in conformity(later).passed_over)


@pytest.mark.parametrize("place", range(4))
def test_a_signature_that_covers_less_than_its_revision_is_reported(signed: bytes, place: int):
    later = revised(signed)
    match = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", later)
    values = [int(value) for value in match.groups()]
    values[place] += 1 if place == 0 else -1
    edited = (b"/ByteRange [%d %d %d %d]" % tuple(values)).ljust(len(match[0]))
    wrong = later[: match.start()] + edited[: len(match[0])] + later[match.end() :]
    assert [covered for _, covered in scan_signatures(wrong)] == [False]
    assert byte_range_rules(wrong) == ["PDFA2B-SIGNATURE-BYTERANGE-001"]


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7", bytes(500)])
def test_what_is_no_pdf_is_refused(pdf: bytes):
    with pytest.raises(OutputRejectedError):
        conformity(pdf)
