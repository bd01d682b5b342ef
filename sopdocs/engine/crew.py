"""Hand jobs to an executor, a few at a time, and bring every result home, though workers be lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sopdocs.engine.profiling import Statistics
from sopdocs.engine.stopwatch import Stopwatch
from sopdocs.engine.workers import Batch, Done, Inline, Stage, Station, end_pool, leave, perform
from sopdocs.errors import OutputRejectedError, SopdocsError

_CHUNK = 10
"""Jobs in a batch: one LibreOffice process prints them; more would save nothing and lose more by a crash."""
_LEAST = 2
"""Jobs in a batch, as long as there are so many."""
_AHEAD = 2
"""Batches in work for each worker: one is waiting when another is done."""
_FEW = 6
"""Jobs that are sooner done here than other processes are started for them (about a second)."""
_LIVES = 2
"""How many workers a job may cost when it is alone with them."""


@dataclass(eq=False, slots=True)
class Task:
    """A job, and who hears of its result."""

    stage: Stage
    job: Any
    """Has `name` and `parcel`."""
    done: Callable[[Any], None]
    """Called in the thread of the crew, with the result or a SopdocsError."""
    cost: int = 0
    """Workers that were lost while they had nothing else in hand."""


Work = Generator[Sequence[Task], None, None]
"""Yields tasks that may be done in any order, and is resumed when all of them are."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does the work."""

    station: Station
    start: Callable[[], Executor]
    """Called when there is enough to do, and again when workers were lost."""
    size: int
    """How many batches are done at once."""
    at_once: bool = False
    """Whether a few jobs are sent out as well, too."""
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)
    """What the executor raises when a worker died."""
    profiled: bool = False
    prepare: Callable[[], None] | None = None
    """Called when `start` will probably be, and there is something else to do before."""


@dataclass(eq=False, slots=True)
class _Progress:
    """A work that waits for its tasks."""

    work: Work
    open: int = 0


@dataclass(eq=False, slots=True)
class _Errand:
    """A task on its way, and the work that waits for it."""

    task: Task
    of: _Progress


@dataclass(eq=False, slots=True)
class Driven:
    """What driving works cost, added up over all workers."""

    watch: Stopwatch = field(default_factory=Stopwatch)
    profiles: list[Statistics] = field(default_factory=list[Statistics])


@dataclass(eq=False)
class Crew:
    """Does works side by side and keeps its workers in between. A context manager; used by one thread."""

    staff: Staff

    def __post_init__(self) -> None:
        self._result = Driven()
        self._notify_loss: Callable[[str], None] = print
        self._waiting: deque[_Errand] = deque()
        self._suspects: deque[_Errand] = deque()
        self._running: dict[Future[Done], list[_Errand]] = {}
        self._executor: Executor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            # Futures are left alone: a pool that loses its processes while it has cancelled ones never ends.
            end_pool()
        if self._executor is not None:
            self._executor.shutdown(wait=kind is None)
        leave()

    def expect(self, jobs: int) -> None:
        """Get ready for about so many jobs, which are still to be found out."""
        if self._executor is None and self.staff.prepare is not None and (jobs > _FEW or self.staff.at_once):
            # Where it cannot be had, starting the pool finds a way.
            with suppress(OSError, ImportError, NotImplementedError):
                self.staff.prepare()

    def drive(self, works: Iterable[Work], notify_loss: Callable[[str], None]) -> Driven:
        """Run works to their ends; a further one is begun when the others leave workers idle.

        `notify_loss` hears the names of the jobs that were in work when a worker was lost. What a work raises ends all
        of them.
        """
        self._result, self._notify_loss = Driven(), notify_loss
        following = iter(works)
        while True:
            while len(self._waiting) < self.staff.size * _CHUNK and (work := next(following, None)) is not None:
                self._resume(_Progress(work))
            self._hand_out()
            if not (self._running or self._waiting or self._suspects):
                return self._result
            # Nothing is running when a worker was lost before it could take anything.
            finished, _ = wait(self._running, return_when=FIRST_COMPLETED) if self._running else ((), ())
            for future in finished:
                # A loss takes along what was in work with it.
                if errands := self._running.pop(future, None):
                    self._bring_home(future, errands)

    def _resume(self, progress: _Progress) -> None:
        """Go on until there are tasks to wait for."""
        for tasks in progress.work:
            if tasks:
                progress.open = len(tasks)
                self._waiting.extend(_Errand(task, progress) for task in tasks)
                return

    def _hand_out(self) -> None:
        # Whoever was at work when a worker was lost works alone, so that a second loss tells who caused it.
        if self._suspects:
            if not self._running:
                self._submit([self._suspects.popleft()], here=False)
            return
        while self._waiting and len(self._running) < self.staff.size * _AHEAD:
            here = self._executor is None and self._few()
            self._submit(self._next_batch(here=here), here=here)

    def _next_batch(self, *, here: bool) -> list[_Errand]:
        share = _CHUNK if here else max(_LEAST, len(self._waiting) // (self.staff.size * _AHEAD))
        taken = [self._waiting.popleft()]
        while len(taken) < min(share, _CHUNK) and self._waiting and self._waiting[0].task.stage is taken[0].task.stage:
            taken.append(self._waiting.popleft())
        return taken

    def _few(self) -> bool:
        return len(self._waiting) + sum(map(len, self._running.values())) <= _FEW and not self.staff.at_once

    def _submit(self, errands: list[_Errand], *, here: bool) -> None:
        jobs = tuple(errand.task.job.parcel for errand in errands)
        batch = Batch(errands[0].task.stage, jobs, self.staff.station, self.staff.profiled)
        if self._executor is None and not here:
            self._executor = self.staff.start()
        try:
            future: Future[Done] = (self._executor or Inline()).submit(perform, batch)
        except self.staff.lost:
            self._lost([errands, *self._running.values()])
            return
        self._running[future] = errands

    def _bring_home(self, future: Future[Done], errands: list[_Errand]) -> None:
        try:
            done = future.result()
        except self.staff.lost:
            self._lost([errands, *self._running.values()])
            return
        self._result.watch.add(done.seconds)
        if done.profile:
            self._result.profiles.append(done.profile)
        for errand, result in zip(errands, done.results, strict=True):
            self._deliver(errand, result)

    def _deliver(self, errand: _Errand, result: Any) -> None:
        errand.task.done(result)
        errand.of.open -= 1
        if not errand.of.open:
            self._resume(errand.of)

    def _lost(self, batches: Sequence[list[_Errand]]) -> None:
        """All that was in work begins anew, one by one; a job that costs worker after worker is given up."""
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False)
        self._running.clear()
        errands = [errand for batch in batches for errand in batch]
        self._notify_loss(", ".join(errand.task.job.name for errand in errands))
        for errand in errands:
            errand.task.cost += len(errands) == 1
            if errand.task.cost >= _LIVES:
                self._deliver(errand, _given_up(errand.task.job.name))
            else:
                self._suspects.append(errand)


def _given_up(name: str) -> SopdocsError:
    return OutputRejectedError(
        f"Proses pekerja mati {_LIVES} kali saat mengerjakan {name}",
        "periksa apakah memori komputer cukup; bila berulang, laporkan bersama berkas content/ ini",
    )
