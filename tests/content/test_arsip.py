"""Reading archives: whole ones, and every kind of damage."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from sopdocs.content import RECORD, Memory, read_archive, read_edition, read_workspace
from sopdocs.content.edisi import RecordError, read_record
from sopdocs.model import Place, Severity, Status

from ..workspaces import edit, make_workspace
from .archives import add_edition, as_written, sha256
from .offices import make_offices

FIRST, SECOND, THIRD = date(2022, 3, 1), date(2023, 3, 1), date(2023, 9, 1)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An office with three editions."""
    place = Place(make_workspace(tmp_path))
    for day in (FIRST, SECOND, THIRD):
        add_edition(place, day)
    return place


def told(place: Place) -> list[str]:
    reading = read_archive(place, None)
    assert reading.arsip.utuh == (not any(each.severity is Severity.GALAT for each in reading.findings))
    return [f"{each.code} {each.span.path}" for each in reading.findings]


def numbers(place: Place) -> list[int]:
    return [edisi.nomor for edisi in read_archive(place, None).arsip.edisi]


def rewrite(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the record of an edition."""
    record = json.loads((folder / RECORD).read_bytes())
    change(record)
    (folder / RECORD).write_text(as_written(record), encoding="utf-8")


def test_no_archive_is_an_empty_one(tmp_path: Path) -> None:
    place = Place(make_workspace(tmp_path))
    for _ in range(2):
        reading = read_archive(place, None)
        assert (reading.arsip.edisi, reading.arsip.utuh, reading.findings) == ((), True, ())
        place.archive.mkdir(exist_ok=True)


def test_a_whole_one_tells_every_edition(place: Place) -> None:
    reading = read_archive(place, None)
    arsip = reading.arsip
    assert reading.findings == ()
    assert [(str(each), each.tanggal, each.folder) for each in arsip.edisi] == [
        ("edisi 0", FIRST, "arsip/2022/edisi-0"),
        ("edisi 1", SECOND, "arsip/2023/edisi-1"),
        ("edisi 2", THIRD, "arsip/2023/edisi-2"),
    ]
    assert [each.slug for each in arsip.edisi[2].berlaku] == ["surat-keluar", "surat-masuk"]
    assert arsip.edisi[2].sha256 == sha256((place.root / "arsip/2023/edisi-2" / RECORD).read_bytes())
    assert arsip.terakhir["surat-masuk"].lajur == ("Umum", "Kepala")
    assert arsip.terakhir["surat-masuk"].pengesah is not None
    assert reading.catatan[2].sebelumnya == arsip.edisi[1].sha256


@pytest.mark.parametrize("make", [lambda path: path.write_bytes(b"x"), lambda path: path.symlink_to(path)])
def test_a_year_that_is_no_folder_is_not_a_year_without_editions(
    make: Callable[[Path], object], tmp_path: Path
) -> None:
    place = Place(make_workspace(tmp_path))
    shutil.rmtree(add_edition(place, FIRST).parent)
    make(place.archive / "2022")
    assert told(place) == ["SOP210 arsip/2022"]


def test_older_things_beside_the_years_are_no_editions(place: Place) -> None:
    (place.archive / "bundel-ttd-0123456789ab.pdf").write_bytes(b"x")
    (place.archive / "terbuka").mkdir()
    (place.archive / "terbuka" / "surat-masuk.md").write_text("x")
    (place.archive / "2023" / ".DS_Store").write_bytes(b"x")
    (place.archive / "2023" / "edisi-1" / "sop" / "~$rat.docx").write_bytes(b"x")
    assert told(place) == []


def test_an_office_of_many_has_its_own(tmp_path: Path) -> None:
    root = make_offices(tmp_path)
    place = Place(root, "kec-angin")
    add_edition(place, FIRST)
    reading = read_archive(place, None)
    assert [each.folder for each in reading.arsip.edisi] == ["instansi/kec-angin/arsip/2022/edisi-0"]
    assert set(reading.arsip.terakhir) == {each.slug for each in reading.arsip.edisi[0].sop}
    assert read_archive(Place(root, "kec-batu"), None).arsip.edisi == ()


DAMAGE: dict[str, tuple[Callable[[Path], object], list[str], list[int]]] = {
    "a file changed": (
        lambda a: (a / "2022/edisi-0/bundel-ttd.pdf").write_bytes(b"lain"),
        ["SOP213 arsip/2022/edisi-0/bundel-ttd.pdf"],
        [1, 2],
    ),
    "a file lost": (
        lambda a: (a / "2023/edisi-1/sop/surat-masuk.pdf").unlink(),
        ["SOP212 arsip/2023/edisi-1/sop/surat-masuk.pdf"],
        [0, 2],
    ),
    "a file added": (
        lambda a: (a / "2023/edisi-1/isi/content/sop/tambahan.md").write_text("x"),
        ["SOP214 arsip/2023/edisi-1/isi/content/sop/tambahan.md"],
        [0, 2],
    ),
    "a file became a link": (
        lambda a: (
            (a / "2023/edisi-1/bundel-ttd.pdf").rename(a / "pindah.pdf"),
            (a / "2023/edisi-1/bundel-ttd.pdf").symlink_to(a / "pindah.pdf"),
        ),
        ["SOP213 arsip/2023/edisi-1/bundel-ttd.pdf"],
        [0, 2],
    ),
    "a pipe that nobody writes to": (
        lambda a: (
            (a / "2023/edisi-1/bundel-ttd.pdf").unlink(),
            os.mkfifo(a / "2023/edisi-1/bundel-ttd.pdf"),
        ),
        ["SOP213 arsip/2023/edisi-1/bundel-ttd.pdf"],
        [0, 2],
    ),
    "no record": (
        lambda a: (a / "2023/edisi-1/edisi.json").unlink(),
        ["SOP211 arsip/2023/edisi-1/edisi.json"],
        [0, 2],
    ),
    "half a record": (
        lambda a: (a / "2023/edisi-2/edisi.json").write_text('{"format": "sopdocs-e'),
        ["SOP211 arsip/2023/edisi-2/edisi.json"],
        [0, 1],
    ),
    "an edition lost": (lambda a: shutil.rmtree(a / "2023/edisi-1"), ["SOP215 arsip"], [0, 2]),
    "the first year lost": (lambda a: shutil.rmtree(a / "2022"), ["SOP215 arsip"], [1, 2]),
    "an edition twice": (
        lambda a: shutil.copytree(a / "2023/edisi-1", a / "2022/edisi-1"),
        ["SOP215 arsip/2022/edisi-1", "SOP217 arsip/2022/edisi-1/edisi.json", "SOP215 arsip/2023/edisi-1"],
        [0, 2],
    ),
    "an edition under another number": (
        lambda a: (a / "2023/edisi-2").rename(a / "2023/edisi-3"),
        ["SOP215 arsip", "SOP215 arsip/2023/edisi-3/edisi.json"],
        [0, 1],
    ),
    "a folder renamed": (
        lambda a: (a / "2023/edisi-2").rename(a / "2023/edisi-2 (lama)"),
        ["SOP214 arsip/2023/edisi-2 (lama)"],
        [0, 1],
    ),
    "a file in an edition's place": (
        lambda a: (shutil.rmtree(a / "2023/edisi-2"), (a / "2023/edisi-2").write_text("x")),
        ["SOP211 arsip/2023/edisi-2"],
        [0, 1],
    ),
    "another record, with its files": (
        lambda a: rewrite(a / "2023/edisi-1", lambda record: record.update(keterangan="lain")),
        ["SOP216 arsip/2023/edisi-1/edisi.json"],
        [0, 2],
    ),
    "a date before the last": (
        lambda a: rewrite(a / "2023/edisi-2", lambda record: record.update(tanggal="2023-02-28")),
        ["SOP217 arsip/2023/edisi-2/edisi.json"],
        [0, 1, 2],
    ),
    "a folder of another year": (
        lambda a: ((a / "2024").mkdir(), (a / "2023/edisi-2").rename(a / "2024/edisi-2")),
        ["SOP217 arsip/2024/edisi-2/edisi.json"],
        [0, 1, 2],
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_told_with_advice_and_what_is_damaged_is_left_out(kind: str, place: Place) -> None:
    damage, expected, sound = DAMAGE[kind]
    damage(place.archive)
    assert told(place) == expected
    assert numbers(place) == sound
    findings = read_archive(place, None).findings
    assert all(finding.severity is Severity.GALAT and finding.hint for finding in findings)
    assert not any("hapus" in each.hint.replace("jangan diperbaiki atau dihapus sendiri", "") for each in findings)


def test_without_the_newest_no_older_one_passes_for_the_last(place: Place) -> None:
    (place.archive / "2023/edisi-2/bundel-ttd.pdf").write_bytes(b"lain")
    arsip = read_archive(place, None).arsip
    assert (len(arsip.edisi), dict(arsip.terakhir), arsip.utuh) == (2, {}, False)


def test_a_heap_of_lost_files_is_told_in_few_lines(place: Place) -> None:
    folder = place.root / "arsip/2023/edisi-2"
    rewrite(folder, lambda record: record["berkas"].update({f"sop/x{n:03}.pdf": "0" * 64 for n in range(300)}))
    found = read_archive(place, None).findings
    assert len(found) == 11
    assert any("begitu pula 290 berkas lain" in each.message for each in found)


def test_what_a_killed_issue_left_is_a_note(place: Place) -> None:
    (place.archive / "2023" / ".edisi-3-abcd" / "isi").mkdir(parents=True)
    reading = read_archive(place, None)
    assert [(each.code, each.severity) for each in reading.findings] == [("SOP219", Severity.CATATAN)]
    assert reading.arsip.utuh
    assert len(reading.arsip.edisi) == 3


def test_what_may_not_be_read_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may read everything, whatever the file says.
    real = open

    def guarded(path: Any, *arguments: Any, **options: Any) -> Any:
        if str(path).endswith("arsip/2023/edisi-2/bundel-ttd.pdf"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *arguments, **options)

    monkeypatch.setattr("builtins.open", guarded)
    monkeypatch.setattr("io.open", guarded)
    assert told(place) == ["SOP210 arsip/2023/edisi-2/bundel-ttd.pdf"]


def test_an_archive_that_is_a_file(tmp_path: Path) -> None:
    place = Place(make_workspace(tmp_path))
    place.archive.write_text("x")
    assert told(place) == ["SOP210 arsip"]


def test_content_that_this_version_cannot_read_leaves_the_archive_whole(place: Place) -> None:
    edit(place.root, "surat-masuk", "nama: Surat Masuk", "nama: [")
    path = place.root / "content/sop/surat-masuk.md"
    entry = read_archive(place, None).arsip.edisi[-1].sop
    add_edition(place, date(2024, 1, 1), entry)
    reading = read_archive(place, None)
    assert path.is_file()
    assert [(each.code, each.severity) for each in reading.findings] == [("SOP218", Severity.PERINGATAN)]
    assert reading.arsip.utuh
    assert set(reading.arsip.terakhir) == {"surat-keluar"}


def test_what_did_not_change_is_not_read_twice(place: Place) -> None:
    memory = Memory()
    edit(place.root, "surat-keluar", "5 menit", "7 menit")
    now = read_workspace(place.root, memory=memory).workspace
    assert now is not None
    then = read_archive(place, now, memory).arsip.terakhir
    assert then["surat-masuk"].sop.prosedur is now.sop["surat-masuk"].prosedur
    assert then["surat-keluar"].sop.prosedur != now.sop["surat-keluar"].prosedur
    assert then["surat-masuk"].sop.status is Status.BERLAKU
    again = read_workspace(place.root, memory=memory).workspace
    assert again is not None
    assert again.sop["surat-keluar"] is now.sop["surat-keluar"]


def test_an_edition_is_read_as_it_was_also_when_an_sop_ended_since(place: Place) -> None:
    memory = Memory()
    edit(place.root, "surat-keluar", "nama:", "status: dicabut\nnama:")
    now = read_workspace(place.root, memory=memory).workspace
    edisi = read_archive(place, now, memory).arsip.edisi[-1]
    then = read_edition(place, edisi, memory).workspace
    assert now is not None
    assert then is not None
    assert (now.bundel.sop, then.bundel.sop) == (("surat-masuk",), ("surat-keluar", "surat-masuk"))
    assert then == read_edition(place, edisi).workspace


def test_within_a_process_only_files_that_were_touched_are_hashed_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    digest = hashlib.file_digest

    def counting(file: BinaryIO, name: str) -> object:
        hashed.append(Path(str(file.name)).name)
        return digest(file, name)

    monkeypatch.setattr(hashlib, "file_digest", counting)
    memory = Memory()
    assert read_archive(place, None, memory).arsip.utuh
    assert hashed
    hashed.clear()
    assert read_archive(place, None, memory).arsip.utuh
    assert hashed == []
    bundle = place.root / "arsip/2023/edisi-1/bundel-ttd.pdf"
    before, data = bundle.stat(), bundle.read_bytes()
    bundle.write_bytes(data.swapcase())
    os.utime(bundle, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [each.code for each in read_archive(place, None, memory).findings] == ["SOP213"]
    assert hashed == ["bundel-ttd.pdf"]
    hashed.clear()
    read_archive(place, None)
    assert len(hashed) > 10


@pytest.mark.parametrize(
    "change",
    [
        {"format": "sopdocs-edisi/2"},
        {"nomor": -1},
        {"nomor": True},
        {"tanggal": "besok"},
        {"tanggal": None},
        {"pengesahan": "lisan"},
        {"sop": [{}]},
        {"sop": None},
        {"berkas": {"../lain.pdf": "0" * 64}},
        {"berkas": {"/etc/passwd": "0" * 64}},
        {"berkas": {"a\\b": "0" * 64}},
        {"berkas": {"edisi.json": "0" * 64}},
        {"berkas": {"sop/x.pdf": "0"}},
        {"sebelumnya": "abc"},
        {"alat": []},
    ],
)
def test_a_record_that_is_none_is_refused_in_indonesian(place: Place, change: dict[str, Any]) -> None:
    data = (place.root / "arsip/2023/edisi-1" / RECORD).read_bytes()
    record = json.loads(data)
    assert read_record(data, "arsip/2023/edisi-1").edisi.nomor == 1
    with pytest.raises(RecordError, match=r"ada|bentuknya"):
        read_record(as_written(record | change).encode(), "arsip/2023/edisi-1")
    for key in change:
        with pytest.raises(RecordError, match=key):
            read_record(json.dumps({name: each for name, each in record.items() if name != key}).encode(), "x")
