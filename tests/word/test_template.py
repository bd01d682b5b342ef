"""Templates that are broken, hostile or changed by hand."""

from __future__ import annotations

import pytest
from lxml import etree
from word_samples import COVER_TEMPLATE, SOP_TEMPLATE, build, edited, inputs, numbered, pack, sop, unpack

from sopdocs.errors import ExitCode
from sopdocs.model import Paragraph, RichText, Run
from sopdocs.word import Template, TemplateBrokenError, make_cover
from sopdocs.word.xml import qn

HEADER = "word/header1.xml"
CORE = "docProps/core.xml"
NAME = "{{ nama }}"


def refused(template: Template, message: str, *, konsep: bool = False) -> TemplateBrokenError:
    with pytest.raises(TemplateBrokenError, match=message) as caught:
        build(template=template, about=inputs(konsep=konsep))
    assert caught.value.message.startswith("templates/sop.docx: ")
    assert caught.value.advice
    assert caught.value.exit_code == ExitCode.OUTPUT_REJECTED
    return caught.value


INJECTIONS = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ nama.format.__globals__ }}",
    "{{ '{0.__class__}'.format(nama) }}",
    "{{ logo.tpl.docx }}",
]


@pytest.mark.parametrize("tag", INJECTIONS[:4])
def test_injection_into_the_body_is_refused_and_the_paragraph_named(tag: str):
    error = refused(edited(SOP_TEMPLATE, NAME, tag), r"paragraf \d+, “")
    assert tag[:20] in error.message


@pytest.mark.parametrize("tag", INJECTIONS[:4])
def test_injection_into_the_header_is_refused(tag: str):
    template = edited(SOP_TEMPLATE, "belum boleh", tag + " belum boleh", HEADER)
    error = refused(template, "kepala halaman, paragraf 1, “", konsep=True)
    assert tag[:20] in error.message


@pytest.mark.parametrize("tag", INJECTIONS[:4])
def test_injection_into_the_title_of_the_document_is_refused(tag: str):
    refused(edited(SOP_TEMPLATE, ">SOP<", f">{tag}<", CORE), "properti dokumen: penanda tidak dapat diisi")


def test_a_format_string_gives_nothing_away():
    with pytest.raises(TemplateBrokenError):
        build(template=edited(SOP_TEMPLATE, NAME, INJECTIONS[4]))


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ namaa }}", "'namaa' is undefined"),
        ("{{ pejabat.gelar }}", "no attribute 'gelar'"),
        ("{{ nama|uper }}", "No filter named 'uper'"),
        ("{{ nama", "penanda"),
        ("{% for x in kop %}{{ x }}", "Unexpected end of template"),
        ("{% endif %}", "endif"),
        ("{{ nama + 1 }}", "penanda tidak dapat diisi"),
        ("{{ kop[9] }}", "penanda tidak dapat diisi"),
        ("{{ 1 // 0 }}", "penanda tidak dapat diisi"),
        ("{{ range(10**9)|list }}", "penanda tidak dapat diisi"),
        ("{% include 'x' %}", "penanda tidak dapat diisi"),
        ("{% if not nama %}{{ namaa }}{% endif %}", "'namaa' is undefined"),
    ],
)
def test_a_wrong_placeholder_is_refused(tag: str, message: str):
    refused(edited(SOP_TEMPLATE, NAME, tag), message)


def test_an_open_block_is_told_how_to_close():
    error = refused(edited(SOP_TEMPLATE, NAME, "{% for x in kop %}{{ x }}"), "penanda")
    assert error.advice.startswith("periksa bahwa tiap if ditutup endif dan tiap for ditutup endfor")


def test_the_paragraph_is_counted_as_in_the_document():
    paragraphs = list(etree.fromstring(unpack(SOP_TEMPLATE.data)["word/document.xml"]).iter(qn("w:p")))
    texts = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs]
    error = refused(edited(SOP_TEMPLATE, "{{ nomor }}", "{{ nomer }}"), "nomer")
    words = error.message.partition("paragraf ")[2]
    number = int(words.partition(",")[0])
    # Control paragraphs before it vanish into the line of the paragraph they follow.
    assert 0 < number <= 1 + texts.index(": {{ nomor }}")
    assert error.message.endswith("“: {{ nomer }}”: penanda tidak dapat diisi ('nomer' is undefined)")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{r butir.isi }}", "{{ butir.isi }}", "isi bertanda ditaruh di tengah teks"),
        ("{{p prosedur }}", "{{ prosedur }}", "isi bertanda ditaruh di tengah teks"),
        (NAME, "{{r nama }}", "tidak akan tercetak"),
        (NAME, "{{p nama }}", "harus sendirian|tidak akan tercetak"),
        ("{{p prosedur }}", "Prosedur: {{p prosedur }}", "harus sendirian di paragrafnya"),
        ("{%p if tempat %}", "{%p if tempat %} teks", "harus sendirian di paragrafnya"),
        ("{%p if tempat %}", "{%p if tempat %}{%p if nama %}", "harus sendirian di paragrafnya"),
        ("{%tr if efektif %}", "{%tr if efektif %} teks", "harus sendirian di barisnya"),
        ("{{p prosedur }}", "", "harus ada satu kali"),
        ("{{ nomor }}", "{{ nomor }}</w:t></w:r></w:p><w:p><w:r><w:t>{{p prosedur }}", "harus ada satu kali"),
    ],
)
def test_a_misplaced_placeholder_is_refused(old: str, new: str, message: str):
    refused(edited(SOP_TEMPLATE, old, new), message)


