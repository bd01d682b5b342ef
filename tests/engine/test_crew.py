"""Every job comes home once, whoever does it and whoever dies over it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sopdocs.engine.crew import Crew, Staff, Task, Work
from sopdocs.engine.stopwatch import Stopwatch
from sopdocs.engine.workers import Inline, local_pool
from sopdocs.errors import OutputRejectedError, SopdocsError, ToolMissingError
from sopdocs.office import Document, Printer

from ..office.test_convert import gone


@dataclass(frozen=True)
class Desk:
    """A station whose printer prints nothing."""

    def open(self) -> Printer:
        return Mute()


class Mute:
    def convert_all(self, documents: Sequence[Document]) -> list[bytes | OutputRejectedError]:
        return [document.docx for document in documents]

    def convert(self, docx: bytes, *, name: str) -> bytes:
        return docx

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class Job:
    name: str
    marks: Path | None = None

    @property
    def parcel(self) -> Job:
        return self


def doubled(jobs: Sequence[Job], printer: Printer, watch: Stopwatch) -> list[str]:
    with watch.counting("melipat"):
        return [job.name * 2 for job in jobs]


def deadly(jobs: Sequence[Job], printer: Printer, watch: Stopwatch) -> list[str]:
    """A job named "racun" always kills its worker, "sial" only the first time."""
    for job in jobs:
        assert job.marks is not None
        with (job.marks / job.name).open("a") as file:
            file.write("x")
        if job.name == "racun" or (job.name == "sial" and (job.marks / job.name).read_text() == "x"):
            os.kill(os.getpid(), signal.SIGKILL)
    return [job.name for job in jobs]


def without_tool(jobs: Sequence[Job], printer: Printer, watch: Stopwatch) -> list[str]:
    raise ToolMissingError("LibreOffice hilang")


def buggy(jobs: Sequence[Job], printer: Printer, watch: Stopwatch) -> list[str]:
    raise ZeroDivisionError


def slow(jobs: Sequence[Job], printer: Printer, watch: Stopwatch) -> list[str]:
    time.sleep(600)
    return []


def staff(start: Callable[[], Executor] = Inline, size: int = 2, *, at_once: bool = True) -> Staff:
    return Staff(Desk(), start, size, at_once=at_once)


def pool() -> Executor:
    return local_pool(2)


def one_by_one(stage: Any, jobs: Sequence[Job], home: dict[str, Any]) -> Work:
    yield [Task(stage, job, partial(home.__setitem__, job.name)) for job in jobs]


def drive(stage: Any, jobs: Sequence[Job], who: Staff, losses: list[str] | None = None) -> dict[str, Any]:
    home: dict[str, Any] = {}
    with Crew(who) as crew:
        crew.drive([one_by_one(stage, jobs, home)], (losses if losses is not None else []).append)
    return home


@pytest.mark.parametrize("start", [Inline, pool])
def test_each_job_comes_home_with_its_own_result(start: Callable[[], Executor]) -> None:
    jobs = [Job(str(number)) for number in range(57)]
    assert drive(doubled, jobs, staff(start)) == {job.name: job.name * 2 for job in jobs}


def test_a_work_goes_on_when_all_of_its_tasks_are_done() -> None:
    seen: list[str] = []

    def work() -> Work:
        yield [Task(doubled, Job(name), seen.append) for name in "ab"]
        assert sorted(seen) == ["aa", "bb"]
        yield []
        yield [Task(doubled, Job("c"), seen.append)]
        seen.append("selesai")

    with Crew(staff()) as crew:
        assert crew.drive([work()], print).watch.seconds.keys() == {"melipat"}
    assert seen[2:] == ["cc", "selesai"]


def test_works_begin_only_when_there_is_room() -> None:
    begun: list[int] = []

    def works() -> Generator[Work]:
        for number in range(100):
            begun.append(number)
            yield one_by_one(doubled, [Job(str(each)) for each in range(60)], {})

    class Stingy(Inline):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
            most.append(len(begun))
            return super().submit(fn, *args, **kwargs)

    most: list[int] = []
    with Crew(staff(Stingy)) as crew:
        crew.drive(works(), print)
    assert most[0] == 1
    assert len(begun) == 100


def test_a_few_jobs_need_no_processes() -> None:
    def never() -> Executor:
        raise AssertionError

    assert drive(doubled, [Job(str(n)) for n in range(6)], staff(never, at_once=False))
    with pytest.raises(AssertionError):
        drive(doubled, [Job(str(n)) for n in range(7)], staff(never, at_once=False))


def test_what_is_missing_is_told_for_each_job() -> None:
    home = drive(without_tool, [Job("a"), Job("b")], staff())
    assert {name: str(error) for name, error in home.items()} == {"a": "LibreOffice hilang", "b": "LibreOffice hilang"}


@pytest.mark.parametrize("start", [Inline, pool])
def test_a_bug_ends_the_work(start: Callable[[], Executor]) -> None:
    with pytest.raises(ZeroDivisionError):
        drive(buggy, [Job("a")], staff(start))


def test_a_worker_that_is_lost_once_costs_nothing_but_time(tmp_path: Path) -> None:
    jobs = [Job(name, tmp_path) for name in ("a", "b", "sial", "c", "d", "e", "f", "g")]
    losses: list[str] = []
    home = drive(deadly, jobs, staff(pool), losses)
    assert home == {job.name: job.name for job in jobs}
    assert len(losses) == 1
    assert "sial" in losses[0]


def test_a_job_that_costs_worker_after_worker_is_told_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    jobs = [Job(name, tmp_path) for name in ("a", "racun", "b", "c", "d", "e", "f", "g", "sial")]
    home = drive(deadly, jobs, staff(pool))
    bad = home.pop("racun")
    assert isinstance(bad, SopdocsError)
    assert "racun" in bad.message
    assert home == {job.name: job.name for job in jobs if job.name != "racun"}


def test_a_pool_that_breaks_while_work_is_handed_to_it_takes_none_of_it_along() -> None:
    class Breaking(Inline):
        """Takes two batches, does neither, and refuses the third."""

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if len(taken) == 2:
                raise BrokenExecutor
            taken.append(Future())
            return taken[-1]

    taken: list[Future[Any]] = []
    pools: list[Executor] = [Inline(), Breaking()]
    jobs = [Job(str(number)) for number in range(57)]
    assert drive(doubled, jobs, staff(pools.pop)) == {job.name: job.name * 2 for job in jobs}


def test_who_is_interrupted_leaves_no_process(tmp_path: Path) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    def work() -> Work:
        yield [Task(slow, Job("lambat"), print), Task(doubled, Job("a"), interrupted)]

    with pytest.raises(KeyboardInterrupt), Crew(staff(pool)) as crew:
        crew.drive([work()], print)
    ended = time.monotonic() + 30
    while multiprocessing.active_children() and time.monotonic() < ended:
        time.sleep(0.05)
    assert not multiprocessing.active_children()


def test_who_is_interrupted_with_much_to_hand_out_comes_to_an_end(tmp_path: Path) -> None:
    """More than a pipe takes is on its way to workers that are killed."""
    script = tmp_path / "induk.py"
    script.write_text(
        "from tests.engine.test_crew import Crew, Job, Task, doubled, pool, slow, staff\n"
        "def interrupted(_):\n"
        "    raise KeyboardInterrupt\n"
        "def work():\n"
        "    yield [Task(doubled, Job('a'), interrupted)] + [Task(slow, Job('x' * 2_000_000), print)] * 60\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        "        with Crew(staff(pool, 8)) as crew:\n"
        "            crew.drive([work()], print)\n"
        "    except KeyboardInterrupt:\n"
        "        print('berhenti')\n",
        encoding="utf-8",
    )
    where = os.pathsep.join([".", *sys.path])
    command = [sys.executable, str(script)]
    env = {**os.environ, "PYTHONPATH": where}
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("berhenti\n", "")


def test_without_semaphores_this_process_does_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("multiprocessing.synchronize.SemLock.__init__", missing)
    jobs = [Job(str(number)) for number in range(20)]
    assert drive(doubled, jobs, staff(pool)) == {job.name: job.name * 2 for job in jobs}


def test_ctrl_c_while_workers_are_started_shows_no_traceback(tmp_path: Path) -> None:
    script = tmp_path / "induk.py"
    script.write_text(
        "import os, signal, threading\n"
        "from tests.engine.test_crew import Crew, Job, doubled, one_by_one, pool, staff\n"
        "if __name__ == '__main__':\n"
        "    threading.Timer(0.2, os.killpg, (os.getpgrp(), signal.SIGINT)).start()\n"
        "    try:\n"
        "        with Crew(staff(pool)) as crew:\n"
        "            while True:\n"
        "                crew.drive([one_by_one(doubled, [Job('a')], {})], print)\n"
        "    except KeyboardInterrupt:\n"
        "        print('berhenti')\n",
        encoding="utf-8",
    )
    where = os.pathsep.join([".", *sys.path])
    command = [sys.executable, str(script)]
    env = {**os.environ, "PYTHONPATH": where}
    done = subprocess.run(
        command, capture_output=True, text=True, env=env, timeout=60, check=False, start_new_session=True
    )
    assert (done.stdout, done.stderr) == ("berhenti\n", "")


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "induk.py"
    script.write_text(
        "import os, sys, time\n"
        "from tests.engine.test_crew import pool\n"
        "if __name__ == '__main__':\n"
        "    workers = pool()\n"
        "    numbers = {workers.submit(os.getpid).result() for _ in range(20)}\n"
        "    workers.submit(time.sleep, 600)\n"
        "    print(*numbers, flush=True)\n"
        "    time.sleep(600)\n",
        encoding="utf-8",
    )
    where = os.pathsep.join([".", *sys.path])
    parent = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": where}
    )
    assert parent.stdout is not None
    numbers = [int(number) for number in parent.stdout.readline().split()]
    assert numbers
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert all(map(gone, numbers))


@pytest.mark.parametrize(("jobs", "at_once", "prepared"), [(7, False, 1), (6, False, 0), (1, True, 1)])
def test_a_crew_that_expects_much_gets_ready_before_it_is_given_any(jobs: int, at_once: bool, prepared: int) -> None:
    calls: list[str] = []
    with Crew(Staff(Desk(), Inline, 2, at_once, prepare=lambda: calls.append("siap"))) as crew:
        crew.expect(jobs)
        assert calls == ["siap"] * prepared
        home: dict[str, Any] = {}
        crew.drive([one_by_one(doubled, [Job(str(number)) for number in range(9)], home)], print)
        crew.expect(100)
    assert len(home) == 9
    # Who has come stays.
    assert calls == ["siap"] * prepared


def test_workers_look_for_garbage_as_rarely_as_who_starts_them() -> None:
    before = gc.get_threshold()
    gc.set_threshold(54_321, 11, 12)
    try:
        with local_pool(1) as workers:
            assert workers.submit(gc.get_threshold).result() == (54_321, 11, 12)
    finally:
        gc.set_threshold(*before)


def test_a_pool_prepared_for_is_gone_with_the_process_that_wanted_it() -> None:
    """Even when that is killed while the pool still loads."""
    text = """
        import os, sys
        from multiprocessing import forkserver
        from sopdocs.engine.workers import prepare_pool
        prepare_pool()
        print(forkserver._forkserver._forkserver_pid, flush=True)
        os.kill(os.getpid(), 9)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(text)], stdout=subprocess.PIPE, check=False)
    assert ended.returncode == -signal.SIGKILL
    server = Path(f"/proc/{int(ended.stdout)}")
    for _ in range(200):
        if not server.exists() or "(zombie)" in (server / "status").read_text():
            return
        time.sleep(0.1)
    pytest.fail("the fork server is still there")
