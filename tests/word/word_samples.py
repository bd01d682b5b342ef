"""SOPs, offices and templates for the tests of the Word room."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sopdocs.layout import FontData
from sopdocs.model import (
    Alur,
    Bentuk,
    Bundel,
    Hubungan,
    Instansi,
    Langkah,
    Paragraph,
    Pejabat,
    Pelaksana,
    Prosedur,
    RichText,
    Run,
    Simbol,
    SimbolId,
    Sop,
    Span,
    Workspace,
)
from sopdocs.office import find_fonts
from sopdocs.word import Inputs, Picture, Sheet, Template, make_sheet

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
SOP_TEMPLATE = Template("templates/sop.docx", (TEMPLATES / "sop.docx").read_bytes())
COVER_TEMPLATE = Template("templates/sampul.docx", (TEMPLATES / "sampul.docx").read_bytes())
LOGO = Picture((TEMPLATES / "lambang-sementara.png").read_bytes(), "Lambang daerah")
LANES = ("umum", "teknis", "sekretaris", "kepala")

Symbols = dict[str, Bentuk | tuple[Bentuk, str]]
"""Lane -> shape, or shape and text."""


def fonts() -> FontData:
    """The fonts that LibreOffice will use."""
    files = find_fonts()
    return FontData(*(path.read_bytes() for path in (files.regular, files.bold, files.italic, files.bold_italic)))


def step(number: int, uraian: str | RichText = "", symbols: Symbols | None = None, **cells: Any) -> Langkah:
    """A step; cells are texts."""
    shapes: list[Simbol] = []
    for lane, shape in (symbols or {"umum": Bentuk.PROSES}).items():
        bentuk, label = shape if isinstance(shape, tuple) else (shape, "")
        shapes.append(Simbol(SimbolId(number, lane), bentuk, label))
    texts = {"syarat": f"Berkas {number}", "waktu": "5 menit", "output": f"Hasil {number}", **cells}
    rich = {key: value if isinstance(value, RichText) else RichText.of(value) for key, value in texts.items()}
    text = uraian if isinstance(uraian, RichText) else RichText.of(uraian or f"Langkah ke-{number}")
    return Langkah(number, text, tuple(shapes), **rich)


def edge(start: str, end: str, label: str = "", *, together: bool = False) -> Alur:
    """An edge between two symbols written as "3.umum"."""
    ids = [SimbolId(int(n), lane) for n, _, lane in (text.partition(".") for text in (start, end))]
    return Alur(ids[0], ids[1], label, Hubungan.BERSAMA if together else Hubungan.LANJUT)


def chain(count: int = 4, lanes: tuple[str, ...] = LANES) -> Prosedur:
    """Steps that go from lane to lane, one after another."""
    at = [lanes[i % len(lanes)] for i in range(count)]
    steps = [step(n, "", {lane: Bentuk.PROSES}) for n, lane in enumerate(at, start=1)]
    edges = [edge(f"{n}.{at[n - 1]}", f"{n + 1}.{at[n]}") for n in range(1, count)]
    return Prosedur(tuple(steps), tuple(edges))


def numbered(*texts: str) -> RichText:
    """A numbered list."""
    return RichText(tuple(Paragraph((Run(text),), f"{n}.") for n, text in enumerate(texts, start=1)))


def sop(*prosedur: Prosedur, **fields: Any) -> Sop:
    """An SOP with all fields filled."""
    known: dict[str, Any] = {
        "slug": "contoh",
        "nama": "Pengelolaan Surat Masuk",
        "pengesah": "camat",
        "pelaksana": LANES,
        "prosedur": prosedur or (chain(),),
        "nomor": "060/01/2023",
        "pembuatan": date(2023, 1, 2),
        "pengesahan": date(2023, 2, 3),
        "dasar_hukum": numbered("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"),
        "kualifikasi_pelaksana": numbered("Memahami tata naskah dinas"),
        "keterkaitan": RichText.of("SOP Surat Keluar"),
        "peralatan": numbered("Komputer", "Pemindai"),
        "peringatan": RichText.of("Jika tidak dilaksanakan, surat tercecer"),
        "pencatatan": RichText.of("Dicatat dalam buku agenda"),
        "spans": {"": Span("content/sop/contoh.md")},
    }
    return Sop(**{**known, **fields})


def inputs(*, konsep: bool = False, logo: Picture = LOGO, bundel: Bundel | None = None, **office: Any) -> Inputs:
    """An office in which everything is as usual but what `office` says."""
    instansi = Instansi("Kecamatan Contoh", ("KECAMATAN CONTOH", "KABUPATEN CONTOH"), kabupaten="Kabupaten Contoh")
    lanes = {key: Pelaksana(key, key.title()) for key in LANES}
    lanes |= {f"p{n}": Pelaksana(f"p{n}", f"Pelaksana Nomor {n}") for n in range(15)}
    pejabat = {"camat": Pejabat("camat", "Camat Contoh", "Siti Aminah, S.I.P.", "19700101 199001 2 001")}
    workspace = Workspace(replace(instansi, **office), pejabat, lanes, (), bundel or Bundel("Bundel Contoh"), {})
    return Inputs(workspace, logo, konsep)


def build(sample: Sop | None = None, about: Inputs | None = None, template: Template = SOP_TEMPLATE) -> Sheet:
    """The sheet of an SOP."""
    return make_sheet(sample or sop(), about or inputs(), template, fonts())


def unpack(docx: bytes) -> dict[str, bytes]:
    """Part name -> content."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The reverse, not caring about times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def edited(template: Template, old: str, new: str, part: str = "word/document.xml", *, count: int = 1) -> Template:
    """A template in which one part reads differently; `old` must be there."""
    parts = unpack(template.data)
    text = parts[part].decode()
    assert old in text, f"{part} has no {old}"
    parts[part] = text.replace(old, new, count).encode()
    return Template(template.name, pack(parts))
