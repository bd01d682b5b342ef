"""The words of a signature dictionary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """What the signature dictionary says in words; free text, covered by the signature."""

    name: str
    """Who signs."""
    reason: str
    location: str
