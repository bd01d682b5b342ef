"""Two builds at once."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.office import LibreOffice

from ..content.offices import make_offices
from .site import Site

WAIT = 60


def until(met: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def gate(site: Site, libreoffice: LibreOffice) -> Path:
    """LibreOffice waits until this file is there."""
    gate, soffice = site.root.parent / "boleh", site.root.parent / "soffice"
    wait = f'case " $* " in *--outdir*) while [ ! -e {gate} ]; do sleep 0.05; done;; esac'
    soffice.write_text(f'#!/bin/sh\n{wait}\nexec {libreoffice.executable} "$@"\n', encoding="utf-8")
    soffice.chmod(0o755)
    return gate


def held(site: Site, gate: Path) -> subprocess.Popen[str]:
    """Begin a build that waits in the middle of its work."""
    site.say("surat-masuk", "hal baru")
    process = site.start("build", SOPDOCS_SOFFICE=str(gate.with_name("soffice")))
    until(lambda: any("--outdir" in command for command in site.running().values()))
    return process


def test_the_second_names_the_first_and_works_after_it(site: Site, gate: Path) -> None:
    first = held(site, gate)
    for arguments in (["build"], ["build", "surat-masuk"], ["build", "--workers", "2"]):
        second = site.call(*arguments)
        assert second.returncode == 2
        assert f"Galat: Folder build/ sedang dipakai proses lain (proses {first.pid})" in second.stderr
        assert "Saran: tunggu sampai proses itu selesai" in second.stderr
    gate.touch()
    first.communicate(timeout=WAIT)
    assert first.returncode == 0
    made = site.digests()
    assert site.call("build").returncode == 0
    assert site.digests() == made
    assert site.hidden() == []


def test_the_lock_of_a_dead_process_does_not_hold(site: Site, gate: Path) -> None:
    first = held(site, gate)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert (site.root / "build" / ".pemegang").read_text().strip() == str(first.pid)
    assert run(["-C", str(site.root), "build"]) == 0
    assert site.hidden() == []
    assert site.left() == []


def test_offices_of_one_workspace_are_built_side_by_side(libreoffice: LibreOffice, tmp_path: Path) -> None:
    site = Site(make_offices(tmp_path / "w"))
    names = ("kec-angin", "kec-batu")
    both = [site.start("build", "--instansi", name) for name in names]
    for process in both:
        _, said = process.communicate(timeout=WAIT)
        assert process.returncode == 0, said
    together = site.digests()
    assert {name.split("/")[1] for name in together} == set(names)
    alone = Site(make_offices(tmp_path / "lagi"))
    assert run(["-C", str(alone.root), "build", "--instansi", "kec-batu"]) == 0
    assert alone.digests() == {name: each for name, each in together.items() if "kec-batu" in name}
    assert site.left() == []
