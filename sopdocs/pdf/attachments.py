"""Files attached to the bundle: what it was made from."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, Stream, String

from sopdocs.errors import OutputRejectedError


class Relationship(StrEnum):
    """What an attachment is to the document (ISO 19005-3, annex E)."""

    SOURCE = "Source"
    DATA = "Data"
    ALTERNATIVE = "Alternative"
    SUPPLEMENT = "Supplement"
    UNSPECIFIED = "Unspecified"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the bundle."""

    name: str
    """Path below the workspace, with slashes: content/sop/surat-masuk.md."""
    data: bytes = field(repr=False)
    mime: str
    relationship: Relationship
    description: str
    """What it is, in Indonesian."""
    date: datetime.date
    """Of its content; never the day of the build."""


def embed(pdf: Pdf, attachments: Sequence[Attachment]) -> Object:
    """Attach files to `pdf` as PDF/A-3 asks (ISO 19005-3, 6.8); return the name tree for /EmbeddedFiles.

    Raises OutputRejectedError for a name that would leave the folder it is unpacked into, or that occurs twice.
    """
    _prove_names([attachment.name for attachment in attachments])
    tree = NameTree.new(pdf)
    associated = Array()
    for attachment in sorted(attachments, key=lambda each: each.name):
        specification = _specification(pdf, attachment)
        tree[attachment.name] = specification
        associated.append(specification)
    pdf.Root.AF = associated
    return tree.obj


def safe_name(name: str) -> bool:
    """Whether `name` is a relative path that stays below the folder it is unpacked into, on every system."""
    if not name or any(character in '\\:<>"|?*' or ord(character) < 32 for character in name):
        return False
    steps = name.split("/")
    return all(step and not step.endswith((".", " ")) for step in steps)


def _prove_names(names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if not safe_name(name):
            raise OutputRejectedError(
                f"Nama lampiran ini tidak aman: {name!r}", "Pakai jalur di bawah folder kerja, dengan garis miring."
            )
        # Two names that one folder of Windows or macOS takes for the same.
        plain = unicodedata.normalize("NFC", name).casefold()
        if plain in seen:
            raise OutputRejectedError(f"Nama lampiran ini muncul dua kali: {name}", "Beri setiap berkas nama sendiri.")
        seen.add(plain)


def _specification(pdf: Pdf, attachment: Attachment) -> Object:
    file = Stream(pdf, attachment.data)
    file.Type = Name.EmbeddedFile
    file.Subtype = Name(f"/{attachment.mime}")
    file.Params = Dictionary(
        Size=len(attachment.data),
        CheckSum=String(hashlib.md5(attachment.data, usedforsecurity=False).digest()),
        ModDate=String(f"D:{attachment.date:%Y%m%d}"),
    )
    kept = pdf.make_indirect(file)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(attachment.name),
            UF=String(attachment.name),
            Desc=String(attachment.description),
            AFRelationship=Name(f"/{attachment.relationship}"),
            EF=Dictionary(F=kept, UF=kept),
        )
    )
