"""The exercise of docs/panduan.md, "Setelah revisi": one complete revision of a source sheet, with made-up days.

What the chapter prints and what its pictures show is made here, by the command lines that it tells to type.
"""

from __future__ import annotations

import io
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from unittest.mock import patch

from sopdocs.cli import app, run

SLUG, OTHER = "pengumpulan-data-kinerja", "pelaksanaan-pengukuran-kinerja"
FIRST, OPENED, SIGNED, LATER = date(2023, 1, 9), date(2023, 7, 3), date(2023, 7, 10), date(2024, 1, 10)
_TARGETS = {"docs": "build", "check": "check", "issue": "issue", "status": "status", "revise": "revise"}

STEP = """### 4. Memeriksa draf laporan kinerja triwulan
- Pelaksana: sekcam (keputusan "Sesuai?")
- Syarat: Draft Laporan Kinerja Triwulan
- Waktu: 30 Menit
- Output: Draft Laporan Kinerja Triwulan
- Keterangan: -
- Alur: Ya → 5; Tidak → 3
"""
"""The step that the revision adds."""
SETTING = "aturan:\n  SOP170: {tingkat: mati}\n"
"""The exercise has no decree."""
WHO = "Pegawai Latihan"
WENT = (
    "{{nomor: {0}, berjalan: ya, catatan: null, tindakan: null}}",
    "{{nomor: {0}, berjalan: tidak, catatan: null, tindakan: Mengingatkan jadwal pemeriksaan}}",
)
"""How a step did, and what is entered for one that did not go well."""


def arguments(line: str) -> list[str]:
    """What a command line of the chapter hands to sopdocs, `make` being read as the Makefile does."""
    program, *words = shlex.split(line)
    if program == "sopdocs":
        return words
    target, *given = words
    values = dict(each.split("=", 1) for each in given)
    paper = ["--tanda-tangan-basah"] if values.get("BASAH") == "ya" else []
    named = [f"--{key.lower()}={values[key]}" for key in ("ALASAN", "OLEH", "TANGGAL") if key in values]
    return [_TARGETS[target], *paper, *named, *(["--", values["SOP"]] if "SOP" in values else [])]


@dataclass(frozen=True, slots=True)
class Said:
    """A command line as it was typed, and the answer."""

    line: str
    answer: str


@dataclass
class Exercise:
    """A copy of the workspace, and all that was said in it."""

    root: Path
    said: list[Said] = field(default_factory=list)
    texts: dict[str, None] = field(default_factory=dict)
    """Every text that a content file had."""

    @property
    def file(self) -> Path:
        """The file that is revised."""
        return self.root / "content" / "sop" / f"{SLUG}.md"

    def type(self, day: date, line: str, code: int = 0) -> None:
        """Type a command line on a day; it must end with this exit code."""
        heard = io.BytesIO()
        screen = io.TextIOWrapper(heard, "utf-8", write_through=True)
        with _on(day), redirect_stdout(screen), redirect_stderr(screen):
            ended = run(arguments(line))
        answer = heard.getvalue().decode()
        assert ended == code, f"{line}\n{answer}"
        self.said.append(Said(line, answer))
        self.note()

    def edit(self, *changes: tuple[str, str]) -> None:
        """Replace texts of the file that is revised; each must be there once."""
        text = self.file.read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        self.file.write_text(text, "utf-8")
        self.note()

    def insert(self, number: int, step: str) -> None:
        """Put a step before another, and count on those after it."""
        text = self.file.read_text("utf-8")
        for each in range(8, number - 1, -1):
            assert text.count(f"### {each}. ") == 1
            text = text.replace(f"### {each}. ", f"### {each + 1}. ")
        self.file.write_text(text.replace(f"### {number + 1}. ", f"{step}\n### {number + 1}. "), "utf-8")
        self.note()

    def keep(self, name: str) -> None:
        """Keep what is built, by this name, for the pictures."""
        shutil.copytree(self.root / "build", self.root / "simpanan" / name, ignore=shutil.ignore_patterns(".*"))

    def note(self) -> None:
        """Keep the texts of the content."""
        for path in (self.root / "content").rglob("*.*"):
            self.texts.setdefault(path.read_text("utf-8"))


