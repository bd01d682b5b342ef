"""What `make` hands to sopdocs, with a stand-in in its place."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from .story.latihan import arguments

STAND_IN = """#!/bin/sh
for each in "$@"; do printf '%s\\0' "$each"; done >called
"""


@pytest.fixture
def folder(tmp_path: Path, repository: Path) -> Path:
    """A folder with the Makefile, an installation that needs nothing, and a sopdocs that notes how it was called."""
    shutil.copy(repository / "Makefile", tmp_path)
    for name, text in (("scripts/setup.sh", "exit 0\n"), (".venv/bin/sopdocs", STAND_IN)):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
        path.chmod(0o755)
    return tmp_path


def make(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Type a line in the folder."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    return subprocess.run(shlex.split(line), cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize(
    "line",
    [
        "make docs",
        "make check",
        "make status",
        "make issue",
        "make issue BASAH=ya TANGGAL=2024-01-31",
        "make issue BASAH=tidak",
        'make revise SOP=surat-masuk ALASAN="Hasil evaluasi"',
        "make revise SOP=surat-masuk OLEH=Sekcam TANGGAL=2024-01-31",
        """make revise SOP=surat-masuk ALASAN='Kata "baru" & $HOME; $(date) `id`'""",
        "make revise SOP=-surat ALASAN=Coba",
    ],
)
def test_a_target_calls_the_command_with_what_was_given(folder: Path, line: str) -> None:
    done = make(folder, line)
    assert done.returncode == 0, done.stderr
    assert (folder / "called").read_text().split("\0")[:-1] == arguments(line)


def test_a_revision_without_an_sop_says_what_to_type(folder: Path) -> None:
    done = make(folder, "make revise ALASAN=Coba")
    assert done.returncode != 0
    assert "make revise SOP=surat-masuk" in done.stderr
    assert not (folder / "called").exists()


def test_the_list_of_targets_tells_of_all_three(folder: Path) -> None:
    listed = make(folder, "make help").stdout
    for target in ("make revise", "make issue", "make status"):
        assert target in listed
