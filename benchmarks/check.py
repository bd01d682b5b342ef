"""Time the check of many SOPs: reading, the rules, and both once more after one file has changed.

Run: .venv/bin/python benchmarks/check.py [SOPs]. Compare runs of one machine only.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
import tracemalloc
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workspaces import edit, make_workspace, sheets

from sopdocs.content import Memory, Reading, read_workspace
from sopdocs.model import Workspace
from sopdocs.rules import RULES, TOPICS, check_workspace, settle, silences
from sopdocs.rules.rule import Context

TODAY = date(2024, 6, 1)


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, and what came out."""

    read: float
    judged: float
    again: float
    """Read and judged once more after one file has changed."""
    findings: int
    workspace: Workspace


def measure(count: int) -> Measured:
    """Check a workspace of `count` SOPs, twice."""
    with tempfile.TemporaryDirectory() as place:
        root, memory = make_workspace(Path(place), count), Memory()
        start = time.perf_counter()
        reading = read_workspace(root, memory=memory)
        read = time.perf_counter() - start
        start = time.perf_counter()
        workspace, findings = _judge(reading)
        judged = time.perf_counter() - start
        edit(sheets(root)[0], 7)
        start = time.perf_counter()
        _judge(read_workspace(root, memory=memory))
        return Measured(read, judged, time.perf_counter() - start, findings, workspace)


def _judge(reading: Reading) -> tuple[Workspace, int]:
    workspace = reading.workspace
    assert workspace is not None
    settled = settle((*reading.findings, *check_workspace(workspace, TODAY)), workspace)
    return workspace, len([*settled.findings, *silences(settled.silenced, workspace, RULES)])


def topics(workspace: Workspace) -> dict[str, float]:
    """Seconds that the rules of each topic take."""
    spent: defaultdict[str, float] = defaultdict(float)
    context = Context(workspace, TODAY)
    for topic, rules in TOPICS.items():
        for rule in rules:
            start = time.perf_counter()
            if rule.judge is not None:
                list(rule.judge(context, rule.values))
            spent[topic] += time.perf_counter() - start
    return spent


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    small, large = measure(count // 10), measure(count)
    print(f"{'SOPs':>6} {'read':>8} {'judge':>8} {'again':>8} {'findings':>9}")
    for number, one in ((count // 10, small), (count, large)):
        print(f"{number:>6} {one.read:>7.2f}s {one.judged:>7.2f}s {one.again:>7.2f}s {one.findings:>9}")
    ratios = (large.read / small.read, large.judged / small.judged, large.again / small.again)
    print(f"{'ratio':>6}" + "".join(f" {ratio:>7.1f} " for ratio in ratios))
    for topic, spent in sorted(topics(large.workspace).items(), key=lambda pair: -pair[1]):
        print(f"  {topic:<28}{spent:>6.2f}s")
    tracemalloc.start()
    with tempfile.TemporaryDirectory() as place:
        held = read_workspace(make_workspace(Path(place), count // 10))
        used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    print(f"held by {len(held.workspace.sop) if held.workspace else 0} SOPs: {used / 1e6:.1f} MB")
    print(f"peak of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
