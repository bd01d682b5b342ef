"""Time and tidiness of the layout: the gallery's flows and made-up grids. Compare runs of one machine only.

Run: .venv/bin/python benchmarks/layout.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from sopdocs.layout import FontData, LayoutSettings, SheetGeometry, lay_out, paper
from sopdocs.layout.routes import rated, routed
from sopdocs.layout.units import EMU_PER_MM, mm
from sopdocs.model import (
    Alur,
    Bentuk,
    Istilah,
    Kertas,
    Langkah,
    Prosedur,
    RichText,
    Simbol,
    SimbolId,
    Sop,
    Span,
)
from sopdocs.office import find_fonts
from tests.gallery.flows import NAMES, told, workspace
from tests.gallery.measures import bends, crossings, length

GRIDS = ((3, 10), (5, 12), (6, 29), (15, 30), (15, 60))
"""Lanes and steps."""
BASE = (5, 12)
RUNS = 3
_DECISION_EVERY = 4
_BACK = (1, 3, 2, 5)
"""How many rows the decisions go back, one after another."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something to lay out."""

    name: str
    sop: Sop
    settings: LayoutSettings


@dataclass(frozen=True, slots=True)
class Result:
    """What laying it out took and gave."""

    name: str
    seconds: float
    geometry: SheetGeometry


def grid(lanes: int, steps: int) -> Sop:
    """A flow that wanders through the lanes; about every fourth step decides, and goes on or back."""
    keys = tuple(f"l{number}" for number in range(lanes))
    # Two strides, so that arrows between neighbours and arrows over several lanes both occur.
    places = [keys[(number * 2 + number // 3) % lanes] for number in range(steps)]
    ids = [SimbolId(number, lane) for number, lane in enumerate(places, start=1)]
    rows = tuple(_step(ids, number) for number in range(steps))
    edges = tuple(edge for number in range(steps - 1) for edge in _ways(ids, number))
    return Sop("kisi", "Kisi", "camat", keys, (Prosedur(rows, edges),), spans={"": Span("kisi.md")})


def _decides(number: int, steps: int) -> bool:
    return number % _DECISION_EVERY == _DECISION_EVERY - 1 and number < steps - 1


def _step(ids: list[SimbolId], number: int) -> Langkah:
    last = len(ids) - 1
    shape = {0: Bentuk.MULAI, last: Bentuk.SELESAI}.get(number, Bentuk.PROSES)
    symbol = Simbol(ids[number], Bentuk.KEPUTUSAN if _decides(number, len(ids)) else shape)
    words = RichText.of("Memeriksa berkas yang diterima")
    return Langkah(number + 1, words, (symbol,), span=Span("kisi.md", number + 1))


def _ways(ids: list[SimbolId], number: int) -> list[Alur]:
    if not _decides(number, len(ids)):
        return [Alur(ids[number], ids[number + 1])]
    back = max(0, number - _BACK[number // _DECISION_EVERY % len(_BACK)])
    return [Alur(ids[number], ids[number + 1], "Ya"), Alur(ids[number], ids[back], "Tidak")]


def grid_sheet(lanes: int, steps: int, fonts: FontData) -> Sheet:
    """A grid with the room that a usual sheet leaves."""
    sop = grid(lanes, steps)
    heads = tuple(f"L{number}" for number in range(1, lanes + 1))
    settings = LayoutSettings(paper(Kertas.F4), Istilah(), heads, fonts, before=mm(80), after=mm(35))
    return Sheet(f"kisi {lanes}x{steps}", sop, settings)


def measured(sheet: Sheet) -> Result:
    """Lay out a sheet afresh, several times."""
    times: list[float] = []
    geometry = lay_out(sheet.sop, sheet.settings)
    for _ in range(RUNS):
        # Sheets are routed once in real use; what an earlier run has kept would hide that.
        routed.cache_clear()
        rated.cache_clear()
        began = perf_counter()
        geometry = lay_out(sheet.sop, sheet.settings)
        times.append(perf_counter() - began)
    return Result(sheet.name, median(times), geometry)


def line(result: Result, base: float) -> str:
    """A row of the table."""
    g = result.geometry
    return (
        f"{result.name:28}{result.seconds * 1000:9.1f}{result.seconds / base:8.2f}{g.pages:5}{crossings(g):10}"
        f"{bends(g):8}{round(length(g) / EMU_PER_MM):9}  {' '.join(sorted({f.code for f in g.findings}))}".rstrip()
    )


def report(sheets: list[Sheet], base: float, say: Callable[[str], None]) -> None:
    """Measure and print sheets, and their sums."""
    results = [measured(sheet) for sheet in sheets]
    for result in results:
        say(line(result, base))
    seconds = sum(result.seconds for result in results)
    drawn = [result.geometry for result in results]
    figures = (
        f"{sum(map(crossings, drawn)):10}{sum(map(bends, drawn)):8}{round(sum(map(length, drawn)) / EMU_PER_MM):9}"
    )
    say(f"{'semua':28}{seconds * 1000:9.1f}{seconds / base:8.2f}{sum(g.pages for g in drawn):5}{figures}\n")


def main() -> None:
    """Print both tables."""
    found = find_fonts()
    fonts = FontData(*(path.read_bytes() for path in (found.regular, found.bold, found.italic, found.bold_italic)))
    base = measured(grid_sheet(*BASE, fonts)).seconds
    sops = workspace().sop
    print(f"{'lembar':28}{'ms':>9}{'× 5x12':>8}{'hlm':>5}{'silangan':>10}{'belokan':>8}{'mm':>9}  temuan")
    report([grid_sheet(*size, fonts) for size in GRIDS], base, print)
    report([Sheet(name, sops[name], told(sops[name], fonts)) for name in NAMES], base, print)


if __name__ == "__main__":
    main()
