"""Whatever the clock says: nothing is made twice, and no change is missed."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sopdocs.cli import run, untouched
from sopdocs.cli.building import Wish, build_offices

from .site import SEALED, Site

DAY = 86_400
YEARS = 10 * 365 * DAY


def made(said: str) -> set[str]:
    """Outputs that the progress lines say were made."""
    return {line.split("build/")[1] for line in said.splitlines() if line.startswith(("dibuat", "dari simpanan"))}


def set_times(root: Path, by: int) -> None:
    """Set all files of the workspace, outputs and store as well, back or forth."""
    for path in root.rglob("*"):
        status = path.stat()
        os.utime(path, (status.st_atime + by, status.st_mtime + by))


@pytest.mark.parametrize("by", [-YEARS, YEARS])
def test_times_of_files_change_nothing(by: int, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(site.root), "build"]) == 0
    set_times(site.root, by)
    assert untouched.answer(["-C", str(site.root), "build"]) is None, "the record of each file has changed"
    capsys.readouterr()
    assert run(["-C", str(site.root), "build"]) == 0
    assert made(capsys.readouterr().err) == set()
    # Changed afterwards, and by its time long before everything else.
    site.say("surat-masuk", "hal baru")
    path = site.root / "content" / "sop" / "surat-masuk.md"
    os.utime(path, (time.time() - 2 * YEARS,) * 2)
    assert untouched.answer(["-C", str(site.root), "build"]) is None
    assert run(["-C", str(site.root), "build"]) == 0
    assert "sop/surat-masuk.pdf" in made(capsys.readouterr().err)


def test_a_clock_that_jumps_ahead_and_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = site.digests()
    assert build(site, YEARS, monkeypatch) == 0
    assert made(capsys.readouterr().err) == set()
    site.say("surat-masuk", "hal baru")
    assert build(site, YEARS, monkeypatch) == 0
    assert "sop/surat-masuk.pdf" in made(capsys.readouterr().err)
    site.say("surat-masuk", "contoh")
    assert run(["-C", str(site.root), "build"]) == 0
    assert site.digests() == before


def test_a_clock_from_before_the_key_seals_nothing_and_harms_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A seal of that time would be of no worth: the certificate was not valid yet."""
    sealed = (site.root / "build" / SEALED).read_bytes()
    assert build(site, -YEARS, monkeypatch) == 0
    assert made(capsys.readouterr().err) == set()
    site.say("surat-masuk", "hal baru")
    assert build(site, -YEARS, monkeypatch) == 2
    said = capsys.readouterr().err
    assert "sop/surat-masuk.pdf" in made(said)
    assert "Saran: Periksa jam komputer" in said
    assert (site.root / "build" / SEALED).read_bytes() == sealed
    assert run(["-C", str(site.root), "build"]) == 0
    assert made(capsys.readouterr().err) == {SEALED}


def build(site: Site, by: int, monkeypatch: pytest.MonkeyPatch) -> int:
    with monkeypatch.context() as patch:
        jump(patch, by)
        return build_offices(site.root, Wish(), datetime.now(UTC) + timedelta(seconds=by))


def jump(monkeypatch: pytest.MonkeyPatch, by: int) -> None:
    """Set this process's clock, as far as `datetime` does not ask the system."""
    clock, shown = time.time, time.strftime
    monkeypatch.setattr(time, "time", lambda: clock() + by)
    monkeypatch.setattr(time, "strftime", lambda text, when=None: shown(text, when or time.localtime(clock() + by)))


def test_another_day_is_left_to_the_build(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some rules judge by the day."""
    assert run(["-C", str(site.root), "build"]) == 0
    assert untouched.answer(["-C", str(site.root), "build"]) == 0
    for by in (-DAY, DAY):
        with monkeypatch.context() as patch:
            jump(patch, by)
            assert untouched.answer(["-C", str(site.root), "build"]) is None
    assert untouched.answer(["-C", str(site.root), "build"]) == 0


def test_another_time_zone_makes_nothing(site: Site) -> None:
    before = site.digests()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        done = site.call("build", TZ=zone)
        assert done.returncode == 0, done.stderr
        assert made(done.stderr) == set()
    assert site.digests() == before
