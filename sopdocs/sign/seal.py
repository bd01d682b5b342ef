"""Checks on the bytes of a signed file that need no PDF parser: what the signature covers, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopdocs.sign.report import Problem, Topic, Verdict

END_OF_FILE = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")


def seal_problems(pdf: bytes, byte_range: Sequence[int], contents: bytes) -> list[Problem]:
    """Return what keeps the signature from sealing every byte of `pdf`.

    `contents` is the decoded /Contents with its padding. Stricter than ISO 32000-1, 12.8.1: the only bytes left
    out must be `<`, the hexadecimal `contents` in one letter case, `>`; and the padding must be zero.
    """
    problems: list[str] = []
    gap = _gap(pdf, byte_range)
    if gap is None:
        problems.append("Rentang bita tanda tangan (ByteRange) tidak wajar.")
    else:
        if gap not in (b"<%s>" % contents.hex().encode(), b"<%s>" % contents.hex().upper().encode()):
            problems.append("Bita di luar jangkauan tanda tangan bukan hanya nilai tanda tangan itu sendiri.")
        extra = len(pdf) - byte_range[2] - byte_range[3]
        if extra > 0:
            problems.append(
                f"Tanda tangan tidak mencakup seluruh berkas: ada {extra} bita yang ditambahkan sesudah "
                "berkas ditandatangani."
            )
    if any(contents[der_length(contents) :]):
        problems.append("Sisa ruang nilai tanda tangan tidak kosong.")
    if END_OF_FILE.search(pdf) is None:
        problems.append("Ada bita sesudah penanda akhir berkas (%%EOF), atau penanda itu hilang.")
    return [Problem(Verdict.FAILED, Topic.COVERAGE, sentence) for sentence in problems]


def revision_end(pdf: bytes, byte_range: Sequence[int]) -> int | None:
    """Return the offset just after the signed revision, None when the byte range makes no sense."""
    return None if _gap(pdf, byte_range) is None else byte_range[2] + byte_range[3]


def _gap(pdf: bytes, byte_range: Sequence[int]) -> bytes | None:
    """Return the bytes that the signature leaves out; None when the byte range is not two parts from 0 in order."""
    if len(byte_range) != 4:
        return None
    start, first, second, rest = byte_range
    if start != 0 or first <= 0 or rest <= 0 or second <= first or second + rest > len(pdf):
        return None
    return pdf[first:second]


def der_length(contents: bytes) -> int:
    """Return the length of the DER value at the start of `contents` with its header (X.690, 8.1.3).

    0 when there is none, or when its length is indefinite, which DER forbids.
    """
    if len(contents) < 2:
        return 0
    first = contents[1]
    if first < 0x80:
        return 2 + first
    count = first & 0x7F
    if count == 0 or len(contents) < 2 + count:
        return 0
    return 2 + count + int.from_bytes(contents[2 : 2 + count], "big")
