"""The gallery's sheets as Word documents, made as `sopdocs build` makes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sopdocs.layout import FontData
from sopdocs.word import Inputs, Picture, Sheet, Template, make_sheet
from tests.gallery.flows import workspace

_TEMPLATES = Path(__file__).parents[2] / "templates"


@cache
def made(name: str, fonts: FontData) -> Sheet:
    """The sheet of that name."""
    template = Template("templates/sop.docx", (_TEMPLATES / "sop.docx").read_bytes())
    logo = Picture((_TEMPLATES / "lambang-sementara.png").read_bytes(), "Lambang daerah")
    return make_sheet(workspace().sop[name], Inputs(workspace(), logo, False), template, fonts)
