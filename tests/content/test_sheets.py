"""The two real sheets, as /content has them: the project's first duty."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.model import Severity, Sop, Workspace, same_regulation
from sopdocs.rules import check_workspace

from .workspaces import edges, shapes

ROOT = Path(__file__).parents[2]
FIRST = "pelaksanaan-pengukuran-kinerja"
SECOND = "pengumpulan-data-kinerja"


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    reading = read_workspace(ROOT)
    assert reading.findings == ()
    assert reading.workspace is not None
    return reading.workspace


def test_no_errors(workspace: Workspace) -> None:
    findings = check_workspace(workspace, date(2023, 6, 1))
    assert [finding for finding in findings if finding.severity is Severity.GALAT] == []
    assert {finding.code for finding in findings} == {
        "SOP101",
        "SOP107",
        "SOP111",
        "SOP118",
        "SOP138",
        "SOP140",
        "SOP168",
        "SOP170",
    }
    revoked = [finding for finding in findings if finding.code == "SOP111"]
    assert [(f.span.path, f.span.line, f.span.col) for f in revoked] == [(f"content/sop/{FIRST}.md", 23, 4)]


def test_the_office_and_its_official_are_entered_once(workspace: Workspace) -> None:
    assert workspace.instansi.nama == "Kecamatan Paringin Selatan"
    assert workspace.instansi.kop == ("KECAMATAN PARINGIN SELATAN", "KABUPATEN BALANGAN")
    assert (workspace.instansi.istilah.mutu_baku, workspace.instansi.istilah.syarat) == ("Baku Mutu", "Syarat")
    (official,) = workspace.pejabat.values()
    assert official.jabatan == "Camat Paringin Selatan"
    assert official.nama == "Renny Yudisthesia, S.I.P., M.I.P."
    assert official.nip == "19880619 200701 2 002"
    assert workspace.bundel.sop == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("slug", "nama"),
    [(FIRST, "Pelaksanaan Pengukuran Kinerja/Penilaian SKP"), (SECOND, "Pengumpulan Data Kinerja")],
)
def test_identity(slug: str, nama: str, workspace: Workspace) -> None:
    sop = workspace.sop[slug]
    assert (sop.nama, sop.nomor, sop.pengesah) == (nama, None, "camat")
    assert (sop.pembuatan, sop.revisi, sop.pengesahan, sop.efektif) == (
        date(2023, 1, 2),
        None,
        date(2023, 1, 2),
        None,
    )


@pytest.mark.parametrize(
    ("slug", "doubts"),
    [
        (FIRST, ["Nomor SOP", "Gelar", "NIP", "satu langkah mungkin hilang", "Penggandaan", "Kasubag"]),
        (FIRST, ["lajur diisi", "Keputusan (belah ketupat)", "PP 30/2019", "Tempat"]),
        (SECOND, ["Nomor SOP", "Gelar", "NIP", "Kasubag", "lajur diisi", "Keputusan"]),
    ],
)  # fmt: skip
def test_what_the_scan_does_not_say_is_listed_for_confirmation(
    slug: str, doubts: list[str], workspace: Workspace
) -> None:
    listed = workspace.sop[slug].perlu_konfirmasi
    for doubt in doubts:
        assert any(doubt in entry for entry in listed), doubt


def rows(sop: Sop) -> list[tuple[str, ...]]:
    (prosedur,) = sop.prosedur
    return [
        (s.uraian.text, s.syarat.text, s.waktu.text, s.output.text, s.keterangan.text) for s in prosedur.langkah
    ]  # fmt: skip


def test_steps_of_the_first_sheet(workspace: Workspace) -> None:
    form = "Formulir Kinerja"
    signed = f"{form} Yang Telah Ditandatangani"
    assert [row[0] for row in rows(workspace.sop[FIRST])] == [
        "Mengumpulkan data kinerja atas target yang telah ditetapkan",
        "Memeriksa dan mengecek data kinerja pegawai",
        "Pengentrian/penginputan kinerja atas penilaian sasaran kinerja pegawai",
        "Memvalidasi hasil inputan/memberikan penilaian atas kinerja pegawai",
        "Menandatangani dokumen pengukuran kinerja atas penilai kinerja pegawai yang telah disetujui",
        "Penggandaan Dokumen Pengukuran Kinerja",
        "Pengarsipan Dokumen Pengukuran kinerja atas penilaian kinerja pegawai",
    ]
    assert [row[1:] for row in rows(workspace.sop[FIRST])] == [
        (form, "2 Jam", form, "-"),
        (form, "2 Jam", f"{form} Yang Telah Diperiksa", "-"),
        (f"{form} Yang Telah Diperiksa", "1 Jam", f"{form} Yang Telah Diisi", "-"),
        (f"{form} Yang Telah Diisi", "1 Jam", f"{form} Yang Telah Divalidasi", "-"),
        (f"{form} Yang Telah Divalidasi", "1 Jam", signed, "-"),
        (signed, "1 Jam", f"{signed} dan Digandakan", "-"),
        (f"{signed} dan Digandakan", "15 Menit", f"{form} Telah di Arsipkan", "-"),
    ]


def test_steps_of_the_second_sheet(workspace: Workspace) -> None:
    plan = "Perjanjian Kinerja dan Rencana Aksi"
    sheet = "Perjanjian Kinerja, Rencana Aksi dan Lembar Disposisi"
    quarter, half = "Draft Laporan Kinerja Triwulan", "Draft Laporan Kinerja Semesteran"
    final = "Laporan Kinerja Semesteran"
    assert rows(workspace.sop[SECOND]) == [
        ("Mengumpulkan data laporan kinerja triwulan", plan, "15 Menit", sheet, "-"),
        ("Merekap laporan kinerja triwulan", sheet, "30 Menit", f"Disposisi {plan}", "-"),
        ("Mengolah dan Menyusun laporan kinerja triwulan", f"Disposisi {plan}", "30 Menit", quarter, "-"),
        ("Mensosialisasikan laporan kinerja triwulan kepada pejabat terkait", quarter, "1 Jam", quarter, "-"),
        ("Merekap 2 (dua) laporan triwulan untuk menyusun laporan", quarter, "2 Hari", half, "-"),
        ("Menyusun laporan semester dan laporan tahunan", half, "5 Hari", half, "-"),
        ("Mensosialisasikan laporan semesteran", half, "1 Jam", half, "-"),
        ("Menyusun 2 (dua) Laporan semesteran menjadi laporan kinerja tahunan", half, "30 Menit", final, "-"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "lanes", "path"),
    [
        (
            FIRST,
            ("staf", "asn", "kasubbag", "atasan_langsung"),
            ["staf", "kasubbag", "asn", "atasan_langsung", "atasan_langsung", "staf", "staf"],
        ),
        (
            SECOND,
            ("staf", "kasi", "kasubbag", "sekcam", "camat"),
            ["staf", "staf", "kasubbag", "sekcam", "kasi", "kasubbag", "camat", "kasubbag"],
        ),
    ],
)
def test_lanes_and_flow(slug: str, lanes: tuple[str, ...], path: list[str], workspace: Workspace) -> None:
    sop = workspace.sop[slug]
    assert sop.pelaksana == lanes
    ids = [f"{number}.{lane}" for number, lane in enumerate(path, start=1)]
    shape = ["mulai", *["proses"] * (len(path) - 2), "selesai"]
    (prosedur,) = sop.prosedur
    assert shapes(prosedur) == [f"{place} {kind}" for place, kind in zip(ids, shape, strict=True)]
    assert edges(prosedur) == [f"{here} > {there}" for here, there in itertools.pairwise(ids)]
    assert [s.label for s in prosedur.simbol] == ["Mulai", *[""] * (len(path) - 2), "Selesai"]


def test_lists_of_both_sheets(workspace: Workspace) -> None:
    first, second = workspace.sop[FIRST], workspace.sop[SECOND]
    assert first.keterkaitan.text.splitlines() == [
        "• SOP Pembuatan Pelaksanaan Kegiatan",
        "• SOP Penyusunan Laporan Evaluasi Kinerja",
        "• SOP Pengumpulan Data Kinerja",
        "• SOP Usulan Promosi Jabatan",
    ]
    assert first.dasar_hukum.text.splitlines()[0] == (
        "1. Peraturan Pemerintah Nomor 46 Tahun 2011 tentang Penilaian Prestasi Kerja Pegawai Negeri Sipil"
    )
    assert [p.text for p in first.peralatan.paragraphs][:2] == ["Renja", "Dokumen Laporan Fisik dan Kegiatan"]
    assert [p.marker for p in second.peralatan.paragraphs] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert second.pencatatan.text == "Disimpan sebagai dokumen pengendalian dan evaluasi kinerja"


def test_the_regulations_of_both_sheets_are_data(workspace: Workspace) -> None:
    cited = {slug: [(r.ringkas, r.span.line) for r in sop.rujukan] for slug, sop in workspace.sop.items()}
    assert cited == {
        FIRST: [("PP 46/2011", 23), ("Perka BKN 1/2013", 24)],
        SECOND: [("Perpres 29/2014", 21), ("Permen PANRB 53/2014", 22), ("Perbup 19/2016", 23)],
    }
    known = [entry for sop in workspace.sop.values() for r in sop.rujukan for entry in workspace.peraturan
             if same_regulation(r, entry)]  # fmt: skip
    assert known == list(workspace.peraturan)
