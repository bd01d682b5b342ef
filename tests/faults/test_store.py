"""Whatever becomes of build/.cache costs time only."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from sopdocs.cli import run, untouched

from .site import Site

Damage = Callable[[Path, Random], object]


def one_bit(path: Path, random: Random) -> None:
    data = bytearray(path.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    path.write_bytes(data)


def folder(path: Path, _: Random) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: list[Damage] = [
    lambda path, random: path.write_bytes(path.read_bytes()[: random.randrange(path.stat().st_size)]),
    lambda path, random: path.write_bytes(random.randbytes(path.stat().st_size)),
    lambda path, _: path.write_bytes(b""),
    # Well-formed, and not what is expected.
    lambda path, random: path.write_text(random.choice(["[]", "{}", "null", "[" * 20_000, '"x"', "1e999", "-1"])),
    one_bit,
    folder,
]
KINDS = ("kunci/*/*", "isi/*/*", "*.json")


def scattered(paths: list[Path], random: Random) -> None:
    """Each is damaged in a way of its own."""
    for path in paths:
        random.choice(DAMAGES)(path, random)


def swapped(paths: list[Path], _: Random) -> None:
    """Each has the content of another of its kind."""
    contents = [path.read_bytes() for path in paths]
    for path, data in zip(paths, contents[1:] + contents[:1], strict=True):
        path.write_bytes(data)


@pytest.fixture(scope="module")
def remembering(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A workspace whose store holds two variants of a sheet, and whatever `check` remembers; the second stands."""
    site = Site(Path(shutil.copytree(built, tmp_path_factory.mktemp("simpanan") / "w")))
    site.say("surat-masuk", "hal baru")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOPDOCS_KEYS", str(tmp_path_factory.getbasetemp() / "kunci"))
        assert run(["-C", str(site.root), "build"]) == 0
        assert run(["-C", str(site.root), "check"]) == 0
    names = {path.name for path in (site.root / "build" / ".cache").iterdir()}
    assert {"kunci", "isi", "utuh.json", "halaman.json", "lembar-jadi.json"} <= names
    return site


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("damage", "seed"), [(swapped, 0), (scattered, 1), (scattered, 2)])
def test_a_damaged_store_misleads_nobody(
    damage: Callable[[list[Path], Random], None],
    seed: int,
    kind: str,
    remembering: Site,
    built: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    site = Site(Path(shutil.copytree(remembering.root, tmp_path / "w")))
    paths = sorted(path for path in (site.root / "build" / ".cache").glob(kind) if path.is_file())
    assert len(paths) > 2
    damage(paths, Random(seed))
    assert untouched.answer(["-C", str(site.root), "build"]) is None
    assert run(["-C", str(site.root), "check"]) == 0
    assert capsys.readouterr().out == "Tidak ada temuan.\n"
    site.say("surat-masuk", "contoh")
    # Outputs that are gone are taken from the store, or made again.
    (site.root / "build" / "bagian" / "sampul.pdf").unlink()
    assert run(["-C", str(site.root), "build", "--quiet"]) == 0
    assert site.digests() == Site(built).digests()
    assert site.hidden() == []


def test_a_store_that_cannot_be_written(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write everywhere, so a file in the place of each folder stands for folders without permission."""
    shutil.rmtree(site.root / "build" / ".cache")
    (site.root / "build" / ".cache").write_bytes(b"")
    before = site.digests()
    site.say("surat-masuk", "hal baru")
    assert run(["-C", str(site.root), "build"]) == 0
    assert site.digests()["bundel.pdf"] != before["bundel.pdf"]
    assert run(["-C", str(site.root), "check"]) == 0
    site.say("surat-masuk", "contoh")
    assert run(["-C", str(site.root), "build"]) == 0
    assert site.digests() == before


def test_a_store_that_is_deleted_again_and_again(site: Site) -> None:
    before = site.digests()
    site.say("surat-masuk", "hal baru")
    process = site.start("build", "--workers", "2")
    while process.poll() is None:
        shutil.rmtree(site.root / "build" / ".cache", ignore_errors=True)
        time.sleep(0.01)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert site.digests()["bundel.pdf"] != before["bundel.pdf"]
    site.say("surat-masuk", "contoh")
    assert run(["-C", str(site.root), "build"]) == 0
    assert site.digests() == before


def test_a_store_shared_by_two_builds_at_once(site: Site, tmp_path: Path) -> None:
    """It is too small for both, so that each removes what the other keeps."""
    before = site.digests()
    other = Site(Path(shutil.copytree(site.root, tmp_path / "lain")))
    for each in (site, other):
        shutil.rmtree(each.root / "build")
    shared = {"SOPDOCS_CACHE": str(tmp_path / "bersama"), "SOPDOCS_CACHE_MB": "1"}
    both = [each.start("build", **shared) for each in (site, other)]
    for process in both:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert site.digests() == other.digests() == before
    kept = sum(path.stat().st_size for path in (tmp_path / "bersama").rglob("*") if path.is_file())
    assert 0 < kept <= 1_000_000
