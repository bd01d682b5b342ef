"""What the register of SOPs says of each sheet."""

from __future__ import annotations

from collections.abc import Sequence

from sopdocs.engine.manifest import Manifest
from sopdocs.model import Sop
from sopdocs.rules.durations import sop_times
from sopdocs.word import RegisterEntry

_NONE = "-"


def register_entries(sops: Sequence[Sop], built: Manifest) -> tuple[RegisterEntry, ...]:
    """Return a line for each SOP, in order: its state and pages as built, its shortest and longest time."""
    return tuple(
        RegisterEntry(
            sop,
            "KONSEP" if built.sop[sop.slug].konsep else "Disahkan",
            built.sop[sop.slug].halaman,
            _time(sop),
        )
        for sop in sops
    )


def _time(sop: Sop) -> str:
    times = sop_times(sop)
    ways = [way.teks for way in (times.tercepat, times.terlama) if way is not None]
    return " sampai ".join(dict.fromkeys(ways)) or _NONE
