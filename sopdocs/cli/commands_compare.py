"""The command of comparison: `diff`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from sopdocs.cli.offices import office_option, one_place
from sopdocs.cli.options import F, form_option
from sopdocs.errors import UsageError


def _file_option(name: str, what: str) -> Callable[[F], F]:
    path = click.Path(path_type=Path, dir_okay=False)
    return click.option(name, type=path, metavar="FILE", help=f"{what} Berkas yang sudah ada tidak ditimpa.")


@click.command(
    short_help="Sebutkan apa yang berubah antara dua keadaan.",
    options_metavar="[PILIHAN]",
    help="Menyebut apa yang berubah dari A ke B: isian, lajur, langkah (juga yang dipindah, dipecah, atau digabung), "
    "panah, dan waktu; langkah yang hanya berganti nomor bukan perubahan. A dan B: SLUG (SOP di isi sekarang), SLUG@N "
    "(SOP itu di edisi N), edisi-N (seluruh bundel), kini (seluruh isi sekarang), berkas .md, atau PDF dari arsip atau "
    "yang membawa sumbernya. Tanpa B: dengan isi sekarang; SLUG saja: dari edisi terakhir. Tanpa A: seluruh bundel "
    "dari edisi terakhir. Kode keluar 0, ada perubahan atau tidak.",
    epilog="Contoh: sopdocs diff · sopdocs diff surat-masuk · sopdocs diff surat-masuk@1 surat-masuk@2 · "
    "sopdocs diff edisi-1 edisi-2 --format json",
)
@click.argument("names", nargs=-1, metavar="[A [B]]")
@form_option("text", "json", more=" JSON: lihat docs/perbedaan.md.")
@_file_option(
    "--docx",
    "Tulis juga lembar baru dari satu SOP sebagai berkas Word dengan perubahan terlacak (salinan telaah, bertanda "
    "KONSEP).",
)
@_file_option(
    "--lembar",
    "Tulis juga lembar perubahan satu halaman, sebagai berkas .docx atau .pdf.",
)
@_file_option(
    "--gambar",
    "Tulis juga alur lama dan baru dari satu SOP berdampingan, yang berubah bertanda: .pdf untuk dibaca dan "
    "dicetak, .svg untuk peramban dan Word.",
)
@office_option()
@click.pass_obj
def diff(folder: Path, names: tuple[str, ...], form: str, offices: tuple[str, ...], **files: Path | None) -> int:
    if len(names) > 2:
        raise UsageError(f"Yang dapat dibandingkan dua, bukan {len(names)}", "sopdocs diff A B")
    from sopdocs.cli import comparing

    return comparing.compare(one_place(folder, offices), names, form, comparing.Files(**files))


COMMANDS = (diff,)
