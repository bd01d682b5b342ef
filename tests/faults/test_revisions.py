"""A damaged archive, a missing edition, a clash of revisions, a day to come, calls killed and calls at once:
findings with advice, nothing overwritten, nothing lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sopdocs.cli import issuing, revising, run
from sopdocs.cli.checking import load
from sopdocs.content import read_archive, read_editions, read_workspace
from sopdocs.model import Place, Severity, Status

from ..content.archives import add_edition, ended, entries
from ..workspaces import edit, make_workspace
from .dying import examined_once
from .site import ROOT, Site, environment

SLUGS = ("surat-keluar", "surat-masuk")
MASUK = "content/sop/surat-masuk.md"
KEPT = "arsip/terbuka/surat-masuk.md"
REVISE = ("revise", "surat-masuk", "--alasan", "Hasil evaluasi", "--tanggal", "2024-05-01")
ISSUE = ("issue", "--tanda-tangan-basah", "--tanggal", "2024-05-01")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two SOPs in force, in an archive of two editions."""
    root = make_workspace(tmp_path / "kantor")
    for slug in SLUGS:
        edit(root, slug, "pengesah: camat", "status: berlaku\npengesah: camat")
    for day in (date(2024, 1, 10), date(2024, 2, 10)):
        add_edition(Place(root), day)
    return root


def call(root: Path, *arguments: str) -> int:
    return run(["-C", str(root), *arguments])


