"""`sopdocs layout`."""

from __future__ import annotations

import sys
from datetime import date

from sopdocs.cli import places
from sopdocs.cli.checking import load
from sopdocs.cli.excerpt import Sources
from sopdocs.cli.output import print_findings, print_json
from sopdocs.errors import ExitCode, UsageError
from sopdocs.layout import LayoutSettings, as_record, as_svg, paper
from sopdocs.model import Place
from sopdocs.word import Inputs, Picture, make_sheet


def layout(place: Place, slug: str, form: str, page: int | None, today: date) -> int:
    """Print the geometry of one SOP's procedure as JSON, or one page of it as SVG; findings go to stderr."""
    workspace = load(place, today).readable()
    sop = workspace.sop.get(slug)
    if sop is None:
        raise UsageError(f"SOP “{slug}” tidak ada atau tidak terbaca", f"yang ada: {', '.join(workspace.sop)}")
    fonts, templates = places.fonts(), places.templates_of(place)
    logo = places.logo_of(place, workspace.instansi) or templates.lambang
    inputs = Inputs(workspace, Picture(logo, f"Logo {workspace.instansi.nama}"), konsep=False)
    geometry = make_sheet(sop, inputs, templates.sop, fonts).geometry
    print_findings(geometry.findings, Sources(place.root), errors=True)
    size = paper(workspace.instansi.kertas)
    if form == "json":
        print_json(as_record(geometry, size))
        return ExitCode.OK
    with_table = sorted({part.page for part in geometry.parts})
    wanted = page if page is not None else next(iter(with_table), 1)
    if wanted not in with_table:
        pages = ", ".join(str(number) for number in with_table) or "tidak ada"
        raise UsageError(f"Halaman {wanted} tidak memuat tabel prosedur", f"halaman yang memuatnya: {pages}")
    lanes = tuple(workspace.pelaksana[key].judul_lajur for key in sop.pelaksana)
    settings = LayoutSettings(size, workspace.instansi.istilah, lanes, fonts)
    sys.stdout.write(as_svg(geometry, wanted, settings))
    return ExitCode.OK
