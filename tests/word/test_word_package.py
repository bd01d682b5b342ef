"""The check of a DOCX: what it refuses, and equal bytes for equal parts."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from word_samples import build, pack, unpack

from sopdocs.word.package import PackageError, check_package, read_package, write_package

DOCUMENT = "word/document.xml"
HEADER = "word/header1.xml"
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def good() -> dict[str, bytes]:
    return unpack(build().docx)


def changed(parts: dict[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    text = parts[name].decode()
    assert old in text
    return {**parts, name: text.replace(old, new, 1).encode()}


def test_a_sheet_passes(good: dict[str, bytes]):
    check_package(good)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (DOCUMENT, "</w:body>", "", "bukan XML yang sah"),
        (DOCUMENT, "<w:body>", "<w:body><x:y/>", "bukan XML yang sah"),
        (DOCUMENT, "<w:body>", '<w:body w:a="1" w:a="2">', "bukan XML yang sah"),
        (DOCUMENT, "<w:document", "<!DOCTYPE w:document>\n<w:document", "DOCTYPE"),
        (HEADER, "<w:hdr", '<!DOCTYPE x [<!ENTITY e "e">]>\n<w:hdr', "DOCTYPE"),
        (RELS, 'Target="styles.xml"', 'Target="https://contoh.id/s.xml" TargetMode="External"', "merujuk ke luar"),
        (RELS, 'Target="styles.xml"', 'Target="gaya.xml"', "tidak ada: word/gaya.xml"),
        (RELS, 'Id="rId2"', 'Id="rId1"', "rId1 dua kali"),
        (TYPES, "/word/styles.xml", "/word/lain.xml", "bagian yang tidak ada: word/lain.xml"),
        (TYPES, 'Extension="png"', 'Extension="gif"', "tidak punya jenis isi"),
        (DOCUMENT, 'r:embed="', 'r:embed="rId99', "hubungan rId99"),
        (DOCUMENT, "Langkah ke-1", "{{ nama }}", "masih tersisa"),
        (DOCUMENT, "Langkah ke-1", "{</w:t></w:r><w:r><w:t>% if x %</w:t></w:r><w:r><w:t>}", "masih tersisa"),
        (DOCUMENT, "Langkah ke-1</w:t>", "x</w:t><w:delText>y</w:delText>", "teks terhapus di tempat yang salah: “y”"),
        (
            HEADER,
            "<w:p>",
            '<w:p><w:del w:id="9" w:author="a"><w:r><w:t>y</w:t></w:r></w:del>',
            "header1.xml memuat teks",
        ),
        (HEADER, "<w:p>", '<w:p><w:ins w:id="9"/>', "tanpa nama pembuatnya"),
        (
            HEADER,
            "<w:p>",
            '<w:p><w:ins w:id="0" w:author="a"/><w:ins w:id="0" w:author="a"/>',
            "Id markah 0 dipakai dua",
        ),
        (HEADER, "<w:p>", "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{ x }}</w:t></w:r></w:p><w:p>", "header1.xml"),
    ],
)
def test_damage_is_refused(good: dict[str, bytes], name: str, old: str, new: str, message: str):
    with pytest.raises(PackageError, match=message):
        check_package(changed(good, name, old, new))


def related(parts: dict[str, bytes], kind: str, target: str) -> dict[str, bytes]:
    """The package with a relationship that leads out of it."""
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    made = f'<Relationship Id="luar" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return changed(parts, RELS, "</Relationships>", made)


@pytest.mark.parametrize("target", ["../sop/surat-masuk.pdf", "../bagian/daftar-isi.pdf", "../sop/3.pdf"])
def test_links_to_parts_of_the_bundle_pass(good: dict[str, bytes], target: str):
    check_package(related(good, "hyperlink", target))
    with pytest.raises(PackageError, match="merujuk ke luar"):  # a picture would be opened
        check_package(related(good, "image", target))


@pytest.mark.parametrize(
    "target",
    [
        "https://contoh.go.id/sop/a.pdf",
        "../sop/../rahasia.pdf",
        "../../sop/a.pdf",
        "../lain/a.pdf",
        "../sop/a.docx",
        "../sop/a.pdf#page=2",
        "../sop/a%2Fb.pdf",
        "../sop/.pdf",
        "sop/a.pdf",
        "file:///sop/a.pdf",
        "../sop/a.pdf&#10;",
    ],
)
def test_links_to_anywhere_else_are_refused(good: dict[str, bytes], target: str):
    with pytest.raises(PackageError, match="merujuk ke luar"):
        check_package(related(good, "hyperlink", target))


def test_doctype_in_another_encoding_is_seen(good: dict[str, bytes]):
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "ee">]><w:hdr ' + W + "/>"
    with pytest.raises(PackageError, match="DOCTYPE"):
        check_package({**good, HEADER: text.encode("utf-16")})


def test_entities_are_not_expanded(good: dict[str, bytes]):
    lots = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(9))
    text = f"<!DOCTYPE w:hdr [{lots}]><w:hdr {W}><w:p><w:r><w:t>&e8;</w:t></w:r></w:p></w:hdr>"
    with pytest.raises(PackageError, match=r"DOCTYPE|bukan XML"):
        check_package({**good, HEADER: text.encode()})


@pytest.mark.parametrize("name", [DOCUMENT, TYPES])
def test_a_missing_main_part_is_refused(good: dict[str, bytes], name: str):
    with pytest.raises(PackageError, match="bagian utamanya tidak ada"):
        check_package({key: data for key, data in good.items() if key != name})


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ('<w:bookmarkStart w:id="7" w:name="{}"/><w:bookmarkEnd w:id="7"/>', "Id markah 7"),
        (
            '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
            'wordprocessingDrawing"><wp:docPr id="77" name="{}"/></wp:inline></w:drawing></w:r>',
            "Id gambar 77",
        ),
    ],
)
def test_ids_are_compared_over_body_and_header(good: dict[str, bytes], element: str, message: str):
    both = changed(good, DOCUMENT, "</w:pPr>", "</w:pPr>" + element.format("satu"))
    check_package(both)
    with pytest.raises(PackageError, match=message + r" dipakai dua kali \(word/document.xml dan word/header1.xml\)"):
        check_package(changed(both, HEADER, "</w:p>", element.format("dua") + "</w:p>"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "bukan dokumen Word"),
        (b"Ini berkas teks.", "bukan dokumen Word"),
        (b"PK\x03\x04" + b"acak" * 500, "bukan dokumen Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "dikunci kata sandi"),
    ],
    ids=["empty", "text", "noise", "encrypted"],
)
def test_what_is_no_package_is_refused(data: bytes, message: str):
    with pytest.raises(PackageError, match=message):
        read_package(data)


def test_damaged_archives_are_refused_wherever_they_are_damaged():
    whole = build().docx
    for cut in range(0, len(whole), len(whole) // 40):
        with pytest.raises(PackageError):
            read_package(whole[:cut])
    noise = 0
    for at in range(30, len(whole), len(whole) // 60):
        try:
            read_package(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        except PackageError:
            noise += 1
    assert noise > 20  # every other exception would have ended the test


def test_sizes_are_judged_before_anything_is_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(61_000_000))
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(PackageError, match="terlalu besar"):
        read_package(buffer.getvalue())


def test_a_size_that_lies_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(2_000_000))
    data = bytearray(buffer.getvalue())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 100)
    with pytest.raises(PackageError, match="bukan dokumen Word"):
        read_package(bytes(data))


def test_too_many_parts_are_refused():
    with pytest.raises(PackageError, match="terlalu besar"):
        read_package(pack({f"word/{n}.xml": b"" for n in range(501)}))


def test_two_parts_of_one_name_are_refused():
    with pytest.raises(PackageError, match="bernama sama"):
        read_package(pack({"word/document.xml": b"a", "word/Document.xml": b"b"}))


def test_equal_parts_give_equal_bytes_in_any_order(good: dict[str, bytes]):
    data = write_package(good)
    assert write_package(dict(reversed(good.items()))) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[0] == TYPES
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert read_package(data) == good
