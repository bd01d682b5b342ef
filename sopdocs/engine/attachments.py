"""What travels inside the bundle: its sources, and sheets that were signed one by one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from mimetypes import guess_type
from pathlib import Path
from typing import Any, cast

from sopdocs.engine.files import read_if_there
from sopdocs.engine.manifest import Manifest, PartEntry
from sopdocs.model import SHARED, Place
from sopdocs.pdf import Attachment, Relationship
from sopdocs.word import ChangeEntry, ChangeSheet

LIST = "sopdocs-sumber.json"
"""Attachment that says where the other ones belong, and with what the bundle was made."""
FORMAT = "sopdocs-sumber/1"
CHANGES = "sopdocs-perubahan.json"
"""Attachment that says what differs from the edition before."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {".md": "text/markdown", ".yaml": "application/yaml", ".docx": _DOCX}


@dataclass(frozen=True, slots=True)
class Approvals:
    """Signed sheets, by slug."""

    signed: Mapping[str, bytes]
    """Those that hold exactly today's sheet."""
    outdated: tuple[str, ...] = ()
    """Slugs of those that were signed before the sheet changed, or by nobody; not attached."""
    folder: str = f"{SHARED}/persetujuan"
    """Where they lie below the workspace."""


def approvals(place: Place, sheets: Mapping[str, bytes], genuine: Callable[[bytes], bool]) -> Approvals:
    """Find the signed sheets of an office that belong to `sheets`, the unsigned PDFs by slug.

    A signature leaves the bytes that it signs as they are, and adds others after them; `genuine` judges these.
    """
    found = {slug: read_if_there(place.root / place.approvals / f"{slug}.pdf") for slug in sheets}
    there = {slug: pdf for slug, pdf in found.items() if pdf is not None}
    signed = {slug: pdf for slug, pdf in there.items() if pdf.startswith(sheets[slug]) and genuine(pdf)}
    return Approvals(signed, tuple(slug for slug in there if slug not in signed), place.approvals)


def attachments(
    sources: Mapping[str, bytes] | None,
    documents: Mapping[str, bytes],
    signed: Approvals,
    entries: tuple[PartEntry, ...],
    built: Manifest,
    day: date,
) -> tuple[Attachment, ...]:
    """Return what is attached (ISO 19005-3, annex E): approvals always, sources and Word files when wanted."""
    attached = {
        (path := f"{signed.folder}/{slug}.pdf"): Attachment(
            path, pdf, "application/pdf", Relationship.SUPPLEMENT, "Lembar bertanda tangan", day
        )
        for slug, pdf in signed.signed.items()
    }
    if sources is None:
        return tuple(attached.values())
    files = {
        path: Attachment(path, data, _type(path), Relationship.SOURCE, "Sumber", day) for path, data in sources.items()
    }
    attached = files | attached
    record = {
        "format": FORMAT,
        "tools": built.tools,
        "sumber": sorted(attached),
        "bagian": [asdict(entry) for entry in entries],
        "konsep": {slug: list(entry.konsep) for slug, entry in sorted(built.sop.items())},
    }
    for path, data in documents.items():
        name = f"build/{path}"
        attached[name] = Attachment(name, data, _DOCX, Relationship.SOURCE, "Dokumen Word", day)
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    attached[LIST] = Attachment(LIST, text.encode(), "application/json", Relationship.DATA, "Manifes sumber", day)
    return tuple(attached.values())


def attached_changes(changes: ChangeSheet, day: date) -> Attachment:
    """Return the lembar perubahan as data."""
    text = json.dumps(asdict(changes), ensure_ascii=False, indent=2) + "\n"
    return Attachment(CHANGES, text.encode(), "application/json", Relationship.DATA, "Lembar perubahan", day)


def read_changes(data: bytes) -> ChangeSheet:
    """Read what `attached_changes` gave. Raises what reading wrong JSON raises."""
    record = cast(dict[str, Any], json.loads(data))
    return ChangeSheet(str(record["dasar"]), tuple(_entry(each) for each in record["butir"]))


def _entry(record: Mapping[str, Any]) -> ChangeEntry:
    title, key, number, state = (str(record[name]) for name in ("judul", "kunci", "nomor", "keadaan"))
    changes, reasons, people = (tuple(map(str, record[name])) for name in ("perubahan", "alasan", "oleh"))
    return ChangeEntry(title, key, number, state, changes, reasons, people)


def _type(path: str) -> str:
    return _TYPES.get(Path(path).suffix) or guess_type(path)[0] or "application/octet-stream"
