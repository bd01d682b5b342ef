"""What a bundle holds: which part on which pages, and what is attached."""

from __future__ import annotations

from dataclasses import dataclass

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf import read_bundle


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One part of a bundle."""

    key: str
    """For example `bagian/register` or `sop/surat-masuk`."""
    title: str
    first_page: int
    """Counted from 1 through the whole file."""
    pages: int


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """One attached file."""

    name: str
    sha256: str
    """Of its data, hexadecimal."""
    size: int
    description: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file says of itself; to be believed only when its seal passes."""

    title: str
    pages: int
    parts: tuple[PartFacts, ...]
    """In the order of their pages; empty for a file that is no bundle."""
    attachments: tuple[AttachmentFacts, ...]
    """By name."""


def read_contents(pdf: bytes) -> Contents | None:
    """Return what `pdf` holds; None when it cannot be read or contradicts itself."""
    try:
        facts = read_bundle(pdf)
    except OutputRejectedError:
        return None
    return Contents(
        title=facts.title,
        pages=facts.pages,
        parts=tuple(PartFacts(part.key, part.title, part.first, part.pages) for part in facts.parts),
        attachments=tuple(
            AttachmentFacts(each.name, each.sha256, len(each.data), each.description) for each in facts.attachments
        ),
    )
