"""The tamper corpus: every way we know to change or misuse a sealed file, each with the verdict that it must get.

`python -m tests.sign.tampering FOLDER` writes the files, the trusted certificates and a table of the kinds.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
from asn1crypto import cms
from pikepdf import AttachedFileSpec
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.validation.dss import DocumentSecurityStore

from sopdocs.sign import DevelopmentKey, Policy, Verdict, development_key, sign
from sopdocs.sign.foreign import certificates

from .authority import Authority, running
from .material import STATEMENT, issue, private_key, saved, small_pdf
from .sealing import Way, sealed

PASSED, INDETERMINATE, FAILED = Verdict.PASSED, Verdict.INDETERMINATE, Verdict.FAILED
ATTACHMENT = "sumber.md"
STRANGER = issue("Orang lain", private_key())


@dataclass(frozen=True, slots=True)
class Material:
    """What the corpus is made from."""

    authority: Authority
    key: DevelopmentKey
    now: datetime
    unsigned: bytes
    good: bytes
    """B-LT, in order."""
    other: bytes
    """Another document, signed the same way."""
    prepared: bytes
    """Signed in good faith, but its author hid a second content in it."""

    @property
    def trusted(self) -> list[bytes]:
        """Certificates that the verifier trusts."""
        return [self.authority.root, self.key.certificate]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file."""

    name: str
    """Also the name of its file."""
    make: Callable[[Material], bytes]
    verdict: Verdict
    later: timedelta = timedelta()
    """How long after the making it is checked."""
    policy: Policy = field(default_factory=Policy)


def material(authority: Authority, folder: Path, now: datetime) -> Material:
    """Make the files that are tampered with; the development key goes into `folder`."""
    unsigned = document("Pertama")
    return Material(
        authority=authority,
        key=development_key(folder, now=now),
        now=now,
        unsigned=unsigned,
        good=sealed(unsigned, authority),
        other=sealed(document("Palsuan"), authority),
        prepared=sealed(_with_shadow(unsigned), authority),
    )


def document(text: str) -> bytes:
    """Return a tagged PDF of two pages with an attachment; `text`, seven letters, stands on the first one."""
    with pikepdf.open(BytesIO(small_pdf().replace(b"Pertama", text.encode()))) as pdf:
        pdf.attachments[ATTACHMENT] = AttachedFileSpec(pdf, b"isi asli", filename=ATTACHMENT)
        return saved(pdf, compress_streams=False)


# Bytes


def flipped(find: Callable[[bytes], int], bit: int = 1) -> Callable[[Material], bytes]:
    """Return a maker that flips one bit of the good file."""

    def make(source: Material) -> bytes:
        changed = bytearray(source.good)
        changed[find(source.good)] ^= bit
        return bytes(changed)

    return make


def appended(tail: bytes) -> Callable[[Material], bytes]:
    return lambda source: source.good + tail


def contents(pdf: bytes) -> int:
    """Return the offset of the first digit of the signature value."""
    return pdf.rindex(b"/Contents <") + 11


def _with_value(pdf: bytes, value: bytes) -> bytes:
    """Put another signature value into its place."""
    start = contents(pdf)
    end = pdf.index(b">", start)
    return pdf[:start] + value.hex().encode().ljust(end - start, b"0") + pdf[end:]


def value_of(pdf: bytes) -> bytes:
    """Return the signature value with its padding."""
    start = contents(pdf)
    return bytes.fromhex(pdf[start : pdf.index(b">", start)].decode())


def transplanted(source: Material) -> bytes:
    """The signature of the other document on this one."""
    return _with_value(source.good, value_of(source.other))


def without_stamp(source: Material) -> bytes:
    """The stamp taken out of the signature value, which does not cover it."""
    value = cms.ContentInfo.load(value_of(source.good))
    info = value["content"]["signer_infos"][0]
    info["unsigned_attrs"] = cms.CMSAttributes([])
    return _with_value(source.good, value.dump(force=True))


