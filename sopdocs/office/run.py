"""Run one foreign program so that nothing of it outlives the call."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO

from sopdocs.office.memory import resident

MEMORY_LIMIT = 3000
"""MB (of 1,000,000 bytes) that a program may hold in RAM."""
_LOOK = 0.2
"""Seconds between two looks at a running program."""
_GUARD = ("/bin/sh", "-c", '(read -r _ <&"$0"; kill -KILL 0) >/dev/null 2>&1 & exec "$@"')
"""Ends its process group when the pipe breaks whose number comes first, then becomes the program that follows. What
waits for the pipe to break must not hold the program's own output open."""
_OURS = "SOPDOCS_"
"""Variables that begin so are for this program alone; some hold a passphrase."""
_File = int | IO[bytes]


class Ended(Enum):
    """Why we ended a program."""

    TIME = "time"
    MEMORY = "memory"
    NONSENSE = "nonsense"
    """It answered what no program of ours says."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended."""

    status: int | Ended
    """Exit status; negative: the number of the signal that ended it; or why we did."""
    printed: str
    """Standard output and standard error, in the order written."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a program is ended."""

    seconds: float
    """Without progress."""
    progress: Callable[[], object] | None = None
    """Says how far the program has come; when that changes, its time starts anew."""
    megabytes: int = MEMORY_LIMIT
    """Held in RAM by the program and all that it started."""


class Watch:
    """Holds a running program to its limits; its time starts now."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self._process = process
        self._limits = limits
        self._before = self._progress()
        self._deadline = time.monotonic() + limits.seconds

    @property
    def pause(self) -> float:
        """Seconds until the program should be looked at again."""
        return max(min(self._deadline - time.monotonic(), _LOOK), 0)

    def look(self) -> Ended | None:
        """Return why the program must be ended now, if it must."""
        limits = self._limits
        if resident(self._process.pid) > limits.megabytes * 1_000_000:
            return Ended.MEMORY
        if (now := self._progress()) != self._before:
            self._before, self._deadline = now, time.monotonic() + limits.seconds
        return Ended.TIME if time.monotonic() >= self._deadline else None

    def _progress(self) -> object:
        return self._limits.progress() if self._limits.progress else None


def run(command: Sequence[str], *, log: Path, limits: Limits, env: Mapping[str, str] | None = None) -> Outcome:
    """Run `command` within `limits` and return how it ended.

    Nothing of it outlives the call, see `guarded`. What the program prints goes to the file `log`, not to a pipe,
    because a surviving grandchild would hold a pipe open. Without `env` it gets `environment()`. Raises OSError if
    the program cannot be started.
    """
    with log.open("wb") as output, guarded(command, stdout=output, stderr=subprocess.STDOUT, env=env) as process:
        status = _wait(process, limits)
    return Outcome(status, log.read_text("utf-8", "replace"))


@contextlib.contextmanager
def guarded(
    command: Sequence[str],
    *,
    stdin: _File = subprocess.DEVNULL,
    stdout: _File,
    stderr: _File,
    env: Mapping[str, str] | None = None,
) -> Generator[subprocess.Popen[bytes]]:
    """Give `command` as a running process, in a process group of its own that ends with the context.

    The group is ended with SIGKILL however the context is left: in time, out of time, by an exception
    such as KeyboardInterrupt, and (but on Windows) even when this process itself is killed. LibreOffice asks for that:
    its wrapper ignores SIGINT, and `soffice.bin` survives the wrapper. Without `env` it gets `environment()`. Pipes are
    unbuffered. Raises OSError if the program cannot be started.
    """
    with _lifeline() as line:
        # A shell that fails to start the program would say so by its exit status alone.
        if line is not None and shutil.which(command[0]) is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), command[0])
        process = subprocess.Popen(
            command if line is None else [*_GUARD, str(line), *command],
            bufsize=0,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=environment() if env is None else env,
            pass_fds=() if line is None else (line,),
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end_group(process)
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe:
                    pipe.close()


def environment() -> dict[str, str]:
    """Return this process's environment for a foreign program: without our own variables, which may hold secrets."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith(_OURS)}


def _wait(process: subprocess.Popen[bytes], limits: Limits) -> int | Ended:
    watch = Watch(process, limits)
    while True:
        try:
            return process.wait(watch.pause)
        except subprocess.TimeoutExpired:
            if ended := watch.look():
                return ended


@contextlib.contextmanager
def _lifeline() -> Generator[int | None]:
    """Give the reading end of a pipe that breaks when this process ends, however that comes about."""
    if sys.platform == "win32":
        yield None
        return
    reading, writing = os.pipe()  # neither is inherited unless passed on
    try:
        yield reading
    finally:
        os.close(reading)
        os.close(writing)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        # Also after a regular end: the wrapper may have died alone. No new group can have taken the number
        # while a member of the old one lives.
        # PermissionError is macOS's word for a group of zombies only.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
