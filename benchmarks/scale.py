"""Compute from measured seconds what 8, 150 and 7,300 kecamatan cost, and write it into docs/skala.md.

Run: .venv/bin/python benchmarks/scale.py [docs/skala.md]. Reads benchmarks/measured.json, which build.py writes.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report import put_between

OFFICES = (8, 150, 7300)
SHEETS = 60
CORES = (2, 8, 64)
PAGE = Path(__file__).parents[1] / "docs" / "skala.md"
MEASURED = Path(__file__).with_name("measured.json")


@dataclass(frozen=True, slots=True)
class Costs:
    """Measured with `workers` workers on as many cores."""

    workers: int
    seconds_a_sheet: float
    seconds_an_office: float
    """Of an office besides its sheets: reading, the bundle's parts, merging, sealing."""
    output_mb_a_sheet: float
    kept_mb_a_sheet: float
    peak_mb: float

    def hours(self, offices: int, cores: int) -> float:
        """Wall time with all cores at work all the time."""
        seconds = offices * (self.seconds_an_office + SHEETS * self.seconds_a_sheet)
        return seconds * self.workers / cores / 3600

    def output_gb(self, offices: int) -> float:
        """Room for what the offices get."""
        return offices * SHEETS * self.output_mb_a_sheet / 1000

    def kept_gb(self, offices: int) -> float:
        """Room for results that later builds use again."""
        return offices * SHEETS * self.kept_mb_a_sheet / 1000

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
            f"Dihitung dari pengukuran {about['date']} dengan {costs.workers} pekerja: "
            f"{_number(costs.seconds_a_sheet)} detik tiap lembar dan {_number(costs.seconds_an_office)} detik tiap "
            f"kantor (bundel dan segelnya), puncak memori {_whole(round(costs.peak_mb))} MB.",
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
        raise SystemExit(f"{MEASURED.name} lacks two sizes of the full build: build.py --sops 10,100 --write …")
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    put_between(target, page(Costs(**data["scale"]), data), "# Skala\n<!-- measured -->\n<!-- /measured -->\n")


if __name__ == "__main__":
    main()
