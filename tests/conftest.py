"""Tools that several rooms test with. Without them a test is skipped on a contributor's machine and fails in CI."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from sopdocs.errors import ToolMissingError
from sopdocs.layout import FontData
from sopdocs.office import LibreOffice, find_fonts, find_libreoffice

T = TypeVar("T")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Who starts tests in the background may have them ignore Ctrl+C, which programs that they start would inherit.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def needed(find: Callable[[], T]) -> T:
    """What `find` finds; a missing tool skips the test, but fails it in CI."""
    try:
        return find()
    except ToolMissingError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(error.message)


@pytest.fixture(scope="session")
def libreoffice() -> LibreOffice:
    return needed(find_libreoffice)


@pytest.fixture(scope="session")
def fonts() -> FontData:
    found = needed(find_fonts)
    return FontData(*(path.read_bytes() for path in (found.regular, found.bold, found.italic, found.bold_italic)))


@pytest.fixture(autouse=True)
def _own_keys(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may touch the user's own key."""
    monkeypatch.setenv("SOPDOCS_KEYS", str(tmp_path_factory.getbasetemp() / "kunci"))


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).parents[1]
