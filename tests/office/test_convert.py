"""DOCX to PDF, and what the runner must withstand."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from docx.shared import Mm
from PIL import Image

from sopdocs.errors import ExitCode, OutputRejectedError, ToolMissingError, UsageError
from sopdocs.office import Converter, Document, LeftUndoneError, LibreOffice, workplace

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="the fake soffice is a shell script")

FAKE_DOCX = b"PK not looked into by a fake soffice"


def small_docx(text: str = "Menerima surat masuk", *, picture: bool = False) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    if picture:
        png = io.BytesIO()
        Image.new("RGB", (8, 8), "navy").save(png, "PNG")
        png.seek(0)
        document.add_picture(png, width=Mm(10))
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def fake_soffice(folder: Path, script: str) -> LibreOffice:
    """A shell script in LibreOffice's place; `$out` is the PDF it is expected to write."""
    folder.mkdir(exist_ok=True)
    path = folder / "soffice"
    find_out = 'while [ "$1" != --outdir ]; do shift; done\nout="$2/1.pdf"\n'
    path.write_text(f"#!/bin/sh\n{find_out}{script}\n", "utf-8")
    path.chmod(0o755)
    return LibreOffice(path, "0")


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def alive(pid: int) -> bool:
    """A killed orphan stays as a zombie until init reaps it; it does not count."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if not alive(pid):
            return True
        time.sleep(0.02)
    return False


def test_a_document_becomes_one_tagged_page_with_its_text(libreoffice: LibreOffice, tmp_path: Path):
    pdf = Converter(libreoffice, tmp_path / "w").convert(small_docx(), name="surat")
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    assert "Menerima surat masuk" in reader.pages[0].extract_text()
    assert reader.root_object["/MarkInfo"]["/Marked"].value is True
    assert b"<pdfaid:part>2<" in pdf
    assert left_in(tmp_path / "w") == ["profile"]


def test_a_second_conversion_gets_its_own_document(libreoffice: LibreOffice, tmp_path: Path):
    converter = Converter(libreoffice, tmp_path)
    converter.convert(small_docx("pertama"), name="1")
    second = pypdf.PdfReader(io.BytesIO(converter.convert(small_docx("kedua"), name="2")))
    assert second.pages[0].extract_text().strip() == "kedua"


def test_the_profile_is_seeded_before_the_start(tmp_path: Path):
    seen = tmp_path / "seen.xcu"
    profile = tmp_path / "w" / "profile" / "user" / "registrymodifications.xcu"
    office = fake_soffice(tmp_path / "bin", f'cp "{profile}" "{seen}"\nprintf "%%PDF-1.7\\n%%%%EOF\\n" > "$out"')
    assert Converter(office, tmp_path / "w").convert(FAKE_DOCX, name="x") == b"%PDF-1.7\n%%EOF\n"
    seed = seen.read_text("utf-8")
    assert re.search(r'oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion"', seed)
    assert "<value>999.9</value>" in seed


def with_linked_picture(url: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_docx(picture=True))) as before, zipfile.ZipFile(output, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/_rels/document.xml.rels":
                data, changed = re.subn(
                    rb'Target="media/[^"]*"', b'Target="%s" TargetMode="External"' % url.encode(), data
                )
                assert changed == 1
            if name == "word/document.xml":
                data = data.replace(b"r:embed=", b"r:link=")
            after.writestr(name, data)
    return output.getvalue()


def test_a_linked_picture_is_not_fetched(
    libreoffice: LibreOffice, tmp_path: Path, picture_server: tuple[str, list[str]]
):
    url, asked = picture_server
    Converter(libreoffice, tmp_path).convert(with_linked_picture(url), name="tautan")
    assert asked == []


def test_without_the_seed_it_would_be_fetched(
    libreoffice: LibreOffice,
    tmp_path: Path,
    picture_server: tuple[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
):
    url, asked = picture_server
    monkeypatch.setattr(
        workplace, "PROFILE_SEED", workplace.PROFILE_SEED.replace("<value>true</value>", "<value>false</value>")
    )
    Converter(libreoffice, tmp_path).convert(with_linked_picture(url), name="tautan")
    assert "GET /logo.png" in asked


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[: len(data) // 2], lambda data: b"PK" + b"acak" * 2000],
    ids=["truncated", "noise"],
)
def test_a_broken_docx_gives_no_pdf(libreoffice: LibreOffice, tmp_path: Path, damage):
    with pytest.raises(OutputRejectedError, match="SOP-7") as caught:
        Converter(libreoffice, tmp_path).convert(damage(small_docx()), name="SOP-7")
    assert "status 0" in caught.value.advice
    assert caught.value.exit_code == ExitCode.OUTPUT_REJECTED
    assert left_in(tmp_path) == ["profile"]


@pytest.mark.parametrize("docx", [b"", b"Bukan DOCX"])
def test_what_is_no_docx_is_refused_unseen(tmp_path: Path, docx: bytes):
    with pytest.raises(OutputRejectedError, match="bukan DOCX"):
        Converter(LibreOffice(tmp_path / "none", "0"), tmp_path).convert(docx, name="x")


@needs_posix
def test_out_of_time_ends_the_whole_group(tmp_path: Path):
    pids = tmp_path / "pids"
    office = fake_soffice(
        tmp_path / "bin",
        # A child, a grandchild and a child that ignores every polite signal.
        f'(sleep 60 & echo $! >> "{pids}"; wait) & echo $! >> "{pids}"\n'
        f'(trap \'\' INT TERM HUP; echo ready >> "{pids}"; sleep 60) & echo $! >> "{pids}"\n'
        f'echo $$ >> "{pids}"\necho sedang memuat\nwait',
    )
    started = time.monotonic()
    with pytest.raises(OutputRejectedError, match=r"1\.5 detik: SOP-1") as caught:
        Converter(office, tmp_path / "w").convert(FAKE_DOCX, name="SOP-1", time_limit=1.5)
    assert time.monotonic() - started < 10
    assert "sedang memuat" in caught.value.advice
    numbers = [int(line) for line in pids.read_text().split() if line != "ready"]
    assert len(numbers) == 4
    assert [pid for pid in numbers if not gone(pid)] == []
    assert left_in(tmp_path / "w") == ["profile"]


@needs_posix
def test_an_interrupt_ends_the_whole_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pids = tmp_path / "pids"
    office = fake_soffice(tmp_path / "bin", f'sleep 60 &\necho $! $$ > "{pids}.new"; mv "{pids}.new" "{pids}"\nwait')

    def interrupted(process: object, timeout: float | None = None) -> int:
        if timeout is not None:
            while not pids.exists():
                time.sleep(0.02)
            raise KeyboardInterrupt
        return real_wait(process, timeout)

    real_wait = subprocess.Popen.wait
    monkeypatch.setattr(subprocess.Popen, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Converter(office, tmp_path / "w").convert(FAKE_DOCX, name="x")
    numbers = [int(word) for word in pids.read_text().split()]
    assert len(numbers) == 2
    assert [pid for pid in numbers if not gone(pid)] == []
    assert left_in(tmp_path / "w") == ["profile"]


@needs_posix
def test_children_do_not_outlive_a_wrapper_that_succeeds(tmp_path: Path):
    pid = tmp_path / "pid"
    office = fake_soffice(tmp_path / "bin", f'sleep 60 &\necho $! > "{pid}"\nprintf "%%PDF-1.7\\n%%%%EOF\\n" > "$out"')
    Converter(office, tmp_path / "w").convert(FAKE_DOCX, name="x")
    assert gone(int(pid.read_text()))


@needs_posix
@pytest.mark.parametrize(
    ("script", "message", "advice"),
    [
        ("exit 0", "tidak menghasilkan PDF", "status 0"),
        ("exit 1", "tidak menghasilkan PDF", "status 1"),
        ('echo halo > "$out"', "bukan PDF", "status 0"),
        ('printf "%%PDF-1.7 setengah" > "$out"', "terpotong", "status 0"),
        (': > "$out"', "bukan PDF", "status 0"),
        ("kill -9 $$", "tidak menghasilkan PDF", "SIGKILL"),
        ("echo 'Error: source file could not be loaded' >&2", "tidak menghasilkan PDF", "could not be loaded"),
    ],
    ids=["nothing", "failure", "text", "half", "empty", "killed", "printed"],
)
def test_a_result_that_is_none(tmp_path: Path, script: str, message: str, advice: str):
    with pytest.raises(OutputRejectedError, match=message) as caught:
        Converter(fake_soffice(tmp_path / "bin", script), tmp_path / "w").convert(FAKE_DOCX, name="x")
    assert advice in caught.value.advice
    assert left_in(tmp_path / "w") == ["profile"]


@needs_posix
def test_a_long_complaint_is_shortened_and_tells_no_folder(tmp_path: Path):
    office = fake_soffice(
        tmp_path / "bin", 'echo "convert $2/1.pdf"; i=0; while [ $i -lt 500 ]; do echo keluhan; i=$((i+1)); done'
    )
    with pytest.raises(OutputRejectedError) as caught:
        Converter(office, tmp_path / "w").convert(FAKE_DOCX, name="x")
    assert 600 < len(caught.value.advice) < 800
    assert str(tmp_path) not in caught.value.advice


def test_works_again_after_its_libreoffice_was_killed(libreoffice: LibreOffice, tmp_path: Path):
    converter = Converter(libreoffice, tmp_path)
    with pytest.raises(OutputRejectedError, match="belum selesai"):
        converter.convert(small_docx(), name="x", time_limit=0.15)
    (tmp_path / "profile" / "user" / "registrymodifications.xcu").write_text("<oor:it", "utf-8")
    assert converter.convert(small_docx(), name="x").startswith(b"%PDF")


def test_a_vanished_program_is_a_missing_tool(tmp_path: Path):
    with pytest.raises(ToolMissingError, match="tidak dapat dijalankan"):
        Converter(LibreOffice(tmp_path / "soffice", "7.4"), tmp_path / "w").convert(FAKE_DOCX, name="x")
    assert left_in(tmp_path / "w") == ["profile"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(UsageError, match="berkas"):
        Converter(LibreOffice(tmp_path / "soffice", "7.4"), tmp_path / "berkas").convert(FAKE_DOCX, name="x")


@needs_posix
def test_a_passphrase_in_our_environment_is_not_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPDOCS_SANDI", "rahasia-sekali")
    monkeypatch.setenv("LAIN", "boleh")
    soffice = fake_soffice(tmp_path / "bin", f"env > {tmp_path}/env\nprintf '%%PDF-1.7\\n%%%%EOF\\n' > \"$out\"")
    Converter(soffice, tmp_path / "kerja").convert(FAKE_DOCX, name="uji")
    seen = (tmp_path / "env").read_text()
    assert "LAIN=boleh" in seen
    assert "rahasia" not in seen


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")
def test_nothing_outlives_us_even_when_we_are_killed(tmp_path: Path):
    """SIGKILL leaves no time to clean up: the group notices that the pipe to us broke."""
    script = 'echo $$ >"$HERE/wrapper"; sleep 600 & echo $! >"$HERE/child"; wait'
    office = fake_soffice(tmp_path / "bin", f"HERE={tmp_path}\n{script}")
    code = (
        "from pathlib import Path; from sopdocs.office import Converter, Document, LibreOffice\n"
        f"Converter(LibreOffice(Path({str(office.executable)!r}), '0'), Path({str(tmp_path / 'w')!r}))"
        ".convert(b'PK', name='x')"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 60
    while not (tmp_path / "child").exists() or not (tmp_path / "child").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    pids = [int((tmp_path / name).read_text()) for name in ("wrapper", "child")]
    assert all(map(alive, pids))
    process.kill()
    process.wait()
    assert all(map(gone, pids))


def test_a_document_without_progress_is_given_up_and_the_others_kept(tmp_path: Path):
    """The time starts anew with each result."""
    body = (
        'while [ "$1" != --outdir ]; do shift; done\nout=$2; shift 2\n'
        'for file in "$@"; do case $file in */3.docx) sleep 600;; esac; sleep 0.8\n'
        'printf "%%PDF-1.7\\n%%%%EOF\\n" >"$out/$(basename "$file" .docx).pdf"; done'
    )
    path = tmp_path / "bin" / "soffice"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    converter = Converter(LibreOffice(path, "0"), tmp_path / "w")
    results = converter.convert_all([Document(str(n), FAKE_DOCX) for n in range(1, 5)], time_limit=1.6)
    assert [isinstance(result, bytes) for result in results] == [True, True, False, False]
    assert "belum selesai setelah 1.6 detik: 3" in str(results[2])


@needs_posix
def test_a_program_that_eats_memory_is_ended_with_all_its_children(tmp_path: Path):
    eater = tmp_path / "eater.py"
    eater.write_text("import time\nheld = bytearray(b'x' * 200_000_000)\ntime.sleep(600)\n")
    office = fake_soffice(tmp_path / "bin", f'"{sys.executable}" "{eater}" & echo $! > "{tmp_path}/pid"\nwait')
    converter = Converter(office, tmp_path / "w", megabytes=120)
    with pytest.raises(OutputRejectedError, match="lebih dari 120 MB memori: SOP-1") as caught:
        converter.convert(FAKE_DOCX, name="SOP-1", time_limit=60)
    assert "batas memori" in caught.value.advice
    assert gone(int((tmp_path / "pid").read_text()))
    assert left_in(tmp_path / "w") == ["profile"]


def test_what_was_not_come_to_is_told_from_what_a_process_died_over(tmp_path: Path):
    found = 'while [ "$1" != --outdir ]; do shift; done\nout=$2\n'
    body = found + 'printf "%%PDF-1.7\\n%%%%EOF\\n" >"$out/1.pdf"\nkill -9 $$\n'
    path = tmp_path / "bin" / "soffice"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    converter = Converter(LibreOffice(path, "0"), tmp_path / "w")
    first, second, third = converter.convert_all([Document(str(n), FAKE_DOCX) for n in range(1, 4)])
    assert isinstance(first, bytes)
    assert type(second) is OutputRejectedError
    assert isinstance(third, LeftUndoneError)
    assert "SIGKILL" in third.advice
