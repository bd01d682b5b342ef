"""Citations of regulations as offices write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdocs.content.kutipan import parse_kutipan
from sopdocs.model import Peraturan, Rujukan, Span, same_regulation
from sopdocs.model.jenis import JENIS, Jenis, Pemilik, Sebutan

HERE = Span("content/sop/contoh.md", 7, 4)
PANRB = "Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"
PRESTASI = "Penilaian Prestasi Kerja Pegawai Negeri Sipil"
SAKIP = "Sistem Akuntabilitas Kinerja Instansi Pemerintah"
PERKA = "Ketentuan Pelaksanaan Peraturan Pemerintah Nomor 46 Tahun 2011 Tentang Penilaian Prestasi Kerja"

Parts = tuple[str | None, str | None, str | None, int | None, str | None]


def parse(text: str) -> Rujukan | None:
    return parse_kutipan(text, HERE)


def parts(text: str) -> Parts:
    """Kind, maker, number, year, subject."""
    found = parse(text)
    assert found is not None, text
    assert found.span == HERE
    return found.jenis, found.lembaga, found.nomor, found.tahun, found.tentang


FORMS: dict[str, Parts] = {
    f"Peraturan Pemerintah Nomor 46 Tahun 2011 tentang {PRESTASI}": ("pp", None, "46", 2011, PRESTASI),
    f"Peraturan Pemerintah Republik Indonesia Nomor 46 Tahun 2011 tentang {PRESTASI};": (
        "pp", None, "46", 2011, PRESTASI),
    f"PERATURAN  PEMERINTAH\u00a0NOMOR 46 TAHUN 2011 TENTANG {PRESTASI}; dan": ("pp", None, "46", 2011, PRESTASI),
    "PP 46/2011": ("pp", None, "46", 2011, None),
    "PP46/2011": ("pp", None, "46", 2011, None),
    "pp no 46 / 2011.": ("pp", None, "46", 2011, None),
    "PP No. 46 Th. 2011": ("pp", None, "46", 2011, None),
    "PP No : 46 Thn 2011 ttg. Contoh": ("pp", None, "46", 2011, "Contoh"),
    "PP Tahun 2011 Nomor 46 tentang Contoh": ("pp", None, "46", 2011, "Contoh"),
    "• Pasal 3 ayat (1) PP 46/2011": ("pp", None, "46", 2011, None),
    "PP Th.2011": ("pp", None, None, 2011, None),
    "PP 2011 tentang Contoh": ("pp", None, None, 2011, "Contoh"),
    "Peraturan Pemerintah Nomor … Tahun 2011": ("pp", None, None, 2011, None),
    "Peraturan Pemerintah tentang Contoh": ("pp", None, None, None, "Contoh"),
    "Peraturan Pemerintah Nomor 46": ("pp", None, "46", None, None),
    "PP No. 46 Th. 11": ("pp", None, "46", None, None),
    "Perpres RI No 29 Tahun 2014": ("perpres", None, "29", 2014, None),
    f"Peraturan Presiden RI Nomor 29 Tahun 2014 tentang {SAKIP}": ("perpres", None, "29", 2014, SAKIP),
    "Keputusan Presiden Nomor 1 Tahun 2020 tentang Contoh": ("keppres", None, "1", 2020, "Contoh"),
    "Inpres 1/2020": ("inpres", None, "1", 2020, None),
    "Permen PAN-RB No. 53 Tahun 2014": ("permen", "Menteri PAN-RB", "53", 2014, None),
    "Permen PAN dan RB No. 53 Tahun 2014": ("permen", "Menteri PAN dan RB", "53", 2014, None),
    "Peraturan Menteri PAN-RB Nomor 53 Tahun 2014 tentang Contoh;": ("permen", "Menteri PAN-RB", "53", 2014, "Contoh"),
    "PermenPANRB 35/2012": ("permen", "Menteri PANRB", "35", 2012, None),
    "PermenPAN-RB 19/2018": ("permen", "Menteri PAN-RB", "19", 2018, None),
    f"Peraturan {PANRB} Nomor 35 Tahun 2012": ("permen", PANRB, "35", 2012, None),
    "Permendagri 52/2011": ("permen", "Menteri dagri", "52", 2011, None),
    "Peraturan Menteri Dalam Negeri (Permendagri) Nomor 1 Tahun 2023": (
        "permen", "Menteri Dalam Negeri", "1", 2023, None),
    "Peraturan Daerah (Perda) Kabupaten Contoh (Contoh) Nomor 1 Tahun 2020 tentang Contoh (Lain)": (
        "perda_kabupaten_kota", "Kabupaten Contoh", "1", 2020, "Contoh (Lain)"),
    "PMK 12/PMK.05/2020 tentang Contoh": ("permen", "Menteri Keuangan", "12/PMK.05/2020", 2020, "Contoh"),
    "Permenpan Nomor: PER/21/M.PAN/11/2008": ("permen", "Menteri pan", "PER/21/M.PAN/11/2008", 2008, None),
    "PER/21/M.PAN/11/2008 tentang Contoh": ("permen", "Menteri PAN", "PER/21/M.PAN/11/2008", 2008, "Contoh"),
    "Peraturan Menteri Negara PAN Nomor PER/21/M.PAN/11/2008": (
        "permen", "Menteri Negara PAN", "PER/21/M.PAN/11/2008", 2008, None),
    "Peraturan Menteri Nomor 1 Tahun 2020": ("permen", None, "1", 2020, None),
    "Perka BKN No. 1 Tahun 2013": ("peraturan_lembaga", "Kepala BKN", "1", 2013, None),
    f"Peraturan Kepala Badan Kepegawaian Negara Nomor 1 Tahun 2013 Tentang {PERKA}": (
        "peraturan_lembaga", "Kepala Badan Kepegawaian Negara", "1", 2013, PERKA),
    "Perban BKN 1/2020": ("peraturan_lembaga", "BKN", "1", 2020, None),
    "Peraturan Badan Contoh Nomor 1 Tahun 2020": ("peraturan_lembaga", "Badan Contoh", "1", 2020, None),
    "Peraturan LAN 1/2020": ("peraturan_lembaga", "LAN", "1", 2020, None),
    "Peraturan Kepala Nomor 1 Tahun 2013": ("peraturan_lembaga", None, "1", 2013, None),
    "Peraturan Kepala Dinas Contoh Nomor 1 Tahun 2020": (
        "peraturan_perangkat_daerah", "Kepala Dinas Contoh", "1", 2020, None),
    "Undang-Undang Nomor 23 Tahun 2014": ("uu", None, "23", 2014, None),
    "Undang\u2011Undang Nomor 12A Tahun 2014": ("uu", None, "12A", 2014, None),
    "Undang Undang Nomor 12 A Tahun 2014": ("uu", None, "12 A", 2014, None),
    "UU No.23/2014": ("uu", None, "23", 2014, None),
    "UU RI No. XII Tahun 2014": ("uu", None, "XII", 2014, None),
    "UU Contoh": ("uu", None, None, None, None),
    "Perppu 1/2020": ("perppu", None, "1", 2020, None),
    "Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2020": ("perppu", None, "1", 2020, None),
    "Perda Kabupaten Balangan Nomor 2 Tahun 2015": ("perda_kabupaten_kota", "Kabupaten Balangan", "2", 2015, None),
    "Peraturan Daerah Kab. Contoh No. 2 Th 2015": ("perda_kabupaten_kota", "Kab. Contoh", "2", 2015, None),
    "Peraturan Daerah Provinsi Contoh 2/2015": ("perda_provinsi", "Provinsi Contoh", "2", 2015, None),
    "Perda 2/2015": ("perda", None, "2", 2015, None),
    "Perbup Balangan 19/2016": ("perbup", "Bupati Balangan", "19", 2016, None),
    f"Peraturan Bupati No. 19 Tahun 2016 tentang {SAKIP}": ("perbup", None, "19", 2016, SAKIP),
    "Peraturan Walikota Contoh Nomor 1 Tahun 2020": ("perwali", "Wali Kota Contoh", "1", 2020, None),
    "Pergub Contoh 1/2020": ("pergub", "Gubernur Contoh", "1", 2020, None),
    "Keputusan Bupati Contoh Nomor 188/12/KUM/2020 Tahun 2020": (
        "kepbup", "Bupati Contoh", "188/12/KUM/2020", 2020, None),
    "Perdes Contoh 1/2020": ("perdes", "Desa Contoh", "1", 2020, None),
    "SE Menteri PANRB Nomor 5 tanggal 3 Mei 2020 tentang Contoh": ("se", "Menteri PANRB", "5", 2020, "Contoh"),
    "Undang-Undang Dasar Negara Republik Indonesia Tahun 1945": ("uud", None, None, 1945, None),
    "SE/1/2020": ("se", None, "1", 2020, None),
    "SK Camat Contoh Jaya Nomor 1 Tahun 2020": (None, "SK Camat Contoh Jaya", "1", 2020, None),
    "PP No.46/2011 tgl 2 Mei tentang Contoh": ("pp", None, "46", 2011, "Contoh"),
    "Perbup Contoh Nomor 5, tanggal 3 Mei 2020, tentang Contoh": ("perbup", "Bupati Contoh", "5", 2020, "Contoh"),
    "UU Darurat 1/1950": ("uu_darurat", None, "1", 1950, None),
    "Peraturan Bersama Menteri Contoh dan Menteri Lain Nomor 8 dan 9 Tahun 2020 tentang Contoh": (
        "permen", "Menteri Contoh dan Menteri Lain", "8 dan 9", 2020, "Contoh"),
    "UUD 1945": ("uud", None, None, 1945, None),
    "Ketetapan MPR Nomor XI/MPR/1998": ("tap_mpr", None, "XI/MPR/1998", 1998, None),
    "TAP MPR RI No. XI/MPR/1998 tentang Contoh": ("tap_mpr", None, "XI/MPR/1998", 1998, "Contoh"),
    "Peraturan Contoh Nomor 1 Tahun 2020 tentang Contoh": (None, "Peraturan Contoh", "1", 2020, "Contoh"),
    "Keputusan Camat Contoh Jaya Nomor 1 Tahun 2020": (None, "Keputusan Camat Contoh Jaya", "1", 2020, None),
    "UU 1/2020 tentang Contoh jo. UU 2/2021 tentang Lain": ("uu", None, "1", 2020, "Contoh"),
    "UU 1/2020 jo UU 2/2021 tentang Lain": ("uu", None, "1", 2020, None),
    "UU 1/2020 tentang Contoh sebagaimana telah beberapa kali diubah, terakhir dengan UU 2/2021": (
        "uu", None, "1", 2020, "Contoh"),
    "UU 1/2020 tentang Contoh (sebagaimana diubah dengan UU 2/2021)": ("uu", None, "1", 2020, "Contoh"),
    "UU 1/2020 tentang Contoh (Lembaran Negara Tahun 2020 Nomor 9)": ("uu", None, "1", 2020, "Contoh"),
    "UU 1/2020 (Contoh Pendek) tentang Contoh": ("uu", None, "1", 2020, "Contoh"),
    "UU 1/2020 tentang Perubahan atas UU 9/2010 tentang Lain": (
        "uu", None, "1", 2020, "Perubahan atas UU 9/2010 tentang Lain"),
    "PP 46/2011 dan PP 1/2020 tentang Contoh": ("pp", None, "46", 2011, None),
}  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_form(text: str) -> None:
    assert parts(text) == FORMS[text]


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "–", ".", "SOP lain", "Keputusan rapat", "Peraturan perundang-undangan yang berlaku",
     "Se-Kabupaten Contoh", "Rapat 5 Mei 2020", "Sesuai PP 46/2011", "Peraturannya Nomor 1 Tahun 2020", "46/2011",
     "Keputusan rapat tentang Contoh", "Uumum 1/2020", "Pasal 3"],
)  # fmt: skip
def test_no_regulation(text: str) -> None:
    assert parse(text) is None


def test_the_written_text_is_kept_on_one_line() -> None:
    found = parse("PP  46/2011\njo. PP 1/2020;")
    assert found is not None
    assert found.tertulis == "PP 46/2011 jo. PP 1/2020"


# Not the words that a list of citations has between them.
WORD = st.text("abdegknprstu", min_size=3, max_size=9).map(str.capitalize).filter(lambda w: w not in ("Tentang", "Dan"))
SUBJECT = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
NUMBER = st.one_of(
    st.integers(1, 9999).map(str),
    st.integers(1, 99).map(lambda number: f"{number}A"),
    st.sampled_from(["IV", "XII", "12.3", "HK.01"]),
)
NAMES = [(jenis, sebutan) for jenis in JENIS if jenis.key != "uud" for sebutan in jenis.sebutan]
MODEST = settings(max_examples=400, deadline=None, derandomize=True, database=None)


def maker(jenis: Jenis, sebutan: Sebutan) -> str:
    """What stands after the name of the kind, plainly invented."""
    if sebutan.lembaga or jenis.pemilik is Pemilik.TUNGGAL:
        return ""
    return f" {sebutan.lanjutan[0].capitalize()} Contoh" if sebutan.lanjutan else " Contoh"


@MODEST
@given(st.sampled_from(NAMES), NUMBER, st.integers(1945, 2100), SUBJECT, st.data())
def test_what_is_printed_is_read_again(
    name: tuple[Jenis, Sebutan], nomor: str, tahun: int, tentang: str, data: st.DataObject
) -> None:
    """In full, short and in old forms, each kind gives the same number, year, subject and maker."""
    jenis, sebutan = name
    written = data.draw(st.sampled_from([sebutan.nama, *sebutan.singkatan, *sebutan.lama]))
    written += "" if sebutan.lembaga and written == sebutan.nama else maker(jenis, sebutan)
    entry = Peraturan(written, nomor, tahun, tentang)
    short = f"{written} {nomor}/{tahun}"
    texts = [entry.kutipan, f"{short} tentang {tentang}", f"{written} No. {nomor} Th. {tahun} ttg {tentang};", short]
    change = data.draw(st.sampled_from([str.upper, str.lower, str]))
    for text in texts:
        found = parse(change(text))
        assert found is not None, text
        assert (found.jenis, found.nomor, found.tahun) == (jenis.key, change(nomor), tahun), text
        assert found.tentang == (None if text == short else change(tentang))
        assert (found.lembaga is None) == (jenis.pemilik is Pemilik.TUNGGAL)
        assert same_regulation(found, entry), text
        suggested = Peraturan(found.nama_jenis, nomor, tahun, tentang)
        assert same_regulation(found, suggested), found.nama_jenis


PIECES = st.sampled_from(
    "PP UU UUD Perka BKN Permen SE Nomor No. Tahun Th. tentang jo. dan RI / ( ) . , ; - 46 2011 46/2011 XI/MPR/1998 "
    "PER/21/M.PAN/11/2008 Peraturan Keputusan Menteri Kepala Pasal sebagaimana telah diubah İ ß ﬁ \u00ad \u2011".split(
        " "
    )
)


@MODEST
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=15).map(" ".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse(text)
    if found is not None:
        assert found.tertulis == " ".join(found.tertulis.split())
        assert found.tertulis
        assert all(part is None or part.strip() for part in (found.lembaga, found.nomor, found.tentang))
        assert found.ringkas


@pytest.mark.parametrize(
    "piece",
    ["a", " ", "1", "(", ", ", "No ", "XI/", "Tahun ", "Pasal 1 ", "sebagaimana telah ", "jo", "PP ", ". ", "tentang ",
     "tanggal ", "/ ", "PER/", "dan;"],
)  # fmt: skip
def test_long_lines_take_no_longer_than_they_must(piece: str) -> None:
    start = time.process_time()
    for head in ("", "PP ", "PP 46/2011 ", "Peraturan Menteri ", "UU 1/2020 tentang "):
        parse(head + piece * (100_000 // len(piece)))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Perka BKN 1/2013", "Peraturan Kepala Badan Kepegawaian Negara Nomor 01 Tahun 2013"),
        ("Perka BKN 1/2013", "Peraturan Badan Kepegawaian Negara Nomor 1 Tahun 2013"),
        ("Permen PAN-RB 53/2014", f"Peraturan {PANRB} RI Nomor 53 Tahun 2014"),
        ("Permenpan 21/2008", "Permen PANRB 21/2008"),
        ("Permendagri 52/2011", "Peraturan Menteri Dalam Negeri Nomor 52 Tahun 2011"),
        ("Perbup 19/2016", "Peraturan Bupati Balangan Nomor 19 Tahun 2016"),
        ("Perda Kab. Balangan 2/2015", "Perda Balangan 2/2015"),
        ("Perda 2/2015", "Perda Provinsi Contoh 2/2015"),
        ("PMK 12/PMK.05/2020", "Peraturan Menteri Keuangan Nomor 12/PMK.05 Tahun 2020"),
        ("UU 12A/2014", "uu nomor 12 a tahun 2014"),
        ("UUD 1945", "Undang-Undang Dasar"),
        ("Peraturan Contoh 1/2020", "PERATURAN CONTOH Nomor 1 Tahun 2020"),
    ],
)
def test_the_same_regulation(one: str, other: str) -> None:
    first, second = parse(one), parse(other)
    assert first is not None
    assert second is not None
    assert same_regulation(first, second)
    assert same_regulation(second, first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Perka BKN 1/2013", "Perka LAN 1/2013"),
        ("Permen PANRB 53/2014", "Permendagri 53/2014"),
        ("Permen PANRB 53/2014", "Permen 53/2014"),
        ("Perbup Balangan 19/2016", "Perbup Contoh 19/2016"),
        ("Perda Kota Contoh 2/2015", "Perda Kabupaten Contoh 2/2015"),
        ("Perda Provinsi Contoh 2/2015", "Perda Kabupaten Contoh 2/2015"),
        ("PP 46/2011", "PP 46/2012"),
        ("PP 46/2011", "PP 4/2011"),
        ("PP 46/2011", "Perpres 46/2011"),
        ("PP 46/2011", "Perppu 46/2011"),
        ("PP Nomor 46", "PP Nomor 46"),
        ("Peraturan Contoh 1/2020", "Peraturan Lain 1/2020"),
        ("UUD 1945", "UU 1/1945"),
        ("Peraturan Contoh 1/2020", "PP 1/2020"),
    ],
)
def test_not_the_same_regulation(one: str, other: str) -> None:
    first, second = parse(one), parse(other)
    assert first is not None
    assert second is not None
    assert not same_regulation(first, second)
    assert not same_regulation(second, first)


@pytest.mark.parametrize(
    ("text", "nama"),
    [
        ("Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi 1/2020", "Permen PANRB"),
        ("Peraturan Menteri Dalam Negeri 1/2020", "Permendagri"),
        ("Peraturan Menteri Negara PAN 1/2020", "Permeneg PAN"),
        ("Peraturan Menteri Contoh 1/2020", "Permen Contoh"),
        ("Peraturan Kepala BKN 1/2020", "Perka BKN"),
        ("Peraturan Badan Kepegawaian Negara 1/2020", "Peraturan Badan Kepegawaian Negara"),
        ("Peraturan Kepala 1/2020", "Perka"),
        ("Peraturan Bupati 1/2020", "Perbup"),
        ("Peraturan Bupati Contoh 1/2020", "Perbup Contoh"),
        ("Peraturan Daerah Kabupaten Contoh 1/2020", "Perda Kabupaten Contoh"),
        ("Peraturan Contoh 1/2020", "Peraturan Contoh"),
    ],
)
def test_the_kind_as_the_register_has_it(text: str, nama: str) -> None:
    found = parse(text)
    assert found is not None
    assert found.nama_jenis == nama
    assert found.ringkas == f"{nama} 1/2020"


def test_a_number_that_holds_the_year_is_not_shown_with_the_year_twice() -> None:
    found = parse("Tap MPR Nomor XI/MPR/1998")
    assert found is not None
    assert found.ringkas == "Tap MPR XI/MPR/1998"
