"""The verdict: one way to pass, and every tampering that must not."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from sopdocs.errors import UsageError
from sopdocs.sign import (
    DEVELOPMENT_NAME,
    DevelopmentKey,
    Level,
    Report,
    Revocation,
    TimeSource,
    Topic,
    Verdict,
    verify,
)
from sopdocs.sign.field import FIELD_NAME
from sopdocs.sign.report import CertificateFacts, Check
from sopdocs.sign.signer import MemorySigner

from .material import NOW, check, saved, small_pdf

FAILED, INDETERMINATE, PASSED = Verdict.FAILED, Verdict.INDETERMINATE, Verdict.PASSED


def test_the_report_of_a_good_file(signed: bytes, key: DevelopmentKey) -> None:
    certificate = x509.load_der_x509_certificate(key.certificate)
    digest = hashlib.sha256(signed).hexdigest()
    fingerprint = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
    validity = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    report = check(signed, key)
    first, second = contents(signed) - 1, signed.index(b">", contents(signed)) + 1
    assert report == Report(
        verdict=PASSED,
        problems=(),
        checked=NOW,
        sha256=digest,
        size=len(signed),
        checks=tuple(Check(topic, PASSED) for topic in Topic if topic is not Topic.EXPECTATION),
        notes=report.notes,
        expected_field=FIELD_NAME,
        fields=(FIELD_NAME,),
        byte_range=(0, first, second, len(signed) - second),
        revision_sha256=digest,
        coverage="ENTIRE_FILE",
        docmdp=1,
        level=Level.B_B,
        signer=DEVELOPMENT_NAME,
        issuer=DEVELOPMENT_NAME,
        certificate_sha256=fingerprint,
        chain=(CertificateFacts(DEVELOPMENT_NAME, DEVELOPMENT_NAME, fingerprint, *validity),),
        certified=False,
        revocation=Revocation.NOT_DECLARED,
        time=NOW,
        time_source=TimeSource.CLAIMED,
    )
    [note] = report.notes
    assert "menurut komputer penanda tangan" in note


def test_the_file_itself_may_say_whom_to_trust(signed: bytes, unsigned: bytes) -> None:
    assert verify(signed, trusted=None, now=NOW).verdict is PASSED
    assert verify(signed, trusted=[], now=NOW).verdict is not PASSED
    assert verify(unsigned, trusted=None, now=NOW).verdict is FAILED
    assert verify(signed[:-200], trusted=None, now=NOW).verdict is FAILED


def test_the_report_becomes_json(signed: bytes, key: DevelopmentKey) -> None:
    plain = dataclasses.asdict(check(signed, key))
    again = json.loads(json.dumps(plain, default=datetime.isoformat))
    assert again["verdict"] == "TOTAL-PASSED"
    assert again["time"] == "2025-03-04T05:06:07+07:00"
    assert again["time_source"] == "claimed"
    assert again["fields"] == ["Pengesahan"]


def test_pem_certificates_are_taken_too(signed: bytes, key: DevelopmentKey) -> None:
    pem = x509.load_der_x509_certificate(key.certificate).public_bytes(Encoding.PEM)
    assert verify(signed, trusted=[pem], now=NOW).verdict is PASSED


@pytest.mark.parametrize("bad", [b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_unreadable_trust_is_the_callers_error(signed: bytes, bad: bytes) -> None:
    with pytest.raises(UsageError, match="ke-1"):
        verify(signed, trusted=[bad], now=NOW)


# Bytes changed, added, taken away


PLACES: dict[str, Callable[[bytes], int]] = {
    "first object": lambda pdf: 20,
    "page text": lambda pdf: pdf.index(b"Pertama"),
    "middle": lambda pdf: pdf.index(b"startxref") // 2,
    "first startxref": lambda pdf: pdf.index(b"startxref") + 10,
    "field name": lambda pdf: pdf.rindex(b"/T (Pengesahan)") + 5,
    "start of the value": lambda pdf: contents(pdf),
    "inside the value": lambda pdf: contents(pdf) + 800,
    "signature itself": lambda pdf: pdf.index(b"0000000000", contents(pdf)) - 20,
    "padding": lambda pdf: pdf.index(b">", contents(pdf)) - 1,
    "end of the value": lambda pdf: pdf.index(b">", contents(pdf)),
    "byte range": lambda pdf: pdf.rindex(b"/ByteRange [0 ") + 15,
    "reason": lambda pdf: pdf.rindex(b"/Reason (") + 9,
    "time": lambda pdf: pdf.rindex(b"/M (D") + 8,
    "docmdp": lambda pdf: pdf.rindex(b"/P 1") + 3,
    "last startxref": lambda pdf: pdf.rindex(b"startxref") + 10,
    "end of file": lambda pdf: len(pdf) - 2,
    "line end": lambda pdf: len(pdf) - 1,
}


def contents(pdf: bytes) -> int:
    return pdf.rindex(b"/Contents <") + 11


@pytest.mark.parametrize("place", PLACES)
def test_a_flipped_byte(signed: bytes, key: DevelopmentKey, place: str) -> None:
    changed = bytearray(signed)
    changed[PLACES[place](signed)] ^= 1
    assert check(bytes(changed), key).verdict is FAILED


def test_the_value_has_no_digit_that_does_not_matter(signed: bytes, key: DevelopmentKey) -> None:
    # Outside certificate and signature: header, versions, algorithm lists, signer (offsets in hexadecimal digits).
    start = contents(signed)
    certificate = signed.index(key.certificate.hex().upper().encode(), start)
    after = certificate + 2 * len(key.certificate)
    passed = []
    for position in (*range(start, certificate), *range(after, after + 240)):
        changed = bytearray(signed)
        changed[position] ^= 1
        if check(bytes(changed), key).verdict is not FAILED:
            passed.append(position - start)
    assert passed == []


def test_the_last_revision_has_no_byte_that_does_not_matter(
    unsigned: bytes, signed: bytes, key: DevelopmentKey
) -> None:
    passed = []
    for position in range(len(unsigned), len(signed), 10):
        changed = bytearray(signed)
        changed[position] ^= 0x20  # the letter case, where it is a letter
        if check(bytes(changed), key).verdict is not FAILED:
            passed.append(position)
    assert passed == []


@pytest.mark.parametrize("tail", [b"\n", b"\r\n", b" ", b"\0", b"x", b"junk" * 100])
def test_appended_bytes(signed: bytes, key: DevelopmentKey, tail: bytes) -> None:
    report = check(signed + tail, key)
    assert report.verdict is FAILED
    assert f"{len(tail)} bita" in " ".join(report.problems)
    assert report.revision_sha256 == hashlib.sha256(signed).hexdigest()
    assert report.sha256 != report.revision_sha256
    assert not report.certified


def test_an_appended_end_marker(signed: bytes, key: DevelopmentKey) -> None:
    assert check(signed + b"%%EOF\n", key).verdict is FAILED


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file(signed: bytes, key: DevelopmentKey, part: float) -> None:
    assert check(signed[: int(len(signed) * part)], key).verdict is FAILED


@pytest.mark.parametrize("count", range(1, 12))
def test_a_file_without_its_last_bytes(signed: bytes, key: DevelopmentKey, count: int) -> None:
    assert check(signed[:-count], key).verdict is FAILED


@pytest.mark.parametrize(
    ("junk", "words"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04" + bytes(50), "bukan PDF"),
        (b"\n%PDF-1.7", "bukan PDF"),
        (b"%PDF-1.7\n", "rusak"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\nstartxref\n10\n%%EOF\n", "rusak"),
    ],
    ids=["empty", "zip", "late header", "header only", "binary"],
)
def test_what_is_no_pdf(junk: bytes, words: str, key: DevelopmentKey) -> None:
    report = check(junk, key)
    assert report.verdict is FAILED
    assert words in report.problems[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_bytes_passes_or_raises(signed: bytes, key: DevelopmentKey, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(signed) - 1))
    length = data.draw(st.integers(0, 60))
    replacement = data.draw(st.binary(max_size=60))
    changed = signed[:start] + replacement + signed[start + length :]
    if changed != signed:
        assert check(changed, key).verdict is FAILED


def test_an_unsigned_file_fails(unsigned: bytes, key: DevelopmentKey) -> None:
    report = check(unsigned, key)
    assert report.verdict is FAILED
    assert "tidak memuat tanda tangan" in report.problems[0]


def test_an_encrypted_file_fails(signed: bytes, key: DevelopmentKey) -> None:
    with pikepdf.open(BytesIO(signed)) as pdf:
        output = BytesIO()
        pdf.save(output, encryption=pikepdf.Encryption(owner="a", user=""))
    report = check(output.getvalue(), key)
    assert report.verdict is FAILED
    assert "terenkripsi" in report.problems[0]


# Incremental updates and rewriting


def update(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    result = output.getvalue()
    assert result.startswith(pdf)
    assert len(result) > len(pdf)
    return result


def change_page(writer: IncrementalPdfFileWriter) -> None:
    page = writer.find_page_for_modification(0)[0].get_object()
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def add_annotation(writer: IncrementalPdfFileWriter) -> None:
    page = writer.find_page_for_modification(1)[0]
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Text"),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (1, 1, 20, 20)]),
            pdf_name("/Contents"): generic.pdf_string("palsu"),
        }
    )
    writer.register_annotation(page, writer.add_object(note))


def add_attachment(writer: IncrementalPdfFileWriter) -> None:
    data = embed.EmbeddedFileObject.from_file_data(writer, data=b"palsu", mime_type="text/plain")
    embed.embed_file(writer, embed.FileSpec(file_spec_string="palsu.txt", embedded_data=data))


def change_title(writer: IncrementalPdfFileWriter) -> None:
    writer.prev.trailer["/Info"][pdf_name("/Title")] = generic.pdf_string("Judul palsu")
    writer.update_container(writer.prev.trailer["/Info"])


def change_nothing(writer: IncrementalPdfFileWriter) -> None:
    writer.update_root()


def add_empty_field(writer: IncrementalPdfFileWriter) -> None:
    from pyhanko.sign.fields import append_signature_field

    append_signature_field(writer, SigFieldSpec("Lain"))


def drop_field(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


CHANGES = [change_page, add_annotation, add_attachment, change_title, change_nothing, add_empty_field, drop_field]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_an_incremental_update(
    signed: bytes, key: DevelopmentKey, change: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    changed = update(signed, change)
    with pikepdf.open(BytesIO(changed)) as pdf:  # the attack is a readable file, so it is not the parser that says no
        assert len(pdf.pages) == 2
    report = check(changed, key)
    assert report.verdict is FAILED
    assert not any("rusak" in sentence for sentence in report.problems)


def test_a_rewritten_file(signed: bytes, key: DevelopmentKey) -> None:
    with pikepdf.open(BytesIO(signed)) as pdf:
        pdf.docinfo["/Title"] = "Judul palsu"
        assert check(saved(pdf), key).verdict is FAILED


def test_the_signature_moved_to_another_document(signed: bytes, key: DevelopmentKey) -> None:
    other = small_pdf().replace(b"Pertama", b"Petrama")
    moved = other + signed[len(small_pdf()) :]
    assert len(moved) == len(signed)
    assert moved != signed
    report = check(moved, key)
    assert report.verdict is FAILED
    assert any("telah berubah" in sentence for sentence in report.problems)


def test_a_second_signature(signed: bytes, key: DevelopmentKey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PdfSigner, "_enforce_certification_constraints", lambda *_: None)  # pyHanko itself refuses
    meta = PdfSignatureMetadata(field_name="Kedua", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    second = PdfSigner(meta, MemorySigner(key.private_key, key.certificate)).sign_pdf(writer).getvalue()
    assert second.startswith(signed)
    report = check(second, key)
    assert report.verdict is FAILED
    assert report.fields == (FIELD_NAME, "Kedua")
    assert report.coverage == "ENTIRE_REVISION"


def test_nothing_is_printed(signed: bytes, tmp_path: Path) -> None:
    # In a process of its own: pytest installs log handlers, which hides what Python prints without any.
    (tmp_path / "a.pdf").write_bytes(signed)
    code = (
        "import datetime, pathlib, sys\n"
        "from sopdocs.sign import verify\n"
        "pdf = pathlib.Path(sys.argv[1]).read_bytes()\n"
        "for data in (pdf, pdf[:3000], pdf + b'x'):\n"
        "    verify(data, trusted=[], now=datetime.datetime(2025, 3, 5, tzinfo=datetime.UTC))\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.pdf")]
    result = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


def test_the_time_must_be_aware(signed: bytes) -> None:
    with pytest.raises(ValueError, match="aware"):
        verify(signed, trusted=[], now=datetime(2025, 1, 1))
