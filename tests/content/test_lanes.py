"""`pelaksana` in the front matter: lanes in reading order, with groups or without, and what is said about faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.model import Finding, Kelompok, Sop

from .test_fuzz import MODEST, judge
from .workspaces import read

STEP = "\n## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n"
DINAS, KANTOR = Kelompok("Dinas", ("umum", "sekretaris")), Kelompok("Kantor Cabang", ("kepala",))
BLOCK = "\n  Dinas:\n  - umum\n  - sekretaris\n  Kantor Cabang:\n  - kepala"
VALUES = st.recursive(
    st.sampled_from(["umum", "kepala", "kepla", '""', "null", "true", "7", "2023-01-02", '"a: b"', "😀", "&x a", "*x"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(st.one_of(st.sampled_from(["Dinas", "Kantor", "? [a]"]), inner), inner), max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=12,
)
"""Values in YAML's flow style: lists and records of anything in one another."""


def front(root: Path, lanes: str) -> tuple[Sop, tuple[Finding, ...]]:
    reading = read(root, f"---\nnama: Kasus\npengesah: camat\npelaksana: {lanes}\n---\n{STEP}")
    assert reading.workspace is not None
    return reading.workspace.sop["kasus"], reading.findings


@pytest.mark.parametrize(
    ("lanes", "flat", "groups"),
    [
        ("[umum, kepala]", "umum kepala", ()),
        ("umum", "umum", ()),
        ("{Dinas: [umum, sekretaris], Kantor Cabang: [kepala]}", "umum sekretaris kepala", (DINAS, KANTOR)),
        ("{Dinas: [umum, sekretaris], Kantor Cabang: kepala}", "umum sekretaris kepala", (DINAS, KANTOR)),
        (
            "\n  Dinas:\n  - umum\n  - sekretaris\n  Kantor Cabang:\n  - kepala",
            "umum sekretaris kepala",
            (DINAS, KANTOR),
        ),
        ("[{Dinas: [umum, sekretaris]}, {Kantor Cabang: [kepala]}]", "umum sekretaris kepala", (DINAS, KANTOR)),
        ("[arsiparis, {Kantor Cabang: [kepala]}, umum]", "arsiparis kepala umum", (KANTOR,)),
        ("\n- arsiparis\n- Kantor Cabang: [kepala]\n- umum", "arsiparis kepala umum", (KANTOR,)),
        ('{Dinas: [umum, sekretaris], " Kantor  Cabang ": [kepala]}', "umum sekretaris kepala", (DINAS, KANTOR)),
    ],
)
def test_lanes_are_read_from_left_to_right(lanes: str, flat: str, groups: tuple[Kelompok, ...], tmp_path: Path) -> None:
    sop, findings = front(tmp_path, lanes)
    assert [str(finding) for finding in findings] == []
    assert sop.pelaksana == tuple(flat.split())
    assert sop.kelompok == groups


def test_lanes_and_groups_know_their_place(tmp_path: Path) -> None:
    sop, _ = front(tmp_path, "\n  - arsiparis\n  - Dinas: [umum, kepala]")
    places = {name: (sop.at(name).line, sop.at(name).col) for name in ("pelaksana.kepala", "kelompok.Dinas")}
    assert places == {"pelaksana.kepala": (6, 19), "kelompok.Dinas": (6, 5)}


@pytest.mark.parametrize(
    ("lanes", "place", "words"),
    [
        ("{Dinas: [umum, umum]}", "4:27: galat SOP032", "Pelaksana “umum” ditulis dua kali (hapus salah satu)"),
        ("{Dinas: [umum], Kantor: [umum]}", "4:37: galat SOP032", "“umum” ditulis dua kali (hapus salah satu)"),
        ("[umum, {Kantor: [umum]}]", "4:29: galat SOP032", "“umum” ditulis dua kali (hapus salah satu)"),
        ("{Dinas: [umum, skretaris]}", "4:27: galat SOP031", "(maksud Anda “sekretaris”?)"),
        ("[umum, {Dinas: [skretaris]}]", "4:28: galat SOP031", "(maksud Anda “sekretaris”?)"),
        ("{Dinas: [umum], kepala: }", "4:28: galat SOP038", "sebagai butir daftar: [kepala, {Kecamatan: [camat]}]"),
        ("[umum, {Dinas: }]", "4:20: galat SOP038", "(isi dengan kunci dari pelaksana.yaml, atau hapus"),
        ("{Dinas: {Bidang: [umum]}}", "4:21: galat SOP037", "(tulis pelaksananya langsung, contoh: Kecamatan: [camat,"),
        ("{~: [umum]}", "4:13: galat SOP039", "“~” bukan teks (contoh: Kecamatan: [camat, sekcam])"),
        ('[umum, {"": [kepala]}]', "4:20: galat SOP039", "Nama kelompok pelaksana kosong (contoh:"),
        ("[{D: [umum]}, {D: [kepala]}]", "4:27: galat SOP011", "yang pertama di baris 4 (gabungkan pelaksananya"),
        ("[umum, [kepala]]", "4:19: galat SOP014", "(contoh: [staf, kasi] atau [staf, {Kecamatan: ["),
        ("{Dinas: [umum, [kepala]]}", "4:27: galat SOP014", "(contoh: [staf, kasi] atau [staf, {Kecamatan: ["),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_to_do(lanes: str, place: str, words: str, tmp_path: Path) -> None:
    sop, (finding,) = front(tmp_path, lanes)
    assert f"kasus.md:{place}" in str(finding)
    assert words in str(finding)
    assert "umum" in sop.pelaksana


@MODEST
@given(VALUES)
def test_any_value_of_pelaksana(value: str) -> None:
    judge(f"---\nnama: Kasus\npengesah: camat\npelaksana: {value}\n---\n{STEP}".encode())
