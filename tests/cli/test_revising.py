"""`sopdocs revise`, `revoke`, `replace`: what they write, refuse and take back."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.engine import files

from ..content.offices import make_offices
from ..workspaces import make_workspace

MASUK = "content/sop/surat-masuk.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two SOPs, both in force."""
    root = make_workspace(tmp_path)
    for name in ("surat-masuk", "surat-keluar"):
        put(root, f"content/sop/{name}.md", "pengesah: camat", "status: berlaku # terbit\npengesah: camat")
    return root


def put(root: Path, path: str, old: str, new: str) -> None:
    """Change a text in one file; it must be there."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def call(root: Path, *arguments: str) -> int:
    return run(["-C", str(root), *arguments])


def contents(root: Path) -> dict[str, bytes]:
    """All files but those of the lock."""
    found = (path for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_a_revision_is_opened_and_taken_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(root)
    assert (
        call(
            root, "revise", "surat-masuk", "--alasan", "Hasil  evaluasi", "--oleh", "Sekcam", "--tanggal", "2024-05-01"
        )
        == 0
    )
    told = capsys.readouterr().out
    for words in (
        "status: berlaku → direvisi",
        "pengesahan: 2024-01-03 → null",
        "Revisi ke-1",
        "sopdocs revise surat-masuk --batal",
    ):
        assert words in told
    after = contents(root)
    assert after.keys() - before.keys() == {"arsip/terbuka/surat-masuk.md"}
    assert after["arsip/terbuka/surat-masuk.md"] == before[MASUK]
    assert [path for path in before if after[path] != before[path]] == [MASUK]
    text = after[MASUK].decode()
    assert "revisi: 2024-05-01\npengesahan: null\nstatus: direvisi # terbit\n" in text
    assert "| 1 | 2024-05-01 | | Hasil evaluasi | Sekcam |\n" in text
    assert call(root, "revise", "surat-masuk", "--batal") == 0
    assert "kembali persis" in capsys.readouterr().out
    assert contents(root) == before


def test_a_revision_that_is_open_is_not_opened_twice(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(root, "revise", "surat-masuk", "--alasan", "a", "--oleh", "Sekcam", "--tanggal", "2024-05-01") == 0
    once = contents(root)
    for command in (("revise", "surat-masuk"), ("revoke", "surat-masuk"), ("replace", "surat-masuk", "surat-keluar")):
        assert call(root, *command, "--alasan", "b") == 2
        assert "Revisi ke-1 SOP “surat-masuk” sudah terbuka sejak 2024-05-01 oleh Sekcam" in capsys.readouterr().err
    assert contents(root) == once


def test_what_was_edited_since_stays(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(root)[MASUK].decode()
    assert call(root, "revise", "surat-masuk", "--alasan", "a") == 0
    put(root, MASUK, "5 menit", "7 menit")
    assert call(root, "revise", "surat-masuk", "--batal") == 0
    assert "disunting sejak itu" in capsys.readouterr().out
    assert (root / MASUK).read_text(encoding="utf-8") == before.replace("5 menit", "7 menit")


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        (("revoke", "surat-masuk"), "status: dicabut # terbit\npencabutan: 2024-05-01\n"),
        (
            ("replace", "surat-masuk", "surat-keluar"),
            "status: digantikan # terbit\npencabutan: 2024-05-01\npengganti: surat-keluar\n",
        ),
    ],
)
def test_an_sop_is_ended_and_taken_back(command: tuple[str, ...], lines: str, root: Path) -> None:
    before = contents(root)
    assert call(root, *command, "--alasan", "Aplikasi baru", "--tanggal", "2024-05-01") == 0
    assert lines in (root / MASUK).read_text(encoding="utf-8")
    assert call(root, "check", "--select", "SOP18") == 0
    assert call(root, *command, "--alasan", "lagi") == 2
    assert call(root, *command, "--batal") == 0
    assert contents(root) == before


def test_an_ended_sop_cannot_be_built_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(root, "revoke", "surat-masuk", "--alasan", "a") == 0
    assert call(root, "build", "surat-masuk") == 2
    assert "berstatus dicabut" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("revise", "surat-masuk"), 'contoh: sopdocs revise surat-masuk --alasan "'),
        (("revise", "surat-masuk", "--alasan", " "), "Alasan belum disebut"),
        (("revise", "surat-masukk", "--alasan", "a"), "maksud Anda “surat-masuk”?"),
        (("revise", "surat-masuk", "--alasan", "a", "--tanggal", "2999-01-01"), "belum tiba"),
        (("revise", "surat-masuk", "--alasan", "a", "--tanggal", "2024-01-01"), "mendahului pengesahan (2024-01-03)"),
        (("revise", "surat-masuk", "--alasan", "a", "--tanggal", "besok"), "tulis misalnya 2024-06-30"),
        (("revoke", "surat-masuk", "--alasan", "a", "--tanggal", "30 Februari 2024"), "tidak ada di kalender"),
        (("revise", "surat-masuk", "--alasan", "a", "--tanggal", ""), "tidak terbaca"),
        (("revise", "surat-masuk", "--batal"), "statusnya berlaku"),
        (("revise", "surat-masuk", "--batal", "--alasan", "a"), "--batal tidak memerlukan pilihan lain"),
        (("revise", "surat-masuk", "--alasan", "lihat [PP 1/1900]"), "SOP034"),
        (("replace", "surat-masuk", "surat-masuk", "--alasan", "a"), "dirinya sendiri"),
        (("replace", "surat-masuk", "surat-kelua", "--alasan", "a"), "maksud Anda “surat-keluar”?"),
    ],
)
def test_what_is_refused_changes_nothing(
    command: tuple[str, ...], words: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(root)
    assert call(root, *command) == 2
    assert words in capsys.readouterr().err
    assert contents(root) == before


def test_a_draft_is_simply_edited(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, MASUK, "status: berlaku # terbit\n", "")
    assert call(root, "revise", "surat-masuk", "--alasan", "a") == 2
    assert "cukup sunting berkasnya" in capsys.readouterr().err


def test_a_file_of_two_people_is_not_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, MASUK, "status:", "<<<<<<< HEAD\n=======\n>>>>>>> lain\nstatus:")
    before = contents(root)
    assert call(root, "revise", "surat-masuk", "--alasan", "a") == 1
    assert "SOP018" in capsys.readouterr().err
    assert contents(root) == before


def test_what_another_program_wrote_meanwhile_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sopdocs.cli import revising

    exclusive = files.exclusive

    def late(folder: Path) -> object:
        put(root, MASUK, "5 menit", "7 menit")
        return exclusive(folder)

    monkeypatch.setattr(revising, "exclusive", late)
    assert call(root, "revise", "surat-masuk", "--alasan", "a") == 2
    assert "berubah selagi dibaca" in capsys.readouterr().err
    assert "status: berlaku" in (root / MASUK).read_text(encoding="utf-8")
    assert not (root / "arsip").exists()


def test_after_the_issue_nothing_is_taken_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(root, "revoke", "surat-masuk", "--alasan", "a") == 0
    (root / "arsip/terbuka/surat-masuk.md").unlink()
    before = contents(root)
    assert call(root, "revoke", "surat-masuk", "--batal") == 2
    assert "Tidak dapat dibatalkan lagi" in capsys.readouterr().err
    assert contents(root) == before


def test_the_reason_is_asked_for_on_a_terminal(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sopdocs.cli import commands_revising

    monkeypatch.setattr(commands_revising.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(commands_revising.click, "prompt", lambda *_, **__: "Ditanyakan")
    assert call(root, "revise", "surat-masuk") == 0
    assert "| Ditanyakan |" in (root / MASUK).read_text(encoding="utf-8")


def test_a_shared_sop_says_whom_it_concerns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_offices(tmp_path)
    for home in ("content", "instansi/kec-cemara"):
        put(root, f"{home}/sop/surat-masuk.md", "pengesah: camat", "status: berlaku\npengesah: camat")
    before = contents(root)
    assert call(root, "revise", "surat-masuk", "--alasan", "a", "--instansi", "kec-angin") == 0
    assert "dipakai bersama oleh 2 kantor (kec-angin, kec-batu)" in capsys.readouterr().out
    assert call(root, "revise", "surat-masuk", "--alasan", "a", "--instansi", "kec-cemara") == 0
    assert "dipakai bersama" not in capsys.readouterr().out
    changed = {path for path in contents(root) if before.get(path) != contents(root)[path]}
    assert changed == {
        MASUK,
        "instansi/kec-cemara/sop/surat-masuk.md",
        "arsip/terbuka/surat-masuk.md",
        "instansi/kec-cemara/arsip/terbuka/surat-masuk.md",
    }
    assert call(root, "revise", "surat-masuk", "--batal", "--instansi", "kec-batu") == 0
    assert call(root, "revise", "surat-masuk", "--batal", "--instansi", "kec-cemara") == 0
    assert contents(root) == before
