"""Made-up archives: editions written by hand, from a workspace's content and files that only look like sheets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sopdocs.content import RECORD, CatatanEdisi, read_editions, read_workspace
from sopdocs.model import Edisi, Pengesahan, Place, SopTerbit, Status


def as_written(record: Mapping[str, Any]) -> str:
    """A record in the form that issuing gives it."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def entries(place: Place) -> tuple[SopTerbit, ...]:
    """The SOPs of a workspace's bundle as an edition has them."""
    workspace = read_workspace(place.root, office=place.office).workspace
    assert workspace is not None
    return tuple(
        SopTerbit(
            slug,
            sop.nama,
            sop.nomor,
            sop.revisi_ke,
            Status.BERLAKU,
            sop.pembuatan,
            sop.revisi,
            sop.pengesahan,
            sop.efektif,
            halaman=2,
        )
        for slug in workspace.bundel.sop
        for sop in [workspace.sop[slug]]
    )


def add_edition(place: Place, tanggal: date, sop: tuple[SopTerbit, ...] | None = None) -> Path:
    """Write the next edition of today's content, with `sop` as its list; return its folder."""
    records = read_editions(place).catatan
    number = max(records, default=-1) + 1
    listed = entries(place) if sop is None else sop
    files = {f"sop/{each.slug}.pdf": f"lembar {each.slug} edisi {number}".encode() for each in listed if each.halaman}
    files |= {"bundel-ttd.pdf": b"bundel %d" % number, "manifest.json": b"{}", "verifikasi.json": b"{}"}
    for home in ("content", *([place.own] if place.office else ())):
        for path in sorted((place.root / home).rglob("*")):
            if path.is_file() and "arsip" not in path.parts:
                files[f"isi/{path.relative_to(place.root).as_posix()}"] = path.read_bytes()
    home = place.archive.relative_to(place.root).as_posix()
    folder = f"{home}/{tanggal.year}/edisi-{number}"
    for name, data in files.items():
        path = place.root / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    edisi = Edisi(number, tanggal, tanggal, folder, Pengesahan.BASAH, listed)
    before = records[number - 1].edisi.sha256 if number else ""
    record = CatatanEdisi(edisi, before, {name: sha256(data) for name, data in files.items()}, {"sopdocs": "0"})
    (place.root / folder / RECORD).write_text(record.text(), encoding="utf-8")
    return place.root / folder


def ended(sop: SopTerbit, status: Status, day: date, pengganti: str | None = None) -> SopTerbit:
    """The same SOP as the edition after its end records it."""
    return replace(sop, status=status, pencabutan=day, pengganti=pengganti, halaman=0)
