"""The bundle: pages, bookmarks, labels, links, size, repeatability."""

from __future__ import annotations

import dataclasses
import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf import Part, page_texts

from .pdf_samples import TITLES, bundled, conformance_failures, part_with


@pytest.fixture(scope="module")
def whole(parts: tuple[Part, ...]) -> bytes:
    return bundled(parts)


def test_the_bundle_is_pdfa_2b_and_pdfua_1(whole: bytes):
    assert conformance_failures(whole) == []


def test_all_pages_in_order(whole: bytes, parts: tuple[Part, ...]):
    texts = [text for part in parts for text in page_texts(part.pdf)]
    expected = [f"{text}\nHalaman {number} dari 6" for number, text in enumerate(texts, 1)]
    assert [" ".join(text.split()) for text in page_texts(whole)] == [" ".join(text.split()) for text in expected]


def test_it_says_who_and_what(whole: bytes):
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        assert str(pdf.Root.Lang) == "id-ID"
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert {str(page.obj.Tabs) for page in pdf.pages} == {"/S"}
        assert len(pdf.Root.OutputIntents) == 1
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == ("Bundel SOP", "Dinas Contoh")
        with pdf.open_metadata() as meta:
            assert (meta["dc:title"], meta["dc:creator"]) == ("Bundel SOP", ["Dinas Contoh"])


def outline_of(pdf: bytes) -> list[tuple[int, str, int]]:
    """Depth, title and page (from 1) of each bookmark."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    def walk(items: list, depth: int) -> list[tuple[int, str, int]]:
        found = []
        for item in items:
            if isinstance(item, list):
                found += walk(item, depth + 1)
            else:
                found.append((depth, item.title, reader.get_destination_page_number(item) + 1))
        return found

    return walk(reader.outline, 0)


def test_a_bookmark_for_each_part_in_place_of_its_heading_and_the_others_below(whole: bytes):
    assert outline_of(whole) == [
        (0, "Daftar SOP", 1),
        (0, "SOP", 2),
        (1, "SOP Surat Masuk", 2),
        (2, "Halaman 2", 3),
        (2, "Halaman 3", 4),
        (1, "SOP Surat & <Keluar>", 5),
        (2, "Halaman 2", 6),
    ]


def test_a_part_without_bookmarks_has_just_its_own(parts: tuple[Part, ...]):
    bare = part_with(parts[1], lambda pdf: pdf.Root.__delitem__("/Outlines"))
    assert outline_of(bundled([parts[0], bare])) == [
        (0, "Daftar SOP", 1),
        (0, "SOP", 2),
        (1, "SOP Surat Masuk", 2),
    ]


def test_the_counts_of_the_bookmarks_follow_the_standard(whole: bytes):
    """ISO 32000-1, table 153: negative while closed, absent without children; the root counts what is seen."""
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        root = pdf.Root.Outlines
        assert root.Count == 4
        group = root.First.Next
        assert (str(group.Title), group.Count, root.Last.Prev) == ("SOP", 2, root.First)
        entry = group.First
        assert (str(entry.Title), entry.Count) == ("SOP Surat Masuk", -2)
        assert "/Count" not in entry.First
        assert entry.First.Parent == entry
        assert (entry.Parent, group.Last.Prev) == (group, entry)


def test_a_long_group_is_closed(parts: tuple[Part, ...]):
    many = [dataclasses.replace(parts[0], key=f"sop/s{number}", group="SOP") for number in range(13)]
    last = dataclasses.replace(parts[0], key="bagian/pemantauan", group="Formulir")
    for count, expected, seen in ((12, 12, 14), (13, -13, 3)):
        with pikepdf.open(io.BytesIO(bundled([*many[:count], last]))) as pdf:
            root = pdf.Root.Outlines
            assert (root.First.Count, root.Count) == (expected, seen if count == 13 else count + 3)


def test_pages_are_labelled_as_they_are_numbered(whole: bytes):
    assert pypdf.PdfReader(io.BytesIO(whole)).page_labels == ["1", "2", "3", "4", "5", "6"]


def test_each_part_has_a_named_destination(whole: bytes, parts: tuple[Part, ...]):
    reader = pypdf.PdfReader(io.BytesIO(whole))
    named = {name: reader.get_destination_page_number(place) + 1 for name, place in reader.named_destinations.items()}
    assert named == {parts[0].key: 1, parts[1].key: 2, parts[2].key: 5}


def test_equal_images_and_profiles_are_stored_once(whole: bytes, parts: tuple[Part, ...]):
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        images = {images_of(pdf, number)[0].objgen for number in (0, 1, 4)}  # the first pages of the parts
        kept = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        assert len(images) == 1
        assert sum(item.get("/Subtype") == Name.Image for item in kept) == 1
        assert sum(item.get("/N") == 3 and "/Type" not in item for item in kept) == 1  # ICC profile
    image_size = len(image_bytes(parts[0].pdf))
    naive = sum(len(part.pdf) for part in parts)
    assert image_size > 10_000
    assert len(whole) < naive - 2 * image_size


def images_of(pdf: pikepdf.Pdf, page: int) -> list[pikepdf.Object]:
    things = pdf.pages[page].obj.Resources.XObject.values()
    return [thing for thing in things if thing.Subtype == Name.Image]


def image_bytes(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (image,) = images_of(document, 0)
        return image.read_raw_bytes()


def test_images_that_differ_in_their_data_alone_stay_different(parts: tuple[Part, ...]):
    def painted(value: int):
        def repaint(pdf: pikepdf.Pdf) -> None:
            (image,) = images_of(pdf, 0)
            image.write(bytes([value]) * (3 * int(image.Width) * int(image.Height)))

        return repaint

    black, white = part_with(parts[0], painted(0)), part_with(parts[1], painted(255))
    assert len(image_bytes(black.pdf)) == len(image_bytes(white.pdf))
    with pikepdf.open(io.BytesIO(bundled([black, white]))) as pdf:
        (first,), (second,) = (images_of(pdf, number) for number in (0, 1))
        assert set(first.read_bytes()) == {0}
        assert set(second.read_bytes()) == {255}


def test_equal_parts_give_equal_bytes_in_any_process(whole: bytes, parts: tuple[Part, ...], tmp_path: Path):
    (tmp_path / "parts").write_bytes(pickle.dumps(parts))
    script = (
        "import pathlib, pickle, sys\n"
        "from tests.pdf.pdf_samples import bundled\n"
        f"parts = pickle.loads(pathlib.Path({str(tmp_path / 'parts')!r}).read_bytes())\n"
        "made = bundled(parts)\n"
        "sys.stdout.buffer.write(made)"
    )
    for zone, seed in (("Asia/Jayapura", "1"), ("America/Lima", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        made = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
        assert made.stdout == whole


def test_order_and_title_matter(whole: bytes, parts: tuple[Part, ...]):
    renamed = [dataclasses.replace(parts[0], title="Lain"), *parts[1:]]
    assert len({whole, bundled(parts[::-1]), bundled(renamed)}) == 3


def add_link(pdf: pikepdf.Pdf, on_page: int, **target: object) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[9, 9, 99, 99], F=4, Contents=String("tautan"), **target)
    pdf.pages[on_page].obj.Annots = Array([*pdf.pages[on_page].obj.get("/Annots", []), pdf.make_indirect(link)])


def link_targets(pdf: bytes) -> list[tuple[int, int]]:
    """From which page (from 1) to which each link leads."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        names = pikepdf.NameTree(document.Root.Names.Dests) if "/Names" in document.Root else {}
        for page in document.pages:
            for link in page.obj.get("/Annots", []):
                place = link.get("/Dest") or link.A.D
                if isinstance(place, String | Name):
                    place = names[str(place)]
                if isinstance(place, Dictionary):
                    place = place.D
                found.append((numbers[page.obj.objgen], numbers[place[0].objgen]))
    return found


