"""Sheets printed by the real LibreOffice."""

from __future__ import annotations

import os

import pytest
from pdf_samples import DATE, LABELS, PAGES, TITLES, sheet

from sopdocs.errors import ToolMissingError
from sopdocs.office import Converter, find_libreoffice
from sopdocs.pdf import Part, normalise


@pytest.fixture(scope="session")
def converter(tmp_path_factory: pytest.TempPathFactory) -> Converter:
    """The installed LibreOffice. Without one the test is skipped, but in CI it fails."""
    try:
        return Converter(find_libreoffice(), tmp_path_factory.mktemp("office"))
    except ToolMissingError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(error.message)


@pytest.fixture(scope="session")
def raw(converter: Converter) -> tuple[bytes, ...]:
    """One PDF a title, as LibreOffice wrote it: 1, 3 and 2 pages, all with the same image."""
    return tuple(converter.convert(sheet(title, pages), name=title) for title, pages in zip(TITLES, PAGES, strict=True))


@pytest.fixture(scope="session")
def parts(raw: tuple[bytes, ...]) -> tuple[Part, ...]:
    return tuple(
        Part(title, label, normalise(pdf, title=title, date=DATE))
        for title, label, pdf in zip(TITLES, LABELS, raw, strict=True)
    )
