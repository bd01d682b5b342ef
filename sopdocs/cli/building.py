"""`sopdocs build`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn

from sopdocs import engine
from sopdocs.cli import places
from sopdocs.cli.checking import Checked, exit_code, load
from sopdocs.cli.excerpt import Sources
from sopdocs.cli.offices import beside_offices, option, usual_places
from sopdocs.cli.output import console, print_findings, say
from sopdocs.content import EVERY, Memory, read_offices
from sopdocs.content.report import Report
from sopdocs.engine import SEALED, TITLES, BuildResult, Event, EventKind, Order, Surroundings
from sopdocs.errors import SopdocsError
from sopdocs.model import OFFICES, Place, Severity, Workspace
from sopdocs.rules import FINISHED

_MARK = {
    EventKind.MADE: "dibuat",
    EventKind.KEPT: "tetap ",
    EventKind.FOUND: "dari simpanan",
    EventKind.FAILED: "GAGAL ",
    EventKind.ARCHIVED: "bundel bersertifikat yang lama disimpan sebagai",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    slugs: tuple[str, ...] = ()
    """These sheets only."""
    with_sources: bool = False
    explain: bool = False
    """Whether to say why each file is made or kept."""


def build_offices(folder: Path, offices: Sequence[str], wish: Wish, now: datetime) -> int:
    """Build for each of the offices, one after the other; return the worst exit code.

    One that fails does not stop the others. Raises UsageError for an office that is not there.
    """
    chosen = usual_places(folder, offices)
    builder = _Builder(wish, now)
    if not offices:
        code = builder.build(chosen[0])
        _tell_of_others(folder)
        return code
    beside = beside_offices(folder, offices)
    print_findings(beside, errors=True)
    worst = exit_code(beside)
    for place in chosen:
        say(f"Instansi {place.title}", "bold")
        try:
            code = builder.build(place)
        except SopdocsError as error:
            _tell([error])
            code = error.exit_code
        worst = max(worst, code)
    return worst


def _tell_of_others(folder: Path) -> None:
    others = read_offices(folder, Report())
    if others:
        say(f"Belum termasuk {len(others)} instansi di {OFFICES}/: sopdocs build --instansi {EVERY}")


class _Builder:
    """Builds for one office after the other; tools are found, and shared files parsed, once."""

    def __init__(self, wish: Wish, now: datetime) -> None:
        self.wish = wish
        self.now = now
        self.memory = Memory()
        self.tools: Surroundings | None = None

    def build(self, place: Place) -> int:
        """Build, telling what was made and what was kept."""
        wish, now = self.wish, self.now
        checked = load(place, now.astimezone().date(), self.memory)
        shown = tuple(f for f in checked.findings if f.severity is not Severity.CATATAN)
        print_findings(shown, errors=True)
        workspace = checked.readable()
        surroundings = self.tools = places.surroundings(place, workspace.instansi, self.tools)
        inputs, kept = places.content_inputs(place), places.results(place.root)
        order = Order(place, workspace, checked.findings, inputs, now, wish.slugs, wish.with_sources, results=kept)

        def seal(merged: bytes) -> bytes:
            local = now.astimezone()
            sealer = engine.trial_sealer(workspace, places.key_folder(), surroundings.fonts, local)
            return engine.seal(merged, sealer, local)

        with _progress(place, count_outputs(workspace, wish.slugs), wish.explain) as notify:
            result = engine.build(order, surroundings, seal, notify)
        return self.tell(checked, result)

    def tell(self, checked: Checked, result: BuildResult) -> int:
        """Say what came out, and return the exit code."""
        place = checked.place
        # Only these with their lines: those of the content were shown above, and sopdocs check shows them so.
        print_findings(result.findings, Sources(place.root), errors=True)
        drafts = [entry for entry in result.manifest.sop.values() if entry.konsep]
        for entry in drafts:
            say(f"KONSEP {entry.slug}: {len(entry.konsep)} hal belum selesai (lihat temuan di atas dan sopdocs check)")
        if result.failures:
            _tell(result.failures)
            return result.failures[0].exit_code
        if self.wish.slugs:
            say(f"Bundel tidak diperbarui; jalankan sopdocs build{option(place)} tanpa nama SOP untuk memperbaruinya.")
        else:
            errors = [f for f in (*checked.findings, *result.findings) if f.severity is Severity.GALAT]
            after = sum(f.code in FINISHED for f in errors)
            if len(errors) > after:
                say(f"Selesai dengan {len(errors) - after} galat: lembarnya tercetak KONSEP.")
            if after:
                say(f"{after} galat pada lembar jadi: belum boleh disegel sebagai final.")
            say(f"Selesai: {place.build / SEALED}")
        return exit_code((*checked.findings, *result.findings))


def _tell(failures: Sequence[SopdocsError]) -> None:
    for failure in {failure.message: failure for failure in failures}.values():
        say(f"Galat: {failure.message}", "bold red", errors=True)
        if failure.advice:
            say(f"  Saran: {failure.advice}", errors=True)


def count_outputs(workspace: Workspace, slugs: tuple[str, ...]) -> int:
    """How many outputs there will be: each sheet and part as Word file and PDF, and the bundle twice."""
    if slugs:
        return 2 * len(slugs)
    around = len(TITLES) if workspace.bundel.formulir_pemantauan else len(TITLES) - 1
    return 2 * (len(workspace.sop) + around) + 2


@contextmanager
def _progress(place: Place, total: int, explain: bool) -> Generator[Callable[[Event], None]]:
    """A bar on a terminal, plain lines elsewhere."""
    screen = console(errors=True)
    if not screen.is_terminal:
        yield lambda event: say(_line(place, event, explain), errors=True)
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), console=screen, transient=True) as bar:
        task = bar.add_task("Membuat SOP", total=total)

        def notify(event: Event) -> None:
            bar.update(task, advance=1, description=f"{place.built}/{event.name}")
            if explain or event.kind is not EventKind.KEPT:
                bar.console.print(_line(place, event, explain))

        yield notify


def _line(place: Place, event: Event, explain: bool) -> str:
    # The archive stands elsewhere, and is told by its path below the workspace.
    folder = "" if event.kind is EventKind.ARCHIVED else f"{place.built}/"
    # Why something failed is told at the end, with what to do about it.
    why = f": {event.detail}" if explain and event.kind is not EventKind.FAILED and event.detail else ""
    return f"{_MARK[event.kind]} {folder}{event.name}{why}"
