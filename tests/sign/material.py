"""Files, keys and times for the tests of the sign room."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pikepdf import Array, Dictionary, Name

from sopdocs.pdf import normalise
from sopdocs.sign import DevelopmentKey, Report, Statement, Verdict, verify

WIB = timezone(timedelta(hours=7))
NOW = datetime(2025, 3, 4, 5, 6, 7, tzinfo=WIB)
STATEMENT = Statement(name="Dra. Contoh, M.Si.", reason="Pengesahan SOP “uji”", location="Kota Contoh")
EXPORT = {
    "SelectPdfVersion": {"type": "long", "value": "2"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
}


def tool(name: str) -> str:
    """Return the path of a program; without it skip, but fail in CI."""
    path = shutil.which(name)
    if path is None:
        message = f"{name} is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


def small_pdf(*, kids: bool = False, single_child: bool = False) -> bytes:
    """Return a tagged PDF of two pages; its trees in the shapes that the standard also allows."""
    pdf = pikepdf.new()
    pages = []
    for text in (b"Pertama", b"Kedua"):
        page = pdf.add_blank_page(page_size=(300, 200))
        page.Contents = pdf.make_stream(b"BT /F1 12 Tf 20 100 Td (%s) Tj ET" % text)
        page.Resources = Dictionary(
            Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        )
        page.StructParents = len(pages)
        pages.append(page)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    child = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=pages[0].obj, K=0))
    document.K = child if single_child else Array([child])
    tree.K = document if single_child else Array([document])
    nums = Array([0, Array([child]), 1, Array([child])])
    if kids:
        leaf = pdf.make_indirect(Dictionary(Limits=Array([0, 1]), Nums=nums))
        tree.ParentTree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))
        tree.ParentTreeNextKey = 7
    else:
        tree.ParentTree = pdf.make_indirect(Dictionary(Nums=nums))
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = "Judul"
    pdf.docinfo["/Title"] = "Judul"
    return saved(pdf, compress_streams=False)  # so that tests can find the text


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    output = BytesIO()
    pdf.save(output, deterministic_id=True, **options)
    return output.getvalue()


def office_pdf(folder: Path) -> bytes:
    """Return a PDF/A-2b and PDF/UA-1 file as the build makes it: LibreOffice, then normalise."""
    soffice = tool("soffice")
    document = docx.Document()
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "id-ID")
    document.styles["Normal"].element.get_or_add_rPr().append(lang)
    document.core_properties.title = "SOP Uji"
    document.add_heading("SOP Uji Tanda Tangan", 1)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("No", "Uraian", "1", "Menerima permohonan"), strict=True):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_page_break()
    document.add_paragraph("Halaman kedua.")
    document.save(str(folder / "uji.docx"))
    command = [soffice, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless"]
    command += [
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(EXPORT)}",
        "--outdir",
        str(folder),
        str(folder / "uji.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return normalise((folder / "uji.pdf").read_bytes(), title="SOP Uji", date=date(2025, 1, 2))


def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def issue(
    common_name: str,
    key: rsa.RSAPrivateKey,
    *,
    issuer: DevelopmentKey | None = None,
    ca: bool = False,
    timestamping: bool = False,
    signing: bool = True,
    urls: bool = False,
    start: datetime = NOW - timedelta(days=1),
    end: datetime = NOW + timedelta(days=365),
) -> DevelopmentKey:
    """Return a certificate for `key`, self-signed or by `issuer`."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    parent = None if issuer is None else x509.load_der_x509_certificate(issuer.certificate)
    usage = [signing, signing, False, False, False, ca, ca, False, False]
    if not signing:
        usage[2] = True
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name if parent is None else parent.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start.astimezone(UTC))
        .not_valid_after(end.astimezone(UTC))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(*usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if timestamping:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if urls:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier("http://crl.invalid/a.crl")], None, None, None)
        access = x509.AccessDescription(
            x509.AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.invalid/")
        )
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    certificate = builder.sign(key if issuer is None else issuer.private_key, hashes.SHA256())
    return DevelopmentKey(certificate.public_bytes(Encoding.DER), key)


def check(pdf: bytes, key: DevelopmentKey, now: datetime = NOW) -> Report:
    report = verify(pdf, trusted=[key.certificate], now=now)
    assert bool(report.problems) == (report.verdict is not Verdict.PASSED)
    assert report.sha256 == hashlib.sha256(pdf).hexdigest()
    assert report.size == len(pdf)
    for sentence in report.problems:
        assert re.fullmatch(r"[A-Z].*\.", sentence), sentence
        assert "Traceback" not in sentence
    return report
