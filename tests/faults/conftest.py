"""What the fault tests start from."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from sopdocs.office import LibreOffice

from .site import Site, make_site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Processes are looked at through /proc."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"))


@pytest.fixture(scope="session")
def built(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sheets, built and sealed. Not to be changed."""
    site = make_site(tmp_path_factory.mktemp("kantor") / "w")
    keys = str(tmp_path_factory.getbasetemp() / "kunci")
    done = site.call("build", SOPDOCS_KEYS=keys)
    assert done.returncode == 0, done.stderr
    return site.root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Site:
    """A built workspace of two sheets."""
    return Site(Path(shutil.copytree(built, tmp_path / "w")))