def test_the_procedure_inside_a_table_is_refused():
    template = edited(SOP_TEMPLATE, "{{p prosedur }}", "")
    inside = "{{ nomor }}</w:t></w:r></w:p><w:p><w:r><w:t>{{p prosedur }}"
    refused(edited(template, "{{ nomor }}", inside), "di luar tabel")


def test_a_draft_must_be_marked_on_every_page():
    bare = edited(SOP_TEMPLATE, "KONSEP", "", HEADER)
    build(template=bare)
    refused(bare, "tidak mencetak tanda KONSEP", konsep=True)


def test_no_placeholder_is_left_when_word_cuts_it_into_runs():
    cut = (
        "{</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>{ na</w:t></w:r><w:r><w:t>ma }</w:t></w:r><w:r><w:t>}"
    )
    text = unpack(build(template=edited(SOP_TEMPLATE, NAME, cut)).docx)["word/document.xml"].decode()
    assert ": Pengelolaan Surat Masuk" in "".join(etree.fromstring(text.encode()).itertext())


def test_word_may_join_the_runs_of_marker_and_text():
    joined = "{{ butir.penanda }}</w:t><w:tab/><w:t>{{r butir.isi }}"
    apart = '{{ butir.penanda }}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">{{r butir.isi }}'
    template = edited(SOP_TEMPLATE, apart, joined, count=99)
    bold = RichText((Paragraph((Run("Memahami "), Run("tata naskah", bold=True)), "7."),))
    root = etree.fromstring(unpack(build(sop(kualifikasi_pelaksana=bold), template=template).docx)["word/document.xml"])
    assert "7.Memahami tata naskah" in ["".join(p.itertext()) for p in root.iter(qn("w:p"))]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"Ini berkas teks yang bernama .docx", "bukan dokumen Word"),
        (SOP_TEMPLATE.data[: len(SOP_TEMPLATE.data) // 2], "bukan dokumen Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "dikunci kata sandi"),
        (pack({"halo.txt": b"halo"}), "tidak lengkap"),
        (pack({**unpack(SOP_TEMPLATE.data), "word/document.xml": b"<w:document>"}), "bukan XML yang sah"),
        (pack({k: v for k, v in unpack(SOP_TEMPLATE.data).items() if k != "word/styles.xml"}), "tidak ada"),
        (pack({k: v for k, v in unpack(SOP_TEMPLATE.data).items() if k != "_rels/.rels"}), "rusak"),
    ],
    ids=["text", "truncated", "encrypted", "other zip", "malformed", "no styles", "no relationships"],
)
def test_a_file_that_is_no_template_is_refused(data: bytes, message: str):
    refused(Template(SOP_TEMPLATE.name, data), message)


def test_a_picture_linked_from_outside_is_refused():
    rels = "word/_rels/document.xml.rels"
    link = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    link += 'Target="http://127.0.0.1/a.png" TargetMode="External"/></Relationships>'
    refused(edited(SOP_TEMPLATE, "</Relationships>", link, rels), "merujuk ke luar: http://127.0.0.1/a.png")


def test_the_cover_is_filled_as_strictly():
    for old, new in (("{{ judul }}", "{{ judull }}"), ("{{ judul }}", "{{ ''.__class__ }}")):
        with pytest.raises(TemplateBrokenError, match=r"templates/sampul.docx: paragraf \d+"):
            make_cover((sop(),), inputs(), edited(COVER_TEMPLATE, old, new), None)


def test_the_templates_are_small_and_clean():
    for template in (SOP_TEMPLATE, COVER_TEMPLATE):
        assert len(template.data) < 12_000
        parts = unpack(template.data)
        assert not [name for name in parts if "theme" in name or "customXml" in name or "media" in name]
        settings = etree.fromstring(parts["word/settings.xml"])
        mode = settings.find(f"{qn('w:compat')}/{qn('w:compatSetting')}")
        assert (mode.get(qn("w:name")), mode.get(qn("w:val"))) == ("compatibilityMode", "15")
        styles = etree.fromstring(parts["word/styles.xml"])
        known = {style.get(qn("w:styleId")) for style in styles.findall(qn("w:style"))}
        document = etree.fromstring(parts["word/document.xml"])
        assert {s.get(qn("w:val")) for s in document.iter(qn("w:pStyle"))} <= known
        assert styles.find(f".//{qn('w:lang')}").get(qn("w:val")) == "id-ID"


def test_lists_print_marker_text_and_look():
    mixed = RichText(
        (
            *numbered("Satu", "Dua").paragraphs,
            Paragraph((Run("anak", italic=True),), "a.", 1),
            Paragraph((Run("polos"),)),
        )
    )
    root = etree.fromstring(unpack(build(sop(dasar_hukum=mixed)).docx)["word/document.xml"])
    rows = {"".join(p.itertext()): p for p in root.iter(qn("w:p"))}
    styles = {
        text: rows[text].find(f"{qn('w:pPr')}/{qn('w:pStyle')}") for text in ("1.Satu", "2.Dua", "a.anak", "polos")
    }
    assert {t: s.get(qn("w:val")) if s is not None else None for t, s in styles.items()} == {
        "1.Satu": "Butir",
        "2.Dua": "Butir",
        "a.anak": "SubButir",
        "polos": None,
    }
    assert rows["a.anak"].find(f".//{qn('w:i')}") is not None
    assert rows["1.Satu"].find(f".//{qn('w:i')}") is None
