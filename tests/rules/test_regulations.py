"""What the rules say of citations: each with one that breaks it and one that does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.content import read_workspace
from sopdocs.content.kutipan import parse_kutipan
from sopdocs.model import Paragraph, RichText, Run, Span, Workspace
from sopdocs.rules import RULES, TOPICS
from sopdocs.rules.rule import Hit
from tests.rules.judging import hits

ROOT = Path(__file__).parents[2]
PERATURAN = """\
- {jenis: PP, nomor: 4, tahun: 2011, tentang: Surat Tahap II, status: berlaku, sumber: Contoh}
- {jenis: PP, nomor: 46, tahun: 2011, tentang: Kerja Contoh, status: dicabut, dicabut_oleh: PP 30/2019, sumber: Contoh}
- {jenis: Permen PANRB, nomor: 1, tahun: 2020, tentang: "Arsip, Berkas, dan Naskah Dinas Contoh"}
- {jenis: Perbup Contoh, nomor: 7, tahun: 2012, tentang: Arsip}
- {jenis: Peraturan Contoh, nomor: 1, tahun: 2020, tentang: Contoh}
- {jenis: UU, nomor: 1, tahun: 2020, tentang: "Contoh sebagaimana telah diubah"}
"""
CODES = tuple(rule.code for rule in TOPICS["Dasar hukum"])


def workspace(root: Path, basis: Iterable[str], peraturan: str = PERATURAN) -> Workspace:
    """A workspace with one SOP whose Dasar Hukum lists `basis` from line 8 on."""
    files = {
        "instansi.yaml": "nama: Kantor Contoh\nkop: [KANTOR CONTOH]\n",
        "pejabat.yaml": "camat: {jabatan: Camat, nama: Budi Contoh, nip: '1'}\n",
        "pelaksana.yaml": "umum: {nama: Umum}\n",
        "peraturan.yaml": peraturan,
        "sop/contoh.md": "---\nnama: Contoh\npengesah: camat\npelaksana: [umum]\n---\n\n## Dasar Hukum\n"
        + "".join(f"{line}\n" for line in basis)
        + "\n## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n",
    }
    for name, text in files.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_text(text)
    reading = read_workspace(root)
    assert reading.findings == ()
    assert reading.workspace is not None
    return reading.workspace


def judge(root: Path, code: str, *basis: str, peraturan: str = PERATURAN) -> list[Hit]:
    """What the rule behind `code` finds in numbered citations."""
    read = workspace(root, (f"{number}. {text}" for number, text in enumerate(basis, start=1)), peraturan)
    return hits(RULES[code], read)


def only(found: list[Hit]) -> Hit:
    assert len(found) == 1, found
    return found[0]


def lines(found: list[Hit]) -> list[int]:
    return [finding.span.line for finding in found]


@pytest.mark.parametrize(
    "text",
    ["[PP 46/2011]", "PP 46/2011", "Peraturan Pemerintah RI No. 46 Th. 2011 tentang Kerja Contoh", "pp nomor 46/2011"],
)
def test_revoked(text: str, tmp_path: Path) -> None:
    finding = only(judge(tmp_path, "SOP111", "[PP 4/2011]", text))
    assert (finding.span.line, finding.span.col) == (9, 4)
    assert finding.message == "PP 46/2011 menurut peraturan.yaml sudah dicabut oleh PP 30/2019"


@pytest.mark.parametrize("text", ["PP 46/2012", "PP 1/2020 tentang Perubahan atas PP 46/2011", "Perpres 46/2011", "-"])
def test_not_revoked(text: str, tmp_path: Path) -> None:
    assert judge(tmp_path, "SOP111", text) == []


def test_revoked_without_saying_by_what(tmp_path: Path) -> None:
    entry = "- {jenis: Perbup, nomor: 7, tahun: 2012, tentang: Arsip, status: dicabut}\n"
    finding = only(judge(tmp_path, "SOP111", "Perbup Contoh 7/2012", peraturan=entry))
    assert finding.message == "Perbup 7/2012 menurut peraturan.yaml sudah dicabut"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("PP 4/2011", "judul (tentang …)"),
        ("PP Tahun 2011 tentang Surat", "nomor"),
        ("PP Nomor 4 tentang Surat", "tahun"),
        ("UU Contoh", "nomor, tahun dan judul (tentang …)"),
        ("Keputusan Camat Contoh Jaya Nomor 3 tentang Contoh", "tahun"),
    ],
)
def test_incomplete(text: str, missing: str, tmp_path: Path) -> None:
    finding = only(judge(tmp_path, "SOP130", "[PP 4/2011]", text))
    assert finding.message == f"Rujukan “{text}” belum menyebut {missing}"
    assert finding.span.line == 9


def test_the_register_completes_a_citation(tmp_path: Path) -> None:
    hint = only(judge(tmp_path, "SOP130", "PermenPAN-RB No. 1 Tahun 2020")).hint
    assert hint == (
        "tulis lengkap: Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 1 Tahun 2020 "
        "tentang Arsip, Berkas, dan Naskah Dinas Contoh"
    )


def test_complete(tmp_path: Path) -> None:
    basis = ("Undang-Undang Dasar 1945", "[PP 4/2011]", "Perka Contoh No. 1 Th. 2020 tentang Contoh", "SOP lain")
    assert judge(tmp_path, "SOP130", *basis) == []


def test_cited_twice(tmp_path: Path) -> None:
    found = judge(
        tmp_path, "SOP131", "[PP 4/2011]", "Perbup 7/2012", "PP Nomor 4 Tahun 2011", "Perbup Contoh 7/2012", "pp 4/2011"
    )
    assert lines(found) == [10, 11, 12]
    assert [finding.message for finding in found] == [
        "PP 4/2011 sudah dirujuk di baris 8",
        "Perbup Contoh 7/2012 sudah dirujuk di baris 9",
        "PP 4/2011 sudah dirujuk di baris 8",
    ]


def test_alike_but_not_cited_twice(tmp_path: Path) -> None:
    basis = (
        "PP 4/2011",
        "PP 4/2012",
        "Perpres 4/2011",
        "Perka BKN 4/2011",
        "Perka LAN 4/2011",
        "UU Contoh",
        "UU Contoh",
    )
    assert judge(tmp_path, "SOP131", *basis) == []
    perubahan = ("PP 4/2011 tentang Surat", "PP 5/2012 tentang Perubahan atas PP 4/2011 tentang Surat")
    assert judge(tmp_path, "SOP131", *perubahan) == []


@pytest.mark.parametrize(
    ("basis", "message"),
    [
        (["PP 4/2011", "UU 1/2020"], "UU 1/2020 lebih tinggi daripada PP 4/2011, tetapi disebut sesudahnya"),
        (["Perbup 7/2012", "Perda Contoh 1/2020"], "Perda Contoh 1/2020 lebih tinggi daripada Perbup 7/2012, "),
        (["Perda Kab. Contoh 1/2020", "Perda Provinsi Contoh 1/2020"], "Perda Provinsi Contoh 1/2020 lebih tinggi"),
        (["SE Contoh 1/2020", "Perdes Contoh 1/2020"], "Perdes Contoh 1/2020 lebih tinggi daripada SE Contoh 1/2020"),
        (["Perda 1/2020", "Permen PANRB 1/2020"], "Permen PANRB 1/2020 lebih tinggi daripada Perda 1/2020"),
        (["Permendagri 1/2020", "Perpres 1/2020"], "Perpres 1/2020 lebih tinggi daripada Permendagri 1/2020"),
        (["UU 1/2020", "UUD 1945"], "“UUD 1945” lebih tinggi daripada UU 1/2020"),
        (["PP 4/2011", "Peraturan Contoh 1/2020", "Tap MPR XI/MPR/1998"], "Tap MPR XI/MPR/1998 lebih tinggi daripada"),
    ],
)  # fmt: skip
def test_out_of_order(basis: list[str], message: str, tmp_path: Path) -> None:
    finding = only(judge(tmp_path, "SOP132", *basis))
    assert finding.message.startswith(message)
    assert finding.span.line == 7 + len(basis)


def test_only_the_first_out_of_order_is_named(tmp_path: Path) -> None:
    assert lines(judge(tmp_path, "SOP132", "UU 1/2020", "Perbup 7/2012", "PP 4/2011", "UU 2/2020", "UU 3/2020")) == [10]


@pytest.mark.parametrize(
    "basis",
    [
        ["UUD 1945", "Tap MPR XI/MPR/1998", "UU 9/2020", "Perppu 1/2019", "UU 1/2010", "PP 4/2011", "Perpres 1/2020",
         "Permendagri 1/2020", "Perka BKN 1/2020", "Permen PANRB 1/2020", "Perda Provinsi Contoh 1/2020",
         "Pergub Contoh 1/2020", "Perda Kabupaten Contoh 1/2020", "Pergub Contoh 2/2020", "Perbup 7/2012",
         "Peraturan Desa Contoh 1/2020", "SE Contoh 1/2020"],
        ["Keputusan Menteri PANRB 1/2020", "PP 4/2011", "Keputusan Bupati Contoh 1/2020", "Perda Contoh 1/2020"],
        ["Perbup 7/2012", "Peraturan Contoh 1/2020", "Peraturan Kepala Dinas Contoh 1/2020", "Perbup 8/2012"],
    ],
)  # fmt: skip
def test_in_order(basis: list[str], tmp_path: Path) -> None:
    assert judge(tmp_path, "SOP132", *basis) == []


UNREGISTERED = [
    "PP 4/2012 tentang Contoh",
    "Peraturan Menteri Dalam Negeri Nomor 1 Tahun 2020 tentang Contoh: A, B, dan C",
    "Peraturan Kepala Badan Kepegawaian Negara Nomor 12A Tahun 2020 tentang “Contoh” \"Lain\"",
    "Peraturan LAN Nomor 1 Tahun 2020 tentang Contoh",
    "Perbup Lain 7/2012 tentang Contoh",
    "Perda Kab. Contoh 7/2012 tentang 5",
    "Keputusan Camat Contoh/Jaya Nomor 3/KCJ Tahun 2020 tentang Contoh",
    "PMK 12/PMK.05/2020 tentang Contoh",
]  # fmt: skip


@pytest.mark.parametrize("text", UNREGISTERED)
def test_not_registered(text: str, tmp_path: Path) -> None:
    """The hint may be pasted into the register, and then nothing is found any more."""
    finding = only(judge(tmp_path / "a", "SOP133", "[PP 4/2011]", text))
    assert finding.span.line == 9
    line = finding.hint.removeprefix("tambahkan: ")
    assert "status: tidak_diketahui" in line
    assert judge(tmp_path / "b", "SOP133", "[PP 4/2011]", text, peraturan=PERATURAN + line + "\n") == []
    assert judge(tmp_path / "c", "SOP134", "[PP 4/2011]", text, peraturan=PERATURAN + line + "\n") == []


def test_a_hint_for_the_register(tmp_path: Path) -> None:
    finding = only(judge(tmp_path, "SOP133", "Peraturan Menteri PAN-RB Nomor 2 Tahun 2020 tentang Contoh"))
    assert finding.message == "Permen PANRB 2/2020 belum ada di peraturan.yaml, jadi statusnya tidak terpantau"
    assert finding.hint == (
        "tambahkan: - {jenis: Permen PANRB, nomor: 2, tahun: 2020, tentang: Contoh, status: tidak_diketahui}"
    )
    assert "tentang: …," in only(judge(tmp_path, "SOP133", "PP 9/2020")).hint


def test_registered_or_not_to_be_told(tmp_path: Path) -> None:
    basis = (
        "UUD 1945",
        "PP 4/2011",
        "Peraturan Bupati Nomor 7 Tahun 2012",
        "PP Nomor 9",
        "Peraturan Contoh 1/2020",
        "-",
    )
    assert judge(tmp_path, "SOP133", *basis) == []


@pytest.mark.parametrize(
    ("tentang", "what"),
    [
        ("Arsip, Berkas, dan Naskah Dinas Contho", "sedikit berbeda dari"),
        ("Arsip, Berkas, dan Naskah Dinas", "bukan judul menurut"),
        ("Kepegawaian", "bukan judul menurut"),
    ],
)
def test_another_subject(tentang: str, what: str, tmp_path: Path) -> None:
    finding = only(judge(tmp_path, "SOP134", f"Permen PANRB 1/2020 tentang {tentang}"))
    assert finding.message == f"Judul Permen PANRB 1/2020 yang ditulis, “{tentang}”, {what} peraturan.yaml"
    assert finding.hint == "di peraturan.yaml: tentang Arsip, Berkas, dan Naskah Dinas Contoh"


@pytest.mark.parametrize(
    "text",
    [
        "Permen PANRB 1/2020 tentang ARSIP BERKAS & Naskah-Dinas Contoh;",
        "Permen PANRB 1/2020",
        "Permen PANRB 2/2020 tentang Lain",
        "PP 4/2011 tentang Surat Tahap 2",
        "UU 1/2020 tentang Contoh",
        "UU 1/2020 tentang Contoh sebagaimana telah diubah dengan UU 2/2021 tentang Lain",
    ],
)
def test_the_same_subject(text: str, tmp_path: Path) -> None:
    assert judge(tmp_path, "SOP134", text) == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("status: dicabut, sumber: x", ["status"]),
        ("status: dicabut, dicabut_oleh: PP 1/2012", ["status"]),
        ("status: dicabut", ["status", "status"]),
        ("status: berlaku", ["status"]),
        ("status: dicabut, dicabut_oleh: PP 1/2010, sumber: x", ["dicabut_oleh"]),
        ("dicabut_oleh: Peraturan Pemerintah Nomor 1 Tahun 2010", ["dicabut_oleh"]),
        ("status: dicabut, dicabut_oleh: PP 1/2011, sumber: x", []),
        ("status: dicabut, dicabut_oleh: peraturan baru, sumber: x", []),
        ("status: berlaku, sumber: x", []),
        ("status: tidak_diketahui", []),
        ("sumber: x", []),
    ],
)
def test_register(entry: str, expected: list[str], tmp_path: Path) -> None:
    line = f"- {{jenis: PP, nomor: 4, tahun: 2011, tentang: Surat, {entry}}}\n"
    found = hits(RULES["SOP135"], workspace(tmp_path, ["-"], line))
    assert [(hit.span.path, hit.span.line) for hit in found] == [("content/peraturan.yaml", 1)] * len(expected)
    assert [f.span.col for f in found] == [line.index(f"{field}: ") + len(field) + 3 for field in expected]


def test_text_that_is_no_regulation(tmp_path: Path) -> None:
    basis = ["Sesuai peraturan berikut:", "", "1. [PP 4/2011]", "2. SOP lain", "   - Peraturan perundang-undangan"]
    read = workspace(tmp_path, basis)
    found = hits(RULES["SOP136"], read)
    assert lines(found) == [8, 11, 12]
    assert found[1].message == "“SOP lain” di Dasar Hukum tidak dikenali sebagai peraturan"


@pytest.mark.parametrize("basis", [["-"], [], ["1. -"], ["1. [PP 4/2011]", "2. Peraturan Contoh 1/2020"]])
def test_text_that_is_fine(basis: list[str], tmp_path: Path) -> None:
    assert hits(RULES["SOP136"], workspace(tmp_path, basis)) == []


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("register"), ["-"])


PIECES = st.sampled_from(
    "PP UU UUD Perka BKN Permen SE Perbup Contoh Nomor No. Tahun tentang jo. / - 4 2011 4/2011 46/2011 XI/MPR/1998 "
    'Peraturan Keputusan Menteri Surat Tahap II Rapat “ " { }'.split(" ")
)
LINES = st.lists(st.lists(PIECES, min_size=1, max_size=8).map(" ".join), max_size=8)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(LINES)
def test_whatever_is_cited_findings_stand_at_a_citation(registered: Workspace, texts: list[str]) -> None:
    places = [Span("content/sop/contoh.md", line) for line, _ in enumerate(texts, start=1)]
    cited = [parse_kutipan(text, place) for text, place in zip(texts, places, strict=True)]
    basis = RichText(tuple(Paragraph((Run(text),), span=at) for text, at in zip(texts, places, strict=True)))
    sop = replace(registered.sop["contoh"], dasar_hukum=basis, rujukan=tuple(one for one in cited if one))
    found = list(everything(replace(registered, sop={"contoh": sop})))
    assert {hit.span for _, hit in found} <= set(places)
    assert all(hit.message and "\n" not in hit.message + hit.hint for _, hit in found)
    untold = {place for text, place, one in zip(texts, places, cited, strict=True) if one is None and text.strip(" -")}
    assert {hit.span for code, hit in found if code == "SOP136"} == untold


def everything(read: Workspace) -> Iterator[tuple[str, Hit]]:
    for code in CODES:
        yield from ((code, hit) for hit in hits(RULES[code], read))


def test_the_two_real_sheets() -> None:
    """Their citations are all registered and in order; only the known revoked one is named."""
    read = read_workspace(ROOT).workspace
    assert read is not None
    assert [(code, hit.span.line) for code, hit in everything(read)] == [("SOP111", 23)]
    assert sum(len(sop.rujukan) for sop in read.sop.values()) == 5
