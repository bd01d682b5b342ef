"""PDF files in memory: the same bytes with and without the operating system's help, and nothing left open."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from sopdocs.pdf import normalise
from sopdocs.pdf.memory import open_in_memory

DESCRIPTORS = Path("/proc/self/fd")


def test_where_files_cannot_be_mapped_the_bytes_are_the_same(
    raw: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    mapped = normalise(raw[0], title="Contoh", date=date(2026, 1, 2))
    monkeypatch.setattr(sys, "platform", "win32")
    assert normalise(raw[0], title="Contoh", date=date(2026, 1, 2)) == mapped


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="the system does not list open files")
def test_a_closed_document_leaves_no_file_open(raw: tuple[bytes, ...]) -> None:
    before = len(list(DESCRIPTORS.iterdir()))
    for _ in range(3):
        open_in_memory(raw[0]).close()
    assert len(list(DESCRIPTORS.iterdir())) == before


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7", b"x" * 5000])
def test_what_is_no_pdf_is_refused_as_ever(broken: bytes) -> None:
    before = len(list(DESCRIPTORS.iterdir())) if DESCRIPTORS.exists() else 0
    with pytest.raises(pikepdf.PdfError):
        open_in_memory(broken)
    assert not DESCRIPTORS.exists() or len(list(DESCRIPTORS.iterdir())) == before
