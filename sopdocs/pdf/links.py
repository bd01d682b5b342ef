"""Links from one part of the bundle to another, as LibreOffice leaves them and as they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Dictionary, Name, Object, Pdf, String

from sopdocs.errors import OutputRejectedError

_PART = re.compile(r"(?:file:.*|\.\.)/((?:bagian|sop)/[a-z0-9-]+\.pdf)", re.DOTALL)
"""A link to a part: resolved against the folder that the DOCX was converted in, or still relative."""


def restore_links(document: Pdf) -> None:
    """Make the links to other parts relative again, `../<key>.pdf`; changes `document`.

    LibreOffice resolves them against its temporary folder. Each link also gets a description for screen readers
    (ISO 14289-1, 7.18.5) when it has none. Raises OutputRejectedError for a link to any other file.
    """
    for link in part_links(document):
        uri = str(link.A.URI)
        found = _PART.fullmatch(uri)
        if found is None and uri.startswith(("file:", "..", "/")):
            raise OutputRejectedError(
                f"PDF memuat tautan ke berkas di luar bundel: {uri}", "hapus tautannya di templat"
            )
        if found is not None:
            link.A.URI = String(f"../{found[1]}")
        if not str(link.get(Name.Contents, "")).strip():
            link.Contents = String(f"Tautan ke {link.A.URI}")


def part_links(document: Pdf) -> Iterator[Object]:
    """The link annotations that open an address, page by page."""
    for page in document.pages:
        for annotation in page.obj.get(Name.Annots, []):
            if annotation.get(Name.Subtype) == Name.Link and _opens_address(annotation.get(Name.A)):
                yield annotation


def _opens_address(action: Object | None) -> bool:
    return isinstance(action, Dictionary) and action.get(Name.S) == Name.URI
