"""Read files as text, with a finding for each that cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sopdocs.content.report import Report
from sopdocs.model import Span

MAX_BYTES = 1_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff]|[\ud800-\udfff]")


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


def read_source(root: Path, relative: str, report: Report) -> Source | None:
    """Read `relative` below `root`; report and return None when it is missing or not readable as text."""
    start = Span(relative)
    try:
        data = (root / relative).read_bytes()
    except FileNotFoundError:
        report.add(start, "SOP001", f"Berkas {relative} tidak ada", "buat berkas ini; lihat docs/panduan.md")
        return None
    except OSError as error:
        report.add(start, "SOP002", f"Berkas {relative} tidak dapat dibaca: {error.strerror or error}")
        return None
    if len(data) > MAX_BYTES:
        message = f"Berkas berukuran {len(data):,} bita; batasnya {MAX_BYTES:,}".replace(",", ".")
        report.add(start, "SOP005", message, "pecah isinya atau periksa apakah berkas ini benar berkas SOP")
        return None
    text = _decode(data, relative, report)
    if text is None:
        return None
    source = Source(relative, text.replace("\r\n", "\n").replace("\r", "\n"))
    return _without_control_characters(source, report)


def _decode(data: bytes, relative: str, report: Report) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line = before.count("\n") + 1
        col = len(before) - (before.rfind("\n") + 1) + 1
        report.add(
            Span(relative, line, col),
            "SOP003",
            "Berkas ini bukan teks UTF-8",
            "simpan ulang dari Word atau Notepad dengan penyandian UTF-8",
        )
        return None


def _without_control_characters(source: Source, report: Report) -> Source:
    for number, line in enumerate(source.text.split("\n"), start=1):
        match = _CONTROL.search(line)
        if match:
            message = f"Karakter kendali U+{ord(match.group()):04X} tidak dapat dicetak"
            report.add(source.span(number, match.start() + 1), "SOP004", message, "hapus karakter itu")
    return Source(source.path, _CONTROL.sub(" ", source.text), source.first_line)
