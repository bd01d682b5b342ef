"""An edition stands whole in the archive or not at all, whatever stops the one who writes it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sopdocs.content import read_archive, read_workspace
from sopdocs.engine import close_open, dishonest, editions, follow_status, freeze, next_edition, sha256, tell_git
from sopdocs.engine.manifest import Manifest, SheetEntry, read_manifest
from sopdocs.errors import UsageError
from sopdocs.model import Arsip, Edisi, Pengesahan, Place, Workspace

from ..content.archives import add_edition, entries
from ..workspaces import edit, make_workspace

DAY = date(2024, 3, 1)
CALLS = {
    "open": (editions.os, "open"),
    "fdopen": (editions.os, "fdopen"),
    "fsync": (editions.os, "fsync"),
    "mkdtemp": (editions.tempfile, "mkdtemp"),
    "mkdir": (Path, "mkdir"),
    "rename": (Path, "rename"),
}


class KilledError(BaseException):
    """As good as a signal that nobody handles: no cleaning up happens in the middle of it."""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An office with one edition."""
    place = Place(make_workspace(tmp_path))
    add_edition(place, date(2023, 3, 1))
    return place


def files(place: Place) -> dict[str, bytes]:
    made = {"bundel-ttd.pdf": b"bundel", "manifest.json": b"{}", "sop/surat-masuk.pdf": b"lembar"}
    for path in sorted((place.root / "content").rglob("*.*")):
        made[f"isi/{path.relative_to(place.root).as_posix()}"] = path.read_bytes()
    return made


def following(place: Place) -> tuple[Edisi, str]:
    arsip = read_archive(place, None).arsip
    return replace(next_edition(place, arsip, DAY, DAY, Pengesahan.BASAH), sop=entries(place)), arsip.edisi[-1].sha256


