"""Run one foreign program so that nothing of it outlives the call."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_LOOK = 0.2
"""Seconds between two looks at `stop`."""
_GUARD = ("/bin/sh", "-c", '(read -r _ <&"$0"; kill -KILL 0) & exec "$@"')
"""Ends its process group when the pipe breaks whose number comes first, then becomes the program that follows."""
_OURS = "SOPDOCS_"
"""Variables that begin so are for this program alone; some hold a passphrase."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended."""

    status: int | None
    """Exit status; negative: the number of the signal that ended it; None: out of time."""
    printed: str
    """Standard output and standard error, in the order written."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a program is ended."""

    seconds: float
    """Without progress."""
    stop: threading.Event | None = None
    """Set by another thread."""
    progress: Callable[[], object] | None = None
    """Says how far the program has come; when that changes, its time starts anew."""


def run(command: Sequence[str], *, log: Path, limits: Limits, env: Mapping[str, str] | None = None) -> Outcome:
    """Run `command` in a process group of its own and end the whole group before returning.

    The group is ended with SIGKILL however the call is left: in time, out of time, told to stop, by an exception such
    as KeyboardInterrupt, and (but on Windows) even when this process itself is killed. LibreOffice asks for that: its
    wrapper ignores SIGINT, and `soffice.bin` survives the wrapper. What the program prints goes to the file `log`,
    not to a pipe, because a surviving grandchild would hold a pipe open. Without `env` it gets `environment()`. Raises
    OSError if the program cannot be started.
    """
    with log.open("wb") as output, _lifeline() as line:
        process = _start(command, output, env, line)
        try:
            status = _wait(process, limits)
        finally:
            _end_group(process)
    return Outcome(status, log.read_text("utf-8", "replace"))


def environment() -> dict[str, str]:
    """Return this process's environment for a foreign program: without our own variables, which may hold secrets."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith(_OURS)}


def _wait(process: subprocess.Popen[bytes], limits: Limits) -> int | None:
    deadline = time.monotonic() + limits.seconds
    before = limits.progress() if limits.progress else None
    while not (limits.stop and limits.stop.is_set()):
        left = max(deadline - time.monotonic(), 0)
        try:
            return process.wait(min(left, _LOOK) if limits.stop or limits.progress else left)
        except subprocess.TimeoutExpired:
            now = limits.progress() if limits.progress else None
            if now != before:
                before, deadline = now, time.monotonic() + limits.seconds
            elif time.monotonic() >= deadline:
                return None
    return None


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


def _start(
    command: Sequence[str], output: IO[bytes], env: Mapping[str, str] | None, line: int | None
) -> subprocess.Popen[bytes]:
    # A shell that fails to start the program would say so by its exit status alone.
    if line is not None and shutil.which(command[0]) is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), command[0])
    guarded = command if line is None else [*_GUARD, str(line), *command]
    return subprocess.Popen(
        guarded,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment() if env is None else env,
        pass_fds=() if line is None else (line,),
        start_new_session=True,
    )


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
