"""The procedure table in the DOCX: grid, ids, anchors, names and texts."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain as joined

import pytest
from lxml import etree
from word_flows import captions, decisions, groups, long_texts, many_lanes, over_pages
from word_samples import SOP_TEMPLATE, build, edge, edited, inputs, sop, step, unpack

from sopdocs.model import Alur, Bentuk, Kelompok, Kertas, Paragraph, Pelaksana, Prosedur, RichText, Run, Sop
from sopdocs.word.xml import NS, qn

SAMPLES = [decisions, over_pages, many_lanes, groups, long_texts, captions]


def document(sample: Sop, part: str = "word/document.xml", **office: object) -> etree._Element:
    return etree.fromstring(unpack(build(sample, inputs(**office)).docx)[part])


def number(element: etree._Element | None, name: str = "w:val") -> int:
    assert element is not None
    return int(str(element.get(qn(name))))


@pytest.mark.parametrize("kertas", Kertas)
@pytest.mark.parametrize("make", SAMPLES)
def test_grid_and_cells_agree_in_every_table(make, kertas: Kertas):
    root = document(make(), kertas=kertas)
    page, margins = root.find(f".//{qn('w:pgSz')}"), root.find(f".//{qn('w:pgMar')}")
    room = number(page, "w:w") - number(margins, "w:left") - number(margins, "w:right")
    tables = list(root.iter(qn("w:tbl")))
    assert len(tables) >= 2
    for table in tables:
        grid = [number(column, "w:w") for column in table.iter(qn("w:gridCol"))]
        assert sum(grid) == number(table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}"), "w:w")
        assert room - 2 <= sum(grid) <= room + 2
        assert table.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}").get(qn("w:type")) == "fixed"
        assert number(table.find(f"{qn('w:tblPr')}/{qn('w:tblInd')}"), "w:w") == 0
        open_merges: dict[int, int] = {}
        started: list[int] = []
        for row in table.findall(qn("w:tr")):
            at, merges, begun = 0, {}, set()
            for cell in row.findall(f"{qn('w:tc')}/{qn('w:tcPr')}"):
                span = cell.find(qn("w:gridSpan"))
                across = number(span) if span is not None else 1
                assert number(cell.find(qn("w:tcW")), "w:w") == sum(grid[at : at + across])
                merge = cell.find(qn("w:vMerge"))
                if merge is not None:
                    merges[at] = across
                    if merge.get(qn("w:val")) == "restart":
                        begun.add(at)
                    assert merge.get(qn("w:val")) == "restart" or open_merges.get(at) == across
                at += across
            assert at == len(grid)
            # Word takes a merge that the next row does not go on with for a broken table.
            assert set(started) <= set(merges)
            open_merges = merges
            started = [at for at in merges if at in begun]
        assert not started


@pytest.mark.parametrize("make", SAMPLES)
def test_ids_and_heights_of_drawings_are_unique_over_body_and_header(make):
    parts = unpack(build(make(), inputs(konsep=True)).docx)
    trees = [etree.fromstring(parts[name]) for name in ("word/document.xml", "word/header1.xml")]
    ids = [e.get("id") for tree in trees for e in tree.iter(qn("wp:docPr"))]
    heights = [int(e.get("relativeHeight", "")) for e in trees[0].iter(qn("wp:anchor"))]
    assert len(set(ids)) == len(ids) == len(heights) + 1  # and the logo
    assert len(set(heights)) == len(heights)
    assert max(heights) < 2**32
    bookmarks = [e.get(qn("w:id")) for tree in trees for e in tree.iter(qn("w:bookmarkStart"))]
    assert len(set(bookmarks)) == len(bookmarks)


def test_ids_stay_unique_when_the_header_has_pictures_and_bookmarks_of_its_own():
    mark = '<w:bookmarkStart w:id="0" w:name="a"/><w:bookmarkEnd w:id="0"/>'
    picture = f'<w:r><w:drawing><wp:inline xmlns:wp="{NS["wp"]}"><wp:extent cx="1" cy="1"/>'
    picture += '<wp:docPr id="1" name="x"/></wp:inline></w:drawing></w:r>'
    template = edited(SOP_TEMPLATE, "</w:pPr>", "</w:pPr>" + mark + picture, "word/header1.xml")
    template = edited(template, "</w:pPr>", "</w:pPr>" + mark.replace('"a"', '"b"'))
    parts = unpack(build(template=template).docx)
    trees = [etree.fromstring(parts[name]) for name in ("word/document.xml", "word/header1.xml")]
    for tag, attribute in (("wp:docPr", "id"), ("w:bookmarkStart", qn("w:id"))):
        ids = [e.get(attribute) for tree in trees for e in tree.iter(qn(tag))]
        assert len(ids) == len(set(ids)) > 1
    for tree in trees:
        assert [e.get(qn("w:id")) for e in tree.iter(qn("w:bookmarkEnd"))] == [
            e.get(qn("w:id")) for e in tree.iter(qn("w:bookmarkStart"))
        ]
        assert all(e.get("descr") for e in tree.iter(qn("wp:docPr")))


@pytest.mark.parametrize("make", SAMPLES)
def test_shapes_are_anchored_in_lane_cells_as_designed(make):
    made = build(make())
    root = etree.fromstring(unpack(made.docx)["word/document.xml"])
    anchors = list(root.iter(qn("wp:anchor")))
    parts = made.geometry.parts
    assert len(anchors) == sum(len([*p.symbols, *p.connectors, *p.arrows, *p.labels]) for p in parts)
    for anchor in anchors:
        assert {k: anchor.get(k) for k in ("layoutInCell", "allowOverlap", "behindDoc", "locked", "simplePos")} == {
            "layoutInCell": "1",
            "allowOverlap": "1",
            "behindDoc": "0",
            "locked": "0",
            "simplePos": "0",
        }
        assert anchor.find(qn("wp:positionH")).get("relativeFrom") == "column"
        assert anchor.find(qn("wp:positionV")).get("relativeFrom") == "paragraph"
        size = anchor.find(qn("wp:extent"))
        assert int(size.get("cx")) > 0
        assert int(size.get("cy")) > 0
        assert size.get("cx") == anchor.find(f".//{qn('a:ext')}").get("cx")
        paragraph = next(a for a in anchor.iterancestors(qn("w:p")))
        cell = paragraph.getparent()
        assert cell.tag == qn("w:tc")
        assert len(cell.findall(qn("w:p"))) == 1
        assert cell.find(f"{qn('w:tcPr')}/{qn('w:vAlign')}").get(qn("w:val")) == "top"
        assert paragraph.find(f"{qn('w:pPr')}/{qn('w:spacing')}").get(qn("w:lineRule")) == "exact"
    arrows = [a for a in anchors if a.find(f".//{qn('wps:cNvCnPr')}") is not None]
    heads = [a for a in arrows if a.find(f".//{qn('a:tailEnd')}") is not None]
    assert len(arrows) == sum(len(p.arrows) for p in parts)
    assert len(heads) == sum(arrow.head for p in parts for arrow in p.arrows)


@pytest.mark.parametrize("make", SAMPLES)
def test_every_shape_has_a_name_and_an_indonesian_description(make):
    words = ("Langkah", "Panah", "Garis", "Penghubung", "Jawaban", "Rujukan", "Teks lambang", "Logo", "Lambang")
    for drawing in document(make()).iter(qn("wp:docPr")):
        assert drawing.get("name", "").startswith(words)
        assert drawing.get("descr", "").startswith(words)
        assert not any(word in drawing.get("descr", "") for word in ("Picture", "step", "arrow"))


def test_a_decision_is_described_with_its_ways():
    descr = [d.get("descr") for d in document(decisions()).iter(qn("wp:docPr"))]
    assert "Langkah 2, Teknis: keputusan “Lengkap?”, Ya ke 3, Tidak ke 1 Umum" in descr
    assert "Langkah 3, Teknis: kegiatan, bersama Kepala, ke 4 Sekretaris" in descr
    assert "Panah dari langkah 2 Teknis ke langkah 1 Umum, jawaban Tidak" in descr


def test_the_prefix_that_a_choice_requires_is_declared_even_if_the_template_does_not():
    template = edited(SOP_TEMPLATE, f' xmlns:wps="{NS["wps"]}"', "")
    parts = unpack(build(template=template).docx)
    choices = list(etree.fromstring(parts["word/document.xml"]).iter(qn("mc:Choice")))
    assert choices
    assert {choice.nsmap.get(choice.get("Requires")) for choice in choices} == {NS["wps"]}


def test_groups_span_their_lanes_and_lanes_without_group_both_rows():
    sample = groups()
    for table in list(document(sample).iter(qn("w:tbl")))[1:]:
        rows = table.findall(qn("w:tr"))
        heads = [[_head(cell) for cell in row.findall(qn("w:tc"))] for row in rows[:3]]
        assert heads[0][2:4] == [("Pelaksana", 10, "", ""), ("Mutu Baku", 3, "", "")]
        assert heads[1][:2] == [("", 1, "continue", ""), ("", 1, "continue", "")]
        assert heads[1][2:7] == [
            ("Umum", 1, "restart", ""),
            ("Kecamatan Contoh Jaya", 3, "", ""),
            ("Pelaksana Nomor 0", 1, "restart", ""),
            ("Pertanggungjawaban", 1, "", "btLr"),
            ("Dinas Kependudukan dan Pencatatan Sipil", 2, "", ""),
        ]
        assert heads[2][2:4] == [("", 1, "continue", ""), ("Teknis", 1, "", "")]
        assert heads[2][6:8] == [("", 1, "continue", ""), ("Pelaksana Nomor 1", 1, "", "")]
        repeated = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert repeated == [True] * 4 + [False] * (len(rows) - 4)


def _head(cell: etree._Element) -> tuple[str, int, str, str]:
    """Text, columns, merge and direction of a heading's cell."""
    text = "".join(t.text or "" for t in cell.iter(qn("w:t")))
    span, merge, turn = (
        cell.find(f"{qn('w:tcPr')}/{qn(tag)}") for tag in ("w:gridSpan", "w:vMerge", "w:textDirection")
    )
    shown = ["" if element is None else str(element.get(qn("w:val"))) for element in (merge, turn)]
    return text, number(span) if span is not None else 1, *shown


