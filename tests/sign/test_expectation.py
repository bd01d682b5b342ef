"""What differs between a file and what its maker says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from sopdocs.sign import Contents, Expectation, ExpectedAttachment, ExpectedSop, PartFacts
from sopdocs.sign.contents import AttachmentFacts
from sopdocs.sign.expectation import compare

PDF = b"isi bundel"
COVER = PartFacts("bagian/sampul", "Sampul", 1, 1)
SHEET = PartFacts("sop/surat-masuk", "Pengelolaan Surat Masuk", 2, 2)
EXPECTATION = Expectation(
    sha256=hashlib.sha256(PDF).hexdigest(),
    size=len(PDF),
    pages=3,
    parts=(COVER, SHEET),
    attachments=(ExpectedAttachment("a.md", "aa"),),
    register=(ExpectedSop("surat-masuk", "SOP/1", "Pengelolaan Surat Masuk"),),
)
CONTENTS = Contents("Bundel", 3, (COVER, SHEET), (AttachmentFacts("a.md", "aa", 1, ""),))
TEXTS = ("Sampul", "Nomor SOP / 1\nPengelolaan Surat\nMasuk", "Lanjutan")


def never() -> Sequence[str]:
    pytest.fail("the text of the pages was asked for")


def sentences(contents: Contents | None, pdf: bytes = PDF, texts: Callable[[], Sequence[str]] = never) -> list[str]:
    return [each.sentence for each in compare(EXPECTATION, pdf, contents, texts)]


def test_equal_bytes_need_no_reading_of_pages() -> None:
    assert sentences(CONTENTS) == []
    assert sentences(None) == []


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        (replace(CONTENTS, pages=4), "Manifest mencatat 3 halaman, berkas memuat 4."),
        (replace(CONTENTS, parts=(COVER,)), "dicatat manifest, tetapi tidak ada dalam berkas"),
        (replace(CONTENTS, parts=(COVER, SHEET, PartFacts("sop/x", "X", 4, 1))), "tetapi tidak dicatat manifest"),
        (replace(CONTENTS, parts=(SHEET, COVER)), "Urutan bagian"),
        (replace(CONTENTS, parts=(COVER, replace(SHEET, title="Lain"))), "berkas: “Lain” mulai halaman 2, 2 halaman"),
        (replace(CONTENTS, parts=(COVER, replace(SHEET, first_page=3))), "mulai halaman 3"),
        (replace(CONTENTS, attachments=()), "Lampiran ini dicatat manifest, tetapi tidak ada"),
        (
            replace(CONTENTS, attachments=(*CONTENTS.attachments, AttachmentFacts("b", "bb", 1, ""))),
            "Lampiran ini ada dalam berkas, tetapi tidak dicatat",
        ),
        (replace(CONTENTS, attachments=(AttachmentFacts("a.md", "bb", 1, ""),)), "Isi lampiran ini lain"),
    ],
)
def test_one_difference_is_told_once(contents: Contents, words: str) -> None:
    [sentence] = sentences(contents)
    assert words in sentence


@pytest.mark.parametrize("pdf", [b"isi bundeI", PDF[:-1], b""])
def test_other_bytes_are_told_even_when_all_else_agrees(pdf: bytes) -> None:
    [sentence] = sentences(CONTENTS, pdf, lambda: TEXTS)
    assert "SHA-256 berbeda" in sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SOP/2 Pengelolaan Surat Masuk", "Nomor SOP “SOP/1” tidak tercetak di halaman 2."),
        ("SOP/1 Pengelolaan Surat Keluar", "Nama SOP “Pengelolaan Surat Masuk” tidak tercetak di halaman 2."),
    ],
)
def test_the_register_is_looked_up_in_the_pages(text: str, words: str) -> None:
    found = sentences(CONTENTS, b"lain", lambda: ("Sampul", text, ""))
    assert found[1:] == [words]


def test_an_sop_of_the_register_without_a_part() -> None:
    found = sentences(replace(CONTENTS, parts=(COVER,)), b"lain", lambda: TEXTS)
    assert any("SOP SOP/1 dari daftar SOP tidak ada dalam berkas." in each for each in found)
