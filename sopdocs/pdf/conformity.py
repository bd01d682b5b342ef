"""Judge whether a file is what its metadata claim: PDF/A-2b or PDF/A-3b, and PDF/UA-1.

The validator errs in two places, measured against the rules of veraPDF; each such failure is let pass only after our
own look at the bytes of that object has shown the file to be right.
"""

from __future__ import annotations

from dataclasses import dataclass

import page
import pikepdf

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf.bytescan import ByteStream, scan_signatures, scan_streams
from sopdocs.pdf.reading import claimed_part

_LENGTH = "-STREAM-LENGTH-001"
"""Takes a 0x0D at the end of a stream's data for part of the line end before `endstream` (ISO 19005-2, 6.1.7.1)."""
_BYTE_RANGE = "-SIGNATURE-BYTERANGE-001"
"""Wants a signature to cover the whole file, where ISO 19005-2, 6.4.3 asks for its own revision."""
_ADVICE = "Minta berkas aslinya, atau buat ulang dengan sopdocs build."


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that the file breaks."""

    standard: str
    """PDF/A-2b, PDF/A-3b or PDF/UA-1."""
    rule: str
    """The validator's name of it."""
    message: str
    """In the validator's English."""
    number: int | None
    """Of the object, when there is one."""


@dataclass(frozen=True, slots=True)
class Conformity:
    """What the validator found."""

    standards: tuple[str, ...]
    """What was asked for, for example PDF/A-2b and PDF/UA-1."""
    failures: tuple[Failure, ...]
    passed_over: tuple[Failure, ...]
    """Errors of the validator, each refuted by our own scan."""

    @property
    def holds(self) -> bool:
        """Whether the file is what it claims to be."""
        return not self.failures


def conformity(pdf: bytes) -> Conformity:
    """Judge `pdf` by PDF/A-3b if it claims that part, by PDF/A-2b otherwise, and by PDF/UA-1.

    Raises OutputRejectedError for what cannot be read at all or goes beyond the validator's limits.
    """
    archive = "3b" if claimed_part(pdf) == 3 else "2b"
    profiles = {archive: f"PDF/A-{archive}", "ua1": "PDF/UA-1"}
    try:
        found = [each for profile, standard in profiles.items() for each in _failures(pdf, profile, standard)]
    except page.PageError as error:
        raise OutputRejectedError(f"Berkas PDF ini tidak dapat diperiksa terhadap PDF/A: {error}", _ADVICE) from error
    refuted = [each for each in found if _refuted(pdf, each)]
    return Conformity(tuple(profiles.values()), tuple(each for each in found if each not in refuted), tuple(refuted))


def _failures(pdf: bytes, profile: str, standard: str) -> list[Failure]:
    return [
        Failure(standard, each.rule_id, each.message, each.object_id.object_number if each.object_id else None)
        for each in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]


def _refuted(pdf: bytes, failure: Failure) -> bool:
    """Whether the bytes show that the validator errs.

    It names no object when a rule fails more than once; then all objects of the kind have to be right.
    """
    if failure.rule.endswith(_LENGTH):
        streams = scan_streams(pdf)
        meant = [each for each in streams or () if failure.number in (None, each.number)]
        return any(_ends_in_return(pdf, each) for each in meant) and all(each.exact for each in meant)
    if failure.rule.endswith(_BYTE_RANGE):
        try:
            signatures = scan_signatures(pdf)
        except pikepdf.PdfError:
            return False
        covers = [covered for number, covered in signatures if failure.number in (None, number)]
        return bool(covers) and all(covers)
    return False


def _ends_in_return(pdf: bytes, stream: ByteStream) -> bool:
    return stream.exact and pdf[stream.end - 1 : stream.end] == b"\r"
