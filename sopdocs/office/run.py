"""Run one foreign program so that nothing of it outlives the call."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_LOOK = 0.2
"""Seconds between two looks at `stop`."""
_OURS = "SOPDOCS_"
"""Variables that begin so are for this program alone; some hold a passphrase."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended."""

    status: int | None
    """Exit status; negative: the number of the signal that ended it; None: out of time."""
    printed: str
    """Standard output and standard error, in the order written."""


def run(
    command: Sequence[str],
    *,
    log: Path,
    time_limit: float,
    env: Mapping[str, str] | None = None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Run `command` in a process group of its own and end the whole group before returning.

    The group is ended with SIGKILL however the call is left: in time, out of time (`time_limit`, seconds), told to
    stop (another thread sets `stop`), or by an exception such as KeyboardInterrupt. LibreOffice asks for that: its
    wrapper ignores SIGINT, and `soffice.bin` survives the wrapper. What the program prints goes to the file `log`,
    not to a pipe, because a surviving grandchild would hold a pipe open. Without `env` it gets `environment()`. Raises
    OSError if the program cannot be started.
    """
    with log.open("wb") as output:
        process = _start(command, output, env)
        try:
            status = _wait(process, time_limit, stop)
        finally:
            _end_group(process)
    return Outcome(status, log.read_text("utf-8", "replace"))


def environment() -> dict[str, str]:
    """Return this process's environment for a foreign program: without our own variables, which may hold secrets."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith(_OURS)}


def _wait(process: subprocess.Popen[bytes], time_limit: float, stop: threading.Event | None) -> int | None:
    deadline = time.monotonic() + time_limit
    while not (stop and stop.is_set()):
        left = deadline - time.monotonic()
        try:
            return process.wait(max(min(left, _LOOK), 0) if stop else max(left, 0))
        except subprocess.TimeoutExpired:
            if time.monotonic() >= deadline:
                return None
    return None


def _start(command: Sequence[str], output: IO[bytes], env: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment() if env is None else env,
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
