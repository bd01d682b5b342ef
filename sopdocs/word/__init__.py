"""Template and geometry to DOCX: the only room that knows docxtpl and python-docx."""

from sopdocs.word.bagian import (
    make_changes,
    make_contents,
    make_decree,
    make_explanation,
    make_monitoring,
    make_register,
)
from sopdocs.word.changes import ChangeEntry, ChangeSheet, change_sheet
from sopdocs.word.context import Inputs
from sopdocs.word.lists import ContentsEntry, EndedEntry, RegisterEntry
from sopdocs.word.package import PackageError
from sopdocs.word.sheet import Sheet, make_cover, make_sheet
from sopdocs.word.template import Picture, Template, TemplateBrokenError
from sopdocs.word.tracked import tracked_sheet
from sopdocs.word.workbook import Table, TableColumn, make_workbook

__all__ = [
    "ChangeEntry",
    "ChangeSheet",
    "ContentsEntry",
    "EndedEntry",
    "Inputs",
    "PackageError",
    "Picture",
    "RegisterEntry",
    "Sheet",
    "Table",
    "TableColumn",
    "Template",
    "TemplateBrokenError",
    "change_sheet",
    "make_changes",
    "make_contents",
    "make_cover",
    "make_decree",
    "make_explanation",
    "make_monitoring",
    "make_register",
    "make_sheet",
    "make_workbook",
    "tracked_sheet",
]
