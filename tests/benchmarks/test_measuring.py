"""Seconds and memory of programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_ways_take_turns_and_one_that_fails_says_why() -> None:
    from measuring import NotRunError, Taken, Way, in_turns, ratio

    order: list[str] = []

    def work(name: str, *seconds: float) -> Way:
        left = iter(seconds)

        def one() -> Taken:
            order.append(name)
            return Taken(next(left))

        return Way(name, one)

    def never() -> Taken:
        raise NotRunError("ninja is not installed")

    slow, quick, missing = work("slow", 3, 8, 4), work("quick", 1, 2, 2), Way("missing", never)
    in_turns([slow, quick, missing], 3, lambda _: None)
    assert order == ["slow", "quick"] * 3
    assert ratio(slow, quick) == 3.0
    assert ratio(slow, missing) is None
    assert missing.why_not == "ninja is not installed"


def test_a_program_that_fails_is_not_a_measurement() -> None:
    from measuring import NotRunError, run

    with pytest.raises(NotRunError, match="status 3: no paper"):
        run([sys.executable, "-c", "print('no paper'); raise SystemExit(3)"])


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_the_memory_of_what_a_program_starts_counts_as_its_own() -> None:
    from measuring import run

    hold = "import time; kept = bytearray(80_000_000); time.sleep(1)"
    alone = run([sys.executable, "-c", "import time; time.sleep(0.6)"]).peak
    both = run([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"]).peak
    assert alone is not None
    assert both is not None
    assert both > alone + 80


def test_a_server_is_gone_with_all_it_started() -> None:
    from measuring import Server, family, resident

    shell = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with Server([sys.executable, "-c", shell]) as process:
        while len(started := family([process.pid])) < 2 and process.poll() is None:
            subprocess.run([sys.executable, "-c", ""], check=True)
    assert process.returncode is not None
    for _ in range(100):  # what is killed takes a moment to go
        if not any(map(resident, started)):
            return
        subprocess.run([sys.executable, "-c", ""], check=True)
    pytest.fail("something still runs")
