"""How `sopdocs build` tells what it does: to programs, to people who want to hear little, and to developers."""

from __future__ import annotations

import json
import pstats
from pathlib import Path
from typing import Any

import pytest

from sopdocs.cli import run
from sopdocs.engine.files import exclusive

from ..workspaces import edit
from .test_build import OUTPUTS

TOLD = {f"build/{name}" for name in OUTPUTS - {"manifest.json"}}
SHEET = {"build/sop/surat-masuk.docx", "build/sop/surat-masuk.pdf"}


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Standard output, which must be JSON line by line."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_programs_hear_of_every_output_and_of_the_end(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    capsys.readouterr()
    assert run(["-C", str(copy), "build", "--json"]) == 0
    *events, end = records(capsys)
    told = [event for event in events if "berkas" in event]
    assert sorted(event["berkas"] for event in told) == sorted(TOLD)
    made = {event["berkas"] for event in told if event["kejadian"] == "dibuat"}
    assert made == {*SHEET, "build/bundel.pdf", "build/bundel-ttd.pdf"}
    assert all(event["sebab"] for event in told)
    assert {"kejadian": "keterangan", "teks": f"Selesai: {copy / 'build' / 'bundel-ttd.pdf'}"} in events
    assert (end["kejadian"], end["kode"]) == ("selesai", 0)
    assert end["jumlah"] == {"dibuat": 4, "tetap": len(TOLD) - 4, "dari simpanan": 0, "gagal": 0, "diarsipkan": 0}
    assert {"membaca", "menata", "mencetak", "memeriksa hasil", "menggabung", "menyegel"} <= end["tahap"].keys()
    assert all(seconds >= 0 for seconds in [end["detik"], *end["tahap"].values()])


def test_programs_hear_of_a_failure(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with exclusive(copy / "build"):
        assert run(["-C", str(copy), "build", "--json"]) == 2
    told = capsys.readouterr()
    (end,) = map(json.loads, told.out.splitlines())
    assert (end["kejadian"], end["kode"]) == ("selesai", 2)
    assert "Folder build/ sedang dipakai proses lain (proses " in told.err


def test_nothing_is_summed_up_when_nothing_was_begun(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with exclusive(copy / "build"):
        assert run(["-C", str(copy), "build"]) == 2
    assert "berkas dibuat" not in capsys.readouterr().err


def test_the_end_is_summed_up_for_people(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    capsys.readouterr()
    assert run(["-C", str(copy), "build"]) == 0
    *told, count, times = capsys.readouterr().err.splitlines()
    assert count.startswith(f"4 berkas dibuat, {len(TOLD) - 4} tetap, dalam ")
    assert times.startswith("Waktu per tahap, dijumlahkan atas semua pekerja: ")
    assert not [line for line in told if line.startswith("tetap")]


def test_quiet_tells_findings_and_failures_only(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    capsys.readouterr()
    assert run(["-C", str(copy), "build", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    edit(copy, "surat-masuk", "- Waktu: 5 menit", "- Waktu: sebentar")
    assert run(["-C", str(copy), "build", "--quiet"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert {line.split()[2] for line in told.err.splitlines()} == {"SOP048"}
    edit(copy, "surat-masuk", "- Waktu: sebentar", "- Waktu: 5 menit")
    with exclusive(copy / "build"):
        assert run(["-C", str(copy), "build", "--quiet"]) == 2
    assert "Galat: Folder build/ sedang dipakai" in capsys.readouterr().err


@pytest.mark.parametrize("workers", [(), ("--workers", "2")])
def test_what_functions_took_is_written_wherever_they_ran(copy: Path, tmp_path: Path, workers: tuple[str, ...]) -> None:
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    path = tmp_path / "waktu.prof"
    assert run(["-C", str(copy), "build", "--profile", str(path), *workers]) == 0
    timed: dict[tuple[str, int, str], Any] = pstats.Stats(str(path)).stats  # type: ignore[attr-defined]
    assert "make_sheet" in {name for _, _, name in timed}