def snapshot(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_an_edition_is_read_as_it_was_frozen(place: Place) -> None:
    edisi, before = following(place)
    record = freeze(place.root, edisi, before, files(place), {"sopdocs": "1"})
    reading = read_archive(place, None)
    assert reading.findings == ()
    assert replace(reading.arsip.edisi[1], sha256="") == edisi
    assert reading.catatan[1].berkas == record.berkas == {name: sha256(data) for name, data in files(place).items()}
    frozen = [path for path in (place.root / edisi.folder).rglob("*") if path.is_file()]
    assert len(frozen) == len(files(place)) + 1
    assert all(path.stat().st_mode & 0o222 == 0 for path in frozen)


def test_what_stands_there_is_never_replaced(place: Place) -> None:
    edisi, before = following(place)
    freeze(place.root, edisi, before, files(place), {})
    then = snapshot(place.archive)
    with pytest.raises(UsageError, match="edisi-1 sudah ada"):
        freeze(place.root, edisi, before, files(place) | {"lain.pdf": b"lain"}, {})
    assert snapshot(place.archive) == then


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_fails_leaves_the_archive_as_it_was(
    call: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call of each kind fails once, the first to the last; only names that may not last do no harm."""
    then = snapshot(place.archive)
    edisi, before = following(place)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    for room in range(_count(call, place, edisi, before, monkeypatch)):
        with monkeypatch.context() as patch:
            _stop_at(patch, *CALLS[call], room, full)
            with suppress(UsageError):
                freeze(place.root, edisi, before, files(place), {})
        if (place.root / edisi.folder).exists():
            assert len(read_archive(place, None).arsip.edisi) == 2
            shutil.rmtree(place.root / edisi.folder.rpartition("/")[0])
        assert snapshot(place.archive) == then, room
        assert not (place.archive / "2024").exists()


@pytest.mark.parametrize("call", CALLS)
def test_killed_at_any_call_the_archive_holds_the_whole_edition_or_none(
    call: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = snapshot(place.archive)
    edisi, before = following(place)
    for room in range(_count(call, place, edisi, before, monkeypatch)):
        with monkeypatch.context() as patch:
            patch.setattr(editions.shutil, "rmtree", lambda *_, **__: None)  # nobody cleans up
            _stop_at(patch, *CALLS[call], room, KilledError())
            with pytest.raises(KilledError):
                freeze(place.root, edisi, before, files(place), {})
        arsip = read_archive(place, None).arsip
        assert arsip.utuh
        assert len(arsip.edisi) == 1 + (place.root / edisi.folder).exists()
        assert {name: each for name, each in snapshot(place.archive).items() if "edisi-1" not in name} == then
        if len(arsip.edisi) == 1:
            freeze(place.root, edisi, before, files(place), {})
        reading = read_archive(place, None)
        assert (len(reading.arsip.edisi), reading.findings) == (2, ())  # what was left is gone
        shutil.rmtree(place.archive / "2024")


def test_a_full_disk_is_told_with_advice(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    edisi, before = following(place)
    _stop_at(monkeypatch, *CALLS["fdopen"], 2, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    with pytest.raises(UsageError, match="edisi 1 tidak dapat ditulis: ruang penyimpanan penuh") as caught:
        freeze(place.root, edisi, before, files(place), {})
    assert "sisa ruang pada arsip/2024/" in caught.value.advice


def _count(call: str, place: Place, edisi: Edisi, before: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many calls of a kind freezing makes."""
    with monkeypatch.context() as patch:
        seen = _stop_at(patch, *CALLS[call], 10**6, KilledError())
        freeze(place.root, edisi, before, files(place), {})
    shutil.rmtree(place.archive / "2024")
    assert seen
    return len(seen)


def _stop_at(patch: pytest.MonkeyPatch, module: object, name: str, room: int, error: BaseException) -> list[object]:
    """Let the call after `room` others raise `error`; return the calls."""
    real: Callable[..., object] = getattr(module, name)
    seen: list[object] = []

    def call(*arguments: object, **named: object) -> object:
        seen.append(arguments)
        if len(seen) == room + 1:
            raise error
        return real(*arguments, **named)

    patch.setattr(module, name, call)
    return seen


def test_a_disk_that_keeps_something_else_is_found_out(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    then = snapshot(place.archive)
    edisi, before = following(place)
    real = Path.read_bytes
    bad = lambda path: real(path)[:-1] if path.name == "bundel-ttd.pdf" else real(path)  # noqa: E731
    data = files(place)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", bad)
        with pytest.raises(UsageError, match="tidak tersimpan dengan utuh"):
            freeze(place.root, edisi, before, data, {})
    assert snapshot(place.archive) == then


def test_only_what_was_issued_can_no_longer_be_undone(place: Place) -> None:
    folder = place.archive / "terbuka"
    folder.mkdir()
    for slug in ("surat-masuk", "surat-keluar"):
        (folder / f"{slug}.md").write_text("x")
    close_open(place, ["content/sop/surat-masuk.md", "content/sop/tidak-ada.md"])
    assert [path.name for path in folder.iterdir()] == ["surat-keluar.md"]
    close_open(place, ["content/sop/surat-keluar.md"])
    assert not folder.exists()


@pytest.mark.parametrize(
    ("findings", "new", "known"),
    [((), b"a\nstatus: berlaku\n", True), (({},), b"b\n", True), (({},), b"a\nstatus: berlaku\n", False)],
    ids=["no findings", "no lines moved", "lines moved that findings tell"],
)
def test_a_status_makes_nothing_old_unless_findings_tell_other_lines(
    findings: tuple[dict[str, object], ...], new: bytes, known: bool, tmp_path: Path
) -> None:
    old, other = b"a\n", sha256(b"lain")
    sheet = SheetEntry("a", "A", None, 1, (), findings, berkas=sha256(old))
    manifest = Manifest(inputs={"content/sop/a.md": sha256(old), "content/sop/b.md": other}, sop={"a": sheet})
    manifest.write(tmp_path)
    follow_status(tmp_path, manifest, {"content/sop/a.md": (old, new), "content/sop/b.md": (b"then", b"now")})
    found = read_manifest(tmp_path)
    expected = sha256(new if known else old)
    assert found.inputs == {"content/sop/a.md": expected, "content/sop/b.md": other}
    assert found.sop["a"].berkas == expected


def test_git_attributes_of_somebody_else_stay(place: Place) -> None:
    path = place.archive / ".gitattributes"
    path.write_text("*.pdf filter=lfs\n", encoding="utf-8")
    tell_git(place.archive)
    assert path.read_text(encoding="utf-8") == "*.pdf filter=lfs\n"


def read(place: Place) -> tuple[Workspace, Arsip]:
    workspace = read_workspace(place.root).workspace
    assert workspace is not None
    return workspace, read_archive(place, workspace).arsip


def test_what_did_not_change_contradicts_nothing(place: Place) -> None:
    edit(place.root, "surat-masuk", "pengesah: camat", "pengesah: camat\nstatus: berlaku")
    assert dishonest(*read(place), DAY) == ()


ROW = """
## Riwayat Revisi

| Revisi | Tanggal | Uraian | Alasan |
|---|---|---|---|
| 1 | 2024-02-01 | Waktu | Baru |
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("5 menit", "7 menit", "berbeda dari edisi 0, padahal masih revisi ke-0"),
        ("nama: Surat Masuk", "nama: Surat Datang", "berbeda dari edisi 0, padahal masih revisi ke-0"),
        ("pengesahan: 2024-01-03", "pengesahan: 2024-03-02", "sesudah tanggal edisi 2024-03-01"),
    ],
)
def test_content_that_contradicts_what_was_issued(old: str, new: str, said: str, place: Place) -> None:
    edit(place.root, "surat-masuk", old, new)
    assert any(said in each and "surat-masuk" in each for each in dishonest(*read(place), DAY))


def test_an_official_of_another_name_makes_another_sheet(place: Place) -> None:
    path = place.root / "content/pejabat.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Budi Contoh", "Tono Contoh"), encoding="utf-8")
    assert len(dishonest(*read(place), DAY)) == 2


def test_a_revision_may_differ_and_may_not_be_taken_back(place: Place) -> None:
    path = place.root / "content/sop/surat-masuk.md"
    plain = path.read_text(encoding="utf-8")
    path.write_text(plain.replace("5 menit", "7 menit") + ROW, encoding="utf-8")
    assert dishonest(*read(place), DAY) == ()
    add_edition(place, DAY)
    path.write_text(plain, encoding="utf-8")
    (said,) = dishonest(*read(place), DAY)
    assert "revisi ke-0, padahal edisi 1 sudah memuat revisi ke-1" in said


def test_none_may_vanish_and_none_come_back(place: Place) -> None:
    path = place.root / "content/sop/surat-masuk.md"
    plain = path.read_text(encoding="utf-8")
    path.unlink()
    (said,) = dishonest(*read(place), DAY)
    assert said.startswith("surat-masuk: ada di edisi 0, kini tidak ada di bundel")
    ending = plain.replace("pengesah: camat", "pengesah: camat\nstatus: dicabut\npencabutan: 2024-02-01")
    path.write_text(ending.replace("pencabutan: 2024-02-01\n", ""), encoding="utf-8")
    assert any("tanpa tanggal pencabutan" in each for each in dishonest(*read(place), DAY))
    path.write_text(ending, encoding="utf-8")
    assert dishonest(*read(place), DAY) == ()
