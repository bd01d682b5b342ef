"""`sopdocs diff --lembar`: the lembar perubahan of any two states, as a Word file or PDF."""

from __future__ import annotations

from pathlib import Path

from sopdocs.cli.output import say
from sopdocs.cli.sides import Side
from sopdocs.cli.tracking import PDF
from sopdocs.compare import BedaBundel
from sopdocs.model import Place

_TITLE = "Lembar Perubahan"


def write_sheet(place: Place, beda: BedaBundel, sides: tuple[Side, Side], path: Path) -> None:
    """Write what differs between two sides on one page, and say so.

    Raises ToolMissingError, TemplateBrokenError, OutputRejectedError; then nothing was written.
    """
    if beda.kosong:
        say(f"{path} tidak dibuat: tidak ada perbedaan.", errors=True)
        return
    # Late: what writes Word files takes a moment to load.
    from sopdocs import engine
    from sopdocs.cli import places
    from sopdocs.cli.printing import printed
    from sopdocs.word import Inputs, change_sheet, make_changes

    old, new = sides
    workspace = new.workspace
    templates = places.templates_of(place)
    inputs = Inputs(workspace, places.picture_of(place, workspace.instansi, templates), konsep=False)
    basis = f"{new.nama} dibandingkan dengan {old.nama}"
    sheet = change_sheet(beda, workspace, basis[0].upper() + basis[1:])
    data = make_changes(sheet.alone, inputs, templates.perubahan, None)
    if path.suffix.lower() == PDF:
        around = places.surroundings(place, workspace.instansi)
        data = printed(place, around, engine.PartJob(_TITLE, _TITLE, data, engine.UNDATED))
    engine.write_whole(path, data)
    say(f"{_TITLE}: {path}", errors=True)
