"""`sopdocs build`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from sopdocs import engine
from sopdocs.cli import places, untouched
from sopdocs.cli.checking import Checked, exit_code, load
from sopdocs.cli.excerpt import Sources
from sopdocs.cli.offices import beside_offices, option, usual_places
from sopdocs.cli.output import plain_findings, print_findings, say
from sopdocs.cli.progress import Teller, Telling, telling
from sopdocs.cli.staffing import Workforce, crewed
from sopdocs.content import ARCHIVE_CODES, EVERY, Memory, read_offices
from sopdocs.content.report import Report
from sopdocs.engine import SEALED, TITLES, Assignment, BuildResult, Crew, Order, Stopwatch, Surroundings
from sopdocs.errors import ExitCode, SopdocsError, UsageError
from sopdocs.model import OFFICES, Finding, Place, Severity, Workspace
from sopdocs.rules import FINISHED

_READING, _SEALING = "membaca", "menyegel"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    offices: tuple[str, ...] = ()
    """As they were named; empty for the usual one."""
    slugs: tuple[str, ...] = ()
    """These sheets only; empty for everything."""
    with_sources: bool = False
    telling: Telling = field(default_factory=Telling)
    force: Workforce = field(default_factory=Workforce)


def build_offices(root: Path, wish: Wish, now: datetime) -> int:
    """Build for each of the offices; return the worst exit code. Raises UsageError for an office that is not there."""
    desk = Desk(root, wish)
    with crewed(wish.force, desk.tools, Place(root).build) as crew:
        return desk.build(crew, now)


def tell(failures: Sequence[SopdocsError]) -> None:
    """Say what failed and what to do about it, each once."""
    for failure in {failure.message: failure for failure in failures}.values():
        say(f"Galat: {failure.message}", "bold red", errors=True)
        if failure.advice:
            say(f"  Saran: {failure.advice}", errors=True)


def count_outputs(workspace: Workspace, slugs: tuple[str, ...], *, changes: bool) -> int:
    """How many outputs there will be: each sheet and part as Word file and PDF, register, bundle twice."""
    if slugs:
        return 2 * len(slugs)
    around = len(TITLES) - (not workspace.bundel.formulir_pemantauan) - (not changes)
    return 2 * (len(workspace.living) + around) + 3


class Desk:
    """Where builds are ordered: tools are found, and shared files parsed, once for all offices and rounds."""

    def __init__(self, root: Path, wish: Wish) -> None:
        """Find the tools; raises ToolMissingError."""
        self.root = root
        self.wish = wish
        self.tools = places.tools()
        self.seen = untouched.stamps(self.tools.files)
        self.memory = Memory()

    def build(self, crew: Crew, now: datetime) -> int:
        """Build all offices side by side; one that fails does not stop the others. Return the worst exit code.

        Raises UsageError when a tool was replaced since it was found: results would be kept under its old version.
        """
        if untouched.stamps(self.tools.files) != self.seen:
            message = "LibreOffice atau huruf di komputer ini diganti selama sopdocs berjalan"
            raise UsageError(message, "hentikan dengan Ctrl+C, lalu jalankan lagi")
        wish = self.wish
        chosen = usual_places(self.root, wish.offices)
        beside = beside_offices(self.root, wish.offices)
        print_findings(beside, errors=True)
        with telling(wish.telling) as teller:
            build = _Round(self, chosen, teller, now)
            crew.expect(build.guess())
            driven = engine.build_all(build.assignments(), crew, lambda names: teller.lost(names))
        build.watch.add(driven.watch.seconds)
        code = max(build.code, exit_code(beside))
        if not wish.offices:
            self.tell_of_others(teller)
        teller.sum_up(build.watch.seconds, code)
        if not (wish.offices or wish.slugs or wish.with_sources or wish.telling.lines):
            build.remember(code)
        if wish.force.profile is not None:
            engine.write_profile(wish.force.profile, driven.profiles)
        return code

    def tell_of_others(self, teller: Teller) -> None:
        """Name what this build was not about."""
        others = read_offices(self.root, Report())
        if others:
            teller.say(f"Belum termasuk {len(others)} instansi di {OFFICES}/: sopdocs build --instansi {EVERY}")


class _Round:
    """One building of the chosen offices."""

    def __init__(self, desk: Desk, chosen: Sequence[Place], teller: Teller, now: datetime) -> None:
        self.desk = desk
        self.chosen = chosen
        self.teller = teller
        self.now = now
        self.watch = Stopwatch()
        self.code: int = ExitCode.OK
        self.results = places.results(desk.root)
        self.shown: dict[Finding, None] = {}
        """Of the content; what is shared is told once."""
        self.before = untouched.Before(str(desk.root), desk.tools.paths)
        self.made: list[BuildResult] = []

    def guess(self) -> int:
        """How many sheets will have to be made, before anything is read: those of the files touched since."""
        if self.desk.wish.slugs:
            return len(self.desk.wish.slugs)
        return sum(
            untouched.count_touched(self.before.sources, str(place.build / engine.MANIFEST)) for place in self.chosen
        )

    def assignments(self) -> Iterator[Assignment]:
        """Read one office after the other, when there is somebody to build it."""
        for place in self.chosen:
            if self.desk.wish.offices:
                self.teller.say(f"Instansi {place.title}")
            try:
                yield self.assignment(place)
            except SopdocsError as error:
                self.failed(place, error)

    def assignment(self, place: Place) -> Assignment:
        with self.watch.counting(_READING):
            # First: a file that changes meanwhile must not be taken for what was read.
            inputs = places.content_inputs(place)
            checked = load(place, self.now.astimezone().date(), self.desk.memory)
        shown = {f: None for f in checked.findings if f.severity is not Severity.CATATAN}
        print_findings([finding for finding in shown if finding not in self.shown], errors=True)
        self.shown |= shown
        workspace, wish = checked.readable(), self.desk.wish
        around = places.surroundings(place, workspace.instansi, self.desk.tools)
        order = Order(
            place, workspace, checked.findings, inputs, self.now, wish.slugs, wish.with_sources, results=self.results
        )
        if not wish.slugs:
            since = engine.changes_since(place, workspace, inputs, checked.arsip, memory=self.desk.memory)
            order = replace(order, changes=since)
        self.teller.expect(count_outputs(workspace, wish.slugs, changes=order.changes is not None))
        hear, done = partial(self.teller.hear, place), partial(self.done, checked)
        return Assignment(order, around, partial(self.sealed, workspace, around), hear, done)

    def sealed(self, workspace: Workspace, around: Surroundings, merged: bytes) -> bytes:
        local = self.now.astimezone()
        with self.watch.counting(_SEALING):
            sealer = engine.trial_sealer(workspace, places.key_folder(), around.fonts, local)
            return engine.seal(merged, sealer, local)

    def failed(self, place: Place, error: SopdocsError) -> None:
        if self.desk.wish.offices:
            say(f"Instansi {place.title}:", errors=True)
        tell([error])
        self.code = max(self.code, error.exit_code)

    def done(self, checked: Checked, result: BuildResult | SopdocsError) -> None:
        """Say what came out."""
        place = checked.place
        if isinstance(result, SopdocsError):
            self.failed(place, result)
            return
        self.made.append(result)
        # Only these with their lines: those of the content were shown before, and sopdocs check shows them so.
        print_findings(result.findings, Sources(place.root), errors=True)
        for entry in result.manifest.sop.values():
            if entry.konsep:
                more = f"{len(entry.konsep)} hal belum selesai (lihat temuan di atas dan sopdocs check{option(place)})"
                self.teller.say(f"KONSEP {entry.slug}: {more}")
        if result.failures:
            tell(result.failures)
            self.code = max(self.code, result.failures[0].exit_code)
            return
        self.conclude(place, (*checked.findings, *result.findings))

    def conclude(self, place: Place, findings: tuple[Finding, ...]) -> None:
        self.code = max(self.code, exit_code(findings))
        if self.desk.wish.slugs:
            command = f"sopdocs build{option(place)}"
            self.teller.say(f"Bundel tidak diperbarui; jalankan {command} tanpa nama SOP untuk memperbaruinya.")
            return
        errors = [f for f in findings if f.severity is Severity.GALAT]
        after = sum(f.code in FINISHED for f in errors)
        archived = sum(f.code in ARCHIVE_CODES for f in errors)
        if len(errors) > after + archived:
            self.teller.say(f"Selesai dengan {len(errors) - after - archived} galat: lembarnya tercetak KONSEP.")
        if archived:
            told = f"{archived} galat pada arsip: lembar tidak terpengaruh, tetapi belum boleh terbit (sopdocs issue)."
            self.teller.say(told)
        if after:
            self.teller.say(f"{after} galat pada lembar jadi: belum boleh disegel sebagai final.")
        self.teller.say(f"Selesai: {place.build / SEALED}")

    def remember(self, code: int) -> None:
        """Leave what the next call needs when nothing is touched until then."""
        if len(self.made) != 1 or self.made[0].failures:
            return
        (result,) = self.made
        told: untouched.Told = {
            "temuan_isi": [finding.record() for finding in self.shown],
            "temuan": [finding.record() for finding in result.findings],
            "teks": plain_findings(self.shown) + plain_findings(result.findings, Sources(self.desk.root)),
            "kata": self.teller.said,
            "kode": code,
        }
        built = self.chosen[0].built
        outputs = {f"{built}/{name}": output.size for name, output in result.manifest.outputs.items()}
        untouched.remember(self.before, {**outputs, f"{built}/{engine.MANIFEST}": None}, told)
