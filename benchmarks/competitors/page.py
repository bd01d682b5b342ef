"""The contents of comparable sheets as JSON, and where things stand on them: the other makers draw from this.

Each sheet has a page with letterhead and identity block, then pages of twelve steps with a symbol each and straight
connectors: about the shapes of a real sheet, without routing, tags, links or checks.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from sopdocs.content import read_workspace
from sopdocs.model import Sop, Workspace

ROWS = 12
"""Steps of a page."""
ROW, HEAD = 13.0, 14.0
"""mm."""
COLUMNS = {"no": 8.0, "uraian": 66.0, "lajur": 114.0, "syarat": 40.0, "waktu": 18.0, "output": 40.0, "ket": 20.0}
"""Widths in mm; together the width of the page between its margins."""
LANES_AT = COLUMNS["no"] + COLUMNS["uraian"]


def sheets(workspace: Path, count: int) -> list[dict[str, Any]]:
    """The first `count` SOPs of a workspace."""
    read = read_workspace(workspace).workspace
    assert read is not None
    return [_sheet(sop, read) for sop in list(read.sop.values())[:count]]


def _sheet(sop: Sop, workspace: Workspace) -> dict[str, Any]:
    width = COLUMNS["lajur"] / len(sop.pelaksana)
    rows: list[dict[str, Any]] = []
    for prosedur in sop.prosedur:
        for step in prosedur.langkah:
            symbol = step.simbol[0]
            rows.append(
                {
                    "no": step.nomor,
                    "uraian": step.uraian.text,
                    "bentuk": symbol.bentuk.value,
                    "x": round(LANES_AT + width * (sop.pelaksana.index(symbol.id.pelaksana) + 0.5), 2),
                    "syarat": step.syarat.text,
                    "waktu": step.waktu.text,
                    "output": step.output.text,
                    "ket": step.keterangan.text,
                }
            )
    pages = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    office, official = workspace.instansi, workspace.pejabat[sop.pengesah]
    lists = (sop.dasar_hukum, sop.kualifikasi_pelaksana, sop.keterkaitan, sop.peralatan, sop.peringatan, sop.pencatatan)
    titles = "Dasar Hukum|Kualifikasi Pelaksana|Keterkaitan|Peralatan/Perlengkapan|Peringatan|Pencatatan dan Pendataan"
    return {
        "kop": list(office.kop),
        "alamat": office.alamat or "",
        "judul": sop.nama,
        "identitas": [
            ["Nomor SOP", sop.nomor or "-"],
            ["Tanggal Pembuatan", str(sop.pembuatan)],
            ["Tanggal Pengesahan", str(sop.pengesahan)],
            ["Disahkan oleh", official.jabatan],
            ["Nama", official.nama],
        ],
        "bagian": [[title, text.text] for title, text in zip(titles.split("|"), lists, strict=True)],
        "lajur": [workspace.pelaksana[key].judul_lajur for key in sop.pelaksana],
        "halaman": [{"baris": page, "panah": _arrows(page)} for page in pages],
    }


def _arrows(rows: list[dict[str, Any]]) -> list[list[float]]:
    """From under each symbol to above the next one, in mm below the table's top: x and y twice."""
    pairs = enumerate(pairwise(rows))
    return [[a["x"], HEAD + ROW * n + 10.5, b["x"], HEAD + ROW * (n + 1) + 2.5] for n, (a, b) in pairs]
