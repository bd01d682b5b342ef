"""PDF files: proved, made repeatable, and merged into the tagged bundle that gets signed."""

from sopdocs.pdf.additions import adds_only_seal
from sopdocs.pdf.attachments import Attachment, Relationship
from sopdocs.pdf.bundle import Part, bundle
from sopdocs.pdf.conformity import Conformity, Failure, conformity
from sopdocs.pdf.contents import read_listed
from sopdocs.pdf.facts import read_printed
from sopdocs.pdf.figure import figure_pdf
from sopdocs.pdf.footer import BAND
from sopdocs.pdf.footer import ROOM as FOOTER_ROOM
from sopdocs.pdf.mark import Mark, draw_mark
from sopdocs.pdf.normalise import normalise
from sopdocs.pdf.prove import PageCountError, page_count, page_texts, prove
from sopdocs.pdf.reading import AttachedFile, BundleFacts, PartFacts, read_bundle

__all__ = [
    "BAND",
    "FOOTER_ROOM",
    "AttachedFile",
    "Attachment",
    "BundleFacts",
    "Conformity",
    "Failure",
    "Mark",
    "PageCountError",
    "Part",
    "PartFacts",
    "Relationship",
    "adds_only_seal",
    "bundle",
    "conformity",
    "draw_mark",
    "figure_pdf",
    "normalise",
    "page_count",
    "page_texts",
    "prove",
    "read_bundle",
    "read_listed",
    "read_printed",
]
