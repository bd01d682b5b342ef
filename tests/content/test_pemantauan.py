"""content/monitoring/: results of monitoring, what they count for, and the entry that a person fills in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.content import Reading, read_workspace
from sopdocs.content.pemantauan import entry_text
from sopdocs.model import HasilLangkah, Pemantauan, Sop, terakhir

from .offices import make_offices
from .workspaces import FRONT, codes, make_workspace

STEPS = "## Prosedur\n\n### 1. Menerima surat\n- Pelaksana: umum\n\n### 2. Mencatat surat\n- Pelaksana: kepala\n"
TWO = STEPS.replace("Prosedur\n", "Prosedur: Masuk\n", 1) + STEPS.replace("Prosedur\n", "Prosedur: Keluar\n", 1)
DONE = "{nomor: 1, berjalan: ya}, {nomor: 2, berjalan: tidak, catatan: Lupa, tindakan: Dibuat daftar}"


def read(root: Path, text: str, sop: str = FRONT + STEPS) -> Reading:
    make_workspace(root, sop)
    (root / "content/monitoring").mkdir()
    (root / "content/monitoring/kasus.yaml").write_text(text, encoding="utf-8")
    return read_workspace(root)


def monitored(reading: Reading) -> tuple[Sop, tuple[Pemantauan, ...]]:
    assert reading.workspace is not None
    return reading.workspace.sop["kasus"], reading.workspace.pemantauan.get("kasus", ())


def test_an_entry_is_read_with_every_key(tmp_path: Path) -> None:
    text = f"- tanggal: 2024-07-01\n  penilai: Ani Contoh\n  catatan: Umumnya baik\n  langkah: [{DONE}]\n"
    reading = read(tmp_path, text)
    sop, (entry,) = monitored(reading)
    assert reading.findings == ()
    steps = (HasilLangkah(1, 1, True), HasilLangkah(2, 1, False, "Lupa", "Dibuat daftar"))
    assert entry == Pemantauan(date(2024, 7, 1), "Ani Contoh", steps, "Umumnya baik")
    assert (entry.teks, entry.selesai) == ("1 langkah baik, 1 tidak", True)
    assert sop.pemantauan == date(2024, 7, 1)
    assert str(entry.langkah[1].span) == "content/monitoring/kasus.yaml:4:47"


@pytest.mark.parametrize(
    ("written", "entries", "counts"),
    [
        ("null", "- {tanggal: 2024-07-01, penilai: A, langkah: [{nomor: 1, berjalan: ya}]}", date(2024, 7, 1)),
        ("2024-03-01", "- {tanggal: 2024-07-01, penilai: A, langkah: [{nomor: 1, berjalan: ya}]}", date(2024, 7, 1)),
        ("2024-09-01", "- {tanggal: 2024-07-01, penilai: A, langkah: [{nomor: 1, berjalan: ya}]}", date(2024, 9, 1)),
        ("null", "- {tanggal: 2024-07-01, penilai: null, langkah: [{nomor: 1, berjalan: ya}]}", None),
        ("null", "- {tanggal: 2024-07-01, penilai: A, langkah: [{nomor: 1, berjalan: null}]}", None),
        ("null", "- {tanggal: 2024-07-01, penilai: A}", None),
    ],
    ids=["missing", "older", "newer", "no assessor", "open step", "no steps"],
)
def test_the_last_filled_in_entry_is_the_day_of_monitoring(
    written: str, entries: str, counts: date | None, tmp_path: Path
) -> None:
    front = FRONT.replace("nama: Kasus\n", f"nama: Kasus\npemantauan: {written}\n")
    sop, _ = monitored(read(tmp_path, entries, front + STEPS))
    assert sop.pemantauan == counts


def test_of_two_on_one_day_the_later_one_counts() -> None:
    def entry(day: int, who: str, *, goes: bool | None = True) -> Pemantauan:
        return Pemantauan(date(2024, 7, day), who, (HasilLangkah(1, berjalan=goes),))

    one, two = entry(1, "Ani"), entry(1, "Budi")
    assert terakhir((one, two, entry(5, "Cici", goes=None), entry(3, ""))) == two
    assert terakhir(()) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- {penilai: A}", ["SOP013 @ kasus.yaml:1:3"]),
        ("- {tanggal: 1 Juli 2024, penilai: A}", ["SOP014 @ kasus.yaml:1:13"]),
        ("- {tanggal: 2024-07-01, langkah: [{berjalan: ya}]}", ["SOP013 @ kasus.yaml:1:35"]),
        ("- {tanggal: 2024-07-01, langkah: [{nomor: 1, berjalan: sering}]}", ["SOP014 @ kasus.yaml:1:56"]),
        ("- {tanggal: 2024-07-01, penillai: A}", ["SOP012 @ kasus.yaml:1:25"]),
        ("- tanggal: [", ["SOP010 @ kasus.yaml:1:13"]),
        ("- surat", ["SOP014 @ kasus.yaml:1:3"]),
        ("", []),
    ],
)
def test_what_cannot_be_read_is_told_by_its_place(text: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(read(tmp_path, text).findings) == expected


def test_neither_ya_nor_tidak_is_no_judgement(tmp_path: Path) -> None:
    _, (entry,) = monitored(
        read(tmp_path, "- {tanggal: 2024-07-01, penilai: A, langkah: [{nomor: 1, berjalan: sering}]}")
    )
    assert entry.langkah[0].berjalan is None


@pytest.mark.parametrize("steps", [STEPS, TWO], ids=["one procedure", "two procedures"])
def test_the_entry_to_be_filled_in_names_every_step_and_counts_when_it_is(steps: str, tmp_path: Path) -> None:
    sop, _ = monitored(read(tmp_path / "a", "[]\n", FRONT + steps))
    text = entry_text(sop, date(2024, 7, 1), first=True)
    assert text.count("Menerima surat") == len(sop.prosedur)
    reading = read(tmp_path / "b", text + entry_text(sop, date(2024, 8, 1), first=False), FRONT + steps)
    assert reading.findings == ()
    sop, (one, two) = monitored(reading)
    expected = [(n, step.nomor) for n, each in enumerate(sop.prosedur, 1) for step in each.langkah]
    assert [(each.prosedur, each.nomor) for each in one.langkah] == expected
    assert (one.tanggal, two.tanggal, sop.pemantauan) == (date(2024, 7, 1), date(2024, 8, 1), None)
    filled = text.replace("penilai: null", "penilai: Ani Contoh").replace("berjalan: null", "berjalan: ya")
    sop, (entry,) = monitored(read(tmp_path / "c", filled, FRONT + steps))
    assert (entry.selesai, sop.pemantauan) == (True, date(2024, 7, 1))


def test_an_office_monitors_for_itself(tmp_path: Path) -> None:
    root = make_offices(tmp_path)
    for home in ("content", "instansi/kec-batu"):
        (root / home / "monitoring").mkdir()
    text = "- {{tanggal: 2024-0{}-01, penilai: A, langkah: [{{nomor: 1, berjalan: ya}}]}}\n"
    (root / "content/monitoring/surat-masuk.yaml").write_text(text.format(8))
    (root / "instansi/kec-batu/monitoring/surat-masuk.yaml").write_text(text.format(7))
    days = {}
    for office in ("kec-angin", "kec-batu"):
        workspace = read_workspace(root, office=office).workspace
        assert workspace is not None
        days[office] = workspace.sop["surat-masuk"].pemantauan
    assert days == {"kec-angin": None, "kec-batu": date(2024, 7, 1)}
