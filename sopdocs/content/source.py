"""Read files as text, with a finding for each that cannot be."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from sopdocs.content.report import Report
from sopdocs.errors import reason
from sopdocs.model import Span

MAX_BYTES = 1_000_000
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff"  # controls, separators, marks of broken text
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks of writing direction: what is read is not what is written
    r"\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: every font shows something else
    r"\ufdd0-\ufdef\ud800-\udfff]"
)

_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
"""What git writes around the two versions."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text file: line feeds only, no byte order mark."""

    path: str
    text: str
    first_line: int = 1
    """Line number of the first line of `text`; more than 1 for a part of a file."""

    def span(self, line: int = 1, col: int = 1) -> Span:
        """Place in the file; `line` counts from 1 within `text`."""
        return Span(self.path, line + self.first_line - 1, col)


def has_conflict(source: Source, report: Report) -> bool:
    """Whether a merge left both versions of some lines in the file, which makes it unreadable; report the first."""
    begin = _CONFLICT.search(source.text)
    if begin is None:
        return False
    message = "Dua orang mengubah berkas ini: di sini masih tertulis kedua-duanya"
    hint = "pilih atau gabungkan keduanya, hapus baris <<<<<<<, =======, dan >>>>>>>, lalu simpan"
    report.add(source.span(source.text.count("\n", 0, begin.start()) + 1), "SOP018", message, hint)
    return True


def read_source(root: Path, relative: str, report: Report, *, optional: bool = False) -> Source | None:
    """Read `relative` below `root`; report and return None when it is missing or not readable as text.

    A missing file that is `optional` is not reported.
    """
    try:
        data = _read(root / relative, relative, report)
    except FileNotFoundError:
        if not optional:
            hint = "buat berkas ini; lihat docs/panduan.md"
            report.add(Span(relative), "SOP001", f"Berkas {relative} tidak ada", hint)
        return None
    except OSError as error:
        report.add(Span(relative), "SOP002", f"Berkas {relative} tidak dapat dibaca: {reason(error)}")
        return None
    text = None if data is None else _decode(data, relative, report)
    return None if text is None else clean(relative, text, report)


def clean(relative: str, text: str, report: Report) -> Source:
    """Take off what marks the beginning (files joined by hand may have two marks), and what cannot be printed."""
    return _without_unprintable(Source(relative, _line_feeds(text.lstrip("\ufeff"))), report)


def _read(path: Path, relative: str, report: Report) -> bytes | None:
    status = path.stat()
    # Anything but a regular file may block for ever, or never end.
    if not stat.S_ISREG(status.st_mode):
        what = "sebuah folder" if stat.S_ISDIR(status.st_mode) else "bukan berkas biasa"
        report.add(Span(relative), "SOP002", f"{relative} tidak dapat dibaca karena {what}", "ganti dengan berkas teks")
        return None
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = f"Berkas berukuran {status.st_size:,} bita; batasnya {MAX_BYTES:,}".replace(",", ".")
        report.add(Span(relative), "SOP005", message, "pecah isinya atau periksa apakah berkas ini benar berkas SOP")
        return None
    return data


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes, relative: str, report: Report) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _line_feeds(data[: error.start].decode("utf-8").lstrip("\ufeff"))
        line = before.count("\n") + 1
        col = len(before) - (before.rfind("\n") + 1) + 1
        report.add(
            Span(relative, line, col),
            "SOP003",
            "Berkas ini bukan teks UTF-8",
            "simpan ulang dari Word atau Notepad dengan penyandian UTF-8",
        )
        return None


def _without_unprintable(source: Source, report: Report) -> Source:
    for number, line in enumerate(source.text.split("\n"), start=1):
        match = _UNPRINTABLE.search(line)
        if match:
            printable(match.group(), source.span(number, match.start() + 1), report)
    return Source(source.path, _UNPRINTABLE.sub(" ", source.text), source.first_line)


def printable(text: str, span: Span, report: Report) -> str:
    """Return `text` with a space for each character that cannot be printed; report the first one at `span`."""
    match = _UNPRINTABLE.search(text)
    if match is None:
        return text
    message = f"Karakter U+{ord(match.group()):04X} tidak dapat dicetak"
    report.add(span, "SOP004", message, "hapus karakter itu; biasanya terbawa saat menyalin dari Word atau PDF")
    return _UNPRINTABLE.sub(" ", text)
