"""`sopdocs issue`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sopdocs import engine
from sopdocs.cli import places
from sopdocs.cli.checking import Checked, load
from sopdocs.cli.dates import day_words
from sopdocs.cli.expecting import read_expectation
from sopdocs.cli.offices import option
from sopdocs.cli.output import print_findings, say
from sopdocs.cli.readiness import built, drafts, refuse, refuse_stale, undecided
from sopdocs.cli.verifying import json_report, trusted
from sopdocs.content import ARCHIVE_CODES, with_status
from sopdocs.engine import BUNDLE, MANIFEST, SEALED, VERDICT, Manifest
from sopdocs.errors import ExitCode, FindingsError, OutputRejectedError, UsageError
from sopdocs.model import Arsip, Edisi, JenisKunci, Pengesahan, Place, Sop, Status, Workspace
from sopdocs.sign import FIELD_NAME, Policy, Report, Verdict, is_trial
from sopdocs.sign.confinement import Case, examine_confined

_WRITTEN = (Status.KONSEP, Status.DIREVISI)
"""What becomes BERLAKU when it is issued."""
_NAMED = 8
"""SOPs that are named one by one."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What the command line says."""

    tanggal: date | None = None
    """None: today."""
    basah: bool = False
    """Whether the bundle was signed on paper."""
    keterangan: str = ""
    trust: Path | None = None
    """Folder of trusted certificates, for the verdict that the edition keeps."""
    pertama: bool = False
    """Whether there has been no edition before, although SOPs are in force already."""


def issue(place: Place, wish: Issue, clock: Callable[[], datetime]) -> int:
    """Freeze what is built and sealed as the next edition, then write into the content that it is in force."""
    now = clock()
    today = now.astimezone().date()
    tanggal = wish.tanggal or today
    with engine.exclusive(place.build):
        checked = load(place, today)
        workspace, arsip = checked.readable(), checked.arsip
        _refuse_damage(checked)
        manifest = engine.read_manifest(place.build)
        _refuse_date(tanggal, today, arsip)
        _refuse_lost(workspace, arsip, wish)
        built(place, BUNDLE, manifest)
        sealed = built(place, SEALED, manifest)
        how = _signed(sealed, wish, place)
        if _same_bundle(place, arsip, manifest, how):
            return _finish(place, workspace, arsip.edisi[-1], manifest)
        _refuse_unready(checked, manifest, tanggal)
        report = _verdict(place, workspace, sealed, wish.trust, now)
        changes = _status_changes(place, [workspace.sop[slug] for slug in workspace.bundel.sop])
        bare = engine.next_edition(place, arsip, tanggal, today, how)
        edisi = _freeze(checked, manifest, replace(bare, keterangan=" ".join(wish.keterangan.split())), report)
        engine.close_open(place, _paths(workspace, edisi))
        missed = _write_changes(place, changes, manifest)
    _tell(edisi, arsip, report, [path for path in changes if path not in missed])
    return _tell_missed(missed)


def _freeze(checked: Checked, manifest: Manifest, bare: Edisi, report: Report) -> Edisi:
    """Write the edition, whose list of SOPs is still to be made, into the archive."""
    place, workspace, arsip = checked.place, checked.readable(), checked.arsip
    edisi = replace(bare, sop=engine.issued_entries(workspace, arsip, manifest))
    files = engine.edition_files(place, manifest, workspace.bundel.sop)
    files[VERDICT] = json_report(Path(SEALED), report).encode()
    before = arsip.edisi[-1].sha256 if arsip.edisi else ""
    engine.freeze(place.root, edisi, before, files, manifest.tools)
    engine.tell_git(place.archive)
    return edisi


def _refuse_damage(checked: Checked) -> None:
    if checked.arsip.utuh:
        return
    print_findings((each for each in checked.findings if each.code in ARCHIVE_CODES), errors=True)
    raise FindingsError(
        "Arsip tidak utuh, sehingga edisi berikutnya belum dapat terbit",
        "pulihkan arsip dari salinan cadangan atau riwayat git menurut temuan di atas; tidak ada yang diubah",
    )


def _refuse_date(tanggal: date, today: date, arsip: Arsip) -> None:
    if tanggal > today:
        message = f"Tanggal edisi {day_words(tanggal)} belum tiba"
        raise UsageError(message, "terbitkan pada hari itu, atau beri --tanggal hari ini atau sebelumnya")
    if arsip.edisi and tanggal < arsip.edisi[-1].tanggal:
        last = arsip.edisi[-1]
        message = f"Tanggal edisi {day_words(tanggal)} mendahului {last} ({day_words(last.tanggal)})"
        raise UsageError(message, f"beri --tanggal {last.tanggal} atau sesudahnya")