def wider_gap(source: Material) -> bytes:
    """A byte range that leaves out more than the signature value."""
    match = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)", source.good)
    assert match is not None
    first, second, rest = map(int, match.groups())
    text = b"/ByteRange [0 %d %d %d" % (first, second + 10, rest - 10)
    return source.good.replace(match.group(), text.ljust(len(match.group())))


def _signature_digit(pdf: bytes) -> int:
    """Return the offset of a digit of the signature itself, which is a small part of the signature value."""
    info = cms.ContentInfo.load(value_of(pdf))["content"]["signer_infos"][0]
    return contents(pdf) + value_of(pdf).index(info["signature"].native) * 2 + 100


# Incremental updates


def updated(
    change: Callable[[IncrementalPdfFileWriter], None], start: Callable[[Material], bytes] = lambda source: source.good
) -> Callable[[Material], bytes]:
    """Return a maker that appends one incremental update."""

    def make(source: Material) -> bytes:
        before = start(source)
        writer = IncrementalPdfFileWriter(BytesIO(before))
        change(writer)
        output = BytesIO()
        writer.write(output)
        assert output.getvalue().startswith(before)
        assert len(output.getvalue()) > len(before)
        return output.getvalue()

    return make


def _page(writer: IncrementalPdfFileWriter, number: int = 0) -> generic.DictionaryObject:
    return writer.find_page_for_modification(number)[0].get_object()


def page_content(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def overlay(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    more = writer.add_object(generic.StreamObject(stream_data=b"1 g 0 0 300 200 re f"))
    page[pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), more])
    writer.update_container(page)


def font(writer: IncrementalPdfFileWriter) -> None:
    fonts = _page(writer)["/Resources"]["/Font"]
    fonts["/F1"][pdf_name("/BaseFont")] = pdf_name("/Symbol")
    writer.update_container(fonts["/F1"])


def annotation(writer: IncrementalPdfFileWriter) -> None:
    rectangle = generic.ArrayObject([generic.NumberObject(number) for number in (1, 1, 20, 20)])
    note = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/Text"), "/Rect": rectangle}
    note["/Contents"] = generic.pdf_string("palsu")
    dictionary = generic.DictionaryObject({pdf_name(name): value for name, value in note.items()})
    writer.register_annotation(writer.find_page_for_modification(1)[0], writer.add_object(dictionary))


