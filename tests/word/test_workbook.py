"""The workbook for the office: read back, and the same bytes again."""

from __future__ import annotations

import io
import time
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sopdocs.model import Kertas
from sopdocs.word import Table, TableColumn, make_workbook

TABLE = Table(
    "Register SOP",
    (TableColumn("Nama SOP", 40), TableColumn("Revisi", 12), TableColumn("Halaman", 9)),
    (("Surat & \x0b<b>", date(2024, 5, 6), 3), ("=1+1", None, 0), ("@x", date(2024, 1, 2), 12)),
)


def sheet(data: bytes) -> Worksheet:
    found = load_workbook(io.BytesIO(data))["Register SOP"]
    assert isinstance(found, Worksheet)
    return found


def test_values_come_back_as_what_they_are() -> None:
    found = sheet(make_workbook((TABLE,), "Register A & B", Kertas.F4, date(2024, 5, 6)))
    rows = [[cell.value for cell in row] for row in found.iter_rows()]
    assert rows == [
        ["Nama SOP", "Revisi", "Halaman"],
        ["Surat & \ufffd<b>", datetime(2024, 5, 6), 3],
        ["=1+1", None, 0],
        ["@x", datetime(2024, 1, 2), 12],
    ]
    assert [row[0].data_type for row in found.iter_rows(min_row=2)] == ["s", "s", "s"]
    assert found["B2"].number_format == "dd-mm-yyyy"


def test_it_can_be_read_filtered_and_printed() -> None:
    found = sheet(make_workbook((TABLE,), "Register A & B", Kertas.A4, None))
    assert (found.freeze_panes, found.auto_filter.ref, found.print_title_rows) == ("A2", "A1:C4", "$1:$1")
    setup = found.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert found.sheet_properties.pageSetUpPr is not None
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert found.column_dimensions["A"].width == 40


def test_the_same_bytes_at_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_workbook((TABLE,), "Register", Kertas.F4, date(2024, 5, 6))
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((2031, 2, 3, 4, 5, 6, 0, 34, 0)))
    time.sleep(1.1)  # the library writes whole seconds into docProps
    assert make_workbook((TABLE,), "Register", Kertas.F4, date(2024, 5, 6)) == first
    assert make_workbook((TABLE,), "Register", Kertas.F4, date(2024, 5, 7)) != first
