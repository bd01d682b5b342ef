"""Whoever kills a build at whatever moment finds whole files, old or new, and no process that lives on."""

from __future__ import annotations

import io
import os
import shutil
import signal
import time
import zipfile
from pathlib import Path
from random import Random

import pypdf
import pytest

from sopdocs.cli import run
from sopdocs.engine import read_manifest, sha256
from sopdocs.office import LibreOffice

from .site import SEALED, Site, make_site

KILLS = int(os.environ.get("SOPDOCS_KILLS", "20"))
SEED = int(os.environ.get("SOPDOCS_SEED", "6"))
SHARDS = 5
VARIANTS = ("contoh satu", "contoh dua", "contoh tiga")
Digests = dict[str, str]


def write(site: Site, words: str) -> None:
    for slug in ("surat-keluar", "surat-masuk"):
        site.say(slug, words)


@pytest.fixture(scope="module")
def true(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, dict[str, Digests], float]:
    """Where each variant was built undisturbed, the outputs of each, and the seconds that a build takes."""
    site = make_site(tmp_path_factory.mktemp("utuh") / "w")
    found: dict[str, Digests] = {}
    for words in VARIANTS:
        write(site, words)
        begun = time.monotonic()
        assert site.call("build", "--workers", "2").returncode == 0
        seconds = time.monotonic() - begun
        found[words] = site.digests()
    return site, found, seconds


def whole(site: Site, true: dict[str, Digests]) -> None:
    """No file that stands there is half, or anything but what some build makes."""
    for name, data in site.outputs().items():
        assert sha256(data) in {found[name] for found in true.values()}, name
        if name.endswith(".docx"):
            assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    sealed = site.root / "build" / SEALED
    if sealed.exists():
        data = sealed.read_bytes()
        assert len(pypdf.PdfReader(io.BytesIO(data)).pages) > 2
        assert data.rstrip().endswith(b"%%EOF")


def finished(site: Site, expected: Digests) -> None:
    """The next run mends everything."""
    assert run(["-C", str(site.root), "build", "--quiet"]) == 0
    assert site.digests() == expected
    assert site.hidden() == []
    build = site.root / "build"
    manifest = read_manifest(build)
    assert {name: output.sha256 for name, output in manifest.outputs.items() if name != SEALED} == expected
    assert sha256((build / SEALED).read_bytes()) == manifest.outputs[SEALED].sha256
    assert (build / SEALED).read_bytes().startswith((build / "bundel.pdf").read_bytes())


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_build_killed_at_any_moment(shard: int, true: tuple[Site, dict[str, Digests], float], tmp_path: Path) -> None:
    """SOPDOCS_KILLS says how often, SOPDOCS_SEED when."""
    origin, expected, seconds = true
    site = Site(Path(shutil.copytree(origin.root, tmp_path / "w")))
    current = VARIANTS[-1]
    for number in range(shard, KILLS, SHARDS):
        random = Random(f"{SEED}/{number}")
        current = random.choice([words for words in VARIANTS if words != current])
        write(site, current)
        if random.random() < 0.7:
            shutil.rmtree(site.root / "build" / ".cache")
        if random.random() < 0.1:
            shutil.rmtree(site.root / "build")
        workers = random.choice([("--workers", "2"), ("--workers", "2"), ()])
        delay = random.uniform(0.1, 1.1) * seconds
        print(f"SOPDOCS_SEED={SEED}, kill {number}: {current} {workers} after {delay:.3f} s")
        process = site.start("build", *workers)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert site.left() == []
        whole(site, expected)
        finished(site, expected[current])


def test_a_sheet_that_nobody_wants_any_more(site: Site) -> None:
    """A new SOP is built, the build is killed, the SOP is thought better of: its sheet does not stay in build/."""
    before = site.digests()
    folder = site.root / "content" / "sop"
    new = folder / "surat-baru.md"
    new.write_bytes((folder / "surat-masuk.md").read_bytes())
    process = site.start("build")
    while not (site.root / "build" / "sop" / "surat-baru.pdf").exists():
        assert process.poll() is None
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    new.unlink()
    assert run(["-C", str(site.root), "build", "surat-masuk"]) == 0, "which is not about it"
    assert run(["-C", str(site.root), "build"]) == 0
    assert site.digests() == before
    assert site.hidden() == []