def text_field(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    entry = {"/FT": pdf_name("/Tx"), "/T": generic.pdf_string("Nomor"), "/V": generic.pdf_string("palsu")}
    dictionary = generic.DictionaryObject({pdf_name(name): value for name, value in entry.items()})
    form["/Fields"].append(writer.add_object(dictionary))
    writer.update_container(form["/Fields"])


def renamed_field(writer: IncrementalPdfFileWriter) -> None:
    signature = writer.root["/AcroForm"]["/Fields"][0]
    signature[pdf_name("/TU")] = generic.pdf_string("Bukan pengesahan")
    writer.update_container(signature)


def signature_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Lain"))


def _kids(change: Callable[[generic.ArrayObject], None]) -> Callable[[IncrementalPdfFileWriter], None]:
    def make(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        kids = generic.ArrayObject([pages["/Kids"].raw_get(index) for index in range(len(pages["/Kids"]))])
        change(kids)
        pages[pdf_name("/Kids")] = kids
        pages[pdf_name("/Count")] = generic.NumberObject(len(kids))
        writer.update_container(pages)

    return make


def redirected_kids(writer: IncrementalPdfFileWriter) -> None:
    """A tree of pages beside the signed one."""
    pages = writer.root["/Pages"]
    old = _page(writer)
    page = generic.DictionaryObject({pdf_name(name): old.raw_get(name) for name in old})
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    tree = {"/Type": pdf_name("/Pages"), "/Count": generic.NumberObject(1)}
    dictionary = generic.DictionaryObject({pdf_name(name): value for name, value in tree.items()})
    dictionary[pdf_name("/Kids")] = generic.ArrayObject([writer.add_object(page)])
    pages[pdf_name("/Kids")] = generic.ArrayObject([writer.add_object(dictionary)])
    pages[pdf_name("/Count")] = generic.NumberObject(1)
    writer.update_container(pages)


def title(writer: IncrementalPdfFileWriter) -> None:
    writer.prev.trailer["/Info"][pdf_name("/Title")] = generic.pdf_string("Judul palsu")
    writer.update_container(writer.prev.trailer["/Info"])


def metadata(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.root["/Metadata"]
    stream._data = stream.data.replace(b"Judul", b"Palsu")
    stream._encoded_data = None
    writer.update_container(stream)


def attachment_added(writer: IncrementalPdfFileWriter) -> None:
    data = embed.EmbeddedFileObject.from_file_data(writer, data=b"palsu", mime_type="text/plain")
    embed.embed_file(writer, embed.FileSpec(file_spec_string="palsu.txt", embedded_data=data))


def attachment_removed(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Names"]["/EmbeddedFiles"]
    writer.update_container(writer.root["/Names"])


def attachment_replaced(writer: IncrementalPdfFileWriter) -> None:
    tree = writer.root["/Names"]["/EmbeddedFiles"]
    names = tree["/Names"] if "/Names" in tree else tree["/Kids"][0]["/Names"]
    specification = names[1]
    files = specification["/EF"]
    files[pdf_name("/F")] = writer.add_object(generic.StreamObject(stream_data=b"isi palsu"))
    files[pdf_name("/UF")] = files.raw_get("/F")
    writer.update_container(files)


def nothing(writer: IncrementalPdfFileWriter) -> None:
    writer.update_root()


def emptied_field(writer: IncrementalPdfFileWriter) -> None:
    signature = writer.root["/AcroForm"]["/Fields"][0]
    del signature["/V"]
    writer.update_container(signature)


def weaker_permission(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Perms"]
    writer.update_root()


def more_evidence(writer: IncrementalPdfFileWriter) -> None:
    """What a B-LTA signer does in good faith; our bundles have one revision, so it is not accepted."""
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=certificates(STRANGER.certificate))


# Shadow attacks: content prepared before signing, activated afterwards


def _with_shadow(unsigned: bytes) -> bytes:
    """Hide a second content of page 1, once as an object, once as text of an object inside a stream."""
    with pikepdf.open(BytesIO(unsigned)) as pdf:
        shadow = pdf.make_stream(b"BT /F1 12 Tf 20 100 Td (Bayangan) Tj ET")
        inner = b"\n99 0 obj\n<< /Length 5 >>\nstream\nBT ET\nendstream\nendobj\n"
        pdf.Root.PieceInfo = pikepdf.Dictionary(Bayangan=shadow, Teks=pdf.make_stream(inner))
        hidden = saved(pdf, compress_streams=False)
    # Objects get their numbers when the file is written; all have two digits here.
    return hidden.replace(b"\n99 0 obj", b"\n%d 0 obj" % _content_number(hidden))


def _content_number(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        number = document.pages[0].Contents.objgen[0]
    assert 10 <= number < 99
    return number


def shadow_object(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    page[pdf_name("/Contents")] = writer.root["/PieceInfo"].raw_get("/Bayangan")
    writer.update_container(page)


def shadow_reference(source: Material) -> bytes:
    """No object is added: a new cross-reference section points into the signed bytes."""
    pdf = source.prepared
    number = _content_number(pdf)
    with pikepdf.open(BytesIO(pdf)) as document:
        root, size = document.Root.objgen[0], len(document.objects) + 1
    offset = pdf.index(b"\n%d 0 obj\n<< /Length 5 >>" % number) + 1
    previous = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, offset)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size, root, previous)
    return pdf + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


# Rewritten as a whole


def rewritten(change: Callable[[pikepdf.Pdf], None]) -> Callable[[Material], bytes]:
    def make(source: Material) -> bytes:
        with pikepdf.open(BytesIO(source.good)) as pdf:
            change(pdf)
            return saved(pdf)

    return make


def _drop_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def _change_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Judul palsu"


def _strip(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm
    del pdf.Root.Perms
    for page in pdf.pages:
        if "/Annots" in page:
            del page.Annots


# Signed wrongly


def signed(way: Way) -> Callable[[Material], bytes]:
    return lambda source: sealed(source.unsigned, source.authority, way)


def with_development_key(source: Material) -> bytes:
    return sign(source.unsigned, source.key, now=source.now, statement=STATEMENT)


GENUINE = (
    Kind("asli-kunci-pengembangan", with_development_key, PASSED),
    Kind("asli-pkcs12-b-b", signed(Way(signer="pejabat-langsung", stamp=None, store=False)), PASSED),
    Kind("asli-b-b-ditanyakan", signed(Way(stamp=None, store=False)), PASSED, policy=Policy(online=True)),
    Kind("asli-b-t-ditanyakan", signed(Way(store=False)), PASSED, policy=Policy(online=True)),
    Kind("asli-b-lt", lambda source: source.good, PASSED),
    Kind("asli-b-lt-setahun-kemudian", lambda source: source.good, PASSED, later=timedelta(days=365)),
    Kind("asli-berisi-bayangan", lambda source: source.prepared, PASSED),
    Kind("asli-persetujuan", signed(Way(certify=False)), PASSED, policy=Policy(certification=False)),
)
"""Files in order; with the shadow that nobody activated, what is shown is what was signed."""

TAMPERED = (
    Kind("bita-isi-halaman", flipped(lambda pdf: pdf.index(b"Pertama")), FAILED),
    Kind("bita-nama", flipped(lambda pdf: pdf.index(b"/Helvetica") + 5), FAILED),
    Kind("bita-xref", flipped(lambda pdf: pdf.index(b"\nxref") + 40), FAILED),
    Kind("bita-lampiran", flipped(lambda pdf: pdf.index(b"isi asli")), FAILED),
    Kind("bita-dss", flipped(lambda pdf: pdf.rindex(b"/CRLs") + 2), FAILED),
    Kind("bita-nilai-tanda-tangan", flipped(_signature_digit), FAILED),
    Kind("bita-ganjalan", flipped(lambda pdf: pdf.index(b">", contents(pdf)) - 1), FAILED),
    Kind("ganjalan-terisi", lambda source: _with_value(source.good, _padded(source.good)), FAILED),
    Kind("tambah-baris", appended(b"\n\n"), FAILED),
    Kind("tambah-sampah", appended(b"sampah" * 50), FAILED),
    Kind("tambah-akhir-berkas", appended(b"%%EOF\n"), FAILED),
    Kind("terpotong", lambda source: source.good[:-200], FAILED),
    Kind("rentang-bita", wider_gap, FAILED),
    Kind("revisi-kosong", updated(nothing), FAILED),
    Kind("revisi-isi-halaman", updated(page_content), FAILED),
    Kind("revisi-tindih", updated(overlay), FAILED),
    Kind("revisi-huruf", updated(font), FAILED),
    Kind("revisi-anotasi", updated(annotation), FAILED),
    Kind("revisi-kolom-isian", updated(text_field), FAILED),
    Kind("revisi-kolom-tanda-tangan", updated(renamed_field), FAILED),
    Kind("revisi-kolom-kosong", updated(signature_field), FAILED),
    Kind("halaman-ditukar", updated(_kids(lambda kids: kids.reverse())), FAILED),
    Kind("halaman-dihapus", updated(_kids(lambda kids: kids.pop())), FAILED),
    Kind("halaman-digandakan", updated(_kids(lambda kids: kids.append(kids.raw_get(0)))), FAILED),
    Kind("pohon-dialihkan", updated(redirected_kids), FAILED),
    Kind("bayangan-objek", updated(shadow_object, lambda source: source.prepared), FAILED),
    Kind("bayangan-xref", shadow_reference, FAILED),
    Kind("info-diubah", updated(title), FAILED),
    Kind("xmp-diubah", updated(metadata), FAILED),
    Kind("lampiran-ditambah", updated(attachment_added), FAILED),
    Kind("lampiran-dihapus", updated(attachment_removed), FAILED),
    Kind("lampiran-diganti", updated(attachment_replaced), FAILED),
    Kind("dss-ditambah", updated(more_evidence), FAILED),
    Kind("izin-dilonggarkan", updated(weaker_permission), FAILED),
    Kind("tanda-tangan-dikosongkan", updated(emptied_field), FAILED),
    Kind("tanda-tangan-dilepas", rewritten(_strip), FAILED),
    Kind("tanpa-tanda-tangan", lambda source: source.unsigned, FAILED),
    Kind("tanda-tangan-berkas-lain", transplanted, FAILED),
    Kind("ditulis-ulang-judul", rewritten(_change_title), FAILED),
    Kind("ditulis-ulang-tanpa-halaman", rewritten(_drop_page), FAILED),
    Kind("cap-waktu-dilepas", without_stamp, INDETERMINATE),
    Kind("bukan-pengesahan", signed(Way(certify=False)), FAILED),
    Kind("sertifikat-dicabut", signed(Way(signer="dicabut")), INDETERMINATE),
    Kind("sertifikat-penerbit-dicabut", signed(Way(signer="penerbit-dicabut")), INDETERMINATE),
    Kind("sertifikat-kedaluwarsa", signed(Way(signer="kedaluwarsa")), FAILED),
    Kind("sertifikat-belum-berlaku", signed(Way(signer="belum-berlaku")), FAILED),
    Kind("sertifikat-salah-guna", signed(Way(signer="salah-guna")), INDETERMINATE),
    Kind("sertifikat-asing", signed(Way(signer="asing")), INDETERMINATE),
    Kind("sertifikat-lemah", signed(Way(signer="sertifikat-lemah")), INDETERMINATE),
    Kind("status-tidak-diketahui", signed(Way(store=False)), INDETERMINATE),
    Kind("digest-lemah", signed(Way(digest="sha1")), INDETERMINATE),
    Kind("cap-waktu-masa-depan", signed(Way(future=True)), INDETERMINATE),
    Kind("cap-waktu-asing", signed(Way(stamp="cap-waktu-asing")), INDETERMINATE),
    Kind("cap-waktu-salah-guna", signed(Way(stamp="cap-waktu-salah-guna")), INDETERMINATE),
    Kind("cap-waktu-lemah", signed(Way(stamp="cap-waktu-lemah")), INDETERMINATE),
    Kind("cap-waktu-kedaluwarsa", lambda source: source.good, INDETERMINATE, later=timedelta(days=900)),
)
"""None of these may pass. INDETERMINATE where the standard says that nothing is proven to be forged."""


def _padded(pdf: bytes) -> bytes:
    value = bytearray(value_of(pdf))
    value[-10:] = b"palsu palsu"[:10]
    return bytes(value)


def write(folder: Path, source: Material) -> str:
    """Write the corpus into `folder`; return its table as Markdown."""
    rows = ["| Berkas | Putusan | Diperiksa |", "|---|---|---|"]
    (folder / "percaya").mkdir(parents=True, exist_ok=True)
    for number, certificate in enumerate(source.trusted):
        (folder / "percaya" / f"{number}.cer").write_bytes(certificate)
    for kind in (*GENUINE, *TAMPERED):
        (folder / f"{kind.name}.pdf").write_bytes(kind.make(source))
        rows.append(f"| {kind.name}.pdf | {kind.verdict} | {(source.now + kind.later):%Y-%m-%d}{_asked(kind)} |")
    return "\n".join(rows) + "\n"


def _asked(kind: Kind) -> str:
    words = {"daring": kind.policy.online, "tanpa DocMDP boleh": not kind.policy.certification}
    told = [word for word, holds in words.items() if holds]
    return f" ({', '.join(told)})" if told else ""


def main(folder: Path) -> None:
    """Write corpus and table into `folder`."""
    now = datetime.now(tz=UTC)
    with tempfile.TemporaryDirectory() as scratch, running(Path(scratch), now) as authority:
        source = material(authority, Path(scratch) / "kunci", now)
        table = write(folder, source)
    (folder / "tabel.md").write_text(table, encoding="utf-8")
    sys.stdout.write(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
