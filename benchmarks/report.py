"""Measured ways as Markdown and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from measuring import Way, ratio

MARKS = ("<!-- measured -->", "<!-- /measured -->")


@dataclass(frozen=True, slots=True)
class Ratio:
    """One way ÷ another."""

    over: Way
    under: Way
    aim: float | None = None
    """At most this."""


@dataclass(slots=True)
class Table:
    """Ways that were taken in turns."""

    key: str
    """Part and size, as measured.json calls it."""
    title: str
    ways: list[Way] = field(default_factory=list[Way])
    ratios: list[Ratio] = field(default_factory=list[Ratio])
    documents: int = 1
    """What the seconds are for; by it they are divided in the second column."""
    notes: list[str] = field(default_factory=list[str])

    def markdown(self) -> str:
        """Return the part of the report."""
        head = ["| way | seconds | a document | peak MB |", "|---|---:|---:|---:|"]
        rows = [_row(way, self.documents) for way in self.ways]
        ratios = [_ratio(each) for each in self.ratios]
        if ratios:
            ratios = ["", "| ratio | | aim |", "|---|---:|---:|", *ratios]
        notes = ["", *self.notes] if self.notes else []
        return "\n".join([f"### {self.title}", "", *head, *rows, *ratios, *notes, ""])

    def record(self) -> dict[str, Any]:
        """Return everything as data."""
        ways = {
            way.name: {"seconds": [round(one.seconds, 4) for one in way.taken], "peak_mb": way.peak, "why": way.why_not}
            for way in self.ways
        }
        ratios = [
            {"over": each.over.name, "under": each.under.name, "is": ratio(each.over, each.under), "aim": each.aim}
            for each in self.ratios
        ]
        return {"documents": self.documents, "ways": ways, "ratios": ratios}


def _row(way: Way, documents: int) -> str:
    if not way.measured:
        return f"| {way.name} | not measured: {way.why_not or 'not reached'} | | |"
    peak = f"{way.peak:.0f}" if way.peak is not None else ""
    return f"| {way.name} | {way.best:.3g} | {way.best / documents:.3f} | {peak} |"


def _ratio(each: Ratio) -> str:
    found = ratio(each.over, each.under)
    shown = f"{found:.2f}" if found is not None else "not measured"
    aim = f"≤ {each.aim:g}" if each.aim is not None else ""
    if found is not None and each.aim is not None and found > each.aim:
        aim += f", missed by {found / each.aim - 1:.0%}"
    return f"| {each.over.name} ÷ {each.under.name} | {shown} | {aim} |"


def quicker(ways: Sequence[Way]) -> Way:
    """The way with the quickest run; the first one when none was measured."""
    return min((way for way in ways if way.measured), key=lambda way: way.best, default=ways[0])


def put_between(path: Path, text: str, empty: str, marks: tuple[str, str] = MARKS) -> None:
    """Write `text` between the marks of a page, or into the page `empty` when there is none."""
    page = path.read_text(encoding="utf-8") if path.exists() else empty
    before, mark, rest = page.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not (mark and end):
        raise SystemExit(f"{path.name} lacks the lines {marks[0]} and {marks[1]}")
    path.write_text(f"{before}{mark}\n{text.strip()}\n{end}{after}", encoding="utf-8")
