"""Measure the build beside LibreOffice alone, what most people do, ninja, Dask and other makers, all in one run.

Run: .venv/bin/python benchmarks/build.py [--sops 10,100] [--repeats 2] [--only full,noop,edit,workers,dask,rivals]
[--write docs/kinerja.md]. Ways that are compared take turns; compare the ratios, not the seconds. What cannot be
measured says why.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from bare import Kit, chunks, kits, plain
from measuring import NotRunError, Server, Taken, Way, cores, free_port, in_turns, machine, timed, wait_for_port
from report import Ratio, Table, put_between, quicker
from rivals import Ninja, by_hand, drawn, needed, unoservers
from scale import at_office
from sites import Site, has, sopdocs
from workspaces import edit, sheets

from sopdocs.office import LibreOffice, find_libreoffice

MEASURED = Path(__file__).with_name("measured.json")
PARTS = ("full", "noop", "edit", "workers", "dask", "rivals")
SAMPLE = 10
"""Files that the slow ways are tried on."""
USUAL = 100
"""Sheets of the workspace for parts that need one size: the largest asked for up to this."""
_WARMING = 2
"""Sheets that are built before anything is measured, so that the trial key is there and the disk has been read."""
_WATCH_LIMIT = 600.0
"""Seconds for a line of it."""
_WAITING = "Menunggu perubahan"
"""In what it says, after the time, when it is ready for an edit."""
_EMPTY = "# Kinerja\n<!-- measured -->\n<!-- /measured -->\n"


def say(text: str) -> None:
    """Print at once: a run takes long."""
    print(text, flush=True)


@dataclass(frozen=True, slots=True)
class Run:
    """What all parts share."""

    place: Path
    libreoffice: LibreOffice
    sizes: tuple[int, ...]
    repeats: int

    def site(self, sops: int) -> Site:
        return Site.make(self.place, sops)

    @property
    def usual(self) -> Site:
        """The workspace of parts that need one size."""
        return self.site(max((size for size in self.sizes if size <= USUAL), default=min(self.sizes)))

    def turns(self, table: Table) -> Table:
        say(table.title)
        in_turns(table.ways, self.repeats, say)
        return table


def full(job: Run, sops: int) -> Table:
    """A cold build of all, beside LibreOffice alone on the same Word files and what most people do."""
    site, workers = job.site(sops), cores()
    build = Way("sopdocs build, cold", partial(site.with_workers, workers))
    warm = Way("LibreOffice alone, kept warm", lambda: kits(job.libreoffice, site.documents(), workers))
    parts = Way("LibreOffice alone, ten files a process", lambda: chunks(job.libreoffice, site.documents(), workers))

    def one_by_one() -> Taken:
        files = [path for path in site.documents() if path.name.startswith("sop-")][:SAMPLE]
        taken = by_hand(job.libreoffice, files)
        return Taken(taken.seconds * sops / len(files), taken.peak)

    usual = Way("docxtpl and one soffice a file", one_by_one)
    title = f"Full build of {sops} sheets, {workers} workers"
    table = job.turns(Table(f"full/{sops}", title, [build, warm, parts, usual], documents=sops))
    table.ratios = [Ratio(build, quicker([warm, parts]), 1.15), Ratio(build, usual), Ratio(usual, build)]
    files = len(site.documents()) if build.measured else 0
    table.notes = [
        f"LibreOffice alone prints all {files} Word files of the build, the bundle's parts among them; the build also "
        f"reads, checks, lays out, proves, merges and seals. The last way was tried on {min(sops, SAMPLE)} files, one "
        "after the other as its script does, and extrapolated.",
        f"Outputs {site.size(cache=False):.1f} MB, kept results {site.size(cache=True):.1f} MB.",
    ]
    return table


def noop(job: Run, sops: int) -> Table:
    """Nothing has changed."""
    site = job.site(sops).built()
    again = Way("sopdocs build, nothing changed", site.build)
    rival: list[Ninja] = []

    def ninja() -> Taken:
        rival[:] = rival or [Ninja(site.folder, job.place / f"ninja{sops}")]
        return rival[0].again()

    nothing = Way("ninja, nothing to do", ninja)
    table = Table(f"noop/{sops}", f"Nothing changed, {sops} sheets", [again, nothing], [Ratio(again, nothing, 3.0)])
    table.notes = [
        "Both compare time stamps: ninja of two outputs a sheet, sopdocs of everything it read, made and was made "
        "with. Where a stamp differs, sopdocs reads and compares contents, which takes longer."
    ]
    return job.turns(table)


def one_edit(job: Run) -> Table:
    """One cell changes, and its sheet is wanted as PDF."""
    site, minutes = job.usual.built(), count(31)
    sheet = sheets(site.folder)[0]
    docx = next(path for path in site.documents() if path.name == f"sop-{sheet.stem}.docx")

    def cold() -> Taken:
        edit(sheet, next(minutes))
        return site.build(sheet.stem)

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        watched: list[Callable[[int], Taken]] = []
        kept: list[Kit] = []

        def watch() -> Taken:
            watched[:] = watched or [stack.enter_context(watching(site.copy("watched")))]
            return watched[0](next(minutes))

        def warm() -> Taken:
            if not kept:
                kept.append(stack.enter_context(Kit(job.libreoffice, folder)))
                kept[0].convert(docx)
            return timed(lambda: kept[0].convert(docx))

        ways = [
            Way("sopdocs build --watch, from edit to PDF", watch),
            Way("sopdocs build SLUG, a new process", cold),
            Way("LibreOffice kept warm, that sheet", warm),
            Way("soffice, that sheet", lambda: plain(job.libreoffice, docx, folder)),
        ]
        table = Table("edit", f"One edit, {site.sops} sheets in the workspace", ways)
        table.ratios = [Ratio(ways[0], ways[2], 2.0), Ratio(ways[0], ways[3])]
        table.ratios += [Ratio(ways[1], ways[2]), Ratio(ways[1], ways[3])]
        return job.turns(table)


@contextmanager
def watching(site: Site) -> Generator[Callable[[int], Taken]]:
    """A `sopdocs build --watch`; what is yielded edits a sheet and waits for its PDF. Raises NotRunError."""
    if not has("--watch"):
        raise NotRunError("this sopdocs build has no --watch")
    sheet = sheets(site.folder)[0]
    process = subprocess.Popen(
        sopdocs("-C", str(site.folder), "build", "--watch"),
        env={**site.env, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    lines = process.stdout

    def wait_for(wanted: str) -> None:
        late = threading.Timer(_WATCH_LIMIT, process.kill)
        late.start()
        try:
            for line in lines:
                if line.startswith(wanted) or (wanted == _WAITING and wanted in line):
                    return
        finally:
            late.cancel()
        raise NotRunError(f"sopdocs build --watch ended, or {_WATCH_LIMIT:g} s went by, without “{wanted}”")

    def change(minutes: int) -> Taken:
        time.sleep(1)  # what follows upon the edit before, such as the bundle, is not this edit's
        start = time.perf_counter()
        edit(sheet, minutes)
        wait_for(f"dibuat build/sop/{sheet.stem}.pdf")
        taken = Taken(time.perf_counter() - start)
        wait_for(_WAITING)
        return taken

    try:
        wait_for(_WAITING)
        yield change
    finally:
        process.terminate()
        process.communicate()


def by_workers(job: Run) -> Table:
    """One, two and four workers."""
    site = job.usual
    ways = [Way(f"--workers {number}", partial(site.with_workers, number)) for number in (1, 2, 4)]
    table = Table("workers", f"Cold build of {site.sops} sheets by workers", ways, documents=site.sops)
    table.ratios = [Ratio(ways[1], ways[0]), Ratio(ways[2], ways[0])]
    table.notes = [f"This machine has {cores()} cores."]
    return job.turns(table)


def on_dask(job: Run) -> Table:
    """A scheduler and two workers of one thread, beside two local processes."""
    site = job.usual
    local = Way("process pool, --workers 2", partial(site.with_workers, 2))
    with ExitStack() as stack:
        started: list[str] = []

        def remote() -> Taken:
            started[:] = started or [stack.enter_context(cluster(site, job.place))]
            return site.cold("--dask", started[0])

        dask = Way("Dask, two workers of one thread", remote)
        title = f"Cold build of {site.sops} sheets on a Dask cluster of this machine"
        table = Table("dask", title, [local, dask], [Ratio(dask, local, 1.1)], site.sops)
        table.notes = ["Dask's workers stay between builds and have started before; the memory is the client's only."]
        return job.turns(table)


@contextmanager
def cluster(site: Site, place: Path) -> Generator[str]:
    """The address of a scheduler with two workers. Raises NotRunError."""
    if not has("--dask"):
        raise NotRunError("this sopdocs build has no --dask")
    needed("distributed")
    address = f"tcp://127.0.0.1:{(port := free_port())}"
    scheduler = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = ["-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    with ExitStack() as stack:
        wait_for_port(port, stack.enter_context(Server([sys.executable, *scheduler], site.env)))
        for number in range(2):
            local = ["--local-directory", str(place / f"dask{number}")]
            stack.enter_context(Server([sys.executable, *worker, *local], site.env))
        from distributed import Client

        with Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        yield address


def beside_rivals(job: Run) -> Table:
    """What a user might pick instead, on ten sheets."""
    site = job.site(SAMPLE)
    files = [path for path in site.documents() if path.name.startswith("sop-")]
    with ExitStack() as stack:
        servers: dict[int, Callable[[Sequence[Path]], Taken]] = {}

        def uno(number: int) -> Taken:
            if number not in servers:
                servers[number] = stack.enter_context(unoservers(job.libreoffice, number))
            return servers[number](files)

        ways = [
            Way("sopdocs build, cold, with bundle and seal", site.cold),
            Way("LibreOffice alone, ten files a process", lambda: chunks(job.libreoffice, files, cores())),
            Way("unoserver, one", partial(uno, 1)),
            Way("unoserver, two", partial(uno, 2)),
            Way("Typst, comparable pages", lambda: drawn("typst", site.folder, SAMPLE)),
            Way("WeasyPrint, comparable pages", lambda: drawn("weasyprint", site.folder, SAMPLE)),
        ]
        table = Table("rivals", f"What one might pick instead, {SAMPLE} sheets", ways, documents=SAMPLE)
        table.ratios = [Ratio(way, ways[1]) for way in ways[2:]]
        table.notes = [
            "unoserver prints the Word files of the build and had started before. Typst and WeasyPrint draw from data "
            "(benchmarks/competitors/), with straight arrows, without Word file, tags, links or checks, by one core."
        ]
        return job.turns(table)


def scale_figures(tables: Sequence[Table], job: Run) -> dict[str, float] | None:
    """What benchmarks/scale.py computes with; None when no sizes around an office's were measured."""
    found = {table.documents: table.ways[0] for table in tables if table.key.startswith("full/") and table.ways}
    known = {sops: way for sops, way in found.items() if way.measured}
    seconds = at_office({sops: way.best for sops, way in known.items()})
    output = at_office({sops: job.site(sops).size(cache=False) for sops in known})
    kept = at_office({sops: job.site(sops).size(cache=True) for sops in known})
    peak = at_office({sops: way.peak for sops, way in known.items() if way.peak is not None})
    if seconds is None or output is None or kept is None or peak is None:
        return None
    figures = {"seconds": seconds, "output_mb": output, "kept_mb": kept, "peak_mb": peak}
    return {"workers": cores(), **{name: round(value, 3) for name, value in figures.items()}}


