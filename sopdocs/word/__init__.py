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
from sopdocs.word.lists import ContentsEntry, RegisterEntry
from sopdocs.word.package import PackageError
from sopdocs.word.sheet import Sheet, make_cover, make_sheet
from sopdocs.word.template import Picture, Template, TemplateBrokenError
from sopdocs.word.tracked import tracked_sheet

__all__ = [
    "ChangeEntry",
    "ChangeSheet",
    "ContentsEntry",
    "Inputs",
    "PackageError",
    "Picture",
    "RegisterEntry",
    "Sheet",
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
    "tracked_sheet",
]
