"""PDF files in memory that qpdf reads itself: through a stream each of its tiny steps calls Python."""

from __future__ import annotations

import io
import os
import sys

import pikepdf
from pikepdf import AccessMode, Pdf


def open_in_memory(pdf: bytes) -> Pdf:
    """Open `pdf` without repairing anything.

    Each PDF keeps a descriptor until it is closed: not for many at a time. Raises what pikepdf raises.
    """
    if sys.platform != "linux":
        return pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True)
    with os.fdopen(os.memfd_create("pdf"), "w+b") as file:
        file.write(pdf)
        file.seek(0)
        return pikepdf.open(file, attempt_recovery=False, suppress_warnings=True, access_mode=AccessMode.mmap)
