"""When an SOP is due again, and what a monitoring may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.content import read_workspace
from sopdocs.model import Status, Workspace
from sopdocs.rules import Jadwal, check_workspace, schedule
from sopdocs.rules.berkala import due, overdue

from ..workspaces import edit, make_workspace

DAYS = st.dates(date(1999, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("last", "months", "expected"),
    [
        (date(2024, 1, 3), 6, date(2024, 7, 3)),
        (date(2024, 8, 31), 6, date(2025, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 12, 31), 2, date(2025, 3, 1)),
        (date(2024, 10, 31), 1, date(2024, 12, 1)),
        (date(2024, 5, 5), 0, date(2024, 5, 5)),
        (date(9999, 1, 1), 12, None),
        (date(2024, 1, 1), 999_999_999, None),
    ],
)
def test_whole_months(last: date, months: int, expected: date | None) -> None:
    assert due(last, months) == expected


@given(DAYS, DAYS, st.integers(0, 40))
def test_what_is_due_is_overdue_from_that_day_on(last: date, today: date, months: int) -> None:
    passed = (today.year - last.year) * 12 + today.month - last.month - (today.day < last.day)
    expected = last if last <= today and passed >= months else None
    assert overdue(today, months, (last, None)) == expected


def read(root: Path) -> Workspace:
    found = read_workspace(root).workspace
    assert found is not None
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two SOPs signed on 3 January 2024, with periods of two and twelve months."""
    make_workspace(tmp_path)
    office = tmp_path / "content/instansi.yaml"
    text = office.read_text(encoding="utf-8")
    text = text.replace("SOP114: {tingkat: mati}", "SOP114: {bulan: 12}")
    office.write_text(text.replace("SOP116: {tingkat: mati}", "SOP116: {bulan: 2}"), encoding="utf-8")
    return tmp_path


SIGNED = "pengesahan: 2024-01-03\n"


@pytest.mark.parametrize(
    ("dates", "on_the_day", "always"),
    [
        ("", ("2024-03-03", "2025-01-03"), ("2024-03-03", "2025-01-03")),
        ("pemantauan: 2024-03-01\n", ("2024-05-01", "2025-01-03"), ("2024-05-01", "2025-01-03")),
        ("evaluasi: 2024-04-01\n", ("2024-06-01", "2025-04-01"), ("2024-06-01", "2025-04-01")),
        # A revision that is planned, and one that is logged.
        ("revisi: 2025-06-01\n", ("2024-03-03", "2025-01-03"), ("2024-03-03", "2025-01-03")),
    ],
)
def test_the_next_days_of_an_sop(dates: str, on_the_day: tuple[str, str], always: tuple[str, str], root: Path) -> None:
    edit(root, "surat-masuk", SIGNED, SIGNED + dates)
    workspace = read(root)
    sop = workspace.sop["surat-masuk"]
    for today, days in ((date(2024, 6, 1), on_the_day), (None, always)):
        assert schedule(sop, workspace, today) == Jadwal(*map(date.fromisoformat, days))


def test_a_logged_revision_counts_on_any_day(root: Path) -> None:
    edit(root, "surat-masuk", SIGNED, SIGNED + "revisi: 2024-05-01\n")
    log = "## Riwayat Revisi\n| Revisi | Tanggal | Uraian | Alasan |\n|---|---|---|---|\n| 1 | 2024-05-01 | x | y |\n"
    edit(root, "surat-masuk", "## Prosedur\n", f"{log}\n## Prosedur\n")
    workspace = read(root)
    for today in (None, date(2024, 6, 1)):
        assert schedule(workspace.sop["surat-masuk"], workspace, today).pemantauan == date(2024, 7, 1)


def test_the_schedule_and_the_rules_agree_on_every_day_around(root: Path) -> None:
    workspace = read(root)
    sop = workspace.sop["surat-masuk"]
    for day, expected in ((date(2024, 3, 2), set[str]()), (date(2024, 3, 3), {"SOP116"})):
        path = sop.at("").path
        found = {f.code for f in check_workspace(workspace, day) if f.span.path == path} & {"SOP114", "SOP116"}
        assert found == expected
        assert (schedule(sop, workspace, day).pemantauan == date(2024, 3, 3)) is True


def test_nothing_is_due_without_a_day_without_the_rule_or_after_the_end(root: Path, tmp_path: Path) -> None:
    edit(root, "surat-keluar", SIGNED, "")
    workspace = read(root)
    assert schedule(workspace.sop["surat-keluar"], workspace) == Jadwal()
    ended = workspace.sop["surat-masuk"]
    assert schedule(replace(ended, status=Status.DICABUT), workspace) == Jadwal()
    office = tmp_path / "content/instansi.yaml"
    office.write_text(office.read_text(encoding="utf-8").replace("{bulan: 2}", "{tingkat: mati}"), encoding="utf-8")
    workspace = read(root)
    assert schedule(workspace.sop["surat-masuk"], workspace) == Jadwal(None, date(2025, 1, 3))


def test_a_monitoring_before_the_last_revision_may_name_steps_that_are_gone(root: Path) -> None:
    (root / "content/monitoring").mkdir()
    text = "- {tanggal: 2024-0%d-01, penilai: A, langkah: [{nomor: 9, berjalan: ya}]}\n"
    path = root / "content/monitoring/surat-masuk.yaml"
    for month, expected in ((2, ["SOP225", "SOP221"]), (1, [])):
        path.write_text(text % month, encoding="utf-8")
        found = [f.code for f in check_workspace(read(root), date(2024, 2, 10)) if "monitoring" in f.span.path]
        assert found == expected
