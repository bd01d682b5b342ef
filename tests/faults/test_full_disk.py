"""A disk that is full at any moment of a build costs that build, and nothing that stood there before."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.engine import files, sha256, workers
from sopdocs.office import Document, LibreOffice, Printer, printer

from .site import SEALED, Site, environment

Printed = dict[str, bytes]
SPARE = 60_000
"""Bytes that a file may have, which a PDF here exceeds."""


class Recalling:
    """A printer that says what the real one said, or hands on to it and listens."""

    def __init__(self, known: Printed, real: Printer | None = None) -> None:
        self.known = known
        self.real = real

    def convert_all(self, documents: Sequence[Document]) -> list[bytes]:
        return [self.convert(each.docx, name=each.name) for each in documents]

    def convert(self, docx: bytes, *, name: str) -> bytes:
        if self.real is not None:
            self.known[sha256(docx)] = self.real.convert(docx, name=name)
        return self.known[sha256(docx)]

    def close(self) -> None:
        if self.real is not None:
            self.real.close()


class Disk:
    """Counts what is written, and is full from one file on; that file is half there by then."""

    def __init__(self) -> None:
        self.written = 0
        self.room = 10**9

    def open(self, handle: int, mode: str) -> object:
        if mode != "wb":  # in memory
            return REAL_OPEN(handle, mode)
        self.written += 1
        return _Half(handle, mode) if self.written > self.room else REAL_OPEN(handle, mode)


class _Half:
    def __init__(self, handle: int, mode: str) -> None:
        self.file = REAL_OPEN(handle, mode)

    def __enter__(self) -> _Half:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, data: bytes) -> None:
        self.file.write(data[: len(data) // 2])
        self.file.flush()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


REAL_OPEN: Callable[..., object] = os.fdopen


@pytest.fixture(scope="module")
def changed(
    libreoffice: LibreOffice, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Site, Site, Printed]:
    """A workspace that was changed since it was built, the same built, and what LibreOffice prints of it."""
    folder = tmp_path_factory.mktemp("berubah")
    before, after = (Site(Path(shutil.copytree(built, folder / name))) for name in ("lama", "baru"))
    known: Printed = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOPDOCS_KEYS", str(tmp_path_factory.getbasetemp() / "kunci"))
        patch.setattr(workers, "printer", lambda office, place: Recalling(known, printer(office, place)))
        for each in (before, after):
            each.say("surat-masuk", "hal baru")
            (each.root / "build" / ".cache").rename(folder / f"simpanan {each.root.name}")
        assert run(["-C", str(after.root), "build"]) == 0
    return before, after, known


@pytest.fixture
def disk(changed: tuple[Site, Site, Printed], monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk of this process, which prints without LibreOffice and keeps no results."""
    made = Disk()
    monkeypatch.setenv("SOPDOCS_CACHE_MB", "0")
    monkeypatch.setattr(workers, "printer", lambda office, place: Recalling(changed[2]))
    monkeypatch.setattr(files.os, "fdopen", made.open)
    return made


def copied(site: Site, folder: Path) -> Site:
    shutil.rmtree(folder, ignore_errors=True)
    return Site(Path(shutil.copytree(site.root, folder)))


def old_or_new(site: Site, before: Site, after: Site) -> None:
    found, old, new = site.digests(), before.digests(), after.digests()
    assert found.keys() == old.keys()
    assert all(found[name] in (old[name], new[name]) for name in found)
    sealed = site.root / "build" / SEALED
    assert sealed.read_bytes().rstrip().endswith(b"%%EOF")
    assert site.hidden() == []


def test_a_disk_that_is_full_from_any_file_on(
    changed: tuple[Site, Site, Printed], disk: Disk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, _ = changed
    counted = copied(before, tmp_path / "w")
    assert run(["-C", str(counted.root), "build"]) == 0
    total = disk.written
    assert total > 5
    for room in range(total):
        site = copied(before, tmp_path / "w")
        disk.written, disk.room = 0, room
        capsys.readouterr()
        code = run(["-C", str(site.root), "build"])
        said = capsys.readouterr().err
        assert code in (2, 4), (room, said)
        assert "tidak dapat ditulis: ruang penyimpanan penuh" in said, room
        assert "Saran: " in said
        assert "sisa ruang" in said
        old_or_new(site, before, after)
        disk.room = 10**9
        assert run(["-C", str(site.root), "build", "--quiet"]) == 0
        assert site.digests() == after.digests()


@pytest.mark.parametrize("call", ["fsync", "replace", "mkstemp"])
def test_one_call_that_fails(
    call: str,
    changed: tuple[Site, Site, Printed],
    disk: Disk,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the last step before a file is in its place, or the first one."""
    before, after, _ = changed
    module = {"fsync": files.os, "replace": Path, "mkstemp": files.tempfile}[call]
    real = getattr(module, call)
    seen: list[object] = []

    def failing(*arguments: object, **named: object) -> object:
        seen.append(arguments)
        if len(seen) == 4:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))
        return real(*arguments, **named)

    site = copied(before, tmp_path / "w")
    with monkeypatch.context() as patch:
        patch.setattr(module, call, failing)
        assert run(["-C", str(site.root), "build"]) in (2, 4)
    assert "jatah ruang penyimpanan habis" in capsys.readouterr().err
    old_or_new(site, before, after)
    assert run(["-C", str(site.root), "build"]) == 0
    assert site.digests() == after.digests()


def test_files_may_not_grow(site: Site) -> None:
    """Everything is real here, LibreOffice too; the system refuses what is longer than some bytes."""
    before = site.digests()
    site.say("surat-masuk", "hal baru")

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (SPARE, SPARE))

    assert max(map(len, site.outputs().values())) > SPARE
    call = subprocess.run(
        site.command("build"), env=environment(), preexec_fn=limited, capture_output=True, text=True, timeout=200
    )
    assert call.returncode in (2, 4), call.stderr
    assert "Saran: " in call.stderr
    assert "Kesalahan di dalam sopdocs" not in call.stderr
    found = site.digests()
    assert {name for name in before if found[name] != before[name]} <= {
        f"sop/surat-masuk.{kind}" for kind in ("docx", "pdf")
    }
    assert site.hidden() == []
    assert site.call("build").returncode == 0
    assert site.digests()["bundel.pdf"] != before["bundel.pdf"]
