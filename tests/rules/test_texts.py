"""Every text that is printed, and the log of revisions, is judged; notes and doubts are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sopdocs.model import (
    Bentuk,
    Bundel,
    Kelompok,
    Keputusan,
    Pengertian,
    Penjelasan,
    Prosedur,
    Revisi,
    Run,
    Segel,
    Simbol,
    SimbolId,
    SopDitetapkan,
    Span,
)
from sopdocs.rules.texts import place_in, texts_of
from tests.rules.making import rich, sop_of, step, workspace_of

SHOWN = {
    "nama": "satu",
    "kelompok": "dua",
    "dasar_hukum": "tiga",
    "kualifikasi_pelaksana": "empat",
    "keterkaitan": "lima",
    "peralatan": "enam",
    "peringatan": "tujuh",
    "pencatatan": "delapan",
    "judul": "sembilan",
    "uraian": "sepuluh",
    "syarat": "sebelas",
    "output": "duabelas",
    "label": "tigabelas",
    "bundel.judul": "empatbelas",
    "bundel.pengantar": "limabelas",
    "keputusan.tentang": "delapanbelas",
    "keputusan.menimbang": "sembilanbelas",
    "keputusan.mengingat": "duapuluh",
    "keputusan.memutuskan": "tigapuluh",
    "keputusan.sop.nama": "empatpuluh",
    "penjelasan.ruang_lingkup": "limapuluh",
    "penjelasan.ringkasan": "enampuluh",
    "penjelasan.pengertian.istilah": "tujuhpuluh",
    "penjelasan.pengertian.arti": "delapanpuluh",
    "segel.kalimat": "sembilanpuluh",
}


def bundle() -> Bundel:
    """A bundle of all these texts."""
    decree = Keputusan(
        tentang=SHOWN["keputusan.tentang"],
        menimbang=(SHOWN["keputusan.menimbang"],),
        mengingat=(SHOWN["keputusan.mengingat"],),
        memutuskan=(SHOWN["keputusan.memutuskan"],),
        sop=(SopDitetapkan(SHOWN["keputusan.sop.nama"]),),
    )
    meant = Pengertian(SHOWN["penjelasan.pengertian.istilah"], SHOWN["penjelasan.pengertian.arti"])
    use = Penjelasan((SHOWN["penjelasan.ruang_lingkup"],), (SHOWN["penjelasan.ringkasan"],), (meant,))
    return Bundel(
        SHOWN["bundel.judul"],
        keputusan=decree,
        pengantar=(SHOWN["bundel.pengantar"],),
        penjelasan=use,
        spans={"penjelasan.pengertian.0.arti": Span("content/bundel.yaml", 7, 8)},
    )


def test_every_printed_text_is_there() -> None:
    langkah = step(1, SHOWN["uraian"], SHOWN["syarat"], SHOWN["output"])
    simbol = Simbol(SimbolId(1, "staf"), Bentuk.KEPUTUSAN, SHOWN["label"])
    lists = ("dasar_hukum", "kualifikasi_pelaksana", "keterkaitan", "peralatan", "peringatan", "pencatatan")
    sop = sop_of(
        nama=SHOWN["nama"],
        kelompok=(Kelompok(SHOWN["kelompok"], ("staf",)),),
        prosedur=(Prosedur((replace(langkah, simbol=(simbol,)),), (), SHOWN["judul"]),),
        riwayat_revisi=(Revisi(1, date(2024, 1, 2), "enambelas", "tujuhbelas"),),
        perlu_konfirmasi=("rahasia",),
        catatan="rahasia",
        **{field: rich(SHOWN[field]) for field in lists},
    )
    workspace = workspace_of(sop)
    workspace = replace(workspace, bundel=bundle(), segel=Segel(kalimat=SHOWN["segel.kalimat"]))
    texts = texts_of(workspace)
    found = {(text.field, text.text) for text in texts}
    (arti,) = (text for text in texts if text.field.endswith("arti"))
    assert arti.span == Span("content/bundel.yaml", 7, 8)
    assert set(SHOWN.items()) | {("riwayat_revisi", "enambelas"), ("riwayat_revisi", "tujuhbelas")} <= found
    assert "rahasia" not in {text for _, text in found}


def test_registers_come_first_with_their_own_places() -> None:
    texts = texts_of(workspace_of())
    assert texts[0].text == "Kecamatan Contoh Jaya"
    assert [text.text for text in texts if text.field == "instansi.kop"] == [
        "KECAMATAN CONTOH JAYA",
        "KABUPATEN CONTOH",
    ]
    assert {text.span.path for text in texts if text.owner == "kasubbag"} == {"content/pelaksana.yaml"}


def test_words_keep_hyphens_and_leave_numbers() -> None:
    (text,) = (
        text for text in texts_of(workspace_of(sop_of(peringatan=rich("2 (dua) Undang-Undang")))) if "dua" in text.words
    )
    assert text.words == ("dua", "Undang-Undang")
    assert text.folded == ("dua", "undang-undang")


def test_a_place_within_a_line_needs_plain_text() -> None:
    plain = rich("satu dua", 3, 5).paragraphs[0]
    assert place_in(plain, 5, Span("x")) == Span("sop.md", 3, 10)
    assert place_in(replace(plain, runs=(Run("satu"), Run(" dua", italic=True))), 5, Span("x")) == Span("sop.md", 3, 5)
    assert place_in(replace(plain, runs=(Run("satu\ndua"),)), 5, Span("x")) == Span("sop.md", 3, 5)
    assert place_in(replace(plain, span=None), 5, Span("x")) == Span("x", 1, 6)
