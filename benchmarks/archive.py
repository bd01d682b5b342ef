"""Measure what an archive costs: the same commands with none, with one and with ten editions, in turns.

Run: .venv/bin/python benchmarks/archive.py [--sops 10,100] [--repeats 3] [--write docs/kinerja.md]. Seconds are those
of the processor, user and system, for the command and all it started: a busy machine changes them less than the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from editions import add_editions
from measuring import NotRunError, Taken, Way, in_turns, ratio
from report import Ratio, Table, put_between
from sites import Site, sopdocs, surroundings
from workspaces import make_workspace

from build import watching

MEASURED = Path(__file__).with_name("measured.json")
MARKS = ("<!-- measured archive -->", "<!-- /measured archive -->")
KEY = "archive"
EDITIONS = (0, 1, 10)
QUICK = {"check": ("check",), "status": ("status",), "at": ("at", "2024-06-30"), "diff": ("diff", "edisi-0", "kini")}
"""Commands that need no build."""
_NEEDS_ARCHIVE = ("diff",)


def spent(command: Sequence[str], env: dict[str, str]) -> Taken:
    """Run a command; seconds of the processor. Raises NotRunError when it does not do its work."""
    before = os.times()
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    after = os.times()
    if done.returncode not in (0, 1):
        raise NotRunError(f"failed with status {done.returncode}")
    user, system = after.children_user - before.children_user, after.children_system - before.children_system
    return Taken(user + system)


def site(place: Path, sops: int, editions: int) -> Site:
    """A workspace with so many editions; one that is there already is taken as it is."""
    folder = place / f"w{sops}e{editions}"
    if not folder.exists():
        make_workspace(folder, sops)
        add_editions(folder, editions)
    return Site(folder, sops, surroundings(place / "keys"))


def compared(name: str, sops: int, works: dict[int, Callable[[], Taken]], repeats: int) -> Table:
    """One command with archives of different lengths, the shortest first."""
    ways = [Way(f"{number} editions", work) for number, work in works.items()]
    table = Table(f"{name}/{sops}", f"{name}, {sops} sheets", ways, documents=sops)
    table.ratios = [Ratio(way, ways[0]) for way in ways[1:]]
    print(table.title)
    in_turns(ways, repeats, print)
    return table


def markdown(tables: Sequence[Table]) -> str:
    """All of it as one table: seconds of the quickest run, and the last ratio of each command."""
    titles = [f"{number} editions" for number in EDITIONS]
    lines = [f"| | {' | '.join(titles)} | {EDITIONS[-1]} ÷ fewest |", "|---|" + "---:|" * (len(titles) + 1)]
    for table in tables:
        best = {way.name: f"{way.best:.2f}" if way.measured else "not measured" for way in table.ways}
        found = ratio(table.ratios[-1].over, table.ratios[-1].under)
        cells = [*(best.get(title, "") for title in titles), f"{found:.2f}" if found is not None else ""]
        lines.append(f"| {table.title} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def quick(place: Path, sops: int, repeats: int) -> list[Table]:
    """Commands that read."""
    tables: list[Table] = []
    for name, arguments in QUICK.items():
        sites = {number: site(place, sops, number) for number in EDITIONS if number or name not in _NEEDS_ARCHIVE}
        works = {
            number: partial(spent, sopdocs("-C", str(each.folder), *arguments), each.env)
            for number, each in sites.items()
        }
        tables.append(compared(f"sopdocs {name}", sops, works, repeats))
    return tables


def builds(place: Path, sops: int, repeats: int) -> list[Table]:
    """A build that finds nothing to do once it has read everything, and an edit while one watches."""
    sites = {number: site(place, sops, number).built() for number in EDITIONS}

    def again(each: Site) -> Taken:
        os.utime(each.folder / "content" / "instansi.yaml")  # else nothing would be read
        return spent(sopdocs("-C", str(each.folder), "build"), each.env)

    works = {number: partial(again, each) for number, each in sites.items()}
    tables = [compared("sopdocs build, a file touched", sops, works, repeats)]
    with ExitStack() as stack:
        minutes, watched = count(41), dict[int, Callable[[int], Taken]]()

        def edited(number: int) -> Taken:
            if number not in watched:
                watched[number] = stack.enter_context(watching(sites[number]))
            return watched[number](next(minutes))

        works = {number: partial(edited, number) for number in EDITIONS}
        tables.append(compared("sopdocs build --watch, from edit to PDF (by the clock)", sops, works, repeats))
    return tables


def write(path: Path, tables: Sequence[Table], command: str) -> None:
    """Put the tables into the page, and beside the other figures."""
    day = datetime.now(UTC).date().isoformat()
    text = "\n".join([f"{day}; `{command}`", "", markdown(tables)])
    put_between(path, text, "", MARKS)
    data = json.loads(MEASURED.read_text(encoding="utf-8"))
    data[KEY] = {"date": day, "command": command, "tables": {table.key: table.record() for table in tables}}
    MEASURED.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--sops", default="10,100", help="sizes of the workspaces (10,100)")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", default="quick,builds", help="quick,builds")
    parser.add_argument("--write", type=Path, help="page that the tables go into; measured.json is written too")
    chosen = parser.parse_args()
    tables: list[Table] = []
    with tempfile.TemporaryDirectory(prefix="sopdocs-bench-") as place:
        for sops in map(int, chosen.sops.split(",")):
            for part in (quick, builds):
                if part.__name__ in chosen.only.split(","):
                    tables += part(Path(place), sops, chosen.repeats)
    print(markdown(tables))
    if chosen.write:
        command = f"python benchmarks/archive.py --sops {chosen.sops} --repeats {chosen.repeats} --only {chosen.only}"
        write(chosen.write, tables, command)


if __name__ == "__main__":
    main()
