"""PDF files in memory that qpdf reads and writes itself: through a stream each of its tiny steps calls Python."""

from __future__ import annotations

import io
import os
import sys
from typing import BinaryIO

import pikepdf
from pikepdf import AccessMode, Pdf


def memory_file() -> BinaryIO:
    """Return an empty file without a place on disk, to be closed; one that only Python can read where none is had."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("pdf"), "w+b")
    return io.BytesIO()


def open_mapped(file: BinaryIO) -> Pdf:
    """Open what stands in a file of `memory_file`, which stays open, without repairing anything.

    Each PDF keeps a descriptor until it is closed: not for many at a time. Raises what pikepdf raises.
    """
    file.seek(0)
    return pikepdf.open(file, attempt_recovery=False, suppress_warnings=True, access_mode=AccessMode.mmap)


def open_in_memory(pdf: bytes) -> Pdf:
    """Open `pdf` likewise."""
    file = memory_file()
    try:
        file.write(pdf)
        return open_mapped(file)
    finally:
        if not isinstance(file, io.BytesIO):  # what is mapped stays
            file.close()
