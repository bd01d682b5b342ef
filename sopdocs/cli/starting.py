"""`sopdocs new`."""

from __future__ import annotations

from pathlib import Path

from sopdocs.cli.offices import option
from sopdocs.cli.output import print_findings, say
from sopdocs.content.bundel import BUNDEL, read_bundel
from sopdocs.content.folder import Folder
from sopdocs.content.registers import PEJABAT, PELAKSANA, read_pejabat, read_pelaksana
from sopdocs.content.report import Report
from sopdocs.content.sop import Known
from sopdocs.content.starting import new_text, slug_of
from sopdocs.errors import ExitCode, UsageError, reason
from sopdocs.model import Place

_LANES = 3


def start_sop(place: Place, name: str) -> int:
    """Write a new SOP file and say what to do next; a file that is there is never written over."""
    slug = slug_of(name)
    if not slug:
        advice = 'tulis judulnya, misalnya sopdocs new "Pengelolaan Surat Masuk"'
        raise UsageError(f"Nama “{name}” tidak memuat huruf a–z atau angka untuk nama berkas", advice)
    official, lanes = _known(place)
    shown = f"{place.own}/sop/{slug}.md"
    path = place.root / shown
    _write(path, shown, new_text(name, official, lanes))
    say(f"Dibuat: {path}")
    say(f"Berikutnya: ganti contoh di dalamnya, lalu jalankan sopdocs check{option(place)}.")
    # The whole of bundel.yaml is judged by `check`; here only its list matters.
    home = Folder(place)
    bundle = read_bundel(home, Known({}, {}, {}, {slug: ""}), "", Report())
    if "sop" in bundle.spans and slug not in bundle.sop:
        say(f"{home.path(BUNDEL)} menyebut SOP satu per satu: tambahkan {slug} pada sop: di sana agar ikut bundel.")
    return ExitCode.OK


def _known(place: Place) -> tuple[str, list[str]]:
    """The first official and the first performers; raises UsageError when a register has none."""
    report = Report()
    home = Folder(place)
    officials, performers = read_pejabat(home, report), read_pelaksana(home, report)
    for register, entries, example in (
        (PEJABAT, officials, "camat: {jabatan: …, nama: …, nip: …}"),
        (PELAKSANA, performers, "staf: {nama: Staf}"),
    ):
        if not entries:
            path = home.path(register)
            print_findings((finding for finding in report.findings if finding.span.path == path), errors=True)
            advice = (
                f"isi dahulu, misalnya {example}; lihat docs/format-konten.md, atau pakai -C untuk folder kerja lain"
            )
            raise UsageError(f"Belum ada isi yang terbaca di {path}", advice)
    return next(iter(officials)), list(performers)[:_LANES]


def _write(path: Path, shown: str, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:  # refuses in one step what another program wrote meanwhile
            file.write(text.encode())
    except FileExistsError as error:
        advice = "pakai nama lain, atau sunting berkas itu"
        raise UsageError(f"{shown} sudah ada dan tidak ditimpa", advice) from error
    except OSError as error:
        advice = "periksa izin dan sisa ruang pada folder itu"
        raise UsageError(f"{shown} tidak dapat ditulis: {reason(error)}", advice) from error
