"""LibreOffice for the tests that start it."""

from __future__ import annotations

import os

import pytest

from sopdocs.errors import ToolMissingError
from sopdocs.office import LibreOffice, find_libreoffice


@pytest.fixture(scope="session")
def libreoffice() -> LibreOffice:
    """The installed LibreOffice. Without one the test is skipped, but in CI it fails."""
    try:
        return find_libreoffice()
    except ToolMissingError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(error.message)
