"""Build a workspace: sheets in parallel, then cover, bundle, seal and manifest; nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sopdocs.engine import stages
from sopdocs.engine.archive import keep_certified
from sopdocs.engine.attachments import Approvals, approvals
from sopdocs.engine.crew import Crew, Driven, Staff, Task, Work
from sopdocs.engine.drafts import draft_reasons
from sopdocs.engine.files import exclusive, read_if_there, sha256
from sopdocs.engine.ingredients import Recipe, sheet_sources
from sopdocs.engine.jobs import SheetJob, SheetResult, Surroundings
from sopdocs.engine.manifest import Manifest, SheetEntry, read_manifest
from sopdocs.engine.outputs import SEALED, Event, EventKind, Outputs
from sopdocs.engine.results import Results
from sopdocs.engine.sealing import is_approval, load_signing
from sopdocs.engine.sheets import asked_sop
from sopdocs.engine.whole import BUNDLE, Whole
from sopdocs.engine.workers import Here, Inline, local_pool, prepare_pool
from sopdocs.errors import OutputRejectedError, SopdocsError
from sopdocs.model import Finding, Place, Severity, Sop, Workspace
from sopdocs.office import LibreOffice
from sopdocs.rules import old_approval
from sopdocs.word import ChangeSheet


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built."""

    place: Place
    workspace: Workspace
    findings: tuple[Finding, ...]
    """Of the content and the rules."""
    inputs: dict[str, str]
    """Path below the workspace -> SHA-256."""
    now: datetime
    """Aware; by it signatures of single sheets are judged, and nothing else."""
    slugs: tuple[str, ...] = ()
    """These sheets only, without bundle; empty for everything."""
    with_sources: bool = False
    """Whether the bundle carries what it is made of."""
    output: Path | None = None
    """Where it goes; None: the place's own folder of outputs."""
    results: Results | None = None
    """Of earlier builds; None makes everything that does not stand there."""
    changes: ChangeSheet | None = None
    """What differs from the edition before; None for a first one."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came out."""

    manifest: Manifest
    findings: tuple[Finding, ...]
    """Of the layout and of the rules on finished PDFs."""
    failures: tuple[SopdocsError, ...]


Seal = Callable[[bytes], bytes]
"""Bundle to sealed bundle."""


def local_staff(libreoffice: LibreOffice, folder: Path, workers: int, *, at_once: bool = False) -> Staff:
    """Processes of this machine; one worker is this process itself. `folder` is theirs alone, see `work_folder`."""
    if workers == 1:
        return Staff(Here(libreoffice, folder), Inline, workers, at_once=at_once)
    return Staff(Here(libreoffice, folder), partial(local_pool, workers), workers, at_once, prepare=prepare_pool)


@dataclass(frozen=True, slots=True)
class Assignment:
    """The build of one office."""

    order: Order
    surroundings: Surroundings
    seal: Seal | None
    """None seals nothing."""
    notify: Callable[[Event], None]
    done: Callable[[BuildResult | SopdocsError], None]
    """Hears what came of it. An error: nothing was begun, since the order or the folder is unusable."""


def build_all(assignments: Iterable[Assignment], crew: Crew, notify_loss: Callable[[str], None]) -> Driven:
    """Build what is stale for many offices side by side; none stops another, and no sheet stops the others.

    The next assignment is asked for when there is somebody to do it. `notify_loss` hears what was in work when a
    worker died.
    """
    stores: dict[int, Results] = {}

    def works() -> Iterator[Work]:
        for each in assignments:
            if each.order.results is not None:
                stores[id(each.order.results)] = each.order.results
            yield _assigned(each)

    try:
        return crew.drive(works(), notify_loss)
    finally:
        for results in stores.values():
            results.trim()


def build(order: Order, surroundings: Surroundings, notify: Callable[[Event], None], crew: Crew) -> BuildResult:
    """Build what is stale for one office, and seal nothing.

    Raises UsageError when build/ is in use or cannot be written, or a slug is unknown.
    """
    outcomes: list[BuildResult | SopdocsError] = []
    build_all([Assignment(order, surroundings, None, notify, outcomes.append)], crew, lambda _: None)
    (outcome,) = outcomes
    if isinstance(outcome, SopdocsError):
        raise outcome
    return outcome


