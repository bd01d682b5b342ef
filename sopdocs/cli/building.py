"""`sopdocs build`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from sopdocs import engine
from sopdocs.cli import places, untouched
from sopdocs.cli.checking import Checked, exit_code, load
from sopdocs.cli.excerpt import Sources
from sopdocs.cli.output import print_findings, say
from sopdocs.cli.progress import Teller, Telling, telling_of
from sopdocs.cli.staffing import Workforce, crewed
from sopdocs.content import Memory
from sopdocs.engine import SEALED, TITLES, BuildResult, Crew, Order, Stopwatch, Surroundings
from sopdocs.errors import SopdocsError
from sopdocs.model import Severity, Workspace
from sopdocs.rules import FINISHED

BUILD = "build"
_READING, _SEALING = "membaca", "menyegel"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to build, and how."""

    slugs: tuple[str, ...] = ()
    """These sheets only; empty for everything."""
    with_sources: bool = False
    telling: Telling = field(default_factory=Telling)
    force: Workforce = field(default_factory=Workforce)


def build_sheets(folder: Path, wish: Wish, now: datetime) -> int:
    """Build, telling what was made and what was kept."""
    call = ready(folder, wish, now, Memory(), places.tools())
    with crewed(wish.force, call.around, folder / BUILD) as crew:
        return call.build(crew, now)


def ready(folder: Path, wish: Wish, now: datetime, memory: Memory, tools: places.Tools) -> Building:
    """Read and judge the content. Raises FindingsError and UsageError."""
    watch, before = Stopwatch(), untouched.sources(str(folder))
    with watch.counting(_READING):
        checked = load(folder, now.astimezone().date(), memory)
    shown = [f for f in checked.findings if f.severity is not Severity.CATATAN]
    print_findings(shown, errors=True)
    around = places.surroundings(folder, checked.readable().instansi, tools)
    return Building(folder, wish, checked, around, watch, _Seen(before, tools.paths))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the next call compares with."""

    sources: untouched.Stamps
    """As they were before they were read."""
    tools: list[str]


@dataclass(frozen=True, slots=True)
class Building:
    """A workspace as it was read, about to be built."""

    folder: Path
    wish: Wish
    checked: Checked
    around: Surroundings
    watch: Stopwatch
    seen: _Seen

    def build(self, crew: Crew, now: datetime) -> int:
        """Build, say what came of it, and return the exit code."""
        total = count_outputs(self.checked.readable(), self.wish.slugs)
        with telling_of(total, BUILD, self.wish.telling) as teller:
            result = self.built(crew, now, teller)
        self.watch.add(result.seconds)
        # Only these with their lines: those of the content were shown before, and sopdocs check shows them so.
        print_findings(result.findings, Sources(self.folder), errors=True)
        code = _conclude(self.folder, self.wish, self.checked, result, teller)
        teller.sum_up(self.watch.seconds, code)
        wish = self.wish
        if not (wish.slugs or wish.with_sources or result.failures or wish.telling.lines):
            self.remember(result, teller, code)
        return code

    def built(self, crew: Crew, now: datetime, teller: Teller) -> BuildResult:
        wish, workspace = self.wish, self.checked.readable()
        inputs, kept = places.content_inputs(self.folder), places.results(self.folder)
        order = Order(
            self.folder, workspace, self.checked.findings, inputs, now, wish.slugs, wish.with_sources, results=kept
        )
        return engine.build(order, self.around, partial(self.sealed, now=now), teller, crew)

    def sealed(self, merged: bytes, now: datetime) -> bytes:
        local = now.astimezone()
        with self.watch.counting(_SEALING):
            sealer = engine.trial_sealer(self.checked.readable(), places.key_folder(), self.around.fonts, local)
            return engine.seal(merged, sealer, local)

    def remember(self, result: BuildResult, teller: Teller, code: int) -> None:
        """Leave what the next call needs when nothing is touched until then."""
        told: untouched.Told = {
            "temuan_isi": [f.record() for f in self.checked.findings if f.severity is not Severity.CATATAN],
            "temuan": [finding.record() for finding in result.findings],
            "kata": teller.said,
            "kode": code,
        }
        outputs = [f"{BUILD}/{name}" for name in (*result.manifest.outputs, engine.MANIFEST)]
        untouched.remember(str(self.folder), self.seen.sources, outputs, self.seen.tools, told)


def _conclude(folder: Path, wish: Wish, checked: Checked, result: BuildResult, teller: Teller) -> int:
    """Say what came of it, and return the exit code."""
    for entry in result.manifest.sop.values():
        if entry.konsep:
            more = f"{len(entry.konsep)} hal belum selesai (lihat temuan di atas dan sopdocs check)"
            teller.say(f"KONSEP {entry.slug}: {more}")
    if result.failures:
        tell(result.failures)
        return result.failures[0].exit_code
    if wish.slugs:
        teller.say("Bundel tidak diperbarui; jalankan sopdocs build tanpa nama SOP untuk memperbaruinya.")
    else:
        errors = [f for f in (*checked.findings, *result.findings) if f.severity is Severity.GALAT]
        after = sum(f.code in FINISHED for f in errors)
        if len(errors) > after:
            teller.say(f"Selesai dengan {len(errors) - after} galat: lembarnya tercetak KONSEP.")
        if after:
            teller.say(f"{after} galat pada lembar jadi: belum boleh disegel sebagai final.")
        teller.say(f"Selesai: {folder / BUILD / SEALED}")
    return exit_code((*checked.findings, *result.findings))


def tell(failures: Sequence[SopdocsError]) -> None:
    """Say what failed and what to do about it, each once."""
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
