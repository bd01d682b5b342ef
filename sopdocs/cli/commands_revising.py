"""Declare the commands that change an SOP's status: `revise`, `revoke`, `replace`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from sopdocs.cli.offices import office_option, one_place
from sopdocs.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])


def _noted(function: F) -> F:
    """Add the options of what is noted in the log."""
    day = click.DateTime(formats=["%Y-%m-%d"])
    for add in (
        office_option(),
        click.option("--batal", is_flag=True, help="Batalkan yang belum terbit; suntingan lain tetap."),
        click.option("--tanggal", type=day, metavar="TANGGAL", help="Harinya, tahun-bulan-hari (bawaan: hari ini)."),
        click.option("--oleh", metavar="NAMA", help="Yang meminta atau mengerjakan, untuk kolom Oleh."),
        click.option("--alasan", metavar="TEKS", help="Mengapa; dicatat pada Riwayat Revisi. Ditanyakan bila perlu."),
    ):
        function = add(function)
    return function


@click.command(
    short_help="Buka revisi berikutnya sebuah SOP.",
    options_metavar="[PILIHAN]",
    help="Membuka revisi berikutnya sebuah SOP yang berlaku: mengisi status, tanggal revisi, dan satu baris Riwayat "
    "Revisi, dan mengosongkan tanggal pengesahan. Isi lain berkas itu tidak berubah; yang terbit tetap berlaku.",
    epilog='Contoh: sopdocs revise pengumpulan-data-kinerja --alasan "Hasil evaluasi 2024" --oleh Sekcam · '
    "sopdocs revise pengumpulan-data-kinerja --batal · sopdocs revise pengumpulan-data-kinerja --tunda",
)
@click.argument("slug", metavar="SLUG")
@_noted
@click.option("--uraian", metavar="TEKS", help="Apa yang berubah; boleh diisi kemudian di berkasnya.")
@click.option(
    "--tunda", "way", flag_value="tunda", help="Sisihkan revisi yang terbuka, supaya edisi lain dapat terbit dahulu."
)
@click.option("--lanjut", "way", flag_value="lanjut", help="Lanjutkan revisi yang ditunda.")
@click.pass_obj
def revise(folder: Path, slug: str, batal: bool, way: str | None, offices: tuple[str, ...], **options: Any) -> int:
    from sopdocs.cli import postponing, revising
    from sopdocs.model import Status

    place, slug = one_place(folder, offices), _slug(slug)
    if way and batal:
        raise UsageError(f"--batal tidak dapat dipakai bersama --{way}", "hapus salah satu dari kedua pilihan itu")
    if way or batal:
        _alone(f"--{way}" if way else "--batal", *options.values())
        if batal:
            return revising.undo(place, slug, Status.DIREVISI)
        return (postponing.postpone if way == "tunda" else postponing.resume)(place, slug)
    wish = revising.Wish(
        _reason(options["alasan"], f'sopdocs revise {slug} --alasan "Hasil evaluasi 2024"'),
        options["uraian"] or "",
        options["oleh"] or "",
        _day(options["tanggal"]),
    )
    return revising.revise(place, slug, wish, _today())


@click.command(
    short_help="Cabut sebuah SOP.",
    options_metavar="[PILIHAN]",
    help="Mencabut sebuah SOP yang berlaku: mengisi status, tanggal pencabutan, dan satu baris Riwayat Revisi. "
    "Berkasnya tetap ada, lembarnya tidak dibuat lagi.",
    epilog='Contoh: sopdocs revoke pengumpulan-data-kinerja --alasan "Tugas ini pindah ke dinas" · '
    "sopdocs revoke pengumpulan-data-kinerja --batal",
)
@click.argument("slug", metavar="SLUG")
@_noted
@click.pass_obj
def revoke(folder: Path, slug: str, batal: bool, offices: tuple[str, ...], **options: Any) -> int:
    from sopdocs.cli import revising
    from sopdocs.model import Status

    place, slug = one_place(folder, offices), _slug(slug)
    if batal:
        _alone("--batal", *options.values())
        return revising.undo(place, slug, Status.DICABUT)
    reason = _reason(options["alasan"], f'sopdocs revoke {slug} --alasan "Tugas ini pindah ke dinas"')
    wish = revising.Wish(reason, oleh=options["oleh"] or "", tanggal=_day(options["tanggal"]))
    return revising.revoke(place, slug, wish, _today())


@click.command(
    short_help="Ganti sebuah SOP dengan SOP lain.",
    options_metavar="[PILIHAN]",
    help="Mengakhiri SOP LAMA yang berlaku karena SOP BARU menggantikannya: mengisi status, pencabutan, pengganti, dan "
    "satu baris Riwayat Revisi di berkas LAMA. Berkas BARU tidak berubah.",
    epilog='Contoh: sopdocs replace surat-masuk surat-masuk-elektronik --alasan "Surat masuk lewat aplikasi" · '
    "sopdocs replace surat-masuk surat-masuk-elektronik --batal",
)
@click.argument("old", metavar="LAMA")
@click.argument("new", metavar="BARU")
@_noted
@click.pass_obj
def replace(folder: Path, old: str, new: str, batal: bool, offices: tuple[str, ...], **options: Any) -> int:
    from sopdocs.cli import revising
    from sopdocs.model import Status

    place, old, new = one_place(folder, offices), _slug(old), _slug(new)
    if batal:
        _alone("--batal", *options.values())
        return revising.undo(place, old, Status.DIGANTIKAN, new)
    reason = _reason(options["alasan"], f'sopdocs replace {old} {new} --alasan "Surat masuk lewat aplikasi"')
    wish = revising.Wish(reason, oleh=options["oleh"] or "", tanggal=_day(options["tanggal"]))
    return revising.replace_sop(place, old, new, wish, _today())


COMMANDS = (revise, revoke, replace)
"""In the order of an SOP's life."""


def _slug(name: str) -> str:
    return Path(name).name.removesuffix(".md")


def _alone(way: str, *others: object) -> None:
    if any(value is not None for value in others):
        raise UsageError(f"{way} tidak memerlukan pilihan lain", "hapus --alasan, --uraian, --oleh, dan --tanggal")


def _reason(given: str | None, example: str) -> str:
    """The reason; asked for on a terminal. Raises UsageError without one."""
    reason = given
    if reason is None and sys.stdin and sys.stdin.isatty():
        reason = click.prompt("Alasan", default="", show_default=False, err=True)
    if not (reason or "").strip():
        raise UsageError("Alasan belum disebut", f"contoh: {example}")
    return (reason or "").strip()


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _today() -> date:
    """The day where the office is."""
    return datetime.now().astimezone().date()
