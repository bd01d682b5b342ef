"""Where the time goes. Nothing that is made depends on it."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager


class Stopwatch:
    """Seconds by the name of what was done."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def counting(self, what: str) -> Generator[None]:
        """Count the time until the block is left."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.add({what: time.perf_counter() - start})

    def add(self, seconds: Mapping[str, float]) -> None:
        """Add what was counted elsewhere."""
        for what, more in seconds.items():
            self.seconds[what] = self.seconds.get(what, 0.0) + more
