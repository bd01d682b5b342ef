"""scripts/setup.sh on a machine where it may install nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BASICS = ("sh", "dirname", "cat", "find", "grep", "cksum", "mktemp", "tail", "id", "python3")


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment with the most basic programs only: no LibreOffice, no apt."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in BASICS:
        found = shutil.which(name)
        assert found, name
        (tools / name).symlink_to(found)
    return {"PATH": str(tools), "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}


def test_names_the_command_for_every_system(bare: dict[str, str]) -> None:
    done = subprocess.run(["sh", "scripts/setup.sh"], cwd=ROOT, env=bare, capture_output=True, text=True)
    assert done.returncode == 3
    assert "libreoffice-writer-nogui" in done.stderr
    for system in ("Debian", "Fedora", "macOS", "Windows"):
        assert system in done.stderr


def test_a_ready_machine_is_left_alone() -> None:
    if not os.environ.get("CI") and not (ROOT / ".venv" / ".sopdocs-state").is_file():
        pytest.skip("the environment was not made by scripts/setup.sh")
    done = subprocess.run(["sh", "scripts/setup.sh", "--dev"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
