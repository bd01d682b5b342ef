"""Pictures that a placeholder prints: whole PNG and JPEG files only, of a sensible size."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from sopdocs.errors import UsageError

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG frame, whose header holds the size (ITU-T T.81, B.1.1.3)."""
_MAX_PIXELS = 8000
_MAX_BYTES = 20_000_000
_AGAIN = "simpan ulang logo sebagai PNG"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a placeholder prints."""

    data: bytes = field(repr=False)
    alt: str = ""


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG in pixels.

    Reads the file to its end: a picture cut short is printed half or not at all, and nobody is told. Raises UsageError.
    """
    if len(data) > _MAX_BYTES:
        raise UsageError(f"Berkas logo lebih besar dari {_MAX_BYTES // 1_000_000} MB", "perkecil gambarnya")
    try:
        if data.startswith(_PNG):
            across, down = _png_size(data)
        elif data.startswith(_JPEG):
            across, down = _jpeg_size(data)
        else:
            raise UsageError("Logo bukan gambar PNG atau JPEG", _AGAIN)
    except (ValueError, IndexError) as error:
        raise UsageError("Logo bukan gambar PNG atau JPEG yang utuh", _AGAIN) from error
    if not 0 < min(across, down) <= max(across, down) <= _MAX_PIXELS:
        raise UsageError(f"Logo berukuran {across} × {down} titik", f"perkecil sampai paling besar {_MAX_PIXELS} titik")
    return across, down


def _number(data: bytes, at: int, length: int) -> int:
    if at + length > len(data):
        raise ValueError("cut off")
    return int.from_bytes(data[at : at + length], "big")


def _png_size(data: bytes) -> tuple[int, int]:
    at, size, pixels = len(_PNG), (0, 0), False
    while True:
        length, kind = _number(data, at, 4), data[at + 4 : at + 8]
        if zlib.crc32(data[at + 4 : at + 8 + length]) != _number(data, at + 8 + length, 4):
            raise ValueError("damaged")
        if kind == b"IHDR":
            size = _number(data, at + 8, 4), _number(data, at + 12, 4)
        pixels = pixels or kind == b"IDAT"
        if kind == b"IEND":
            if not pixels:
                raise ValueError("no pixels")
            return size
        at += 12 + length


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at, size = 2, (0, 0)
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker in _FRAMES:
            size = _number(data, at + 7, 2), _number(data, at + 5, 2)
        if marker == 0xDA:  # compressed pixels follow, up to the end marker
            if b"\xff\xd9" not in data[at:]:
                raise ValueError("cut off")
            return size
        at += 2 + _number(data, at + 2, 2)
