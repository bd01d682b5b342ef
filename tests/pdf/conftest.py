"""Sheets printed by the real LibreOffice."""

from __future__ import annotations

import pytest

from sopdocs.office import Converter, LibreOffice
from sopdocs.pdf import Part, normalise

from .pdf_samples import DATE, GROUPS, KEYS, PAGES, TITLES, sheet


@pytest.fixture(scope="session")
def converter(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> Converter:
    return Converter(libreoffice, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def raw(converter: Converter) -> tuple[bytes, ...]:
    """One PDF a title, as LibreOffice wrote it: 1, 3 and 2 pages, all with the same image."""
    return tuple(converter.convert(sheet(title, pages), name=title) for title, pages in zip(TITLES, PAGES, strict=True))


@pytest.fixture(scope="session")
def parts(raw: tuple[bytes, ...]) -> tuple[Part, ...]:
    return tuple(
        Part(title, key, normalise(pdf, title=title, date=DATE), group)
        for title, key, group, pdf in zip(TITLES, KEYS, GROUPS, raw, strict=True)
    )
