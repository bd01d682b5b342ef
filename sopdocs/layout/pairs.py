"""Number the pairs of off-page connectors and name the page of each other half."""

from __future__ import annotations

from dataclasses import replace

from sopdocs.layout.geometry import ConnectorShape, TablePart
from sopdocs.model import SimbolId

_Pair = tuple[int, SimbolId, SimbolId]
"""(procedure, source, target)."""


def number_pairs(parts: tuple[TablePart, ...]) -> tuple[TablePart, ...]:
    """Fill in `nomor` and `halaman` of every connector.

    Pairs that cross a break alone stay without number; where several cross the same break each bears its own,
    counted where the flow leaves, from left to right.
    """
    pages: dict[tuple[_Pair, bool], int] = {}
    for part in parts:
        for connector in sorted(part.connectors, key=lambda c: (c.box.y, c.box.x)):
            pages[_pair(part, connector), connector.keluar] = part.page
    spans = {pair: (pages[pair, True], pages[pair, False]) for pair, leaves in pages if leaves}
    numbers: dict[_Pair, str] = {}
    for pair, (start, end) in spans.items():
        low, high = sorted((start, end))
        rivals = [p for p, (a, b) in spans.items() if p[0] == pair[0] and min(a, b) < high and low < max(a, b)]
        if len(rivals) > 1:
            numbers[pair] = str(1 + sum(1 for p in numbers if p[0] == pair[0]))
    return tuple(
        replace(
            part,
            connectors=tuple(
                replace(c, nomor=numbers.get(_pair(part, c), ""), halaman=pages[_pair(part, c), not c.keluar])
                for c in part.connectors
            ),
        )
        for part in parts
    )


def _pair(part: TablePart, connector: ConnectorShape) -> _Pair:
    return part.prosedur, connector.dari, connector.ke
