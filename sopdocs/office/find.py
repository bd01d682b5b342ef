"""Find LibreOffice."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sopdocs.errors import ToolMissingError, UsageError, reason
from sopdocs.office.run import Limits, run

NAMES = ("soffice", "libreoffice")
PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/usr/lib64/libreoffice/program/soffice"),
)
"""Where installers put it without adding it to PATH."""

INSTALL_ADVICE = (
    "Pasang LibreOffice Writer. "
    "Debian atau Ubuntu: sudo apt install libreoffice-writer-nogui fonts-liberation. "
    "Fedora: sudo dnf install libreoffice-writer liberation-sans-fonts. "
    "macOS: brew install --cask libreoffice. "
    "Windows: winget install TheDocumentFoundation.LibreOffice."
)

VERSION_TIME_LIMIT = 30.0
"""Seconds for `--version`; 0.1 when warm, but a cold disk of a shared machine is slow."""

_VERSION = re.compile(r"LibreOffice\w*\s+(\d[\w.]*)")


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """An installed LibreOffice that has answered when asked for its version."""

    executable: Path
    version: str


def find_libreoffice(preferred: str | None = None) -> LibreOffice:
    """Return the LibreOffice to work with: `preferred` or else the first one found.

    `preferred` is a path or a name on PATH; when it is given no other is taken in its place. Without it PATH
    is searched, then the usual places of macOS, Windows and Linux. Raises ToolMissingError if there is none or
    it does not say its version.
    """
    if preferred:
        return _ask(_preferred(preferred))
    found = [Path(path) for name in NAMES if (path := shutil.which(name))]
    found += [place for place in PLACES if place.is_file()]
    if not found:
        raise ToolMissingError("LibreOffice tidak ditemukan di komputer ini.", INSTALL_ADVICE)
    return _ask(found[0])


def _preferred(wanted: str) -> Path:
    path = shutil.which(wanted)
    if path is None:
        raise ToolMissingError(
            f"LibreOffice yang diminta tidak ditemukan atau tidak dapat dijalankan: {wanted}",
            "Perbaiki isi SOPDOCS_SOFFICE, atau hapus agar LibreOffice dicari sendiri.",
        )
    return Path(path)


def _ask(executable: Path) -> LibreOffice:
    with _temporary() as folder:
        try:
            asked = [str(executable), "--version"]
            outcome = run(asked, log=Path(folder) / "version.txt", limits=Limits(VERSION_TIME_LIMIT))
        except OSError as error:
            raise ToolMissingError(
                f"LibreOffice tidak dapat dijalankan: {executable} ({reason(error)})", INSTALL_ADVICE
            ) from error
    match = _VERSION.search(outcome.printed)
    if outcome.status != 0 or match is None:
        raise ToolMissingError(f"Program ini tidak menjawab sebagai LibreOffice: {executable}", INSTALL_ADVICE)
    return LibreOffice(executable, match[1])


def _temporary() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="sopdocs-", ignore_cleanup_errors=True)
    except OSError as error:
        raise UsageError(
            f"Folder sementara sistem tidak dapat ditulis ({reason(error)})",
            "kosongkan ruang pada disk itu, atau tunjuk folder lain dengan TMPDIR",
        ) from error
