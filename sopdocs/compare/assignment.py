"""Pairs whose weights add up to the most: what belongs together as a whole, not one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Weights = Mapping[tuple[int, int], float]
"""What a pair is worth; a pair that is left out, or worth nothing, is never made."""

_INFINITE = float("inf")


def best_pairs(weights: Weights) -> dict[int, int]:
    """Return the pairs, left to right, of greatest sum; each side is in one pair at most.

    Parts of the problem that share nothing are solved apart, each in time cubic in its size.
    """
    found: dict[int, int] = {}
    for left, right in _parts({pair for pair, weight in weights.items() if weight > 0}):
        table = [[max(weights.get((i, j), 0.0), 0.0) for j in right] for i in left]
        for row, column in _solve(table):
            if table[row][column] > 0:
                found[left[row]] = right[column]
    return dict(sorted(found.items()))


def longest_rising(values: Sequence[int], worth: Sequence[float]) -> set[int]:
    """Return the positions of a rising part of `values` that is worth the most: the rest stands elsewhere."""
    best: list[float] = []
    before: list[int] = []
    for here, value in enumerate(values):
        earlier = [k for k in range(here) if values[k] < value]
        last = max(earlier, key=lambda k: best[k], default=-1)
        before.append(last)
        best.append(worth[here] + (best[last] if last >= 0 else 0.0))
    kept: set[int] = set()
    here = max(range(len(values)), key=lambda k: best[k], default=-1)
    while here >= 0:
        kept.add(here)
        here = before[here]
    return kept


def _parts(pairs: set[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Cut into parts that share neither side."""
    of_left: dict[int, set[int]] = {}
    of_right: dict[int, set[int]] = {}
    for i, j in pairs:
        of_left.setdefault(i, set()).add(j)
        of_right.setdefault(j, set()).add(i)
    parts: list[tuple[list[int], list[int]]] = []
    todo = set(of_left)
    while todo:
        left, right, fresh = set[int](), set[int](), {min(todo)}
        while fresh:
            left |= fresh
            right |= {j for i in fresh for j in of_left[i]}
            fresh = {i for j in right for i in of_right[j]} - left
        todo -= left
        parts.append((sorted(left), sorted(right)))
    return parts


def _solve(table: list[list[float]]) -> list[tuple[int, int]]:
    """Solve one part by the Hungarian method with potentials."""
    if len(table) > len(table[0]):
        turned = [list(column) for column in zip(*table, strict=True)]
        return [(row, column) for column, row in _solve(turned)]
    rows, columns = len(table), len(table[0])
    # Row and column 0 stand for none.
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    holder = [0] * (columns + 1)
    for row in range(1, rows + 1):
        holder[0] = row
        column, way = _free_column(table, of_row, of_column, holder)
        while column:
            holder[column] = holder[way[column]]
            column = way[column]
    return [(holder[column] - 1, column - 1) for column in range(1, columns + 1) if holder[column]]


def _free_column(
    table: list[list[float]], of_row: list[float], of_column: list[float], holder: list[int]
) -> tuple[int, list[int]]:
    """Find the column in which the cheapest chain of changes ends, and the way back; moves the potentials."""
    columns = len(of_column)
    least, way, used = [_INFINITE] * columns, [0] * columns, [False] * columns
    column = 0
    while holder[column]:
        used[column] = True
        row, step, following = holder[column], _INFINITE, 0
        for other in range(1, columns):
            if used[other]:
                continue
            cost = -table[row - 1][other - 1] - of_row[row] - of_column[other]
            if cost < least[other]:
                least[other], way[other] = cost, column
            if least[other] < step:
                step, following = least[other], other
        for other in range(columns):
            if used[other]:
                of_row[holder[other]] += step
                of_column[other] -= step
            else:
                least[other] -= step
        column = following
    return column, way
