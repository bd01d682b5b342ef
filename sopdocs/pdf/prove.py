"""Read a PDF back: is it what it should be?"""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

from sopdocs.errors import OutputRejectedError
from sopdocs.model import PrintedSheet

if TYPE_CHECKING:
    from pypdf import PdfReader

_BROKEN_ADVICE = "Ulangi pembuatan PDF. Bila berulang, buka DOCX-nya di LibreOffice dan periksa isinya."
_UNREAD_ADVICE = f"Hapus emoji dan huruf yang bukan Latin dari teks itu bila ada. {_BROKEN_ADVICE}"


class PageCountError(OutputRejectedError):
    """A PDF that opens but has another number of pages than was laid out."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(
            f"PDF berisi {found} halaman, seharusnya {expected}.",
            "Periksa apakah huruf Liberation Sans terpasang dan apakah templat berubah sejak tata letak dihitung.",
        )
        self.expected = expected
        self.found = found

    def __reduce__(self) -> tuple[type[PageCountError], tuple[object, ...]]:
        return type(self), (self.expected, self.found)


def prove(printed: PrintedSheet, *, pages: int, contains: str) -> None:
    """Raise unless a PDF, as `read_printed` reads it, has `pages` pages and carries the text `contains`.

    White space does not count in the comparison (a text may be broken over lines, and readers guess blanks from
    distances); case does. Raises PageCountError or OutputRejectedError.
    """
    if len(printed.pages) != pages:
        raise PageCountError(pages, len(printed.pages))
    if _without_space(contains) not in _without_space("".join(page.text for page in printed.pages)):
        raise OutputRejectedError(f"PDF tidak memuat teks ini: {contains}", _UNREAD_ADVICE)


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page, read by another library than `read_printed` uses, in twice its time.

    Raises OutputRejectedError if `pdf` is broken or encrypted.
    """
    try:
        reader = _open(pdf)
        return tuple(page.extract_text() for page in reader.pages)
    except OutputRejectedError:
        raise
    except Exception as error:  # pypdf raises nearly anything on a broken file
        raise OutputRejectedError(f"PDF tidak dapat dibaca: {error}", _BROKEN_ADVICE) from error


def page_count(pdf: bytes) -> int:
    """Return the number of pages. Raises OutputRejectedError if `pdf` is broken or encrypted."""
    try:
        return len(_open(pdf).pages)
    except OutputRejectedError:
        raise
    except Exception as error:  # as in page_texts
        raise OutputRejectedError(f"PDF tidak dapat dibaca: {error}", _BROKEN_ADVICE) from error


def _open(pdf: bytes) -> PdfReader:
    # Late: pypdf takes a tenth of a second to load, and who makes single sheets needs none of it.
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf), strict=True)
    if reader.is_encrypted:
        raise OutputRejectedError("PDF ini terenkripsi, padahal lembar SOP harus terbuka.", _BROKEN_ADVICE)
    return reader


def _without_space(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
