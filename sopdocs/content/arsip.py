"""Read the archive of an office, and prove on every run that nothing in it changed since it was issued."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sopdocs.content.edisi import RECORD, CatatanEdisi, RecordError, read_record
from sopdocs.content.memory import Known256, Memory
from sopdocs.content.report import Report
from sopdocs.content.saksi import contradictions
from sopdocs.content.terbitan import RESTORE, read_last
from sopdocs.errors import reason
from sopdocs.model import OFFICES, Arsip, Finding, Place, Severity, Span, Workspace, sorted_findings

CODES = (*(f"SOP21{digit}" for digit in range(10)), "SOP230", "SOP231")
"""Findings on the archive: they say nothing of the sheets of today."""
LEFTOVER = ".edisi-"
"""How the hidden folder begins in which an edition is written before it gets its name."""
_YEAR = re.compile(r"[0-9]{4}")
_EDITION = re.compile(r"edisi-(0|[1-9][0-9]{0,5})")
_NAMED = 10
"""Files of one edition that are told one by one."""
_STRAY = ("Thumbs.db", "desktop.ini")
"""What file managers leave behind, besides hidden files."""


@dataclass(frozen=True, slots=True)
class ArchiveReading:
    """What the archive holds, and what is wrong with it."""

    arsip: Arsip
    findings: tuple[Finding, ...]
    """Sorted by place; a galat among them makes the archive unsound."""
    catatan: Mapping[int, CatatanEdisi]
    """Records of the sound editions, by number."""
    terbaru: int = -1
    """Number of the newest edition, sound or not; -1 without any."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An edition's folder."""

    nomor: int
    path: str
    """Below the workspace."""
    catatan: CatatanEdisi | None
    sound: bool


def read_archive(place: Place, workspace: Workspace | None, memory: Memory | None = None) -> ArchiveReading:
    """Read the editions of an office, and the content of the last one; the digest of every file is computed.

    `workspace` is what the office has today, read with `memory`: what did not change since is not read twice. Nothing
    is raised for a damaged archive: it gives findings, and what is damaged is left out.
    """
    reading = read_editions(place, memory)
    editions = reading.arsip.edisi
    # When the newest is damaged, an older one must not pass for the last.
    if not editions or editions[-1].nomor != reading.terbaru:
        return reading
    report = Report()
    last = read_last(place, editions[-1], memory if workspace else None, report)
    findings = sorted_findings((*reading.findings, *report.findings))
    utuh = reading.arsip.utuh and all(finding.severity is not Severity.GALAT for finding in report.findings)
    return replace(reading, arsip=replace(reading.arsip, terakhir=last, utuh=utuh), findings=findings)


def read_editions(place: Place, memory: Memory | None = None) -> ArchiveReading:
    """Read the editions of an office as `read_archive` does, but not what the last one was made from.

    A file whose digest `memory` has, and that was not touched since, is not read again: `memory` is of this process.
    """
    report = Report()
    found = tuple(_editions(place, report, memory or Memory()))
    sound = {each.nomor: each.catatan for each in found if each.catatan is not None and each.sound}
    for number in _unchained(found, report) | _doubled(found, place, report):
        sound.pop(number, None)
    _check_dates(found, report)
    utuh = all(finding.severity is not Severity.GALAT for finding in report.findings)
    arsip = Arsip(tuple(record.edisi for _, record in sorted(sound.items())), utuh=utuh)
    newest = max((each.nomor for each in found), default=-1)
    return ArchiveReading(arsip, sorted_findings(report.findings), sound, newest)


def edition_at(folder: Path) -> tuple[Place, int] | None:
    """Return whose edition stands in a folder, and its number; None for any other folder.

    The folder's own path tells it: <workspace>/[instansi/<office>/]arsip/<year>/edisi-<number>.
    """
    folder = folder.resolve()
    archive, match = folder.parent.parent, _EDITION.fullmatch(folder.name)
    if match is None or not _YEAR.fullmatch(folder.parent.name) or not (folder / RECORD).is_file():
        return None
    home = archive.parent
    place = Place(home.parent.parent, home.name) if home.parent.name == OFFICES else Place(home)
    return (place, int(match[1])) if place.archive == archive else None


