"""PDF files: proved, made repeatable, and merged into the tagged bundle that gets signed."""

from sopdocs.pdf.bundle import Part, bundle
from sopdocs.pdf.facts import read_printed
from sopdocs.pdf.mark import Mark, draw_mark
from sopdocs.pdf.normalise import normalise
from sopdocs.pdf.prove import PageCountError, page_count, page_texts, prove

__all__ = [
    "Mark",
    "PageCountError",
    "Part",
    "bundle",
    "draw_mark",
    "normalise",
    "page_count",
    "page_texts",
    "prove",
    "read_printed",
]
