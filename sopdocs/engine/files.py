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

from filelock import FileLock, Timeout

from sopdocs.errors import UsageError, reason
from sopdocs.model import OFFICES

_WORK = ".kerja"
"""Below build/: what LibreOffice needs while it works."""
_LOCK = ".kunci"
_PATIENCE = 20
_TRIES, _PAUSE = 200, 0.05
"""How often, and after how many seconds, a folder is removed again that is not yet left alone."""


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


def remove(path: Path) -> None:
    """Remove a file, if it is there. Raises UsageError when that is not allowed, or it is open in another program."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"{path.name} tidak dapat dihapus: {reason(error)}",
            "SOP itu tidak ada lagi di content/; tutup berkasnya bila terbuka di program lain, lalu ulangi",
        ) from error


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


@contextmanager
def work_folder(folder: Path) -> Generator[Path]:
    """Give a folder below the build folder that nobody else uses; it goes when the context is left.

    What killed processes left behind goes as well. Raises UsageError when it cannot be made.
    """
    place = folder / _WORK / f"{os.getpid()}-{time.monotonic_ns()}"
    new = not folder.exists()
    try:
        lock = _claimed(place)
        place.mkdir()
        for other in {each.with_name(each.name.removesuffix(_LOCK)) for each in place.parent.iterdir()} - {place}:
            _remove_if_left(other)
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield place
    finally:
        _remove_wholly(place)
        _give_up(lock)
        with suppress(OSError):  # others may be at work
            (folder / _WORK).rmdir()
            if new:  # and nothing was built
                folder.rmdir()


def _claimed(place: Path) -> FileLock:
    """Lock a working folder that is not yet there; the lock lies beside it, so that no folder is without, ever."""
    lock = FileLock(f"{place}{_LOCK}")
    for patience in reversed(range(_PATIENCE)):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=1)
        except (FileNotFoundError, FileExistsError):  # whoever ended just now took the empty folder away
            if not patience:
                raise
        else:
            break
    return lock


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
        lock = FileLock(f"{place}{_LOCK}")
        lock.acquire(timeout=0)  # Timeout is an OSError
        shutil.rmtree(place, ignore_errors=True)
        _give_up(lock)


def _give_up(lock: FileLock) -> None:
    lock.release()
    with suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what a killed build left half-written; not below offices and working folders: these have own locks."""
    # Unlike Path.rglob, this withstands folders that vanish meanwhile: other builds use the same store.
    for place, folders, names in os.walk(folder):
        if place == str(folder):
            folders[:] = [name for name in folders if name not in (OFFICES, _WORK)]
        for name in names:
            if name.startswith(".") and name.endswith(".tmp"):
                with suppress(OSError):
                    Path(place, name).unlink()


def _unwritable(path: Path, error: OSError) -> UsageError:
    message = f"{path.name} tidak dapat ditulis: {reason(error)}"
    advice = f"tutup berkas itu bila terbuka di Word; bila tetap gagal, periksa izin dan sisa ruang pada {path.parent}"
    return UsageError(message, advice)
