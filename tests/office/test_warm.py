"""A LibreOffice that stays: what it prints, and what its keeper must withstand."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pypdf
import pytest

from sopdocs.errors import OutputRejectedError, StoppedError, ToolMissingError, UsageError
from sopdocs.office import Allowance, Converter, Document, LibreOffice, WarmConverter, kit, warm, workplace
from sopdocs.pdf import normalise
from sopdocs.pdf.normalise import PdfInfo

from .test_convert import alive, gone, left_in, small_docx

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="LibreOfficeKit is Linux's")

DOCX = small_docx()
PDF = b"%PDF-1.7\n%%EOF\n"
STAND_IN = '''
import json, os, subprocess, sys, time
from pathlib import Path
open({pids!r}, "a").write(f"{{os.getpid()}}\\n")
def answer(number, error=None):
    sys.stdout.write(json.dumps({{"number": number, "error": error}}) + "\\n")
    sys.stdout.flush()
def good(asked):
    Path(asked["output"]).write_bytes(b"%PDF-1.7\\n%%EOF\\n")
    answer(asked["number"])
first = len(open({pids!r}).read().split()) == 1
{start}
answer(0)
for line in sys.stdin:
    asked = json.loads(line)
    bad = first and asked["number"] == 2
    if bad:
        {bad}
    else:
        good(asked)
'''


@pytest.fixture
def stand_in(tmp_path: Path):
    """Make a printer whose first process does `bad` with its second document; a list of the processes started."""
    made: list[WarmConverter] = []

    def make(bad: str = "pass", *, start: str = "", **limits: float) -> tuple[WarmConverter, Path]:
        pids = tmp_path / "pids"
        script = tmp_path / "child.py"
        script.write_text(STAND_IN.format(pids=str(pids), start=start, bad=bad), "utf-8")
        office = LibreOffice(tmp_path / "soffice", "0")
        made.append(
            WarmConverter(
                office, tmp_path / "w", threading.Event(), Allowance(**limits), (sys.executable, "-I", str(script))
            )
        )
        return made[-1], pids

    yield make
    for each in made:
        each.close()
        assert left_in(each.folder) in ([], ["profile"])


def documents(count: int) -> list[Document]:
    return [Document(f"SOP-{number}", DOCX) for number in range(1, count + 1)]


def numbers(pids: Path) -> list[int]:
    return [int(word) for word in pids.read_text().split()]


def text_of(pdf: object) -> str:
    assert isinstance(pdf, bytes)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def normal(pdf: object) -> bytes:
    from datetime import date

    assert isinstance(pdf, bytes)
    return normalise(pdf, PdfInfo("Surat", "Dinas Contoh", "", date(2024, 1, 1)))


@pytest.fixture
def real(libreoffice: LibreOffice, tmp_path: Path):
    with WarmConverter(libreoffice, tmp_path / "tempat kerja é#%20") as made:
        yield made
    assert left_in(made.folder) == ["profile"]


def test_documents_become_pdfs_by_one_process(real: WarmConverter):
    results = real.convert_all([Document(name, small_docx(f"Surat {name}")) for name in ("satu", "dua")])
    first = real._child
    results.append(real.convert(small_docx("Surat tiga"), name="tiga"))
    assert [text_of(result).strip() for result in results] == ["Surat satu", "Surat dua", "Surat tiga"]
    assert first is not None
    assert real._child is first
    real.close()
    assert gone(first.process.pid)


def test_it_prints_what_a_plain_process_prints(real: WarmConverter, libreoffice: LibreOffice, tmp_path: Path):
    docx = small_docx("Menerima surat masuk", picture=True)
    cold = Converter(libreoffice, tmp_path / "dingin").convert(docx, name="x")
    assert normal(real.convert(docx, name="x")) == normal(cold)
    assert b"<pdfaid:part>2<" in cold


@pytest.mark.parametrize("docx", [DOCX[: len(DOCX) // 2], b"PK" + b"acak" * 2000], ids=["truncated", "noise"])
def test_a_broken_docx_is_named_and_the_next_one_printed(real: WarmConverter, docx: bytes):
    before, bad, after = real.convert_all([Document("a", DOCX), Document("SOP-7", docx), Document("b", DOCX)])
    assert isinstance(bad, OutputRejectedError)
    assert "SOP-7" in str(bad)
    assert "Menerima" in text_of(before)
    assert "Menerima" in text_of(after)
