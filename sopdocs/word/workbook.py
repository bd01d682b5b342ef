"""Tables as an Excel workbook (XLSX), the same bytes for the same values."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sopdocs.model import Kertas
from sopdocs.word.package import write_package
from sopdocs.word.properties import core_properties
from sopdocs.word.template import unguard

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | date | None
_PAPER = {Kertas.F4: 14, Kertas.A4: 9, Kertas.LEGAL: 5, Kertas.LETTER: 1}
"""ECMA-376 part 1, 18.3.1.63; 14 is Folio, 8.5 by 13 inches, which F4 is."""
_MARGIN = 0.4
"""Inches."""
_HEAD = "D9E2F3"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column and how wide it is, in characters."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of a workbook; its first row bears the titles of the columns."""

    name: str
    """At most 31 characters, on its tab."""
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


def make_workbook(tables: tuple[Table, ...], title: str, paper: Kertas, day: date | None) -> bytes:
    """Write tables to an XLSX file: titles stay in sight, rows can be filtered, a page holds all columns.

    `day` is the date in its properties. Texts are texts, also those that look like a formula.
    """
    from openpyxl import Workbook  # late: it takes a third of a second to load

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in tables:
        sheet: Worksheet = workbook.create_sheet(table.name)
        _fill(sheet, table)
        _set_up(sheet, table, title, paper)
    buffer = io.BytesIO()
    workbook.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # The library writes the time of day into both its properties and its entries.
    parts["docProps/core.xml"] = unguard(core_properties(title, day))
    return write_package(parts)


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="808080")
    border = Border(line, line, line, line)
    head, shade = Font(bold=True), PatternFill("solid", fgColor=_HEAD)
    middle, text = (Alignment(across, "top", wrap_text=True) for across in ("center", "left"))
    for number, column in enumerate(table.columns, start=1):
        cell: Any = sheet.cell(1, number, column.title)
        cell.font, cell.fill, cell.border = head, shade, border
        cell.alignment = Alignment("center", "center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for line_number, row in enumerate(table.rows, start=2):
        for number, value in enumerate(row, start=1):
            cell = sheet.cell(line_number, number)
            cell.border = border
            cell.alignment = text if isinstance(value, str) else middle
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
                cell.data_type = "s"
            else:
                cell.value = value
            if isinstance(value, date):
                cell.number_format = "dd-mm-yyyy"


def _set_up(sheet: Worksheet, table: Table, title: str, paper: Kertas) -> None:
    from openpyxl.utils import get_column_letter

    last = get_column_letter(len(table.columns))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    sheet.print_title_rows = "1:1"
    setup: Any = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", _PAPER[paper]
    setup.fitToWidth, setup.fitToHeight = 1, 0
    properties: Any = sheet.sheet_properties
    properties.pageSetUpPr.fitToPage = True
    margins: Any = sheet.page_margins
    margins.left = margins.right = _MARGIN
    margins.top = margins.bottom = 2 * _MARGIN
    header: Any = sheet.oddHeader
    header.center.text = title.replace("&", "&&")
    footer: Any = sheet.oddFooter
    footer.center.text = "&P / &N"
