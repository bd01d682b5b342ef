"""Commands and options."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from sopdocs import __version__
from sopdocs.cli import checking, commands_archive, commands_compare, commands_revising, commands_status
from sopdocs.cli.checking import View
from sopdocs.cli.clock import now, today
from sopdocs.cli.codes import selection
from sopdocs.cli.formats import FORMATS
from sopdocs.cli.offices import office_option, offices_option, one_place
from sopdocs.cli.options import form_option
from sopdocs.cli.overview import Overview
from sopdocs.errors import UsageError

_FORMATS = click.Choice(["text", "json"])


@click.group(
    cls=Overview,
    options_metavar="[PILIHAN]",
    subcommand_metavar="PERINTAH [ISIAN]...",
    help="Membuat lembar SOP resmi dari berkas teks: periksa, buat DOCX dan PDF, gabungkan, segel, "
    "terbitkan, dan simpan sebagai arsip.",
    epilog="Contoh: sopdocs check · sopdocs build · sopdocs verify build/bundel-ttd.pdf",
)
@click.option(
    "-C",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="FOLDER",
    help="Folder kerja yang memuat content/ (bawaan: folder ini).",
)
@click.version_option(__version__, message="sopdocs %(version)s", help="Tampilkan versi.")
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    context.obj = folder


@main.command(
    short_help="Periksa isi content/.",
    options_metavar="[PILIHAN]",
    help="Memeriksa seluruh isi content/ dan instansi/, dan menyebut apa yang salah, di mana, dan apa yang benar.",
    epilog="Contoh: sopdocs check --select SOP1 · sopdocs check --format json > temuan.json · sopdocs check --fix",
)
@form_option("text", *FORMATS)
@click.option(
    "--select",
    multiple=True,
    metavar="KODE[,KODE]...",
    help="Tampilkan hanya temuan ini; awal kode cukup, misalnya SOP1. Boleh diulang.",
)
@click.option("--ignore", multiple=True, metavar="KODE[,KODE]...", help="Jangan tampilkan temuan ini. Boleh diulang.")
@click.option("--watch", is_flag=True, help="Periksa lagi setiap kali isi berubah, sampai Ctrl+C.")
@click.option(
    "--fix",
    is_flag=True,
    help="Perbaiki dahulu salah tulis yang jawabannya hanya satu, lalu sebutkan apa yang diubah dan apa yang tersisa.",
)
@offices_option("Tanpa ini: kantor di content/ dan semua instansi.")
@click.pass_obj
def check(folder: Path, form: str, watch: bool, fix: bool, **shown: tuple[str, ...]) -> int:
    view = View(form, selection(shown["select"], shown["ignore"]), shown["offices"])
    if fix:
        if watch or form != "text":
            other = "--watch" if watch else f"--format {form}"
            raise UsageError(f"--fix tidak dapat dipakai bersama {other}", "hapus salah satu dari kedua pilihan itu")
        from sopdocs.cli import fixing

        return fixing.check_mended(folder, view, today())
    if not watch:
        return checking.check(folder, view, today())
    if form != "text":
        raise UsageError("--watch hanya untuk --format text", "hapus salah satu dari kedua pilihan itu")
    from sopdocs.cli import watching

    return watching.watch(folder, view, watching.changes(folder), lambda: datetime.now().astimezone())


@main.command(
    name="format",
    short_help="Rapikan berkas SOP ke bentuk baku.",
    options_metavar="[PILIHAN]",
    help="Menulis ulang berkas SOP dalam bentuk baku: urutan kunci, bagian, dan isian; kata-katanya tidak berubah. "
    "Tanpa nama: semua berkas di content/sop/ dan instansi/*/sop/. Berkas yang bergalat dibiarkan dan disebut.",
    epilog="Contoh: sopdocs format · sopdocs format --check · sopdocs format pengumpulan-data-kinerja",
)
@click.argument("names", nargs=-1, metavar="[SLUG|FILE]...")
@click.option("--check", "only_check", is_flag=True, help="Hanya sebutkan berkas yang akan berubah (kode keluar 1).")
@offices_option("Hanya berkas yang dipakai instansi ini.")
@click.pass_obj
def format_files(folder: Path, names: tuple[str, ...], only_check: bool, offices: tuple[str, ...]) -> int:
    from sopdocs.cli import formatting

    return formatting.format_files(folder, names, only_check, offices)


@main.command(
    short_help="Buat berkas SOP baru.",
    options_metavar="[PILIHAN]",
    help="Membuat content/sop/<slug>.md dengan semua bagian dan contoh tiga langkah; berkas yang ada tidak ditimpa.",
    epilog='Contoh: sopdocs new "Pengelolaan Surat Masuk"',
)
@click.argument("name", metavar="NAMA")
@office_option("SOP itu hanya dipakai instansi ini: instansi/NAMA/sop/<slug>.md.")
@click.pass_obj
def new(folder: Path, name: str, offices: tuple[str, ...]) -> int:
    from sopdocs.cli import starting

    return starting.start_sop(one_place(folder, offices), name)


@main.command(
    short_help="Buat semua lembar dan bundel.",
    options_metavar="[PILIHAN]",
    help="Membuat semua lembar dan bundel ke folder build/, atau hanya lembar yang disebut (SLUG = nama berkas). "
    "Yang tidak berubah dibiarkan. Instansi di instansi/ dibuat ke build/instansi/NAMA/; yang gagal tidak "
    "menghentikan yang lain.",
    epilog="Contoh: sopdocs build · sopdocs build pengumpulan-data-kinerja · sopdocs build --instansi all",
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option(
    "--sertakan-sumber",
    "with_sources",
    is_flag=True,
    help="Lampirkan isi content/, templat, dan DOCX di dalam bundel (PDF/A-3b); penerimanya dapat membaca semuanya.",
)
@click.option("--explain", is_flag=True, help="Sebutkan juga mengapa setiap berkas dibuat ulang atau dibiarkan.")
@click.option("--watch", is_flag=True, help="Buat lagi setiap kali isi atau templat berubah, sampai Ctrl+C.")
@click.option("--quiet", is_flag=True, help="Sebutkan hanya temuan dan kegagalan.")
@click.option(
    "--json",
    "lines",
    is_flag=True,
    help="Tulis setiap kejadian sebagai satu baris JSON, untuk program lain; temuan dan galat tetap teks (stderr).",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 512),
    metavar="N",
    help="Paling banyak N pekerja sekaligus (bawaan: satu untuk tiap inti prosesor; dengan --dask: semua yang ada).",
)
@click.option(
    "--dask",
    metavar="ALAMAT",
    help="Bagi pekerjaan ke komputer lain lewat penjadwal Dask, misalnya tcp://192.0.2.1:8786 (lihat docs/skala.md).",
)
@click.option(
    "--profile",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Catat lama setiap fungsi, untuk pengembang (dibaca dengan python -m pstats FILE).",
)
@offices_option("Tanpa ini: kantor di content/.")
@click.pass_obj
def build(folder: Path, watch: bool, **given: Any) -> int:
    from sopdocs.cli import building  # late, as below: what it needs takes a second to load

    how = building.Telling(*(given.pop(name) for name in ("explain", "quiet", "lines")))
    force = building.Workforce(*(given.pop(name) for name in ("workers", "dask", "profile")))
    wish = building.Wish(**given, telling=how, force=force)
    if not watch:
        return building.build_offices(folder, wish, now())
    from sopdocs.cli import watching

    return watching.build(folder, wish, watching.changes(folder), now)


@main.command(
    short_help="Segel bundel, atau tanda tangani lembar.",
    options_metavar="[PILIHAN]",
    help="Menyegel build/bundel.pdf menjadi build/bundel-ttd.pdf, atau menandatangani lembar yang disebut "
    "(SLUG = nama berkas) menjadi content/persetujuan/SLUG.pdf. Jenis kunci dan setelannya dibaca dari "
    "content/segel.yaml; pilihan di bawah menggantikannya. Kata sandi, PIN, NIK, dan TOTP diketik saat diminta, "
    "atau diberikan lewat variabel lingkungan SOPDOCS_SANDI, SOPDOCS_PIN, SOPDOCS_NIK, SOPDOCS_TOTP, "
    "SOPDOCS_BSRE_PENGGUNA, dan SOPDOCS_BSRE_SANDI; tidak pernah sebagai pilihan.",
    epilog="Contoh: sopdocs sign · sopdocs sign --final --kunci pkcs12 --pkcs12 camat.p12",
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--final", is_flag=True, help="Tolak bila masih ada lembar KONSEP, dan sebutkan alasannya.")
@click.option(
    "--kunci",
    type=click.Choice(["pengembangan", "pkcs12", "pkcs11", "bsre"]),
    metavar="[pengembangan|pkcs12|pkcs11|bsre]",
    help="Jenis kunci (bawaan: menurut segel.yaml, atau pengembangan).",
)
@click.option("--pkcs12", type=click.Path(path_type=Path), metavar="FILE", help="Berkas PKCS#12 (.p12, .pfx).")
@click.option("--pustaka", type=click.Path(path_type=Path), metavar="FILE", help="Pustaka PKCS#11 bawaan token.")
@click.option("--token", metavar="NAMA", help="Nama (label) token PKCS#11.")
@click.option("--label", metavar="NAMA", help="Label kunci dan sertifikat pada token.")
@click.option("--penanda-waktu", metavar="URL", help="Alamat penanda waktu (RFC 3161).")
@click.option(
    "--penerbit",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Folder berisi sertifikat penerbit (.pem, .crt, .cer) bila kunci atau penanda waktu tidak membawanya.",
)
@click.option("--sandi-fd", type=int, metavar="N", help="Baca kata sandi atau PIN dari deskriptor berkas N.")
@office_option()
@click.pass_obj
def sign(folder: Path, slugs: tuple[str, ...], final: bool, offices: tuple[str, ...], **means: Any) -> int:
    from sopdocs.cli import signing

    place, chosen = one_place(folder, offices), signing.Means(**means)
    if slugs:
        return signing.sign_sheets(place, slugs, chosen, final, now)
    return signing.sign_bundle(place, chosen, final, now)


@main.command(
    short_help="Periksa segel sebuah PDF, atau seluruh edisi.",
    options_metavar="[PILIHAN]",
    help="Memeriksa segel sebuah PDF tanpa jaringan: siapa, kapan, apakah seluruh isi tercakup dan tidak berubah, SOP "
    "apa di halaman berapa, dan lampirannya. Untuk folder edisi juga catatannya, lembarnya, dan rantai edisinya. "
    "Kode keluar: 0 lolos, 5 belum dapat dipastikan, 6 tidak lolos.",
    epilog="Contoh: sopdocs verify build/bundel-ttd.pdf · sopdocs verify arsip/2025/edisi-1 · "
    "sopdocs verify --expect build/manifest.json --format html --output hasil.html build/bundel-ttd.pdf",
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE|FOLDER")
@click.option(
    "--trust",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Folder berisi sertifikat (.pem, .crt, .cer) yang dipercaya.",
)
@click.option(
    "--expect", type=click.Path(path_type=Path), metavar="FILE", help="Bandingkan isi berkas dengan manifest.json ini."
)
@form_option("text", "json", "html")
@click.option("--online", is_flag=True, help="Tanyakan status sertifikat kepada layanan penerbitnya.")
@click.option(
    "--approval",
    is_flag=True,
    help="Terima juga tanda tangan persetujuan dengan nama kolom apa pun, yang tidak melarang perubahan: lembar yang "
    "ditandatangani satu per satu, dan tanda tangan BSrE. Seluruh berkas tetap harus tercakup.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Simpan laporan.")
def verify(file: Path, **options: Any) -> int:
    from sopdocs.cli import verifying

    return verifying.verify_file(verifying.Request(file, **options), now())


@main.command(
    short_help="Bangun ulang sebuah bundel dan bandingkan.",
    options_metavar="[PILIHAN]",
    help="Membangun ulang bundel lalu memeriksa apakah FILE diawali persis olehnya: dari isi edisi bila FILE berada di "
    "folder edisi pada arsip, selain itu dari sumber yang terlampir di dalamnya, atau dari folder kerja yang disebut. "
    "Kode keluar 0: cocok; 1: tidak cocok.",
    epilog="Contoh: sopdocs reproduce arsip/2025/edisi-1/bundel-ttd.pdf · "
    "sopdocs reproduce build/bundel-ttd.pdf --sumber .",
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--sumber",
    "source",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Folder kerja yang memuat content/; tanpa ini: isi edisinya, atau sumber yang terlampir.",
)
@office_option("Tanpa ini: menurut edisinya atau sumber yang terlampir, atau kantor di content/.")
def reproduce(file: Path, source: Path | None, offices: tuple[str, ...]) -> int:
    from sopdocs.cli import reproducing

    return reproducing.reproduce(file, source, offices, now())


@main.command(
    short_help="Tampilkan gambar alur sebuah SOP sebagai SVG atau data.",
    options_metavar="[PILIHAN]",
    help="Menampilkan tabel prosedur satu SOP tanpa LibreOffice: SVG per halaman, atau geometrinya sebagai JSON (EMU).",
    epilog="Contoh: sopdocs layout pengumpulan-data-kinerja --format svg --page 2 > halaman-2.svg",
)
@click.argument("slug", metavar="SLUG")
@form_option("json", "svg", default="svg")
@click.option("--page", type=int, metavar="N", help="Halaman untuk SVG (bawaan: halaman pertama yang memuat tabel).")
@office_option()
@click.pass_obj
def layout(folder: Path, slug: str, form: str, page: int | None, offices: tuple[str, ...]) -> int:
    from sopdocs.cli import drawing

    return drawing.layout(one_place(folder, offices), slug, form, page, today())


@main.command(
    short_help="Jelaskan sebuah kode temuan.",
    options_metavar="[PILIHAN]",
    help="Menjelaskan sebuah kode temuan: mengapa ada, dari mana asalnya, bentuk yang buruk dan yang baik.",
    epilog="Contoh: sopdocs explain SOP101",
)
@click.argument("code", metavar="KODE")
def explain(code: str) -> int:
    from sopdocs.cli import explaining

    return explaining.explain(code)


@main.group(
    short_help="Hitung dan tampilkan rekap.",
    options_metavar="[PILIHAN]",
    subcommand_metavar="REKAP [ISIAN]...",
    help="Menghitung dan menampilkan rekap isi content/.",
    epilog="Contoh: sopdocs report waktu",
)
def report() -> None:
    """Reports; the name of one follows."""


@report.command(
    short_help="Lama tiap SOP: jalan tercepat dan terlama, putaran, waktu tiap pelaksana.",
    options_metavar="[PILIHAN]",
    help="Menghitung lama tiap SOP: jalan tercepat dan terlama, putaran, dan waktu tiap pelaksana. "
    "Tanpa SLUG (nama berkas): semua SOP.",
    epilog="Contoh: sopdocs report waktu · sopdocs report waktu pengumpulan-data-kinerja --format csv > waktu.csv",
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@form_option("text", "json", "csv")
@office_option()
@click.pass_obj
def waktu(folder: Path, slugs: tuple[str, ...], form: str, offices: tuple[str, ...]) -> int:
    from sopdocs.cli import reporting

    return reporting.report_times(one_place(folder, offices), slugs, form, today())


@main.command(
    short_help="Periksa alat yang terpasang.",
    options_metavar="[PILIHAN]",
    help="Memeriksa alat: versi program, huruf, dan satu konversi percobaan.",
    epilog="Contoh: sopdocs doctor",
)
@click.pass_obj
def doctor(folder: Path) -> int:
    from sopdocs.cli import trial

    return trial.doctor(folder)


for _module in (commands_revising, commands_archive, commands_compare, commands_status):
    for _command in _module.COMMANDS:
        main.add_command(_command)
