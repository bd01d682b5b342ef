"""Who does the work of `sopdocs build`, and what is told when they are gone."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from distributed.comm.core import CommClosedError

from sopdocs.cli import places, staffing
from sopdocs.cli.staffing import Workforce, crewed
from sopdocs.errors import UsageError
from sopdocs.office import LibreOffice


@pytest.mark.parametrize("error", [CancelledError(), CommClosedError("in <TCP>: Stream is closed")])
def test_a_scheduler_that_dies_during_a_build_is_named(
    libreoffice: LibreOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    @contextmanager
    def client(address: str) -> Generator[Any]:
        yield None

    monkeypatch.setattr(staffing, "_client", client)
    address, found = "tcp://192.0.2.1:8786", places.tools()
    with (
        pytest.raises(UsageError, match=rf"{address} tidak menjawab lagi"),
        crewed(Workforce(workers=2, dask=address), found, tmp_path),
    ):
        raise error