def _editions(place: Place, report: Report, memory: Memory) -> Iterator[_Found]:
    home = place.archive.relative_to(place.root).as_posix()
    for year in _names(place.root, home, report, optional=True):
        # Older things lie beside the years: copies of sealed files, and what `--batal` gives back.
        if not _YEAR.fullmatch(year):
            continue
        if not (place.archive / year).is_dir():  # else its editions would pass for never issued
            report.add(Span(f"{home}/{year}"), "SOP210", f"{home}/{year} bukan folder", RESTORE)
            continue
        for name in _names(place.root, f"{home}/{year}", report):
            path = f"{home}/{year}/{name}"
            match = _EDITION.fullmatch(name)
            if name.startswith(LEFTOVER):
                message = "Penerbitan edisi di sini pernah terputus; yang tertinggal tidak dipakai"
                hint = "abaikan; sopdocs issue berikutnya membersihkannya"
                report.add(Span(path), "SOP219", message, hint, Severity.CATATAN)
            elif match is not None:
                yield _edition(place.root, path, int(match[1]), report, memory)
            elif not _is_stray(name):
                hint = "pindahkan ke luar arsip/; nama folder edisi tidak boleh diubah"
                report.add(Span(path), "SOP214", f"{name} bukan folder edisi", hint)


def _names(root: Path, path: str, report: Report, *, optional: bool = False) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(root / path))
    except FileNotFoundError:
        if optional:
            return []
        report.add(Span(path), "SOP210", f"Folder {path}/ tidak ada", RESTORE)
    except OSError as error:
        hint = f"periksa izin foldernya; bila tetap gagal, {RESTORE}"
        report.add(Span(path), "SOP210", f"Folder {path}/ tidak dapat dibaca: {reason(error)}", hint)
    return []


def _edition(root: Path, path: str, number: int, report: Report, memory: Memory) -> _Found:
    record = _record(root, path, report)
    if record is None:
        return _Found(number, path, None, sound=False)
    before = len(report.findings)
    if record.edisi.nomor != number:
        message = f"Catatan ini milik edisi {record.edisi.nomor}, bukan edisi {number}"
        report.add(Span(f"{path}/{RECORD}"), "SOP215", message, RESTORE)
    _check_files(root, path, record, report, memory)
    if len(report.findings) == before:
        for name, teller in contradictions(root / path, record):
            message = f"Berkas {record.edisi} ini bukan yang disebut {teller} edisi itu sendiri"
            report.add(Span(f"{path}/{name}"), "SOP213", message, RESTORE)
    return _Found(number, path, record, sound=len(report.findings) == before)


def _record(root: Path, path: str, report: Report) -> CatatanEdisi | None:
    span = Span(f"{path}/{RECORD}")
    try:
        if not stat.S_ISREG((root / path / RECORD).lstat().st_mode):
            report.add(span, "SOP211", "Catatan edisi ini bukan berkas biasa", RESTORE)
            return None
        return read_record((root / path / RECORD).read_bytes(), path)
    except FileNotFoundError:
        report.add(span, "SOP211", "Catatan edisi ini tidak ada", RESTORE)
    except NotADirectoryError:
        report.add(Span(path), "SOP211", f"{path} bukan folder", RESTORE)
    except OSError as error:
        report.add(span, "SOP211", f"Catatan edisi ini tidak dapat dibaca: {reason(error)}", RESTORE)
    except RecordError as error:
        report.add(span, "SOP211", f"Catatan edisi ini rusak: {error}", RESTORE)
    return None


def _check_files(root: Path, path: str, record: CatatanEdisi, report: Report, memory: Memory) -> None:
    """Hold every file of an edition against its record."""
    edition = record.edisi
    unread: list[str] = []
    there = set(_walk(root / path, "", unread))
    missing = sorted(record.berkas.keys() - there)
    _add_each(path, missing, "SOP212", f"Berkas {edition} ini hilang", RESTORE, report)
    changed: list[str] = []
    for name in sorted(record.berkas.keys() & there):
        try:
            same = _sha256(root / path / name, memory) == record.berkas[name]
        except OSError as error:
            message = f"Berkas {edition} ini tidak dapat dibaca: {reason(error)}"
            report.add(
                Span(f"{path}/{name}"), "SOP210", message, "periksa izin berkasnya; bila tetap gagal, " + RESTORE
            )
        else:
            changed += [] if same else [name]
    _add_each(path, changed, "SOP213", f"Berkas {edition} ini berubah setelah terbit", RESTORE, report)
    added = sorted(there - record.berkas.keys() - {RECORD})
    hint = "pindahkan ke luar folder edisi"
    _add_each(path, added, "SOP214", f"Berkas ini bukan bagian {edition}", hint, report)
    _add_each(path, unread, "SOP210", f"Folder {edition} ini tidak dapat dibaca", "periksa izin foldernya", report)


