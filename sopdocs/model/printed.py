"""A finished sheet as it came out of the printer's side: what can be told from the PDF alone. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SmallText:
    """A text and how large it is printed."""

    size: float
    text: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page as it is seen."""

    width: float
    height: float
    text: str
    """Everything that can be read, in the order of the file and without white space."""
    blank: bool
    """Nothing stands on it but what every page bears, such as the mark KONSEP or the rules of a table."""
    lowest: float | None
    """From the lower edge up to the lowest mark; None for a page without any."""
    smallest: SmallText | None
    """None for a page without text."""
    cut: tuple[str, ...] = ()
    """Texts whose letters are cut off above or below."""


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """One PDF."""

    pages: tuple[PrintedPage, ...]
    not_embedded: tuple[str, ...] = ()
    """Names of typefaces that are used but missing in the file, sorted."""


@dataclass(frozen=True, slots=True)
class ListedPart:
    """A line of the table of contents that leads to a part of the bundle."""

    kunci: str
    """Of the part that the line's link leads to."""
    halaman: int | None
    """The page number that is printed on the line; None when there is none."""


@dataclass(frozen=True, slots=True)
class PrintedBundle:
    """A finished bundle, and whether it is still what was made and sealed."""

    pages: dict[str, int]
    """First page of each part, from 1, by the part's key."""
    listed: tuple[ListedPart, ...]
    """What the table of contents says."""
