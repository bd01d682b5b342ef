"""`sopdocs status`: what it says of each SOP, what is due, and the forms it comes in."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from sopdocs.cli import run
from sopdocs.cli.status import Wish, status
from sopdocs.errors import UsageError
from sopdocs.model import Place

from ..content.archives import add_edition, ended, entries
from ..content.offices import make_offices
from ..workspaces import SOP, edit, make_workspace

TODAY = date(2024, 7, 10)
MONITORED = """- tanggal: 2024-06-01
  penilai: Ani Contoh
  langkah:
    - {nomor: 1, berjalan: ya}
    - {nomor: 2, berjalan: ya}
    - {nomor: 3, berjalan: tidak, tindakan: Disediakan lemari}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two SOPs signed on 3 January 2024 and issued twice, the one for outgoing letters monitored; a revoked one."""
    make_workspace(tmp_path)
    office = tmp_path / "content/instansi.yaml"
    text = office.read_text(encoding="utf-8")
    for code in ("SOP114", "SOP116"):
        text = text.replace(f"{code}: {{tingkat: mati}}", f"{code}: {{tingkat: catatan}}")
    office.write_text(text, encoding="utf-8")
    for slug in ("surat-keluar", "surat-masuk"):
        edit(tmp_path, slug, "pengesah:", "status: berlaku\npengesah:")
    (tmp_path / "content/monitoring").mkdir()
    (tmp_path / "content/monitoring/surat-keluar.yaml").write_text(MONITORED, encoding="utf-8")
    add_edition(Place(tmp_path), date(2024, 1, 5))
    old = SOP.format(nomor="003/CONTOH/2024", nama="Surat Lama", benda="surat lama")
    (tmp_path / "content/sop/surat-lama.md").write_text(old, encoding="utf-8")
    last = add_edition(Place(tmp_path), date(2024, 2, 5))
    assert last.name == "edisi-1"
    gone = "status: digantikan\npencabutan: 2024-03-01\npengganti: surat-masuk\n"
    edit(tmp_path, "surat-lama", "pengesah:", f"{gone}pengesah:")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], root: Path, **wish: Any) -> str:
    assert status(Place(root), Wish(**wish), TODAY) == 0
    return capsys.readouterr().out


def test_json_says_everything(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, root, form="json"))
    assert (found["format"], found["tanggal"], found["sampai"]) == ("sopdocs-status/1", "2024-07-10", None)
    one, two, gone = found["sop"]
    assert one == {
        "slug": "surat-keluar",
        "nama": "Surat Keluar",
        "nomor": "001/CONTOH/2024",
        "status": "berlaku",
        "revisi_ke": 0,
        "edisi": 1,
        "terbit": "2024-02-05",
        "pembuatan": "2024-01-02",
        "revisi": None,
        "pengesahan": "2024-01-03",
        "efektif": None,
        "pencabutan": None,
        "pengganti": None,
        "pemantauan": "2024-06-01",
        "hasil_pemantauan": "2 langkah baik, 1 tidak",
        "evaluasi": None,
        "pemantauan_berikutnya": "2024-12-01",
        "evaluasi_berikutnya": "2025-01-03",
        "galat": 0,
        "peringatan": one["peringatan"],
        "perlu_konfirmasi": 0,
    }
    assert (two["slug"], two["pemantauan_berikutnya"], two["hasil_pemantauan"]) == ("surat-masuk", "2024-07-03", None)
    assert (gone["slug"], gone["status"], gone["pencabutan"]) == ("surat-lama", "digantikan", "2024-03-01")
    assert (gone["pengganti"], gone["edisi"], gone["pemantauan_berikutnya"]) == ("surat-masuk", 1, None)
    assert [(each["hari"], each["kegiatan"], each["slug"], each["sisa_hari"]) for each in found["jatuh_tempo"]] == [
        ("2024-07-03", "pemantauan", "surat-masuk", -7),
        ("2024-12-01", "pemantauan", "surat-keluar", 144),
        ("2025-01-03", "evaluasi", "surat-keluar", 177),
        ("2025-01-03", "evaluasi", "surat-masuk", 177),
    ]


def test_the_edition_is_the_last_one_that_held_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = entries(Place(root))
    add_edition(Place(root), date(2024, 4, 1), (one, ended(two, two.status.DICABUT, date(2024, 3, 1))))
    found = {each["slug"]: each["edisi"] for each in json.loads(told(capsys, root, form="json"))["sop"]}
    assert found == {"surat-keluar": 2, "surat-masuk": 1, "surat-lama": 1}


def test_findings_and_confirmations_are_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = json.loads(told(capsys, root, form="json"))["sop"][1]
    edit(root, "surat-masuk", "pengesah:", "efektif: 2023-01-01\nperlu_konfirmasi: [Satu, Dua]\npengesah:")
    after = json.loads(told(capsys, root, form="json"))["sop"][1]
    assert (before["galat"], after["galat"], after["perlu_konfirmasi"]) == (
        0,
        2,
        2,
    )  # and that it differs from what was issued


def test_the_table_fits_a_terminal_of_a_hundred_columns(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = told(capsys, root)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 100
    rows = [line.split() for line in text.splitlines()]
    assert rows[4][:7] == ["surat-masuk", "berlaku", "0", "edisi", "1", "2024-07-03", "2025-01-03"]
    assert "lewat" in rows[5]
    assert "3 SOP: 2 berlaku, 1 digantikan. 1 pemantauan atau evaluasi sudah jatuh tempo." in text


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("0", 1),
        ("30d", 1),
        ("144 hari", 2),
        ("143d", 1),
        ("20 minggu", 1),
        ("21w", 2),
        ("5m", 2),
        ("6 bulan", 4),
        ("9999m", 4),
        (" 6 BULAN ", 4),
    ],
)
def test_what_is_due(within: str, expected: int, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = list(csv.DictReader(io.StringIO(told(capsys, root, form="csv", within=within))))
    assert len(lines) == expected
    assert lines[0] == {
        "hari": "2024-07-03",
        "sisa_hari": "-7",
        "kegiatan": "pemantauan",
        "slug": "surat-masuk",
        "nama": "Surat Masuk",
    }


@pytest.mark.parametrize("within", ["", "30x", "-3d", "d", "30 d 2", "99999d"])
def test_a_period_that_cannot_be_read(within: str, root: Path) -> None:
    with pytest.raises(UsageError) as caught:
        status(Place(root), Wish(within=within), TODAY)
    assert "--due" in caught.value.message
    assert "30d" in caught.value.advice


def test_the_list_of_what_is_due_says_how_late_it_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, root, within="6m")
    assert [line.split()[:3] for line in text.splitlines()[1:3]] == [
        ["2024-07-03", "lewat", "7"],
        ["2024-12-01", "144", "hari"],
    ]
    assert text.splitlines()[-1] == "4 kegiatan sampai 2025-01-10, 1 di antaranya sudah jatuh tempo."
    assert "tidak ada pemantauan" in told(capsys, root, within="6m", slugs=("surat-lama",))


def test_one_sop_is_told_in_full(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, root, slugs=("surat-lama",))
    assert text.startswith("Surat Lama (surat-lama)\n")
    facts = {line[2:26].strip(): line[26:].strip() for line in text.splitlines()[1:]}
    assert facts["Tidak berlaku sejak"] == "2024-03-01"
    assert facts["Pengganti"] == "Surat Masuk"
    assert facts["Terbit terakhir"] == "edisi 1, 2024-02-05"


def test_an_unknown_sop(root: Path) -> None:
    with pytest.raises(UsageError, match="surat-masukk"):
        status(Place(root), Wish(("surat-masukk",)), TODAY)


def test_the_calendar_holds_a_day_for_each_thing_that_is_due(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, root, form="ics")
    calendar = Calendar.from_ical(text)
    events: list[Any] = calendar.walk("VEVENT")
    assert [(e.decoded("dtstart"), e.decoded("dtend"), str(e["summary"])) for e in events] == [
        (date(2024, 7, 3), date(2024, 7, 4), "Pemantauan SOP Surat Masuk"),
        (date(2024, 12, 1), date(2024, 12, 2), "Pemantauan SOP Surat Keluar"),
        (date(2025, 1, 3), date(2025, 1, 4), "Evaluasi SOP Surat Keluar"),
        (date(2025, 1, 3), date(2025, 1, 4), "Evaluasi SOP Surat Masuk"),
    ]
    assert len({str(event["uid"]) for event in events}) == 4
    assert {event.decoded("dtstamp") for event in events} == {datetime(2024, 7, 10, tzinfo=UTC)}
    assert "2024-06-01 (2 langkah baik, 1 tidak)" in str(events[1]["description"])
    assert told(capsys, root, form="ics") == text
    # After another monitoring it is the same event on another day.
    edit(root, "surat-masuk", "pengesah:", "pemantauan: 2024-07-05\npengesah:")
    later: list[Any] = Calendar.from_ical(told(capsys, root, form="ics")).walk("VEVENT")
    moved = next(event for event in later if str(event["uid"]) == str(events[0]["uid"]))
    assert (moved.decoded("dtstart"), str(moved["summary"])) == (date(2025, 1, 5), "Pemantauan SOP Surat Masuk")


def test_two_offices_have_other_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_offices(tmp_path)
    for path in (root / "content/sop").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        dated = text if "pengesahan:" in text else text.replace("pengesah:", "pengesahan: 2024-01-03\npengesah:", 1)
        path.write_text(dated, encoding="utf-8")
    for path in root.glob("instansi/*/instansi.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("SOP116: {tingkat: mati}", "SOP116: {tingkat: catatan}"), encoding="utf-8")
    found: list[set[str]] = []
    for office in ("kec-angin", "kec-batu"):
        assert status(Place(root, office), Wish(form="ics"), TODAY) == 0
        events: list[Any] = Calendar.from_ical(capsys.readouterr().out).walk("VEVENT")
        found.append({str(event["uid"]) for event in events})
    assert found[0]
    assert not found[0] & found[1]


def test_the_workbook_holds_dates_and_the_ended_sop(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "keluar" / "Register.XLSX"
    assert "Ditulis" in told(capsys, root, output=path)
    sheet: Any = load_workbook(path)["Register SOP"]
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [each["Berkas"] for each in found] == ["surat-keluar", "surat-masuk", "surat-lama"]
    assert found[0]["Pemantauan berikutnya"] == datetime(2024, 12, 1)
    assert (found[2]["Status"], found[2]["Pengganti"]) == ("digantikan", "Surat Masuk")


@pytest.mark.parametrize(
    ("form", "name", "message"),
    [
        ("xlsx", None, "tidak dapat ditampilkan"),
        (None, "register.txt", "hanya untuk layar"),
        ("table", "x.csv", "layar"),
    ],
)
def test_a_form_that_does_not_fit_the_file(form: str | None, name: str | None, message: str, root: Path) -> None:
    with pytest.raises(UsageError, match=message):
        status(Place(root), Wish(form=form, output=root / name if name else None), TODAY)
    assert not (root / "register.txt").exists()


def test_the_command_knows_its_options(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "register.csv"
    assert run(["-C", str(root), "status", "surat-masuk", "--due", "30000 hari", "--output", str(path)]) == 2
    assert run(["-C", str(root), "status", "surat-masuk", "--due", "9999 bulan", "--output", str(path)]) == 0
    assert path.read_text(encoding="utf-8").count("surat-masuk") == 2


def test_an_unreadable_workspace_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "status"]) == 1
    assert "Folder content/ tidak ada" in capsys.readouterr().err
