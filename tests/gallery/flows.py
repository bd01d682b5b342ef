"""The gallery's sheets: invented SOPs, one for each shape that a flow takes on real sheets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sopdocs.content import Reading, read_workspace
from sopdocs.layout import FontData, LayoutSettings, SheetGeometry, lay_out, paper
from sopdocs.layout.units import mm
from sopdocs.model import Sop, Workspace

ROOT = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in (ROOT / "content" / "sop").glob("*.md")))


@cache
def reading() -> Reading:
    """The workspace and what was found in it, read once."""
    return read_workspace(ROOT)


def workspace() -> Workspace:
    """The gallery's workspace."""
    found = reading().workspace
    if found is None:
        raise ValueError(f"the gallery cannot be read: {reading().findings}")
    return found


def told(sop: Sop, fonts: FontData) -> LayoutSettings:
    """Settings as for a sheet with an identity block and a signature of usual height."""
    office = workspace().instansi
    lanes = tuple(workspace().pelaksana[key].judul_lajur for key in sop.pelaksana)
    return LayoutSettings(paper(office.kertas), office.istilah, lanes, fonts, before=mm(80), after=mm(35))


@cache
def drawn(name: str, fonts: FontData) -> SheetGeometry:
    """The flow of that name, laid out once."""
    sop = workspace().sop[name]
    return lay_out(sop, told(sop, fonts))
