"""What the parts around the sheets are filled with."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from word_parts import BUNDLE, DECREE, NAMES, PART_TEMPLATES, ended, filled, make, registered, sops
from word_samples import chain, edge, edited, inputs, sop, step, unpack

from sopdocs.model import Bentuk, Bundel, Keputusan, Pejabat, Prosedur, Sop, SopDitetapkan
from sopdocs.word import ContentsEntry, TemplateBrokenError, make_contents, make_register
from sopdocs.word.decree import decree_context, ordinal
from sopdocs.word.explanation import explanation_context
from sopdocs.word.lists import contents_context, register_context
from sopdocs.word.monitoring import monitoring_context
from sopdocs.word.picture import Picture
from sopdocs.word.template import unguard
from sopdocs.word.xml import qn

WEIRD = "A & B <c> {{ x }} {% y %} “ü” \u200f٣ ﷽ 𝒳"


def text_of(docx: bytes) -> str:
    tree = etree.fromstring(unpack(docx)["word/document.xml"])
    paragraphs = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in tree.iter(qn("w:p")))
    return "\n".join(paragraphs)


def links_of(docx: bytes) -> list[tuple[str, str]]:
    """Target and words of each link, in the order of the document."""
    parts = unpack(docx)
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = {e.get("Id"): e.get("Target") for e in relations if e.get("TargetMode") == "External"}
    found = etree.fromstring(parts["word/document.xml"]).iter(qn("w:hyperlink"))
    return [(targets[e.get(qn("r:id"))], "".join(e.itertext())) for e in found]


def decree(*found: Sop, **fields: Any) -> dict[str, Any]:
    bundle = replace(BUNDLE, keputusan=replace(Keputusan(), **fields))
    return decree_context(found or sops(2), inputs(bundel=bundle))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_again_and_others_for_other_sops(name: str):
    first, again, other = (hashlib.sha256(make(name, sops(n), inputs())).hexdigest() for n in (2, 2, 3))
    assert first == again != other


@pytest.mark.parametrize("name", NAMES)
def test_content_may_look_like_anything(name: str):
    about = filled(nama=WEIRD, kop=(WEIRD,), alamat=WEIRD)
    keputusan = Keputusan(WEIRD, None, WEIRD, (WEIRD,), (WEIRD, WEIRD), (WEIRD,))
    about = replace(about, workspace=replace(about.workspace, bundel=replace(BUNDLE, judul=WEIRD, keputusan=keputusan)))
    text = text_of(make(name, (sop(nama=WEIRD, nomor=WEIRD),), about))
    assert WEIRD in text


@pytest.mark.parametrize("name", NAMES)
def test_nothing_at_all_is_filled_too(name: str):
    text = text_of(make(name, (), inputs()))
    assert "None" not in text
    assert "{" not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_must_say_so(name: str):
    quiet = edited(PART_TEMPLATES[name], "KONSEP – belum boleh ditandatangani", "", "word/header1.xml")
    make(name, sops(1), inputs(), quiet)
    with pytest.raises(TemplateBrokenError, match="tidak mencetak tanda KONSEP"):
        make(name, sops(1), inputs(konsep=True), quiet)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("keputusan", "{{ tentang }}"),
        ("daftar-isi", "{{ judul }}"),
        ("penjelasan", "{{ butir.arti }}"),
        ("register", "{{ butir.waktu }}"),
        ("pemantauan", "{{ formulir.nama }}"),
    ],
)
def test_an_unknown_placeholder_is_refused_with_its_file(name: str, printed: str):
    wrong = edited(PART_TEMPLATES[name], printed, printed.replace("{{ ", "{{ x"))
    with pytest.raises(TemplateBrokenError, match=rf"templates/{name}\.docx"):
        make(name, sops(1), inputs(), wrong)


@pytest.mark.parametrize("name", NAMES)
def test_titles_are_headings_and_tables_have_header_rows(name: str):
    tree = etree.fromstring(unpack(PART_TEMPLATES[name].data)["word/document.xml"])
    styles = [e.get(qn("w:val")) for e in tree.iter(qn("w:pStyle"))]
    assert styles.count("Heading1") == 1
    assert next(tree.iter(qn("w:tblHeader")), None) is not None
    assert not list(tree.iter(qn("w:pBdr")))
    sizes = re.findall(r'w:sz w:val="(\d+)"', unpack(PART_TEMPLATES[name].data)["word/styles.xml"].decode())
    assert min(int(size) for size in sizes if size != "2") >= 14  # 2: the paragraph that holds the logo


def test_rows_lead_to_their_parts():
    found = sops(2)
    assert links_of(make("daftar-isi", found, filled())) == [
        ("../bagian/keputusan.pdf", "Keputusan"),
        ("../sop/sop-1.pdf", found[0].nama),
        ("../sop/sop-2.pdf", found[1].nama),
    ]
    expected = [(f"../sop/{each.slug}.pdf", each.nama) for each in found]
    assert links_of(make("register", found, filled())) == expected
    assert links_of(make("keputusan", found, filled())) == expected
    assert links_of(make("penjelasan", found, inputs())) == expected


def test_the_daftar_isi_prints_number_revision_and_page():
    entries = (
        ContentsEntry("SOP A", "sop/a", "1/2023", date(2023, 5, 6), 17, 1),
        ContentsEntry("B", "", None, None, 2, 0),
    )
    rows: Any = contents_context(entries, inputs())["daftar"]
    assert [(row["judul"], row["nomor"], row["revisi"], row["halaman"]) for row in rows] == [
        ("SOP A", "1/2023", "06-05-2023", 17),
        ("B", "-", "-", 2),
    ]
    text = text_of(make_contents(entries, inputs(), PART_TEMPLATES["daftar-isi"], None))
    assert text.index("SOP A") < text.index("17") < text.index("\nB\n")


def test_no_number_of_the_total_time_is_parted_from_its_unit():
    (entry,) = registered((sop(),))
    (row,) = register_context((replace(entry, waktu="1 hari kerja + 2 jam sampai 3 jam"),), inputs())["register"]  # pyright: ignore[reportGeneralTypeIssues]
    assert row["waktu"] == "1\u00a0hari kerja + 2\u00a0jam sampai 3\u00a0jam"


def test_the_register_says_who_approves():
    (known, unknown) = register_context(registered((sop(), sop(pengesah="lain"))), inputs())["register"]  # pyright: ignore[reportGeneralTypeIssues]
    assert (known["jabatan"], known["pejabat"], known["efektif"]) == ("Camat Contoh", "Siti Aminah, S.I.P.", "-")
    assert (unknown["jabatan"], unknown["pejabat"]) == ("lain", "-")


def test_the_register_says_how_and_when_an_sop_is_monitored():
    (entry,) = registered((sop(pemantauan=date(2024, 7, 1)),))
    text = text_of(make_register((entry,), filled(), PART_TEMPLATES["register"], None))
    assert "01-07-2024\n12\u00a0langkah baik, 1\u00a0tidak\n01-07-2024\n02-01-2025" in text
    assert "Tidak Berlaku Lagi" not in text
    (bare,) = register_context((replace(entry, hasil="", pemantauan=None, evaluasi=None),), inputs())["register"]  # pyright: ignore[reportGeneralTypeIssues]
    assert (bare["hasil"], bare["pemantauan_berikutnya"], bare["evaluasi_berikutnya"]) == ("", "-", "-")


def test_sops_that_ended_have_a_list_of_their_own():
    gone = ended((sop(nama="Surat Lama", nomor="1/2020"),))
    text = text_of(make_register(registered(sops(1)), filled(), PART_TEMPLATES["register"], None, gone))
    after = text.partition("Tidak Berlaku Lagi")[2]
    assert [line for line in after.split("\n") if line][-6:] == [
        "1.",
        "1/2020",
        "Surat Lama",
        "digantikan",
        "01-03-2024",
        "Surat Baru",
    ]


def test_a_wide_logo_is_not_cut_off_by_its_cell():
    picture = io.BytesIO()
    Image.new("RGB", (2000, 200)).save(picture, "PNG")
    about = replace(filled(), logo=Picture(picture.getvalue(), "Logo"))
    tree = etree.fromstring(unpack(make("keputusan", sops(1), about))["word/document.xml"])
    (extent,) = tree.iter(qn("wp:extent"))
    cell = next(cell for cell in tree.iter(qn("w:tc")) if next(cell.iter(qn("wp:extent")), None) is not None)
    width = int(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w"))) * 635
    across, down = int(extent.get("cx")), int(extent.get("cy"))
    assert width * 0.8 < across < width
    assert across / down == pytest.approx(10, rel=0.001)


def test_an_empty_decree_is_printed_as_unfilled_and_undecided():
    found = decree()
    assert (found["nomor"], found["tanggal"], found["tentang"]) == (
        "belum ditetapkan",
        "belum ditetapkan",
        "(belum diisi)",
    )
    assert found["menimbang"] == found["mengingat"] == [{"penanda": "", "teks": "(belum diisi)"}]
    assert found["memutuskan"] == [{"urutan": "KESATU", "teks": "(belum diisi)"}]
    text = text_of(make("keputusan", sops(1), inputs()))
    assert text.count("(belum diisi)") == 4  # tentang in the attachment; in the title it stands in capitals
    assert "NOMOR BELUM DITETAPKAN" in text


def test_a_decree_counts_its_paragraphs():
    found = decree(menimbang=("m",) * 28, mengingat=("a", "b"), memutuskan=("c",) * 3)
    assert [p["penanda"] for p in found["menimbang"]][:2] == ["a.", "b."]
    assert [p["penanda"] for p in found["menimbang"]][25:] == ["z.", "aa.", "ab."]
    assert [p["penanda"] for p in found["mengingat"]] == ["1.", "2."]
    assert [p["urutan"] for p in found["memutuskan"]] == ["KESATU", "KEDUA", "KETIGA"]


@pytest.mark.parametrize(
    ("written", "printed"),
    [("bahwa ini", "bahwa ini;"), ("bahwa ini;", "bahwa ini;"), ("bahwa ini.", "bahwa ini."), ("{{x", "{{x;")],
)
def test_a_paragraph_of_the_decree_ends_with_a_semicolon_unless_it_has_its_own_mark(written: str, printed: str):
    found = decree(menimbang=(written,), mengingat=(written, written))
    texts = [row["teks"] for row in (*found["menimbang"], *found["mengingat"])]
    assert [unguard(text.encode()).decode() for text in texts] == [printed] * 3


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "KESATU"),
        (9, "KESEMBILAN"),
        (10, "KESEPULUH"),
        (11, "KESEBELAS"),
        (12, "KEDUA BELAS"),
        (20, "KEDUA PULUH"),
        (21, "KEDUA PULUH SATU"),
        (99, "KESEMBILAN PULUH SEMBILAN"),
    ],
)
def test_ordinals(number: int, word: str):
    assert ordinal(number) == word


def test_ordinals_differ():
    assert len({ordinal(number) for number in range(1, 100)}) == 99


def test_who_issues_the_decree():
    about = filled()
    other = Pejabat("sekcam", "Sekretaris Contoh", "Budi Contoh", "19700101 199001 1 001")
    about.workspace.pejabat["sekcam"] = other

    def issuer(found: tuple[Sop, ...], named: str | None = None) -> str:
        bundle = replace(BUNDLE, keputusan=replace(DECREE, pejabat=named))
        values: Any = decree_context(found, replace(about, workspace=replace(about.workspace, bundel=bundle)))
        return values["pejabat"]["nama"]

    one, two = sop(), sop(pengesah="sekcam")
    assert issuer((one, one)) == "Siti Aminah, S.I.P."
    assert issuer((one, one), "sekcam") == "Budi Contoh"
    assert issuer((one, two)) == issuer(()) == issuer((one,), "tidak-ada") == "………"


def test_the_list_of_the_decree_is_the_one_issued_when_given():
    found = (sop(slug="a", nama="Surat Masuk"), sop(slug="b", nama="Kembar"), sop(slug="c", nama="kembar"))
    issued = tuple(SopDitetapkan(name, "9/2020") for name in ("surat masuk", "Kembar", "Sudah Dihapus"))
    bundle = Bundel("x", keputusan=Keputusan(sop=issued))
    made = make("keputusan", found, inputs(bundel=bundle))
    assert links_of(made) == [("../sop/a.pdf", "surat masuk")]  # which of two of one name, nobody knows
    text = text_of(made)
    assert all(line.nama in text for line in issued)
    assert text.count("9/2020") == 3
    assert [target for target, _ in links_of(make("keputusan", found, inputs()))] == [
        f"../sop/{each}.pdf" for each in "abc"
    ]


def test_what_the_office_left_open_is_told_from_the_sops():
    deciding = Prosedur((step(1), step(2, "", {"umum": Bentuk.KEPUTUSAN})), (edge("1.umum", "2.umum"),))
    about = inputs(kabupaten="Kabupaten Contoh")
    values: Any = explanation_context((sop(chain(3), deciding),), about)
    assert values["ruang_lingkup"] == [
        "Dokumen ini memuat 1 Standar Operasional Prosedur (SOP) pada Kecamatan Contoh, Kabupaten Contoh."
    ]
    (row,) = values["sop"]
    assert (row["langkah"], row["keputusan"], row["pelaksana"]) == (5, 1, "Umum, Teknis, Sekretaris, Kepala")
    assert values["pengertian"] == values["singkatan"] == []


def test_only_abbreviations_in_use_are_explained_in_order_of_rank():
    about = inputs()
    lanes = about.workspace.pelaksana
    for rank, (key, name, short) in enumerate((("kepala", "Kepala Contoh", "Ka"), ("umum", "Staf Umum", "SU"))):
        lanes[key] = replace(lanes[key], nama=name, singkatan=short, peringkat=9 - rank)
    lanes["p1"] = replace(lanes["p1"], singkatan="P1")
    values: Any = explanation_context((sop(), sop()), about)
    assert values["singkatan"] == [
        {"singkatan": "SU", "nama": "Staf Umum"},
        {"singkatan": "Ka", "nama": "Kepala Contoh"},
    ]


def test_what_the_office_wrote_stands_instead_of_what_is_told():
    text = text_of(make("penjelasan", sops(1), filled()))
    assert "Berlaku di semua seksi." in text
    assert "Dokumen ini memuat" not in text
    assert "Memuat urusan surat." in text
    assert sops(1)[0].nama not in text
    assert "Surat: naskah." in text


def test_the_five_symbols_are_drawn_with_alternative_texts():
    tree = etree.fromstring(unpack(make("penjelasan", (), inputs()))["word/document.xml"])
    texts = [e.get("descr") for e in tree.iter(qn("wp:docPr"))]
    assert [text.partition(":")[0] for text in texts] == [
        "Lambang kapsul",
        "Lambang kotak",
        "Lambang belah ketupat",
        "Lambang anak panah",
        "Lambang segilima",
    ]


def test_a_form_has_a_row_for_each_step_and_the_titles_of_several_procedures():
    several = sop(replace(chain(2), judul="Masuk"), replace(chain(1), judul="Keluar"), nama="Surat")
    (form,) = monitoring_context((several,), inputs())["pemantauan"]  # pyright: ignore[reportGeneralTypeIssues]
    assert [(row["judul"], row["nomor"]) for row in form["langkah"]] == [
        ("Masuk", ""),
        ("", 1),
        ("", 2),
        ("Keluar", ""),
        ("", 1),
    ]


def test_each_form_but_the_first_starts_a_page():
    tree = etree.fromstring(unpack(make("pemantauan", sops(3), filled()))["word/document.xml"])
    assert len(list(tree.iter(qn("w:pageBreakBefore")))) == 2
    headings = [
        p for p in tree.iter(qn("w:p")) if p.find(f".//{qn('w:pStyle')}[@{qn('w:val')}='Heading1']") is not None
    ]
    assert ["".join(p.itertext()) for p in headings] == [each.nama for each in sops(3)]


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1), max_size=4))
def test_every_consideration_is_printed(texts: list[str]):
    found = decree(menimbang=tuple(texts))["menimbang"]
    assert len(found) == max(len(texts), 1)
    assert len({paragraph["penanda"] for paragraph in found}) == len(found)
