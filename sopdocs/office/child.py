"""A process that answers questions, one line of JSON each, until it does not."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sopdocs.office.memory import resident
from sopdocs.office.run import Ended, Limits, Watch, guarded

_LONGEST = 100_000
"""Bytes of an answer; more is nonsense."""


class LostError(Exception):
    """The child died, or must be ended now."""

    def __init__(self, status: int | Ended) -> None:
        super().__init__(status)
        self.status = status
        """As `Outcome.status` has it."""


@dataclass(slots=True, eq=False)
class Child:
    """A running child, to be asked by one thread. After LostError there is nothing more to ask."""

    process: subprocess.Popen[bytes]
    log: Path
    """What it prints on standard error."""
    asked: int = 0
    """Questions so far."""
    _read: int = 0
    """Bytes of the log before the last question."""

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    @property
    def bytes_held(self) -> int:
        """What it and all that it started hold in RAM."""
        return resident(self.process.pid)

    def printed(self) -> str:
        """Return what it has printed since the last question."""
        with self.log.open("rb") as log:
            log.seek(self._read)
            return log.read().decode("utf-8", "replace")

    def greet(self, limits: Limits) -> str | None:
        """Wait until it is ready, and return the error if it cannot be. Raises LostError."""
        return self._answer(Watch(self.process, limits))

    def ask(self, question: Mapping[str, str], limits: Limits) -> str | None:
        """Return the error that it answers `question` with, or None. Raises LostError."""
        self.asked += 1
        self._read = self.log.stat().st_size
        watch = Watch(self.process, limits)
        assert self.process.stdin
        line = json.dumps({"number": self.asked, **question}) + "\n"
        # A question is shorter than what a pipe takes without waiting. Who is gone says so by giving no answer.
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(line.encode())
        return self._answer(watch)

    def _answer(self, watch: Watch) -> str | None:
        assert self.process.stdout
        pipe = self.process.stdout.fileno()
        poll = select.poll()
        poll.register(pipe, select.POLLIN)
        got = b""
        while not got.endswith(b"\n"):
            if poll.poll(watch.pause * 1000):
                part = os.read(pipe, _LONGEST)
                if not part:
                    raise LostError(self.process.wait() if self._ends() else Ended.NONSENSE)
                got += part
                if len(got) > _LONGEST:
                    raise LostError(Ended.NONSENSE)
            elif (status := self.process.poll()) is not None:  # and something that it started holds the pipe
                raise LostError(status)
            # Also while it talks, or one that never ends its line would talk for ever.
            if not got.endswith(b"\n") and (ended := watch.look()):
                raise LostError(ended)
        return self._understood(got)

    def _ends(self) -> bool:
        try:
            self.process.wait(1)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _understood(self, line: bytes) -> str | None:
        try:
            answer: Any = json.loads(line)
        except ValueError:
            raise LostError(Ended.NONSENSE) from None
        if not isinstance(answer, dict):
            raise LostError(Ended.NONSENSE)
        said = cast("dict[str, object]", answer)
        error = said.get("error", Ended.NONSENSE)
        if said.get("number") != self.asked or not (error is None or isinstance(error, str)):
            raise LostError(Ended.NONSENSE)
        return error


@contextlib.contextmanager
def child(command: Sequence[str], *, log: Path, env: Mapping[str, str]) -> Generator[Child]:
    """Give a child that ends with the context, see `guarded`. Raises OSError if it cannot be started."""
    pipe = subprocess.PIPE
    with (
        log.open("wb") as output,
        guarded(command, stdin=pipe, stdout=pipe, stderr=output, env=env) as process,
    ):
        yield Child(process, log)