def _assigned(each: Assignment) -> Work:
    order = each.order
    folder = order.output or order.place.build
    try:
        for slug in order.slugs:
            asked_sop(order.workspace, slug)
        with exclusive(folder):
            builder = _Builder(order, each.surroundings, folder, each.notify)
            yield from builder.work(each.seal)
    except SopdocsError as error:
        each.done(error)
        return
    each.done(builder.result())


class _Builder:
    def __init__(self, order: Order, surroundings: Surroundings, folder: Path, notify: Callable[[Event], None]) -> None:
        self.order = order
        self.workspace = order.workspace
        self.named = order.place.named(order.inputs)
        self.surroundings = surroundings
        self.notify = notify
        made = Manifest(surroundings.tools, order.inputs)
        self.outputs = Outputs(folder, read_manifest(folder), made, notify, order.results)
        self.failures: list[SopdocsError] = []
        self.findings: list[Finding] = []

    def work(self, seal: Seal | None) -> Work:
        """Everything, in the order in which one thing needs another."""
        slugs = self.order.slugs
        wanted = [sop for slug, sop in self.workspace.living.items() if not slugs or slug in slugs]
        self.outputs.announce(name for sop in wanted for name in _files(sop.slug))
        yield [task for sop in wanted if (task := self.sheet(sop)) is not None]
        if not self.order.slugs:
            yield from self.whole(seal)
        if self.order.slugs or self.failures:
            self.keep_the_rest()
        else:
            self.outputs.sweep()
        self.outputs.conclude()

    def result(self) -> BuildResult:
        """What came of it."""
        made = self.outputs.new
        findings = tuple(finding for entry in made.sop.values() for finding in entry.findings)
        return BuildResult(made, (*findings, *self.findings), tuple(self.failures))

    def sheet(self, sop: Sop) -> Task | None:
        """What is to be done for a sheet; nothing when it stands already."""
        reasons = draft_reasons(sop, self.order.findings)
        job = SheetJob(sop, self.workspace, self.surroundings, bool(reasons))
        inputs = sheet_sources(sop, self.workspace, self.named, konsep=job.konsep)
        file = self.named.get(f"content/sop/{sop.slug}.md", "")
        bare = SheetEntry(sop.slug, sop.nama, sop.nomor, 0, reasons, masukan=inputs, berkas=file)
        recipe = job.recipe
        try:
            entry = self.known(bare, job, recipe)
        except SopdocsError as error:
            self.failed(f"sop/{sop.slug}.pdf", error)
            return None
        if entry is None:
            return Task(stages.sheets, job, partial(self.made, bare, recipe))
        self.enter(entry)
        return None

    def enter(self, entry: SheetEntry) -> None:
        errors = tuple(str(finding) for finding in entry.findings if finding.severity is Severity.GALAT)
        self.outputs.new.sop[entry.slug] = replace(entry, konsep=(*entry.konsep, *errors))

    def known(self, bare: SheetEntry, job: SheetJob, recipe: Recipe) -> SheetEntry | None:
        """The entry of a sheet that need not be made; its files stand in build/ then."""
        outputs, files = self.outputs, _files(bare.slug)
        before, entry = outputs.old.outputs.get(files[1]), outputs.old.sop.get(bare.slug)
        if before and entry and before.key == recipe.key:
            facts = entry.facts
        else:
            facts = outputs.results.find(_facts(bare.slug), recipe.key) if outputs.results is not None else None
        try:
            found = bare.with_facts(facts) if facts is not None else None
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        if found is None or not all(outputs.fresh(name, recipe) for name in files):
            return None
        elsewhere = any(finding.span.path != job.sop.at("").path for finding in found.findings)
        if elsewhere or (found.temuan and found.berkas != bare.berkas):
            # Nothing printed has changed, but the lines that findings tell may have moved, or the file itself.
            found = replace(found, temuan=_records(stages.judge(job, outputs.content(files[1]))))
        return replace(found, berkas=bare.berkas)

    def made(self, bare: SheetEntry, recipe: Recipe, result: SheetResult | SopdocsError) -> None:
        files = _files(bare.slug)
        try:
            if isinstance(result, SopdocsError):
                raise result
            entry = replace(bare, halaman=result.pages, temuan=_records(result.findings))
            for name, data in zip(files, (result.docx, result.pdf), strict=True):
                self.outputs.put(name, data, recipe)
        except SopdocsError as error:
            self.failed(files[1], error)
            return
        if self.outputs.results is not None:
            self.outputs.results.keep(_facts(bare.slug), recipe.key, entry.facts)
        self.enter(entry)

    def whole(self, seal: Seal | None) -> Work:
        """All parts, bundle and seal; not made when a sheet of the bundle is missing."""
        slugs = self.workspace.bundel.sop
        missing = [slug for slug in slugs if slug not in self.outputs.new.sop]
        if missing or not slugs:
            self.failed(BUNDLE, self.no_bundle(missing))
            return
        try:
            sources, signed = self.sources(), self.approvals()
            parts = Whole(self.workspace, self.surroundings, self.outputs, sources, signed, self.order.changes)
            yield from (replace(parts, merging=load_signing) if seal else parts).work()
            if seal:
                self.seal(self.outputs.content(BUNDLE), seal)
        except SopdocsError as error:
            self.failed(BUNDLE, error)

    def no_bundle(self, missing: Sequence[str]) -> OutputRejectedError:
        """Say why there is none: sheets that failed, or nothing to put into it."""
        if missing:
            advice = "sebabnya tertulis di atas; bundel yang lama tidak diubah"
            return OutputRejectedError(f"Bundel tidak dibuat: {', '.join(missing)} belum jadi", advice)
        if self.workspace.sop and not self.workspace.living:
            message = "Bundel tidak dibuat: semua SOP sudah dicabut atau digantikan"
            return OutputRejectedError(message, "tulis SOP baru dengan sopdocs new; yang pernah berlaku ada di arsip/")
        advice = "tulis SOP dengan sopdocs new, dan sebut di bundel.yaml bila berkas itu ada"
        return OutputRejectedError("Bundel tidak dibuat: belum ada SOP di dalamnya", advice)

    def sources(self) -> dict[str, bytes] | None:
        """The files that the workspace was read from, as they were then. Raises OutputRejectedError."""
        if not self.order.with_sources:
            return None
        found = {path: read_if_there(self.order.place.root / path) for path in self.order.inputs}
        for path, data in found.items():
            if data is None or sha256(data) != self.order.inputs[path]:
                raise OutputRejectedError(f"{path} berubah selama pembuatan", "jalankan sekali lagi")
        return {path: data for path, data in found.items() if data is not None}

    def approvals(self) -> Approvals:
        """Signed sheets to be attached; those that are not of today's sheet are told."""
        sheets = {slug: self.outputs.content(f"sop/{slug}.pdf") for slug in self.workspace.bundel.sop}
        found = approvals(self.order.place, sheets, lambda pdf: is_approval(pdf, self.order.now))
        self.findings += [old_approval(self.workspace.sop[slug], found.folder) for slug in found.outdated]
        return found

    def seal(self, merged: bytes, seal: Seal) -> None:
        # Whoever signs later writes the same key: it says which bundle is inside.
        key = sha256(merged)
        recipe = Recipe(key, Recipe.of({BUNDLE: key}).bahan)
        if not self.outputs.fresh(SEALED, recipe):
            sealed = seal(merged)
            kept = keep_certified(self.order.place.archive, self.outputs.folder / SEALED)
            if kept is not None:
                self.notify(Event(EventKind.ARCHIVED, kept.relative_to(self.order.place.root).as_posix()))
            self.outputs.put(SEALED, sealed, recipe)

    def failed(self, name: str, error: SopdocsError) -> None:
        self.failures.append(error)
        self.notify(Event(EventKind.FAILED, name, error.message))

    def keep_the_rest(self) -> None:
        """Not everything was built: what stands there from before stays, and stays in the manifest.

        The inputs are left out when the outputs no longer belong to one state of them.
        """
        old, new = self.outputs.old, self.outputs.new
        new.outputs = {**old.outputs, **new.outputs}
        new.sop = {**old.sop, **new.sop}
        new.bundel = new.bundel or old.bundel
        if self.failures or new.inputs != old.inputs:
            new.inputs = {}


def _records(findings: Sequence[Finding]) -> tuple[dict[str, Any], ...]:
    return tuple(finding.record() for finding in findings)


def _files(slug: str) -> tuple[str, str]:
    return f"sop/{slug}.docx", f"sop/{slug}.pdf"


def _facts(slug: str) -> str:
    """The name under which results keep what the files do not tell."""
    return f"sop/{slug}.json"