def test_lanes_of_the_same_heading_are_told_apart_by_their_group():
    lanes = {"umum": Pelaksana("umum", "Sekretaris"), "teknis": Pelaksana("teknis", "Sekretaris")}
    about = inputs()
    about = replace(about, workspace=replace(about.workspace, pelaksana=about.workspace.pelaksana | lanes))
    kelompok = (Kelompok("Kecamatan", ("umum",)), Kelompok("Kelurahan", ("teknis", "sekretaris")))
    root = etree.fromstring(unpack(build(sop(kelompok=kelompok), about).docx)["word/document.xml"])
    descr = [d.get("descr", "") for d in root.iter(qn("wp:docPr"))]
    assert "Panah dari langkah 1 Sekretaris Kecamatan ke langkah 2 Sekretaris Kelurahan" in descr


def test_heading_rows_are_repeated_and_no_row_is_split():
    tables = list(document(over_pages()).iter(qn("w:tbl")))[1:]
    assert len(tables) > 1
    for table in tables:
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.iter(qn("w:tr"))]
        assert heads == [True] * 3 + [False] * (len(heads) - 3)
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.iter(qn("w:tr")))
        heights = [h.get(qn("w:hRule")) for h in table.iter(qn("w:trHeight"))]
        assert heights == ["exact"] * len(heads)


