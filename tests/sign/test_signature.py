"""The signed file: one revision after the unsigned bytes, still PDF/A-2b and PDF/UA-1, good for other tools."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from sopdocs.errors import UsageError
from sopdocs.layout import FontData
from sopdocs.pdf import Part, bundle, conformity
from sopdocs.sign import DevelopmentKey, Verdict, sign, verify
from sopdocs.sign.field import FIELD_LABEL
from sopdocs.sign.quiet import open_for_update, require_untouched_metadata

from .material import NOW, STATEMENT, saved, small_pdf, tool


def failures(pdf: bytes, profile: str) -> list[tuple[str, str]]:
    report = page.validate_pdf_bytes(pdf, profile=profile)
    assert report.is_compliant == (not report.failures)
    return [(failure.rule_id, failure.message) for failure in report.failures]


def test_the_unsigned_bytes_are_a_prefix(unsigned: bytes, signed: bytes) -> None:
    assert signed.startswith(unsigned)
    assert len(signed) > len(unsigned)


def test_exactly_one_revision_is_added(unsigned: bytes, signed: bytes) -> None:
    assert PdfFileReader(BytesIO(unsigned)).total_revisions == 1
    assert PdfFileReader(BytesIO(signed)).total_revisions == 2
    assert signed.count(b"%%EOF") == unsigned.count(b"%%EOF") + 1


@pytest.mark.parametrize("profile", ["2b", "ua1"])
def test_the_signed_file_passes_both_profiles(office: bytes, signed_office: bytes, profile: str) -> None:
    assert failures(office, profile) == []
    assert failures(signed_office, profile) == []


def test_a_signed_bundle_passes_both_profiles(office: bytes, key: DevelopmentKey, fonts: FontData) -> None:
    parts = [Part(title=f"SOP {number}", key=f"sop/uji-{number}", pdf=office) for number in (1, 2)]
    pdf = bundle(parts, title="Bundel", date=date(2025, 1, 2), author="Kantor Contoh", font=fonts.regular)
    result = sign(pdf, key, now=NOW, statement=STATEMENT)
    # Not the bare validator: it errs on streams that happen to end in 0x0D.
    assert conformity(result).failures == ()
    assert verify(result, trusted=[key.certificate], now=NOW).verdict is Verdict.PASSED


def test_the_validator_would_see_an_untagged_field(office: bytes, signed_office: bytes) -> None:
    # The control for the test above: without /StructParent the widget is outside the Form element.
    with pikepdf.open(BytesIO(signed_office)) as pdf:
        del pdf.Root.AcroForm.Fields[0].StructParent
        assert "PDFUA1-WIDGET-FORM-TAG-001" in {rule for rule, _ in failures(saved(pdf), "ua1")}


def test_the_file_made_by_the_build_verifies(signed_office: bytes, key: DevelopmentKey) -> None:
    assert verify(signed_office, trusted=[key.certificate], now=NOW).verdict is Verdict.PASSED


def test_signature_dictionary(signed: bytes) -> None:
    with pikepdf.open(BytesIO(signed)) as pdf:
        (widget,) = pdf.Root.AcroForm.Fields
        value = widget.V
        assert str(widget.T) == "Pengesahan"
        assert str(widget.TU) == FIELD_LABEL
        assert [float(number) for number in widget.Rect] == [0, 0, 0, 0]
        assert int(widget.F) & 0b110 == 0b100  # prints, is not hidden
        assert value.SubFilter == "/ETSI.CAdES.detached"
        assert (str(value.Name), str(value.Reason), str(value.Location)) == (
            STATEMENT.name,
            STATEMENT.reason,
            STATEMENT.location,
        )
        assert str(value.M) == "D:20250304050607+07'00'"
        (reference,) = value.Reference
        assert reference.TransformMethod == "/DocMDP"
        assert int(reference.TransformParams.P) == 1
        assert pdf.Root.Perms.DocMDP.objgen == value.objgen
        assert str(pdf.Root.get("/Version", "/1.7")) <= "/1.7"


def test_the_cms_is_pades_and_sha256(signed: bytes) -> None:
    (signature,) = PdfFileReader(BytesIO(signed)).embedded_signatures
    names = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    assert {"content_type", "message_digest", "signing_certificate_v2"} <= names
    assert "signing_time" not in names
    assert signature.md_algorithm == "sha256"
    assert len(signature.signer_info["unsigned_attrs"]) == 0


@pytest.mark.parametrize(("kids", "single_child", "expected"), [(False, False, 2), (True, False, 7), (False, True, 2)])
def test_the_field_joins_any_shape_of_structure_tree(
    key: DevelopmentKey, kids: bool, single_child: bool, expected: int
) -> None:
    result = sign(small_pdf(kids=kids, single_child=single_child), key, now=NOW, statement=STATEMENT)
    with pikepdf.open(BytesIO(result)) as pdf:
        (widget,) = pdf.Root.AcroForm.Fields
        tree = pdf.Root.StructTreeRoot
        document = tree.K if single_child else tree.K[0]
        assert len(document.K) == 2
        form = document.K[1]
        assert (form.S, form.P.objgen) == ("/Form", document.objgen)
        assert form.K.Obj.objgen == widget.objgen
        assert int(widget.StructParent) == expected
        assert pikepdf.NumberTree(tree.ParentTree)[expected].objgen == form.objgen
        assert int(tree.get("/ParentTreeNextKey", 8)) == 8
        assert pdf.pages[0].Tabs == "/S"
        assert [annotation.objgen for annotation in pdf.pages[0].Annots] == [widget.objgen]
    assert verify(result, trusted=[key.certificate], now=NOW).verdict is Verdict.PASSED


def test_metadata_stays_as_it_is(office: bytes, signed_office: bytes) -> None:
    with pikepdf.open(BytesIO(office)) as before, pikepdf.open(BytesIO(signed_office)) as after:
        assert after.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()
        assert after.Root.Metadata.objgen == before.Root.Metadata.objgen
        assert dict(after.docinfo.items()) == dict(before.docinfo.items())
        assert after.trailer.ID[0] == before.trailer.ID[0]


def test_signing_fails_loudly_when_the_hook_vanishes(
    unsigned: bytes, key: DevelopmentKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(BasePdfFileWriter, "_update_meta")
    with pytest.raises(RuntimeError, match="_update_meta"):
        sign(unsigned, key, now=NOW, statement=STATEMENT)


def test_signing_fails_loudly_when_the_hook_is_no_longer_called(
    unsigned: bytes, key: DevelopmentKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sopdocs.sign.quiet.QuietWriter._update_meta", BasePdfFileWriter._update_meta)
    with pytest.raises(RuntimeError, match="rewrites /"):
        sign(unsigned, key, now=NOW, statement=STATEMENT)


def test_the_hook_is_still_needed(office: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(office))
    writer.update_root()
    output = BytesIO()
    writer.write(output)
    with pytest.raises(RuntimeError, match="rewrites /"):
        require_untouched_metadata(open_for_update(office), output.getvalue()[len(office) :])


def test_metadata_put_elsewhere_are_noticed(office: bytes) -> None:
    writer = open_for_update(office)
    other = b"9999 0 obj\n<</Title(Lain)>>\nendobj\n"
    for trailer in (b"<</Root 1 0 R /Info 9999 0 R>>", b"<</Type /Catalog /Metadata 9999 0 R>>"):
        with pytest.raises(RuntimeError, match="rewrites /"):
            require_untouched_metadata(writer, other + trailer)
    require_untouched_metadata(writer, other)


def encrypted() -> bytes:
    with pikepdf.open(BytesIO(small_pdf())) as pdf:
        return saved_encrypted(pdf)


def saved_encrypted(pdf: pikepdf.Pdf) -> bytes:
    output = BytesIO()
    pdf.save(output, encryption=pikepdf.Encryption(owner="a", user=""))
    return output.getvalue()


def untagged() -> bytes:
    with pikepdf.open(BytesIO(small_pdf())) as pdf:
        del pdf.Root.StructTreeRoot
        return saved(pdf)


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (b"", "bukan PDF"),
        (b"PK\x03\x04" + bytes(100), "bukan PDF"),
        (small_pdf()[:400], "bukan PDF"),
        (encrypted(), "terenkripsi"),
        (untagged(), "tidak bertanda struktur"),
    ],
    ids=["empty", "zip", "cut", "encrypted", "untagged"],
)
def test_unusable_input_is_refused(pdf: bytes, words: str, key: DevelopmentKey) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        sign(pdf, key, now=NOW, statement=STATEMENT)
    assert caught.value.advice


def test_a_signed_file_is_not_signed_again(signed: bytes, key: DevelopmentKey) -> None:
    with pytest.raises(UsageError, match="sudah memuat tanda tangan"):
        sign(signed, key, now=NOW, statement=STATEMENT)


@pytest.mark.parametrize("shift", [timedelta(seconds=-1), timedelta(days=3653)])
def test_an_invalid_certificate_does_not_sign(unsigned: bytes, key: DevelopmentKey, shift: timedelta) -> None:
    with pytest.raises(UsageError, match="hanya berlaku"):
        sign(unsigned, key, now=NOW + shift, statement=STATEMENT)


def test_the_time_must_be_aware(unsigned: bytes, key: DevelopmentKey) -> None:
    with pytest.raises(ValueError, match="aware"):
        sign(unsigned, key, now=datetime(2025, 3, 5), statement=STATEMENT)


def pdfsig(pdf: bytes, folder: Path) -> str:
    path = folder / "a.pdf"
    path.write_bytes(pdf)
    # pdfsig takes trust from a Firefox profile in the home folder; an empty home has none.
    home = {"HOME": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C"}
    command = [tool("pdfsig"), str(path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=home)
    return result.stdout + result.stderr


def test_pdfsig_agrees(signed_office: bytes, tmp_path: Path) -> None:
    text = pdfsig(signed_office, tmp_path)
    assert "Total document signed" in text
    assert "Not total document signed" not in text
    assert "Signature Validation: Signature is Valid." in text
    assert "Signature Field Name: Pengesahan" in text
    assert "Signing Hash Algorithm: SHA-256" in text
    assert text.count("Signature #") == 1


def test_pdfsig_disagrees_after_a_change(unsigned: bytes, signed_office: bytes, tmp_path: Path) -> None:
    changed = bytearray(signed_office)
    position = signed_office.rindex(b"/Reason (") + 9
    changed[position] ^= 1
    text = pdfsig(bytes(changed), tmp_path)
    assert "Digest Mismatch" in text
    assert "Signature is Valid" not in text


def openssl(pdf: bytes, key: DevelopmentKey, folder: Path) -> subprocess.CompletedProcess[str]:
    match = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", pdf[pdf.rindex(b"/ByteRange") :])
    assert match
    _, first, second, rest = map(int, match.groups())
    contents = bytes.fromhex(pdf[first + 1 : second - 1].decode())
    (folder / "cms.der").write_bytes(contents)
    (folder / "content").write_bytes(pdf[:first] + pdf[second : second + rest])
    certificate = x509.load_der_x509_certificate(key.certificate)
    (folder / "cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    command = [tool("openssl"), "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "cms.der"]
    command += ["-content", "content", "-CAfile", "cert.pem", "-purpose", "any", "-out", "out"]
    command += ["-attime", str(int(NOW.timestamp()))]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=60, check=False)


def test_openssl_agrees(signed: bytes, key: DevelopmentKey, tmp_path: Path) -> None:
    result = openssl(signed, key, tmp_path)
    assert result.returncode == 0, result.stderr
    assert "verification successful" in result.stderr.lower()


def test_openssl_disagrees_after_a_change(signed: bytes, key: DevelopmentKey, tmp_path: Path) -> None:
    changed = bytearray(signed)
    changed[50] ^= 1
    assert openssl(bytes(changed), key, tmp_path).returncode != 0
