"""The finished PDF of a sheet: what a reader, a printer and the signing service will meet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sopdocs.layout import paper
from sopdocs.layout.units import EMU_PER_POINT
from sopdocs.model import Finding, Langkah, Severity, Sop, Workspace
from sopdocs.rules.rule import PRAKTIK, SENDIRI, Finished, Hit, Rule, each_finished, finished_path

TOPIC = "Lembar jadi"
_ROUNDING = 0.5
"""Points by which LibreOffice may place things off."""
_PAPER_ROUNDING = 2.0
"""Points; LibreOffice knows F4 as 13 inches."""
_FINEST = 0.05
"""Points by which text may fall short."""
_SHOWN = 40
"""Characters of a text that a message repeats, and of an uraian by which its row is known."""
_AGAIN = "lalu jalankan sopdocs build"


@each_finished(
    "SOP851",
    "Halaman kosong",
    Severity.GALAT,
    PRAKTIK,
    "Halaman kosong ikut bernomor, ikut ditandatangani, dan membuat pembaca mengira ada isi yang hilang.",
)
def blank_page(finished: Finished) -> Iterator[Hit]:
    for number, page in enumerate(finished.printed.pages, 1):
        if page.blank:
            hint = f"hapus paragraf kosong atau ganti halaman di templates/sop.docx, {_AGAIN}"
            yield _hit(finished, number, "kosong", hint)


@each_finished(
    "SOP852",
    "Tempat stempel tanda tangan terisi",
    Severity.GALAT,
    PRAKTIK,
    "Stempel tanda tangan elektronik dibubuhkan di bagian terbawah setiap halaman dan menutup apa pun di situ.",
    poin=60,
)
def stamp_zone(finished: Finished, poin: int) -> Iterator[Hit]:
    for number, page in enumerate(finished.printed.pages, 1):
        if page.lowest is not None and page.lowest < poin - _ROUNDING:
            what = f"berisi sampai {_number(page.lowest)} pt dari tepi bawah; {poin} pt terbawah harus kosong"
            yield _hit(finished, number, what, f"kosongkan kaki halaman di templates/sop.docx, {_AGAIN}")


@each_finished(
    "SOP853",
    "Huruf terlalu kecil",
    Severity.PERINGATAN,
    PRAKTIK,
    "Huruf di bawah 7 poin tidak terbaca lagi setelah lembar digandakan.",
    poin=7,
)
def small_text(finished: Finished, poin: int) -> Iterator[Hit]:
    for number, page in enumerate(finished.printed.pages, 1):
        small = page.smallest
        if small is not None and small.size < poin - _FINEST:
            what = f"memuat “{_cut(small.text)}” setinggi {_number(small.size)} pt; paling kecil {poin} pt"
            yield _hit(finished, number, what, f"perbesar hurufnya di templates/sop.docx, {_AGAIN}")


@each_finished(
    "SOP854",
    "Ukuran kertas tidak seragam",
    Severity.PERINGATAN,
    PRAKTIK,
    "Satu bundel dicetak dan dijilid pada satu ukuran kertas.",
)
def other_paper(finished: Finished) -> Iterator[Hit]:
    name = finished.workspace.instansi.kertas
    size = paper(name)
    wanted = (size.width / EMU_PER_POINT, size.height / EMU_PER_POINT)
    for number, page in enumerate(finished.printed.pages, 1):
        given = (page.width, page.height)
        if any(abs(a - b) > _PAPER_ROUNDING for a, b in zip(given, wanted, strict=True)):
            what = f"berukuran {_millimetres(given)}; kertas kantor {name} rebah {_millimetres(wanted)}"
            hint = f"samakan kertas di templates/sop.docx dengan kertas: di instansi.yaml, {_AGAIN}"
            yield _hit(finished, number, what, hint)


@each_finished(
    "SOP855",
    "Kepala tabel tidak berulang",
    Severity.GALAT,
    PRAKTIK,
    "Tanpa kepala tabel pembaca halaman berikutnya tidak tahu lajur mana milik siapa (72 dari 348 berkas).",
)
def header_missing(finished: Finished) -> Iterator[Hit]:
    words = finished.workspace.instansi.istilah
    headings = (words.uraian, words.pelaksana, words.mutu_baku, words.syarat, words.waktu, words.output)
    for number, page in enumerate(finished.printed.pages, 1):
        said = _squeezed(page.text)
        shown = next(_steps(finished.sop, said), None)
        missing = [head for head in (*headings, words.keterangan) if _squeezed(head) not in said]
        if shown is not None and missing:
            names = ", ".join(f"“{name}”" for name in dict.fromkeys(missing))
            where = shown.span or finished.sop.at("prosedur")
            message = f"{finished.path} halaman {number}: tabel prosedur tanpa judul kolom {names}"
            yield Hit(where, message, "buat ulang dengan sopdocs build; bila tetap, laporkan bersama berkas ini")


@each_finished(
    "SOP856",
    "Huruf tidak disertakan",
    Severity.GALAT,
    SENDIRI,
    "Huruf yang tidak ikut di dalam PDF diganti komputer lain, sehingga lembar tampak dan tercetak berbeda.",
)
def font_missing(finished: Finished) -> Iterator[Hit]:
    if finished.printed.not_embedded:
        names = ", ".join(finished.printed.not_embedded)
        message = f"{finished.path}: huruf {names} tidak ikut di dalam PDF"
        hint = f"pakai huruf lain di templates/sop.docx, {_AGAIN}"
        yield Hit(finished.sop.at("nama"), message, hint)


@each_finished(
    "SOP858",
    "Teks terpotong",
    Severity.GALAT,
    PRAKTIK,
    "Baris yang terpotong di tepi sel atau halaman tidak dapat dibaca.",
)
def cut_text(finished: Finished) -> Iterator[Hit]:
    for number, page in enumerate(finished.printed.pages, 1):
        if page.cut:
            what = f"memuat {len(page.cut)} teks yang terpotong, antara lain “{_cut(page.cut[0])}”"
            hint = f"persingkat teks itu, atau beri ruang di templates/sop.docx, {_AGAIN}"
            yield _hit(finished, number, what, hint)


old = Rule(
    "SOP857",
    "Lembar jadi lebih lama daripada isinya",
    Severity.CATATAN,
    SENDIRI,
    "Lembar di build/ yang tidak sesuai isi content/ mudah terbawa ke penandatanganan.",
)


def old_sheet(sop: Sop, workspace: Workspace, what: str) -> Finding:
    """Tell that the PDF of `sop` is not made of today's content (SOP857); found where outputs are kept."""
    message = f"{finished_path(sop, workspace)} {what}; halamannya belum diperiksa"
    return Finding(sop.at("nama"), old.code, message, "jalankan sopdocs build", old.severity)


def _hit(finished: Finished, number: int, what: str, hint: str) -> Hit:
    return Hit(finished.sop.at("nama"), f"{finished.path} halaman {number} {what}", hint)


def _steps(sop: Sop, said: str) -> Iterator[Langkah]:
    """The steps whose rows begin on a page: number and uraian stand there one after the other."""
    for step in (step for table in sop.prosedur for step in table.langkah if step.uraian):
        if f"{step.nomor}.{_squeezed(step.uraian.paragraphs[0].text)[:_SHOWN]}" in said:
            yield step


def _squeezed(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(text.split()))


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _millimetres(size: tuple[float, float]) -> str:
    width, height = (round(length / 72 * 25.4) for length in size)
    return f"{width} × {height} mm"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …"
