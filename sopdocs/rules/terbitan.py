"""Content against the archive: what was issued may only change by a revision, and nothing vanishes unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sopdocs.model import Edisi, Revisi, Severity, Sop, SopTerbit, Span, Status, Terbitan, in_force_from
from sopdocs.rules.issued import Change, changes
from sopdocs.rules.rule import SENDIRI, Context, Hit, bundle_place, each_sop, each_sop_ever, plain, whole

TOPIC = "Terbitan"
_TOLD = 3
"""Differences that a message names."""


@each_sop(
    "SOP200",
    "Isi berubah setelah diterbitkan, tanpa revisi",
    Severity.GALAT,
    SENDIRI,
    "Yang sudah disahkan hanya boleh berubah lewat revisi; tanpa itu tidak seorang pun tahu mana yang berlaku.",
)
def changed_without_revision(sop: Sop, context: Context) -> Iterator[Hit]:
    issued = _in_last_edition(sop, context)
    # A number that was not issued yet is SOP202: there is a revision, only its status is missing.
    if issued is None or sop.status is Status.DIREVISI or sop.status.ended or sop.revisi_ke > issued.sop.revisi_ke:
        return
    found = list(changes(sop, context.workspace, issued))
    if found:
        told = ", ".join(change.words for change in found[:_TOLD])
        rest = f" dan {len(found) - _TOLD} lagi" if len(found) > _TOLD else ""
        message = f"Berbeda dari yang diterbitkan pada {_named(issued.edisi)} tanpa revisi: {told}{rest}"
        yield Hit(found[0].span, message, _way_out(sop, found[0]))


def _way_out(sop: Sop, first: Change) -> str:
    if first.register == "pejabat.yaml":
        return (
            f"kembalikan “{sop.pengesah}” di pejabat.yaml seperti saat ia mengesahkan, dan beri pejabat baru kunci "
            f"sendiri; bila SOP ini memang disahkan ulang: sopdocs revise {sop.slug}"
        )
    start = "kembalikan nama lajurnya di pelaksana.yaml" if first.register else "kembalikan isinya"
    return f"{start}, atau buka revisi: sopdocs revise {sop.slug}; bedanya: sopdocs diff {sop.slug}"


@each_sop(
    "SOP201",
    "Revisi yang dibuka sudah pernah diterbitkan",
    Severity.GALAT,
    SENDIRI,
    "Satu nomor revisi hanya untuk satu isi; bila dua orang merevisi bersamaan, yang kedua mendapat nomor berikutnya.",
)
def revision_clash(sop: Sop, context: Context) -> Iterator[Hit]:
    issued = _issued(sop, context)
    if issued and sop.status is Status.DIREVISI and not issued[1].status.ended:
        edisi, before = issued
        if sop.revisi_ke <= before.revisi_ke:
            message = f"Revisi ke-{before.revisi_ke} sudah diterbitkan pada {_named(edisi)}"
            hint = (
                f"tambahkan baris revisi {before.revisi_ke + 1} pada Riwayat Revisi untuk perubahan Anda, di bawah "
                f"baris yang sudah terbit; bedanya: sopdocs diff {sop.slug}"
            )
            yield Hit(_log_place(sop), message, hint)


@each_sop(
    "SOP202",
    "Nomor revisi tidak melanjutkan yang diterbitkan",
    Severity.GALAT,
    SENDIRI,
    "Nomor revisi naik satu demi satu, dan hanya selama revisi dibuka; nomor yang dilompati tampak seperti revisi "
    "yang hilang.",
)
def revision_number(sop: Sop, context: Context) -> Iterator[Hit]:
    issued = _issued(sop, context)
    if issued is None or issued[1].status.ended or sop.status.ended:
        return
    edisi, before = issued
    following = before.revisi_ke + 1
    if sop.revisi_ke > before.revisi_ke and _issued_elsewhere(sop, context):
        return  # SOP206
    if sop.revisi_ke > following:
        message = f"Riwayat Revisi sampai revisi ke-{sop.revisi_ke}, padahal {_named(edisi)} memuat revisi ke-"
        yield Hit(_log_place(sop), f"{message}{before.revisi_ke}", f"nomor berikutnya {following}")
    elif sop.revisi_ke == following and sop.status is not Status.DIREVISI:
        message = f"Riwayat Revisi mencatat revisi ke-{following} yang belum diterbitkan, tetapi statusnya {sop.status}"
        yield Hit(_log_place(sop), message, f"tulis status: {Status.DIREVISI}, atau hapus baris revisi itu")


@each_sop_ever(
    "SOP203",
    "Riwayat Revisi yang sudah terbit berubah",
    Severity.GALAT,
    SENDIRI,
    "Riwayat hanya bertambah: apa yang diubah dahulu, kapan, dan mengapa, tidak berubah lagi.",
)
def log_rewritten(sop: Sop, context: Context) -> Iterator[Hit]:
    issued = _in_last_edition(sop, context)
    if issued is None or (sop.status is Status.DIREVISI and sop.revisi_ke <= issued.sop.revisi_ke):
        return
    for row in issued.sop.riwayat_revisi:
        if any(_still(row, today) for today in sop.riwayat_revisi):
            continue
        near = next((today for today in sop.riwayat_revisi if today.revisi == row.revisi), None)
        what = "diubah" if near else "hilang dari Riwayat Revisi"
        message = f"Baris revisi {row.revisi} yang terbit pada {_named(issued.edisi)} {what}"
        cells = " | ".join((str(row.revisi), row.tanggal.isoformat(), row.uraian, row.alasan, row.oleh)).rstrip(" |")
        yield Hit((near and near.span) or sop.at("riwayat_revisi"), message, f"tulis kembali: | {cells} |")


def _still(row: Revisi, today: Revisi) -> bool:
    """Whether a row stands as issued; a cell that was empty may have been filled."""
    return row == replace(today, alasan=row.alasan and today.alasan, oleh=row.oleh and today.oleh)


@whole(
    "SOP204",
    "SOP yang terbit hilang dari bundel",
    Severity.GALAT,
    SENDIRI,
    "SOP yang berlaku hanya berakhir bila dicabut atau diganti, dengan tanggal dan alasan.",
)
def vanished(context: Context) -> Iterator[Hit]:
    workspace = context.workspace
    for slug, (edisi, last) in context.issued.items():
        today = workspace.sop.get(slug)
        # One that is listed but could not be read has findings of its own.
        if last.status.ended or slug in workspace.bundel.sop or (today and today.status.ended):
            continue
        message = f"SOP “{last.nama}” ({slug}) terbit pada {_named(edisi)}, tetapi "
        ending = f"bila tidak berlaku lagi: sopdocs revoke {slug}"
        if today:
            yield Hit(_bundle(context), f"{message}tidak ada lagi di bundel.yaml", f"sebut kembali {slug}; {ending}")
            continue
        heir = _heir(last, context)
        back = f"kembalikan berkas {slug}.md"
        hint = f"beri {heir}.md namanya semula, {slug}.md" if heir else f"{back}; {ending} sesudahnya"
        yield Hit(_bundle(context), f"{message}berkasnya tidak ada", hint)


def _heir(gone: SopTerbit, context: Context) -> str | None:
    """The SOP never issued that looks like the one that is gone."""
    for slug, sop in context.workspace.sop.items():
        same_number = gone.nomor is not None and _same(sop.nomor, gone.nomor)
        if slug not in context.issued and (same_number or _same(sop.nama, gone.nama)):
            return slug
    return None


def _bundle(context: Context) -> Span:
    return bundle_place(context, "sop") if context.workspace.bundel.spans.get("sop") else _folder(context)


def _folder(context: Context) -> Span:
    """The folder of SOPs, when no list of them is written."""
    office = context.workspace.office
    return Span(f"instansi/{office}/sop" if office else "content/sop")


@each_sop(
    "SOP205",
    "SOP yang sudah berakhir berlaku lagi",
    Severity.GALAT,
    SENDIRI,
    "Yang dicabut atau diganti tetap berakhir; bila dibutuhkan lagi, ia disahkan sebagai SOP baru.",
)
def ended_is_back(sop: Sop, context: Context) -> Iterator[Hit]:
    issued = _issued(sop, context)
    if issued and issued[1].status.ended and not sop.status.ended:
        edisi, last = issued
        message = f"SOP ini {last.status} menurut {_named(edisi)}, tetapi statusnya kini {sop.status}"
        hint = f"tulis status: {last.status}; SOP baru memakai nama berkas dan nomor baru"
        yield Hit(sop.at("status"), message, hint)


@each_sop(
    "SOP206",
    "Status tidak sesuai arsip",
    Severity.PERINGATAN,
    SENDIRI,
    "Status berlaku berarti: ada edisi yang memuatnya.",
)
def status_without_edition(sop: Sop, context: Context) -> Iterator[Hit]:
    issued, arsip = _issued(sop, context), context.arsip
    elsewhere, ready = _issued_elsewhere(sop, context), sop.status in (Status.BERLAKU, Status.DIREVISI)
    if issued and sop.status is Status.KONSEP and not issued[1].status.ended:
        message = f"Statusnya konsep, padahal SOP ini terbit pada {_named(issued[0])}"
        yield Hit(sop.at("status"), message, "tulis status: berlaku; untuk mengubah isinya: sopdocs revise " + sop.slug)
    elif issued and elsewhere and not issued[1].status.ended and sop.revisi_ke > issued[1].revisi_ke:
        message = f"Revisi ke-{sop.revisi_ke} sudah disahkan untuk semua instansi, tetapi di sini yang terbit masih "
        message += f"revisi ke-{issued[1].revisi_ke} ({_named(issued[0])})"
        yield Hit(sop.at("status"), message, _issue_here(context))
    elif issued is None and arsip.edisi and arsip.utuh and ready:
        message = f"Statusnya {sop.status}, tetapi tidak satu edisi pun memuatnya"
        hint = _issue_here(context) if elsewhere else "tulis status: konsep sampai diterbitkan dengan sopdocs issue"
        yield Hit(sop.at("status"), message, hint)


def _issued_elsewhere(sop: Sop, context: Context) -> bool:
    """Whether another office may have issued what this one has not: one file, and one status, is for all of them."""
    return sop.status is Status.BERLAKU and context.workspace.shares(sop)


def _issue_here(context: Context) -> str:
    office = context.workspace.office
    return f"terbitkan di sini juga: sopdocs issue{f' --instansi {office}' if office else ''}"


@whole(
    "SOP196",
    "Ada SOP yang berlaku, tetapi arsip kosong",
    Severity.PERINGATAN,
    SENDIRI,
    "Tanpa edisi tidak terbukti apa yang berlaku dan sejak kapan; arsip yang hilang tampak seperti arsip yang kosong.",
)
def nothing_issued(context: Context) -> Iterator[Hit]:
    workspace, arsip = context.workspace, context.arsip
    said = [sop for sop in context.bundled if sop.status is Status.BERLAKU]
    if arsip.edisi or not arsip.utuh or not said:
        return
    first = said[0]
    rest = f" dan {len(said) - 1} SOP lain" if len(said) > 1 else ""
    message = f"“{first.nama}”{rest} berstatus berlaku, tetapi arsip tidak memuat satu edisi pun"
    office = f" --instansi {workspace.office}" if workspace.office else ""
    hint = "bila arsip pernah ada, pulihkan dari salinan cadangan; bila belum, terbitkan edisi pertama dengan "
    yield Hit(first.at("status"), message, f"{hint}sopdocs issue{office}")


@each_sop_ever(
    "SOP207",
    "Akhir masa berlaku tidak sesuai arsip",
    Severity.GALAT,
    SENDIRI,
    "SOP tidak dapat berakhir sebelum mulai berlaku, dan akhir yang sudah tercatat tidak berpindah.",
)
def end_against_archive(sop: Sop, context: Context) -> Iterator[Hit]:
    issued = _issued(sop, context)
    if issued is None or not sop.status.ended or sop.pencabutan is None:
        return
    edisi, last = issued
    if last.status.ended:
        if (sop.status, sop.pencabutan, sop.pengganti) != (last.status, last.pencabutan, last.pengganti):
            day = last.pencabutan.isoformat() if last.pencabutan else "tanpa tanggal"
            heir = f", pengganti {last.pengganti}" if last.pengganti else ""
            message = f"Menurut {_named(edisi)} SOP ini {last.status} mulai {day}{heir}"
            yield Hit(sop.at("pencabutan"), message, "tulis kembali seperti yang tercatat")
    elif sop.pencabutan < in_force_from(last, edisi):
        since = in_force_from(last, edisi).isoformat()
        message = f"Berakhir {sop.pencabutan.isoformat()}, padahal menurut {_named(edisi)} baru berlaku {since}"
        yield Hit(sop.at("pencabutan"), message, "periksa tanggal pencabutan")


@each_sop(
    "SOP208",
    "Tanggal revisi bertentangan dengan yang terbit",
    Severity.GALAT,
    SENDIRI,
    "Revisi tidak mengubah kapan SOP dibuat, dan disahkan sesudah revisinya dicatat, bukan dengan tanggal lama.",
)
def dates_of_revision(sop: Sop, context: Context) -> Iterator[Hit]:
    issued = _issued(sop, context)
    if issued is None or sop.status is not Status.DIREVISI:
        return
    edisi, last = issued
    if last.pembuatan and sop.pembuatan and sop.pembuatan != last.pembuatan:
        message = f"Tanggal pembuatan berbeda dari {_named(edisi)}, yaitu {last.pembuatan.isoformat()}"
        yield Hit(sop.at("pembuatan"), message, f"tulis pembuatan: {last.pembuatan.isoformat()}")
    row = max(sop.riwayat_revisi, key=lambda row: row.revisi, default=None)
    if row is None or row.revisi <= last.revisi_ke:
        return
    for name, day in (("pengesahan", sop.pengesahan), ("efektif", sop.efektif)):
        if day and day < row.tanggal:
            message = f"Tanggal {name} mendahului revisi ke-{row.revisi} ({row.tanggal.isoformat()})"
            yield Hit(sop.at(name), message, f"isi {name}: dengan tanggal revisi ini; null sampai diketahui")
            return


@each_sop(
    "SOP209",
    "Nomor SOP sudah diterbitkan untuk SOP lain",
    Severity.GALAT,
    SENDIRI,
    "Nomor yang pernah terbit tetap milik SOP itu, juga sesudah SOP itu dicabut: yang merujuknya mencari SOP itu.",
)
def number_taken(sop: Sop, context: Context) -> Iterator[Hit]:
    if not sop.nomor or sop.status.ended:
        return
    holders = context.numbers.get(plain(sop.nomor), {})
    if not holders or sop.slug in holders:
        return
    slug, (edisi, last) = list(holders.items())[-1]
    # A file that was only renamed is SOP204; a number that two files have today is SOP103.
    today = context.workspace.sop.get(slug)
    renamed = today is None and not context.issued[slug][1].status.ended
    if renamed or (today and not today.status.ended and _same(today.nomor, sop.nomor)):
        return
    message = f"Nomor “{sop.nomor}” diterbitkan pada {_named(edisi)} untuk SOP “{last.nama}” ({slug})"
    yield Hit(sop.at("nomor"), message, "beri nomor baru; null sampai ada")


@each_sop_ever(
    "SOP199",
    "Tanggal mundur dari edisi terakhir",
    Severity.PERINGATAN,
    SENDIRI,
    "Yang terbit belakangan tetapi berlaku lebih dahulu mengubah apa yang dikatakan arsip tentang hari yang lampau.",
)
def backdated(sop: Sop, context: Context) -> Iterator[Hit]:
    """Report an end or a revision that lies before the last edition, which says otherwise."""
    issued = _issued(sop, context)
    if issued is None or issued[1].status.ended:
        return
    edisi, last = issued
    name = "pencabutan" if sop.status.ended else "efektif" if sop.efektif else "pengesahan"
    day: date | None = getattr(sop, name)
    moved = sop.status.ended or (sop.status is Status.DIREVISI and sop.revisi_ke > last.revisi_ke)
    edition = context.arsip.edisi[-1]
    # Ended before it began, or approved before it was written: errors of their own.
    told = sop.status.ended and day and day < in_force_from(last, edisi)
    early = not sop.status.ended and day and any(r.tanggal > day for r in sop.riwayat_revisi)
    if moved and day and day < edition.tanggal and not told and not early:
        message = f"Tanggal {name} {day.isoformat()} mendahului {_named(edition)}, yang masih memuat keadaan lama"
        yield Hit(sop.at(name), message, "periksa tanggalnya; bila benar, catat sebabnya pada Riwayat Revisi")


_LETTERHEAD = {
    "nama": "nama kantor",
    "kop": "kop",
    "kabupaten": "kabupaten",
    "alamat": "alamat",
    "tempat": "tempat",
    "logo": "nama berkas logo",
    "kertas": "kertas",
    "istilah": "judul kolom",
    "tanda_tangan": "tempat tanda tangan",
    "prosedur_di_halaman_baru": "halaman prosedur",
}


@whole(
    "SOP197",
    "Kop atau bentuk lembar berbeda dari yang terbit",
    Severity.PERINGATAN,
    SENDIRI,
    "Setiap lembar tercetak lain, juga yang tidak direvisi; yang sudah ditandatangani masih memuat yang lama.",
)
def other_letterhead(context: Context) -> Iterator[Hit]:
    office = context.workspace.instansi
    issued = next((each for each in context.arsip.terakhir.values() if each.instansi is not None), None)
    if issued is None:
        return
    changed = [name for name in _LETTERHEAD if getattr(office, name) != getattr(issued.instansi, name)]
    if changed:
        where = office.spans.get(changed[0]) or office.spans.get("") or Span("content/instansi.yaml")
        told = ", ".join(_LETTERHEAD[name] for name in changed)
        message = f"Berbeda dari {_named(issued.edisi)} pada semua lembar: {told}"
        yield Hit(where, message, "bila memang berubah, sahkan lembarnya kembali; bila tidak, kembalikan isinya")


def _issued(sop: Sop, context: Context) -> tuple[Edisi, SopTerbit] | None:
    return context.issued.get(sop.slug)


def _in_last_edition(sop: Sop, context: Context) -> Terbitan | None:
    return context.arsip.terakhir.get(sop.slug)


def _named(edisi: Edisi) -> str:
    return f"{edisi} ({edisi.tanggal.isoformat()})"


def _log_place(sop: Sop) -> Span:
    """Where the row with the highest number stands, or the log, or the status."""
    row = max(sop.riwayat_revisi, key=lambda row: row.revisi, default=None)
    return (row and row.span) or sop.spans.get("riwayat_revisi") or sop.at("status")


def _same(first: str | None, second: str | None) -> bool:
    return plain(first or "") == plain(second or "")
