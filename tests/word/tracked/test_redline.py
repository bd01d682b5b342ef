"""What a reader of the tracked sheet sees: which words are struck, which paragraphs and rows, and by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree
from settling import accepted, rejected
from sheet_texts import W, look, parts
from tracked_pairs import check_pair, told
from word_samples import SOP_TEMPLATE, chain, inputs, numbered, sop, step
from word_samples import fonts as find_fonts

from sopdocs.layout import FontData
from sopdocs.model import Bentuk, Paragraph, Prosedur, RichText, Run, Sop, TandaTangan
from sopdocs.word import Inputs, tracked_sheet
from sopdocs.word.pieces import new_element
from sopdocs.word.redline import Pen, State
from sopdocs.word.redtable import Weaver

PEN = Pen(date(2024, 5, 6))
_STYLES = ("Kop", "Butir", "SubButir", "Isi")


def paragraph(said: str, style: str = "") -> etree._Element:
    made = new_element("w:p")
    if style:
        properties = new_element("w:pPr")
        properties.append(new_element("w:pStyle", w_val=style))
        made.append(properties)
    run, words = new_element("w:r"), new_element("w:t")
    words.text = said
    run.append(words)
    made.append(run)
    return made


def shown(element: etree._Element) -> str:
    """The text with [-what went-] and [+what came+]."""
    found = ""
    for words in element.iter(f"{W}t", f"{W}delText"):
        parent = words.getparent().getparent().tag
        before, after = {f"{W}del": ("[-", "-]"), f"{W}ins": ("[+", "+]")}.get(parent, ("", ""))
        found += f"{before}{words.text}{after}"
    return found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Mencatat surat", "Mencatat surat", "Mencatat surat"),
        ("Mencatat surat masuk", "Mencatat surat keluar", "Mencatat surat [-masuk-][+keluar+]"),
        ("Memeriksa berkas", "Memeriksa isi berkas", "Memeriksa [+isi +]berkas"),
        (": -", ": 5 MEI 2024", ": [---][+5 MEI 2024+]"),
        ("", "Arsip", "[+Arsip+]"),
        ("30 menit", "45 menit", "[-30-][+45+] menit"),
        # Changes that only a space keeps apart are one; a text of which hardly a word stayed is written anew.
        (
            "Kasi Umum memeriksa berkas",
            "Sekretaris Camat memeriksa berkas",
            "[-Kasi Umum-][+Sekretaris Camat+] memeriksa berkas",
        ),
        (
            "Menilai kinerja dan hasil rapat kecamatan",
            "Menyusun daftar dan undangan",
            "[-Menilai kinerja dan hasil rapat kecamatan-][+Menyusun daftar dan undangan+]",
        ),
    ],
)
def test_words_that_differ_are_marked(old: str, new: str, said: str) -> None:
    assert shown(PEN.paragraph(paragraph(old), paragraph(new)).element) == said


def test_a_change_names_its_author_and_day() -> None:
    made = PEN.paragraph(paragraph("a"), paragraph("b")).element
    (gone,) = made.iter(f"{W}del")
    assert (gone.get(f"{W}author"), gone.get(f"{W}date")) == ("sopdocs", "2024-05-06T00:00:00Z")
    (undated,) = Pen(None).paragraph(paragraph("a"), paragraph("b")).element.iter(f"{W}del")
    assert undated.get(f"{W}date") is None


def marks(old: list[etree._Element], new: list[etree._Element]) -> list[tuple[str, str]]:
    """Each paragraph's text, and what happened to its mark."""
    found: list[tuple[str, str]] = []
    for each in PEN.settle(Weaver(PEN).blocks(old, new)):
        states = [
            s.name
            for s in (State.NEW, State.GONE)
            if each.find(f"{W}pPr/{W}rPr/{s.value}".replace("w:", W)) is not None
        ]
        found.append((shown(each), "".join(states)))
    return found


def test_a_paragraph_among_others_goes_with_its_mark() -> None:
    old = [paragraph("Satu kata"), paragraph("Dua hal"), paragraph("Tiga")]
    assert marks(old, [old[0], old[2]]) == [("Satu kata", ""), ("[-Dua hal-]", "GONE"), ("Tiga", "")]
    assert marks([old[0], old[2]], old) == [("Satu kata", ""), ("[+Dua hal+]", "NEW"), ("Tiga", "")]


