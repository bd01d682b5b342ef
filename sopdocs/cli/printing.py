"""Print one Word file outside a build."""

from __future__ import annotations

from sopdocs import engine
from sopdocs.engine import PartJob, Surroundings
from sopdocs.errors import SopdocsError
from sopdocs.model import Place
from sopdocs.office import printer


def printed(place: Place, around: Surroundings, job: PartJob) -> bytes:
    """Return the PDF of a part. Raises what printing it raises; nothing is left behind."""
    with engine.work_folder(place.build) as work:
        machine = printer(around.libreoffice, work)
        try:
            (pdf,) = engine.parts([job], machine, engine.Stopwatch())
        finally:
            machine.close()
    if isinstance(pdf, SopdocsError):
        raise pdf
    return pdf
