"""Who does the work of `sopdocs build`: processes of this machine, or a cluster."""

from __future__ import annotations

import atexit
import os
import platform
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sopdocs import engine
from sopdocs.cli import places
from sopdocs.engine import Crew, Staff
from sopdocs.errors import ToolMissingError, UsageError
from sopdocs.office import Printer, find_libreoffice, printer

_CALL = 30
"""Seconds in which a scheduler must answer."""


@dataclass(frozen=True, slots=True)
class Workforce:
    """What was asked for."""

    workers: int | None = None
    """None: one for each core, as far as there is enough to do."""
    dask: str | None = None
    """Address of a scheduler."""
    profile: Path | None = None
    """Where to write what each function took."""


@dataclass(frozen=True, slots=True)
class There:
    """Another machine, which must draw exactly as this one does."""

    tools: tuple[tuple[str, str], ...]
    """Versions by name, as in the manifest."""

    def open(self) -> Printer:
        """Use the LibreOffice of that machine.

        Raises ToolMissingError when it lacks something, or has it in another version: its sheets would differ.
        """
        found = find_libreoffice(os.environ.get("SOPDOCS_SOFFICE"))
        own = engine.versions(found, places.fonts())
        for tool, wanted in self.tools:
            if own[tool] != wanted:
                name = {"fonts": "huruf", "libreoffice": "LibreOffice"}.get(tool, tool)
                raise ToolMissingError(
                    f"Pekerja di {platform.node()} memakai {name} {own[tool][:16]}, seharusnya {wanted[:16]}",
                    "pasang versi yang sama di semua komputer, lalu jalankan ulang pekerjanya",
                )
        place = tempfile.mkdtemp(prefix="sopdocs-", dir=_scratch())
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        return printer(found, Path(place))


@contextmanager
def crewed(force: Workforce, tools: places.Tools, folder: Path) -> Generator[Crew]:
    """Give who does the work; what it needs meanwhile lies below `folder`. Raises ToolMissingError and UsageError."""
    if force.dask is not None:
        with _client(force.dask) as client, Crew(_cluster(client, force, tools)) as crew:
            yield crew
        return
    workers = force.workers or _cores()
    with engine.work_folder(folder) as place:
        staff = engine.local_staff(tools.libreoffice, place, workers, at_once=force.workers is not None)
        with Crew(replace(staff, profiled=force.profile is not None)) as crew:
            yield crew


def _cluster(client: Any, force: Workforce, tools: places.Tools) -> Staff:
    from distributed.scheduler import KilledWorker

    return Staff(
        There(tuple(sorted(engine.versions(tools.libreoffice, tools.font_data).items()))),
        lambda: client.get_executor(pure=False),
        force.workers or _threads(client),
        at_once=True,
        lost=(KilledWorker,),
        profiled=force.profile is not None,
    )


@contextmanager
def _client(address: str) -> Generator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        advice = "ketik di folder proyek: uv sync --inexact --no-dev --extra dask"
        raise ToolMissingError("Paket dask.distributed belum terpasang", advice) from error
    try:
        client: Any = Client(address, timeout=_CALL, set_as_default=False)
    except (OSError, ValueError) as error:
        advice = "periksa alamatnya, misalnya tcp://192.0.2.1:8786, dan apakah dask scheduler berjalan di sana"
        raise UsageError(f"Penjadwal Dask di {address} tidak menjawab", advice) from error
    with client:
        if not _threads(client):
            raise UsageError(f"Penjadwal Dask di {address} belum punya pekerja", f"jalankan: dask worker {address}")
        yield client


def _scratch() -> str:
    """The folder of this worker, which goes when the worker does."""
    from distributed import get_worker

    return get_worker().local_directory


def _threads(client: Any) -> int:
    return sum(client.nthreads().values())


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
