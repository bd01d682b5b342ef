"""Write outputs whole or not at all, and keep two builds apart."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from sopdocs.errors import UsageError, reason
from sopdocs.model import OFFICES


def sha256(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write beside the place, sync, rename: a reader sees the old file or the new one, never a part.

    Without `sync` a power failure may leave a damaged file, which the reader must find out. Raises UsageError when
    the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)


def read_if_there(path: Path) -> bytes | None:
    """The content of a file, or None when it is missing or unreadable."""
    try:
        return path.read_bytes()
    except OSError:
        return None


@contextmanager
def exclusive(folder: Path) -> Generator[None]:
    """Hold the build folder; raises UsageError naming the holder when another build has it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".kunci")
        lock.acquire(timeout=0)
    except Timeout as error:
        holder = (read_if_there(folder / ".pemegang") or b"").decode("utf-8", "replace").strip()
        who = f" (proses {holder})" if holder else ""
        message = f"Folder {folder.name}/ sedang dipakai proses lain{who}"
        raise UsageError(message, "tunggu sampai proses itu selesai, lalu ulangi") from error
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        write_whole(folder / ".pemegang", f"{os.getpid()}\n".encode())
        _sweep(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / ".pemegang").unlink(missing_ok=True)
        lock.release()


def _sweep(folder: Path) -> None:
    """Remove what killed builds left half-written; offices, and LibreOffice at work, have locks of their own."""
    for place, below, names in os.walk(folder):
        if Path(place) == folder:
            below[:] = [name for name in below if name not in (OFFICES, _WORK)]
        for name in names:
            if name.startswith(".") and name.endswith(".tmp"):
                with suppress(OSError):
                    (Path(place) / name).unlink()


_WORK = ".kerja"
"""Below build/: what LibreOffice needs while it works."""
_TRIES, _PAUSE = 40, 0.05
"""How often, and after how many seconds, a folder is removed again that is not yet left alone."""


@contextmanager
def work_folder(folder: Path) -> Generator[Path]:
    """Give a folder below the build folder that nobody else uses; it goes when the context is left.

    What killed processes left behind goes as well. Raises UsageError when it cannot be made.
    """
    new = not folder.exists()
    place, lock = _own_place(folder)
    for other in (folder / _WORK).iterdir():
        if other != place:
            _remove_if_left(other)
    try:
        yield place
    finally:
        lock.release()
        _remove_wholly(place)
        with suppress(OSError):  # others may be at work
            (folder / _WORK).rmdir()
            if new:  # and nothing was built
                folder.rmdir()


def _own_place(folder: Path) -> tuple[Path, BaseFileLock]:
    """Make a place and hold its lock; others that begin or end may take a fresh one for left behind."""
    for left in reversed(range(_TRIES)):
        place = folder / _WORK / f"{os.getpid()}-{time.monotonic_ns()}"
        try:
            place.mkdir(parents=True)
            lock = FileLock(place / ".kunci")
            lock.acquire(timeout=0)
        except (FileNotFoundError, FileExistsError, Timeout) as error:
            if not left:
                raise _unwritable(folder, error) from error
        except OSError as error:
            raise _unwritable(folder, error) from error
        else:
            return place, lock
    raise AssertionError


def _remove_wholly(place: Path) -> None:
    """Remove a folder that processes may be writing to while they end."""
    for _ in range(_TRIES):
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            return
        time.sleep(_PAUSE)


def _remove_if_left(place: Path) -> None:
    """The system releases the lock of a process that dies."""
    with suppress(OSError):
        if (place / ".kunci").exists():
            lock = FileLock(place / ".kunci")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                return
            lock.release()
        shutil.rmtree(place, ignore_errors=True)


def _unwritable(path: Path, error: OSError) -> UsageError:
    message = f"{path.name} tidak dapat ditulis: {reason(error)}"
    advice = f"tutup berkas itu bila terbuka di Word; bila tetap gagal, periksa izin dan sisa ruang pada {path.parent}"
    return UsageError(message, advice)