HOSTILE = [
    "a & b < c > d \" ' &amp; &#65; <w:t>x</w:t> ]]>",
    "{{ 7*7 }} {% x %} {# y #} {_{ }_} %} }} {{",
    "emoji 🙂👩🏽‍💼 gabungan e\u0301 n\u0303 arab سلام han 漢字 nol\u200bspasi nbsp\u00a0",
    "tab\tdi tengah",
    " ruang  ganda  di  tepi ",
    "Donaudampfschifffahrtsgesellschaft" * 12,
    " ".join(f"kata{n}" for n in range(400)),
    "kutip “ganda” ‘tunggal’ … – —",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_survive_everywhere(text: str):
    listed = RichText((Paragraph((Run(text, bold=True), Run("ekor", italic=True)), "1."),))
    first = step(1, text, {"umum": (Bentuk.PROSES, "x")}, syarat=listed, waktu=text[:30], output=text, keterangan=text)
    edges: tuple[Alur, ...] = (edge("1.umum", "2.umum"),)
    table = Prosedur((first, step(2, "", {"umum": Bentuk.PROSES})), edges, judul=text)
    lists = dict.fromkeys(("dasar_hukum", "kualifikasi_pelaksana", "keterkaitan", "peralatan"), listed)
    made = build(sop(table, nama=text, nomor=text, **lists))
    parts = unpack(made.docx)
    root = etree.fromstring(parts["word/document.xml"])
    # Tags only count outside of w:t; tabs may be elements of their own, a long text several cells.
    shown = ["".join(_pieces(p)) for p in root.iter(qn("w:p"))]
    spread = "".join(shown)
    bare = "".join(text.split())
    for kind, least in (("ekor", 5), (bare, 9 if len(text) < 200 else 6)):
        assert "".join(spread.split()).count(kind) >= least
    if len(text) < 300:
        assert f": {text}" in shown
        assert text in shown
    title = etree.fromstring(parts["docProps/core.xml"])[0]
    assert title.text == text
    for tree in map(etree.fromstring, (data for name, data in parts.items() if name.endswith(".xml"))):
        assert not [t for t in joined(*([e.text or "", e.tail or ""] for e in tree.iter())) if "\uf8d0" in t]


def _pieces(paragraph: etree._Element) -> list[str]:
    kinds = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n"}
    runs = (child for run in paragraph.findall(qn("w:r")) for child in run if child.tag in kinds)
    return [child.text or "" if child.tag == qn("w:t") else str(kinds[str(child.tag)]) for child in runs]


@pytest.mark.parametrize("text", ["A & B", "{{ x }}", "{% x", "<b>", "a  b", "“ya”"])
def test_texts_of_symbols_branches_and_headings_survive(text: str):
    steps = (step(1, "", {"umum": (Bentuk.KEPUTUSAN, text)}), step(2, "", {"umum": Bentuk.PROSES}))
    table = Prosedur((*steps, step(3)), (edge("1.umum", "2.umum", text), edge("1.umum", "3.umum", "Tidak")))
    root = document(sop(table))
    boxes = ["".join(t.text or "" for t in box.iter(qn("w:t"))) for box in root.iter(qn("w:txbxContent"))]
    assert sum("".join(box.split()) == "".join(text.split()) for box in boxes) == 2
    assert any(text in d.get("descr", "") for d in root.iter(qn("wp:docPr")))
