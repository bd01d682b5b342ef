"""Whoever does the work, and in whatever order: equal bytes, also when a worker is killed."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.office import LibreOffice

from .site import Site, make_site

SHEETS = 8


@pytest.fixture(scope="module")
def true(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Made by one worker: this process's own."""
    site = make_site(tmp_path_factory.mktemp("satu") / "w", SHEETS)
    assert site.call("build", "--workers", "1").returncode == 0
    return site


@pytest.mark.parametrize("workers", ["2", "4"])
def test_any_number_of_workers(workers: str, true: Site, tmp_path: Path) -> None:
    site = make_site(tmp_path / "tempat lain", SHEETS)
    done = site.call("build", "--workers", workers, TZ="Asia/Makassar", PYTHONHASHSEED=workers, LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert site.digests() == true.digests()
    assert site.left() == []


def test_one_by_one_and_then_whole(true: Site, tmp_path: Path) -> None:
    site = make_site(tmp_path / "w", SHEETS)
    for slugs in (["surat-5"], ["surat-masuk", "surat-7"], ["surat-keluar"]):
        assert run(["-C", str(site.root), "build", *slugs]) == 0
    assert run(["-C", str(site.root), "build"]) == 0
    assert site.digests() == true.digests()


def test_from_the_store_alone(true: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(tmp_path / "w", SHEETS)
    shutil.copytree(true.root / "build" / ".cache", site.root / "build" / ".cache")
    assert run(["-C", str(site.root), "build"]) == 0
    made = [line for line in capsys.readouterr().err.splitlines() if line.startswith("dibuat")]
    assert made == ["dibuat build/bundel-ttd.pdf"], "the seal alone tells a time"
    assert site.digests() == true.digests()


def test_a_worker_that_is_killed_from_outside(true: Site, tmp_path: Path) -> None:
    """As the system does it when memory runs out."""
    site = make_site(tmp_path / "w", SHEETS)
    process = site.start("build", "--workers", "2")
    os.kill(worker(site, process.pid), signal.SIGKILL)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    lines = [line for line in said.splitlines() if "pekerja mati" in line]
    assert len(lines) == 1
    assert lines[0].startswith("proses pekerja mati; dikerjakan ulang: surat-")
    assert "Traceback" not in said
    assert site.digests() == true.digests()
    assert site.left() == []
    assert site.hidden() == []


def worker(site: Site, main: int) -> int:
    """The parent of the process that prints: one of the pool's, at work."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for number, command in site.running().items():
            if "office/kit.py" in command or "soffice" in command:
                try:
                    parent = int(Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[1])
                except OSError:  # it printed its batch and ended meanwhile
                    continue
                if parent != main and "multiprocessing" in site.running().get(parent, ""):
                    return parent
        time.sleep(0.01)
    raise AssertionError(site.running())
