"""Times that cannot be kept or added up, and the words that make a step a check."""

from __future__ import annotations

import pytest

from sopdocs.content.waktu import parse_durasi
from sopdocs.model import Langkah, Prosedur, RichText, Sop, Span
from sopdocs.rules.checking_words import is_check
from sopdocs.rules.waktu import long_step, mixed_days, vague_time
from tests.rules.judging import hits, lines


def sop(*times: str) -> Sop:
    """An SOP whose steps take these times; a text that is no time is free text."""
    steps = tuple(
        Langkah(
            number,
            RichText.of("Mengurus"),
            (),
            waktu=RichText.of(time),
            durasi=parse_durasi(time),
            span=Span("contoh.md", number),
        )
        for number, time in enumerate(times, start=1)
    )
    spans = {"": Span("contoh.md")}
    return Sop("contoh", "Contoh", "camat", ("umum",), (Prosedur(steps, ()),), spans=spans)


@pytest.mark.parametrize(
    ("time", "what"),
    [
        ("secukupnya", "tidak pasti"),
        ("Segera", "tidak pasti"),
        ("menyesuaikan", "tidak pasti"),
        ("Tentatif", "tidak pasti"),
        ("tidak tentu", "tidak pasti"),
        ("beberapa hari", "tidak pasti"),
        ("± 1 jam", "tidak pasti"),
        ("±15 menit", "tidak pasti"),
        ("+/- 2 hari", "tidak pasti"),
        ("kurang lebih 1 jam", "tidak pasti"),
        ("sekitar\n1 jam", "tidak pasti"),
        ("0 menit", "adalah nol"),
        ("0–0 jam", "adalah nol"),
        ("0,0 jam", "adalah nol"),
        ("0", "adalah nol"),
        ("15", "tidak bersatuan"),
        ("1–2", "tidak bersatuan"),
        ("1 s.d. 2", "tidak bersatuan"),
        ("3–1 hari", "terbalik"),
        ("10 sampai dengan 5 menit kerja", "terbalik"),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_held(time: str, what: str) -> None:
    (hit,) = hits(vague_time, sop("5 menit", time))
    assert hit.span.line == 2
    assert hit.message.startswith(f"Langkah 2: waktu “{' '.join(time.split())}” {what}")


@pytest.mark.parametrize(
    "time",
    [
        *("", "-", "–", "1 menit", "1–2 hari kerja", "0–1 hari", "0,5 jam"),
        *("sesuai jadwal", "Saat itu juga", "1 hari 2 jam", "segera, paling lama 1 hari", "tiap tanggal 5"),
        *("triwulan I", "sebelum pukul 10.00", "1-3 hari", "paling lambat 3 (tiga) hari", "1 tahun"),
    ],
)
def test_a_time_that_may_stand(time: str) -> None:
    assert hits(vague_time, sop(time)) == []


def test_a_long_text_is_cut() -> None:
    (hit,) = hits(vague_time, sop("segera " * 40))
    assert len(hit.message) < 120
    assert "…”" in hit.message


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ("30 hari", False),
        ("31 hari", True),
        ("1–31 hari", True),
        ("30 hari kerja", False),
        ("31 hari kerja", True),
        ("4 minggu", False),  # 28 days
        ("5 minggu", True),  # 35 days
        ("1 bulan", False),  # may be 28 days
        ("2 bulan", True),  # 56 days at least
        ("720 jam", False),  # 30 days
        ("721 jam", True),
        ("43200 menit", False),  # 30 days
        ("43201 menit", True),
    ],
)
def test_a_step_that_takes_too_long(time: str, told: bool) -> None:
    assert lines(long_step, sop("1 jam", time)) == ([2] if told else [])


def test_the_office_says_what_is_too_long() -> None:
    assert hits(long_step, sop("5 hari"), hari=5) == []
    (hit,) = hits(long_step, sop("6 hari"), hari=5)
    assert "“6 hari” lebih lama daripada 5 hari" in hit.message


def test_days_and_working_days_in_one_sop() -> None:
    assert hits(mixed_days, sop("1 hari", "2 hari", "1 minggu", "1 jam", "sesuai jadwal")) == []
    assert hits(mixed_days, sop("1 hari kerja", "2 hari kerja")) == []
    (hit,) = hits(mixed_days, sop("1 jam", "1 hari", "2 hari", "1 hari kerja", "2 hari"))
    assert hit.span.line == 4
    assert hit.message == "Langkah 4 memakai hari kerja, langkah 2 memakai hari"


@pytest.mark.parametrize(
    "text",
    """Memeriksa berkas|Meneliti berkas|Menelaah surat|Memverifikasi data|Memvalidasi data|Mengoreksi konsep
    Mengkoreksi konsep|Menilai usul|Mengevaluasi hasil|Menyetujui usul|Memutuskan hasil|Mereviu konsep|Mencocokkan data
    Menentukan pemenang|Mempertimbangkan usul|Menguji alat|Menyeleksi peserta|Memaraf konsep|Menganalisis data
    Mengecek berkas|Mengonfirmasi kehadiran|Mendisposisikan surat|Periksa berkas|Verifikasi berkas|Pemeriksaan berkas
    Menerima dan memeriksa berkas|Menerima, meneliti, dan mencatat berkas|Menyepakati hasil|Diperiksa oleh atasan
    Menyortir surat|Memfinalisasi lalu memvalidasi data|MEMERIKSA BERKAS""".replace("\n", "|").split("|"),
)
def test_a_check(text: str) -> None:
    assert is_check(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "Menyimpan berkas",
        "Mengirim hasil pemeriksaan",
        "Menyusun nilai",
        "Mencatat hasil seleksi",
        "Pengujian1",
    ],
)
def test_no_check(text: str) -> None:
    assert not is_check(text)
