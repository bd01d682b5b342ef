"""What `sopdocs diff` compares: today's content, an edition, an SOP in one of them, a file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from sopdocs.cli.output import print_findings
from sopdocs.compare import tanggal
from sopdocs.content import ArchiveReading, Memory, Reading, read_edition, read_editions, read_workspace
from sopdocs.content.folder import SLUG
from sopdocs.errors import FindingsError, UsageError, reason
from sopdocs.model import OFFICES, SHARED, Edisi, Finding, Place, Severity, Sop, Workspace

NOW = "kini"
_EDITION = re.compile(r"(?:edisi-)?([0-9]{1,6})")
_NAMED = 10
_TODAY = "isi sekarang"
_WAYS = "sisi yang dikenal: SLUG, SLUG@N, edisi-N, kini, berkas .md, bundel .pdf"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states."""

    nama: str
    """What it is called: "edisi 2 (10 Januari 2025)", "isi sekarang", a file name."""
    workspace: Workspace
    slug: str | None = None
    """The one SOP that is meant; None: all."""
    edisi: Edisi | None = None
    berkas: bool = False
    """Whether it is a single file."""

    @property
    def sop(self) -> Sop | None:
        """The one SOP that is meant; None when this state does not have it."""
        return self.workspace.sop.get(self.slug or "")


class Sides:
    """Finds sides for the office of `place`; what must be unpacked goes below `scratch`, which the caller removes."""

    def __init__(self, place: Place, scratch: Path) -> None:
        self.place = place
        self.scratch = scratch
        self._memory = Memory()

    def pair(self, first: str | None, second: str | None) -> tuple[Side, Side]:
        """Return the old and the new side as the command line names them.

        Without a second one, today's content is the new side; an SOP alone is meant as last issued. Raises UsageError
        for what there is not, and FindingsError for what cannot be read.
        """
        if first is None or (second is None and self._is_slug(first)):
            old = self._edition(self._last().nomor)
            old = replace(old, slug=first)
        else:
            old = self.side(first)
        new = self.side(second or NOW)
        if old.slug and not new.slug:
            new = replace(new, slug=_counterpart(old, new))
        elif new.slug and not old.slug:
            old = replace(old, slug=_counterpart(new, old))
        self._check_there(old, new, first or "")
        return old, new

    def side(self, name: str) -> Side:
        """Return the side of one name."""
        path = Path(name)
        suffix = path.suffix.lower()
        if suffix in (".md", ".pdf"):
            return self._sheet_file(path) if suffix == ".md" else self._pdf(path)
        slug, at, where = name.partition("@")
        if at and SLUG.fullmatch(slug) and (where == NOW or _EDITION.fullmatch(where)):
            return replace(self._state(where), slug=slug)
        if name in self.today.sop:
            return Side(_TODAY, self.today, name)
        if name == NOW or _EDITION.fullmatch(name):
            return self._state(name)
        close = [] if at else get_close_matches(name, self.today.sop, n=1)
        raise UsageError(f"“{name}” bukan SOP, edisi, atau berkas", f"maksud Anda “{close[0]}”?" if close else _WAYS)

    @cached_property
    def archive(self) -> ArchiveReading:
        """The archive; what is wrong with it is told once."""
        reading = read_editions(self.place)
        print_findings(reading.findings, errors=True)
        return reading

    @cached_property
    def today(self) -> Workspace:
        """Today's content."""
        return _readable(self._now, _TODAY)

    @cached_property
    def _now(self) -> Reading:
        return read_workspace(self.place.root, memory=self._memory, office=self.place.office)

    def _is_slug(self, name: str) -> bool:
        if not SLUG.fullmatch(name) or name == NOW:
            return False
        return name in self.today.sop or not _EDITION.fullmatch(name)

    def _state(self, name: str) -> Side:
        """The whole of today or of an edition."""
        edition = _EDITION.fullmatch(name)
        return self._edition(int(edition[1])) if edition else Side(_TODAY, self.today)

    def _last(self) -> Edisi:
        editions = self.archive.arsip.edisi
        if not editions:
            advice = (
                "edisi pertama dibuat dengan sopdocs issue; sebelum itu bandingkan dua berkas: sopdocs diff A.md B.md"
            )
            raise UsageError("Belum ada edisi di arsip untuk dibandingkan", advice)
        return editions[-1]

    def _edition(self, number: int) -> Side:
        editions = {edisi.nomor: edisi for edisi in self.archive.arsip.edisi}
        edisi = editions.get(number)
        if edisi is None:
            damaged = not self.archive.arsip.utuh
            known = ", ".join(map(str, editions)) or "belum ada"
            message = f"Edisi {number} tidak ada di arsip" + (" atau tidak utuh" if damaged else "")
            raise UsageError(message, f"edisi yang dapat dipakai: {known}")
        name = f"{edisi} ({tanggal(edisi.tanggal)})"
        _ = self._now  # first: what did not change since is read once
        reading = read_edition(self.place, edisi, self._memory)
        return Side(name, _readable(reading, str(edisi)), edisi=edisi)

    def _sheet_file(self, path: Path) -> Side:
        """One SOP's file: as its own workspace reads it when it lies in one, otherwise with today's registers."""
        text = _bytes(path)
        slug = path.stem
        parts = path.resolve().parts
        if parts[-3:-1] == (SHARED, "sop"):
            reading = read_workspace(path.resolve().parents[2])
        elif parts[-2] == "sop" and parts[-4:-3] == (OFFICES,):
            reading = read_workspace(path.resolve().parents[3], office=parts[-3])
        else:
            slug = slug if SLUG.fullmatch(slug) else "berkas"
            reading = read_workspace(self._loose(text, slug), office=self.place.office)
        workspace = _readable(reading, str(path))
        if slug not in workspace.sop:
            mine = [f for f in reading.findings if Path(f.span.path).name == f"{slug}.md"]
            raise _unreadable([replace(f, span=replace(f.span, path=str(path))) for f in mine], str(path))
        return Side(str(path), workspace, slug, berkas=True)

    def _loose(self, text: bytes, slug: str) -> Path:
        """Put a file that lies anywhere beside a copy of today's content."""
        root = Path(self.scratch) / f"berkas-{len(list(self.scratch.iterdir()))}"
        try:
            for name in dict.fromkeys((SHARED, self.place.own)):
                if (self.place.root / name).is_dir():
                    shutil.copytree(
                        self.place.root / name, root / name, ignore=shutil.ignore_patterns("*.pdf", "arsip")
                    )
            target = root / self.place.own / "sop"
            target.mkdir(parents=True, exist_ok=True)
            (target / f"{slug}.md").write_bytes(text)
        except OSError as error:
            raise UsageError(f"Berkas sementara tidak dapat ditulis: {reason(error)}") from error
        return root

    def _pdf(self, path: Path) -> Side:
        """A bundle or sheet of an edition, known by its digest, or a bundle that carries its sources."""
        data = _bytes(path)
        digest = sha256(data).hexdigest()
        for number, record in self.archive.catatan.items():
            name = next((name for name, known in record.berkas.items() if known == digest), None)
            if name is not None:
                found = self._edition(number)
                return replace(found, slug=Path(name).stem) if name.startswith("sop/") else found
        # Late: what reads PDF takes half a second to load.
        from sopdocs import engine
        from sopdocs.pdf import read_bundle

        carried = engine.carried_sources(read_bundle(data))
        if carried is None:
            advice = "pakai bundel yang ada di arsip/, atau yang dibuat dengan sopdocs build --sertakan-sumber"
            raise UsageError(f"{path} bukan berkas dari arsip dan tidak membawa sumbernya", advice)
        root = self.scratch / f"bundel-{len(list(self.scratch.iterdir()))}"
        carried.write(root)
        return Side(str(path), _readable(read_workspace(root, office=carried.office), str(path)))

    def _check_there(self, old: Side, new: Side, named: str) -> None:
        slugs = [side.slug for side in (old, new) if side.slug]
        if not slugs or any(side.slug in side.workspace.sop for side in (old, new)):
            return
        known = {**old.workspace.sop, **new.workspace.sop}
        close = get_close_matches(named.partition("@")[0], known, n=1)
        advice = f"maksud Anda “{close[0]}”?" if close else f"yang ada: {', '.join(list(known)[:_NAMED])}"
        raise UsageError(f"SOP “{slugs[0]}” tidak ada di {old.nama} maupun di {new.nama}", advice)


