"""`sopdocs report waktu`: the table, the data, and what is told about times on the way."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sopdocs.cli import run

from ..workspaces import edit, make_workspace

_LAST = "- Waktu: 5 menit\n- Output: surat masuk tersimpan"


def _office(root: Path) -> Path:
    """`surat-masuk` of 5 menit, 5 menit, 1,5–2 hari kerja, and a second procedure of 1 jam 20 menit."""
    make_workspace(root)
    edit(root, "surat-masuk", _LAST, _LAST.replace("5 menit", "1,5–2 hari kerja") + _SECOND)
    return root


_SECOND = """

## Prosedur: Pengarsipan

### 1. Menyusun arsip
- Pelaksana: umum & kepala
- Syarat: -
- Waktu: 1 jam
- Output: -

### 2. Menyimpan arsip
- Pelaksana: umum
- Syarat: -
- Waktu: 20 menit
- Output: -
"""


def test_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(_office(tmp_path)), "report", "waktu", "surat-masuk"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    assert lines[:11] == [
        "Surat Masuk (surat-masuk)",
        "Prosedur Langkah Tercepat Terlama Putaran",
        "Prosedur 1 3 1,5 hari kerja + 10 menit (langkah 1–3) 2 hari kerja + 10 menit (langkah 1–3) "
        "langkah 1–2, kembali dari langkah 2 ke 1",
        "Pengarsipan 2 1 jam 20 menit (langkah 1–2) 1 jam 20 menit (langkah 1–2) tidak ada",
        "Jumlah 5 1,5 hari kerja + 1 jam 30 menit 2 hari kerja + 1 jam 30 menit",
        "",
        "Pelaksana Langkah Waktu",
        # 5 menit, 1,5–2 hari kerja, 1 jam, 20 menit
        "Umum 4 1,5 hari kerja + 1 jam 25 menit sampai 2 hari kerja + 1 jam 25 menit",
        # 5 menit, 1 jam
        "Kepala 2 1 jam 5 menit",
        "",
        "Tercepat dan terlama: langkah dalam kurung dijumlahkan; cabang paralel berjalan bersamaan, yang paling lama "
        "dihitung. Putaran dihitung sekali.",
    ]


def test_every_sop_without_a_slug(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(_office(tmp_path)), "report", "waktu"]) == 0
    out = capsys.readouterr().out
    assert out.index("Surat Keluar (surat-keluar)") < out.index("Surat Masuk (surat-masuk)")


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(_office(tmp_path)), "report", "waktu", "surat-masuk", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["format"] == "sopdocs-waktu/1"
    (sop,) = record["sop"]
    assert (sop["slug"], sop["nama"]) == ("surat-masuk", "Surat Masuk")
    text = "1,5 hari kerja + 1 jam 30 menit"
    assert sop["tercepat"] == {"bulan": 0, "hari": 0, "hari_kerja": 1.5, "menit": 90, "teks": text}
    first, second = sop["prosedur"]
    assert first["terlama"]["jumlah"]["hari_kerja"] == 2
    assert first["terlama"]["langkah"] == [1, 2, 3]
    (loop,) = first["putaran"]
    assert (loop["langkah"], loop["kembali"]) == ([1, 2], [{"dari": 2, "ke": 1}])
    assert (second["judul"], second["langkah"], second["putaran"]) == ("Pengarsipan", 2, [])
    assert [(lane["pelaksana"], lane["langkah"]) for lane in sop["pelaksana"]] == [("umum", 4), ("kepala", 2)]


def test_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(_office(tmp_path)), "report", "waktu", "surat-masuk", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    kinds = [(row["prosedur"], row["jenis"], row["pelaksana"]) for row in rows]
    assert kinds[:7] == [
        ("", "tercepat", ""),
        ("", "terlama", ""),
        ("", "putaran", ""),
        ("", "paling_singkat", "umum"),
        ("", "paling_lama", "umum"),
        ("", "paling_singkat", "kepala"),
        ("", "paling_lama", "kepala"),
    ]
    assert (rows[1]["hari_kerja"], rows[1]["menit"], rows[1]["langkah"], rows[1]["tanpa_waktu"]) == (
        "2",
        "10",
        "1–3",
        "0",
    )
    assert rows[2]["teks"] == "langkah 1–2, kembali dari langkah 2 ke 1"
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize(
    ("time", "code"),
    [('"segera"', "SOP143"), ("2 bulan", "SOP144"), ("± 1 jam", "SOP048"), ('"± 1 jam"', "SOP143")],
)
def test_wrong_times_are_told_beside_the_table(
    time: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_workspace(tmp_path)
    edit(tmp_path, "surat-masuk", _LAST, _LAST.replace("5 menit", time))
    assert run(["-C", str(tmp_path), "report", "waktu", "surat-masuk"]) == 0
    told = capsys.readouterr()
    codes = [line.split()[2] for line in told.err.splitlines() if line.startswith("content/sop/surat-masuk.md:46:")]
    assert codes == [code]
    assert ("1 langkah tanpa waktu" in told.out) == (time != "2 bulan")
    assert ("Isi content/ masih memuat 1 galat; jumlah di sini dapat keliru" in told.err) == (code == "SOP048")
    assert run(["-C", str(tmp_path), "report", "waktu", "surat-keluar"]) == 0
    assert code not in capsys.readouterr().err


def test_a_flow_without_a_way_to_the_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_workspace(tmp_path)
    edit(tmp_path, "surat-masuk", _LAST, f"{_LAST}\n- Alur: 1")
    for form in ("text", "json", "csv"):
        assert run(["-C", str(tmp_path), "report", "waktu", "surat-masuk", "--format", form]) == 0
        told = capsys.readouterr()
        assert ("null" if form == "json" else "tidak ada jalan dari mulai sampai selesai") in told.out
        assert "sopdocs check" in told.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["waktu", "surat-hilang"], 2, "SOP “surat-hilang” tidak ada atau tidak terbaca"),
        (["waktu", "--format", "xml"], 2, "'xml' bukan salah satu dari"),
        (["wkt"], 2, "Perintah 'wkt' tidak ada. Maksud Anda 'waktu'?"),
    ],
)
def test_a_wrong_call(
    arguments: list[str], code: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(make_workspace(tmp_path)), "report", *arguments]) == code
    assert told in capsys.readouterr().err


def test_a_folder_without_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "report", "waktu"]) == 1
    assert "Folder content/ tidak ada" in capsys.readouterr().err


def test_help_in_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "waktu", "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Cara pakai: sopdocs report waktu [PILIHAN] [SLUG]...")
    assert "Contoh:" in text
