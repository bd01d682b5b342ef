"""How a build tells what it does: a bar on a terminal, plain lines elsewhere, JSON lines for programs, or nothing."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sopdocs.cli.output import console, say
from sopdocs.engine import Event, EventKind
from sopdocs.model import Place

_MARK = {
    EventKind.MADE: "dibuat",
    EventKind.KEPT: "tetap ",
    EventKind.FOUND: "dari simpanan",
    EventKind.FAILED: "GAGAL ",
    EventKind.ARCHIVED: "bundel bersertifikat yang lama disimpan sebagai",
}
_WORTH_TELLING = 0.05
"""Seconds."""
_DONE = (EventKind.MADE, EventKind.KEPT, EventKind.FOUND)
_LOST = "proses pekerja mati"


@dataclass(frozen=True, slots=True)
class Telling:
    """How much is told, and in what form."""

    explain: bool = False
    """Also why each output is made or left alone."""
    quiet: bool = False
    """Nothing but findings and failures."""
    lines: bool = False
    """One JSON object a line on standard output, for programs."""


@dataclass(slots=True)
class Teller:
    """Hears of builds and tells them."""

    telling: Telling
    begun: float = field(default_factory=time.monotonic)
    counted: Counter[EventKind] = field(default_factory=Counter[EventKind])
    bar: Progress | None = None
    said: list[str] = field(default_factory=list[str])
    """Sentences on what came of it."""

    def expect(self, outputs: int) -> None:
        """Hear how many more outputs there will be."""
        if self.bar is not None:
            task = self.bar.tasks[0]
            self.bar.update(task.id, total=(task.total or 0) + outputs)

    def hear(self, place: Place, event: Event) -> None:
        """Tell an event of one office."""
        self.counted[event.kind] += 1
        # The archive stands elsewhere, and is told by its path below the workspace.
        name = event.name if event.kind is EventKind.ARCHIVED else f"{place.built}/{event.name}"
        if self.telling.lines:
            print_line({"kejadian": event.kind.value, "berkas": name, "sebab": event.detail})
            return
        if self.bar is not None and event.kind in _DONE:
            self.bar.update(self.bar.task_ids[0], advance=1, description=name)
        if self._told(event.kind):
            # Why something failed is told at the end, with what to do about it.
            why = f": {event.detail}" if self.telling.explain and event.kind is not EventKind.FAILED else ""
            say(f"{_MARK[event.kind]} {name}{why if event.detail else ''}", errors=True)

    def lost(self, names: str) -> None:
        """Tell that a worker died over these; they are tried again."""
        if self.telling.lines:
            print_line({"kejadian": _LOST, "sebab": names})
        else:
            say(f"{_LOST}; dikerjakan ulang: {names}", errors=True)

    def _told(self, kind: EventKind) -> bool:
        if self.telling.quiet:
            return kind in (EventKind.FAILED, EventKind.ARCHIVED)
        return self.telling.explain or kind is not EventKind.KEPT

    def say(self, text: str) -> None:
        """Tell people what came of it, or a program as a record."""
        self.said.append(text)
        if self.telling.lines:
            print_line({"kejadian": "keterangan", "teks": text})
        elif not self.telling.quiet:
            say(text)

    def sum_up(self, seconds: Mapping[str, float], code: int) -> None:
        """Tell what came of it and where the time went; `seconds` by stage, added up over all workers."""
        total = time.monotonic() - self.begun
        if self.telling.lines:
            counted = {kind.value: self.counted[kind] for kind in EventKind}
            spent = {stage: round(each, 3) for stage, each in seconds.items()}
            record = {"kejadian": "selesai", "kode": code, "jumlah": counted, "tahap": spent}
            print_line({**record, "detik": round(total, 3)})
        elif self.counted and not self.telling.quiet:
            fresh = self.counted[EventKind.MADE] + self.counted[EventKind.FOUND]
            say(f"{fresh} berkas dibuat, {self.counted[EventKind.KEPT]} tetap, dalam {_seconds(total)}", errors=True)
            stages = sorted(seconds.items(), key=lambda each: -each[1])
            spent = ", ".join(f"{stage} {_seconds(each)}" for stage, each in stages if each >= _WORTH_TELLING)
            if fresh and spent:
                say(f"Waktu per tahap, dijumlahkan atas semua pekerja: {spent}", errors=True)


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",") + " detik"


def print_line(record: Mapping[str, Any]) -> None:
    """Print a record on a line of its own, at once."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@contextmanager
def telling(how: Telling) -> Generator[Teller]:
    """Give who tells of builds."""
    screen = console(errors=True)
    teller = Teller(how)
    if how.quiet or how.lines or not screen.is_terminal:
        yield teller
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as bar:
        bar.add_task("Membuat SOP", total=0)
        teller.bar = bar
        yield teller
