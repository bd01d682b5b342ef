"""Hold an edition's files against its sealed bundle: only that bears a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sopdocs.engine.files import read_if_there
from sopdocs.errors import OutputRejectedError
from sopdocs.model import Edisi
from sopdocs.pdf import page_texts, read_bundle

_CHANGES = "bagian/perubahan"
_DIGEST = re.compile(r"SHA-256([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class SealedPages:
    """The text of a sealed bundle, without gaps: readers of a PDF guess blanks from distances."""

    pages: tuple[str, ...]
    parts: dict[str, tuple[int, int]]
    """Key -> first page, from 1, and how many."""

    @classmethod
    def read(cls, pdf: bytes) -> SealedPages:
        """Read a bundle. Raises OutputRejectedError for what is none."""
        parts = {part.key: (part.first, part.pages) for part in read_bundle(pdf).parts}
        return cls(_plain(page_texts(pdf)), parts)

    def of(self, key: str) -> tuple[str, ...]:
        """The pages of a part; none when it is not there."""
        first, count = self.parts.get(key, (1, 0))
        return self.pages[first - 1 : first - 1 + count]

    @property
    def named_record(self) -> str:
        """SHA-256 of the earlier edition's record that the lembar perubahan names; empty when it names none."""
        found = _DIGEST.search("".join(self.of(_CHANGES)))
        return found[1] if found else ""


def sheets_apart(folder: Path, edisi: Edisi, sealed: SealedPages) -> tuple[str, ...]:
    """Say in Indonesian which sheets of the edition in `folder` do not say what the bundle's pages say.

    The bundle adds a page number at the end of each page. Pictures and lines are not compared: `reproduce` does that.
    """
    found: list[str] = []
    for sop in edisi.berlaku:
        name = f"sop/{sop.slug}.pdf"
        pages = sealed.of(f"sop/{sop.slug}")
        try:
            sheet = _plain(page_texts(read_if_there(folder / name) or b""))
        except OutputRejectedError:
            found.append(f"{name} tidak dapat dibaca")
            continue
        if len(sheet) != len(pages):
            found.append(f"{name}: {len(sheet)} halaman, di bundel tersegel {len(pages)}")
            continue
        apart = [str(n) for n, (own, page) in enumerate(zip(sheet, pages, strict=True), 1) if not page.startswith(own)]
        if apart:
            found.append(f"{name}: teks halaman {', '.join(apart)} lain dari yang di bundel tersegel")
    strangers = sealed.parts.keys() - {f"sop/{sop.slug}" for sop in edisi.berlaku}
    found += [f"{key} ada di bundel, tetapi tidak di catatan edisi" for key in strangers if key.startswith("sop/")]
    return tuple(found)


def _plain(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple("".join(text.split()) for text in texts)
