"""What the placeholders of the templates stand for. Listed in templates/README.md, which a test compares with this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from sopdocs.model import Pejabat, RichText, Run, Sop, TandaTangan, Workspace
from sopdocs.word.links import word_text
from sopdocs.word.picture import Picture
from sopdocs.word.template import PROCEDURE_MARK, Markup, guard

_DOTS = "………"
"""Printed where a name is to be written by hand."""
_MARK = Markup('<w:p><w:bookmarkStart w:id="0" w:name="' + PROCEDURE_MARK + '"/><w:bookmarkEnd w:id="0"/></w:p>')


@dataclass(frozen=True, slots=True)
class Butir:
    """A paragraph or list item of one of the six lists."""

    penanda: str
    """"1.", "a.", "•" or empty."""
    tingkat: int
    """Depth, from 0."""
    teks: str
    """Plain."""
    isi: Any
    """With bold and italic; written {{r butir.isi }}."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a template is filled with besides the SOP."""

    workspace: Workspace
    logo: Picture
    konsep: bool
    """Whether the sheet must be marked as a draft."""


def sop_context(sop: Sop, inputs: Inputs) -> dict[str, object]:
    """Values for templates/sop.docx."""
    office = inputs.workspace.instansi
    official = inputs.workspace.pejabat.get(sop.pengesah) or Pejabat(sop.pengesah, _DOTS, _DOTS, _DOTS)
    return {
        **_office(inputs),
        "nomor": guard(sop.nomor or "-"),
        "nama": guard(sop.nama),
        "pembuatan": tanggal(sop.pembuatan),
        "revisi": tanggal(sop.revisi),
        "pengesahan": tanggal(sop.pengesahan),
        "efektif": tanggal(sop.efektif) if sop.efektif else "",
        "pejabat": official_values(official),
        "dasar_hukum": butir(sop.dasar_hukum),
        "kualifikasi_pelaksana": butir(sop.kualifikasi_pelaksana),
        "keterkaitan": butir(sop.keterkaitan),
        "peralatan": butir(sop.peralatan),
        "peringatan": butir(sop.peringatan),
        "pencatatan": butir(sop.pencatatan),
        "prosedur": _MARK,
        "tanda_tangan_bawah": office.tanda_tangan is TandaTangan.BAWAH,
        "tanda_tangan_identitas": office.tanda_tangan is TandaTangan.IDENTITAS,
    }


def cover_context(sops: tuple[Sop, ...], inputs: Inputs) -> dict[str, object]:
    """Values for templates/sampul.docx."""
    bundel = inputs.workspace.bundel
    return {
        **bundle_values(inputs),
        "pengantar": [guard(text) for text in bundel.pengantar],
        "sop": [{"nama": guard(sop.nama), "nomor": guard(sop.nomor or "-")} for sop in sops],
    }


def bundle_values(inputs: Inputs) -> dict[str, object]:
    """What every part of the bundle may print."""
    bundel = inputs.workspace.bundel
    return {**_office(inputs), "judul": guard(bundel.judul), "tahun": bundel.tahun or ""}


def official_values(official: Pejabat | None) -> dict[str, str]:
    """Values of `pejabat`; dots for one who is not known."""
    known = official or Pejabat("", _DOTS, _DOTS, _DOTS)
    return {
        "jabatan": guard(known.jabatan),
        "nama": guard(known.nama),
        "nama_kapital": guard(capital_name(known.nama)),
        "nip": guard(known.nip),
        "pangkat": guard(known.pangkat or ""),
    }


def _office(inputs: Inputs) -> dict[str, object]:
    office = inputs.workspace.instansi
    return {
        "konsep": inputs.konsep,
        "logo": inputs.logo,
        "kop": [guard(line) for line in office.kop],
        "instansi": guard(office.nama),
        "kabupaten": guard(office.kabupaten or ""),
        "alamat": guard(office.alamat or ""),
        "tempat": guard(office.tempat or ""),
    }


def capital_name(name: str) -> str:
    """A name in capitals, its degrees as they are: "Drs. H. Ahmad Yani, S.Kom." gives "Drs. H. AHMAD YANI, S.Kom."."""
    given, comma, degrees = name.partition(",")
    return " ".join(word if "." in word else word.upper() for word in given.split(" ")) + comma + degrees


def tanggal(day: date | None) -> str:
    """A date as the sheets print it: 02 JANUARI 2023; "-" for none."""
    return format_date(day, "dd MMMM yyyy", locale="id").upper() if day else "-"


def tanggal_surat(day: date | None) -> str:
    """A date as a letter writes it: 2 Januari 2023; empty for none."""
    return format_date(day, "d MMMM yyyy", locale="id") if day else ""


def tanggal_angka(day: date | None) -> str:
    """A date in a narrow column: 02-01-2023; "-" for none."""
    return f"{day:%d-%m-%Y}" if day else "-"


def butir(text: RichText) -> list[Butir]:
    """The paragraphs of a list; one with "-" for an empty one."""
    found = [
        Butir(guard(p.marker), p.level, guard(p.text), word_text(p.runs)) for p in text.paragraphs if p.text.strip()
    ]
    return found or [Butir("", 0, "-", word_text((Run("-"),)))]
