"""A LibreOffice that does not do its work: the sheet is named, the others are made, what stood there stays."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from sopdocs.cli import run
from sopdocs.engine import workers
from sopdocs.errors import OutputRejectedError
from sopdocs.office import Allowance, Converter, Document, LibreOffice, WarmConverter, kit

from ..workspaces import edit
from .site import SEALED, Site

Printed = bytes | OutputRejectedError
BAD_SHEET = "sangat buruk"
MEGABYTES = 700
COLD = """\
#!{python}
import os, re, signal, subprocess, sys, time, zipfile
from pathlib import Path
real, arguments = {real!r}, sys.argv[1:]
if "--version" in arguments:
    os.execv(real, [real, *arguments])
out = Path(arguments[arguments.index("--outdir") + 1])
sources = [Path(each) for each in arguments[arguments.index("--outdir") + 2:]]
def is_bad(source):
    with zipfile.ZipFile(source) as word:
        return {sign!r} in re.sub("<[^>]*>", "", word.read("word/document.xml").decode())
def good(these):
    if these:
        subprocess.run([real, *arguments[:arguments.index("--outdir") + 2], *map(str, these)], check=False)
bad = [source for source in sources if is_bad(source)]
good([source for source in sources if source not in bad])
for source in bad:
    output = out / (source.stem + ".pdf")
{deed}
"""
WARM = """\
import json, os, re, signal, subprocess, sys, time, zipfile
from pathlib import Path
kit = subprocess.Popen([sys.executable, "-I", {kit!r}, *sys.argv[1:]], stdin=-1, stdout=-1)
def say(line):
    sys.stdout.write(line)
    sys.stdout.flush()
say(kit.stdout.readline().decode())
for line in sys.stdin:
    asked = json.loads(line)
    output = Path(asked["output"])
    with zipfile.ZipFile(asked["input"]) as word:
        bad = {sign!r} in re.sub("<[^>]*>", "", word.read("word/document.xml").decode())
    if bad:
{deed}
        say(json.dumps(dict(number=asked["number"], error=None)) + chr(10))
        continue
    kit.stdin.write(line.encode())
    kit.stdin.flush()
    say(kit.stdout.readline().decode())
