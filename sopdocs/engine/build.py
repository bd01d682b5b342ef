"""Build a workspace: sheets in parallel, then cover, bundle, seal and manifest; nothing twice."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from sopdocs.engine import stages
from sopdocs.engine.drafts import draft_reasons
from sopdocs.engine.files import exclusive, read_if_there, sha256, write_whole
from sopdocs.engine.manifest import Manifest, Output, SheetEntry, read_manifest
from sopdocs.engine.pages import shared_inputs, sheet_inputs
from sopdocs.engine.sealing import keep_certified, seal, trial_sealer
from sopdocs.engine.stages import SheetJob, Surroundings, digest
from sopdocs.errors import OutputRejectedError, SopdocsError, StoppedError, UsageError
from sopdocs.model import Finding, Severity, Sop, Workspace
from sopdocs.office import Converter
from sopdocs.pdf import Part, bundle, normalise

BUNDLE, SEALED, COVER = "bundel.pdf", "bundel-ttd.pdf", "sampul"
_WORKERS = 2


class EventKind(StrEnum):
    """What happened to an output."""

    MADE = "dibuat"
    KEPT = "tetap"
    FAILED = "gagal"
    ARCHIVED = "diarsipkan"
    """A bundle sealed with a certified key made room for another."""


@dataclass(frozen=True, slots=True)
class Event:
    """Progress of a build."""

    kind: EventKind
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built."""

    root: Path
    workspace: Workspace
    findings: tuple[Finding, ...]
    """Of the content and the rules."""
    inputs: dict[str, str]
    """Path below the workspace -> SHA-256."""
    slugs: tuple[str, ...] = ()
    """These sheets only, without bundle; empty for everything."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came out."""

    manifest: Manifest
    findings: tuple[Finding, ...]
    """Of the layout and of the rules on finished PDFs."""
    failures: tuple[SopdocsError, ...]


def build(
    order: Order, surroundings: Surroundings, key_folder: Path, now: datetime, notify: Callable[[Event], None]
) -> BuildResult:
    """Build what is stale below build/. A sheet that fails is reported and the others go on.

    Raises UsageError when build/ is in use or cannot be written, or a slug is unknown.
    """
    for slug in order.slugs:
        if slug not in order.workspace.sop:
            known = ", ".join(order.workspace.sop)
            raise UsageError(f"SOP “{slug}” tidak ada atau tidak terbaca", f"yang ada: {known}")
    folder = order.root / "build"
    with exclusive(folder):
        try:
            return _Builder(order, surroundings, folder, notify).run(key_folder, now)
        finally:
            shutil.rmtree(folder / ".kerja", ignore_errors=True)


