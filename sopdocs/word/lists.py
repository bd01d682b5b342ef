"""What the placeholders of templates/daftar-isi.docx and templates/register.docx stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sopdocs.model import Sop
from sopdocs.word.context import Inputs, bundle_values, tanggal_angka
from sopdocs.word.links import link_text
from sopdocs.word.template import guard

_AMOUNT = re.compile(r"(\d) ")
"""What would part a number from its unit at the end of a line."""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A row of the daftar isi."""

    judul: str
    kunci: str
    """Key of the part that the row leads to, such as sop/pengelolaan-surat; empty: the row is no link."""
    nomor: str | None
    """Number of the SOP; None for a part that is no SOP, or has no number yet."""
    revisi: date | None
    """Day of its last revision."""
    halaman: int
    """Page of the bundle on which it begins, from 1."""
    tingkat: int
    """0 for a part of the document, 1 for an SOP."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A row of the register."""

    sop: Sop
    status: str
    """As printed: "KONSEP" or "Final"."""
    halaman: int
    """How many pages the sheet has."""
    waktu: str
    """Total time as printed; "-" for one that cannot be told."""
    hasil: str = ""
    """Of the last monitoring, as printed; empty when it is not known."""
    pemantauan: date | None = None
    """When the next monitoring is due."""
    evaluasi: date | None = None
    """When the next evaluation is due."""


@dataclass(frozen=True, slots=True)
class EndedEntry:
    """A row of the list of SOPs that are no longer in force."""

    sop: Sop
    pengganti: str
    """Name of the SOP that stands in its place; empty for none."""


def contents_context(entries: tuple[ContentsEntry, ...], inputs: Inputs) -> dict[str, object]:
    """Values for templates/daftar-isi.docx."""
    rows = [
        {
            "isi": link_text(entry.judul, entry.kunci),
            "judul": guard(entry.judul),
            "nomor": guard(entry.nomor or "-"),
            "revisi": tanggal_angka(entry.revisi),
            "halaman": entry.halaman,
            "tingkat": entry.tingkat,
        }
        for entry in entries
    ]
    return {**bundle_values(inputs), "daftar": rows}


def register_context(
    entries: tuple[RegisterEntry, ...], inputs: Inputs, ended: tuple[EndedEntry, ...] = ()
) -> dict[str, object]:
    """Values for templates/register.docx."""
    rows = [_registered(entry, inputs) for entry in entries]
    return {**bundle_values(inputs), "register": rows, "berakhir": [_ended(entry) for entry in ended]}


def _ended(entry: EndedEntry) -> dict[str, object]:
    sop = entry.sop
    return {
        "nama": guard(sop.nama),
        "nomor": guard(sop.nomor or "-"),
        "sejak": tanggal_angka(sop.pencabutan),
        "status": guard(sop.status),
        "pengganti": guard(entry.pengganti or "-"),
    }


def _registered(entry: RegisterEntry, inputs: Inputs) -> dict[str, object]:
    sop = entry.sop
    official = inputs.workspace.pejabat.get(sop.pengesah)
    return {
        "isi": link_text(sop.nama, f"sop/{sop.slug}"),
        "nama": guard(sop.nama),
        "nomor": guard(sop.nomor or "-"),
        "pembuatan": tanggal_angka(sop.pembuatan),
        "revisi": tanggal_angka(sop.revisi),
        "pengesahan": tanggal_angka(sop.pengesahan),
        "efektif": tanggal_angka(sop.efektif),
        "status": guard(entry.status),
        "jabatan": guard(official.jabatan if official else sop.pengesah),
        "pejabat": guard(official.nama if official else "-"),
        "halaman": entry.halaman,
        "revisi_ke": sop.revisi_ke,
        "dipantau": tanggal_angka(sop.pemantauan),
        "hasil": guard(_AMOUNT.sub("\\1\u00a0", entry.hasil)),
        "pemantauan_berikutnya": tanggal_angka(entry.pemantauan),
        "evaluasi_berikutnya": tanggal_angka(entry.evaluasi),
        "waktu": guard(_AMOUNT.sub("\\1\u00a0", entry.waktu)),
    }
