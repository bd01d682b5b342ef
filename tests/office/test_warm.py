"""A LibreOffice that stays: what it prints, and what its keeper must withstand."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdf
import pytest

from sopdocs.errors import OutputRejectedError, ToolMissingError, UsageError
from sopdocs.office import Allowance, Converter, Document, LibreOffice, WarmConverter, kit, workplace
from sopdocs.pdf import normalise

from .test_convert import alive, gone, left_in, small_docx, with_linked_picture

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="LibreOfficeKit is Linux's")

DOCX = small_docx()
PDF = b"%PDF-1.7\n%%EOF\n"
STAND_IN = """
import json, os, subprocess, sys, time
from pathlib import Path
PIDS = {pids!r}
open(PIDS, "a").write(f"{{os.getpid()}}\\n")
def answer(number, error=None):
    sys.stdout.write(json.dumps({{"number": number, "error": error}}) + "\\n")
    sys.stdout.flush()
def good(asked):
    Path(asked["output"]).write_bytes(b"%PDF-1.7\\n%%EOF\\n")
    answer(asked["number"])
first = len(open(PIDS).read().split()) == 1
{start}
answer(0)
for line in sys.stdin:
    asked = json.loads(line)
    bad = first and asked["number"] == 2
    if bad:
        {bad}
    else:
        good(asked)