def test_the_last_mark_of_a_cell_always_stays() -> None:
    old = [paragraph("Satu kata"), paragraph("Dua hal")]
    assert marks(old, old[:1]) == [("Satu kata", "GONE"), ("[-Dua hal-]", "")]
    assert marks(old[:1], old) == [("Satu kata", "NEW"), ("[+Dua hal+]", "")]
    assert marks(old, [paragraph("xyz")]) == [("[-Satu kata-]", "GONE"), ("[-Dua hal-][+xyz+]", "")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # An insertion that goes on behind the mark takes the mark with it, as if it were typed there.
        (
            ["Satu kata", "Tiga"],
            ["Satu kata lagi", "Dua hal", "Tiga"],
            [("Satu kata[+ lagi+]", "NEW"), ("[+Dua hal+]", ""), ("Tiga", "")],
        ),
        # Between two paragraphs that stayed no mark can go; a deleted one keeps the insertions apart.
        (
            ["Satu kata", "mencatat hal"],
            ["Satu kata lagi", "Segera mencatat hal"],
            [("Satu kata[+ lagi+]", "NEW"), ("", "GONE"), ("[+Segera +]mencatat hal", "")],
        ),
        # Before an empty paragraph stands one whose mark stays, or it would take the style of the insertion.
        (["Judul", ""], ["Judul", "Isi", ""], [("Judul", "NEW"), ("[+Isi+]", ""), ("", "")]),
        (["Judul", "Isi", ""], ["Judul", ""], [("Judul", "GONE"), ("[-Isi-]", ""), ("", "")]),
        (
            ["Judul", "xyz", ""],
            ["Judul", "Memeriksa", "Uang", ""],
            [("Judul", ""), ("[+Memeriksa+]", "NEW"), ("[-xyz-][+Uang+]", ""), ("", "")],
        ),
    ],
)
def test_no_two_insertions_are_kept_apart_by_a_bare_mark(
    old: list[str], new: list[str], said: list[tuple[str, str]]
) -> None:
    """LibreOffice would take both for one, and rejecting them would join the paragraphs."""
    before, now = (
        [paragraph(text, style) for text, style in zip(texts, _STYLES, strict=False)] for texts in (old, new)
    )
    assert marks(before, now) == said
    body = new_element("w:body")
    body.extend(PEN.settle(Weaver(PEN).blocks(before, now)))
    for settled, texts in ((accepted(body), new), (rejected(body), old)):
        assert [look(p) for p in settled] == [look(paragraph(t, s)) for t, s in zip(texts, _STYLES, strict=False)]


def test_a_mark_that_keeps_insertions_apart_keeps_the_former_style() -> None:
    old = [paragraph("Satu kata", "Butir"), paragraph("mencatat hal")]
    new = [paragraph("Satu kata lagi", "SubButir"), paragraph("Segera mencatat hal")]
    body = new_element("w:body")
    body.extend(PEN.settle(Weaver(PEN).blocks(old, new)))
    assert [look(p) for p in accepted(body)] == [look(p) for p in new]
    assert [look(p) for p in rejected(body)] == [look(p) for p in old]
    # LibreOffice looks for the style in the paragraph whose mark came, Word in the one whose mark is gone.
    come, gone, _ = body
    assert come.find(f"{W}pPr/{W}pPrChange/{W}pPr/{W}pStyle").get(f"{W}val") == "Butir"
    assert gone.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Butir"


def test_another_style_or_look_is_told_as_such() -> None:
    made = PEN.paragraph(paragraph("a", "Butir"), paragraph("a", "SubButir")).element
    assert [e.get(f"{W}val") for e in made.iter(f"{W}pStyle")] == ["SubButir", "Butir"]
    assert made.find(f"{W}pPr/{W}pPrChange/{W}pPr/{W}pStyle") is not None
    old, new = (RichText((Paragraph((Run("penting", bold),)),)) for bold in (False, True))
    about = inputs()
    docx = tracked(sop(peringatan=old), sop(peringatan=new), (about, about))
    assert len([*parts(docx)["word/document.xml"].iter(f"{W}rPrChange")]) == 1


def tracked(old: Sop, new: Sop, about: tuple[Inputs, Inputs]) -> bytes:
    return tracked_sheet(told(old, new, about), about, SOP_TEMPLATE, find_fonts()).docx


