"""Seconds and peak memory of programs, taken in turns so that a busy moment of the machine meets every way alike."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL
from statistics import median

LIMIT = 4 * 3600.0
"""Seconds after which a program is given up."""
_EVERY = 0.25
"""Seconds between two looks at the memory; one look costs less than a millisecond."""
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class NotRunError(Exception):
    """A way cannot be measured here; the text says why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One run."""

    seconds: float
    peak: float | None = None
    """MB resident of the program and all it started, together; pages they share count for each. None: unknown."""


@dataclass(slots=True)
class Way:
    """All runs of one way to do the work."""

    name: str
    work: Callable[[], Taken] = field(repr=False)
    taken: list[Taken] = field(default_factory=list[Taken])
    why_not: str = ""
    """Why it was not, or not completely, measured."""

    @property
    def best(self) -> float:
        """Seconds of the quickest run."""
        return min(one.seconds for one in self.taken)

    @property
    def peak(self) -> float | None:
        """MB, the largest of all runs."""
        return max((one.peak for one in self.taken if one.peak is not None), default=None)

    @property
    def measured(self) -> bool:
        return bool(self.taken) and not self.why_not


def in_turns(ways: Sequence[Way], repeats: int, say: Callable[[str], None]) -> None:
    """Run every way once, then every way again; one that fails says why and is left out from then on."""
    for _ in range(repeats):
        for way in ways:
            if way.why_not:
                continue
            try:
                way.taken.append(way.work())
            except (NotRunError, OSError, subprocess.SubprocessError) as error:
                way.why_not = str(error)
            say(f"  {way.name}: {way.why_not or f'{way.taken[-1].seconds:.2f} s'}")


def ratio(way: Way, base: Way) -> float | None:
    """The median of `way` ÷ `base`, turn by turn; None when one of them was not measured."""
    if not (way.measured and base.measured):
        return None
    return median(mine.seconds / its.seconds for mine, its in zip(way.taken, base.taken, strict=True))


def timed(work: Callable[[], object]) -> Taken:
    """Call `work` and say how long it took."""
    start = time.perf_counter()
    work()
    return Taken(time.perf_counter() - start)


def run(
    command: Sequence[str], env: Mapping[str, str] | None = None, limit: float = LIMIT, well: Sequence[int] = (0,)
) -> Taken:
    """Run a program to its end. Raises NotRunError with its last line when its status is none of `well`."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    watch = Watch(process.pid)
    try:
        printed, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired as error:
        process.kill()
        raise NotRunError(f"not done after {limit:g} s") from error
    finally:
        peak = watch.end()
    seconds = time.perf_counter() - start
    if process.returncode not in well:
        last = (printed.strip().splitlines() or ["nothing printed"])[-1]
        raise NotRunError(f"failed with status {process.returncode}: {last}")
    return Taken(seconds, peak)


class Watch:
    """Looks at the memory of processes and their descendants until `end`."""

    def __init__(self, *pids: int) -> None:
        self._pids = pids
        self._peak = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> float | None:
        """Stop, and return the most MB seen."""
        self._done.set()
        self._thread.join()
        return self._peak or None

    def _look(self) -> None:
        while True:
            self._peak = max(self._peak, sum(map(resident, family(self._pids))) / 1e6)
            if self._done.wait(_EVERY):
                return


def family(pids: Sequence[int]) -> set[int]:
    """The processes and all they started; only themselves where there is no /proc."""
    found, waiting = set[int](), list(pids)
    while waiting:
        pid = waiting.pop()
        if pid in found:
            continue
        found.add(pid)
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                waiting += map(int, path.read_text().split())
            except OSError:
                continue  # it has ended meanwhile
    return found


def resident(pid: int) -> int:
    """Bytes resident; 0 when it has ended or there is no /proc."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


class Server:
    """A program that runs beside what is measured; a context manager that ends it and all it started."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self._command, self._env = command, env

    def __enter__(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            self._command,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )
        return self._process

    def __exit__(self, *_: object) -> None:
        started = family([self._process.pid])
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pid in started - {self._process.pid}:
            try:
                os.kill(pid, SIGKILL)
            except ProcessLookupError:
                continue


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[str], limit: float = 60.0) -> None:
    """Wait until `process` listens. Raises NotRunError."""
    start = time.perf_counter()
    while time.perf_counter() - start < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            raise NotRunError(f"it ended with status {process.returncode} before it listened")
        time.sleep(0.05)
    raise NotRunError(f"no answer within {limit:g} s")


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def machine(libreoffice: str) -> dict[str, str | int]:
    """What the figures depend on, without names."""
    memory = os.sysconf("SC_PHYS_PAGES") * _PAGE / 1e9 if hasattr(os, "sysconf") else 0.0
    return {
        "cores": cores(),
        "memory_gb": round(memory),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libreoffice": libreoffice,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
