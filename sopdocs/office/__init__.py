"""DOCX to PDF: the only room that starts foreign programs (LibreOffice and fc-match)."""

from sopdocs.office.convert import Converter
from sopdocs.office.find import LibreOffice, find_libreoffice
from sopdocs.office.fonts import FontFiles, find_fonts

__all__ = ["Converter", "FontFiles", "LibreOffice", "find_fonts", "find_libreoffice"]
