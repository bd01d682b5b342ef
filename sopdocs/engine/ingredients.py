"""What an output is made of: values by the name that the secretariat knows them by, as digests."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sopdocs.layout import CODES as LAYOUT_CODES
from sopdocs.model import Bundel, Segel, Sop, Workspace
from sopdocs.rules import FINISHED

Ingredients = dict[str, str]
"""Indonesian name -> digest, or version of a tool."""

_SHORT = 16
"""Hexadecimal digits by which the manifest tells values apart."""


def digest(*parts: str | bytes) -> str:
    """SHA-256 over parts, each with its length."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def key_of(ingredients: Mapping[str, str]) -> str:
    """Digest over all ingredients: equal keys need no new build."""
    return digest(*(text for item in sorted(ingredients.items()) for text in item))


@dataclass(frozen=True, slots=True)
class Recipe:
    """What one output is made of, and the key that follows from it."""

    key: str
    bahan: Ingredients
    """As the manifest keeps it: short, to be compared only."""

    @classmethod
    def of(cls, ingredients: Mapping[str, str]) -> Recipe:
        """Make the key of the ingredients."""
        return cls(key_of(ingredients), {name: digest(value)[:_SHORT] for name, value in ingredients.items()})

    def changes(self, before: Mapping[str, str]) -> tuple[str, ...]:
        """Say in Indonesian, ingredient by ingredient, how this differs from `before`."""
        changed = [f"{name} berubah" for name in self.bahan if self.bahan[name] != before.get(name, self.bahan[name])]
        added = [f"{name} ditambahkan" for name in self.bahan if name not in before]
        removed = [f"{name} tidak dipakai lagi" for name in before if name not in self.bahan]
        return (*changed, *added, *removed)


def sheet_ingredients(sop: Sop, workspace: Workspace, *, konsep: bool) -> Ingredients:
    """Return what the content gives to one sheet: all that it prints or is judged by; places in files do not count."""
    office = workspace.instansi
    # The logo counts by its picture, and patterns of numbers are the rules' matter.
    printed_office = replace(office, logo=None, pola_nomor=None)
    # Of the SOP, these stand in the register or nowhere; what is cited is printed as dasar_hukum.
    printed_sop = replace(sop, rujukan=(), riwayat_revisi=(), perlu_konfirmasi=(), catatan="")
    settings = (*office.aturan, *sop.abaikan)
    # What the office makes of these findings decides whether the sheet is a draft, and is kept with it.
    judged = [each for each in settings if each.kode in LAYOUT_CODES or each.kode in FINISHED]
    facts: dict[str, object] = {
        f"content/sop/{sop.slug}.md": printed_sop,
        "instansi": printed_office,
        f"pejabat {sop.pengesah}": workspace.pejabat.get(sop.pengesah),
        "nama lajur": [workspace.pelaksana[key].judul_lajur for key in sop.pelaksana],
        "setelan aturan lembar": judged,
        "status KONSEP": konsep,
    }
    return {name: digest(repr(fact)) for name, fact in facts.items()}


def own_part(sop: Sop, workspace: Workspace) -> Workspace:
    """Return the workspace with nothing in it that `sheet_ingredients` does not name."""
    return replace(
        workspace,
        pejabat={key: who for key, who in workspace.pejabat.items() if key == sop.pengesah},
        pelaksana={key: workspace.pelaksana[key] for key in sop.pelaksana},
        peraturan=(),
        bundel=Bundel(""),
        sop={sop.slug: sop},
        segel=Segel(),
        pemantauan={},
    )


def sheet_sources(sop: Sop, workspace: Workspace, files: Mapping[str, str], *, konsep: bool) -> str:
    """Digest of all that a workspace gives to one sheet; `files` is what they are (`Place.named`) -> SHA-256.

    Known without fonts and tools, so that `sopdocs check` can tell an old sheet.
    """
    logo = workspace.instansi.logo
    named = {path: files.get(path, "") for path in ("templates/sop.docx", f"content/{logo}")}
    return key_of(sheet_ingredients(sop, workspace, konsep=konsep) | named)
