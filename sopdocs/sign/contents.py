"""What a bundle holds: which part on which pages, and what is attached."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, as it says of itself."""

    title: str
    pages: int
    parts: tuple[PartFacts, ...]
    attachments: tuple[AttachmentFacts, ...]


def without_space(text: str) -> str:
    """Return `text` without white space: readers of a PDF guess blanks from distances."""
    return "".join(text.split())