def _signed(sealed: bytes, wish: Issue, place: Place) -> Pengesahan:
    """Tell how the bundle was signed; raises FindingsError for a trial that nobody signed on paper either."""
    if not is_trial(sealed):
        return Pengesahan.SERTIFIKAT
    if not wish.basah:
        advice = f"segel dengan sertifikat (sopdocs sign --final --kunci …{option(place)})"
        raise FindingsError(
            f"{place.built}/{SEALED} bersegel kunci pengembangan, yang tidak membuktikan siapa pun",
            f"{advice}, atau beri --tanda-tangan-basah bila cetakannya sudah ditandatangani di atas kertas",
        )
    return Pengesahan.BASAH


def _same_bundle(place: Place, arsip: Arsip, manifest: Manifest, how: Pengesahan) -> bool:
    """Whether the last edition holds the bundle that is built, signed no better."""
    if not arsip.edisi:
        return False
    last = arsip.edisi[-1]
    then = engine.read_manifest(place.root / last.folder).outputs.get(BUNDLE)
    better = last.pengesahan is Pengesahan.BASAH and how is Pengesahan.SERTIFIKAT
    return then is not None and then.sha256 == manifest.outputs[BUNDLE].sha256 and not better


def _finish(place: Place, workspace: Workspace, last: Edisi, manifest: Manifest) -> int:
    """Write what a killed call did not come to write; raises FindingsError when there is nothing of that."""
    issued = {each.slug: each for each in last.berlaku}
    waiting = [
        sop
        for slug, sop in workspace.sop.items()
        if slug in issued and sop.status in _WRITTEN and sop.revisi_ke == issued[slug].revisi_ke
    ]
    if not waiting:
        stale = manifest.inputs != places.content_inputs(place)
        advice = f"bila isi content/ sudah diubah, jalankan sopdocs build{option(place)}, lalu segel" if stale else ""
        message = f"Tidak ada yang baru sejak {last} ({day_words(last.tanggal)}, {last.folder})"
        raise FindingsError(message, advice or "buka revisi dengan sopdocs revise, atau akhiri SOP dengan revoke")
    changes = _status_changes(place, waiting)
    ended = replace(last, sop=tuple(each for each in last.sop if each.status.ended))
    engine.close_open(place, (*changes, *_paths(workspace, ended)))
    missed = _write_changes(place, changes, manifest)
    say(f"{str(last).capitalize()} sudah terbit ({last.folder}); statusnya kini ditulis pada {len(changes)} berkas:")
    for path in changes:
        say(f"  {path}")
    return _tell_missed(missed)


def _paths(workspace: Workspace, edisi: Edisi) -> list[str]:
    """The content files of an edition's SOPs."""
    return [workspace.sop[each.slug].at("").path for each in edisi.sop if each.slug in workspace.sop]


def _refuse_lost(workspace: Workspace, arsip: Arsip, wish: Issue) -> None:
    """Raise UsageError when content says that it was issued, and the archive is empty: it may have been lost."""
    # The status of a shared one may be another office's doing.
    own = [sop for sop in workspace.sop.values() if not workspace.shares(sop)]
    issued = [sop.slug for sop in own if sop.status is not Status.KONSEP]
    if issued and not arsip.edisi and not wish.pertama:
        message = f"Arsip kosong, padahal {issued[0]} berstatus {workspace.sop[issued[0]].status}"
        advice = "pulihkan folder arsip/ dari cadangan; bila memang belum pernah ada edisi, tambahkan --edisi-pertama"
        raise UsageError(message, advice)


