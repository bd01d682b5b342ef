"""DOCX to PDF: the only room that starts foreign programs (LibreOffice and fc-match)."""

from sopdocs.office.batches import CHUNK, Batches
from sopdocs.office.convert import Converter
from sopdocs.office.document import Document, LeftUndoneError, Printed
from sopdocs.office.find import LibreOffice, find_libreoffice
from sopdocs.office.fonts import FontFiles, find_fonts

__all__ = [
    "CHUNK",
    "Batches",
    "Converter",
    "Document",
    "FontFiles",
    "LeftUndoneError",
    "LibreOffice",
    "Printed",
    "find_fonts",
    "find_libreoffice",
]
