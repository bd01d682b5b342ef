"""A new SOP: its file name and its first text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.content import canonical, read_workspace
from sopdocs.content.source import Source
from sopdocs.content.starting import new_text, slug_of
from sopdocs.model import Sop
from sopdocs.rules import check_workspace

from .test_fuzz import MODEST
from .workspaces import codes, make_workspace

PATH = "content/sop/kasus.md"
LANES = ["umum", "kepala", "sekretaris"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("kantor"), "")


def faultless(root: Path, text: str) -> Sop:
    """Assert that `text` is canonical and read without a finding; return what it says."""
    assert canonical(Source(PATH, text)) == text
    reading = read_workspace(root, {PATH: text})
    assert reading.findings == ()
    assert reading.workspace is not None
    return reading.workspace.sop["kasus"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pengelolaan Surat Masuk", "pengelolaan-surat-masuk"),
        ("Cuti/Izin  “Besar” & 'Kecil'", "cuti-izin-besar-kecil"),
        ("Énakan Straße İ", "enakan-strasse-i"),
        ("😀 Satu 2", "satu-2"),
        ("-- x --", "x"),
        ("a" * 70, "a" * 60),
        ("a" * 59 + " b c", "a" * 59),
        ("a" * 58 + " b c", "a" * 58 + "-b"),
        ("…!? “”", ""),
        ("", ""),
        ("文書", ""),
    ],
)
def test_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_what_is_written(root: Path) -> None:
    sop = faultless(root, new_text("Pengelolaan Surat Masuk", "camat", LANES))
    assert (sop.nama, sop.pengesah, sop.pelaksana) == ("Pengelolaan Surat Masuk", "camat", tuple(LANES))
    assert (sop.nomor, sop.pembuatan, sop.revisi, sop.pengesahan, sop.efektif) == (None,) * 5
    (prosedur,) = sop.prosedur
    assert [(str(a.dari), str(a.ke), a.label) for a in prosedur.alur] == [
        ("1.umum", "2.kepala", ""),
        ("2.kepala", "3.sekretaris", "Ya"),
        ("2.kepala", "1.umum", "Tidak"),
    ]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_only_what_must_be_filled_in_is_left(count: int, root: Path) -> None:
    """The new sheet is a draft for its example text, its number and its dates, and for nothing else."""
    faultless(root, text := new_text("Contoh", "camat", LANES[:count]))
    reading = read_workspace(root, {PATH: text})
    assert reading.workspace is not None
    found = [f for f in check_workspace(reading.workspace, date(2024, 6, 1)) if f.span.path == PATH]
    assert [code.split()[0] for code in codes(tuple(found))] == ["SOP101", "SOP104", "SOP104", "SOP107"]


@pytest.mark.parametrize(
    "name",
    ["null", "True", "12", "a: b", "# a", "[a]", "{nama}", "'a'", '"a" \\ "b"', "a #b", "- a", "2023-01-02", "~"],
)
def test_names_that_yaml_would_read_otherwise(name: str, root: Path) -> None:
    assert faultless(root, new_text(name, "camat", LANES)).nama == name


@settings(MODEST)
@given(st.text(min_size=1, max_size=80).filter(slug_of))
def test_any_name(root: Path, name: str) -> None:
    sop = faultless(root, new_text(name, "camat", LANES))
    if name.isprintable():
        assert sop.nama == " ".join(name.split())


def test_keys_that_yaml_would_not_take_for_text(tmp_path: Path) -> None:
    root = make_workspace(
        tmp_path,
        "",
        pejabat='"true": {jabatan: Camat Contoh, nama: Budi Contoh, nip: "19880619 201001 2 002"}\n'
        'camat: {jabatan: Camat Contoh, nama: Budi Contoh, nip: "19880619 201001 2 002"}\n',
        pelaksana='"null": {nama: Satu}\n1: {nama: Dua}\numum: {nama: Umum}\n',
    )
    sop = faultless(root, new_text("Contoh", "true", ["null", "1"]))
    assert (sop.pengesah, sop.pelaksana) == ("true", ("null", "1"))
