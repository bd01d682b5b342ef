"""The register, in the bundle and as a workbook."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sopdocs.content import read_workspace
from sopdocs.engine.manifest import Manifest, SheetEntry
from sopdocs.engine.register import ended_entries, register_entries, register_tables, register_workbook
from sopdocs.model import Status, Workspace

from ..workspaces import edit, make_workspace

MONITORED = "- {tanggal: 2024-06-01, penilai: Ani, langkah: [{nomor: 1, berjalan: ya}, {nomor: 2, berjalan: tidak}]}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two SOPs, one of them monitored."""
    make_workspace(tmp_path)
    office = tmp_path / "content/instansi.yaml"
    text = office.read_text(encoding="utf-8").replace("SOP116: {tingkat: mati}", "SOP116: {bulan: 3}")
    office.write_text(text, encoding="utf-8")
    (tmp_path / "content/monitoring").mkdir()
    (tmp_path / "content/monitoring/surat-masuk.yaml").write_text(MONITORED, encoding="utf-8")
    found = read_workspace(tmp_path).workspace
    assert found is not None
    return found


def workbook(workspace: Workspace) -> bytes:
    """The register as a build writes it."""
    sops = [workspace.sop[slug] for slug in workspace.bundel.sop]
    sheets = {sop.slug: SheetEntry(sop.slug, sop.nama, sop.nomor, 2, ()) for sop in sops}
    listed = register_entries(sops, workspace, replace(Manifest({}, {}), sop=sheets))
    tables = register_tables(listed, ended_entries(workspace), workspace)
    return register_workbook(tables, workspace, date(2024, 7, 1))


def rows(data: bytes, name: str = "Register SOP") -> list[dict[str, Any]]:
    """The lines of a sheet by the titles of its columns."""
    sheet: Any = load_workbook(io.BytesIO(data))[name]
    head, *found = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [dict(zip(head, row, strict=True)) for row in found]


def test_each_sop_of_the_bundle_has_a_line(workspace: Workspace) -> None:
    one, two = rows(workbook(workspace))
    assert one["Berkas"] == "surat-keluar"
    assert two == {
        "No": 2,
        "Nomor SOP": "002/CONTOH/2024",
        "Nama SOP": "Surat Masuk",
        "Revisi ke": 0,
        "Pembuatan": datetime(2024, 1, 2),
        "Revisi": None,
        "Pengesahan": datetime(2024, 1, 3),
        "Efektif": None,
        "Status lembar": "Disahkan",
        "Jabatan pengesah": "Camat Contoh Jaya",
        "Nama pengesah": "Budi Contoh, S.Contoh.",
        "Halaman": 2,
        "Waktu total": two["Waktu total"],
        "Terakhir dipantau": datetime(2024, 6, 1),
        "Hasil pemantauan": "1 langkah baik, 1 tidak",
        "Pemantauan berikutnya": datetime(2024, 9, 1),
        "Evaluasi berikutnya": None,
        "Berkas": "surat-masuk",
    }
    assert "15 menit" in two["Waktu total"]


def test_that_an_sop_was_issued_changes_no_byte(workspace: Workspace) -> None:
    issued = {slug: replace(sop, status=Status.BERLAKU) for slug, sop in workspace.sop.items()}
    assert workbook(replace(workspace, sop=issued)) == workbook(workspace)


def test_a_later_day_without_result_stands_without_one(workspace: Workspace, tmp_path: Path) -> None:
    edit(tmp_path, "surat-masuk", "pengesah:", "pemantauan: 2024-06-30\npengesah:")
    again = read_workspace(tmp_path).workspace
    assert again is not None
    _, two = rows(workbook(again))
    assert (two["Terakhir dipantau"], two["Hasil pemantauan"]) == (datetime(2024, 6, 30), None)


def test_ended_sops_have_a_sheet_of_their_own_the_last_first(workspace: Workspace) -> None:
    keluar, masuk = workspace.sop["surat-keluar"], workspace.sop["surat-masuk"]
    revoked = replace(keluar, slug="a", nama="Lama A", status=Status.DICABUT, pencabutan=date(2023, 1, 1))
    replaced = replace(masuk, slug="b", nama="Lama B", status=Status.DIGANTIKAN, pencabutan=date(2024, 1, 1))
    replaced = replace(replaced, pengganti="surat-masuk")
    found = rows(workbook(replace(workspace, sop={**workspace.sop, "a": revoked, "b": replaced})), "Tidak berlaku lagi")
    assert [(each["Nama SOP"], each["Status"], each["Sejak"], each["Pengganti"]) for each in found] == [
        ("Lama B", "digantikan", datetime(2024, 1, 1), "Surat Masuk"),
        ("Lama A", "dicabut", datetime(2023, 1, 1), None),
    ]