"""
DEEDS = {
    "hangs": ("time.sleep(600)", r"LibreOffice belum selesai setelah 5 detik: surat-masuk"),
    "makes nothing": ("pass", r"LibreOffice tidak menghasilkan PDF: surat-masuk"),
    "writes garbage": ('output.write_bytes(b"bukan PDF")', r"Hasil LibreOffice bukan PDF: surat-masuk"),
    "writes a part": ('output.write_bytes(b"%PDF-1.7" + b"x" * 5000)', r"PDF dari LibreOffice terpotong: surat-masuk"),
    "writes rubbish that looks well": (
        'output.write_bytes(b"%PDF-1.7" + bytes(range(256)) * 20 + b"%%EOF")',
        r"surat-masuk",
    ),
    "eats memory": (
        'kept = []\nwhile True:\n    kept.append(b"x" * 20_000_000); time.sleep(0.01)',
        r"LibreOffice memakai lebih dari 700 MB memori: surat-masuk",
    ),
    "dies": ("os.kill(os.getpid(), signal.SIGKILL)", r"LibreOffice tidak menghasilkan PDF: surat-masuk"),
}
"""What it does with the bad sheet, and what is said."""


class _Hasty(Converter):
    """As the real one, with less patience."""

    def convert_all(self, documents: Sequence[Document], *, time_limit: float = 5) -> list[Printed]:
        return super().convert_all(documents, time_limit=time_limit)


class _HastyWarm(WarmConverter):
    """As the real one, with less patience."""

    def convert_all(self, documents: Sequence[Document], *, time_limit: float = 5) -> list[Printed]:
        return super().convert_all(documents, time_limit=time_limit)


@pytest.fixture
def stand_in(site: Site, libreoffice: LibreOffice, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Site]:
    """Put a program in the place of LibreOffice that does a deed with the bad sheet, and the rest well."""

    def cold(deed: str) -> None:
        path = site.root.parent / "soffice"
        values = {"python": sys.executable, "real": str(libreoffice.executable), "sign": BAD_SHEET}
        path.write_text(COLD.format(**values, deed=textwrap.indent(deed, " " * 4)), encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("SOPDOCS_SOFFICE", str(path))
        monkeypatch.setattr(workers, "printer", partial(_Hasty, megabytes=MEGABYTES))

    def warm(deed: str) -> None:
        path = site.root.parent / "kit.py"
        values = {"kit": kit.__file__, "sign": BAD_SHEET}
        path.write_text(WARM.format(**values, deed=textwrap.indent(deed, " " * 8)), encoding="utf-8")
        command, limits = (sys.executable, "-I", str(path)), Allowance(MEGABYTES)
        monkeypatch.setattr(workers, "printer", partial(_HastyWarm, limits=limits, command=command))

    def make(kind: str, deed: str) -> Site:
        site.say("surat-masuk", BAD_SHEET)
        site.say("surat-keluar", "hal baru")
        {"cold": cold, "warm": warm}[kind](deed)
        return site

    return make


@pytest.mark.parametrize("kind", ["cold", "warm"])
@pytest.mark.parametrize("deed", DEEDS)
def test_one_bad_sheet_is_named_and_the_rest_made(
    kind: str, deed: str, stand_in: Callable[[str, str], Site], capsys: pytest.CaptureFixture[str]
) -> None:
    action, message = DEEDS[deed]
    site = stand_in(kind, action)
    before = site.digests()
    sealed = (site.root / "build" / SEALED).read_bytes()
    assert run(["-C", str(site.root), "build"]) == 4
    said = capsys.readouterr().err
    assert re.search(rf"Galat: .*{message}", said), said
    assert "Bundel tidak dibuat: surat-masuk belum jadi" in said
    assert said.count("Galat: ") == said.count("Saran: ") == 2
    after = site.digests()
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"sop/surat-keluar.docx", "sop/surat-keluar.pdf"}
    assert (site.root / "build" / SEALED).read_bytes() == sealed
    assert site.hidden() == []
    site.say("surat-masuk", "contoh")
    assert run(["-C", str(site.root), "build"]) == 0, "LibreOffice itself was not given up"


def test_a_libreoffice_that_kills_who_started_it(site: Site, libreoffice: LibreOffice) -> None:
    """Worker after worker dies over one sheet; the sheet is given up, the others are made by new workers."""
    for number in range(3, 6):
        shutil.copy(site.root / "content/sop/surat-masuk.md", site.root / f"content/sop/surat-{number}.md")
        edit(site.root, f"surat-{number}", "002/CONTOH", f"00{number}/CONTOH")
        edit(site.root, f"surat-{number}", "nama: Surat Masuk", f"nama: Surat Nomor {number}")
    site.say("surat-4", BAD_SHEET)
    path = site.root.parent / "soffice"
    # Its parent is the worker: the shell that guards it has become this program.
    deed = "    os.kill(os.getppid(), signal.SIGKILL)"
    values = {"python": sys.executable, "real": str(libreoffice.executable), "sign": BAD_SHEET}
    path.write_text(COLD.format(**values, deed=deed), encoding="utf-8")
    path.chmod(0o755)
    done = site.call("build", "--workers", "2", SOPDOCS_SOFFICE=str(path))
    assert done.returncode == 4, done.stderr
    assert "Galat: Proses pekerja mati 2 kali saat mengerjakan surat-4" in done.stderr
    assert "Saran: periksa apakah memori komputer cukup" in done.stderr
    assert {"sop/surat-3.pdf", "sop/surat-5.pdf"} <= site.digests().keys()
    assert "sop/surat-4.pdf" not in site.digests()
    assert "Traceback" not in done.stderr
    assert site.left() == []
    assert site.hidden() == []
