"""`sopdocs diff --gambar`: both flows of one SOP side by side."""

from __future__ import annotations

from pathlib import Path

from sopdocs.cli.output import say
from sopdocs.cli.sides import Side
from sopdocs.compare import BedaBundel, tanggal
from sopdocs.errors import UsageError

SUFFIXES = (".pdf", ".svg")


def write_picture(beda: BedaBundel, sides: tuple[Side, Side], path: Path) -> None:
    """Write the flows of the one SOP that was compared, as PDF or SVG by the suffix, and say so.

    Raises UsageError when the two sides are whole bundles.
    """
    old, new = sides
    if not (old.slug or new.slug):
        raise UsageError("--gambar membutuhkan satu SOP", f"sebut SOP-nya: sopdocs diff SLUG --gambar {path}")
    if beda.kosong:
        say(f"{path} tidak dibuat: tidak ada perbedaan.", errors=True)
        return
    # Late: what lays out and draws takes a moment to load.
    from sopdocs.cli import places
    from sopdocs.engine.files import write_whole
    from sopdocs.figure import compare_flows, figure_svg

    fonts, instansi = places.fonts(), new.workspace.instansi
    figure = compare_flows(beda.sop[0], (_called(old), _called(new)), instansi.istilah, fonts)
    if path.suffix.lower() == ".svg":
        data = figure_svg(figure).encode("utf-8")
    else:
        from sopdocs.layout import paper
        from sopdocs.pdf import figure_pdf

        data = figure_pdf(figure, fonts, paper(instansi.kertas))
    write_whole(path, data)
    say(f"Alur lama dan baru berdampingan: {path}", errors=True)


def _called(side: Side) -> str:
    """What the picture calls a side."""
    if side.edisi:
        return f"Edisi {side.edisi.nomor}, {tanggal(side.edisi.tanggal)}"
    return side.nama if side.berkas else side.nama[:1].upper() + side.nama[1:]
