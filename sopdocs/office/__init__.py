"""DOCX to PDF: the only room that starts foreign programs (LibreOffice and fc-match)."""

from sopdocs.office.batches import CHUNK, Batches
from sopdocs.office.convert import Converter, Document
from sopdocs.office.find import LibreOffice, find_libreoffice
from sopdocs.office.fonts import FontFiles, find_fonts

__all__ = ["CHUNK", "Batches", "Converter", "Document", "FontFiles", "LibreOffice", "find_fonts", "find_libreoffice"]
