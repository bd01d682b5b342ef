"""PDF files: proved, made repeatable, and merged into the tagged bundle that gets signed."""

from sopdocs.pdf.bundle import Part, bundle
from sopdocs.pdf.facts import read_printed
from sopdocs.pdf.normalise import normalise
from sopdocs.pdf.prove import PageCountError, page_count, page_texts, prove

__all__ = ["PageCountError", "Part", "bundle", "normalise", "page_count", "page_texts", "prove", "read_printed"]
