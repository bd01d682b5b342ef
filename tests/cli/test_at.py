"""`sopdocs at`: what was in force on a day, and the sealed bundles that prove it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sopdocs.cli import run
from sopdocs.cli.dates import parse_day
from sopdocs.engine import sha256
from sopdocs.errors import UsageError
from sopdocs.model import Place, Status

from ..content.archives import add_edition, ended, entries
from ..workspaces import make_workspace

Record = dict[str, Any]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three editions: both SOPs; one of them revised, in force from June; the other revoked."""
    root = make_workspace(tmp_path / "w")
    place = Place(root)
    keluar, masuk = entries(place)
    add_edition(place, date(2024, 1, 5))
    revised = replace(keluar, revisi_ke=1, pengesahan=date(2025, 1, 3), efektif=date(2025, 6, 1))
    add_edition(place, date(2025, 1, 5), (revised, masuk))
    add_edition(place, date(2026, 1, 5), (revised, ended(masuk, Status.DICABUT, date(2026, 1, 1))))
    return root


def at(root: Path, day: str, *arguments: str) -> int:
    return run(["-C", str(root), "at", day, *arguments])


def told(root: Path, day: str, capsys: pytest.CaptureFixture[str]) -> Record:
    assert at(root, day, "--format", "json") == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-02-01", {"surat-keluar": (0, 0), "surat-masuk": (0, 0)}),
        ("2025-02-01", {"surat-keluar": (0, 0), "surat-masuk": (0, 1)}),
        ("2025-06-01", {"surat-keluar": (1, 1), "surat-masuk": (0, 1)}),
        ("2025-12-31", {"surat-keluar": (1, 1), "surat-masuk": (0, 1)}),
        ("2026-01-01", {"surat-keluar": (1, 1)}),
        ("2026-02-01", {"surat-keluar": (1, 2)}),
    ],
)
def test_the_right_revisions_and_editions(
    day: str, expected: dict[str, tuple[int, int]], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = told(root, day, capsys)
    assert record["format"] == "sopdocs-berlaku/1"
    assert record["utuh"]
    assert {each["slug"]: (each["revisi_ke"], each["edisi"]) for each in record["sop"]} == expected
    assert [each["nomor"] for each in record["edisi"]] == sorted({edisi for _, edisi in expected.values()})


def test_a_table_for_people(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert at(root, "1 Juni 2025") == 0
    out = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert out[:4] == [
        "Berlaku pada 1 Juni 2025: 2 SOP",
        "SOP Nomor Revisi ke Berlaku sejak Edisi Halaman",
        "Surat Keluar 001/CONTOH/2024 1 1 Juni 2025 1 -",
        "Surat Masuk 002/CONTOH/2024 0 3 Januari 2024 1 -",
    ]
    assert out[4].endswith("arsip/2025/edisi-1/bundel-ttd.pdf")


def test_before_the_first_edition_it_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert at(root, "2023-06-30") == 0
    out = capsys.readouterr().out
    assert "Berlaku pada 30 Juni 2023: 0 SOP" in out
    assert "sebelum edisi pertama di arsip (edisi 0, 5 Januari 2024)" in out


def test_of_the_future_it_knows_what_is_known_today(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert at(root, (date.today() + timedelta(days=400)).isoformat()) == 0
    assert "Hari itu belum tiba" in capsys.readouterr().out


def test_without_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert at(make_workspace(tmp_path / "w"), "2024-06-30") == 0
    assert "Belum ada edisi di arsip" in capsys.readouterr().out


def test_content_that_nobody_can_read_today_is_no_obstacle(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "content/instansi.yaml").write_text("nama: [")
    assert len(told(root, "2024-02-01", capsys)["sop"]) == 2


def test_bundles_are_handed_out_byte_for_byte(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "auditor" / "berkas"
    assert at(root, "2025-02-01", "--out", str(out)) == 0
    said = capsys.readouterr().out
    for number, year in ((0, 2024), (1, 2025)):
        folder = root / f"arsip/{year}/edisi-{number}"
        copied = out / f"bundel-ttd-edisi-{number}.pdf"
        assert copied.read_bytes() == (folder / "bundel-ttd.pdf").read_bytes()
        assert (out / f"manifest-edisi-{number}.json").read_bytes() == (folder / "manifest.json").read_bytes()
        for text in (said, (out / "daftar.txt").read_text(encoding="utf-8")):
            assert f"sopdocs verify --expect manifest-edisi-{number}.json bundel-ttd-edisi-{number}.pdf" in text
            assert sha256(copied.read_bytes()) in text
    record = json.loads((out / "daftar.json").read_bytes())
    assert record == told(root, "2025-02-01", capsys)
    assert "Surat Keluar (nomor 001/CONTOH/2024)" in (out / "daftar.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["a file in it", "a file"])
def test_nothing_is_overwritten(kind: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "sudah"
    path = out if kind == "a file" else out / "bundel-ttd-edisi-0.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"milik orang")
    assert at(root, "2024-02-01", "--out", str(out)) == 2
    assert "tidak ada yang ditimpa" in capsys.readouterr().err
    assert path.read_bytes() == b"milik orang"
    assert list(out.parent.rglob("daftar*")) == []


def test_nothing_in_force_gives_no_folder(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert at(root, "2020-01-01", "--out", str(tmp_path / "kosong")) == 2
    assert "Tidak ada bundel yang berlaku" in capsys.readouterr().err
    assert not (tmp_path / "kosong").exists()


def test_a_damaged_archive_says_so_and_gives_what_is_sound(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "arsip/2025/edisi-1/bundel-ttd.pdf").write_bytes(b"lain")
    assert at(root, "2025-07-01", "--out", str(tmp_path / "x")) == 1
    both = capsys.readouterr()
    assert "SOP213" in both.err
    assert "Arsip tidak utuh: daftar ini mungkin tidak lengkap" in both.out
    assert not json.loads((tmp_path / "x/daftar.json").read_bytes())["utuh"]
    assert not (tmp_path / "x/bundel-ttd-edisi-1.pdf").exists()


def test_an_edition_that_was_entered_afterwards_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "arsip/2026/edisi-2/edisi.json"
    path.write_text(path.read_text().replace('"dicatat": "2026-01-05"', '"dicatat": "2026-03-05"'))
    assert any("dicatat kemudian pada 5 Maret 2026" in note for note in told(root, "2026-02-01", capsys)["catatan"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-30", date(2024, 6, 30)),
        ("30 Juni 2024", date(2024, 6, 30)),
        (" 1  agustus  2024 ", date(2024, 8, 1)),
        ("5 Des 2024", date(2024, 12, 5)),
        ("29 Februari 2024", date(2024, 2, 29)),
    ],
)
def test_days_as_people_write_them(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["", "30/06/2024", "30 June 2024", "2024-6-30", "2024-02-30", "30 Februari 2024", "x"])
def test_other_days_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_day(text)
    assert "2024-06-30" in caught.value.advice
