"""Four independent readers open the bundle and find the same in it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from sopdocs.errors import ToolMissingError
from sopdocs.pdf import Attachment, Part, Relationship
from tests.conftest import needed

from .pdf_samples import DATE, TITLES, bundled

NOTE = Attachment("catatan.txt", b"isi", "text/plain", Relationship.SUPPLEMENT, "Catatan", DATE)


@pytest.fixture(scope="module")
def whole(parts: tuple[Part, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundel") / "bundel.pdf"
    path.write_bytes(bundled(parts, [NOTE]))
    return path


def said(program: str, *arguments: str | Path) -> str:
    """What a program prints; any complaint fails."""

    def find() -> str:
        if found := shutil.which(program):
            return found
        raise ToolMissingError(f"{program} is not installed")

    outcome = subprocess.run([needed(find), *arguments], capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    return outcome.stdout


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_qpdf_finds_nothing_wrong(whole: Path):
    assert "No syntax or stream encoding errors found" in said("qpdf", "--check", whole)


def test_poppler_opens_it(whole: Path):
    facts = dict(re.findall(r"^([\w ]+):\s+(.*)$", said("pdfinfo", whole), re.MULTILINE))
    assert (facts["Title"], facts["Pages"], facts["Tagged"], facts["PDF version"]) == ("Bundel SOP", "6", "yes", "1.7")
    assert (facts["Encrypted"], facts["JavaScript"], facts["Form"]) == ("no", "no", "none")
    fonts = said("pdffonts", whole).splitlines()[2:]
    assert fonts
    assert all(re.search(r"yes (yes|no ) yes +\d+ +0$", line) for line in fonts), fonts
    assert "1: catatan.txt" in said("pdfdetach", "-list", whole)
    places = {tuple(line.rsplit('"')[1:2]) for line in said("pdfinfo", "-dests", whole).splitlines() if '"' in line}
    assert places == {("bagian/daftar-isi",), ("sop/surat-masuk",), ("sop/surat-keluar",)}


def test_the_structure_is_read_in_order_without_the_footers(whole: Path):
    spoken = squeezed(said("pdfinfo", "-struct-text", whole))
    at = [spoken.index(title) for title in TITLES]
    assert at == sorted(at)
    row = " ".join(f'"{TITLES[1]} kolom {number}"' for number in range(3))
    cells = [text for text in re.findall(r'"[^"]*"', spoken) if text.startswith(f'"{TITLES[1]} kolom')]
    assert " ".join(cells[:3]) == row
    assert "dari 6" not in spoken
    assert spoken.count("Lambang daerah") <= len(TITLES)


def test_every_picture_has_its_alternative(whole: Path):
    tree = pypdf.PdfReader(whole).trailer["/Root"]["/StructTreeRoot"]
    found: list[tuple[str, str]] = []

    def walk(element: object) -> None:
        element = element.get_object() if isinstance(element, pypdf.generic.IndirectObject) else element
        if isinstance(element, pypdf.generic.ArrayObject):
            for each in element:
                walk(each)
        elif isinstance(element, pypdf.generic.DictionaryObject):
            if element.get("/S") == "/Figure":
                found.append((str(element["/S"]), str(element["/Alt"])))
            if "/K" in element:
                walk(element["/K"])

    walk(tree["/K"])
    assert found == [("/Figure", "Lambang daerah")] * 3


def test_all_readers_extract_the_same_words(whole: Path):
    poppler = said("pdftotext", whole, "-").split("\f")[:-1]
    pypdf_pages = [page.extract_text() for page in pypdf.PdfReader(whole).pages]
    document = pypdfium2.PdfDocument(io.BytesIO(whole.read_bytes()))
    pdfium = [page.get_textpage().get_text_range() for page in document]
    document.close()
    for number, texts in enumerate(zip(poppler, pypdf_pages, pdfium, strict=True), 1):
        words = [sorted(text.split()) for text in texts]
        assert words[0] == words[1] == words[2]
        assert squeezed(texts[0]).endswith(f"Halaman {number} dari 6")


def test_every_reader_sees_the_language(whole: Path):
    assert pypdf.PdfReader(whole).trailer["/Root"]["/Lang"] == "id-ID"
    assert (
        b"(id-ID)"
        in subprocess.run(
            ["qpdf", "--qdf", "--object-streams=disable", str(whole), "-"], capture_output=True, check=True
        ).stdout
    )
