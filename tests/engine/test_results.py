"""Results of earlier builds come back whole or not at all, and never take more room than they may."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sopdocs.engine.files import sha256
from sopdocs.engine.ingredients import digest
from sopdocs.engine.results import Results

ROOM = 100_000


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def one(folder: Path, kind: str) -> Path:
    (found,) = files(folder / kind)
    return found


def test_what_was_kept_is_found_by_name_and_key(tmp_path: Path) -> None:
    Results(tmp_path, ROOM).keep("sop/a.pdf", "k", b"isi")
    again = Results(tmp_path, ROOM)
    assert again.find("sop/a.pdf", "k") == b"isi"
    assert again.find("sop/a.docx", "k") is None
    assert again.find("sop/a.pdf", "l") is None


def test_equal_contents_are_kept_once(tmp_path: Path) -> None:
    results = Results(tmp_path, ROOM)
    for name in ("a", "b"):
        results.keep(name, "k", b"isi")
    assert one(tmp_path, "isi").name == sha256(b"isi")
    assert len(files(tmp_path / "kunci")) == 2


@pytest.mark.parametrize("kind", ["isi", "kunci"])
@pytest.mark.parametrize("damage", [b"", b"is", b"\xff\x00", b"lain" * 40])
def test_what_is_damaged_is_removed_and_made_again(kind: str, damage: bytes, tmp_path: Path) -> None:
    results = Results(tmp_path, ROOM)
    results.keep("a", "k", b"isi")
    one(tmp_path, kind).write_bytes(damage)
    assert results.find("a", "k") is None
    assert files(tmp_path / "kunci") == []
    results.keep("a", "k", b"isi")
    assert results.find("a", "k") == b"isi"


def test_an_entry_in_the_place_of_another_is_not_believed(tmp_path: Path) -> None:
    results = Results(tmp_path, ROOM)
    results.keep("a", "k", b"isi")
    own = one(tmp_path, "kunci").read_bytes()
    results.keep("b", "k", b"lain")
    for path in files(tmp_path / "kunci"):
        path.write_bytes(own)
    assert results.find("a", "k") == b"isi"
    assert results.find("b", "k") is None


def test_an_entry_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    results = Results(tmp_path / "simpanan", ROOM)
    results.keep("a", "k", b"isi")
    other = tmp_path / "surat"
    other.write_bytes(b"penting")
    entry = one(tmp_path / "simpanan", "kunci")
    for content in (str(other), "../../../surat"):
        entry.parent.mkdir(exist_ok=True)
        entry.write_text(f"{content} {digest(entry.name, content)}")
        assert results.find("a", "k") is None
    assert other.read_bytes() == b"penting"


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    results = Results(tmp_path, 3_500)
    for age, name in enumerate("abc"):
        results.keep(name, "k", name.encode() * 1000)
        for path in files(tmp_path):
            if path.stat().st_mtime_ns > 10**15:
                os.utime(path, ns=(age, age))
    assert results.find("a", "k") is not None, "use makes it young again"
    results.keep("d", "k", b"d" * 1000)
    results.trim()
    assert [name for name in "abcd" if results.find(name, "k")] == ["a", "c", "d"]
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 3_500


def test_nothing_larger_than_all_room_is_kept(tmp_path: Path) -> None:
    results = Results(tmp_path, 10)
    results.keep("a", "k", b"lebih dari sepuluh")
    assert files(tmp_path) == []


def test_only_its_own_files_are_removed(tmp_path: Path) -> None:
    for name in ("surat.txt", "isi/surat.txt", "isi/lain/surat.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * 50)
    before = files(tmp_path)
    results = Results(tmp_path, 20)
    results.keep("a", "k", b"isi")
    results.trim()
    assert files(tmp_path) == before


def test_a_folder_that_cannot_be_used_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    results = Results(tmp_path / "berkas", ROOM)
    results.keep("a", "k", b"isi")
    results.trim()
    assert results.find("a", "k") is None
