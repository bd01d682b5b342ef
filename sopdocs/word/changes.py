"""What the placeholders of templates/perubahan.docx stand for."""

from __future__ import annotations

from dataclasses import dataclass

from sopdocs.word.context import Inputs, bundle_values
from sopdocs.word.links import link_text
from sopdocs.word.template import guard


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A row of the lembar perubahan: one SOP that came, went or changed, or what is common to all."""

    judul: str
    kunci: str
    """Key of the part that the row leads to, such as sop/pengelolaan-surat; empty: the row is no link."""
    nomor: str = ""
    keadaan: str = ""
    """What became of it, in a few words: "Revisi ke-1, 2 Januari 2024", "Baru"."""
    perubahan: tuple[str, ...] = ()
    """Sentences."""
    alasan: tuple[str, ...] = ()
    oleh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeSheet:
    """The lembar perubahan: what differs from an earlier edition."""

    dasar: str
    """What is compared with what, in one sentence."""
    butir: tuple[ChangeEntry, ...]


def changes_context(sheet: ChangeSheet, inputs: Inputs) -> dict[str, object]:
    """Values for templates/perubahan.docx."""
    return {**bundle_values(inputs), "dasar": guard(sheet.dasar), "perubahan": [_row(entry) for entry in sheet.butir]}


def _row(entry: ChangeEntry) -> dict[str, object]:
    return {
        "isi": link_text(entry.judul, entry.kunci),
        "judul": guard(entry.judul),
        "nomor": guard(entry.nomor),
        "keadaan": guard(entry.keadaan),
        "perubahan": [guard(sentence) for sentence in entry.perubahan],
        "alasan": [guard(sentence) for sentence in entry.alasan],
        "oleh": [guard(who) for who in entry.oleh],
    }
