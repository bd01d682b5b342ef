"""`sopdocs build`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn

from sopdocs import engine
from sopdocs.cli import places
from sopdocs.cli.checking import exit_code, load
from sopdocs.cli.excerpt import Sources
from sopdocs.cli.output import console, print_findings, say
from sopdocs.engine import SEALED, TITLES, Event, EventKind, Order
from sopdocs.errors import SopdocsError
from sopdocs.model import Severity, Workspace
from sopdocs.rules import FINISHED

_MARK = {
    EventKind.MADE: "dibuat",
    EventKind.KEPT: "tetap ",
    EventKind.FOUND: "dari simpanan",
    EventKind.FAILED: "GAGAL ",
    EventKind.ARCHIVED: "bundel bersertifikat yang lama disimpan sebagai",
}


def build_sheets(
    folder: Path, slugs: tuple[str, ...], now: datetime, *, with_sources: bool = False, explain: bool = False
) -> int:
    """Build, telling what was made and what was kept; with `explain` also why."""
    checked = load(folder, now.astimezone().date())
    shown = tuple(f for f in checked.findings if f.severity is not Severity.CATATAN)
    print_findings(shown, errors=True)
    workspace = checked.readable()
    surroundings = places.surroundings(folder, workspace.instansi)
    inputs, kept = places.content_inputs(folder), places.results(folder)
    order = Order(folder, workspace, checked.findings, inputs, now, slugs, with_sources, results=kept)

    def seal(merged: bytes) -> bytes:
        local = now.astimezone()
        return engine.seal(
            merged, engine.trial_sealer(workspace, places.key_folder(), surroundings.fonts, local), local
        )

    with _progress(count_outputs(workspace, slugs), explain) as notify:
        result = engine.build(order, surroundings, seal, notify)
    # Only these with their lines: those of the content were shown above, and sopdocs check shows them so.
    print_findings(result.findings, Sources(folder), errors=True)
    drafts = [entry for entry in result.manifest.sop.values() if entry.konsep]
    for entry in drafts:
        say(f"KONSEP {entry.slug}: {len(entry.konsep)} hal belum selesai (lihat temuan di atas dan sopdocs check)")
    if result.failures:
        _tell(result.failures)
        return result.failures[0].exit_code
    if slugs:
        say("Bundel tidak diperbarui; jalankan sopdocs build tanpa nama SOP untuk memperbaruinya.")
    else:
        errors = [f for f in (*checked.findings, *result.findings) if f.severity is Severity.GALAT]
        after = sum(f.code in FINISHED for f in errors)
        if len(errors) > after:
            say(f"Selesai dengan {len(errors) - after} galat: lembarnya tercetak KONSEP.")
        if after:
            say(f"{after} galat pada lembar jadi: belum boleh disegel sebagai final.")
        say(f"Selesai: {folder / 'build' / SEALED}")
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
def _progress(total: int, explain: bool) -> Generator[Callable[[Event], None]]:
    """A bar on a terminal, plain lines elsewhere."""
    screen = console(errors=True)
    if not screen.is_terminal:
        yield lambda event: say(_line(event, explain), errors=True)
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), console=screen, transient=True) as bar:
        task = bar.add_task("Membuat SOP", total=total)

        def notify(event: Event) -> None:
            bar.update(task, advance=1, description=f"build/{event.name}")
            if explain or event.kind is not EventKind.KEPT:
                bar.console.print(_line(event, explain))

        yield notify


def _line(event: Event, explain: bool) -> str:
    # The archive stands beside content/; everything else is below build/.
    place = "" if event.kind is EventKind.ARCHIVED else "build/"
    # Why something failed is told at the end, with what to do about it.
    why = f": {event.detail}" if explain and event.kind is not EventKind.FAILED and event.detail else ""
    return f"{_MARK[event.kind]} {place}{event.name}{why}"
