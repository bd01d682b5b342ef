"""Links between the parts, through LibreOffice and back to what they were."""

from __future__ import annotations

import io

import docx
import pikepdf
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pikepdf import Dictionary, Name, String

from sopdocs.errors import OutputRejectedError
from sopdocs.office import Converter, LibreOffice
from sopdocs.pdf import normalise
from sopdocs.pdf.links import part_links

from .pdf_samples import DATE, changed, conformance_failures, sheet

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
TARGETS = ("../sop/pengelolaan-surat.pdf", "../bagian/daftar-isi.pdf", "../sop/pengelolaan-surat.pdf")
WORDS = ("Pengelolaan Surat", "Daftar isi", "sangat panjang " * 30)


def linked() -> bytes:
    """A sheet with three links in a table cell, the last of them over several lines."""
    document = docx.Document(io.BytesIO(sheet("Tautan", 1)))
    document.styles.add_style("Tautan", WD_STYLE_TYPE.CHARACTER)
    cell = document.tables[0].cell(1, 1)
    for target, words in zip(TARGETS, WORDS, strict=True):
        paragraph = cell.add_paragraph()
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), document.part.relate_to(target, HYPERLINK, is_external=True))
        link.append(paragraph.add_run(words, style="Tautan")._r)
        paragraph._p.append(link)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


@pytest.fixture(scope="module")
def printed(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The same document, printed in two folders."""
    folders = (tmp_path_factory.mktemp("satu"), tmp_path_factory.mktemp("dua") / "folder (lain) é")
    folders[1].mkdir()
    first, second = (Converter(libreoffice, folder).convert(linked(), name="x") for folder in folders)
    return first, second


def found(pdf: bytes) -> list[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [(str(link.A.URI), str(link.Contents)) for link in part_links(document)]


def test_libreoffice_resolves_them_against_its_folder(printed: tuple[bytes, bytes]):
    assert all(uri.startswith("file:///") for pdf in printed for uri, _ in found(pdf))


def test_they_lead_from_part_to_part_wherever_they_were_printed(printed: tuple[bytes, bytes]):
    first, second = (normalise(pdf, title="x", date=DATE) for pdf in printed)
    assert first == second
    links = found(first)
    assert {(uri, words.strip()) for uri, words in links} == {
        (uri, words.strip()) for uri, words in zip(TARGETS, WORDS, strict=True)
    }
    assert len(links) > 3  # one rectangle a line


def test_they_are_accessible(printed: tuple[bytes, bytes]):
    assert conformance_failures(normalise(printed[0], title="x", date=DATE)) == []


def edited(pdf: bytes, uri: str, contents: str = "") -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        link = next(part_links(document))
        link.A.URI, link.Contents = String(uri), String(contents)

    return changed(pdf, edit)


@pytest.mark.parametrize("uri", ["../sop/a-1.pdf", "file:///C:/Users/x/sop/a-1.pdf", "file:///sop/a-1.pdf"])
def test_a_link_without_words_gets_a_description(printed: tuple[bytes, bytes], uri: str):
    pdf = normalise(edited(printed[0], uri), title="x", date=DATE)
    assert found(pdf)[0] == ("../sop/a-1.pdf", "Tautan ke ../sop/a-1.pdf")


def test_addresses_on_the_web_stay(printed: tuple[bytes, bytes]):
    pdf = normalise(edited(printed[0], "https://contoh.go.id/sop/a.pdf", "Contoh"), title="x", date=DATE)
    assert found(pdf)[0] == ("https://contoh.go.id/sop/a.pdf", "Contoh")


@pytest.mark.parametrize("uri", ["file:///tmp/lain.pdf", "../rahasia/a.pdf", "../sop/a.docx", "../sop/..pdf", "/sop/a"])
def test_links_to_other_files_are_refused(printed: tuple[bytes, bytes], uri: str):
    with pytest.raises(OutputRejectedError, match="tautan ke berkas di luar bundel"):
        normalise(edited(printed[0], uri), title="x", date=DATE)


def test_other_annotations_are_left_alone(printed: tuple[bytes, bytes]):
    def disturb(document: pikepdf.Pdf) -> None:
        next(part_links(document)).A = Dictionary(S=Name.GoTo, D=String("sini"))

    assert len(found(normalise(changed(printed[0], disturb), title="x", date=DATE))) == len(found(printed[0])) - 1
