"""`sopdocs build --dask`: workers that die, differ or are not there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from sopdocs import engine
from sopdocs.cli import places, run, staffing
from sopdocs.cli.staffing import There
from sopdocs.errors import ToolMissingError
from sopdocs.office import LibreOffice

from .site import Site, environment, make_site

CLUSTER = Path(__file__).with_name("cluster.py")


@dataclass(frozen=True)
class Cluster:
    process: subprocess.Popen[str]
    address: str
    workers: tuple[int, ...]
    """Process numbers."""


@contextmanager
def cluster(workers: int, **more: str) -> Generator[Cluster]:
    pipe = subprocess.PIPE
    command = [sys.executable, str(CLUSTER), str(workers)]
    env = environment(**more)
    with subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        assert process.stdin
        found = json.loads(process.stdout.readline())
        try:
            yield Cluster(process, found["address"], tuple(found["workers"]))
        finally:
            process.stdin.close()
            process.wait(30)


@pytest.fixture(scope="module")
def true(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Eight sheets, built by this machine alone."""
    site = make_site(tmp_path_factory.mktemp("satu") / "w", 8)
    assert site.call("build", "--workers", "1").returncode == 0
    return site


def test_two_workers_make_the_same_bytes_and_one_may_die(true: Site, tmp_path: Path) -> None:
    with cluster(2) as here:
        site = make_site(tmp_path / "w", 8)
        done = site.call("build", "--dask", here.address)
        assert done.returncode == 0, done.stderr
        assert site.digests() == true.digests()
        again = make_site(tmp_path / "lagi", 8)
        process = again.start("build", "--dask", here.address)
        wait_for_a_sheet(again, process)
        os.kill(here.workers[0], signal.SIGKILL)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert again.digests() == true.digests()
    assert "Traceback" not in said


def wait_for_a_sheet(site: Site, process: subprocess.Popen[str]) -> None:
    """Until the build is in the middle of its work."""
    deadline = time.monotonic() + 60
    while not list(site.root.glob("build/sop/*.pdf")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_cluster_that_vanishes_is_told(tmp_path: Path, libreoffice: LibreOffice) -> None:
    site = make_site(tmp_path / "w", 8)
    with cluster(1) as here:
        process = site.start("build", "--dask", here.address)
        wait_for_a_sheet(site, process)
        here.process.kill()
        _, said = process.communicate(timeout=120)
    assert process.returncode in (2, 4), said
    assert "Galat: " in said
    assert "Saran: " in said
    assert "Traceback" not in said
    assert site.hidden() == [".rencana"], "which new sheets were to be made"
    assert run(["-C", str(site.root), "build"]) == 0
    assert site.hidden() == []


def test_a_worker_with_another_libreoffice_is_refused(site: Site) -> None:
    other = site.root.parent / "soffice"
    other.write_text("#!/bin/sh\necho LibreOffice 1.2.3.4 abc\n", encoding="utf-8")
    other.chmod(0o755)
    before = site.digests()
    site.say("surat-masuk", "hal baru")
    with cluster(1, SOPDOCS_SOFFICE=str(other)) as here:
        done = site.call("build", "--dask", here.address)
    assert done.returncode == 3, done.stderr
    assert "memakai LibreOffice 1.2.3.4, seharusnya " in done.stderr
    assert "Saran: pasang versi yang sama di semua komputer" in done.stderr
    assert "Traceback" not in done.stderr
    assert site.digests() == before


@pytest.mark.parametrize(("tool", "name"), [("sopdocs", "sopdocs"), ("libreoffice", "LibreOffice"), ("fonts", "huruf")])
def test_a_machine_that_differs_in_any_tool_is_refused(
    tool: str, name: str, libreoffice: LibreOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staffing, "_scratch", lambda: str(tmp_path))
    own = engine.versions(libreoffice, places.fonts())
    There(tuple(sorted(own.items()))).open().close()
    with pytest.raises(ToolMissingError, match=f"memakai {name} .*, seharusnya lain"):
        There(tuple(sorted({**own, tool: "lain"}.items()))).open()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "lain://127.0.0.1:8786", "127.0.0.1:bukan", ""])
def test_a_scheduler_that_does_not_answer(address: str, site: Site) -> None:
    before = site.digests()
    program = "import sys; from sopdocs.cli import run, staffing; staffing._CALL = 1; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "-C", str(site.root), "build", "--dask", address]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stderr
    assert f"Galat: Penjadwal Dask di {address} tidak menjawab" in done.stderr
    assert "Saran: periksa alamatnya" in done.stderr
    assert "Traceback" not in done.stderr
    assert site.digests() == before
