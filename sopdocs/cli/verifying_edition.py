"""`sopdocs verify FOLDER`: everything that proves one edition of the archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sopdocs.cli.dates import day_words
from sopdocs.cli.excerpt import printable
from sopdocs.cli.expecting import read_expectation
from sopdocs.cli.output import print_json, say
from sopdocs.cli.verifying import CODES, STYLES, Request, deliver, json_report, text_report, trusted
from sopdocs.content import ArchiveReading, edition_at, read_editions
from sopdocs.engine import MANIFEST, SEALED, SealedPages, read_if_there, sheets_apart
from sopdocs.errors import ExitCode, OutputRejectedError, UsageError
from sopdocs.model import Edisi, Pengesahan, Place
from sopdocs.sign import FIELD_NAME, Policy, Report, Verdict
from sopdocs.sign.confinement import Case, examine_confined

FORMAT = "sopdocs-verify-edisi/1"
_OUTCOMES = {True: "lolos", False: "tidak lolos", None: "belum pasti"}


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that was looked at."""

    name: str
    passed: bool | None
    """None: nothing speaks against it, and nothing proves it."""
    sentences: tuple[str, ...]

    @property
    def record(self) -> dict[str, object]:
        """It as JSON has it."""
        return {"nama": self.name, "hasil": _OUTCOMES[self.passed], "keterangan": list(self.sentences)}


def verify_edition(request: Request, now: datetime) -> int:
    """Print or write the report on an edition's folder; the exit code is the worst verdict.

    Raises UsageError for a folder that is none, and options that are for a single file.
    """
    if request.expect or request.form == "html":
        option = "--expect" if request.expect else "--format html"
        raise UsageError(f"{option} tidak dapat dipakai untuk folder", f"periksa {request.file / SEALED}")
    found = edition_at(request.file)
    if found is None:
        advice = "sebut sebuah berkas PDF, atau folder edisi seperti arsip/2025/edisi-1"
        raise UsageError(f"{request.file} bukan folder edisi", advice)
    place, number = found
    reading = read_editions(place)
    if number not in reading.catatan:
        return _refused(number, reading, request)
    edisi, folder = reading.catatan[number].edisi, request.file.resolve()
    report = _examined(folder, request, now)
    steps = (_whole(edisi, reading), *_told_by_bundle(folder, edisi, place, reading))
    return _conclude(edisi, steps, report, request)


def _refused(number: int, reading: ArchiveReading, request: Request) -> int:
    """Say what is wrong with the edition itself; its bundle may still be examined alone."""
    mine = [each for each in reading.findings if f"/edisi-{number}" in each.span.path]
    told = tuple(f"{each.span.path}: {each.message}" for each in mine or reading.findings)
    if request.form == "json":
        step = _Step("Catatan", False, told)
        record = {
            "format": FORMAT,
            "edisi": number,
            "verdict": Verdict.FAILED,
            "langkah": [step.record],
            "bundel": None,
        }
        print_json(record)
        return ExitCode.SEAL_BROKEN
    say(f"TIDAK LOLOS: edisi {number} bukan lagi seperti saat terbit", STYLES[Verdict.FAILED])
    for sentence in told:
        say(printable(f"  - {sentence}"))
    say(f"Pulihkan dari salinan cadangan. Bundelnya sendiri: sopdocs verify {request.file / SEALED}")
    return ExitCode.SEAL_BROKEN


def _examined(folder: Path, request: Request, now: datetime) -> Report:
    policy = Policy(
        field=None if request.approval else FIELD_NAME, certification=not request.approval, online=request.online
    )
    expectation = read_expectation(folder / MANIFEST)
    data = read_if_there(folder / SEALED) or b""
    return examine_confined(Case(data, trusted(request.trust, now), now, policy, expectation))


def _whole(edisi: Edisi, reading: ArchiveReading) -> _Step:
    count = len(reading.catatan[edisi.nomor].berkas)
    return _Step("Catatan", True, (f"SHA-256 {count} berkas sama dengan edisi.json, manifest.json, dan verifikasi.",))


