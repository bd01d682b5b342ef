"""The life of an SOP as its file tells it: log of revisions, status, successor."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sopdocs.model import IDENTITY_LISTS, Paragraph, Severity, Sop, Span, Status
from sopdocs.rules.rule import PRAKTIK, SENDIRI, Context, Hit, each_sop, each_sop_ever

TOPIC = "Riwayat"
_CELLS = ("uraian", "syarat", "output", "keterangan")


@each_sop_ever(
    "SOP180",
    "Riwayat Revisi tidak urut",
    Severity.GALAT,
    SENDIRI,
    "Nomor revisi yang melompat, kembar, atau mundur berarti ada revisi yang hilang atau tercatat dua kali.",
)
def log_in_order(sop: Sop) -> Iterator[Hit]:
    """Report rows that do not follow the one before; the end of an SOP repeats the number of its last revision."""
    for row in sop.riwayat_revisi[:1]:
        if row.revisi > 1:
            message = f"Riwayat Revisi dimulai dari revisi {row.revisi}"
            yield Hit(row.span or sop.at("riwayat_revisi"), message, "tambahkan baris revisi 1 sampai sebelumnya")
    for number, (before, row) in enumerate(pairwise(sop.riwayat_revisi), start=2):
        where = row.span or sop.at("riwayat_revisi")
        end = sop.status.ended and number == len(sop.riwayat_revisi) and row.revisi == before.revisi
        if row.revisi != before.revisi + 1 and not end:
            message = f"Revisi {row.revisi} tercatat sesudah revisi {before.revisi}"
            yield Hit(where, message, f"seharusnya {before.revisi + 1}: perbaiki nomornya, atau lengkapi baris lain")
        if row.tanggal < before.tanggal:
            message = f"Revisi {row.revisi} bertanggal {row.tanggal.isoformat()}, mendahului baris sebelumnya"
            yield Hit(where, message, f"baris sebelumnya bertanggal {before.tanggal.isoformat()}; periksa keduanya")


@each_sop_ever(
    "SOP181",
    "Tanggal pada Riwayat Revisi tidak mungkin",
    Severity.GALAT,
    SENDIRI,
    "Riwayat mencatat yang sudah terjadi, dan tidak mendahului pembuatan SOP.",
)
def log_dates(sop: Sop, context: Context) -> Iterator[Hit]:
    for row in sop.riwayat_revisi:
        where = row.span or sop.at("riwayat_revisi")
        if row.tanggal > context.today:
            message = f"Riwayat Revisi mencatat {row.tanggal.isoformat()}, yang belum tiba"
            yield Hit(where, message, "tulis hari revisi itu dibuat; rencana cukup pada revisi: di bagian depan")
        elif sop.pembuatan and row.tanggal < sop.pembuatan:
            message = f"Riwayat Revisi mencatat {row.tanggal.isoformat()}, sebelum SOP ini dibuat"
            yield Hit(where, message, f"periksa juga pembuatan: {sop.pembuatan.isoformat()}")


@each_sop(
    "SOP182",
    "Status direvisi tanpa revisi yang tercatat",
    Severity.GALAT,
    SENDIRI,
    "Revisi yang sedang ditulis bertanggal dan tercatat, supaya jelas apa yang akan menggantikan lembar yang berlaku.",
)
def revision_unrecorded(sop: Sop) -> Iterator[Hit]:
    if sop.status is not Status.DIREVISI:
        return
    hint = f"kembalikan status: berlaku, lalu jalankan sopdocs revise {sop.slug}; atau lengkapi sendiri"
    if sop.revisi is None:
        yield Hit(sop.at("status"), "Status direvisi, tetapi tanggal revisi kosong", hint)
    elif all(row.tanggal != sop.revisi for row in sop.riwayat_revisi):
        message = f"Status direvisi, tetapi revisi {sop.revisi.isoformat()} tidak ada pada Riwayat Revisi"
        yield Hit(sop.at("revisi"), message, hint)


@each_sop_ever(
    "SOP183",
    "Status, pencabutan, dan pengganti tidak cocok",
    Severity.GALAT,
    SENDIRI,
    "Dari ketiganya dibaca sampai kapan SOP berlaku dan apa yang berlaku sesudahnya.",
)
def end_of_life(sop: Sop, context: Context) -> Iterator[Hit]:
    """Report what the status lacks, and what it does not fit."""
    status = sop.status
    if not status.ended:
        for key, value in (("pencabutan", sop.pencabutan), ("pengganti", sop.pengganti)):
            if value is not None:
                message = f"Kunci {key} diisi, tetapi statusnya {status}"
                yield Hit(sop.at(key), message, f"hapus {key}, atau jalankan sopdocs revoke atau sopdocs replace")
        return
    if sop.pencabutan is None:
        hint = "isi pencabutan: dengan hari pertama SOP ini tidak berlaku"
        yield Hit(sop.at("status"), f"Status {status}, tetapi pencabutan kosong", hint)
    elif sop.pencabutan > context.today:
        message = f"Status {status}, tetapi pencabutan {sop.pencabutan.isoformat()} belum tiba"
        yield Hit(sop.at("pencabutan"), message, "sampai hari itu SOP ini masih berlaku: kembalikan statusnya")
    elif sop.pembuatan and sop.pencabutan < sop.pembuatan:
        message = f"Tanggal pencabutan mendahului tanggal pembuatan ({sop.pembuatan.isoformat()})"
        yield Hit(sop.at("pencabutan"), message, "periksa kedua tanggalnya")
    if status is Status.DICABUT and sop.pengganti:
        yield Hit(sop.at("pengganti"), "Status dicabut, tetapi pengganti diisi", "tulis status: digantikan")
    elif status is Status.DIGANTIKAN and sop.pengganti is None:
        hint = "isi pengganti: dengan nama berkas SOP penggantinya, atau tulis status: dicabut"
        yield Hit(sop.at("status"), "Status digantikan, tetapi pengganti kosong", hint)
    elif status is Status.DIGANTIKAN:
        yield from _unfit_successor(sop, context)


def _unfit_successor(sop: Sop, context: Context) -> Iterator[Hit]:
    """A successor that is the SOP itself, follows it in a circle, or had ended when it became the successor."""
    where = sop.at("pengganti")
    if sop.pengganti == sop.slug:
        yield Hit(where, "SOP ini menjadi pengganti dirinya sendiri", "tulis nama berkas SOP yang lain")
        return
    next_one = context.workspace.sop.get(sop.pengganti or "")
    if next_one is None:
        return  # unknown or unreadable, which the reading tells
    if sop.slug in _successors(next_one, context):
        message = f"SOP ini dan {next_one.slug} saling menggantikan"
        yield Hit(where, message, "periksa pengganti: pada keduanya; salah satunya masih berlaku")
    elif next_one.pencabutan and sop.pencabutan and next_one.pencabutan <= sop.pencabutan:
        message = f"Penggantinya, {next_one.slug}, sudah tidak berlaku sejak {next_one.pencabutan.isoformat()}"
        yield Hit(where, message, "tulis SOP yang berlaku sesudah pencabutan ini")


def _successors(sop: Sop, context: Context) -> tuple[str, ...]:
    """Slugs from an SOP to the last of its successors; ends where a circle closes."""
    found = [sop.slug]
    current: Sop | None = sop
    while current and current.pengganti and current.pengganti not in found:
        found.append(current.pengganti)
        current = context.workspace.sop.get(current.pengganti)
    return tuple(found)


@each_sop(
    "SOP184",
    "Rujukan ke SOP yang tidak berlaku lagi",
    Severity.PERINGATAN,
    PRAKTIK,
    "Pembaca yang mengikuti rujukan itu menemukan cara kerja yang sudah dicabut atau digantikan.",
)
def link_to_ended(sop: Sop, context: Context) -> Iterator[Hit]:
    for paragraph, otherwise in _paragraphs(sop):
        where = paragraph.span or otherwise
        for slug in dict.fromkeys(run.link for run in paragraph.runs if run.link):
            if slug in context.workspace.sop and slug not in context.workspace.living:
                yield _ended_link(context.workspace.sop[slug], where, context)
    for paragraph in sop.keterkaitan.paragraphs:
        name = paragraph.text.removeprefix("SOP ").rstrip(".;,").casefold()
        if name in context.ended_titles and not any(run.link for run in paragraph.runs):
            ended = context.workspace.sop[context.ended_titles[name]]
            yield _ended_link(ended, paragraph.span or sop.at("keterkaitan"), context)


def _ended_link(ended: Sop, where: Span, context: Context) -> Hit:
    since = f" sejak {ended.pencabutan.isoformat()}" if ended.pencabutan else ""
    last = _successors(ended, context)[-1]
    way = "hapus rujukannya"
    if last in context.workspace.living:
        way = f"ganti dengan [[{last}]]"
    message = f"SOP “{ended.nama}” yang dirujuk di sini {ended.status}{since}"
    return Hit(where, message, f"{way}, setelah revisi SOP ini dibuka dengan sopdocs revise")


def _paragraphs(sop: Sop) -> Iterator[tuple[Paragraph, Span]]:
    """Every paragraph that may hold a link, and where to look when it does not know its place."""
    for field in IDENTITY_LISTS:
        for paragraph in getattr(sop, field).paragraphs:
            yield paragraph, sop.at(field)
    for prosedur in sop.prosedur:
        for langkah in prosedur.langkah:
            where = langkah.span or prosedur.span or sop.at("prosedur")
            for field in _CELLS:
                for paragraph in getattr(langkah, field).paragraphs:
                    yield paragraph, where


@each_sop(
    "SOP185",
    "Baris revisi yang sedang dikerjakan belum lengkap",
    Severity.PERINGATAN,
    SENDIRI,
    "Apa yang berubah dan mengapa dicari orang bertahun-tahun kemudian; paling mudah ditulis sekarang.",
)
def open_row_incomplete(sop: Sop) -> Iterator[Hit]:
    """Report an open revision that does not say what changes and why; rows of issued revisions are left alone."""
    if sop.status is not Status.DIREVISI or not sop.riwayat_revisi:
        return
    row = max(sop.riwayat_revisi, key=lambda row: row.revisi)
    missing = [name for name, text in (("Uraian", row.uraian), ("Alasan", row.alasan)) if not text]
    if missing:
        message = f"Revisi ke-{row.revisi} belum mencatat {' dan '.join(missing)}"
        yield Hit(row.span or sop.at("riwayat_revisi"), message, "isi pada ## Riwayat Revisi sebelum diterbitkan")