"""


@pytest.fixture
def stand_in(tmp_path: Path):
    """Make a printer whose first process does `bad` with its second document; a list of the processes started."""
    made: list[WarmConverter] = []

    def make(
        bad: str = "good(asked)", *, start: str = "", seconds: float = 60, **limits: int
    ) -> tuple[WarmConverter, Path]:
        pids = tmp_path / "pids"
        script = tmp_path / "child.py"
        script.write_text(STAND_IN.format(pids=str(pids), start=start, bad=bad), "utf-8")
        office = LibreOffice(tmp_path / "soffice", "0")
        made.append(
            WarmConverter(
                office,
                tmp_path / "w",
                Allowance(start=seconds, **limits),
                (sys.executable, "-I", str(script)),
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
    assert isinstance(pdf, bytes)
    return normalise(pdf, title="Surat", date=datetime.date(2024, 1, 1))


@pytest.fixture
def real(libreoffice: LibreOffice, tmp_path: Path):
    with WarmConverter(libreoffice, tmp_path / "tempat kerja é#%20") as made:
        yield made
    assert not made.folder.exists() or left_in(made.folder) == ["profile"]


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


def test_what_libreoffice_refuses_is_told_in_its_words(real: WarmConverter):
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCX)) as before, zipfile.ZipFile(output, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    with pytest.raises(OutputRejectedError, match="tidak menghasilkan PDF: SOP-9") as caught:
        real.convert(output.getvalue(), name="SOP-9")
    assert "loadComponentFromURL" in caught.value.advice
    assert "Menerima" in text_of(real.convert(DOCX, name="x"))


def test_a_text_document_in_another_package_is_not_printed(real: WarmConverter):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(OutputRejectedError, match="SOP-3"):
        real.convert(output.getvalue(), name="SOP-3")


@pytest.mark.parametrize("seed", ["true", "false"])
def test_a_linked_picture_is_not_fetched(
    real: WarmConverter, picture_server: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, seed: str
):
    """And would be without the seed: so the test can see it."""
    url, asked = picture_server
    kept = workplace.PROFILE_SEED.replace("<value>true</value>", f"<value>{seed}</value>")
    monkeypatch.setattr(workplace, "PROFILE_SEED", kept)
    real.convert(with_linked_picture(url), name="tautan")
    assert ("GET /logo.png" in asked) is (seed == "false")


def test_killed_libreoffice_is_replaced_unseen(real: WarmConverter):
    real.convert(DOCX, name="x")
    assert real._child is not None
    real._child.process.kill()
    real._child.process.wait()
    assert "Menerima" in text_of(real.convert(DOCX, name="x"))


def test_nothing_outlives_us_even_when_we_are_killed(libreoffice: LibreOffice, tmp_path: Path):
    """Idle or busy: the group notices that the pipe to us broke."""
    code = (
        "import time; from pathlib import Path; from sopdocs.office import LibreOffice, WarmConverter\n"
        f"made = WarmConverter(LibreOffice(Path({str(libreoffice.executable)!r}), '0'), "
        f"Path({str(tmp_path / 'w')!r}))\n"
        f"docx = Path({str(tmp_path / 'a.docx')!r}).read_bytes()\n"
        "made.convert(docx, name='x')\n"
        "print(made._child.process.pid, flush=True)\n"
        "while True: made.convert(docx, name='x')"
    )
    (tmp_path / "a.docx").write_bytes(DOCX)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        assert alive(pid)
        process.kill()
    assert gone(pid)


@pytest.mark.parametrize(
    ("bad", "message", "advice"),
    [
        ("time.sleep(600)", r"belum selesai setelah 2 detik: SOP-2", "batas waktu"),
        ("held = bytearray(b'x') * 300_000_000; time.sleep(600)", r"lebih dari 200 MB memori: SOP-2", "batas memori"),
        ("sys.exit(0)", "tidak menghasilkan PDF: SOP-2", "status 0"),
        ("print('aduh', file=sys.stderr); os.kill(os.getpid(), 11)", "tidak menghasilkan PDF: SOP-2", "SIGSEGV"),
        ("print('aduh', file=sys.stderr); sys.exit(3)", "tidak menghasilkan PDF: SOP-2", "Pesannya: aduh"),
        ("answer(asked['number'])", "tidak menghasilkan PDF: SOP-2", "status 0"),
        ("Path(asked['output']).write_bytes(b'halo'); answer(2)", "bukan PDF: SOP-2", "status 0"),
        ("Path(asked['output']).write_bytes(b'%PDF-1.7'); answer(2)", "terpotong: SOP-2", "status 0"),
        ("print('halo', flush=True); time.sleep(600)", "tidak menghasilkan PDF: SOP-2", "tidak dapat dipahami"),
        ("print('[1]', flush=True)", "tidak menghasilkan PDF: SOP-2", "tidak dapat dipahami"),
        ("print('{}', flush=True)", "tidak menghasilkan PDF: SOP-2", "tidak dapat dipahami"),
        ("answer(1)", "tidak menghasilkan PDF: SOP-2", "tidak dapat dipahami"),
        ("answer(2, 5)", "tidak menghasilkan PDF: SOP-2", "tidak dapat dipahami"),
        ("os.write(1, b'\\xff\\n')", "tidak menghasilkan PDF: SOP-2", "tidak dapat dipahami"),
        ("while True: os.write(1, b'x' * 9999)", "tidak menghasilkan PDF: SOP-2", "tidak dapat dipahami"),
        ("while True: os.write(1, b'x'); time.sleep(0.01)", r"belum selesai setelah 2 detik: SOP-2", "batas waktu"),
        ("os.close(1); time.sleep(600)", "tidak menghasilkan PDF: SOP-2", "tidak dapat dipahami"),
    ],
    ids=[
        "hangs",
        "eats",
        "leaves",
        "crashes",
        "complains",
        "lies",
        "garbage",
        "half",
        "nonsense",
        "list",
        "empty",
        "earlier",
        "number",
        "bytes",
        "torrent",
        "drips",
        "silent",
    ],
)
def test_a_child_that_fails_is_replaced_and_only_its_document_blamed(stand_in, bad: str, message: str, advice: str):
    made, pids = stand_in(bad, megabytes=200)
    # Only those that wait for it are to reach the limit, however busy the machine is.
    results = made.convert_all(documents(4), time_limit=2 if "belum selesai" in message else 60)
    assert [isinstance(result, bytes) for result in results] == [True, False, True, True]
    assert isinstance(results[1], OutputRejectedError)
    assert re.search(message, results[1].message)
    assert advice in results[1].advice
    first, second = numbers(pids)
    assert gone(first)
    assert alive(second)


def test_a_grandchild_is_ended_too(stand_in):
    made, pids = stand_in("open(PIDS, 'a').write(str(subprocess.Popen(['sleep', '600']).pid) + '\\n'); sys.exit(0)")
    assert isinstance(made.convert_all(documents(2))[1], OutputRejectedError)
    assert len(numbers(pids)) == 2
    assert all(map(gone, numbers(pids)))


def test_it_starts_with_the_first_document_and_ends_with_close(stand_in):
    made, pids = stand_in()
    assert not pids.exists()
    assert made.convert_all([]) == []
    assert not pids.exists()
    assert made.convert_all(documents(3)) == [PDF] * 3
    assert alive(numbers(pids)[0])
    made.close()
    assert gone(numbers(pids)[0])


def test_it_is_replaced_after_so_many_documents(stand_in):
    made, pids = stand_in(documents=3)
    assert made.convert_all(documents(7)) == [PDF] * 7
    assert len(numbers(pids)) == 3


def test_it_is_replaced_when_it_keeps_half_of_the_memory(stand_in):
    made, pids = stand_in("held = bytearray(b'x') * 150_000_000; good(asked)", megabytes=250)
    assert made.convert_all(documents(4)) == [PDF] * 4
    assert len(numbers(pids)) == 2


@pytest.mark.parametrize(
    ("start", "message", "advice"),
    [
        ("sys.exit(4)", "tidak siap", "status 4"),
        ("time.sleep(600)", "tidak siap", "batas waktu"),
        ("print('halo', flush=True)", "tidak siap", "tidak dapat dipahami"),
        ("answer(0, 'no LibreOfficeKit'); sys.exit(0)", "no LibreOfficeKit", "Pasang"),
    ],
    ids=["dies", "hangs", "nonsense", "says so"],
)
def test_a_start_that_fails_is_a_missing_tool(stand_in, start: str, message: str, advice: str):
    made, pids = stand_in(start=start, seconds=1)
    with pytest.raises(ToolMissingError, match=message) as caught:
        made.convert(DOCX, name="x")
    assert advice in caught.value.advice
    assert gone(numbers(pids)[0])


def test_a_command_that_is_not_there_is_a_missing_tool(tmp_path: Path):
    made = WarmConverter(LibreOffice(tmp_path / "soffice", "0"), tmp_path / "w", command=[str(tmp_path / "none")])
    with pytest.raises(ToolMissingError, match="tidak dapat dijalankan"):
        made.convert(DOCX, name="x")
    assert left_in(tmp_path / "w") == ["profile"]


def test_without_libreofficekit_it_is_a_missing_tool(tmp_path: Path):
    made = WarmConverter(LibreOffice(tmp_path / "soffice", "0"), tmp_path / "w")
    with pytest.raises(ToolMissingError, match="no LibreOfficeKit"):
        made.convert(DOCX, name="x")


def test_a_library_that_is_none_is_a_missing_tool(tmp_path: Path):
    (tmp_path / kit.LIBRARIES[0]).write_bytes(b"bukan pustaka")
    made = WarmConverter(LibreOffice(tmp_path / "soffice", "0"), tmp_path / "w")
    with pytest.raises(ToolMissingError, match="tidak dapat dimuat"):
        made.convert(DOCX, name="x")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(UsageError, match="berkas"):
        WarmConverter(LibreOffice(tmp_path / "soffice", "7.4"), tmp_path / "berkas").convert(DOCX, name="x")


def test_a_passphrase_in_our_environment_is_not_handed_on(stand_in, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOPDOCS_SANDI", "rahasia-sekali")
    made, _ = stand_in(start="sys.exit(5) if 'SOPDOCS_SANDI' in os.environ else None")
    assert made.convert(DOCX, name="x") == PDF


def test_what_a_child_prints_does_not_disturb_it(real: WarmConverter, tmp_path: Path):
    """LibreOffice's own output, on both of its descriptors, goes to the log."""
    script = tmp_path / "noisy.py"
    script.write_text(
        f"import sys, os, runpy; sys.path.insert(0, {str(Path(kit.__file__).parent)!r}); import kit\n"
        "old = kit.Office.print\n"
        "def noisy(self, *a):\n os.system('echo bising; echo bising >&2; cat'); return old(self, *a)\n"
        "kit.Office.print = noisy; kit.main()\n"
    )
    real.command = (sys.executable, "-I", str(script))
    assert "Menerima" in text_of(real.convert(DOCX, name="x"))
    assert real._child is not None
    assert real._child.printed().count("bising") == 2
