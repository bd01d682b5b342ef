"""Find what comes from outside the content: LibreOffice, fonts, templates, logo, keys."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from platformdirs import user_data_path

from sopdocs.content import Folder
from sopdocs.engine import Results, Surroundings, Templates, sha256
from sopdocs.errors import UsageError, reason
from sopdocs.layout import FontData
from sopdocs.model import SHARED, Instansi, Place
from sopdocs.office import FONT_FOLDERS, FontFiles, LibreOffice, find_fonts, find_libreoffice
from sopdocs.word import Picture, Template

_CERTIFICATES = (".pem", ".crt", ".cer")


_MERGED = tuple(f"{SHARED}/{name}.yaml" for name in ("pejabat", "pelaksana", "peraturan"))
"""Of these an office's own file and the shared one count both."""
_MEGABYTES = "1000"
_DIGITS = 10
_PICTURES = ("png", "jpg", "jpeg", "PNG", "JPG", "JPEG")
_INPUTS = (
    f"{SHARED}/instansi.yaml",
    f"{SHARED}/bundel.yaml",
    *_MERGED,
    f"{SHARED}/sop/*.md",
    *(f"{SHARED}/**/*.{kind}" for kind in _PICTURES),
    "templates/*.docx",
)
"""Not segel.yaml, which changes no unsigned byte."""


def content_inputs(place: Place) -> dict[str, str]:
    """SHA-256 of the files that an office's outputs may be made from, by path below the workspace.

    Nothing else that lies in content/, templates/ or the office's folder counts, and none of it can travel with a
    bundle; nor can what stands in content/ only for other offices.
    """
    counting: dict[str, str] = {}
    for pattern in (*_INPUTS, f"{place.approvals}/*.pdf", f"{place.monitoring}/*.yaml"):
        for each in place.candidates(pattern):
            for path in _files(place, each):
                # The office's own comes last, and takes the place of the shared one.
                name = place.name(path)
                counting[path if name in _MERGED else name] = path
    found: dict[str, str] = {}
    for path in counting.values():
        # What cannot be read is a finding of its own where it is needed, and no input where it is not.
        with suppress(OSError):
            found[path] = sha256((place.root / path).read_bytes())
    return found


def _files(place: Place, pattern: str) -> list[str]:
    found = (path for path in sorted(place.root.glob(pattern)) if path.is_file())
    return [path.relative_to(place.root).as_posix() for path in found if not path.name.startswith((".", "~"))]


@dataclass(frozen=True, slots=True)
class Tools:
    """What was found on this machine."""

    libreoffice: LibreOffice
    fonts: FontFiles

    @property
    def font_data(self) -> FontData:
        """The same object each time, so that what is remembered of it is found."""
        return _font_data(self.fonts)

    @property
    def files(self) -> list[str]:
        """Paths of the programs and fonts themselves."""
        executable = self.libreoffice.executable
        return list(map(str, (executable, executable.resolve(), *_faces(self.fonts))))

    @property
    def paths(self) -> list[str]:
        """Files and folders of which one changes when a tool is replaced."""
        folders = (folder.expanduser() for folder in FONT_FOLDERS)
        return [*self.files, *map(str, (self.libreoffice.executable.resolve().parent, *folders))]


def tools() -> Tools:
    """Find the tools; raises ToolMissingError with what to type."""
    return Tools(find_libreoffice(os.environ.get("SOPDOCS_SOFFICE")), find_fonts())


def surroundings(place: Place, office: Instansi, found: Tools | None = None) -> Surroundings:
    """What an office's outputs are made with; raises ToolMissingError with what to type."""
    known = found or tools()
    return Surroundings(known.libreoffice, known.font_data, templates_of(place), logo_of(place, office))


def fonts() -> FontData:
    """The sheet's typeface; raises ToolMissingError."""
    return _font_data(find_fonts())


def _faces(found: FontFiles) -> tuple[Path, ...]:
    return found.regular, found.bold, found.italic, found.bold_italic


@lru_cache(maxsize=1)
def _font_data(found: FontFiles) -> FontData:
    return FontData(*(path.read_bytes() for path in _faces(found)))


def templates_of(place: Place) -> Templates:
    """The office's own templates, the workspace's, or the built-in ones."""
    names = (field.name for field in fields(Templates) if field.name != "lambang")
    found = {name: _template(place, f"{name.replace('_', '-')}.docx") for name in names}
    return Templates(**found, lambang=_crest())


def logo_of(place: Place, office: Instansi) -> bytes | None:
    """The office's own logo."""
    if not office.logo:
        return None
    return (place.root / Folder(place).room(f"{SHARED}/{office.logo}") / office.logo).read_bytes()


def picture_of(place: Place, office: Instansi, templates: Templates) -> Picture:
    """The office's logo for a page outside the bundle; the usual crest when that of an old edition is gone by now."""
    logo = None
    with suppress(OSError):
        logo = logo_of(place, office)
    return Picture(logo or templates.lambang, f"Logo {office.nama}")


def results(root: Path) -> Results | None:
    """Where results of earlier builds are kept; SOPDOCS_CACHE names another folder, SOPDOCS_CACHE_MB its size.

    Raises UsageError when that is no number. Zero keeps nothing.
    """
    named, size = os.environ.get("SOPDOCS_CACHE"), os.environ.get("SOPDOCS_CACHE_MB", _MEGABYTES)
    if not (size.isdecimal() and size.isascii() and len(size) < _DIGITS):
        raise UsageError(f"SOPDOCS_CACHE_MB bukan bilangan bulat: {size}", f"tulis misalnya {_MEGABYTES}, atau hapus")
    folder = Path(named) if named else root / "build" / ".cache"
    return Results(folder, int(size) * 1_000_000) if int(size) else None


def key_folder() -> Path:
    """Where the development key lives: outside every repository; SOPDOCS_KEYS names another folder."""
    named = os.environ.get("SOPDOCS_KEYS")
    return Path(named) if named else user_data_path("sopdocs") / "kunci"


def certificates(folder: Path) -> list[bytes]:
    """The certificates in a folder (.pem, .crt, .cer); raises UsageError when one cannot be read."""
    try:
        return [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix.casefold() in _CERTIFICATES]
    except OSError as error:
        raise UsageError(f"Sertifikat di {folder} tidak dapat dibaca: {reason(error)}", "periksa foldernya") from error


def _template(place: Place, name: str) -> Template:
    """The office's own template, the workspace's, or the built-in one; its name does not tell which."""
    own = (place.root / path for path in reversed(place.candidates(f"templates/{name}")))
    path = next((path for path in own if path.is_file()), _built_in() / name)
    try:
        return Template(f"templates/{name}", path.read_bytes())
    except OSError as error:
        raise UsageError(f"Templat {name} tidak dapat dibaca: {reason(error)}", "pasang ulang sopdocs") from error


def _crest() -> bytes:
    return (_built_in() / "lambang-sementara.png").read_bytes()


def _built_in() -> Path:
    """Inside the wheel the templates lie in the package, in a checkout beside it."""
    package = Path(str(files("sopdocs")))
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