@contextmanager
def _on(day: date) -> Iterator[None]:
    """Have every command read noon of a day from the clock."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime(day.year, day.month, day.day, 4, tzinfo=UTC).astimezone(tz)

    readers = [
        module
        for name, module in sys.modules.items()
        if name.startswith(app.__package__ or "") and getattr(module, "datetime", None) is datetime
    ]
    with ExitStack() as patched:
        for module in readers:
            patched.enter_context(patch.object(module, "datetime", Clock))
        yield


@contextmanager
def exercise(repository: Path, root: Path) -> Iterator[Exercise]:
    """Prepare the copy in an empty folder and stay in it, with a key folder of its own."""
    for name in ("content", "templates"):
        shutil.copytree(repository / name, root / name)
    here = Path.cwd()
    with patch.dict(os.environ, {"SOPDOCS_KEYS": str(root / "kunci"), "COLUMNS": "110", "NO_COLOR": "1"}):
        os.chdir(root)
        try:
            yield Exercise(root)
        finally:
            os.chdir(here)


def walk(work: Exercise) -> None:
    """Do all of it, in the order of the chapter."""
    settle(work)
    _first_edition(work)
    _open_revision(work)
    _change(work)
    _issue_again(work)
    _half_a_year_later(work)
    _end(work)


def settle(work: Exercise) -> None:
    """Settle, for the exercise only, what keeps both sheets drafts."""
    for number, slug in enumerate((SLUG, OTHER), 1):
        path = work.root / "content" / "sop" / f"{slug}.md"
        head, _, rest = path.read_text("utf-8").partition("perlu_konfirmasi:\n")
        rest = rest[rest.index("---\n") :]
        path.write_text(head.replace("nomor: null", f"nomor: LATIHAN/{number:02}") + rest, "utf-8")
    office = work.root / "content" / "instansi.yaml"
    office.write_text(office.read_text("utf-8") + SETTING, "utf-8")
    work.note()


def _first_edition(work: Exercise) -> None:
    work.type(FIRST, "make check")
    work.type(FIRST, f'make revise SOP={SLUG} ALASAN="Hasil evaluasi"', 2)
    work.type(FIRST, "make docs")
    work.keep("sebelum")
    work.type(FIRST, "sopdocs issue", 1)
    work.type(FIRST, "sopdocs issue --tanda-tangan-basah --tanggal 2023-02-01", 2)
    work.type(FIRST, "sopdocs issue --tanda-tangan-basah")
    work.type(FIRST, "make docs")
    work.type(FIRST, "make status")


def _open_revision(work: Exercise) -> None:
    work.edit(("- Waktu: 15 Menit", "- Waktu: 20 Menit"))
    work.type(OPENED, "make check", 1)
    work.edit(("- Waktu: 20 Menit", "- Waktu: 15 Menit"))
    work.type(OPENED, f'make revise SOP={SLUG} ALASAN="Hasil evaluasi semester pertama"')
    work.type(OPENED, f"sopdocs revise {SLUG} --batal")
    work.type(OPENED, f'sopdocs revise {SLUG} --alasan "Hasil evaluasi semester pertama" --oleh Sekcam')
    work.type(OPENED, f'make revise SOP={SLUG} ALASAN="Permintaan kedua"', 2)


def _change(work: Exercise) -> None:
    work.edit(("- Waktu: 15 Menit", "- Waktu: 20 Menit"))
    work.insert(4, STEP)
    work.type(OPENED, "make check")
    work.edit(("| 1 | 2023-07-03 | |", "| 1 | 2023-07-03 | Menambah pemeriksaan draf dan waktu langkah 1 |"))
    work.type(OPENED, "sopdocs issue --tanda-tangan-basah", 1)
    work.type(OPENED, "make docs")
    work.type(OPENED, f"sopdocs diff {SLUG}")
    work.type(OPENED, f"sopdocs diff {SLUG} --docx telaah.docx")
    work.type(OPENED, f"sopdocs diff {SLUG} --docx telaah.docx", 2)
    work.type(OPENED, f"sopdocs diff {SLUG} --gambar beda.pdf")


def _issue_again(work: Exercise) -> None:
    work.type(SIGNED, "sopdocs issue --tanda-tangan-basah", 1)
    work.type(SIGNED, f"sopdocs revise {SLUG} --tunda")
    work.type(SIGNED, f"sopdocs revise {SLUG} --lanjut")
    work.edit(("pengesahan: null", f"pengesahan: {SIGNED}"))
    work.type(SIGNED, "sopdocs issue --tanda-tangan-basah", 1)
    work.type(SIGNED, "make docs")
    work.keep("sesudah")
    work.type(SIGNED, 'sopdocs issue --tanda-tangan-basah --keterangan "Evaluasi semester pertama"')
    work.type(SIGNED, "make docs")
    work.type(SIGNED, "sopdocs issue --tanda-tangan-basah", 1)
    work.type(SIGNED, f"sopdocs revise {SLUG} --batal", 2)
    work.type(SIGNED, "sopdocs diff edisi-0 edisi-1")
    work.type(SIGNED, "make status")


def _half_a_year_later(work: Exercise) -> None:
    work.type(LATER, "sopdocs at 2023-06-30")
    work.type(LATER, "sopdocs at 2023-07-31")
    work.type(LATER, "sopdocs at 2022-12-31")
    work.type(LATER, "sopdocs at 2023-06-30 --out untuk-auditor")
    work.type(LATER, "sopdocs status --due 30d")
    work.type(LATER, f"sopdocs monitor {SLUG}")
    work.type(LATER, f"sopdocs monitor {SLUG} --isi")
    path = work.root / "content" / "monitoring" / f"{SLUG}.yaml"
    text = path.read_text("utf-8").replace("berjalan: null", "berjalan: ya").replace("penilai: null", f"penilai: {WHO}")
    path.write_text(text.replace(*(each.format(4) for each in WENT)), "utf-8")
    work.note()
    work.type(LATER, f"sopdocs status {SLUG}")
    work.type(LATER, "sopdocs status --format ics --output sop.ics")
    work.type(LATER, "sopdocs status --output register.xlsx")


def _end(work: Exercise) -> None:
    work.type(LATER, f'sopdocs revoke {OTHER} --alasan "Latihan mencabut"')
    work.type(LATER, f"sopdocs revoke {OTHER} --batal")
    damaged = work.root / "arsip" / "2023" / "edisi-0" / "sop" / f"{SLUG}.pdf"
    whole = damaged.read_bytes()
    damaged.chmod(0o644)
    damaged.write_bytes(whole + b" ")
    work.type(LATER, "sopdocs issue --tanda-tangan-basah", 1)
    damaged.write_bytes(whole)
    bundle = work.root / "content" / "bundel.yaml"
    text = bundle.read_text("utf-8")
    bundle.write_text(text.replace(f"  - {SLUG}\n", ""), "utf-8")
    work.type(LATER, "make check", 1)
    bundle.write_text(text, "utf-8")