def _refuse_unready(checked: Checked, manifest: Manifest, tanggal: date) -> None:
    place, workspace = checked.place, checked.readable()
    refuse_stale(place, manifest)
    slugs = workspace.bundel.sop
    if not slugs:
        raise FindingsError("Bundel ini tidak memuat satu SOP pun", "isi content/sop/, lalu sopdocs build")
    reasons = [*undecided(checked), *drafts(manifest, slugs)]
    for slug in slugs:
        # The archive may have grown since the sheets were built.
        reasons += engine.draft_reasons(workspace.sop[slug], checked.findings) if slug in workspace.sop else ()
    reasons += engine.dishonest(workspace, checked.arsip, tanggal)
    if manifest.outputs[SEALED].key != manifest.outputs[BUNDLE].sha256:
        reasons.append(f"{place.built}/{SEALED} bukan segel dari bundel yang terakhir dibuat; segel lagi")
    open_ones = [slug for slug in slugs if slug in workspace.sop and workspace.sop[slug].status is Status.DIREVISI]
    later = f"; revisi yang belum siap dapat ditunda: sopdocs revise {open_ones[0]} --tunda" if open_ones else ""
    refuse("Belum boleh diterbitkan:", reasons, place, later)


def _verdict(place: Place, workspace: Workspace, sealed: bytes, trust: Path | None, now: datetime) -> Report:
    """Examine the sealed bundle as `sopdocs verify --expect` does; raises OutputRejectedError when it fails."""
    # BSrE names its field itself, and cannot certify.
    remote = workspace.segel.kunci is JenisKunci.BSRE
    policy = Policy(field=None if remote else FIELD_NAME, certification=not remote)
    expectation = read_expectation(place.build / MANIFEST)
    report = examine_confined(Case(sealed, trusted(trust, now), now, policy, expectation))
    if report.verdict is Verdict.FAILED:
        advice = f"segel lagi dengan sopdocs sign{option(place)}, lalu ulangi"
        raise OutputRejectedError(f"Segel bundel tidak lolos pemeriksaan: {'; '.join(report.problems)}", advice)
    return report


def _status_changes(place: Place, sops: Iterable[Sop]) -> dict[str, tuple[bytes, bytes]]:
    """Return the files, by path, as they are and as they say that the SOP is in force."""
    changes: dict[str, tuple[bytes, bytes]] = {}
    for sop in sops:
        path = sop.at("").path
        if sop.status in _WRITTEN and (old := engine.read_if_there(place.root / path)) is not None:
            try:
                changes[path] = old, with_status(old.decode(), Status.BERLAKU).encode()
            except UsageError as error:
                raise UsageError(f"{path}: {error.message}", error.advice) from None
    return changes


def _write_changes(place: Place, changes: dict[str, tuple[bytes, bytes]], manifest: Manifest) -> list[str]:
    """Write the files that are still as they were, and let build/ know; return the others."""
    missed: list[str] = []
    for path, (old, new) in changes.items():
        if engine.read_if_there(place.root / path) == old:
            engine.write_whole(place.root / path, new)
        else:
            missed.append(path)
    engine.follow_status(place.build, manifest, {path: both for path, both in changes.items() if path not in missed})
    return missed


def _tell(edisi: Edisi, arsip: Arsip, report: Report, written: list[str]) -> None:
    pages = sum(each.halaman for each in edisi.berlaku)
    say(f"{str(edisi).capitalize()} terbit per {day_words(edisi.tanggal)}: {edisi.folder}", "bold green")
    say(f"  {len(edisi.berlaku)} SOP, {pages} halaman lembar; segel: {report.verdict}")
    fresh = [sop.nama for sop in edisi.berlaku if arsip.sop_terakhir(sop.slug) is None]
    known = {sop.slug: sop.revisi_ke for edisi in arsip.edisi for sop in edisi.sop}
    revised = [
        f"{sop.nama} (revisi ke-{sop.revisi_ke})"
        for sop in edisi.berlaku
        if sop.slug in known and sop.revisi_ke > known[sop.slug]
    ]
    ended = [f"{sop.nama} ({sop.status})" for sop in edisi.sop if sop.status.ended]
    for title, names in (("Baru", fresh), ("Direvisi", revised), ("Berakhir", ended)):
        if names:
            more = f", dan {len(names) - _NAMED} lainnya" if len(names) > _NAMED else ""
            say(f"  {title}: {', '.join(names[:_NAMED])}{more}")
    if written:
        say(f"  Ditulis status: {Status.BERLAKU} pada {len(written)} berkas SOP.")
    say("Simpan folder arsip/ bersama content/, dan buat salinan cadangannya; isinya jangan diubah.")


def _tell_missed(missed: list[str]) -> int:
    for path in missed:
        say(
            f"{path} berubah selama penerbitan, jadi statusnya belum ditulis: simpan berkas itu, lalu jalankan lagi",
            "yellow",
            errors=True,
        )
    return ExitCode.FINDINGS if missed else ExitCode.OK
