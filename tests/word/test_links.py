"""Links between sheets: there, invisible, and nowhere but to parts of the bundle."""

from __future__ import annotations

import io
from datetime import date

import pdfplumber
import pikepdf
import pytest
from lxml import etree
from word_flows import linked
from word_samples import SOP_TEMPLATE, build, edited, inputs, pack, unpack

from sopdocs.office import Converter
from sopdocs.pdf import normalise
from sopdocs.word import Template, TemplateBrokenError
from sopdocs.word.links import link_text, word_text
from sopdocs.word.xml import qn
from tests.pdf.pdf_samples import conformance_failures


def links(docx: bytes) -> list[tuple[str, str, list[str]]]:
    """Target, words, and what the runs' properties say."""
    parts = unpack(docx)
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = {e.get("Id"): e.get("Target") for e in relations if e.get("TargetMode") == "External"}
    return [
        (
            targets[link.get(qn("r:id"))],
            "".join(link.itertext()),
            [etree.QName(mark).localname for mark in link.find(f"{qn('w:r')}/{qn('w:rPr')}")],
        )
        for link in etree.fromstring(parts["word/document.xml"]).iter(qn("w:hyperlink"))
    ]


def test_names_of_sops_lead_to_their_sheets_and_keep_their_look():
    found = links(build(linked()).docx)
    assert [(target, words) for target, words, _ in found[:1] + found[2:]] == [
        ("../sop/surat-keluar.pdf", "Surat Keluar"),
        ("../sop/kearsipan.pdf", "Kearsipan"),
        ("../sop/surat-keluar.pdf", "Surat Keluar"),
    ]
    assert [marks for *_, marks in found] == [["rStyle", "b"], ["rStyle"], ["rStyle", "i"], ["rStyle", "sz", "szCs"]]


def test_a_target_has_one_relationship_however_often_it_is_named():
    relations = unpack(build(linked()).docx)["word/_rels/document.xml.rels"].decode()
    assert relations.count("../sop/surat-keluar.pdf") == 1


def test_the_style_of_links_is_defined_once_and_has_no_look():
    styles = etree.fromstring(unpack(build(linked()).docx)["word/styles.xml"])
    (style,) = [style for style in styles if style.get(qn("w:styleId")) == "Tautan"]
    assert [etree.QName(child).localname for child in style] == ["name"]
    own = '<w:style w:type="character" w:styleId="Tautan"><w:name w:val="Tautan"/></w:style></w:styles>'
    template = edited(SOP_TEMPLATE, "</w:styles>", own, "word/styles.xml")
    kept = etree.fromstring(unpack(build(linked(), template=template).docx)["word/styles.xml"])
    assert [style.get(qn("w:styleId")) for style in kept].count("Tautan") == 1


def test_without_links_nothing_leads_out():
    parts = unpack(build(linked(to=None)).docx)
    assert b"External" not in parts["word/_rels/document.xml.rels"]
    assert b"Tautan" not in parts["word/styles.xml"]


def test_a_link_in_a_header_has_the_relationship_of_the_header():
    tag = "{%p for butir in keterkaitan %}</w:t></w:r></w:p><w:p><w:r><w:t>{{r butir.isi }}</w:t></w:r></w:p>"
    tag += "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p></w:hdr>"
    template = edited(SOP_TEMPLATE, "</w:hdr>", f"<w:p><w:r><w:t>{tag}", "word/header1.xml")
    parts = unpack(build(linked(), template=template).docx)
    assert b"../sop/kearsipan.pdf" in parts["word/_rels/header1.xml.rels"]


def test_words_without_a_key_are_no_link():
    assert "hyperlink" not in link_text("Daftar Isi", "").xml
    assert 'w:anchor="sopdocs:bagian/daftar-isi"' in link_text("Daftar Isi", "bagian/daftar-isi").xml
    assert word_text(()).xml == ""


def test_a_link_of_the_template_to_elsewhere_is_refused():
    parts = unpack(SOP_TEMPLATE.data)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    own = f'<Relationship Id="x" Type="{kind}" Target="https://contoh.go.id" TargetMode="External"/></Relationships>'
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", own.encode())
    with pytest.raises(TemplateBrokenError, match="merujuk ke luar"):
        build(linked(), template=Template("templates/sop.docx", pack(parts)))


def test_in_print_they_are_where_the_words_are_and_change_nothing(converter: Converter):
    pdfs = [
        normalise(converter.convert(build(linked(to=to), inputs()).docx, name="x"), title="x", date=date(2023, 1, 2))
        for to in ("surat-keluar", None)
    ]
    letters = []
    for pdf in pdfs:
        assert conformance_failures(pdf) == []
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            chars = [char for page in document.pages for char in page.chars if char["text"].strip()]
            letters.append([(c["text"], c["fontname"][7:], round(c["top"], 1), c["x0"]) for c in chars])
    assert [letter[:3] for letter in letters[0]] == [letter[:3] for letter in letters[1]]
    assert [letter[3] for letter in letters[0]] == pytest.approx(
        [letter[3] for letter in letters[1]], abs=0.2
    )  # points
    with pikepdf.open(io.BytesIO(pdfs[0])) as document:
        found = [link for page in document.pages for link in page.obj.get("/Annots", [])]
        assert {str(link.A.URI) for link in found} == {"../sop/surat-keluar.pdf", "../sop/kearsipan.pdf"}
        assert all(str(link.Contents).strip() for link in found)
