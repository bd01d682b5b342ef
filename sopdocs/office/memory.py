"""How much memory a running program holds."""

from __future__ import annotations

import contextlib
import os
import sys

import psutil


def resident(leader: int) -> int:
    """Return the bytes that the process group of `leader` holds in RAM; 0 when there is none.

    Pages that its processes share count once for each. On Windows, which knows no groups: `leader` and all that it
    started.
    """
    total = 0
    for process in _members(leader):
        with contextlib.suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def _members(leader: int) -> list[psutil.Process]:
    found: list[psutil.Process] = []
    if sys.platform == "win32":
        with contextlib.suppress(psutil.Error):
            first = psutil.Process(leader)
            found = [first, *first.children(recursive=True)]
        return found
    for pid in psutil.pids():
        with contextlib.suppress(OSError, psutil.Error):
            if os.getpgid(pid) == leader:
                found.append(psutil.Process(pid))
    return found