class _Builder:
    def __init__(self, order: Order, surroundings: Surroundings, folder: Path, notify: Callable[[Event], None]) -> None:
        self.order = order
        self.workspace = order.workspace
        self.surroundings = surroundings
        self.folder = folder
        self.notify = notify
        self.old = read_manifest(folder)
        self.shared = shared_inputs(order.workspace, order.inputs)
        self.new = Manifest(surroundings.tools, order.inputs)
        self.converters: SimpleQueue[Converter] = SimpleQueue()
        self.stop = threading.Event()
        for number in range(_WORKERS):
            self.converters.put(Converter(surroundings.libreoffice, folder / ".kerja" / str(number), self.stop))
        self.failures: list[SopdocsError] = []

    def run(self, key_folder: Path, now: datetime) -> BuildResult:
        wanted = [sop for slug, sop in self.workspace.sop.items() if not self.order.slugs or slug in self.order.slugs]
        with ThreadPoolExecutor(_WORKERS) as pool:
            try:
                list(pool.map(self.sheet, wanted))
            except BaseException:
                # LibreOffice runs in sessions of its own and hears no Ctrl+C: tell the workers.
                self.stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        if not self.order.slugs:
            self.whole(key_folder, now)
        if self.order.slugs or self.failures:
            self.keep_the_rest()
        else:
            self.sweep()
        self.new.write(self.folder)
        findings = tuple(finding for entry in self.new.sop.values() for finding in entry.findings)
        return BuildResult(self.new, findings, tuple(self.failures))

    def convert(self, name: str) -> Callable[[bytes], bytes]:
        def attempt(docx: bytes) -> bytes:
            converter = self.converters.get()
            try:
                return converter.convert(docx, name=name)
            finally:
                self.converters.put(converter)

        return attempt

    def sheet(self, sop: Sop) -> None:
        reasons = draft_reasons(sop, self.order.findings)
        job = SheetJob(sop, self.workspace, self.surroundings, bool(reasons))
        names = (f"sop/{sop.slug}.docx", f"sop/{sop.slug}.pdf")
        entry = self.old.sop.get(sop.slug)
        inputs = sheet_inputs(sop, self.shared, self.order.inputs)
        if entry and all(self.fresh(name, job.key) for name in names):
            konsep = (*reasons, *_errors(entry.findings))
            self.new.sop[sop.slug] = replace(entry, konsep=konsep, masukan=inputs)
            return
        try:
            made = stages.sheet(job, self.convert(sop.slug))
            self.put(names[0], made.docx, job.key)
            self.put(names[1], made.pdf, job.key)
        except StoppedError:
            return
        except SopdocsError as error:
            self.failures.append(error)
            self.notify(Event(EventKind.FAILED, f"sop/{sop.slug}.pdf", error.message))
            return
        found = made.findings
        self.new.sop[sop.slug] = SheetEntry(
            sop.slug,
            sop.nama,
            sop.nomor,
            made.geometry.pages,
            (*reasons, *_errors(found)),
            tuple(finding.record() for finding in found),
            inputs,
        )

    def whole(self, key_folder: Path, now: datetime) -> None:
        """Cover, bundle and seal; not made when a sheet of the bundle is missing."""
        slugs = self.workspace.bundel.sop
        missing = [slug for slug in slugs if slug not in self.new.sop]
        if missing or not slugs:
            message = f"Bundel tidak dibuat: {', '.join(missing) or 'tidak ada SOP'} belum jadi"
            self.failures.append(
                OutputRejectedError(message, "sebabnya tertulis di atas; bundel yang lama tidak diubah")
            )
            self.notify(Event(EventKind.FAILED, BUNDLE, message))
            return
        sops = tuple(self.workspace.sop[slug] for slug in slugs)
        try:
            cover = self.cover(sops)
            merged = self.bundle(sops, cover)
            self.seal(merged, key_folder, now)
        except SopdocsError as error:
            self.failures.append(error)
            self.notify(Event(EventKind.FAILED, BUNDLE, error.message))

    def cover(self, sops: tuple[Sop, ...]) -> bytes:
        konsep = any(self.new.sop[sop.slug].konsep for sop in sops)
        docx = stages.cover(sops, self.workspace, self.surroundings, konsep)
        key = digest(docx, repr(self.surroundings.tools))
        names = (f"{COVER}.docx", f"{COVER}.pdf")
        if not all(self.fresh(name, key) for name in names):
            title = self.workspace.bundel.judul
            accept = partial(stages.prove_cover, title=title)
            pdf = stages.convert_twice(docx, self.convert(COVER), accept)
            self.put(names[0], docx, key)
            self.put(names[1], normalise(pdf, title=title, date=stages.bundle_date(sops)), key)
        return self.content(names[1])

    def bundle(self, sops: tuple[Sop, ...], cover: bytes) -> bytes:
        sheets = [Part(sop.nama, f"sop/{sop.slug}", self.content(f"sop/{sop.slug}.pdf"), "SOP") for sop in sops]
        parts = [Part("Sampul", "bagian/sampul", cover), *sheets]
        title, author = self.workspace.bundel.judul, self.workspace.instansi.nama
        key = digest(title, author, repr(self.surroundings.tools), *(sha256(p.pdf) + p.title + p.key for p in parts))
        if not self.fresh(BUNDLE, key):
            font = self.surroundings.fonts.regular
            merged = bundle(parts, title=title, date=stages.bundle_date(sops), author=author, font=font)
            self.put(BUNDLE, merged, key)
        return self.content(BUNDLE)

    def seal(self, merged: bytes, key_folder: Path, now: datetime) -> None:
        key = sha256(merged)
        if not self.fresh(SEALED, key):
            sealer = trial_sealer(self.workspace, key_folder, self.surroundings.fonts, now)
            sealed = seal(merged, sealer, now)
            kept = keep_certified(self.folder, SEALED, sealed)
            if kept is not None:
                self.notify(Event(EventKind.ARCHIVED, kept.relative_to(self.folder).as_posix()))
            self.put(SEALED, sealed, key)

    def content(self, name: str) -> bytes:
        data = read_if_there(self.folder / name)
        if data is None or sha256(data) != self.new.outputs[name].sha256:
            raise OutputRejectedError(f"build/{name} hilang atau berubah selama pembuatan", "jalankan sekali lagi")
        return data

    def fresh(self, name: str, key: str) -> bool:
        """Whether an output stands as it was made from the same inputs; then it is kept."""
        before = self.old.outputs.get(name)
        data = read_if_there(self.folder / name) if before and before.key == key else None
        if before is None or data is None or sha256(data) != before.sha256:
            return False
        self.new.outputs[name] = before
        self.notify(Event(EventKind.KEPT, name))
        return True

    def put(self, name: str, data: bytes, key: str) -> None:
        write_whole(self.folder / name, data)
        self.new.outputs[name] = Output(sha256(data), len(data), key)
        self.notify(Event(EventKind.MADE, name))

    def keep_the_rest(self) -> None:
        """Not everything was built: what stands there from before stays, and stays in the manifest.

        The inputs are left out, since the outputs no longer belong to one state of them.
        """
        self.new.outputs = {**self.old.outputs, **self.new.outputs}
        self.new.sop = {**self.old.sop, **self.new.sop}
        self.new.inputs = {}

    def sweep(self) -> None:
        """Remove outputs of earlier builds that the workspace no longer has, so that none is taken for current."""
        for name in self.old.outputs.keys() - self.new.outputs.keys():
            path = (self.folder / name).resolve()
            if self.folder.resolve() in path.parents:
                path.unlink(missing_ok=True)


def _errors(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(str(finding) for finding in findings if finding.severity is Severity.GALAT)