def test_steps_that_come_go_and_move_are_rows(fonts: FontData) -> None:
    steps = [
        step(n, f"{word} surat", {"umum": Bentuk.PROSES})
        for n, word in enumerate(("Menerima", "Memeriksa", "Mengirim", "Menyimpan"), 1)
    ]
    new = [steps[0], step(2, "Memberi cap", {"umum": Bentuk.PROSES}), *steps[3:], steps[2]]
    new = [replace(each, nomor=n, simbol=step(n).simbol) for n, each in enumerate(new, 1)]
    about = inputs()
    docx = check_pair(
        sop(Prosedur(tuple(steps), ())), sop(Prosedur(tuple(new), ())), (about, about), SOP_TEMPLATE, fonts
    )
    rows = [
        row for table in parts(docx)["word/document.xml"][0].findall(f"{W}tbl")[1:] for row in table.findall(f"{W}tr")
    ]
    told_rows = [
        (
            shown(row[1]) + " " + shown(row[2]),
            row.find(f"{W}trPr/{W}ins") is not None,
            row.find(f"{W}trPr/{W}del") is not None,
        )
        for row in rows
        if row.find(f"{W}trPr/{W}tblHeader") is None
    ]
    assert told_rows == [
        ("1. Menerima surat", False, False),
        ("[-2.-] [-Memeriksa surat-]", False, True),
        ("[-3.-] [-Mengirim surat-]", False, True),
        ("[+2.+] [+Memberi cap+]", True, False),
        ("[-4-][+3+]. Menyimpan surat", False, False),
        ("[+4.+] [+Mengirim surat+]", True, False),
    ]


def test_the_drawing_is_that_of_the_new_sheet(fonts: FontData) -> None:
    about = inputs()
    docx = tracked(sop(chain(3)), sop(chain(5)), (about, about))
    body = parts(docx)["word/document.xml"]
    plain = parts(check_pair(sop(chain(5)), sop(chain(5)), (about, about), SOP_TEMPLATE, fonts))["word/document.xml"]
    anchors = [[a.get("descr") for a in tree.iter("{*}docPr")] for tree in (body, plain)]
    assert anchors[0] == anchors[1]
    for drawing in body.iter(f"{W}drawing"):
        assert not [a for a in drawing.iterancestors() if a.tag in (f"{W}ins", f"{W}del")]


def test_equal_states_have_no_change_and_equal_states_equal_bytes() -> None:
    about = (inputs(), inputs())
    same = parts(tracked(sop(), sop(), about))
    assert not [e for tree in same.values() for e in tree.iter(f"{W}ins", f"{W}del", f"{W}pPrChange", f"{W}rPrChange")]
    other = sop(nama="Pengelolaan Surat Keluar", dasar_hukum=numbered("Satu", "Dua"))
    assert tracked(sop(), other, about) == tracked(sop(), other, about)
    assert b"rsid" not in etree.tostring(parts(tracked(sop(), other, about))["word/document.xml"])


def test_lanes_that_came_or_went_are_told_in_the_heading(fonts: FontData) -> None:
    about = inputs()
    docx = check_pair(
        sop(chain(4)), sop(chain(4, ("umum", "p1")), pelaksana=("umum", "p1")), (about, about), SOP_TEMPLATE, fonts
    )
    heads = [
        row for row in parts(docx)["word/document.xml"].iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None
    ]
    assert "Pelaksana[-Teknis-][-Sekretaris-][-Kepala-]" in shown(heads[0])
    assert shown(heads[1]).startswith("Umum[+Pelaksana Nomor 1+]")


def test_the_signature_moves_and_the_header_is_tracked(fonts: FontData) -> None:
    about = (inputs(konsep=False), inputs(konsep=True, tanda_tangan=TandaTangan.IDENTITAS, tempat="Contoh"))
    docx = check_pair(sop(), sop(nomor="060/02/2024"), about, SOP_TEMPLATE, fonts)
    seen = parts(docx)
    assert "KONSEP" in "".join(shown(tree) for name, tree in seen.items() if "header" in name)
    assert any("[-01/2023-][+02/2024+]" in shown(p) for p in seen["word/footer1.xml"].iter(f"{W}p"))


def test_an_sop_that_came_has_no_tracked_sheet(fonts: FontData) -> None:
    beda = replace(told(sop(), sop(), (inputs(), inputs())), lama=None)
    with pytest.raises(ValueError, match="no changes"):
        tracked_sheet(beda, (inputs(), inputs()), SOP_TEMPLATE, fonts)
