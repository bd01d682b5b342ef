"""`sopdocs diff --docx`: the new sheet with tracked changes, for who reviews a revision in Word."""

from __future__ import annotations

from pathlib import Path

from sopdocs.cli.output import say
from sopdocs.cli.sides import Side
from sopdocs.compare import BedaBundel, BedaSop
from sopdocs.errors import UsageError
from sopdocs.model import Place, Workspace

DOCX, PDF = ".docx", ".pdf"


def write_tracked(place: Place, beda: BedaBundel, sides: tuple[Side, Side], path: Path) -> None:
    """Write the tracked sheet of the one SOP that was compared, and say so.

    Always marked as a draft: a copy for review must not pass for the sheet. Raises UsageError when the two sides are
    whole bundles or do not both have the SOP.
    """
    old, new = sides
    if not (old.slug or new.slug):
        raise UsageError("--docx membutuhkan satu SOP", f"sebut SOP-nya: sopdocs diff SLUG --docx {path}")
    if beda.kosong:
        say(f"{path} tidak dibuat: tidak ada perbedaan.", errors=True)
        return
    docx = _made(place, beda.sop[0], old.workspace, new.workspace)
    from sopdocs.engine.files import write_whole

    write_whole(path, docx)
    say(f"Lembar dengan perubahan terlacak: {path}", errors=True)


def _made(place: Place, beda: BedaSop, old: Workspace, new: Workspace) -> bytes:
    if beda.lama is None or beda.baru is None:
        missing = "lama" if beda.lama is None else "baru"
        raise UsageError(
            f"SOP “{beda.slug}” tidak ada di keadaan {missing}, jadi tidak ada perubahan untuk dilacak",
            "--docx membandingkan dua keadaan dari SOP yang sama",
        )
    # Late: what writes Word files takes a moment to load.
    from sopdocs.cli import places
    from sopdocs.word import Inputs, tracked_sheet

    templates = places.templates_of(place)
    picture = places.picture_of(place, new.instansi, templates)
    inputs = (Inputs(old, picture, konsep=True), Inputs(new, picture, konsep=True))
    return tracked_sheet(beda, inputs, templates.sop, places.fonts()).docx
