"""The commands of the archive: `issue` and `at`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from sopdocs.cli.clock import Day, now, today
from sopdocs.cli.offices import office_option, one_place
from sopdocs.cli.options import form_option


@click.command(
    short_help="Terbitkan yang sudah dibuat dan disegel sebagai edisi.",
    options_metavar="[PILIHAN]",
    help="Membekukan yang sudah dibuat dan disegel sebagai edisi berikutnya di arsip/<tahun>/edisi-<n>/: isi, lembar, "
    "bundel, manifest, dan hasil pemeriksaan segel. Edisi tidak pernah ditulis lagi. SOP yang terbit diberi status "
    "berlaku. Ditolak bila ada KONSEP, bila hasil di build/ tidak lagi sesuai isinya, atau bila arsip tidak utuh.",
    epilog="Contoh: sopdocs issue · sopdocs issue --tanda-tangan-basah --tanggal 2024-06-30",
)
@click.option(
    "--tanggal",
    "day",
    type=Day(),
    metavar="TANGGAL",
    help="Tanggal edisi (bawaan: hari ini); tidak boleh di masa depan.",
)
@click.option(
    "--tanda-tangan-basah",
    "wet",
    is_flag=True,
    help="Cetakannya ditandatangani di atas kertas: terima segel kunci pengembangan, dan catat demikian.",
)
@click.option("--keterangan", "note", default="", metavar="TEKS", help="Catatan singkat untuk edisi ini.")
@click.option(
    "--trust",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Folder berisi sertifikat (.pem, .crt, .cer) yang dipercaya saat segel diperiksa.",
)
@click.option(
    "--edisi-pertama",
    "pertama",
    is_flag=True,
    help="Arsip memang belum pernah ada: SOP sudah berlaku sebelum memakai sopdocs.",
)
@office_option()
@click.pass_obj
def issue(folder: Path, day: date | None, wet: bool, note: str, offices: tuple[str, ...], **more: Any) -> int:
    from sopdocs.cli import issuing

    wish = issuing.Issue(day, wet, note, **more)
    return issuing.issue(one_place(folder, offices), wish, now)


@click.command(
    short_help="Sebutkan SOP yang berlaku pada suatu hari.",
    options_metavar="[PILIHAN]",
    help="Menyebut SOP yang berlaku pada TANGGAL menurut arsip: revisi ke berapa, sejak kapan, di edisi dan halaman "
    "mana. Dengan --out, bundel tersegelnya disalin bita demi bita beserta daftarnya.",
    epilog='Contoh: sopdocs at 2024-06-30 · sopdocs at "30 Juni 2024" --out untuk-auditor',
)
@click.argument("day", type=Day(), metavar="TANGGAL")
@form_option("text", "json")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Salin bundel dan daftarnya ke folder baru atau kosong ini; tidak ada yang ditimpa.",
)
@office_option()
@click.pass_obj
def at(folder: Path, day: date, form: str, out: Path | None, offices: tuple[str, ...]) -> int:
    from sopdocs.cli import pointing

    return pointing.point(one_place(folder, offices), day, form, out, today())


COMMANDS = (issue, at)