def contents(root: Path) -> dict[str, bytes]:
    """Every file that is not of build/."""
    found = (path for path in root.rglob("*") if path.is_file() and "build" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def status(root: Path, slug: str) -> Status:
    workspace = read_workspace(root).workspace
    assert workspace is not None
    return workspace.sop[slug].status


# Killed at any moment.


def killed(origin: Path, into: Path, *arguments: str) -> Iterator[Path]:
    """The workspaces that a call leaves when it is killed before each of its changes, and one where it ended."""
    into.mkdir()
    command = [sys.executable, "-m", "tests.faults.dying", str(origin), str(into), *arguments]
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.endswith("exit 0\n"), done.stderr
    yield from sorted(into.iterdir(), key=lambda path: int(path.name))


def test_an_edition_is_whole_or_not_there_whenever_the_call_dies(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next call finishes it; once there, no byte of it changes."""
    monkeypatch.setattr(issuing, "examine_confined", examined_once)
    before = contents(built)
    seen: set[object] = set()
    for root in killed(built, tmp_path / "mati", *ISSUE):
        place = Place(root)
        reading = read_archive(place, None)
        assert {each.severity for each in reading.findings} <= {Severity.CATATAN}
        frozen = {path: data for path, data in contents(root).items() if "/edisi-0/" in path}
        for slug in SLUGS:
            now = (root / f"content/sop/{slug}.md").read_bytes()
            assert now.replace(b"status: berlaku\n", b"") == before[f"content/sop/{slug}.md"]
        done = [status(root, slug) is Status.BERLAKU for slug in SLUGS]
        assert not any(done) or reading.arsip.edisi, "nothing is in force that was not issued"
        left = [path.name[:7] for path in sorted((root / "arsip").rglob(".*"))]
        state = (len(reading.arsip.edisi), tuple(done), tuple(left))
        if state in seen:
            shutil.rmtree(root)
            continue
        seen.add(state)
        assert call(root, *ISSUE) == (1 if all(done) else 0)
        assert [status(root, slug) for slug in SLUGS] == [Status.BERLAKU] * 2
        after = contents(root)
        assert {path: after[path] for path in frozen} == frozen
        again = read_archive(place, None)
        assert (len(again.arsip.edisi), again.findings) == (1, ())
        shutil.rmtree(root)
    assert len(seen) >= 5, "before, half-written, frozen, with one status, with both"


@pytest.mark.parametrize(
    "command",
    [
        REVISE,
        ("revoke", "surat-masuk", "--alasan", "Pindah ke dinas"),
        ("replace", "surat-masuk", "surat-keluar", "--alasan", "Digabung"),
    ],
)
def test_a_content_file_is_the_old_or_the_new_one_whenever_the_call_dies(
    command: tuple[str, ...], root: Path, tmp_path: Path
) -> None:
    """Either can be gone on with: the call is made again, or taken back to the very bytes."""
    before = contents(root)
    undo = (*command[: command.index("--alasan")], "--batal")
    seen: set[Status] = set()
    for left in killed(root, tmp_path / "mati", *command):
        seen.add(status(left, "surat-masuk"))
        if status(left, "surat-masuk") is Status.BERLAKU:
            assert (left / MASUK).read_bytes() == before[MASUK]
            assert call(left, *command) == 0
        assert call(left, *undo) == 0
        assert {path: data for path, data in contents(left).items() if not path.endswith(".tmp")} == before
    assert len(seen) == 2


def test_an_undo_that_dies_can_be_made_again(root: Path, tmp_path: Path) -> None:
    before = contents(root)
    assert call(root, *REVISE) == 0
    for left in killed(root, tmp_path / "mati", "revise", "surat-masuk", "--batal"):
        if status(left, "surat-masuk") is Status.DIREVISI:
            assert call(left, "revise", "surat-masuk", "--batal") == 0
        assert (left / MASUK).read_bytes() == before[MASUK]
        # A copy that stays does no harm.
        assert call(left, *REVISE) == 0
        assert call(left, "revise", "surat-masuk", "--batal") == 0
        assert {path: data for path, data in contents(left).items() if not path.endswith(".tmp")} == before


def test_a_revision_that_is_put_aside_is_lost_at_no_moment(root: Path, tmp_path: Path) -> None:
    before = contents(root)
    assert call(root, *REVISE) == 0
    edit(root, "surat-masuk", "5 menit", "7 menit")
    draft = (root / MASUK).read_bytes()
    for way, into in (("--tunda", "tunda"), ("--lanjut", "lanjut")):
        for left in killed(root, tmp_path / into, "revise", "surat-masuk", way):
            assert draft in contents(left).values()
            if status(left, "surat-masuk") is Status.DIREVISI:
                assert call(left, "revise", "surat-masuk", "--tunda") == 0
            assert (left / MASUK).read_bytes() == before[MASUK]
            assert call(left, "revise", "surat-masuk", "--lanjut") == 0
            assert (left / MASUK).read_bytes() == draft
            assert (left / KEPT).read_bytes() == before[MASUK]
        assert call(root, "revise", "surat-masuk", way) == 0


# Two at once.


def test_two_who_revise_the_same_sop_at_the_same_moment(root: Path) -> None:
    site = Site(root)
    before = contents(root)
    people = ("Sekretaris", "Staf")
    calls = [site.start("revise", "surat-masuk", "--alasan", "Hasil evaluasi", "--oleh", who) for who in people]
    told = [process.communicate(timeout=120)[1] for process in calls]
    assert sorted(process.returncode for process in calls) == [0, 2]
    winner = next(who for who, process in zip(people, calls, strict=True) if process.returncode == 0)
    (refused,) = [err for err, process in zip(told, calls, strict=True) if process.returncode]
    assert "Saran: " in refused
    text = (root / MASUK).read_text(encoding="utf-8")
    assert text.count("Hasil evaluasi") == 1
    assert winner in text
    assert (root / KEPT).read_bytes() == before[MASUK]
    assert call(root, "revise", "surat-masuk", "--batal") == 0
    assert contents(root) == before


def test_two_who_issue_at_the_same_moment(built: Path, tmp_path: Path) -> None:
    site = Site(Path(shutil.copytree(built, tmp_path / "w")))
    calls = [site.start(*ISSUE) for _ in range(2)]
    told = [process.communicate(timeout=240)[1] for process in calls]
    assert sorted(process.returncode for process in calls)[0] == 0
    for process, err in zip(calls, told, strict=True):
        assert process.returncode == 0 or "sedang dipakai proses lain" in err or "Tidak ada yang baru" in err
    reading = read_archive(Place(site.root), None)
    assert (len(reading.arsip.edisi), reading.findings) == (1, ())


def test_an_editor_that_saves_while_a_revision_is_opened_wins(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It swaps a new file into the place of the old one, as editors do."""
    prove = revising._prove

    def slow(*arguments: object) -> None:
        prove(*arguments)  # type: ignore[arg-type]
        new = root / "content/sop/.baru"
        new.write_text((root / MASUK).read_text(encoding="utf-8").replace("5 menit", "9 menit"), encoding="utf-8")
        new.replace(root / MASUK)

    monkeypatch.setattr(revising, "_prove", slow)
    assert call(root, *REVISE) == 2
    assert "berubah selagi dibaca" in capsys.readouterr().err
    assert status(root, "surat-masuk") is Status.BERLAKU
    assert "9 menit" in (root / MASUK).read_text(encoding="utf-8")
    assert not (root / KEPT).exists()


# The archive is damaged, or something of it is missing.


def _forged(root: Path) -> None:
    record = root / "arsip/2024/edisi-0/edisi.json"
    record.write_bytes(record.read_bytes().replace(b"2024-01-10", b"2024-01-09"))


def _linked(root: Path) -> None:
    bundle = root / "arsip/2024/edisi-1/bundel-ttd.pdf"
    bundle.rename(root / "lain.pdf")
    bundle.symlink_to(root / "lain.pdf")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a sheet was exchanged": (
        lambda root: (root / "arsip/2024/edisi-1/sop/surat-masuk.pdf").write_bytes(b"lain"),
        "SOP213 arsip/2024/edisi-1/sop/surat-masuk.pdf",
    ),
    "a bundle is gone": (
        lambda root: (root / "arsip/2024/edisi-0/bundel-ttd.pdf").unlink(),
        "SOP212 arsip/2024/edisi-0/bundel-ttd.pdf",
    ),
    "something was added": (
        lambda root: (root / "arsip/2024/edisi-1/sop/surat-baru.pdf").write_bytes(b"x"),
        "SOP214 arsip/2024/edisi-1/sop/surat-baru.pdf",
    ),
    "an edition is missing": (lambda root: shutil.rmtree(root / "arsip/2024/edisi-0"), "SOP215 arsip"),
    "an edition was copied": (
        lambda root: shutil.copytree(root / "arsip/2024/edisi-1", root / "arsip/2025/edisi-1"),
        "SOP215 arsip/2024/edisi-1",
    ),
    "an edition was renamed": (
        lambda root: (root / "arsip/2024/edisi-1").rename(root / "arsip/2024/edisi-1 (lama)"),
        "SOP214 arsip/2024/edisi-1 (lama)",
    ),
    "a record was rewritten": (_forged, "SOP216 arsip/2024/edisi-0/edisi.json"),
    "a record is half": (
        lambda root: (root / "arsip/2024/edisi-1/edisi.json").write_bytes(b'{"format": "sopdocs-ed'),
        "SOP211 arsip/2024/edisi-1/edisi.json",
    ),
    "a file leads elsewhere": (_linked, "SOP213 arsip/2024/edisi-1/bundel-ttd.pdf"),
    "the year is a file": (
        lambda root: (shutil.rmtree(root / "arsip/2024"), (root / "arsip/2024").write_bytes(b"x")),
        "SOP210 arsip/2024",
    ),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_archive_is_told_and_nothing_is_overwritten(
    kind: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage, expected = DAMAGES[kind]
    damage(root)
    then = contents(root)
    errors = [each for each in read_archive(Place(root), None).findings if each.severity is Severity.GALAT]
    assert expected in [f"{each.code} {each.span.path}" for each in errors]
    assert all(each.hint for each in errors)
    assert call(root, "check") == 1
    assert expected.split()[0] in capsys.readouterr().out
    assert call(root, *ISSUE) == 1
    told = capsys.readouterr().err
    assert expected.split()[0] in told
    assert "Arsip tidak utuh" in told
    assert call(root, "at", "2024-03-01") == 1
    assert "mungkin tidak lengkap" in capsys.readouterr().out
    # Work in content/ goes on, and is taken back.
    assert call(root, *REVISE) == 0
    assert call(root, "revise", "surat-masuk", "--batal") == 0
    assert contents(root) == then


# Two people revised the same SOP.


def _revised(root: Path, words: str) -> None:
    assert call(root, *REVISE[:3], words, *REVISE[4:], "--uraian", words) == 0
    edit(root, "surat-masuk", "pengesahan: null", "pengesahan: 2024-05-02")


def _codes(root: Path, path: str = MASUK) -> list[str]:
    return [each.code for each in load(Place(root), date(2024, 6, 1)).findings if each.span.path == path]


def test_the_second_of_two_revisions_gets_the_next_number(root: Path, tmp_path: Path) -> None:
    """One issues; the other, who began from the same state, is told to go on from there."""
    other = Path(shutil.copytree(root, tmp_path / "rekan"))
    _revised(other, "dari rekan")
    _revised(root, "dari kami")
    add_edition(Place(root), date(2024, 5, 3))
    shutil.copy(other / MASUK, root / MASUK)
    then = contents(root)
    assert "SOP201" in _codes(root)
    assert call(root, *ISSUE) != 0
    assert contents(root) == then


def test_a_merge_that_keeps_both_rows_is_told(root: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(root, tmp_path / "rekan"))
    _revised(other, "dari rekan")
    _revised(root, "dari kami")
    row = next(line for line in (other / MASUK).read_text(encoding="utf-8").splitlines() if "dari rekan" in line)
    with (root / MASUK).open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    assert "SOP180" in _codes(root)
    edit(root, "surat-masuk", row, row.replace("| 1 |", "| 2 |"))
    assert "SOP180" not in _codes(root)


def test_conflict_marks_are_told_and_stay(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "surat-masuk", "status: berlaku", "<<<<<<< kami\nstatus: berlaku\n=======\nstatus: direvisi\n>>>>>>> b")
    then = contents(root)
    for command in (REVISE, ("revise", "surat-masuk", "--batal"), ("revoke", "surat-masuk", "--alasan", "a")):
        assert call(root, *command) == 1
        assert "SOP018" in capsys.readouterr().err
    assert contents(root) == then


# A file, or a copy, that is older than the archive.


def test_a_file_from_a_backup_is_not_revised(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = (root / MASUK).read_bytes()
    _revised(root, "dari kami")
    edit(root, "surat-masuk", "status: direvisi", "status: berlaku")
    folder = add_edition(Place(root), date(2024, 5, 3))
    (root / MASUK).write_bytes(old)
    then = contents(root)
    for command in (REVISE, ("revoke", "surat-masuk", "--alasan", "a")):
        assert call(root, *command) == 2
        told = capsys.readouterr().err
        assert "memuat revisi ke-0, padahal edisi 2 sudah memuat revisi ke-1" in told
        assert f"{folder.relative_to(root).as_posix()}/isi/{MASUK}" in told
    assert {"SOP200", "SOP203"} <= set(_codes(root))
    assert contents(root) == then


@pytest.mark.parametrize("command", [REVISE, ("revoke", "surat-masuk", "--alasan", "a", "--tanggal", "2024-05-01")])
def test_a_copy_that_came_back_does_not_undo_what_was_issued(
    command: tuple[str, ...], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A merge, or a call that was killed, left it."""
    assert call(root, *command) == 0
    listed = entries(Place(root))
    if command[0] == "revoke":
        masuk = next(each for each in read_editions(Place(root)).arsip.edisi[-1].sop if each.slug == "surat-masuk")
        listed = (*listed, ended(masuk, Status.DICABUT, date(2024, 5, 1)))
    else:
        listed = tuple(replace(each, pengesahan=date(2024, 5, 2)) for each in listed)
    add_edition(Place(root), date(2024, 5, 3), listed)
    then = contents(root)
    assert call(root, command[0], "surat-masuk", "--batal") == 2
    told = capsys.readouterr().err
    assert "Tidak dapat dibatalkan lagi" in told
    assert "pada edisi 2" in told
    assert contents(root) == then


# Days to come.


@pytest.mark.parametrize(
    "command",
    [
        (*REVISE[:-1], "9999-12-31"),
        ("revoke", "surat-masuk", "--alasan", "a", "--tanggal", "2999-01-01"),
        ("replace", "surat-masuk", "surat-keluar", "--alasan", "a", "--tanggal", "31 Desember 2999"),
        (*ISSUE[:-1], "2999-01-01"),
        ("monitor", "surat-masuk", "--isi", "--tanggal", "2999-01-01"),
    ],
)
def test_nothing_is_written_for_a_day_to_come(
    command: tuple[str, ...], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    then = contents(root)
    assert call(root, *command) == 2
    told = capsys.readouterr().err
    assert "belum tiba" in told
    assert "Saran: " in told
    assert contents(root) == then


def test_a_day_to_come_in_the_log_is_told(root: Path) -> None:
    _revised(root, "dari kami")
    edit(root, "surat-masuk", "| 1 | 2024-05-01 |", "| 1 | 2999-05-01 |")
    assert "SOP181" in _codes(root)
