"""What runs where the work is done: a process of this machine, a thread of a cluster, or this very thread."""

from __future__ import annotations

import atexit
import cProfile
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Protocol

from sopdocs.engine.profiling import Statistics, statistics
from sopdocs.engine.stopwatch import Stopwatch
from sopdocs.errors import SopdocsError
from sopdocs.office import LibreOffice, Printer, printer

_INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
# CPython before 3.11.5 waits for ever to hand work to processes that are gone (gh-94777). Later ones close the reading
# end themselves, in a thread of their own: what both close at once may by then be another file's.
_HANDS_WORK_TO_THE_DEAD = sys.version_info < (3, 11, 5)
Stage = Callable[[Sequence[Any], Printer, Stopwatch], Sequence[Any]]
"""Jobs of one kind -> result or error of each."""


class Station(Protocol):
    """Where LibreOffice runs. Hashable, and can be sent to another process."""

    def open(self) -> Printer:
        """Get the printer ready. Raises SopdocsError."""
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """This machine."""

    libreoffice: LibreOffice
    folder: Path
    """On the file system of the outputs; everything below it is removed when the build ends."""

    def open(self) -> Printer:
        """Use a folder that no other thread of any process has."""
        return printer(self.libreoffice, self.folder / f"{os.getpid()}-{threading.get_ident()}")


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs of one stage, for one worker."""

    stage: Stage
    jobs: tuple[Any, ...]
    station: Station
    profiled: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a batch."""

    results: tuple[Any, ...]
    """For each job its result or a SopdocsError."""
    seconds: dict[str, float]
    profile: Statistics = field(default_factory=dict[Any, Any])


class _Desk(threading.local):
    """The printer that a thread keeps warm, and where it stands."""

    station: Station | None = None
    printer: Printer | None = None

    def printer_at(self, station: Station) -> Printer:
        if self.printer is None or self.station != station:
            self.close()
            self.printer, self.station = station.open(), station
        return self.printer

    def close(self) -> None:
        if self.printer is not None:
            self.printer.close()
        self.printer = None


_desk = _Desk()
atexit.register(_desk.close)


def perform(batch: Batch) -> Done:
    """Do the jobs of a batch; what is wrong with all of them is told for each."""
    watch, profile = Stopwatch(), cProfile.Profile()
    if batch.profiled:
        profile.enable()
    try:
        results = tuple(batch.stage(batch.jobs, _desk.printer_at(batch.station), watch))
    except SopdocsError as error:
        results = (error,) * len(batch.jobs)
    finally:
        profile.disable()
    return Done(results, watch.seconds, statistics(profile) if batch.profiled else {})


def leave() -> None:
    """End the printer that this thread keeps."""
    _desk.close()


class Inline(Executor):
    """Does everything at once, in the thread that asks."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whoever asks for the result shall have it
            future.set_exception(error)
        return future


class _Pool(ProcessPoolExecutor):
    """Processes of this machine."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand out work; an interrupt waits until processes that are being started are known, or nobody ends them."""
        with _uninterrupted():
            return super().submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the pool; one that is not waited for has lost its processes."""
        queue: Any = getattr(self, "_call_queue", None)
        if not wait and queue is not None and _HANDS_WORK_TO_THE_DEAD:
            queue._reader.close()
        super().shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Hold back Ctrl+C and a request to end until the block is left."""
    if threading.current_thread() is not threading.main_thread():  # which alone hears of them
        yield
        return
    heard: list[int] = []
    before = {each: signal.signal(each, lambda number, _: heard.append(number)) for each in _INTERRUPTS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for each in heard:
            signal.raise_signal(each)


def local_pool(workers: int) -> Executor:
    """Start processes of this machine, which end with this process, however it ends.

    Where the system does not let processes work together (no semaphores, no socket), this one does everything.
    """
    try:
        prepare_pool()
        return _Pool(workers, mp_context=_context(), initializer=_begin, initargs=(gc.get_threshold(),))
    except (OSError, ImportError, NotImplementedError):
        return Inline()


def prepare_pool() -> None:
    """Begin to load what the processes of pools need; this one has other things to do meanwhile.

    What they are copied from is deaf to Ctrl+C from the beginning: it would answer with a traceback. Raises OSError
    and ImportError where there can be none.
    """
    if _context().get_start_method() != "forkserver":
        return
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # or the other would start it, which lets Ctrl+C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> BaseContext:
    # Not "fork": a copy of a process with threads (progress display, executor) may hold their locks for ever.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["sopdocs.engine.stages"])
    return context


def end_pool() -> None:
    """Kill the processes of all local pools, and LibreOffice with them."""
    for child in multiprocessing.active_children():
        child.kill()


def _begin(collecting: tuple[int, int, int]) -> None:
    gc.set_threshold(*collecting)
    # Ctrl+C reaches the whole terminal; the process that was started by hand decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
