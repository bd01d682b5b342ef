"""Names that differ by a letter, and names of other offices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.model import Finding, Instansi, Kelompok, Pejabat, Pelaksana, RichText, Severity, Span
from sopdocs.rules import names
from tests.rules.judging import findings
from tests.rules.making import INSTANSI, PEJABAT, PELAKSANA, rich, sop_of, step, workspace_of

BOTH = (PEJABAT, Pejabat("plt", "Plt. Camat", "Budiman Rekacontoh, S.Contoh.", "19700101 199501 1 001"))


def officials(**change: str) -> list[tuple[str, str]]:
    """What is said of a second entry that differs from the first in one field; code and place."""
    spans = {name: Span("pejabat.yaml", 9, column) for column, name in enumerate(("", "nama", "nip"), start=1)}
    second = replace(BOTH[1], spans=spans, **change)
    found = findings(workspace_of(pejabat=(PEJABAT, second)), "SOP128")
    return [(finding.code, str(finding.span)) for finding in found]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({}, None),
        ({"nama": "Budiman  Rekacontoh, S.CONTOH."}, None),
        ({"nama": "Budiman Rekacontah, S.Contoh."}, "pejabat.yaml:9:2"),
        ({"nama": "Budiman Rekacontoh, M.Contoh."}, "pejabat.yaml:9:2"),
        ({"nama": "Siti Contohwati"}, "pejabat.yaml:9:2"),
        ({"nip": "19710101 199501 1 001"}, "pejabat.yaml:9:3"),
        ({"nama": "H. Budiman Rekacontah", "nip": "19710101 199501 1 001"}, "pejabat.yaml:9:3"),
        ({"nip": "198512312010012042"}, None),
        ({"nama": "Siti Contohwati", "nip": "19710101 199501 1 001"}, None),
        ({"nip": ""}, None),
    ],
)
def test_two_entries_of_one_person(change: dict[str, str], place: str | None) -> None:
    assert officials(**change) == ([("SOP128", place)] if place else [])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Budiman Rekacontoh, S.Contoh., M.Contoh.", ("budiman", "rekacontoh")),
        ("Dr. H. Budiman Rekacontoh", ("budiman", "rekacontoh")),
        ("Drs H Budiman Rekacontoh", ("budiman", "rekacontoh")),
        ("H", ("h",)),
        ("", ()),
    ],
)
def test_a_name_without_titles(name: str, words: tuple[str, ...]) -> None:
    assert names.words_of_name(name) == words


def in_text(text: str, *kantor_lain: str, instansi: Instansi = INSTANSI) -> list[Finding]:
    office = replace(instansi, kantor_lain=kantor_lain)
    return findings(workspace_of(sop_of(peringatan=rich(text, 40)), instansi=office), "SOP128", "SOP153")


@pytest.mark.parametrize(
    "text",
    [
        "Budiman Rekacontoh",
        "BUDIMAN REKACONTOH",
        "budiman rekacontah",
        "Budiman Lain",
        "Rekacontah",
        "Kecamatan Contoh Jaya",
        "kecamatan contoh jaya",
        "Kecamatan Contoh Barat",
        "NIP 19700101 199501 1 001",
        "NIP 197001011995011001",
        "NIP 198512312010012042",
        "Nomor 1234567890",
        "kasubbag dan Kasubbagnya",
        "sekretariat camat",
        "kepala seksinya",
    ],
)
def test_honest_texts(text: str) -> None:
    assert in_text(text) == []


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("Saudara Budimin Rekacontoh hadir", "SOP128", "“Budimin Rekacontoh” berbeda tipis dari “Budiman Rekacontoh”"),
        ("CAMAT CONTAH JAYA", "SOP128", "“Camat Contoh Jaya” di instansi.yaml"),
        ("Kabupatem Contoh", "SOP128", "“Kabupaten Contoh” di instansi.yaml"),
        ("NIP. 19700101.199501.1.002", "SOP128", "dari NIP Budiman Rekacontoh, S.Contoh. di pejabat.yaml"),
        ("NIP 1970010119950110011", "SOP128", "dari NIP Budiman"),
        ("diparaf Kasubag dan kasubag", "SOP153", "“Kasubag” berbeda ejaan dari “Kasubbag” di pelaksana.yaml"),
        ("Kepala Saksi", "SOP153", "“Kepala Seksi” di pelaksana.yaml"),
    ],
)
def test_a_slip(text: str, code: str, says: str) -> None:
    first = in_text(text)[0]
    assert (first.code, first.span.line) == (code, 40)
    assert first.severity is (Severity.GALAT if code == "SOP128" else Severity.PERINGATAN)
    assert says in first.message


def test_a_known_name_is_no_slip() -> None:
    assert in_text("Kecamatan Contah Jaya", "Kecamatan Contah Jaya") == []
    second = Pejabat("lain", "Sekretaris", "Budimin Rekacontoh", "198512312010012042")
    workspace = workspace_of(sop_of(peringatan=rich("Budimin Rekacontoh")), pejabat=(PEJABAT, second))
    assert findings(workspace, "SOP128") == []


def test_the_letterhead_is_compared_with_the_name() -> None:
    (finding,) = in_text("", instansi=replace(INSTANSI, kop=("KECAMATAN CONTOH JAYA", "KABUPATEN CONTAH")))
    assert finding.span.path == "content/instansi.yaml"


OFFICES = {
    "Surat ke Kecamatan Rekaraya yang dikirim": ["Kecamatan Rekaraya"],
    "Surat ke Kecamatan Contoh yang dikirim": ["Kecamatan Contoh"],
    "Camat Contoh Jaya dan Camat Rekaraya Timur hadir": ["Camat Rekaraya Timur"],
    "Surat Camat Rekaraya Kabupaten Rekahulu lama": ["Camat Rekaraya", "Kabupaten Rekahulu"],
    "Surat Kecamatan Setempat yang dikirim": [],
    "Kabupaten/Kota": [],
    "Laporan kepada Bupati melalui camat": [],
    "Surat Camat Yang Telah Ditandatangani": [],
    "Laporan Kecamatan Berkala": [],
    "Sekretaris Camat Memeriksa berkas yang masuk": [],
    "Kantor Kecamatan Lantai 2 yang baru": [],
    "Camat Contoh Jaya Yang Baru": [],
    "Kecamatan Contah Jaya": [],
    "Dinas Rekaraya": [],
    "Provinsi Rekaraya": [],
    "Desa Rekaraya dan Kelurahan Rekahilir": [],
    "Kota Rekaraya": [],
    "Wali Kota Rekaraya hadir": ["Wali Kota Rekaraya"],
}


def named(text: str, *kantor_lain: str, field: str = "peringatan", **change: object) -> list[str]:
    office = replace(INSTANSI, kantor_lain=kantor_lain)
    found = findings(workspace_of(sop_of(**{field: rich(text, 40), **change}), instansi=office), "SOP129")
    assert all(finding.severity is Severity.GALAT and finding.span.line == 40 for finding in found)
    return [finding.message.partition("“")[2].partition("”")[0] for finding in found]


@pytest.mark.parametrize("text", OFFICES)
def test_other_offices(text: str) -> None:
    assert named(text) == OFFICES[text]


def test_offices_that_are_meant() -> None:
    text = "Surat Camat Rekaraya yang dikirim"
    assert named(text, "Kecamatan Rekaraya") == named(text, "Rekaraya") == []
    assert named(text, kelompok=(Kelompok("Kecamatan Rekaraya", ("staf",)),)) == []
    lanes = PELAKSANA | {"lain": Pelaksana("lain", "Camat Rekaraya")}
    workspace = workspace_of(sop_of(peringatan=rich(text)), pelaksana=lanes)
    assert findings(workspace, "SOP129") == []


def test_legal_basis() -> None:
    law = "Peraturan Bupati Rekahulu Nomor 1 Tahun 2020 tentang Contoh"
    assert named(law, field="dasar_hukum") == ["Bupati Rekahulu"]
    law = "Peraturan Contoh Nomor 1 Tahun 2020 tentang Pembentukan Kabupaten Rekahulu dan Kabupaten Contoh"
    assert named(law, field="dasar_hukum") == []
    law = "Peraturan Contoh Nomor 1 Tahun 2020 tentang Tata Kerja Kecamatan Rekaraya"
    assert named(law, field="dasar_hukum") == ["Kecamatan Rekaraya"]


def test_a_word_written_small_elsewhere_is_no_name() -> None:
    assert named("Laporan Kecamatan Rekabulan") == ["Kecamatan Rekabulan"]
    assert named("Laporan Kecamatan Rekabulan", peralatan=RichText.of("daftar rekabulan")) == []


def test_levels_that_the_office_does_not_name_are_not_judged() -> None:
    bureau = Instansi("Dinas Contoh", ("DINAS CONTOH",))
    workspace = workspace_of(sop_of(peringatan=rich("Camat Rekaraya dan Bupati Rekahulu hadir")), instansi=bureau)
    assert findings(workspace, "SOP129") == []
    ward = Instansi("Kelurahan Contoh Hilir", ("KOTA CONTOH", "KELURAHAN CONTOH HILIR"))
    workspace = workspace_of(sop_of(peringatan=rich("Lurah Rekahilir dari Kota Rekaraya hadir")), instansi=ward)
    assert len(findings(workspace, "SOP129")) == 2


@given(st.text(max_size=40), st.text(max_size=40), st.text(alphabet="KecamatnBupi CJo ", max_size=60))
def test_any_name_is_judged(nama: str, nip: str, text: str) -> None:
    official = Pejabat("camat", text, nama, nip)
    office = Instansi(text, (nama, text), kabupaten=nama, kantor_lain=(nama, text))
    lanes = {"staf": Pelaksana("staf", nama, text)}
    sop = sop_of(step(1, f"{nama} {text} {nip}"))
    workspace = workspace_of(sop, instansi=office, pejabat=(official, PEJABAT), pelaksana=lanes)
    assert all(finding.message for finding in findings(workspace, "SOP128", "SOP129", "SOP153"))
