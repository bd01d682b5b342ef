"""Sentences of steps: a corpus of good ones, one of bad ones, and the places and hints of each rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.model import Bentuk, Finding, Paragraph, RichText, Run, Severity, Sop, Span, Workspace
from sopdocs.rules import wording
from tests.rules.judging import findings as judged
from tests.rules.judging import hits
from tests.rules.making import sentences, sop_of, step, workspace_of

WORDING = ("SOP140", "SOP141", "SOP142", "SOP146", "SOP147", "SOP149", "SOP152")
WORDS = (*WORDING, "SOP151", "SOP128", "SOP153", "SOP129", "SOP148")
GOOD = sentences("kalimat_baik.txt")
BAD = [line.split(" | ") for line in sentences("kalimat_buruk.txt")]


def judge_wording(sop: Sop) -> list[Finding]:
    return judged(workspace_of(sop), *WORDING)


def judge(workspace: Workspace) -> list[Finding]:
    """Everything that the rules on words say of a workspace."""
    return judged(workspace, *WORDS)


def findings(*uraian: str) -> list[Finding]:
    steps = [step(number, text) for number, text in enumerate(uraian, start=1)]
    return judge_wording(sop_of(*steps))


def hint(uraian: str) -> str:
    (finding,) = findings(uraian)
    return finding.hint


def test_the_corpora_are_large_enough() -> None:
    assert len(set(GOOD)) >= 60
    assert len(BAD) >= 40


@pytest.mark.parametrize("sentence", GOOD)
def test_a_good_sentence(sentence: str) -> None:
    assert judge(workspace_of(sop_of(step(1, sentence)))) == []


@pytest.mark.parametrize(("codes", "sentence"), BAD)
def test_a_bad_sentence(codes: str, sentence: str) -> None:
    assert {finding.code for finding in judge(workspace_of(sop_of(step(1, sentence))))} == set(codes.split())


def test_every_code_has_a_bad_sentence() -> None:
    shown = {code for codes, _ in BAD for code in codes.split()}
    assert shown | {"SOP149", "SOP148"} == set(WORDS)


@pytest.mark.parametrize(
    ("uraian", "expected"),
    [
        ("Pengumpulan data", "tulis “Mengumpulkan …”"),
        ("Disetujui usulan", "tulis “Menyetujui …”"),
        ("Penyemprotan halaman", "misalnya “Menyemprot(kan/i) …”"),
        ("Kesiapan ruang", "beri kata kerja di depannya, misalnya “Memeriksa kesiapan …”"),
        ("Segera mengirim undangan", "awali dengan kata kerjanya: “Mengirim …”"),
        ("Surat untuk mengundang warga", "awali dengan kata kerja aktif, misalnya Menerima, Memeriksa, Menyusun"),
        ("Terima kasih kepada tamu", "awali dengan kata kerja aktif, misalnya Menerima, Memeriksa, Menyusun"),
        ("Camat Contoh Jaya segera menandatangani surat", "tulis “Menandatangani surat”"),
        ("Camat", "mulai dengan kata kerjanya; pelaksana sudah tampak di lajur"),
        ("Menulis laporan.", "hapus titiknya; uraian bukan kalimat lengkap"),
        ("menulis laporan", "tulis “Menulis …”"),
    ],
)
def test_hint(uraian: str, expected: str) -> None:
    assert hint(uraian) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("di di desa", "hapus salah satu"), ("rata rata", "tulis dengan tanda hubung: “rata-rata”")],
)
def test_hint_for_a_doubled_word(text: str, expected: str) -> None:
    workspace = workspace_of(sop_of(step(1, "Mengisi", syarat=text)))
    (finding,) = judged(workspace, "SOP151")
    assert finding.hint == expected
    assert (finding.span.line, finding.severity) == (12, Severity.PERINGATAN)


@pytest.mark.parametrize("text", ["2 2", "surat-surat", "surat, surat", "A A", "masing-masing masing"])
def test_no_doubled_word(text: str) -> None:
    assert judged(workspace_of(sop_of(step(1, text))), "SOP151") == []


def test_terminators_need_no_verb() -> None:
    steps = (step(1, "Mulai", bentuk=Bentuk.MULAI), step(2, "Selesai", bentuk=Bentuk.SELESAI), step(3, "Selesai"))
    assert (judge_wording(sop_of(*steps))) == []


def test_a_condition_is_allowed_in_a_decision() -> None:
    text = "Mengembalikan berkas jika kurang"
    assert (judge_wording(sop_of(step(1, text, bentuk=Bentuk.KEPUTUSAN)))) == []


def test_a_condition_is_placed_at_its_word() -> None:
    (finding,) = findings("Mengirim “jika” dan jika perlu")
    assert finding.span == Span("sop.md", 10, 8 + len("Mengirim “jika” dan "))


def test_a_condition_after_bold_text_is_placed_at_the_uraian() -> None:
    runs = (Run("Mengirim", bold=True), Run(" jika perlu"))
    text = RichText((Paragraph(runs, span=Span("sop.md", 10, 8)),))
    langkah = step(1, "x")
    sop = sop_of(type(langkah)(1, text, langkah.simbol))
    (finding,) = judged(sop, "SOP142")
    assert finding.span == Span("sop.md", 10, 8)


def test_the_same_step_twice() -> None:
    (finding,) = findings("Memeriksa surat", "Menulis surat", "Memeriksa  SURAT")
    assert (finding.code, finding.span.line, finding.severity) == ("SOP149", 30, Severity.PERINGATAN)
    assert "langkah 1" in finding.message


def test_length_is_a_setting() -> None:
    sop = sop_of(step(1, "Memeriksa surat masuk"))
    assert hits(wording.long_text, sop, kata=3) == []
    assert len(hits(wording.long_text, sop, kata=2)) == 1


def test_further_verbs_are_a_setting() -> None:
    sop = sop_of(step(1, "Unggah berkas"))
    assert len(hits(wording.first_word, sop)) == 1
    assert hits(wording.first_word, sop, kata_kerja=("unggah",)) == []


def test_an_empty_uraian_is_an_error() -> None:
    (finding,) = findings("…")
    assert (finding.code, finding.severity) == ("SOP146", Severity.GALAT)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_judged(uraian: str, other: str) -> None:
    sop = sop_of(
        step(1, uraian, other, uraian), step(2, other, uraian, other), nama=uraian, peralatan=RichText.of(other)
    )
    for finding in judge(workspace_of(sop)):
        assert finding.message
