"""`sopdocs doctor`: what is installed, and whether it works."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

from sopdocs import __version__
from sopdocs.cli.output import say
from sopdocs.cli.places import key_folder, surroundings
from sopdocs.engine import PartJob, Stopwatch, inputs_of, parts
from sopdocs.errors import ExitCode, SopdocsError
from sopdocs.model import Bundel, Instansi, Place, Workspace
from sopdocs.office import find_fonts, find_libreoffice, printer
from sopdocs.word import make_cover

_LIBRARIES = ("docxtpl", "python-docx", "pypdf", "pikepdf", "pyHanko", "markdown-it-py", "ruamel.yaml", "uharfbuzz")


def doctor(folder: Path) -> int:
    """Print each fact, go on after a failure, and return the exit code of the worst."""
    say(f"sopdocs {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}")
    for name in _LIBRARIES:
        say(f"  {name:<16}{version(name)}")
    worst = ExitCode.OK
    for step in (_fonts, _libreoffice, _conversion, _keys):
        try:
            step(folder)
        except SopdocsError as error:
            say(f"  GAGAL: {error.message}", "bold red")
            say(f"    Saran: {error.advice}")
            worst = max(worst, error.exit_code)
    say("Semua alat siap." if worst is ExitCode.OK else "Ada alat yang belum siap.")
    return worst


def _fonts(folder: Path) -> None:
    del folder
    fonts = find_fonts()
    say(f"  {'huruf':<16}{fonts.regular.name}, {fonts.bold.name}, {fonts.italic.name}, {fonts.bold_italic.name}")


def _libreoffice(folder: Path) -> None:
    del folder
    found = find_libreoffice(os.environ.get("SOPDOCS_SOFFICE"))
    say(f"  {'LibreOffice':<16}{found.version} ({found.executable})")


def _conversion(folder: Path) -> None:
    # The trial needs no content: a made-up office prints an empty cover.
    office = Instansi("Kantor Percobaan", ("KANTOR PERCOBAAN",))
    workspace = Workspace(office, {}, {}, (), Bundel("Percobaan sopdocs"), {})
    around = surroundings(Place(folder), office)
    docx = make_cover((), inputs_of(workspace, around, konsep=False), around.templates.sampul, None)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sopdocs-") as place:
        job = PartJob("percobaan", "sampul", docx, date.today(), (workspace.bundel.judul,), 1)
        trial = printer(around.libreoffice, Path(place))
        (pdf,) = parts([job], trial, Stopwatch())
        trial.close()
    if isinstance(pdf, SopdocsError):
        raise pdf
    say(f"  {'konversi':<16}{len(pdf)} bita dalam {time.monotonic() - started:.1f} detik")


def _keys(folder: Path) -> None:
    del folder
    place = key_folder()
    state = "ada" if place.is_dir() and any(place.iterdir()) else "akan dibuat saat pertama dipakai"
    say(f"  {'kunci':<16}pengembangan, tidak tersertifikasi, {state}")