def _told_by_bundle(folder: Path, edisi: Edisi, place: Place, reading: ArchiveReading) -> Iterator[_Step]:
    try:
        sealed = SealedPages.read(read_if_there(folder / SEALED) or b"")
    except OutputRejectedError as error:
        yield _Step("Lembar", False, (error.message,))
        return
    apart = sheets_apart(folder, edisi, sealed)
    same = f"Teks {len(edisi.berlaku)} lembar di sop/ sama dengan halamannya di bundel tersegel."
    yield _Step("Lembar", not apart, apart or (same,))
    if edisi.nomor:
        yield _before(edisi, sealed, reading)
    yield _after(edisi, place, reading)


def _before(edisi: Edisi, sealed: SealedPages, reading: ArchiveReading) -> _Step:
    """Whether the bundle itself, under its seal, names a record of an edition before."""
    named = sealed.named_record
    earlier = {each.sha256: each for each in reading.arsip.edisi if each.nomor < edisi.nomor}
    if not named:
        return _Step("Edisi sebelumnya", None, ("Bundel ini tidak menyebut catatan edisi sebelumnya.",))
    if named not in earlier:
        sentence = "Catatan yang disebut Lembar Perubahan tidak ada lagi di arsip: edisi sebelumnya berubah."
        return _Step("Edisi sebelumnya", False, (sentence,))
    return _Step("Edisi sebelumnya", True, (f"Lembar Perubahan menyebut catatan {earlier[named]} yang ada di arsip.",))


def _after(edisi: Edisi, place: Place, reading: ArchiveReading) -> _Step:
    """Whether the sealed bundle of a later edition names this one's record, or one that leads to it."""
    name, editions = "Edisi sesudahnya", {each.sha256: each for each in reading.arsip.edisi}
    for later in reading.arsip.edisi:
        if later.nomor <= edisi.nomor:
            continue
        try:
            named = SealedPages.read(read_if_there(place.root / later.folder / SEALED) or b"").named_record
        except OutputRejectedError:
            continue
        known = editions.get(named)
        if named and known is None:
            return _Step(name, False, (f"Bundel {later} menyebut catatan yang tidak ada lagi di arsip.",))
        if known is not None and (known == edisi or (known.nomor > edisi.nomor and reading.arsip.utuh)):
            by = "bersertifikat" if later.pengesahan is Pengesahan.SERTIFIKAT else "dari kunci pengembangan"
            chain = "" if known == edisi else f", dan rantai dari {known} sampai ke sini"
            return _Step(name, True, (f"Bundel {later}, bersegel {by}, menyebut catatan {known}{chain}.",))
    last = reading.arsip.edisi[-1].nomor == edisi.nomor
    why = "Ini edisi terakhir" if last else "Tidak satu bundel pun sesudahnya menyebut catatan edisi ini"
    return _Step(name, None, (f"{why}: yang menjaganya segel bundelnya dan salinan cadangan.",))


def _conclude(edisi: Edisi, steps: tuple[_Step, ...], report: Report, request: Request) -> int:
    broken = any(step.passed is False for step in steps)
    verdict = Verdict.FAILED if broken else report.verdict
    if request.form == "json":
        record = {
            "format": FORMAT,
            "edisi": edisi.nomor,
            "folder": edisi.folder,
            "catatan_sha256": edisi.sha256,
            "verdict": verdict,
            "langkah": [step.record for step in steps],
            "bundel": json.loads(json_report(Path(SEALED), report)),
        }
        text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    else:
        text = "".join(f"{line}\n" for line in _lines(edisi, steps, verdict)) + "\n"
        text += text_report(Path(edisi.folder) / SEALED, report)
    if request.form == "text" and request.output is None:
        for number, line in enumerate(text.splitlines()):
            say(line, None if number else STYLES[verdict])
    else:
        deliver(text, request, report)
    return CODES[verdict]


def _lines(edisi: Edisi, steps: tuple[_Step, ...], verdict: Verdict) -> Iterator[str]:
    words = {Verdict.PASSED: "UTUH", Verdict.FAILED: "TIDAK LOLOS", Verdict.INDETERMINATE: "BELUM DAPAT DIPASTIKAN"}
    yield f"{words[verdict]}: edisi {edisi.nomor}, {day_words(edisi.tanggal)} ({edisi.folder})"
    yield f"  Catatan (edisi.json): SHA-256 {edisi.sha256}"
    for step in steps:
        yield printable(f"  {step.name + ':':<20}{_OUTCOMES[step.passed]:<16}{'; '.join(step.sentences)}")
    yield f"  isi/ → bundel: buktikan dengan sopdocs reproduce {edisi.folder}/{SEALED}"
