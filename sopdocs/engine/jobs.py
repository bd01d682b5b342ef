"""What is to be made, as values that can be sent to another process, and the surroundings of all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from sopdocs import __version__
from sopdocs.engine.files import sha256
from sopdocs.engine.ingredients import Ingredients, Recipe, own_part, sheet_ingredients
from sopdocs.layout import FontData
from sopdocs.model import Finding, Sop, Workspace
from sopdocs.office import LibreOffice
from sopdocs.pdf import Attachment, Part
from sopdocs.word import Template

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Templates:
    """The Word templates, named as their files, and the picture for offices without logo."""

    sop: Template
    sampul: Template
    keputusan: Template
    daftar_isi: Template
    penjelasan: Template
    register: Template
    perubahan: Template
    pemantauan: Template
    lambang: bytes = field(repr=False)


def versions(libreoffice: LibreOffice, fonts: FontData) -> dict[str, str]:
    """Of the tools that decide the outputs, by name."""
    return {"sopdocs": __version__, "libreoffice": libreoffice.version, "fonts": fonts.digest}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What comes from outside the content; made once by the command line."""

    libreoffice: LibreOffice
    fonts: FontData
    templates: Templates
    logo: bytes | None
    """The office's own logo, when instansi.yaml names one."""

    @property
    def tools(self) -> dict[str, str]:
        """Versions that decide the outputs."""
        return versions(self.libreoffice, self.fonts)

    @property
    def named_tools(self) -> Ingredients:
        """The same as ingredients."""
        names = {"sopdocs": "versi sopdocs", "libreoffice": "versi LibreOffice", "fonts": "huruf"}
        return {names[tool]: version for tool, version in self.tools.items()}

    @property
    def interned(self) -> Surroundings:
        """The same with the fonts and templates of an equal one, if there was any: caches compare them by identity.

        What comes from another process is equal, but never the same.
        """
        return replace(self, fonts=_first_equal(self.fonts), templates=_first_equal(self.templates))


@dataclass(frozen=True, slots=True)
class SheetJob:
    """All that one sheet is made from."""

    sop: Sop
    workspace: Workspace
    surroundings: Surroundings
    konsep: bool

    @property
    def name(self) -> str:
        """How messages call it."""
        return self.sop.slug

    @property
    def recipe(self) -> Recipe:
        """Every input that the sheet prints, is drawn with or is judged by."""
        s = self.surroundings
        ingredients = {
            **sheet_ingredients(self.sop, self.workspace, konsep=self.konsep),
            "logo": _shared(s.logo or s.templates.lambang),
            "templat sop.docx": _shared(s.templates.sop.data),
            **s.named_tools,
        }
        return Recipe.of(ingredients)

    @property
    def parcel(self) -> SheetJob:
        """The same without what the sheet does not need, to be sent to another process."""
        return replace(self, workspace=own_part(self.sop, self.workspace))


@lru_cache(maxsize=8)
def _first_equal(value: _Value) -> _Value:
    return value


@lru_cache(maxsize=8)
def _shared(data: bytes) -> str:
    """SHA-256 of what all sheets share, and that may be large."""
    return sha256(data)


@dataclass(frozen=True, slots=True)
class SheetResult:
    """A finished sheet."""

    docx: bytes
    pdf: bytes
    pages: int
    findings: tuple[Finding, ...]
    """Of the layout and of the rules on finished PDFs, as the office judges them."""


@dataclass(frozen=True, slots=True)
class PartJob:
    """A part around the sheets, its Word file filled already."""

    name: str
    """How messages call it."""
    title: str
    docx: bytes
    day: date
    says: tuple[str, ...] = ()
    """Texts it must carry, in whatever case the template prints them."""
    pages: int | None = None
    """How many it must have."""

    @property
    def parcel(self) -> PartJob:
        """Itself."""
        return self


@dataclass(frozen=True, slots=True)
class MergeJob:
    """Parts to be made one document."""

    name: str
    parts: Sequence[Part]
    title: str
    day: date
    author: str
    font: bytes
    attachments: tuple[Attachment, ...]

    @property
    def parcel(self) -> MergeJob:
        """Itself."""
        return self
