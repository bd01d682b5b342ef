"""Find the font files that layout measures with, the same that LibreOffice will print with."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sopdocs.errors import ToolMissingError
from sopdocs.office.run import environment

FONT_FOLDERS = (
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
    Path("/usr/local/share/fonts"),
    Path("/usr/share/fonts"),
    Path("~/Library/Fonts"),
    Path("/Library/Fonts"),
    Path("C:/Windows/Fonts"),
    Path("/Applications/LibreOffice.app/Contents/Resources/fonts"),
    Path("C:/Program Files/LibreOffice/share/fonts"),
)
"""Searched, in this order, where there is no fontconfig; LibreOffice brings Liberation Sans along."""

FC_MATCH_TIME_LIMIT = 60.0
"""Seconds; a cold font cache costs up to a second, a slow disk more."""

_SEMIBOLD = 180
"""fontconfig's FC_WEIGHT_DEMIBOLD: from here on a face counts as bold."""


@dataclass(frozen=True, slots=True)
class FontFiles:
    """The four faces of a family."""

    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path


@dataclass(frozen=True, slots=True)
class _Face:
    field: str
    pattern: str
    """fontconfig's words for it."""
    suffix: str
    """How such a file's name ends, by the custom of font makers."""
    bold: bool
    italic: bool


_FACES = (
    _Face("regular", ":regular:roman", "Regular", bold=False, italic=False),
    _Face("bold", ":bold:roman", "Bold", bold=True, italic=False),
    _Face("italic", ":regular:italic", "Italic", bold=False, italic=True),
    _Face("bold_italic", ":bold:italic", "BoldItalic", bold=True, italic=True),
)


def find_fonts(family: str = "Liberation Sans", *, folders: Sequence[Path] = FONT_FOLDERS) -> FontFiles:
    """Return the files of the four faces of `family`.

    Asks `fc-match`, as LibreOffice on Linux does; where there is none, looks for the usual file names in
    `folders`. Raises ToolMissingError when a face is missing: another font in its place would shift every line.
    """
    fc_match = shutil.which("fc-match")
    found: dict[str, Path] = {}
    for face in _FACES:
        path = _by_fontconfig(fc_match, family, face) if fc_match else _by_name(family, face, folders)
        if path is None:
            raise ToolMissingError(
                f"Huruf {family} ({face.suffix}) tidak terpasang.",
                "Debian atau Ubuntu: sudo apt install fonts-liberation. "
                "Fedora: sudo dnf install liberation-sans-fonts. "
                "macOS dan Windows: huruf Liberation ikut terpasang bersama LibreOffice.",
            )
        found[face.field] = path
    return FontFiles(**found)


def _by_fontconfig(fc_match: str, family: str, face: _Face) -> Path | None:
    pattern = re.sub(r"([\\\-:,])", r"\\\1", family) + face.pattern
    wanted = "%{family}\t%{weight}\t%{slant}\t%{file}"
    try:
        answer = subprocess.run(
            [fc_match, "-f", wanted, pattern],
            stdin=subprocess.DEVNULL,
            env=environment(),
            capture_output=True,
            timeout=FC_MATCH_TIME_LIMIT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ToolMissingError(
            "Program fc-match tidak menjawab.", "Pasang ulang paket fontconfig, lalu jalankan fc-cache -f."
        ) from error
    fields = answer.stdout.decode("utf-8", "replace").split("\t", 3)
    if len(fields) < 4:
        return None
    families, weight, slant, file = fields
    # fc-match never says no: it answers with the nearest font there is.
    if family.casefold() not in families.casefold().split(","):
        return None
    if not (weight.isdecimal() and slant.isdecimal()):  # a variable font gives a range
        return None
    if (int(weight) >= _SEMIBOLD) is not face.bold or (int(slant) > 0) is not face.italic:
        return None
    return Path(file)


def _by_name(family: str, face: _Face, folders: Sequence[Path]) -> Path | None:
    stem = f"{family.replace(' ', '')}-{face.suffix}".casefold()
    for folder in folders:
        for path in sorted(folder.expanduser().rglob("*.[tToO][tT][fF]")):
            if path.stem.casefold() == stem:
                return path
    return None
