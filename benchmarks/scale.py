"""Compute from measured seconds what 8, 150 and 7,300 kecamatan cost, and write it into docs/skala.md.

Run: .venv/bin/python benchmarks/scale.py [docs/skala.md]. Reads benchmarks/measured.json, which build.py writes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report import put_between

OFFICES = (8, 150, 7300)
SHEETS = 60
CORES = (2, 8, 64)
PAGE = Path(__file__).parents[1] / "docs" / "skala.md"
MEASURED = Path(__file__).with_name("measured.json")


def at_office(known: Mapping[int, float]) -> float | None:
    """Return what an office of `SHEETS` sheets takes, between the nearest smaller and larger workspace measured.

    None when there are none such, or the smaller one took more: the machine was too busy to believe it.
    """
    below = max((sheets for sheets in known if sheets <= SHEETS), default=None)
    above = min((sheets for sheets in known if sheets >= SHEETS), default=None)
    if below is None or above is None or known[below] > known[above]:
        return None
    part = (SHEETS - below) / (above - below) if above > below else 0.0
    return known[below] + part * (known[above] - known[below])


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one office with `SHEETS` sheets, measured with `workers` workers on as many cores."""

    workers: int
    seconds: float
    """Of a build of everything: sheets, the bundle's parts, bundle, seal."""
    output_mb: float
    kept_mb: float
    peak_mb: float

    def hours(self, offices: int, cores: int) -> float:
        """Wall time with all cores at work all the time."""
        return offices * self.seconds * self.workers / cores / 3600

    def output_gb(self, offices: int) -> float:
        """Room for what the offices get."""
        return offices * self.output_mb / 1000

    def kept_gb(self, offices: int) -> float:
        """Room for results that later builds use again."""
        return offices * self.kept_mb / 1000

    def memory_gb(self, cores: int) -> float:
        """Memory of all workers together; too much rather than too little, for what is there once counts for each."""
        return self.peak_mb / self.workers * cores / 1000


def page(costs: Costs, about: dict[str, Any]) -> str:
    """Return both tables, in Indonesian."""
    heads = " | ".join(f"{cores} inti" for cores in CORES)
    rows = [
        f"| {_whole(offices)} | {_whole(offices * SHEETS)} | "
        + " | ".join(_time(costs.hours(offices, cores)) for cores in CORES)
        + f" | {_room(costs.output_gb(offices))} | {_room(costs.kept_gb(offices))} |"
        for offices in OFFICES
    ]
    memory = " | ".join(_room(costs.memory_gb(cores)) for cores in CORES)
    return "\n".join(
        [
            f"| Kecamatan | Lembar | {heads} | Keluaran | Simpanan hasil |",
            "|" + "---:|" * (4 + len(CORES)),
            *rows,
            f"| | Memori | {memory} | | |",
            "",
            f"Dihitung dari pengukuran {about['date']} dengan {costs.workers} pekerja: {_number(costs.seconds)} detik "
            f"dan paling banyak {_whole(round(costs.peak_mb))} MB memori untuk satu kantor dengan {SHEETS} SOP.",
        ]
    )


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _number(number: float) -> str:
    return f"{number:.2g}".replace(".", ",") if number < 10 else _whole(round(number))


def _time(hours: float) -> str:
    if hours * 60 < 1:
        return f"{_number(hours * 3600)} detik"
    if hours < 1:
        return f"{_number(hours * 60)} menit"
    return f"{_number(hours)} jam" if hours < 48 else f"{_number(hours / 24)} hari"


def _room(gigabytes: float) -> str:
    return f"{_number(gigabytes * 1000)} MB" if gigabytes < 1 else f"{_number(gigabytes)} GB"


def main() -> None:
    """Write the tables."""
    data = json.loads(MEASURED.read_text(encoding="utf-8"))
    if data["scale"] is None:
        raise SystemExit(
            f"{MEASURED.name} tells no office of {SHEETS} sheets: build.py --sops 10,100 --write … on a quiet machine"
        )
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    put_between(target, page(Costs(**data["scale"]), data), "# Skala\n<!-- measured -->\n<!-- /measured -->\n")


if __name__ == "__main__":
    main()
