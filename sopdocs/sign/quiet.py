"""A pyHanko writer that leaves the document's metadata alone.

pyHanko 0.38 rewrites /Info and the XMP packet at every write and thereby damages the PDF/A extension schemas
(ISO 19005-2, 6.6.2.3). It offers no public switch, so this module overrides one private method and is the only
place that does. Both ways in which a new pyHanko could break it are detected: the method may vanish
(`open_for_update`), or metadata may be written elsewhere (`require_untouched_metadata`).
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import cast

from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from sopdocs.errors import UsageError
from sopdocs.sign.foreign import Reader, signature_fields

HOOK = "_update_meta"


class QuietWriter(IncrementalPdfFileWriter):
    """An incremental writer that writes neither /Info nor XMP."""

    def _update_meta(self) -> None:
        """Do nothing, where pyHanko would stamp its name and the time."""


def open_for_update(pdf: bytes) -> QuietWriter:
    """Open `pdf` for one incremental update that keeps its metadata.

    Raises RuntimeError when pyHanko no longer has the method that this relies on; pyHanko's own errors for a
    file that it cannot read.
    """
    if not callable(getattr(BasePdfFileWriter, HOOK, None)):
        raise RuntimeError(f"pyHanko has no BasePdfFileWriter.{HOOK}: find the new way to keep metadata unchanged")
    return QuietWriter(BytesIO(pdf))


def open_unsigned(pdf: bytes) -> QuietWriter:
    """Open `pdf` for signing; raise UsageError when it is damaged, encrypted, or has a signature field already."""
    try:
        writer = open_for_update(pdf)
        encrypted = writer.prev.encrypted
        fields = [] if encrypted else list(signature_fields(writer.prev))
    except (PdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            "Berkas yang akan ditandatangani bukan PDF yang utuh.",
            "Buat ulang PDF itu dengan perintah build, lalu tandatangani lagi.",
        ) from error
    if encrypted:
        raise UsageError(
            "PDF yang akan ditandatangani terenkripsi.",
            "Simpan tanpa kata sandi; PDF/A melarang enkripsi.",
        )
    if fields:
        raise UsageError(
            "PDF ini sudah memuat tanda tangan atau kolom tanda tangan.",
            "Tandatangani bundel yang belum ditandatangani; satu bundel hanya memuat satu tanda tangan.",
        )
    return writer


def require_untouched_metadata(writer: QuietWriter, written: bytes) -> None:
    """Raise RuntimeError when `written`, what `writer` added to its file, holds /Info or the XMP packet again."""
    before = cast("Reader", writer.prev)
    for dictionary, key in ((before.trailer, "/Info"), (before.root, "/Metadata")):
        if key not in dictionary:
            continue
        value = dictionary.raw_get(key)
        if not isinstance(value, IndirectObject):
            raise RuntimeError(f"{key} is no object of its own: it cannot be told whether it was rewritten")
        # An incremental update of pyHanko holds its objects one by one, not in object streams.
        own = b"%d %d" % (value.idnum, value.generation)
        named = re.findall(re.escape(key.encode()) + rb"\s+(\d+ \d+) R\b", written)
        if set(named) - {own} or re.search(rb"(?<!\d)%s obj\b" % own, written):
            raise RuntimeError(f"the signing revision rewrites {key}: pyHanko changes metadata behind {HOOK}")
