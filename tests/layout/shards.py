"""Made-up examples in shards, so that several workers share them and the run shows how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.layout.strategies import Case

SEED = int(os.environ.get("SOPDOCS_SEED", "0"))
"""Another number tries other examples; `make stress` takes a new one each time and prints it."""


def asked(variable: str, usual: int) -> int:
    """How many examples an environment variable asks for."""
    return int(os.environ.get(variable, str(usual)))


def shares(examples: int, shards: int) -> list[int]:
    """Examples of each shard, as even as can be; no shard is empty."""
    count = max(min(shards, examples), 1)
    return [examples // count + (number < examples % count) for number in range(count)]


def try_all(
    check: Callable[[Case], None], cases: SearchStrategy[Case], examples: int, shard: int, *, shrink: bool = True
) -> None:
    """Call `check` with made-up cases; the same ones for the same shard and SOPDOCS_SEED.

    `shrink` looks for a smaller case that fails too, which takes hundreds of tries.
    """

    @seed(SEED * 1_000_003 + shard)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, *((Phase.shrink,) if shrink else ())),
    )
    @given(case=cases)
    def run(case: Case) -> None:
        check(case)

    run()
