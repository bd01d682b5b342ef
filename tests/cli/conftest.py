"""A built workspace, made once, and copies of it for tests that change something."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.office import LibreOffice

from ..workspaces import make_workspace


@pytest.fixture(scope="session")
def built(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Two faultless SOPs, built and sealed. Not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOPDOCS_KEYS", str(tmp_path_factory.getbasetemp() / "kunci"))
        root = make_workspace(tmp_path_factory.mktemp("kantor"))
        assert run(["-C", str(root), "build"]) == 0
    return root


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the built workspace, for tests that change it."""
    return Path(shutil.copytree(built, tmp_path / "salinan"))


@pytest.fixture
def fake_soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put a shell script in the place of LibreOffice; it may call the real one as "$REAL"."""
    real = shutil.which("soffice") or shutil.which("libreoffice") or ""

    def make(body: str) -> Path:
        path = tmp_path / "soffice"
        version = 'case " $* " in *" --version "*) exec "$REAL" --version;; esac'
        path.write_text(f"#!/bin/sh\nREAL={real}\nHERE={tmp_path}\n{version}\n{body}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("SOPDOCS_SOFFICE", str(path))
        return path

    return make
