"""Two states of a bundle: what stands around the SOPs, and SOPs that came, went, or have another file name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sopdocs.compare import bundle_sentences, compare_workspaces, sop_sentences
from sopdocs.content import read_workspace
from sopdocs.model import Bundel, Keputusan, Sop, SopDitetapkan, Status, Workspace

from ..workspaces import make_workspace

Change = Callable[[Workspace], Workspace]


@pytest.fixture
def before(tmp_path: Path) -> Workspace:
    workspace = read_workspace(make_workspace(tmp_path)).workspace
    assert workspace is not None
    return workspace


def with_sops(workspace: Workspace, *sops: Sop) -> Workspace:
    """The same with a bundle of these SOPs."""
    bundel = replace(workspace.bundel, sop=tuple(sop.slug for sop in sops if not sop.status.ended))
    return replace(workspace, sop={sop.slug: sop for sop in sops}, bundel=bundel)


def test_nothing_differs_from_itself(before: Workspace) -> None:
    beda = compare_workspaces(before, before)
    assert beda.kosong
    assert bundle_sentences(beda) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda w: replace(w, instansi=replace(w.instansi, alamat="Jalan Contoh 2")),
            ["Alamat diisi “Jalan Contoh 2”."],
        ),
        (
            lambda w: replace(w, instansi=replace(w.instansi, kop=("PEMERINTAH CONTOH", *w.instansi.kop))),
            ["Kop butir 1 baru: “PEMERINTAH CONTOH”."],
        ),
        (
            lambda w: replace(w, bundel=replace(w.bundel, judul="SOP Baru", tahun=2025)),
            [
                "Judul bundel “Standar Operasional Prosedur Kecamatan Contoh Jaya” menjadi “SOP Baru”.",
                "Tahun bundel diisi “2025”.",
            ],
        ),
        (
            lambda w: replace(w, bundel=replace(w.bundel, sop=tuple(reversed(w.bundel.sop)))),
            ["Urutan SOP “Surat Keluar, Surat Masuk” menjadi “Surat Masuk, Surat Keluar”."],
        ),
        (
            lambda w: replace(
                w,
                bundel=replace(
                    w.bundel,
                    keputusan=Keputusan("1/2025", menimbang=("satu;", "dua;"), sop=(SopDitetapkan("Surat", "9"),)),
                ),
            ),
            [
                "Nomor keputusan diisi “1/2025”.",
                "Menimbang diisi “satu; dua;”.",
                "Lampiran keputusan diisi “9 Surat”.",
            ],
        ),
    ],
)
def test_what_stands_around(before: Workspace, change: Change, told: list[str]) -> None:
    beda = compare_workspaces(before, change(before))
    assert list(bundle_sentences(beda)) == told
    assert beda.sop == ()


def test_another_official_of_the_same_key_is_a_difference(before: Workspace) -> None:
    camat = replace(before.pejabat["camat"], nama="Siti Contoh")
    beda = compare_workspaces(before, replace(before, pejabat={"camat": camat}))
    assert [isian.kunci for sop in beda.sop for isian in sop.isian] == ["pengesah", "pengesah"]


def test_a_file_that_was_renamed_is_the_same_sop(before: Workspace) -> None:
    keluar, masuk = before.sop.values()
    beda = compare_workspaces(before, with_sops(before, keluar, replace(masuk, slug="penerimaan-surat")))
    (sop,) = beda.sop
    assert (sop.lama, sop.slug) == (masuk, "penerimaan-surat")
    assert sop.kosong


def test_sops_that_came_and_went(before: Workspace) -> None:
    keluar, masuk = before.sop.values()
    nota = replace(keluar, slug="nota", nama="Nota", nomor="009")
    gone = replace(masuk, status=Status.DICABUT)
    beda = compare_workspaces(before, with_sops(before, nota, keluar, gone))
    assert [(sop.slug, sop_sentences(sop)) for sop in beda.sop] == [
        ("nota", ("SOP baru, 3 langkah.",)),
        ("surat-masuk", ("SOP ini dicabut.",)),
    ]
    assert beda.isian == ()


def test_status_and_log_are_not_on_the_sheet(before: Workspace) -> None:
    sops = [replace(sop, status=Status.BERLAKU, catatan="x", masukan=("y",)) for sop in before.sop.values()]
    assert compare_workspaces(before, with_sops(before, *sops)).kosong


def test_an_sop_that_could_not_be_read_is_not_compared(before: Workspace) -> None:
    bundel = Bundel(before.bundel.judul, sop=(*before.bundel.sop, "rusak"))
    assert compare_workspaces(before, replace(before, bundel=bundel)).kosong
