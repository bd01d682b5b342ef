"""Look at the bytes of a PDF without trusting a parser: where streams end, and what signatures cover."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

_OBJECT = re.compile(rb"(\d+) +(\d+) +obj\b")
_BODY = re.compile(rb"\bstream(?:\r\n|\n)|\bendobj\b")
_LENGTH = re.compile(rb"/Length +(\d+)(?! +\d+ +R)\b")
_END = re.compile(rb"(?:\r\n|\n|\r)endstream\s+endobj\b")
_REST = re.compile(rb"\s*(?:%[^\r\n]*[\r\n]+\s*)*")
"""White space and comments between objects."""
_TABLE = re.compile(rb"(?:xref\b.*?\btrailer\b.*?)?startxref\s+\d+\s+%%EOF", re.DOTALL)
_REVISION_END = re.compile(rb"%%EOF(?:\r\n|\n|\r)?\Z")


@dataclass(frozen=True, slots=True)
class ByteStream:
    """A stream as it lies in the file."""

    number: int
    """Of its object."""
    end: int
    """Offset just after its data."""
    exact: bool
    """Whether /Length reaches exactly to the line end before `endstream` (ISO 19005-2, 6.1.7.1)."""


def scan_streams(pdf: bytes) -> list[ByteStream] | None:
    """Return every stream of `pdf`, of all revisions, walking from object to object.

    None when the file is not written as plainly as this house and its signer write: objects one after the other, each
    /Length a number in the stream's own dictionary.
    """
    found: list[ByteStream] = []
    at = _after(_REST, pdf, 0)
    while at < len(pdf):
        start = _OBJECT.match(pdf, at)
        if start is None:
            table = _TABLE.match(pdf, at)
            if table is None:
                return None
            at = _after(_REST, pdf, table.end())
            continue
        body = _BODY.search(pdf, start.end())
        if body is None:
            return None
        at = body.end()
        if body[0] != b"endobj":
            lengths: list[bytes] = _LENGTH.findall(pdf, start.end(), body.start())
            if len(lengths) != 1:
                return None
            end = body.end() + int(lengths[0])
            finish = _END.match(pdf, end)
            found.append(ByteStream(int(start[1]), end, finish is not None))
            close = finish or _END.search(pdf, body.end())
            if close is None:
                return None
            at = close.end()
        at = _after(_REST, pdf, at)
    return found


def _after(pattern: re.Pattern[bytes], pdf: bytes, at: int) -> int:
    match = pattern.match(pdf, at)
    return at if match is None else match.end()


def scan_signatures(pdf: bytes) -> list[tuple[int, bool]]:
    """Return the object number of each signature in `pdf`, and whether it covers all of its own revision but itself.

    Raises pikepdf.PdfError for a file that does not open.
    """
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
        return [
            (item.objgen[0], _covers(pdf, item.ByteRange, item.get(Name.Contents)))
            for item in document.objects
            if isinstance(item, Dictionary) and Name.ByteRange in item
        ]


def _covers(pdf: bytes, byte_range: object, contents: object) -> bool:
    if not isinstance(byte_range, Array) or not isinstance(contents, pikepdf.String) or len(byte_range) != 4:
        return False
    values = byte_range.as_list()
    if not all(isinstance(value, int) for value in values):
        return False
    start, first, second, rest = (int(value) for value in values)
    if start != 0 or not 0 < first < second < second + rest <= len(pdf):
        return False
    gap = pdf[first:second]
    itself = gap[:1] == b"<" and gap[-1:] == b">" and gap[1:-1].lower() == bytes(contents).hex().encode()
    end = second + rest
    whole_line = pdf[end : end + 1] not in (b"\r", b"\n")
    return itself and whole_line and _REVISION_END.search(pdf, end - 8, end) is not None
