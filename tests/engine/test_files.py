"""Outputs are written whole or not at all."""

from __future__ import annotations

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from sopdocs.engine.files import exclusive, read_if_there, work_folder, write_whole
from sopdocs.errors import UsageError


def test_write_makes_folders_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.txt"
    write_whole(target, b"satu")
    write_whole(target, b"dua")
    assert target.read_bytes() == b"dua"
    assert list(target.parent.iterdir()) == [target]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "b.txt"
    write_whole(target, b"lama")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match=r"b\.txt tidak dapat ditulis"):
        write_whole(target, b"baru")
    assert target.read_bytes() == b"lama"
    assert list(tmp_path.iterdir()) == [target]


def test_exclusive_sweeps_what_a_killed_build_left(tmp_path: Path) -> None:
    (tmp_path / "sop").mkdir()
    (tmp_path / "sop" / ".x.pdf.abc.tmp").write_bytes(b"separuh")
    with exclusive(tmp_path):
        assert read_if_there(tmp_path / ".pemegang") == f"{os.getpid()}\n".encode()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [".kunci"]


def test_exclusive_leaves_alone_what_another_office_is_writing(tmp_path: Path) -> None:
    written = tmp_path / "instansi" / "kec-contoh" / "sop" / ".x.pdf.abc.tmp"
    written.parent.mkdir(parents=True)
    written.write_bytes(b"separuh")
    with exclusive(tmp_path):
        assert written.exists()
    with exclusive(tmp_path / "instansi" / "kec-contoh"):
        assert not written.exists()


def test_exclusive_looks_for_nothing_where_others_come_and_go(tmp_path: Path) -> None:
    at_work = tmp_path / ".kerja" / "7-7" / ".x.tmp"
    at_work.parent.mkdir(parents=True)
    at_work.write_bytes(b"separuh")
    (tmp_path / ".lain.tmp").mkdir()
    with exclusive(tmp_path):
        assert at_work.exists()


def test_a_work_folder_goes_although_a_dying_process_still_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = shutil.rmtree
    late = threading.Event()

    def as_it_is_filled_again(path: Path, *, ignore_errors: bool) -> None:
        removed(path, ignore_errors=ignore_errors)
        if not late.is_set():
            late.set()
            (path / "profile").mkdir(parents=True)

    monkeypatch.setattr(shutil, "rmtree", as_it_is_filled_again)
    with work_folder(tmp_path / "build"):
        pass
    assert late.is_set()
    assert not (tmp_path / "build").exists()


def test_exclusive_gives_the_folder_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), exclusive(tmp_path):
        raise RuntimeError
    with exclusive(tmp_path):
        pass


def test_read_if_there(tmp_path: Path) -> None:
    assert read_if_there(tmp_path / "tidak-ada") is None
    assert read_if_there(tmp_path) is None


def test_exclusive_is_not_disturbed_by_folders_that_vanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build, of another office, ends its LibreOffice just now."""
    for name in ("a", "b"):
        (tmp_path / ".kerja" / name / "profile").mkdir(parents=True)
        (tmp_path / ".cache" / name).mkdir(parents=True)
    scan = os.scandir

    def vanishing(path: str = ".") -> object:
        if Path(path).parent.name in (".kerja", ".cache"):
            raise FileNotFoundError(2, "No such file or directory", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    with exclusive(tmp_path):
        pass


def test_a_working_folder_is_left_alone_from_its_first_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between making folder and lock another build begins, which removes what belongs to nobody."""
    acquire, others = FileLock.acquire, []

    def interrupted(lock: FileLock, *args: object, **kwargs: object) -> object:
        if not others:
            others.append(work_folder(tmp_path))
            others[0].__enter__()
        return acquire(lock, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(FileLock, "acquire", interrupted)
    with work_folder(tmp_path) as place:
        assert place.is_dir()
        others[0].__exit__(None, None, None)
        assert place.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_working_folders_come_and_go_side_by_side(tmp_path: Path) -> None:
    def work(number: int) -> bool:
        with work_folder(tmp_path) as place:
            (place / "berkas").write_text(str(number))
            return (place / "berkas").read_text() == str(number)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(400)))
    assert list(tmp_path.iterdir()) == []


def test_what_killed_builds_left_goes_with_the_next(tmp_path: Path) -> None:
    for name in ("1-1", "2-2"):
        (tmp_path / ".kerja" / name / "profile").mkdir(parents=True)
    (tmp_path / ".kerja" / "2-2.kunci").touch()
    with work_folder(tmp_path) as place:
        assert {path.name for path in (tmp_path / ".kerja").iterdir()} == {place.name, f"{place.name}.kunci"}
    assert list(tmp_path.iterdir()) == []
