"""The gallery's sheets as Word documents, and LibreOffice to print them."""

from __future__ import annotations

import pytest

from sopdocs.office import Converter, LibreOffice


@pytest.fixture(scope="session")
def converter(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> Converter:
    return Converter(libreoffice, tmp_path_factory.mktemp("office"))
