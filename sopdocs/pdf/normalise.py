"""Take out of a LibreOffice PDF what differs from run to run, and let it say what it is."""

from __future__ import annotations

import datetime
from typing import cast

from pikepdf import Array, Name, Object, Pdf, Stream

from sopdocs.pdf.attributes import share_attributes
from sopdocs.pdf.document import CREATOR, Description, describe, open_pdf, ordered_bytes
from sopdocs.pdf.links import restore_links

_ICC_DATE = slice(24, 36)
"""ICC.1:2010, 7.2.1: creation date and time of the profile, six big-endian 16-bit numbers."""

_ICC_FIXED_DATE = b"".join(number.to_bytes(2) for number in (2000, 1, 1, 0, 0, 0))


def normalise(pdf: bytes, *, title: str, date: datetime.date, lang: str = "id-ID") -> bytes:
    """Return `pdf` as repeatable PDF/A-2b and PDF/UA-1: equal inputs give equal bytes.

    `title` is shown in the window's title bar; `date` is the document's own date, no time of day; `lang` is the
    language of all text not marked otherwise (BCP 47). Dropped are creation and modification date, file
    identifier, LibreOffice's checksum, its XMP packet and the date in the header of the colour profile; links to other
    parts of the bundle become relative again.
    Raises OutputRejectedError if `pdf` is broken, encrypted, untagged or without output intent, or if it links to
    another file.
    """
    with open_pdf(pdf, title) as document:
        producer = str(document.trailer.Info.get(Name.Producer, CREATOR)) if Name.Info in document.trailer else CREATOR
        for key in (Name.ID, Name.DocChecksum):
            if key in document.trailer:
                del document.trailer[key]
        _fix_profile_date(document)
        share_attributes(document)
        restore_links(document)
        describe(document, Description(title, date, lang, producer))
        return ordered_bytes(document)


def _fix_profile_date(document: Pdf) -> None:
    for intent in cast("list[Object]", Array(document.Root.OutputIntents)):
        profile = intent.get(Name.DestOutputProfile)
        if isinstance(profile, Stream):
            data = bytearray(profile.read_bytes())
            data[_ICC_DATE] = _ICC_FIXED_DATE
            profile.write(bytes(data))
