"""Attached files, and reading a bundle back, from honest and from hostile files."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import zlib
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf import Attachment, Part, Relationship, conformity, read_bundle
from sopdocs.pdf.attachments import safe_name

from .pdf_samples import DATE, TITLES, bundled, changed, conformance_failures

TEXT = Attachment(
    "content/sop/surat-masuk.md", b"# Surat\r\n" * 50, "text/markdown", Relationship.SOURCE, "Naskah é", DATE
)
DATA = Attachment("manifest.json", b"{}", "application/json", Relationship.DATA, "Daftar isi berkas", DATE)


@pytest.fixture(scope="module")
def whole(parts: tuple[Part, ...]) -> bytes:
    return bundled(parts, [DATA, TEXT])


def test_it_is_pdfa_3b_and_still_pdfua_1(whole: bytes):
    assert conformity(whole).standards == ("PDF/A-3b", "PDF/UA-1")
    assert conformance_failures(whole) == []


def test_the_files_come_out_as_they_went_in(whole: bytes):
    facts = read_bundle(whole)
    assert facts.pdfa_part == 3
    found = [(file.name, file.data, file.mime, file.relationship, file.description) for file in facts.attachments]
    assert found == [(each.name, each.data, each.mime, each.relationship, each.description) for each in (TEXT, DATA)]
    assert facts.attachments[1].sha256 == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert pypdf.PdfReader(io.BytesIO(whole)).attachments == {each.name: [each.data] for each in (TEXT, DATA)}


def test_each_file_is_associated_and_described_with_the_contents_own_date(whole: bytes):
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        assert [str(each.UF) for each in pdf.Root.AF] == [TEXT.name, DATA.name]
        parameters = pdf.Root.AF[0].EF.F.Params
        assert (parameters.Size, str(parameters.ModDate)) == (len(TEXT.data), "D:20260102")
        assert bytes(parameters.CheckSum) == hashlib.md5(TEXT.data).digest()


def test_the_order_of_attachments_does_not_matter(whole: bytes, parts: tuple[Part, ...]):
    assert bundled(parts, [TEXT, DATA]) == whole


@pytest.mark.parametrize(
    "name", ["../a", "a/../b", "/a", "a\\b", "C:a", "a//b", "", "a/", "./a", "a\n", "a.", "a /b", "a|b", "a\x00b"]
)
def test_names_that_leave_the_folder_are_refused(parts: tuple[Part, ...], name: str):
    with pytest.raises(OutputRejectedError, match="tidak aman"):
        bundled(parts, [dataclasses.replace(DATA, name=name)])


@given(st.text(max_size=30))
def test_a_safe_name_stays_below_its_folder(name: str):
    if safe_name(name):
        assert (Path("/folder") / name).resolve().is_relative_to("/folder")
        assert (Path("/folder") / name).resolve() != Path("/folder")


@pytest.mark.parametrize("other", ["manifest.json", "MANIFEST.json"])
def test_names_that_a_folder_takes_for_the_same_are_refused(parts: tuple[Part, ...], other: str):
    with pytest.raises(OutputRejectedError, match="dua kali"):
        bundled(parts, [DATA, dataclasses.replace(DATA, name=other)])


def test_the_parts_are_read_back(whole: bytes, parts: tuple[Part, ...]):
    facts = read_bundle(whole)
    assert (facts.title, facts.pages) == ("Bundel SOP", 6)
    assert [(part.key, part.title, part.group, part.first, part.pages) for part in facts.parts] == [
        (parts[0].key, TITLES[0], "", 1, 1),
        (parts[1].key, TITLES[1], "SOP", 2, 3),
        (parts[2].key, TITLES[2], "SOP", 5, 2),
    ]


def test_a_sheet_alone_is_no_bundle(parts: tuple[Part, ...]):
    facts = read_bundle(parts[1].pdf)
    assert (facts.parts, facts.attachments, facts.pages, facts.pdfa_part) == ((), (), 3, 2)


def looped(pdf: Pdf) -> None:
    pdf.Root.Outlines.Last.Next = pdf.Root.Outlines.First


def swapped(pdf: Pdf) -> None:
    pdf.pages.insert(0, pdf.pages[4])
    del pdf.pages[5]


def nameless(pdf: Pdf) -> None:
    del pdf.Root.Names.Dests


def escaping(pdf: Pdf) -> None:
    tree = NameTree.new(pdf)
    tree["../../a"] = Dictionary(Type=Name.Filespec, UF=String("../../a"), EF=pdf.Root.AF[0].EF)
    pdf.Root.Names.EmbeddedFiles = tree.obj


def two_names(pdf: Pdf) -> None:
    pdf.Root.AF[0].UF = String("lain.txt")


def without_file(pdf: Pdf) -> None:
    pdf.Root.AF[0].EF = Dictionary()


def two_faced(pdf: Pdf) -> None:
    pdf.Root.AF[0].EF.UF = pdf.make_stream(b"lain")


def odd_place(pdf: Pdf) -> None:
    pdf.Root.Names.Dests = NameTree.new(pdf).obj
    NameTree(pdf.Root.Names.Dests)["sop/surat-masuk"] = Array([])


def unfolding() -> bytes:
    """300 MB of zeros."""
    packer, zeros = zlib.compressobj(9), bytes(1 << 20)
    return b"".join(packer.compress(zeros) for _ in range(300)) + packer.flush()


def bomb(pdf: Pdf) -> None:
    pdf.Root.AF[0].EF.F.write(unfolding(), filter=Name.FlateDecode)


CHANGES = [looped, swapped, nameless, escaping, two_names, without_file, two_faced, odd_place, bomb]


@pytest.mark.parametrize(
    "change",
    [looped, swapped, nameless, escaping, two_names, without_file, two_faced, odd_place, bomb],
    ids=lambda one: one.__name__,
)
def test_a_hostile_file_is_refused(whole: bytes, change):
    with pytest.raises(OutputRejectedError):
        read_bundle(changed(whole, change))


def test_metadata_that_unfold_are_refused(whole: bytes):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        pdf.Root.Metadata.write(unfolding(), filter=Name.FlateDecode)
        pdf.save(output, fix_metadata_version=False)
    with pytest.raises(OutputRejectedError):
        read_bundle(output.getvalue())


@settings(deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(whole: bytes, data: st.DataObject):
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)))
    for candidate in (bytes(damaged), bytes(damaged[:end])):
        try:
            read_bundle(candidate)
        except OutputRejectedError:
            continue


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", bytes(1000)])
def test_what_is_no_pdf_is_refused(data: bytes):
    with pytest.raises(OutputRejectedError, match="rusak"):
        read_bundle(data)


def test_an_encrypted_file_is_refused(whole: bytes):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="x", user=""))
    with pytest.raises(OutputRejectedError, match="terenkripsi"):
        read_bundle(output.getvalue())
