"""YAML: values with their places, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.content.report import Report
from sopdocs.content.source import Source
from sopdocs.content.yaml_reader import Mapping, Scalar, Sequence, load_yaml
from sopdocs.model import Kertas, Pejabat, Span, StatusPeraturan, TandaTangan

from .workspaces import codes, read


def load(text: str, first_line: int = 1) -> tuple[object, list[str]]:
    report = Report()
    node = load_yaml(Source("x.yaml", text, first_line), report)
    return node, [f"{f.code} {f.span.line}:{f.span.col}" for f in report.findings]


def test_nodes_know_their_place() -> None:
    node, findings = load("a: 1\nb:\n  - dua\n  - {c: 2023-01-02}\n", first_line=2)
    assert findings == []
    assert isinstance(node, Mapping)
    assert node.entries["a"] == Scalar("1", "int", Span("x.yaml", 2, 4))
    items = node.entries["b"]
    assert isinstance(items, Sequence)
    assert items.span == Span("x.yaml", 4, 3)
    record = items.items[1]
    assert isinstance(record, Mapping)
    assert record.entries["c"] == Scalar("2023-01-02", "timestamp", Span("x.yaml", 5, 9))
    assert record.key_spans["c"] == Span("x.yaml", 5, 6)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("no", "str"), ("ya", "str"), ("true", "bool"), ("~", "null"), ("", "null"),
        ("012", "int"), ("1e3", "float"), ('"1"', "str"), ("12:30:00", "str"),
    ],
)  # fmt: skip
def test_plain_words_are_read_by_the_rules_of_yaml_1_2(text: str, kind: str) -> None:
    node, _ = load(f"a: {text}")
    assert isinstance(node, Mapping)
    value = node.entries["a"]
    assert isinstance(value, Scalar)
    assert (value.text, value.kind) == (text.strip('"'), kind)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("a:\n\t- b", ["SOP010 2:1"]),
        ("a:\n  \tb: c", ["SOP010 2:3"]),
        ("a: [b", ["SOP010 1:6"]),
        ("a: 'b\n", ["SOP010 2:1"]),
        ("a: b: c", ["SOP010 1:5"]),
        ("a: @b", ["SOP010 1:4"]),
        ("a: *b", ["SOP010 1:4"]),
        ("a: b\n  c: d\n", ["SOP010 2:4"]),
        ("a: b\n---\nc: d\n", ["SOP010 2:1"]),
        ("[" * 5000, ["SOP010 1:21"]),
        ("a: &x b\nc: *x\n", ["SOP015 1:4"]),
        ("&x a: b\n", ["SOP015 1:1"]),
        ("a: &x b\nc: &x d\n", ["SOP015 1:4", "SOP015 2:4"]),
        ("a: !!str b\n", ["SOP015 1:4"]),
        ("a: ! b\n", ["SOP015 1:4"]),
        ("a: !b [c]\nd: !!map {e: f}\n", ["SOP015 1:4", "SOP015 2:4"]),
        ("!!set {a, b}\n", ["SOP015 1:1"]),
        ("? [a]\n: b\n", ["SOP015 1:3"]),
        ("a: b\na: c\n", ["SOP011 2:1"]),
        ("a: {b: 1, c: 2, b: 3}\n", ["SOP011 1:17"]),
        ('a: "\\e"\n', ["SOP004 1:4"]),
        ('"\\0": a\n', ["SOP004 1:1"]),
    ],
)  # fmt: skip
def test_refusals(text: str, findings: list[str]) -> None:
    assert load(text)[1] == findings


def test_the_first_of_two_values_counts() -> None:
    node, _ = load("a: b\na: c\n")
    assert isinstance(node, Mapping)
    assert node.entries["a"] == Scalar("b", "str", Span("x.yaml", 1, 4))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a: b: c", "nilai yang memuat titik dua harus diapit tanda kutip"),
        ("a: @b", "nilai yang diawali tanda baca harus diapit tanda kutip"),
        ("a: *b", "nilai yang diawali * atau & harus diapit tanda kutip"),
        ("a: *penting*", "nilai yang diawali * atau & harus diapit tanda kutip"),
        ("a: & b", "nilai yang diawali * atau & harus diapit tanda kutip"),
        ("a: [b\nc: d", "daftar yang dibuka dengan [ atau { harus ditutup, dan butirnya dipisahkan koma"),
        ("a: b\n---\nc: d\n", "satu berkas hanya memuat satu dokumen: hapus baris --- ini"),
        ("a:\n  - b\n c: d", "periksa lekuk (spasi di awal baris) dan tanda kutip"),
    ],
)  # fmt: skip
def test_advice(text: str, hint: str) -> None:
    report = Report()
    load_yaml(Source("x.yaml", text), report)
    assert [finding.hint for finding in report.findings] == [hint]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2 Januari 2023", "maksud Anda 2023-01-02?"),
        ("02 JANUARI 2023", "maksud Anda 2023-01-02?"),
        ("02/01/2023", "maksud Anda 2023-01-02?"),
        ("2.1.2023", "maksud Anda 2023-01-02?"),
        ("2023/1/2", "maksud Anda 2023-01-02?"),
        ("2023-1-2", "maksud Anda 2023-01-02?"),
        ("31/02/2023", ""),
        ("2 Brumaire 2023", ""),
        ("02-01-23", ""),
        ("²/1/2023", ""),
        ("2023", ""),
        ("besok", ""),
        ("2023-02-30", "tertulis 2023-02-30"),
        ("٢٠٢٣-٠١-٠٢", "maksud Anda 2023-01-02?"),
        ("2023-01-02T10:00:00", ""),
    ],
)  # fmt: skip
def test_bad_dates_say_what_was_meant(written: str, hint: str, tmp_path: Path) -> None:
    sop = f"---\nnama: Kasus\npengesah: camat\npelaksana: [umum]\npembuatan: {written}\n---\n\n## Prosedur\n"
    (finding, _) = read(tmp_path, sop).findings
    assert (finding.code, finding.span.line, finding.span.col, finding.hint) == ("SOP014", 5, 12, hint)


KEYS = (
    "abaikan, efektif, evaluasi, masukan, nama, nomor, pelaksana, pemantauan, pembuatan, pencabutan, pengesah, "
    "pengesahan, pengganti, perlu_konfirmasi, revisi, status"
)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("nma", "maksud Anda “nama”?"),
        ("Pelaksana", "maksud Anda “pelaksana”?"),
        ("xyzzy", f"yang dikenal: {KEYS}"),
    ],
)
def test_unknown_keys_have_the_nearest_known_name(key: str, hint: str, tmp_path: Path) -> None:
    sop = f"---\nnama: Kasus\npengesah: camat\npelaksana: [umum]\n{key}: x\n---\n\n## Prosedur\n"
    finding = read(tmp_path, sop).findings[0]
    assert (finding.code, finding.hint) == ("SOP012", hint)


def test_every_value_of_the_shared_files(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        instansi="nama: Kantor\nkop: [SATU, DUA]\nkabupaten: Kab\nalamat: Jalan\ntempat: Kota\nkertas: a4\n"
        "pola_nomor: '\\d+'\nistilah: {mutu_baku: Baku Mutu, syarat: Syarat}\ntanda_tangan: identitas\n"
        "prosedur_di_halaman_baru: ya\n",
        pejabat="camat: {jabatan: Camat, nama: Siti, nip: 198806192010012002, pangkat: Pembina}\n",
        peraturan="- {jenis: PP, nomor: 46, tahun: 2011, tentang: Kerja, status: dicabut, dicabut_oleh: PP 30/2019}\n",
        bundel="judul: B\ntahun: 2024\nsop: [pengelolaan-surat-keluar]\npengantar: Satu\n"
        "keputusan: {nomor: 1/2024, tanggal: 2024-01-02, tentang: SOP}\n",
    )
    assert codes(reading.findings) == []
    workspace = reading.workspace
    assert workspace is not None
    office = workspace.instansi
    assert (office.kop, office.kertas, office.tanda_tangan) == (("SATU", "DUA"), Kertas.A4, TandaTangan.IDENTITAS)
    assert (office.istilah.mutu_baku, office.istilah.syarat, office.istilah.waktu) == ("Baku Mutu", "Syarat", "Waktu")
    assert office.prosedur_di_halaman_baru
    assert workspace.pejabat == {"camat": Pejabat("camat", "Camat", "Siti", "198806192010012002", "Pembina")}
    assert [(p.status, p.dicabut_oleh) for p in workspace.peraturan] == [(StatusPeraturan.DICABUT, "PP 30/2019")]
    assert workspace.bundel.keputusan.tanggal == date(2024, 1, 2)
    assert workspace.bundel.pengantar == ("Satu",)
    assert workspace.bundel.spans["sop.pengelolaan-surat-keluar"] == Span("content/bundel.yaml", 3, 7)


def test_only_a_few_keys_are_required(tmp_path: Path) -> None:
    reading = read(tmp_path, instansi="nama: Kantor\nkop: [KANTOR]\n")
    assert codes(reading.findings) == []
    assert reading.workspace is not None
    office = reading.workspace.instansi
    assert (office.kertas, office.logo, office.pola_nomor) == (Kertas.F4, None, None)
    assert office.istilah.syarat == "Kelengkapan"
    assert reading.workspace.bundel.judul == "Standar Operasional Prosedur Kantor"
    assert reading.workspace.bundel.sop == ("pengelolaan-surat-keluar",)


@pytest.mark.parametrize("pattern", ["[0-9", "[[", "a{99999999999}", "(" * 3000 + ")" * 3000, "(?P<a>x)(?P<a>y)"])
def test_a_pattern_that_python_cannot_use(pattern: str, tmp_path: Path) -> None:
    reading = read(tmp_path, instansi=f"nama: Kantor\nkop: [KANTOR]\npola_nomor: '{pattern}'\n")
    assert codes(reading.findings) == ["SOP014 @ instansi.yaml:3:13"]
    assert reading.workspace is not None
    assert reading.workspace.instansi.pola_nomor is None


def test_performers_keep_their_rank(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert reading.workspace is not None
    performers = reading.workspace.pelaksana
    assert [(p.peringkat, p.judul_lajur) for p in performers.values()][:2] == [(0, "Tim Teknis"), (1, "Umum")]


def test_a_folded_text_is_read_as_its_lines_joined() -> None:
    node, findings = load("a: >-\n  satu\n  dua\n\n  tiga\n")
    assert findings == []
    assert isinstance(node, Mapping)
    assert node.entries["a"] == Scalar("satu dua\ntiga", "str", Span("x.yaml", 1, 4))
