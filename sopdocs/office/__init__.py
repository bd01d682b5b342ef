"""DOCX to PDF: the only room that starts foreign programs (LibreOffice and fc-match)."""

from sopdocs.office.convert import Converter
from sopdocs.office.document import Document, LeftUndoneError, Printed
from sopdocs.office.find import LibreOffice, find_libreoffice
from sopdocs.office.fonts import FONT_FOLDERS, FontFiles, find_fonts
from sopdocs.office.printers import Printer, print_all, printer
from sopdocs.office.warm import Allowance, WarmConverter

__all__ = [
    "FONT_FOLDERS",
    "Allowance",
    "Converter",
    "Document",
    "FontFiles",
    "LeftUndoneError",
    "LibreOffice",
    "Printed",
    "Printer",
    "WarmConverter",
    "find_fonts",
    "find_libreoffice",
    "print_all",
    "printer",
]