def test_links_between_pages_lead_to_the_copied_pages(parts: tuple[Part, ...]):
    def change(pdf: pikepdf.Pdf) -> None:
        add_link(pdf, 0, Dest=Array([pdf.pages[2].obj, Name.Fit]))
        add_link(pdf, 2, A=Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit])))

    assert link_targets(bundled([parts[0], part_with(parts[1], change)])) == [(2, 4), (4, 2)]


def test_equal_names_in_two_parts_lead_to_the_place_in_their_own(parts: tuple[Part, ...]):
    def new_kind(pdf: pikepdf.Pdf) -> None:
        tree = pikepdf.NameTree.new(pdf)
        tree["lampiran é"] = Dictionary(D=Array([pdf.pages[1].obj, Name.Fit]))
        pdf.Root.Names = Dictionary(Dests=tree.obj)
        add_link(pdf, 0, Dest=String("lampiran é"))

    def old_kind(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Dests = Dictionary({"/lampiran": Array([pdf.pages[1].obj, Name.Fit])})
        add_link(pdf, 0, A=Dictionary(S=Name.GoTo, D=Name("/lampiran")))
        pdf.Root.Outlines.First.First.Dest = Name("/lampiran")

    again = dataclasses.replace(part_with(parts[1], new_kind), key="sop/lagi")
    made = bundled([part_with(parts[1], new_kind), part_with(parts[2], old_kind), again])
    assert link_targets(made) == [(1, 2), (4, 5), (6, 7)]
    assert (2, "Halaman 2", 5) in outline_of(made)


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"isi"


@pytest.mark.parametrize(
    ("message", "change"),
    [
        ("tanda tangan", lambda pdf: setattr(pdf.Root, "AcroForm", Dictionary(Fields=[], SigFlags=3))),
        ("lampiran", attach),
        ("lapisan", lambda pdf: setattr(pdf.Root, "OCProperties", Dictionary())),
        ("ruang nama", lambda pdf: setattr(pdf.Root.StructTreeRoot, "Namespaces", Array())),
        ("struktur", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
        ("Profil warna", lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile.write(b"other")),
    ],
)
def test_what_would_be_lost_is_refused_by_name(parts: tuple[Part, ...], message: str, change):
    with pytest.raises(OutputRejectedError, match=f"{message}.*SOP Surat Masuk"):
        bundled([parts[0], part_with(parts[1], change)])


def test_a_broken_part_is_named(parts: tuple[Part, ...]):
    half = dataclasses.replace(parts[1], pdf=parts[1].pdf[:5000])
    with pytest.raises(OutputRejectedError, match="rusak: SOP Surat Masuk"):
        bundled([parts[0], half, parts[2]])


def test_an_encrypted_part_is_named(parts: tuple[Part, ...]):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(parts[1].pdf)) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="x", user=""))
    with pytest.raises(OutputRejectedError, match=r"terenkripsi.*SOP Surat Masuk"):
        bundled([parts[0], dataclasses.replace(parts[1], pdf=output.getvalue())])


def test_an_empty_bundle_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="at least one"):
        bundled([])


def test_one_part_is_a_bundle_too(parts: tuple[Part, ...]):
    alone = bundled(parts[:1])
    assert conformance_failures(alone) == []
    assert outline_of(alone)[0] == (0, TITLES[0], 1)
    assert pypdf.PdfReader(io.BytesIO(alone)).page_labels == ["1"]


def test_keys_are_unique(parts: tuple[Part, ...]):
    with pytest.raises(ValueError, match="key"):
        bundled([parts[0], parts[0]])
