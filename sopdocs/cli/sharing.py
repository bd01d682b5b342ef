"""Say that a file is not one office's alone."""

from __future__ import annotations

from sopdocs.cli.output import say
from sopdocs.content import read_offices, shares_letterhead
from sopdocs.content.report import Report
from sopdocs.model import SHARED, Place

_NAMED = 3


def told_shared(place: Place, path: str) -> None:
    """Say which offices read the content file at `path`, when they are several."""
    readers = [Place(place.root)] if shares_letterhead(place.root) else []
    readers += [Place(place.root, office) for office in read_offices(place.root, Report())]
    readers = [each for each in readers if not (place.root / each.candidates(path)[-1]).exists() or each.office is None]
    if not path.startswith(f"{SHARED}/") or len(readers) < 2:
        return
    names = [each.title for each in readers]
    shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    who = f"{len(names)} kantor ({shown})"
    say(f"Perhatikan: {path} dipakai bersama oleh {who}; perubahan ini mengenai semuanya.", "yellow")
