"""What goes to a printer and what comes back."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from signal import Signals

from sopdocs.errors import OutputRejectedError
from sopdocs.office.run import Ended, Limits, Outcome

TIME_LIMIT = 120.0
"""Seconds that LibreOffice may take for a document."""

EXPORT_OPTIONS = {
    "SelectPdfVersion": {"type": "long", "value": "2"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
}
"""PDF/A-2b and PDF/UA-1. The titles of both standards still need `sopdocs.pdf.normalise`."""

_PRINTED_LIMIT = 600
_NOISE = re.compile(r"^.*javaldx.*$", re.MULTILINE)
"""Said at every start where there is no Java, which nothing here needs."""


@dataclass(frozen=True, slots=True)
class Document:
    """A Word file to be printed. Raises OutputRejectedError for what is none."""

    name: str
    """How messages call it."""
    docx: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not self.docx.startswith(b"PK"):  # LibreOffice makes an empty page of an empty file
            raise OutputRejectedError(f"Berkas yang akan dikonversi bukan DOCX: {self.name}")


class LeftUndoneError(OutputRejectedError):
    """LibreOffice ended over another document before it came to this one, which may be faultless."""


Printed = bytes | OutputRejectedError
"""A tagged PDF/A-2b, or why there is none."""


@dataclass(frozen=True, slots=True)
class Account:
    """What to tell when a document did not become a PDF."""

    fault: str
    """Begins the message, before the name of the document."""
    advice: str


def account(outcome: Outcome, limits: Limits, folder: Path) -> Account:
    """Tell how LibreOffice ended and what it printed, shortened, without `folder`, which is gone by then."""
    fault, ended = _ending(outcome.status, limits)
    told = _NOISE.sub("", outcome.printed.replace(str(folder.absolute()) + os.sep, ""))
    printed = re.sub(r"\s+", " ", told).strip()
    if len(printed) > _PRINTED_LIMIT:
        printed = printed[:_PRINTED_LIMIT] + " …"
    return Account(
        fault, f"{ended} Pesannya: {printed}" if printed else f"{ended} Ulangi; bila berulang, jalankan sopdocs doctor."
    )


def accepted(result: Path, name: str, otherwise: Account) -> Printed:
    """Return the PDF in the file `result`, or why it is none. Raises OSError if the file cannot be read."""
    try:
        pdf = result.read_bytes()
    except FileNotFoundError:
        return OutputRejectedError(f"{otherwise.fault}: {name}", otherwise.advice)
    if not pdf.startswith(b"%PDF"):
        return OutputRejectedError(f"Hasil LibreOffice bukan PDF: {name}", otherwise.advice)
    if not pdf.rstrip().endswith(b"%%EOF"):
        return OutputRejectedError(f"PDF dari LibreOffice terpotong: {name}", otherwise.advice)
    return pdf


def _ending(status: int | Ended, limits: Limits) -> tuple[str, str]:
    none = "LibreOffice tidak menghasilkan PDF"
    if status is Ended.TIME:
        return f"LibreOffice belum selesai setelah {limits.seconds:g} detik", (
            "LibreOffice dihentikan karena batas waktu."
        )
    if status is Ended.MEMORY:
        return f"LibreOffice memakai lebih dari {limits.megabytes} MB memori", (
            "LibreOffice dihentikan karena batas memori. Periksa gambar yang besar."
        )
    if isinstance(status, Ended):
        return none, "LibreOffice dihentikan karena jawabannya tidak dapat dipahami."
    if status < 0:
        return none, f"LibreOffice mati oleh sinyal {Signals(-status).name}."
    return none, f"LibreOffice selesai dengan status {status}."
