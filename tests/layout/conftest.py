"""Fonts for the layout's tests: the Liberation Sans that LibreOffice uses."""

from __future__ import annotations

import pytest

from sopdocs.layout import FontData
from sopdocs.office import find_fonts


@pytest.fixture(scope="session")
def fonts() -> FontData:
    """The four faces."""
    files = find_fonts()
    return FontData(*(path.read_bytes() for path in (files.regular, files.bold, files.italic, files.bold_italic)))
