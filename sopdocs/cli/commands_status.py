"""Commands that look after SOPs in force: the register, and monitoring."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from sopdocs.cli.offices import office_option, one_place

_FORMS = "table|json|csv|ics|xlsx"


@click.command(
    short_help="Register SOP: status, tanggal, pemantauan dan evaluasi berikutnya.",
    options_metavar="[PILIHAN]",
    help="Menampilkan setiap SOP dengan status, revisi, edisi terakhir, pemantauan dan evaluasi berikutnya, serta apa "
    "yang masih terbuka. Dengan SLUG (nama berkas): rincian SOP itu. Jangka waktunya: setelan bulan pada aturan SOP116 "
    "(pemantauan) dan SOP114 (evaluasi) di instansi.yaml.",
    epilog="Contoh: sopdocs status · sopdocs status --due 30d · sopdocs status --output register.xlsx · "
    "sopdocs status --format ics --output sop.ics",
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option(
    "--due",
    "within",
    metavar="JANGKA",
    help="Hanya yang sudah jatuh tempo atau jatuh tempo dalam jangka ini, yang terdekat dahulu: 30d, 2w, 3m, atau "
    "'30 hari'.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS.split("|")),
    metavar=f"[{_FORMS}]",
    help="Bentuk keluaran (bawaan: menurut akhiran --output, atau table). ics: kalender; xlsx: lembar kerja Excel.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Tulis ke berkas ini.")
@office_option()
@click.pass_obj
def status(
    folder: Path,
    slugs: tuple[str, ...],
    within: str | None,
    form: str | None,
    output: Path | None,
    offices: tuple[str, ...],
) -> int:
    from sopdocs.cli import status as room

    return room.status(one_place(folder, offices), room.Wish(slugs, within, form, output), _today())


@click.command(
    short_help="Formulir pemantauan sebuah SOP, atau isian hasilnya.",
    options_metavar="[PILIHAN]",
    help="Membuat formulir pemantauan (Tabel 7) yang sudah memuat langkah-langkah SOP, sebagai Word dan PDF, di "
    "build/pemantauan/. Dengan --isi: memulai catatan hasil di content/monitoring/SLUG.yaml untuk Anda isi; yang sudah "
    "tertulis di sana tidak diubah.",
    epilog="Contoh: sopdocs monitor pengelolaan-surat-masuk · sopdocs monitor pengelolaan-surat-masuk --isi",
)
@click.argument("slug", metavar="SLUG")
@click.option("--isi", "entry", is_flag=True, help="Mulai catatan hasil, bukan formulir.")
@click.option(
    "--tanggal",
    metavar="TANGGAL",
    help="Dengan --isi: hari pemantauan, misalnya 2024-06-30 (bawaan: hari ini).",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Folder untuk formulirnya (bawaan: build/pemantauan/).",
)
@office_option()
@click.pass_obj
def monitor(
    folder: Path, slug: str, entry: bool, tanggal: str | None, output: Path | None, offices: tuple[str, ...]
) -> int:
    from sopdocs.cli import monitoring

    place, today = one_place(folder, offices), _today()
    if entry:
        from sopdocs.cli.dates import parse_day

        return monitoring.start_entry(place, slug, today if tanggal is None else parse_day(tanggal), today)
    return monitoring.make_form(place, slug, output, today)


COMMANDS = (status, monitor)
"""To be added to the main command."""


def _today() -> date:
    """The day where the office is."""
    return datetime.now().astimezone().date()
