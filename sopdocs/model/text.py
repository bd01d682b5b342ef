"""Text as it is printed: paragraphs of runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopdocs.model.finding import Span


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look. A line feed in `text` is a line break within the paragraph."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    """Slug of the SOP this run names, if it was written as [[slug]]."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or list item."""

    runs: tuple[Run, ...]
    marker: str = ""
    """What stands before a list item: "1.", "a.", "•"; empty for a plain paragraph."""
    level: int = 0
    """Depth of the list, 0 for the outermost one and for plain paragraphs."""
    span: Span | None = field(default=None, compare=False, repr=False)
    """Where its text begins."""

    @property
    def text(self) -> str:
        """The paragraph without marker and without looks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class RichText:
    """The text of one field, cell or list."""

    paragraphs: tuple[Paragraph, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)

    def __bool__(self) -> bool:
        return any(paragraph.text.strip() for paragraph in self.paragraphs)

    @property
    def text(self) -> str:
        """All paragraphs with their markers, one a line."""
        return "\n".join(f"{p.marker} {p.text}".strip() for p in self.paragraphs)

    @classmethod
    def of(cls, text: str) -> RichText:
        """Make a plain text of one paragraph; no paragraph for an empty string."""
        return cls((Paragraph((Run(text),)),)) if text else cls()
