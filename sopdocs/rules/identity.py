"""The identity block: number, title, dates, open confirmations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sopdocs.content.pola import read_pola
from sopdocs.content.report import quote
from sopdocs.model import Severity, Sop, Status
from sopdocs.rules.berkala import overdue
from sopdocs.rules.rule import IDENTITAS, PEMANTAUAN, PRAKTIK, SENDIRI, Context, Hit, each_sop, whole

TOPIC = "Identitas"
_PLACEHOLDER = re.compile(r"…|[._?-]{2,}|x{2,}|\b(belum|kosong|nomor|isi|tbd)\b", re.IGNORECASE)
_MONTH = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
_DATE = re.compile(rf"[0-9]{{1,2}}\s+({_MONTH})\s+[0-9]{{4}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


@each_sop(
    "SOP101",
    "Nomor SOP belum ada",
    Severity.PERINGATAN,
    IDENTITAS,
    "Tanpa nomor lembar tidak dapat dirujuk; sampai bernomor ia tercetak KONSEP.",
)
def missing_number(sop: Sop) -> Iterator[Hit]:
    if sop.nomor is None:
        yield Hit(sop.at("nomor"), "Nomor SOP belum ada", "isi kunci nomor: setelah SOP ini diberi nomor")


@each_sop(
    "SOP102",
    "Nomor SOP tidak sesuai pola kantor",
    Severity.GALAT,
    IDENTITAS,
    "Penomoran mengikuti pola yang ditetapkan kantor (pola_nomor di instansi.yaml).",
)
def odd_number(sop: Sop, context: Context) -> Iterator[Hit]:
    written = context.workspace.instansi.pola_nomor
    pola = read_pola(written) if written else None
    if sop.nomor and pola and not pola.fits(sop.nomor):
        yield Hit(sop.at("nomor"), f"Nomor {quote(sop.nomor)} tidak sesuai pola {written}")


@whole(
    "SOP103",
    "Nomor SOP dipakai dua kali",
    Severity.GALAT,
    PRAKTIK,
    "Dua SOP dengan satu nomor tidak dapat dibedakan oleh yang merujuknya.",
)
def number_twice(context: Context) -> Iterator[Hit]:
    seen: dict[str, str] = {}
    for sop in context.workspace.living.values():
        if sop.nomor in seen:
            yield Hit(sop.at("nomor"), f"Nomor “{sop.nomor}” sudah dipakai {seen[sop.nomor]}.md")
        elif sop.nomor:
            seen[sop.nomor] = sop.slug


@each_sop(
    "SOP104",
    "Tanggal belum diisi",
    Severity.PERINGATAN,
    IDENTITAS,
    "Tanggal pembuatan dan pengesahan menentukan sejak kapan SOP berlaku; tanpa itu lembar tercetak KONSEP.",
)
def missing_date(sop: Sop) -> Iterator[Hit]:
    for name, day in (("pembuatan", sop.pembuatan), ("pengesahan", sop.pengesahan)):
        if day is None:
            yield Hit(sop.at(name), f"Tanggal {name} belum diisi", f"contoh: {name}: 2023-01-02")


@each_sop(
    "SOP105",
    "Urutan tanggal terbalik",
    Severity.GALAT,
    PRAKTIK,
    "SOP tidak dapat direvisi, disahkan, atau berlaku sebelum selesai dibuat.",
)
def dates_reversed(sop: Sop) -> Iterator[Hit]:
    # A revision date may lie ahead: it may be the planned review (PermenPAN-RB 35/2012).
    for name, day in (("revisi", sop.revisi), ("efektif", sop.efektif), ("pengesahan", sop.pengesahan)):
        if day and sop.pembuatan and day < sop.pembuatan:
            message = f"Tanggal {name} mendahului tanggal pembuatan ({sop.pembuatan.isoformat()})"
            yield Hit(sop.at(name), message, "periksa kedua tanggalnya")


@each_sop(
    "SOP198",
    "Tanggal belum tiba",
    Severity.PERINGATAN,
    SENDIRI,
    "Yang sudah terjadi tidak bertanggal besok; biasanya tahun atau bulannya salah ketik.",
)
def future_date(sop: Sop, context: Context) -> Iterator[Hit]:
    # When it takes effect, and the planned review, may lie ahead.
    for name in ("pembuatan", "pengesahan", "pemantauan", "evaluasi"):
        day: date | None = getattr(sop, name)
        # What stands in monitoring/ is judged there.
        if day and day > context.today and name in sop.spans:
            message = f"Tanggal {name} {day.isoformat()} belum tiba"
            yield Hit(sop.at(name), message, f"periksa tanggalnya; {name}: null sampai sungguh terjadi")


@each_sop(
    "SOP107",
    "Masih perlu konfirmasi",
    Severity.CATATAN,
    SENDIRI,
    "Keraguan yang tercatat harus diputuskan sebelum lembar ditandatangani.",
)
def doubts(sop: Sop) -> Iterator[Hit]:
    for number, doubt in enumerate(sop.perlu_konfirmasi):
        hint = "hapus butirnya setelah dipastikan"
        yield Hit(sop.at(f"perlu_konfirmasi.{number}"), f"Perlu konfirmasi: {doubt}", hint)


@each_sop(
    "SOP108",
    "Nomor SOP hanya isian sementara",
    Severity.GALAT,
    PRAKTIK,
    "Titik-titik, tanda hubung, atau tanggal di tempat nomor tercetak seolah-olah nomor resmi.",
)
def placeholder_number(sop: Sop) -> Iterator[Hit]:
    if sop.nomor and (
        _DATE.fullmatch(sop.nomor) or _PLACEHOLDER.search(sop.nomor) or not re.search("[0-9]", sop.nomor)
    ):
        message = f"Nomor “{sop.nomor}” tampaknya isian sementara, bukan nomor"
        yield Hit(sop.at("nomor"), message, "tulis nomor: null sampai SOP ini diberi nomor")


@each_sop(
    "SOP109",
    "Tahun pada nomor berbeda dari tanggal",
    Severity.PERINGATAN,
    PRAKTIK,
    "Nomor yang bertahun lain dari tanggalnya biasanya tersalin dari SOP lain.",
)
def year_of_number(sop: Sop) -> Iterator[Hit]:
    years = {day.year for day in (sop.pembuatan, sop.pengesahan, sop.revisi, sop.efektif) if day}
    written = [int(year) for year in _YEAR.findall(sop.nomor or "")]
    if years and written and not years & set(written):
        message = f"Nomor bertahun {written[-1]}, sedangkan tanggal SOP ini tahun {', '.join(map(str, sorted(years)))}"
        yield Hit(sop.at("nomor"), message, "periksa nomor dan tanggalnya")


@each_sop(
    "SOP113",
    "Tanggal revisi dan Riwayat Revisi tidak cocok",
    Severity.PERINGATAN,
    PRAKTIK,
    "Setiap revisi dicatat: apa yang berubah, kapan, dan mengapa.",
)
def revision_log(sop: Sop, context: Context) -> Iterator[Hit]:
    if sop.status is Status.DIREVISI:
        return  # SOP182
    last = max((row.tanggal for row in sop.riwayat_revisi if row.revisi), default=None)
    where = sop.at("revisi" if sop.revisi else "riwayat_revisi")
    if sop.revisi and sop.revisi <= context.today and sop.revisi != last:
        message = f"Tanggal revisi {sop.revisi.isoformat()} tidak ada pada Riwayat Revisi"
        yield Hit(where, message, "tambahkan barisnya pada ## Riwayat Revisi")
    elif last and not sop.revisi:
        message = f"Riwayat Revisi mencatat revisi {last.isoformat()}, tetapi tanggal revisi kosong"
        yield Hit(where, message, f"isi revisi: {last.isoformat()}")


def evaluation_days(sop: Sop) -> tuple[date | None, ...]:
    """Days from which the next evaluation counts."""
    return (sop.pengesahan, sop.revisi, sop.evaluasi)


def monitoring_days(sop: Sop) -> tuple[date | None, ...]:
    """Days from which the next monitoring counts."""
    return (*evaluation_days(sop), sop.pemantauan)


@each_sop(
    "SOP114",
    "Evaluasi sudah lewat waktu",
    Severity.PERINGATAN,
    PRAKTIK,
    "SOP dievaluasi berkala; jangka waktunya ditetapkan kantor.",
    bulan=12,
)
def evaluation_due(sop: Sop, context: Context, bulan: int) -> Iterator[Hit]:
    since = overdue(context.today, bulan, evaluation_days(sop))
    if since:
        message = f"Belum dievaluasi sejak {since.isoformat()}, lebih dari {bulan} bulan"
        where = sop.at("evaluasi" if sop.evaluasi else "pengesahan")
        yield Hit(where, message, "evaluasi SOP ini, lalu isi evaluasi: dengan tanggalnya")


@each_sop(
    "SOP116",
    "Pemantauan sudah lewat waktu",
    Severity.CATATAN,
    PEMANTAUAN,
    "Penerapan SOP dipantau tiap enam bulan dengan formulir Tabel 7.",
    bulan=6,
)
def monitoring_due(sop: Sop, context: Context, bulan: int) -> Iterator[Hit]:
    since = overdue(context.today, bulan, monitoring_days(sop))
    if since:
        message = f"Belum dipantau sejak {since.isoformat()}, lebih dari {bulan} bulan"
        # The last monitoring may stand in a file of its own.
        where = sop.at("pemantauan" if sop.pemantauan and "pemantauan" in sop.spans else "pengesahan")
        yield Hit(where, message, f"pantau penerapannya, lalu catat hasilnya: sopdocs monitor {sop.slug} --isi")


@each_sop(
    "SOP117",
    "Nama SOP diawali kata SOP",
    Severity.CATATAN,
    SENDIRI,
    "Lembar sudah berjudul SOP, sehingga namanya terbaca “SOP SOP …”.",
)
def title_says_sop(sop: Sop) -> Iterator[Hit]:
    match = re.match(r"(SOP|Standar Operasional Prosedur)\b[\s:.-]*", sop.nama, re.IGNORECASE)
    if match:
        yield Hit(sop.at("nama"), f"Nama “{sop.nama}” mengulang kata SOP", f"tulis nama: {sop.nama[match.end() :]}")


@each_sop(
    "SOP119",
    "Berlaku sebelum disahkan",
    Severity.PERINGATAN,
    SENDIRI,
    "SOP berlaku paling cepat pada hari pengesahannya.",
)
def effective_before_signed(sop: Sop) -> Iterator[Hit]:
    if sop.efektif and sop.pengesahan and sop.efektif < sop.pengesahan:
        message = f"Tanggal efektif mendahului tanggal pengesahan ({sop.pengesahan.isoformat()})"
        yield Hit(sop.at("efektif"), message, "periksa kedua tanggalnya")


@whole(
    "SOP158",
    "Nama SOP dipakai dua kali",
    Severity.GALAT,
    SENDIRI,
    "Dua SOP senama tidak dapat dibedakan pada daftar isi dan rujukan.",
)
def title_twice(context: Context) -> Iterator[Hit]:
    seen: dict[str, str] = {}
    for sop in context.workspace.living.values():
        name = " ".join(sop.nama.casefold().split())
        if name in seen:
            yield Hit(sop.at("nama"), f"Nama “{sop.nama}” sudah dipakai {seen[name]}.md", "beri nama lain")
        seen.setdefault(name, sop.slug)