def _counterpart(one: Side, other: Side) -> str | None:
    """The SOP of `other` that is the one of `one`: of its file name, else of its number or name."""
    sop = one.sop
    if sop is None or one.slug in other.workspace.sop or not one.berkas:
        return one.slug
    alike = [each for each in other.workspace.sop.values() if each.nomor and each.nomor == sop.nomor]
    alike += [each for each in other.workspace.sop.values() if each.nama.casefold() == sop.nama.casefold()]
    if not alike:
        advice = f"sebut SOP yang dimaksud, misalnya sopdocs diff {next(iter(other.workspace.sop), 'SLUG')} {one.nama}"
        raise UsageError(f"Tidak ada SOP di {other.nama} yang nomor atau namanya sama dengan {one.nama}", advice)
    return alike[0].slug


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} tidak dapat dibaca: {reason(error)}", "periksa nama dan letak berkasnya") from error


def _readable(reading: Reading, name: str) -> Workspace:
    if reading.workspace is None:
        raise _unreadable(reading.findings, name)
    return reading.workspace


def _unreadable(findings: Iterable[Finding], name: str) -> FindingsError:
    print_findings([finding for finding in findings if finding.severity is Severity.GALAT], errors=True)
    return FindingsError(f"{name} belum dapat dibaca", "perbaiki temuan di atas, lalu ulangi")
