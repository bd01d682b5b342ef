"""The words of a verdict, for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime

from sopdocs.sign import Check, Report, Revocation, TimeSource, Topic, Verdict


@dataclass(frozen=True, slots=True)
class Words:
    """A verdict for a layperson."""

    title: str
    meaning: str
    advice: str
    """What to do now."""


_PASSED = Words(
    "LOLOS",
    "Isi berkas ini sama persis dengan saat disegel, dan sertifikat penanda tangannya berasal dari penerbit "
    "yang dipercaya.",
    "Berkas ini dapat dipakai. Pastikan penanda tangannya memang pejabat yang berwenang.",
)
_UNCERTIFIED = Words(
    "LOLOS, TETAPI TIDAK TERSERTIFIKASI",
    "Isi berkas ini sama persis dengan saat disegel. Namun, kunci yang dipakai tidak disahkan oleh penerbit "
    "sertifikat: pemeriksa memercayai kunci itu secara langsung.",
    "Perlakukan sebagai uji coba. Segel ini tidak membuktikan bahwa seorang pejabat telah mengesahkannya.",
)
_INDETERMINATE = Words(
    "BELUM DAPAT DIPASTIKAN",
    "Pemeriksaan ini tidak dapat membuktikan bahwa berkas ini sah, dan juga tidak membuktikan bahwa berkas ini palsu.",
    "Jangan pakai sebagai dokumen resmi sebelum hal di bawah ini diselesaikan.",
)
_FAILED = Words(
    "TIDAK LOLOS",
    "Berkas ini tidak boleh dipercaya: segelnya tidak ada, rusak, atau berkas ini bukan yang semestinya.",
    "Jangan pakai berkas ini. Mintalah berkas asli kepada instansi yang menerbitkannya.",
)

TOPICS = {
    Topic.FILE: ("Berkas", "Berkas ini PDF yang dapat dibaca sampai akhir."),
    Topic.FIELDS: ("Kolom tanda tangan", "Hanya ada satu tanda tangan, dan kolomnya yang semestinya."),
    Topic.COVERAGE: ("Cakupan", "Setiap bita tercakup oleh tanda tangan; tidak ada tambahan sesudahnya."),
    Topic.CERTIFICATION: ("Larangan perubahan", "Berkas sendiri melarang setiap perubahan (DocMDP 1)."),
    Topic.CONTENT: ("Isi", "Isi sama persis dengan saat ditandatangani."),
    Topic.CERTIFICATE: ("Sertifikat", "Berasal dari penerbit yang dipercaya dan boleh dipakai untuk tanda tangan."),
    Topic.REVOCATION: ("Pencabutan", "Tidak ada sertifikat yang dicabut."),
    Topic.TIME: ("Waktu", "Sertifikat berlaku pada waktu penandatanganan."),
    Topic.STRENGTH: ("Kekuatan", "Semua algoritma dan kunci cukup kuat."),
    Topic.EXPECTATION: ("Manifest", "Berkas ini yang dicatat manifest: halaman, bagian, lampiran, dan daftar SOP."),
}

OUTCOMES = {
    Verdict.PASSED: "lolos",
    Verdict.INDETERMINATE: "belum pasti",
    Verdict.FAILED: "tidak lolos",
    None: "tidak diperiksa",
}

_REVOCATION = {
    Revocation.STORED: "Tidak dicabut, menurut data penerbit yang tersimpan dalam berkas.",
    Revocation.ONLINE: "Tidak dicabut, menurut layanan penerbit yang ditanya saat pemeriksaan ini.",
    Revocation.NOT_DECLARED: "Sertifikat tidak menyebut layanan pencabutan, sehingga tidak ada yang dapat ditanya.",
}


REVOCATION_SOURCES = {
    Revocation.STORED: "tersimpan dalam berkas (DSS)",
    Revocation.ONLINE: "layanan penerbit, ditanya saat pemeriksaan",
    Revocation.NOT_DECLARED: "sertifikat tidak menyebut layanan",
    Revocation.UNKNOWN: "tidak diketahui",
}


def words(report: Report) -> Words:
    """Return the words for the verdict of `report`."""
    if report.verdict is Verdict.PASSED:
        return _PASSED if report.certified else _UNCERTIFIED
    return _INDETERMINATE if report.verdict is Verdict.INDETERMINATE else _FAILED


def told(check: Check, report: Report) -> tuple[str, ...]:
    """Return what to say of one check: its problems, or what it means that there are none."""
    if check.problems:
        return check.problems
    if check.verdict is None:
        return ("Tidak dapat diperiksa, karena hal lain yang mendasarinya tidak lolos.",)
    if check.topic is Topic.REVOCATION and report.revocation:
        return (_REVOCATION.get(report.revocation, TOPICS[check.topic][1]),)
    if check.topic is Topic.CERTIFICATION and report.docmdp is None:
        return ("Berkas sendiri tidak melarang perubahan, dan pemeriksa menerimanya (tanda tangan persetujuan).",)
    if check.topic is Topic.CERTIFICATE and len(report.chain) == 1:
        return ("Sertifikat ini dipercaya langsung oleh pemeriksa, tanpa penerbit.",)
    return (TOPICS[check.topic][1],)


def moment(time: datetime) -> str:
    """A time with its zone: "22 November 2026 18.25.10 UTC"."""
    return format_datetime(time, "d MMMM y HH.mm.ss z", locale="id")


def facts(report: Report) -> Iterator[tuple[str, str]]:
    """Yield name and value of what is known about signer, time and coverage."""
    if report.signer is None or report.issuer is None:
        return
    yield "Penanda tangan", report.signer
    yield "Penerbit sertifikat", report.issuer
    yield "Sertifikat", _certified(report)
    if report.time:
        yield "Waktu", f"{moment(report.time)} ({_time_source(report)})"
    yield "Cakupan", coverage(report)
    if report.docmdp is None:
        yield "Perubahan yang diizinkan", "tidak dilarang oleh berkas"
    elif report.docmdp == 1:
        yield "Perubahan yang diizinkan", "tidak ada"
    if report.level:
        yield "Tingkat PAdES", report.level


def _certified(report: Report) -> str:
    if report.certified:
        return "tersertifikasi"
    open_question = report.verdict is Verdict.INDETERMINATE and report.issuer != report.signer
    return "belum dapat dipastikan" if open_question else "TIDAK tersertifikasi"


def coverage(report: Report) -> str:
    """Say how much of the file the signature covers."""
    check = next((each for each in report.checks if each.topic is Topic.COVERAGE), None)
    if report.coverage == "ENTIRE_FILE" and check and check.verdict is Verdict.PASSED:
        return "seluruh berkas"
    return "tidak seluruh berkas: ada tambahan atau perubahan sesudah disegel"


def _time_source(report: Report) -> str:
    if report.time_source is TimeSource.TIMESTAMP and report.stamp:
        return f"menurut penanda waktu {report.stamp.authority}"
    return "menurut penanda tangan sendiri"
