"""Where the requirements of a step come from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.model import Alur, Langkah, Prosedur, SimbolId
from sopdocs.rules.inputs import missing_input
from tests.rules.judging import hits
from tests.rules.making import rich, sop_of, step


def missing(*langkah: Langkah, masukan: tuple[str, ...] = (), **fields: object) -> list[str]:
    """The things reported, as `step: thing`."""
    found = hits(missing_input, sop_of(*langkah, masukan=masukan, **fields))
    assert all(f.span.line % 10 == 2 for f in found)
    return [f"{f.message.split()[1]}: {f.message.partition('“')[2].partition('”')[0]}" for f in found]


def needs(syarat: str, given_output: str = "Surat masuk", **rest: object) -> list[str]:
    return missing(step(1, "Menerima", "Buku agenda", given_output), step(2, "Menulis", syarat), **rest)


@pytest.mark.parametrize(
    "syarat",
    [
        "-",
        "Surat masuk",
        "SURAT MASUK",
        "Surat masuk yang telah diperiksa",
        "Buku agenda",
        "Surat masuk, buku agenda",
        "Surat masuk\nBuku agenda",
        "Surat masuk dan buku agenda",
        "Salinan surat masuk (2 lembar, berwarna)",
        "Berkas lengkap",
        "Surat masuk dari desa",
        "Surat masuknya",
    ],
)
def test_provided(syarat: str) -> None:
    assert needs(syarat) == []


@pytest.mark.parametrize(
    ("syarat", "expected"),
    [
        ("Nota dinas", ["2: Nota dinas"]),
        ("Surat masuk, nota dinas dan foto", ["2: nota dinas", "2: foto"]),
        ("Surat keluar", ["2: Surat keluar"]),
        ("Surat masuk\nNota dinas", ["2: Nota dinas"]),
    ],
)
def test_missing(syarat: str, expected: list[str]) -> None:
    assert needs(syarat) == expected


def test_what_stands_in_the_tools_or_comes_from_outside() -> None:
    assert needs("Nota dinas", peralatan=rich("1. Nota dinas")) == []
    assert needs("Nota dinas", masukan=("nota Dinas",)) == []


@pytest.mark.parametrize(
    ("made", "needed"),
    [
        ("Kuitansi pembelian", "Kwitansi pembelian"),
        ("Rekapitulasi kehadiran", "Rekap kehadiran"),
        ("Notulen rapat", "Notula rapat"),
        ("Draft laporan kinerja", "Konsep laporan kinerja"),
        ("Telaah staf", "Telaahan staf"),
        ("Laporan fisik dan kegiatan", "Laporan fisik dan kegiatan"),
    ],
)
def test_one_thing_under_two_spellings(made: str, needed: str) -> None:
    assert needs(needed, made) == []


@pytest.mark.parametrize(
    ("made", "needed"),
    [
        ("Laporan kegiatan", "Laporan keuangan"),
        ("Laporan bulanan", "Laporan tahunan"),
        ("Surat tugas", "Surat undangan"),
        ("Surat", "Surat undangan"),
        ("Berita pengaduan", "Berita pengadaan"),
        ("Surat pengantar kelurahan", "Surat pengantar kecamatan"),
    ],
)
def test_two_things_of_one_family(made: str, needed: str) -> None:
    assert needs(needed, made) == [f"2: {needed}"]


def test_a_thing_is_reported_where_it_is_first_needed() -> None:
    steps = [step(1, "Menerima"), step(2, "Menulis", "Nota dinas"), step(3, "Mengirim", "Nota dinas")]
    assert missing(*steps) == ["2: Nota dinas"]


def test_a_later_step_provides_only_when_the_flow_comes_back() -> None:
    steps = (step(1, "Menerima"), step(2, "Menulis", "Nota dinas"), step(3, "Memeriksa", output="Nota dinas"))
    assert missing(*steps) == ["2: Nota dinas"]
    back = Alur(SimbolId(3, "staf"), SimbolId(2, "staf"))
    assert missing(prosedur=(Prosedur(steps, (back,)),)) == []


def test_a_long_list_is_told_once() -> None:
    things = ("Nota dinas", "Kuitansi", "Foto kegiatan", "Denah lokasi")
    assert missing(step(1, "Menerima"), step(2, "Menulis", "\n".join(things[:3]))) == [f"2: {t}" for t in things[:3]]
    (hit,) = hits(missing_input, sop_of(step(1, "Menerima"), step(2, "Menulis", "\n".join(things))))
    assert "“Nota dinas” dan 3 hal lain, yang tidak dihasilkan" in hit.message


def test_the_ratio_is_a_setting() -> None:
    sop = sop_of(step(1, "Menerima", output="Catatan rapat"), step(2, "Menulis", "Catatan surat"))
    assert hits(missing_input, sop) != []
    assert hits(missing_input, sop, mirip=60) == []


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=4))
def test_any_text_is_judged(cells: list[tuple[str, str]]) -> None:
    steps = [step(number, "x", *pair) for number, pair in enumerate(cells, start=1)]
    assert all(hit.message for hit in hits(missing_input, sop_of(*steps, masukan=("surat",))))
