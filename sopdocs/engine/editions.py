"""Freeze an edition: what was built and sealed goes into the archive, whole or not at all, and is never changed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from sopdocs.content import ISI, LEFTOVER, RECORD, CatatanEdisi
from sopdocs.engine.files import read_if_there, sha256, write_whole
from sopdocs.engine.manifest import NAME as MANIFEST
from sopdocs.engine.manifest import Manifest
from sopdocs.engine.outputs import SEALED
from sopdocs.errors import OutputRejectedError, UsageError, reason
from sopdocs.model import SHARED, Arsip, Edisi, Pengesahan, Place, Sop, SopTerbit, Status, Workspace
from sopdocs.rules import changes

VERDICT = "verifikasi.json"
_ATTRIBUTES = ".gitattributes"
_BESIDE = (f"{SHARED}/segel.yaml", f"{SHARED}/monitoring/*.*")
"""What says something of an edition and changes no byte of its sheets."""


def issued_entries(workspace: Workspace, arsip: Arsip, manifest: Manifest) -> tuple[SopTerbit, ...]:
    """Return the list of the next edition: the SOPs of the bundle, then those that ended since the last one."""
    bundled = [workspace.sop[slug] for slug in workspace.bundel.sop if slug in workspace.sop]
    held = tuple(_entry(sop, manifest.sop[sop.slug].halaman) for sop in bundled if not sop.status.ended)
    ended: list[SopTerbit] = []
    for sop in workspace.sop.values():
        last = arsip.sop_terakhir(sop.slug)
        if sop.status.ended and last is not None and not last[1].status.ended:
            ended.append(replace(_entry(sop, 0), status=sop.status, pencabutan=sop.pencabutan, pengganti=sop.pengganti))
    return (*held, *ended)


def _entry(sop: Sop, pages: int) -> SopTerbit:
    return SopTerbit(
        slug=sop.slug,
        nama=sop.nama,
        nomor=sop.nomor,
        revisi_ke=sop.revisi_ke,
        status=Status.BERLAKU,
        pembuatan=sop.pembuatan,
        revisi=sop.revisi,
        pengesahan=sop.pengesahan,
        efektif=sop.efektif,
        halaman=pages,
    )


def dishonest(workspace: Workspace, arsip: Arsip, tanggal: date) -> tuple[str, ...]:
    """Say in Indonesian what would make an edition of `tanggal` contradict what was issued before."""
    found: list[str] = []
    bundled = {slug for slug in workspace.bundel.sop if slug in workspace.sop and not workspace.sop[slug].status.ended}
    for slug in workspace.bundel.sop:
        if slug in bundled:
            found += _against(workspace.sop[slug], workspace, arsip, tanggal)
    last = arsip.edisi[-1] if arsip.edisi else None
    for slug in [issued.slug for issued in last.berlaku] if last else ():
        sop = workspace.sop.get(slug)
        if slug not in bundled and (sop is None or not sop.status.ended):
            found.append(f"{slug}: ada di {last}, kini tidak ada di bundel; akhiri dengan sopdocs revoke atau replace")
    for sop in workspace.sop.values():
        if sop.status.ended and sop.pencabutan is None:
            found.append(f"{sop.at('').path}: status {sop.status} tanpa tanggal pencabutan")
    return tuple(found)


def _against(sop: Sop, workspace: Workspace, arsip: Arsip, tanggal: date) -> Iterable[str]:
    path = sop.at("").path
    if sop.pengesahan is not None and sop.pengesahan > tanggal:
        yield f"{path}: tanggal pengesahan {sop.pengesahan} sesudah tanggal edisi {tanggal}"
    known = arsip.sop_terakhir(sop.slug)
    if known is None:
        return
    edisi, issued = known
    before = arsip.terakhir.get(sop.slug)
    if issued.status.ended:
        yield f"{path}: sudah {issued.status} pada {edisi}; SOP baru memakai nama berkas baru"
    elif sop.revisi_ke < issued.revisi_ke:
        yield f"{path}: revisi ke-{sop.revisi_ke}, padahal {edisi} sudah memuat revisi ke-{issued.revisi_ke}"
    elif sop.revisi_ke == issued.revisi_ke and before and any(changes(sop, workspace, before)):
        advice = f"buka revisi dengan sopdocs revise {sop.slug}, atau kembalikan isinya"
        yield f"{path}: berbeda dari {edisi}, padahal masih revisi ke-{issued.revisi_ke}; {advice}"


def edition_files(place: Place, manifest: Manifest, slugs: Iterable[str]) -> dict[str, bytes]:
    """Return the files of an edition as they stand in build/ and content/, by path below its folder; not its verdict.

    Raises OutputRejectedError when one is missing, or is not what the manifest tells of.
    """
    found = {f"{ISI}/{path}": _proved(place.root, path, digest) for path, digest in manifest.inputs.items()}
    for pattern in _BESIDE:
        for each in place.candidates(pattern):
            for path in sorted(place.root.glob(each)):
                name = path.relative_to(place.root).as_posix()
                if path.is_file() and not path.name.startswith((".", "~")):
                    found[f"{ISI}/{name}"] = _proved(place.root, name, None)
    names = [f"sop/{slug}.{kind}" for slug in slugs for kind in ("pdf", "docx")]
    for name in (*names, SEALED):
        output = manifest.outputs.get(name)
        found[name] = _proved(place.root, f"{place.built}/{name}", output.sha256 if output else "")
    found[MANIFEST] = manifest.text().encode()
    return found


def _proved(root: Path, path: str, digest: str | None) -> bytes:
    data = read_if_there(root / path)
    if data is None or (digest is not None and sha256(data) != digest):
        raise OutputRejectedError(f"{path} belum ada atau berubah setelah bundel dibuat", "jalankan sopdocs build")
    return data


def next_edition(place: Place, arsip: Arsip, tanggal: date, dicatat: date, pengesahan: Pengesahan) -> Edisi:
    """Return the next edition without its list of SOPs."""
    number = arsip.edisi[-1].nomor + 1 if arsip.edisi else 0
    home = place.archive.relative_to(place.root).as_posix()
    return Edisi(number, tanggal, dicatat, f"{home}/{tanggal.year:04}/edisi-{number}", pengesahan, ())


def freeze(root: Path, edisi: Edisi, before: str, files: Mapping[str, bytes], tools: Mapping[str, str]) -> CatatanEdisi:
    """Write an edition below the workspace `root`; return its record.

    `before` is the digest of the record of the edition before. All is written into a hidden folder beside the place,
    read back, synced and renamed: whoever looks finds the whole edition or none. Raises UsageError when it cannot be
    written, or something stands in its place; then nothing was changed.
    """
    record = CatatanEdisi(edisi, before, {path: sha256(data) for path, data in files.items()}, tools)
    place = root / edisi.folder
    if os.path.lexists(place):
        raise UsageError(f"{edisi.folder} sudah ada", "periksa arsip dengan sopdocs check; edisi tidak pernah ditimpa")
    beside: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _clear(place.parent)
        beside = Path(tempfile.mkdtemp(prefix=f"{LEFTOVER}{edisi.nomor}-", dir=place.parent))
        beside.chmod(0o755)
        for path, data in (*files.items(), (RECORD, record.text().encode())):
            _write(beside / path, data)
        for folder in (*(each for each in beside.rglob("*") if each.is_dir()), beside):
            _sync(folder)
        beside.rename(place)
        for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
            _sync(folder)
    except OSError as error:
        where = place.parent.relative_to(root).as_posix()
        advice = f"periksa izin dan sisa ruang pada {where}/; isi dan arsip tidak berubah"
        raise UsageError(f"{edisi} tidak dapat ditulis: {reason(error)}", advice) from error
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
        with suppress(OSError):  # only when nothing was written there
            place.parent.rmdir()
    return record


def tell_git(archive: Path) -> None:
    """Keep git from writing other line ends wherever the archive is checked out; what is set there already stays."""
    if not os.path.lexists(archive / _ATTRIBUTES):
        with suppress(UsageError):  # the edition stands; the next one tries again
            write_whole(archive / _ATTRIBUTES, b"* -text\n")


def close_open(place: Place, paths: Iterable[str]) -> None:
    """Remove what would undo the changes of these content files: with the edition they are issued."""
    for path in paths:
        copy = place.opened(path)
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        with suppress(OSError):  # others may be open
            copy.parent.rmdir()


def follow_status(folder: Path, manifest: Manifest, changes: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Write into the manifest in `folder` that files say another status now, which no output shows.

    `changes` are the bytes before and after, by path below the workspace. Where lines have moved that findings tell,
    it is left to the next build. Raises UsageError when it cannot be written.
    """
    moved = {sha256(old) for old, new in changes.values() if old.count(b"\n") != new.count(b"\n")}
    told = {entry.berkas for entry in manifest.sop.values() if entry.temuan} & moved
    inputs, following = dict(manifest.inputs), dict[str, str]()
    for path, (old, new) in changes.items():
        before = sha256(old)
        if inputs.get(path) == before and before not in told:
            inputs[path] = following[before] = sha256(new)
    if following:
        known = manifest.sop.items()
        sheets = {slug: replace(each, berkas=following.get(each.berkas, each.berkas)) for slug, each in known}
        Manifest(manifest.tools, inputs, manifest.outputs, sheets, manifest.bundel).write(folder)


def _write(path: Path, data: bytes) -> None:
    """Write a file for good, and read it again: nothing will write it a second time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if path.read_bytes() != data:
        raise UsageError(f"{path.name} tidak tersimpan dengan utuh", "periksa media penyimpanan arsip")


def _sync(folder: Path) -> None:
    """Make names in a folder last; where the system cannot do that, it need not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear(year: Path) -> None:
    """Remove what killed calls left; they hold no lock any more, since this one has it."""
    for each in year.glob(f"{LEFTOVER}*"):
        shutil.rmtree(each, ignore_errors=True)
