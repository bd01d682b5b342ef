"""Proofs and reading back."""

from __future__ import annotations

import copy
import io
import pickle
from functools import partial

import pikepdf
import pytest

from sopdocs.errors import ExitCode, OutputRejectedError
from sopdocs.pdf import PageCountError, page_count, page_texts, prove, read_printed


def test_a_good_sheet_passes(raw: tuple[bytes, ...]):
    prove(read_printed(raw[1], "x.pdf"), pages=3, contains="SOP Surat Masuk")


def test_the_text_may_stand_on_a_later_page_and_over_lines(raw: tuple[bytes, ...]):
    prove(read_printed(raw[1], "x.pdf"), pages=3, contains="Halaman 3\nIsi SOP   Surat\tMasuk")


@pytest.mark.parametrize("text", ["SOP Surat Keluar", "sop surat masuk", "Halaman 4"])
def test_a_text_that_is_missing(raw: tuple[bytes, ...], text: str):
    with pytest.raises(OutputRejectedError, match=text):
        prove(read_printed(raw[1], "x.pdf"), pages=3, contains=text)


def test_another_number_of_pages_tells_both(raw: tuple[bytes, ...]):
    with pytest.raises(PageCountError) as caught:
        prove(read_printed(raw[1], "x.pdf"), pages=2, contains="SOP Surat Masuk")
    assert (caught.value.expected, caught.value.found) == (2, 3)
    assert "3 halaman, seharusnya 2" in caught.value.message
    assert caught.value.exit_code == ExitCode.OUTPUT_REJECTED


@pytest.mark.parametrize("again", [lambda error: pickle.loads(pickle.dumps(error)), copy.copy])
def test_the_page_error_survives_the_way_to_another_process(again):
    error = again(PageCountError(2, 3))
    assert type(error) is PageCountError
    assert (error.expected, error.found, error.message) == (2, 3, PageCountError(2, 3).message)


def test_texts_and_count(raw: tuple[bytes, ...]):
    assert page_count(raw[1]) == 3
    texts = page_texts(raw[1])
    assert [("kolom 2" in text, "Halaman 2" in text, "Halaman 3" in text) for text in texts] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


@pytest.mark.parametrize("read", [page_count, page_texts, partial(read_printed, what="x.pdf")])
@pytest.mark.parametrize(
    "damage",
    [
        lambda pdf: b"",
        lambda pdf: b"%PDF-1.7\n%%EOF\n",
        lambda pdf: pdf[: len(pdf) // 2],
        lambda pdf: pdf.replace(b"/Kids", b"/Kinds"),
    ],
    ids=["empty", "hull", "half", "no kids"],
)
def test_a_broken_file_is_rejected(raw: tuple[bytes, ...], read, damage):
    with pytest.raises(OutputRejectedError):
        read(damage(raw[1]))


@pytest.mark.parametrize("password", ["", "rahasia"])
def test_an_encrypted_file_is_rejected(raw: tuple[bytes, ...], password: str):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw[0])) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="x", user=password))
    with pytest.raises(OutputRejectedError, match="terenkripsi"):
        page_count(output.getvalue())
