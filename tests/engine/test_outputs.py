"""Each output says why it was made again, brought back or left alone."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from sopdocs.engine.ingredients import Recipe
from sopdocs.engine.manifest import Manifest, Output, read_manifest
from sopdocs.engine.outputs import SEALED, Event, EventKind, Outputs
from sopdocs.engine.results import Results
from sopdocs.errors import UsageError

NAME = "sop/a.pdf"
BEFORE = Recipe.of({"logo": "1", "pejabat camat": "2"})
AFTER = Recipe.of({"logo": "1", "pejabat sekcam": "2", "huruf": "3"})


def outputs(folder: Path, events: list[Event], results: Results | None = None) -> Outputs:
    return Outputs(folder, read_manifest(folder), Manifest(), events.append, results)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    first = outputs(tmp_path, [])
    first.put(NAME, b"isi", BEFORE)
    first.new.write(tmp_path)
    return tmp_path


def test_what_is_new(tmp_path: Path) -> None:
    events: list[Event] = []
    outputs(tmp_path, events).put(NAME, b"isi", BEFORE)
    assert events == [Event(EventKind.MADE, NAME, "belum pernah dibuat di sini")]


def test_what_stays(folder: Path) -> None:
    events: list[Event] = []
    assert outputs(folder, events).fresh(NAME, BEFORE)
    assert events == [Event(EventKind.KEPT, NAME, "tidak ada masukan yang berubah")]


def test_what_changed_is_named(folder: Path) -> None:
    events: list[Event] = []
    changed = Recipe.of({"logo": "9", "pejabat camat": "2"})
    for recipe in (AFTER, changed):
        again = outputs(folder, events)
        assert not again.fresh(NAME, recipe)
        again.put(NAME, b"lain", recipe)
    assert [event.detail for event in events] == [
        "pejabat sekcam ditambahkan, huruf ditambahkan, pejabat camat tidak dipakai lagi",
        "logo berubah",
    ]


def test_many_changes_are_counted(folder: Path) -> None:
    events: list[Event] = []
    many = Recipe.of({"logo": "1", "pejabat camat": "2"} | {f"sop/{n}.pdf": "3" for n in range(1, 11)})
    outputs(folder, events).put(NAME, b"lain", many)
    assert events[0].detail.endswith("sop/8.pdf ditambahkan, dan 2 lainnya")


def test_a_file_that_is_gone_is_brought_back(folder: Path) -> None:
    (folder / NAME).unlink()
    results = Results(folder / ".cache", 1000)
    results.keep(NAME, BEFORE.key, b"isi")
    events: list[Event] = []
    assert not outputs(folder, events).fresh(NAME, BEFORE)
    assert outputs(folder, events, results).fresh(NAME, BEFORE)
    assert events == [Event(EventKind.FOUND, NAME, "berkasnya hilang atau diubah di luar sopdocs")]
    assert (folder / NAME).read_bytes() == b"isi"


def test_a_manifest_that_names_no_ingredients(folder: Path) -> None:
    manifest = read_manifest(folder)
    manifest.outputs = {NAME: Output("00", 1, "lain")}
    manifest.write(folder)
    events: list[Event] = []
    outputs(folder, events).put(NAME, b"isi", AFTER)
    assert events[0].detail == "masukan pembuatan yang lalu tidak tercatat"


def test_a_sealed_bundle_is_never_remembered(tmp_path: Path) -> None:
    results = Results(tmp_path / ".cache", 1000)
    outputs(tmp_path, [], results).put(SEALED, b"segel", BEFORE)
    assert results.find(SEALED, BEFORE.key) is None


def test_what_cannot_be_removed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, missing_ok: bool) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(UsageError, match=r"a\.pdf tidak dapat dihapus: izinnya tidak ada"):
        outputs(folder, []).sweep()
