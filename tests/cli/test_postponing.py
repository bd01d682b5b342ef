"""`sopdocs revise --tunda` and `--lanjut`: one revision that takes longer holds up no edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.cli import postponing, run
from sopdocs.engine import files

from ..content.offices import make_offices
from ..workspaces import make_workspace

MASUK = Path("content/sop/surat-masuk.md")
ASIDE = Path("arsip/tunda/surat-masuk.md")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An SOP in force, whose revision is open and was edited."""
    root = make_workspace(tmp_path)
    put(root, "pengesah: camat", "status: berlaku # terbit\npengesah: camat")
    assert revise(root, "--alasan", "Hasil evaluasi", "--tanggal", "2024-05-01") == 0
    put(root, "Waktu: 5 menit", "Waktu: 9 menit")
    return root


def put(root: Path, old: str, new: str) -> None:
    text = (root / MASUK).read_text("utf-8")
    assert old in text
    (root / MASUK).write_text(text.replace(old, new, 1), "utf-8")


def revise(root: Path, *arguments: str) -> int:
    return run(["-C", str(root), "revise", "surat-masuk", *arguments])


def contents(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_what_is_in_force_comes_back_and_the_revision_waits(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    issued, draft = (root / "arsip/terbuka/surat-masuk.md").read_bytes(), (root / MASUK).read_bytes()
    assert revise(root, "--tunda") == 0
    assert (root / MASUK).read_bytes() == issued
    assert (root / ASIDE).read_bytes() == draft
    assert not (root / "arsip/terbuka").exists()
    capsys.readouterr()
    assert run(["-C", str(root), "status"]) == 0
    assert "Revisi yang ditunda: surat-masuk" in capsys.readouterr().out


def test_it_goes_on_where_it_was_left_and_can_still_be_taken_back(root: Path) -> None:
    before = contents(root)
    assert revise(root, "--tunda") == 0
    assert revise(root, "--lanjut") == 0
    assert contents(root) == before
    put(root, "Waktu: 9 menit", "Waktu: 5 menit")
    assert revise(root, "--batal") == 0
    assert b"berlaku # terbit" in (root / MASUK).read_bytes()


def test_a_revision_that_another_one_overtook_is_not_taken_up(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert revise(root, "--tunda") == 0
    assert revise(root, "--alasan", "Salah ketik", "--tanggal", "2024-06-01") == 0
    put(root, "status: direvisi", "status: berlaku")
    before = contents(root)
    assert revise(root, "--lanjut") == 2
    assert "sudah berjalan terus" in capsys.readouterr().err
    assert contents(root) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--lanjut"], "Tidak ada revisi SOP"),
        (["--tunda", "--alasan", "x"], "--tunda tidak memerlukan pilihan lain"),
        (["--tunda", "--batal"], "--batal tidak dapat dipakai bersama --tunda"),
    ],
)
def test_what_makes_no_sense_is_refused(
    root: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(root)
    assert revise(root, *options) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert contents(root) == before


def test_nothing_is_put_aside_twice(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert revise(root, "--tunda") == 0
    assert revise(root, "--tunda") == 2
    assert "tidak sedang direvisi" in capsys.readouterr().err
    assert revise(root, "--alasan", "Lain", "--tanggal", "2024-06-01") == 0
    before = contents(root)
    assert revise(root, "--tunda") == 2
    assert "sudah ada" in capsys.readouterr().err
    assert contents(root) == before


def test_stopped_half_way_nothing_is_lost(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = (root / MASUK).read_bytes()
    real = files.write_whole

    def full(path: Path, data: bytes) -> None:
        if path.name == MASUK.name and "content" in path.parts:
            raise files.UsageError("penuh", "")
        real(path, data)

    monkeypatch.setattr(postponing, "write_whole", full)
    assert revise(root, "--tunda") == 2
    assert (root / MASUK).read_bytes() == draft


def test_a_shared_sop_waits_where_all_offices_find_it(tmp_path: Path) -> None:
    root = make_offices(tmp_path)
    shared = next((root / "content" / "sop").glob("*.md"))
    place_file = f"arsip/tunda/{shared.name}"
    text = shared.read_text("utf-8")
    shared.write_text(text.replace("pengesah: camat", "status: berlaku\npengesah: camat", 1), "utf-8")
    names = sorted(path.name for path in (root / "instansi").iterdir())
    office = ["--instansi", names[0]]
    command = ["-C", str(root), "revise", shared.stem]
    assert run([*command, "--alasan", "Evaluasi", "--tanggal", "2024-05-01", *office]) == 0
    assert run([*command, "--tunda", *office]) == 0
    assert (root / place_file).exists()
    assert run([*command, "--lanjut", "--instansi", names[-1]]) == 0
    assert not (root / place_file).exists()


def test_another_revision_beside_the_waiting_one_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert revise(root, "--tunda") == 0
    waiting = (root / ASIDE).read_bytes()
    assert revise(root, "--alasan", "Mendesak", "--tanggal", "2024-05-02") == 0
    assert f"revisi lain SOP ini ditunda di {ASIDE.as_posix()}" in capsys.readouterr().out
    assert revise(root, "--tunda") == 2
    assert "terbitkan atau batalkan yang terbuka ini" in capsys.readouterr().err
    assert revise(root, "--batal") == 0
    assert revise(root, "--lanjut") == 0
    assert (root / MASUK).read_bytes() == waiting
