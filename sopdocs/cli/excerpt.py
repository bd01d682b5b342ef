"""The line of source that a finding points at, with a caret under the column."""

from __future__ import annotations

import stat
import unicodedata
from pathlib import Path, PurePosixPath

from rich.cells import get_character_cell_size

from sopdocs.content.segel import SEGEL
from sopdocs.content.source import MAX_BYTES
from sopdocs.model import Span

_TAB = "    "
_CUT = "…"
_UNSAFE = "\ufffd"
_NARROWEST = 20


class Sources:
    """The lines of the files in a workspace; each file is read once, when its first line is asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines: dict[str, list[str]] = {}

    def line(self, span: Span) -> str | None:
        """The line as it stands in the file; None when it cannot be had, or may hold a secret put there by mistake."""
        if PurePosixPath(span.path).name == PurePosixPath(SEGEL).name:
            return None
        if span.path not in self._lines:
            self._lines[span.path] = _read(self._root / span.path)
        lines = self._lines[span.path]
        return lines[span.line - 1] if 1 <= span.line <= len(lines) else None


def _read(path: Path) -> list[str]:
    """Lines and columns as the content room counts them; none when the file is no text."""
    try:
        # Anything but a regular file may block for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            return []
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        return []
    if len(data) > MAX_BYTES or b"\0" in data:
        return []
    text = data.decode("utf-8", errors="replace").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n")


def printable(text: str) -> str:
    """Return `text` with a mark for each character that a terminal would obey or hide instead of showing it."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or unicodedata.category(char) == "Zs" else _UNSAFE for char in text)


def excerpt(span: Span, line: str, width: int) -> tuple[str, str]:
    """Return the line with its number, and the line with the caret, in at most `width` cells.

    Both begin with a space, which tells them from the line of a finding.
    """
    gutter = f"  {span.line:>3} | "
    shown, column = _window(line, span.col - 1, max(width - len(gutter), _NARROWEST))
    return (gutter + shown).rstrip(), " " * (len(gutter) - 2) + "| " + " " * column + "^"


def _window(line: str, caret: int, limit: int) -> tuple[str, int]:
    """The part of `line` around the character at index `caret`, and the cell in which that character begins."""
    caret = max(0, min(caret, len(line)))
    # No more than this can be shown; a line may have a million characters.
    first, last = max(0, caret - limit), min(len(line), caret + limit)
    chars = [_TAB if char == "\t" else printable(char) for char in line[first:last]]
    widths = [sum(map(get_character_cell_size, char)) for char in chars]
    if sum(widths) <= limit - (first > 0) - (last < len(line)):
        left, right = 0, len(widths)
    else:
        left, right = _around(widths, caret - first, limit - 2 * len(_CUT))
    before = _CUT if first + left > 0 else ""
    after = _CUT if first + right < len(line) else ""
    column = len(before) + sum(widths[left : caret - first])
    return before + "".join(chars[left:right]) + after, column


def _around(widths: list[int], caret: int, room: int) -> tuple[int, int]:
    """The range of characters around `caret` that fits into `room` cells, half of them before it where possible."""
    left = right = caret
    used = 0
    while left > 0 and used + widths[left - 1] <= room // 2:
        left -= 1
        used += widths[left]
    while right < len(widths) and used + widths[right] <= room:
        used += widths[right]
        right += 1
    while left > 0 and used + widths[left - 1] <= room:
        left -= 1
        used += widths[left]
    return left, right
