"""Workspaces of invented texts, made without files."""

from __future__ import annotations

from pathlib import Path

from sopdocs.model import (
    Bentuk,
    Bundel,
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

HERE = Path(__file__).parent
INSTANSI = Instansi(
    "Kecamatan Contoh Jaya", ("KECAMATAN CONTOH JAYA", "KABUPATEN CONTOH"), kabupaten="Kabupaten Contoh"
)
PEJABAT = Pejabat("camat", "Camat Contoh Jaya", "Budiman Rekacontoh, S.Contoh.", "19700101 199501 1 001")
PELAKSANA = {
    key: Pelaksana(key, nama, singkatan)
    for key, nama, singkatan in (
        ("staf", "Staf/JF", None),
        ("kasi", "Kepala Seksi", "Kasi"),
        ("kasubbag", "Kepala Subbagian", "Kasubbag"),
        ("sekcam", "Sekretaris Camat", "Sekcam"),
        ("camat", "Camat", None),
    )
}


def rich(text: str, line: int = 1, col: int = 1) -> RichText:
    """A text of paragraphs, one a line."""
    span = Span("sop.md", line, col)
    return RichText(tuple(Paragraph((Run(each),), span=span) for each in text.split("\n") if each), span)


def step(nomor: int, uraian: str, syarat: str = "-", output: str = "-", bentuk: Bentuk = Bentuk.PROSES) -> Langkah:
    """A step in the lane staf; its uraian begins at column 8 of line 10 × nomor."""
    simbol = Simbol(SimbolId(nomor, "staf"), bentuk)
    text = rich(uraian, 10 * nomor, 8)
    return Langkah(nomor, text, (simbol,), rich(syarat, 10 * nomor + 2), rich("-"), None, rich(output), rich("-"))


def sop_of(*langkah: Langkah, **fields: object) -> Sop:
    """An SOP of one procedure."""
    values = {"nama": "Contoh", "spans": {"": Span("sop.md")}, **fields}
    prosedur = values.pop("prosedur", (Prosedur(langkah, ()),))
    return Sop(slug="contoh", pengesah="camat", pelaksana=("staf",), prosedur=prosedur, **values)


def workspace_of(
    *sops: Sop,
    instansi: Instansi = INSTANSI,
    pejabat: tuple[Pejabat, ...] = (PEJABAT,),
    pelaksana: dict[str, Pelaksana] = PELAKSANA,
) -> Workspace:
    """A workspace of the office Kecamatan Contoh Jaya."""
    officials = {each.key: each for each in pejabat}
    return Workspace(instansi, officials, pelaksana, (), Bundel("Judul"), {sop.slug: sop for sop in sops})


def sentences(name: str) -> list[str]:
    """The lines of a corpus file."""
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line.strip()]