def measure(job: Run, parts: Sequence[str]) -> list[Table]:
    """Take all parts; one that cannot even begin is a table that says so."""
    jobs: list[tuple[str, Callable[[], Table]]] = []
    for part in parts:
        if part in ("full", "noop"):
            sized = full if part == "full" else noop
            jobs += [(f"{part}/{sops}", partial(sized, job, sops)) for sops in job.sizes]
        else:
            one = {"edit": one_edit, "workers": by_workers, "dask": on_dask, "rivals": beside_rivals}[part]
            jobs.append((part, partial(one, job)))
    tables: list[Table] = []
    for name, work in jobs:
        try:
            tables.append(work())
        except (NotRunError, OSError, subprocess.SubprocessError) as error:
            tables.append(Table(name, name, notes=[f"Not measured: {error}"]))
            say(f"{name}: not measured: {error}")
    return tables


def main() -> None:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--sops", default="10,100", help="sizes of the workspaces (10,100)")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--only", default=",".join(PARTS), help=",".join(PARTS))
    parser.add_argument("--write", type=Path, help="page that the report goes into; measured.json is written too")
    chosen = parser.parse_args()
    parts, sizes = chosen.only.split(","), tuple(sorted(map(int, chosen.sops.split(","))))
    if unknown := set(parts) - set(PARTS):
        parser.error(f"unknown parts: {', '.join(sorted(unknown))}")
    libreoffice = find_libreoffice(os.environ.get("SOPDOCS_SOFFICE"))
    about, day = machine(libreoffice.version), datetime.now(UTC).date().isoformat()
    with tempfile.TemporaryDirectory(prefix="sopdocs-bench-") as place:
        job = Run(Path(place), libreoffice, sizes, chosen.repeats)
        say("Warming up")
        job.site(_WARMING).build()
        tables = measure(job, parts)
        scale = scale_figures(tables, job)
    command = f"python benchmarks/build.py --sops {chosen.sops} --repeats {chosen.repeats} --only {chosen.only}"
    lines = [f"{day}; " + ", ".join(f"{key} {value}" for key, value in about.items()) + ".", f"`{command}`", ""]
    left_out = [part for part in PARTS if part not in parts]
    rest = [f"Not selected in this run: {', '.join(left_out)}."] if left_out else []
    text = "\n".join([*lines, *(table.markdown() for table in tables), *rest])
    say(text)
    if chosen.write:
        put_between(chosen.write, text, _EMPTY)
        records = {table.key: table.record() for table in tables}
        data = {"date": day, "machine": about, "command": command, "tables": records, "scale": scale}
        if MEASURED.exists():  # what other scripts put there stays
            data = json.loads(MEASURED.read_text(encoding="utf-8")) | data
        MEASURED.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
