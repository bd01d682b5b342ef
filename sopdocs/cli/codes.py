"""The codes of all rooms in one place, and the choice among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sopdocs import content, rules
from sopdocs.content.report import nearest, quote
from sopdocs.errors import UsageError
from sopdocs.model import Finding

TITLES: dict[str, str] = {**content.CODES, **rules.CODES}
"""Every code there is, with its short Indonesian title."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings are shown: those of `select`, all when it is empty, but none of `ignore`."""

    select: tuple[str, ...] = ()
    """Codes or beginnings of codes."""
    ignore: tuple[str, ...] = ()
    """Codes or beginnings of codes."""

    def shown(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings to show, in their order."""
        chosen = (f for f in findings if not self.select or f.code.startswith(self.select))
        return tuple(f for f in chosen if not f.code.startswith(self.ignore))


EVERYTHING = Selection()


def selection(select: Iterable[str], ignore: Iterable[str]) -> Selection:
    """Read the values of `--select` and `--ignore`; raises UsageError for a code that does not exist."""
    return Selection(_codes("--select", select), _codes("--ignore", ignore))


def _codes(option: str, values: Iterable[str]) -> tuple[str, ...]:
    pieces = [piece.strip().upper() for value in values for piece in value.split(",")]
    for piece in pieces:
        if not piece:
            raise UsageError(f"{option} memuat kode yang kosong", f"contoh: {option} SOP048,SOP1")
        if not any(code.startswith(piece) for code in TITLES):
            raise UsageError(f"Kode {quote(piece)} pada {option} tidak dikenal", _advice(piece))
    return tuple(pieces)


def _advice(piece: str) -> str:
    if not re.fullmatch(r"SOP[0-9]+", piece):
        return nearest(piece, TITLES) or "daftar kode ada di docs/aturan.md"
    # Numbers are near in another way than words: SOP049 is next to SOP048, not to SOP804.
    wanted = int(piece[3:6].ljust(3, "0"))
    close = min(TITLES, key=lambda code: (abs(int(code[3:]) - wanted), code))
    return f"maksud Anda “{close}”?"
