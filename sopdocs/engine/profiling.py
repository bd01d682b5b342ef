"""What each function took, added up over all workers."""

from __future__ import annotations

import cProfile
import marshal
import pstats
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sopdocs.engine.files import write_whole

Statistics = dict[Any, Any]
"""As `pstats` keeps them; can be sent to another process."""


class _Kept:
    """What `pstats` takes for a profile."""

    def __init__(self, stats: Statistics) -> None:
        self.stats = stats

    def create_stats(self) -> None:
        """They are there already."""


def statistics(profile: cProfile.Profile) -> Statistics:
    """Take out what was measured; the profile must be disabled."""
    profile.create_stats()
    return dict(vars(profile)["stats"])


def write_profile(path: Path, profiles: Iterable[Statistics]) -> None:
    """Write the sum of `profiles` in the form that `python -m pstats` reads. Raises UsageError."""
    total = pstats.Stats()
    for each in profiles:
        total.add(_Kept(each))  # type: ignore[arg-type]
    write_whole(path, marshal.dumps(vars(total)["stats"]))
