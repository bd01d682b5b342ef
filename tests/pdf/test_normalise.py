"""Single sheets: repeatable, and conforming to what they claim."""

from __future__ import annotations

import datetime
import io
import os
import time

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from sopdocs.errors import OutputRejectedError
from sopdocs.office import Converter
from sopdocs.pdf import Part, normalise, page_texts

from .pdf_samples import DATE, TITLES, changed, conformance_failures, sheet


def test_libreoffice_alone_does_not_conform(raw: tuple[bytes, ...]):
    assert any("XMP" in failure for failure in conformance_failures(raw[0]))


def test_a_normalised_sheet_is_pdfa_2b_and_pdfua_1(parts: tuple[Part, ...]):
    assert [conformance_failures(part.pdf) for part in parts] == [[], [], []]


def test_the_pages_stay_the_same(raw: tuple[bytes, ...], parts: tuple[Part, ...]):
    assert [page_texts(part.pdf) for part in parts] == [page_texts(pdf) for pdf in raw]
    assert all(len(part.pdf) < len(pdf) for part, pdf in zip(parts, raw, strict=True))


def test_it_says_title_language_and_day(parts: tuple[Part, ...]):
    with pikepdf.open(io.BytesIO(parts[2].pdf)) as pdf:
        root = pdf.Root
        assert str(root.Lang) == "id-ID"
        assert root.ViewerPreferences.DisplayDocTitle is True
        assert {str(page.obj.Tabs) for page in pdf.pages} == {"/S"}
        assert str(pdf.docinfo.Title) == TITLES[2]
        assert str(pdf.docinfo.CreationDate) == "D:20260102"
        assert "/ModDate" not in pdf.docinfo
        assert "/Author" not in pdf.docinfo  # python-docx puts its own name there
        assert "/DocChecksum" not in pdf.trailer
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == TITLES[2]
            assert meta["xmp:CreateDate"] == "2026-01-02"
            assert meta["dc:language"] == {"id-ID"}
            assert meta["pdfuaid:part"] == "1"


def test_another_language_is_set(raw: tuple[bytes, ...]):
    with pikepdf.open(io.BytesIO(normalise(raw[0], title="x", date=DATE, lang="jv-ID"))) as pdf:
        assert str(pdf.Root.Lang) == "jv-ID"


def test_printing_again_at_another_time_and_place_gives_the_same_bytes(converter: Converter, raw: tuple[bytes, ...]):
    while int(time.time()) == _second_of(raw[1]):  # the dates in the file have seconds
        time.sleep(0.05)
    # Only around the conversion: strptime would carry the time zone into this process for good.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Jayapura")
        patch.setenv("LANG", "de_DE.UTF-8")
        again = converter.convert(sheet(TITLES[1], 3), name="lagi")
    assert again != raw[1]
    first, second = (normalise(pdf, title="x", date=DATE) for pdf in (raw[1], again))
    assert first == second


def _second_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stamp = str(document.docinfo.CreationDate)[2:16]
    return int(datetime.datetime.strptime(stamp + "+0000", "%Y%m%d%H%M%S%z").timestamp())


def test_every_volatile_trace_is_gone(raw: tuple[bytes, ...]):
    def disturb(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo.CreationDate = "D:19990101000000Z"
        pdf.docinfo.ModDate = "D:19990101000000Z"
        pdf.trailer.DocChecksum = Name("/00FF")
        profile = pdf.Root.OutputIntents[0].DestOutputProfile
        data = profile.read_bytes()
        profile.write(data[:24] + bytes(range(12)) + data[36:])
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"CreateDate>2", b"CreateDate>1"))

    # Both are written by pikepdf, which numbers the objects in another order than LibreOffice.
    still, disturbed = changed(raw[1], lambda pdf: None), changed(raw[1], disturb)
    assert still != disturbed
    assert normalise(disturbed, title="x", date=DATE) == normalise(still, title="x", date=DATE)


def test_the_order_of_the_objects_does_not_matter(raw: tuple[bytes, ...]):
    """LibreOffice now and then writes the same fonts in another order."""

    def reverse(pdf: pikepdf.Pdf) -> None:
        streams = [number for number, item in enumerate(pdf.objects, start=1) if isinstance(item, pikepdf.Stream)]
        fonts = [descriptor for descriptor in pdf.objects if _is_font(descriptor)]
        first, last = fonts[0].FontFile2, fonts[-1].FontFile2
        assert first.objgen != last.objgen
        assert {first.objgen[0], last.objgen[0]} <= set(streams)
        pdf._swap_objects(first.objgen, last.objgen)
        for font in fonts:
            here = font.FontFile2.objgen
            if here in (first.objgen, last.objgen):
                font.FontFile2 = pdf.get_object(last.objgen if here == first.objgen else first.objgen)

    swapped = changed(raw[1], reverse)
    assert normalise(swapped, title="x", date=DATE) == normalise(raw[1], title="x", date=DATE)


def _is_font(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get(Name.Type) == Name.FontDescriptor


def test_the_profile_keeps_everything_but_its_date(raw: tuple[bytes, ...], parts: tuple[Part, ...]):
    before, after = (_profile(pdf) for pdf in (raw[0], parts[0].pdf))
    assert after[24:36] == bytes.fromhex("07d0 0001 0001 0000 0000 0000")  # 2000-01-01 00:00:00
    assert before[:24] + before[36:] == after[:24] + after[36:]


def _profile(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.Root.OutputIntents[0].DestOutputProfile.read_bytes()


def test_title_and_date_matter(raw: tuple[bytes, ...]):
    made = {
        normalise(raw[0], title=title, date=date)
        for title in ("x", "y")
        for date in (DATE, DATE + datetime.timedelta(days=1))
    }
    assert len(made) == 4


@pytest.mark.parametrize(
    ("message", "change"),
    [
        ("struktur", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
        ("profil warna", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
        ("halaman", lambda pdf: pdf.pages.__delitem__(slice(None))),
        ("rusak", lambda pdf: pdf.pages[0].Contents.write(b"garbage", filter=Name.FlateDecode)),
    ],
)
def test_what_cannot_keep_the_promise_is_rejected(raw: tuple[bytes, ...], message: str, change):
    with pytest.raises(OutputRejectedError, match=f"{message}.*SOP-9"):
        normalise(changed(raw[0], change), title="SOP-9", date=DATE)


def test_broken_and_encrypted_files_are_rejected(raw: tuple[bytes, ...]):
    for broken in (b"", b"%PDF-1.7\n%%EOF\n", raw[0][:-2000], os.urandom(3000)):
        with pytest.raises(OutputRejectedError, match="rusak: SOP-9"):
            normalise(broken, title="SOP-9", date=DATE)
    for password in ("", "rahasia"):
        output = io.BytesIO()
        with pikepdf.open(io.BytesIO(raw[0])) as pdf:
            pdf.save(output, encryption=pikepdf.Encryption(owner="x", user=password))
        with pytest.raises(OutputRejectedError, match=r"terenkripsi.*: SOP-9"):
            normalise(output.getvalue(), title="SOP-9", date=DATE)


def test_a_file_without_info_is_fine(raw: tuple[bytes, ...]):
    bare = changed(raw[0], lambda pdf: pdf.trailer.__delitem__("/Info"))
    with pikepdf.open(io.BytesIO(normalise(bare, title="x", date=DATE))) as pdf:
        assert isinstance(pdf.trailer.Info, Dictionary)
        assert str(pdf.docinfo.Title) == "x"
