"""Template and geometry to DOCX: the only room that knows docxtpl and python-docx."""

from sopdocs.word.context import Inputs
from sopdocs.word.package import PackageError
from sopdocs.word.sheet import Sheet, make_cover, make_sheet
from sopdocs.word.template import Picture, Template, TemplateBrokenError

__all__ = [
    "Inputs",
    "PackageError",
    "Picture",
    "Sheet",
    "Template",
    "TemplateBrokenError",
    "make_cover",
    "make_sheet",
]
