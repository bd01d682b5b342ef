"""The lembar perubahan in words; how it looks, test_bagian_printed.py holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from word_samples import inputs, sop

from sopdocs.compare import BedaBundel, BedaIsian, BedaSop, compare_workspaces
from sopdocs.model import Bundel, Revisi, Sop, Status, Workspace
from sopdocs.word import change_sheet

BASIS = "Edisi 4 dibandingkan dengan edisi 3 (2 Januari 2024)"


def workspace(*sops: Sop) -> Workspace:
    found = {each.slug: each for each in sops}
    return replace(inputs().workspace, sop=found, bundel=Bundel("Bundel", sop=tuple(found)))


def test_a_revised_sop_says_what_changed_why_and_who_asked():
    old = sop(slug="surat", nama="Surat Masuk", riwayat_revisi=(Revisi(1, date(2023, 5, 1), "Lama", "Lama", "Lama"),))
    log = (*old.riwayat_revisi, Revisi(2, date(2024, 3, 4), "Nama", "Evaluasi tahunan", "Sekretaris"))
    new = replace(old, nama="Surat Masuk dan Keluar", riwayat_revisi=log, revisi=date(2024, 3, 4))
    sheet = change_sheet(compare_workspaces(workspace(old), workspace(new)), workspace(new), BASIS)
    assert sheet.dasar == BASIS
    (row,) = sheet.butir
    assert (row.judul, row.kunci) == ("Surat Masuk dan Keluar", "sop/surat")
    assert row.keadaan == "Revisi ke-2, 4 Maret 2024"
    assert row.alasan == ("Evaluasi tahunan",)
    assert row.oleh == ("Sekretaris",)
    assert any("Surat Masuk dan Keluar" in sentence for sentence in row.perubahan)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ({"status": Status.DICABUT, "pencabutan": date(2024, 5, 6)}, "Dicabut sejak 6 Mei 2024"),
        (
            {"status": Status.DIGANTIKAN, "pengganti": "baru", "pencabutan": date(2024, 5, 6)},
            "Digantikan oleh SOP Penerus sejak 6 Mei 2024",
        ),
    ],
)
def test_an_sop_that_ended_says_so_and_leads_nowhere(end: dict[str, object], said: str):
    old, heir = sop(slug="lama", nama="SOP Lama"), sop(slug="baru", nama="SOP Penerus", nomor="2")
    ended = replace(old, **end)  # type: ignore[arg-type]
    before, after = workspace(old), workspace(heir, ended)
    after = replace(after, bundel=Bundel("Bundel", sop=("baru",)))
    sheet = change_sheet(compare_workspaces(before, after), after, BASIS)
    assert [(row.judul, row.kunci, row.keadaan) for row in sheet.butir] == [
        ("SOP Penerus", "sop/baru", "Baru"),
        ("SOP Lama", "", said),
    ]


def test_nothing_changed_is_said_as_well():
    same = workspace(sop(slug="surat"))
    (row,) = change_sheet(compare_workspaces(same, same), same, BASIS).butir
    assert row.perubahan == ("Tidak ada yang berubah pada lembarnya.",)


def test_many_changes_are_counted_so_that_they_fill_one_page():
    olds = [sop(slug=f"surat-{n:02}", nama=f"Surat {n}", nomor=str(n)) for n in range(30)]
    fields = tuple(BedaIsian(f"f{n}", f"Isian {n}", "lama", "baru") for n in range(3))
    found = BedaBundel(tuple(BedaSop(each, each, fields) for each in olds))
    sheet = change_sheet(found, workspace(*olds), BASIS)
    assert all(row.perubahan == ("Isian 0, Isian 1, Isian 2. Rincian: sopdocs diff.",) for row in sheet.butir)
    few = change_sheet(BedaBundel(found.sop[:3]), workspace(*olds), BASIS)
    assert all(len(row.perubahan) == 3 for row in few.butir)