def _add_each(path: str, names: list[str], code: str, message: str, hint: str, report: Report) -> None:
    for name in names[:_NAMED]:
        report.add(Span(f"{path}/{name}"), code, message, hint)
    if len(names) > _NAMED:
        report.add(Span(path), code, f"{message}, begitu pula {len(names) - _NAMED} berkas lain", hint)


def _walk(folder: Path, below: str, unread: list[str]) -> Iterator[str]:
    """Yield the paths of everything below `folder` that is no folder, and of links; not what file managers leave."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        unread.append(below.rstrip("/"))
        return
    for entry in entries:
        if _is_stray(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, f"{below}{entry.name}/", unread)
        else:
            yield below + entry.name


def _is_stray(name: str) -> bool:
    return name.startswith((".", "~")) or name in _STRAY


def _sha256(path: Path, memory: Memory) -> str:
    """SHA-256 of a regular file; a link or anything else has none, since it may say something else tomorrow."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return ""
    # The time of its record too: it cannot be set back as that of its content can.
    stamp = status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev
    known = memory.digests.get(str(path))
    if known is None or known.stamp != stamp:
        with path.open("rb") as file:
            known = memory.digests[str(path)] = Known256(stamp, hashlib.file_digest(file, "sha256").hexdigest())
    return known.sha256


def _doubled(found: Iterable[_Found], place: Place, report: Report) -> set[int]:
    """Report numbers that are missing, and return those that several folders have."""
    every = list(found)
    counts = Counter(each.nomor for each in every)
    for each in every:
        if counts[each.nomor] > 1:
            report.add(Span(each.path), "SOP215", f"Edisi {each.nomor} ada di beberapa tahun", RESTORE)
    missing = [str(number) for number in range(max(counts, default=0)) if number not in counts]
    if missing:
        home = place.archive.relative_to(place.root).as_posix()
        message = f"Edisi {', '.join(missing[:_NAMED])} tidak ada, padahal sudah ada edisi {max(counts)}"
        report.add(Span(home), "SOP215", message, RESTORE)
    return {number for number, count in counts.items() if count > 1}


def _unchained(found: Iterable[_Found], report: Report) -> set[int]:
    """Return the editions whose record is not the one that the next edition knew."""
    by_number = {each.nomor: each for each in found if each.catatan is not None}
    broken: set[int] = set()
    for number, each in sorted(by_number.items()):
        before, record = by_number.get(number - 1), each.catatan
        if record is None or (number and before is None):
            continue
        known = before.catatan.edisi.sha256 if before and before.catatan else ""
        if record.sebelumnya != known:
            path = before.path if before else each.path
            said = f"Catatan edisi {number - 1} bukan lagi yang dikenal edisi {number}" if number else ""
            message = said or "Catatan edisi pertama menunjuk ke edisi sebelumnya"
            report.add(Span(f"{path}/{RECORD}"), "SOP216", message, RESTORE)
            broken.add(max(number - 1, 0))
    return broken


def _check_dates(found: Iterable[_Found], report: Report) -> None:
    before: CatatanEdisi | None = None
    for each in sorted(found, key=lambda each: each.nomor):
        record = each.catatan
        if record is None:
            continue
        edisi, span = record.edisi, Span(f"{each.path}/{RECORD}")
        if each.path.split("/")[-2] != f"{edisi.tanggal.year:04}":
            message = f"Edisi tanggal {edisi.tanggal} tidak pada folder tahunnya"
            report.add(span, "SOP217", message, RESTORE)
        if before and edisi.tanggal < before.edisi.tanggal:
            message = f"Tanggal {edisi} ({edisi.tanggal}) mendahului {before.edisi} ({before.edisi.tanggal})"
            report.add(span, "SOP217", message, RESTORE)
        before = record
