"""Made-up flows that together use all that a sheet can draw."""

from __future__ import annotations

from word_samples import LANES, chain, edge, sop, step

from sopdocs.model import Bentuk, Kelompok, Paragraph, Prosedur, RichText, Run, Sop

MULAI, SELESAI, PROSES, KEPUTUSAN = Bentuk.MULAI, Bentuk.SELESAI, Bentuk.PROSES, Bentuk.KEPUTUSAN


def decisions() -> Sop:
    """Branches forwards and back, a symbol in two lanes, all four shapes."""
    steps = (
        step(1, "", {"umum": (MULAI, "Mulai")}),
        step(2, "", {"teknis": (KEPUTUSAN, "Lengkap?")}),
        step(3, "", {"teknis": PROSES, "kepala": PROSES}),
        step(4, "", {"sekretaris": (KEPUTUSAN, "Setuju?")}),
        step(5, "", {"umum": (SELESAI, "Selesai")}),
    )
    edges = (
        edge("1.umum", "2.teknis"),
        edge("2.teknis", "3.teknis", "Ya"),
        edge("2.teknis", "1.umum", "Tidak"),
        edge("3.teknis", "3.kepala", together=True),
        edge("3.teknis", "4.sekretaris"),
        edge("4.sekretaris", "5.umum", "Ya"),
        edge("4.sekretaris", "2.teknis", "Tidak"),
    )
    return sop(Prosedur(steps, edges))


def over_pages() -> Sop:
    """Long enough for three pages; one edge goes back over two breaks, one forwards."""
    table = chain(24)
    steps = list(table.langkah)
    steps[20] = step(21, "", {"umum": (KEPUTUSAN, "Ulang?")})
    edges = [e if e.dari.langkah != 21 else edge("21.umum", "22.teknis", "Tidak") for e in table.alur]
    return sop(Prosedur(tuple(steps), (*edges, edge("21.umum", "2.teknis", "Ya"), edge("3.sekretaris", "20.kepala"))))


def many_lanes() -> Sop:
    """Fifteen lanes with upright headings."""
    lanes = tuple(f"p{n}" for n in range(15))
    return sop(chain(15, lanes), pelaksana=lanes)


def groups() -> Sop:
    """Lanes alone and in groups: a name that fits, one that wraps, one that turns; headings upright and not."""
    lanes = (*LANES, *(f"p{n}" for n in range(6)))
    kelompok = (
        Kelompok("Kecamatan Contoh Jaya", ("teknis", "sekretaris", "kepala")),
        Kelompok("Pertanggungjawaban", ("p1",)),
        Kelompok("Dinas Kependudukan dan Pencatatan Sipil", ("p2", "p3")),
    )
    return sop(chain(14, lanes), pelaksana=lanes, kelompok=kelompok)


def long_texts() -> Sop:
    """Rows of many lines, words wider than a cell, and signs that mean something to XML or to a template."""
    words = " ".join(f"kata{n}" for n in range(160))
    first = step(1, words, {"umum": PROSES}, syarat="A & B < C > D “E” {{ 7*7 }} {% x %}", keterangan="x" * 90)
    return sop(Prosedur((first, step(2, "", {"umum": PROSES})), (edge("1.umum", "2.umum"),)))


def captions() -> Sop:
    """Three procedures with titles, two of them on one page."""
    tables = [chain(2), chain(2), chain(3)]
    named = [Prosedur(t.langkah, t.alur, judul=f"{x}. Tahap {x}") for t, x in zip(tables, "ABC", strict=True)]
    empty = dict.fromkeys(("dasar_hukum", "keterkaitan", "peralatan", "peringatan", "pencatatan"), RichText())
    return sop(*named, **empty)


def linked(*, to: str | None = "surat-keluar") -> Sop:
    """Other SOPs named in Keterkaitan and in a step, some of it bold or italic; `to` None leaves the names unlinked."""
    long = "Pelaksanaan Pengukuran Kinerja dan Penilaian Sasaran Kinerja Pegawai pada Kecamatan Contoh"
    related = (
        Paragraph((Run("SOP "), Run("Surat Keluar", bold=True, link=to), Run(" dan "), Run(long, link=to)), "1."),
        Paragraph((Run("SOP "), Run("Kearsipan", italic=True, link=to and "kearsipan"), Run(".")), "2."),
    )
    text = RichText((Paragraph((Run("Mengerjakan "), Run("Surat Keluar", link=to), Run(" sampai selesai"))),))
    steps = (step(1, text, {"umum": MULAI}), step(2, "", {"umum": SELESAI}))
    return sop(Prosedur(steps, (edge("1.umum", "2.umum"),)), keterkaitan=RichText(related))
