"""A comparison as data for other programs: docs/perbedaan.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sopdocs.compare.beda import (
    BedaAlur,
    BedaBundel,
    BedaIsian,
    BedaLajur,
    BedaLangkah,
    BedaProsedur,
    BedaSimbol,
    BedaSop,
)
from sopdocs.compare.sentences import bundle_sentences, sop_sentences
from sopdocs.model import Alur, Pelaksana, Simbol

FORMAT = "sopdocs-perbedaan/1"
Record = dict[str, Any]


def as_record(beda: BedaBundel, lama: Mapping[str, object], baru: Mapping[str, object]) -> Record:
    """Return a comparison as JSON values; `lama` and `baru` say what was compared."""
    return {
        "format": FORMAT,
        "lama": dict(lama),
        "baru": dict(baru),
        "isian": [_field(isian) for isian in beda.isian],
        "kalimat": list(bundle_sentences(beda)),
        "sop": [_sop(sop) for sop in beda.sop],
    }


def _sop(beda: BedaSop) -> Record:
    one = beda.baru or beda.lama
    keadaan = "baru" if beda.lama is None else "hilang" if beda.baru is None else "berubah"
    return {
        "slug": beda.slug,
        "slug_lama": beda.lama.slug if beda.lama else None,
        "nama": one.nama if one else "",
        "keadaan": keadaan,
        "status": beda.berakhir.status.value if beda.berakhir else None,
        "pengganti": beda.berakhir.pengganti if beda.berakhir else None,
        "isian": [_field(isian) for isian in beda.isian],
        "lajur": [_lane(lajur) for lajur in beda.lajur],
        "prosedur": [_procedure(prosedur) for prosedur in beda.prosedur if keadaan == "berubah"],
        "waktu": [_field(isian) for isian in beda.waktu],
        "kalimat": list(sop_sentences(beda)),
    }


def _field(isian: BedaIsian) -> Record:
    record: Record = {"kunci": isian.kunci, "nama": isian.nama, "lama": isian.lama, "baru": isian.baru}
    items = [
        {"jenis": b.jenis.value, "lama": b.lama, "baru": b.baru, "nomor_lama": b.nomor[0], "nomor_baru": b.nomor[1]}
        for b in isian.butir
    ]
    return record | ({"butir": items} if items else {})


def _lane(beda: BedaLajur) -> Record:
    return {"jenis": beda.jenis.value, "lama": _heading(beda.lama), "baru": _heading(beda.baru)}


def _heading(lane: Pelaksana | None) -> Record | None:
    return {"kunci": lane.key, "judul": lane.judul_lajur} if lane else None


def _procedure(beda: BedaProsedur) -> Record:
    old, new = beda.lama, beda.baru
    return {
        "judul_lama": old.judul if old else None,
        "judul_baru": new.judul if new else None,
        "pasangan": [
            {
                "lama": [old.langkah[i].nomor for i in pair.lama] if old else [],
                "baru": [new.langkah[j].nomor for j in pair.baru] if new else [],
                "pindah": pair.pindah,
            }
            for pair in beda.pasangan
        ],
        "langkah": [_step(langkah) for langkah in beda.langkah],
        "simbol": [_symbol(simbol) for simbol in beda.simbol],
        "alur": [_arrow(alur) for alur in beda.alur],
    }


def _step(beda: BedaLangkah) -> Record:
    return {
        "jenis": beda.jenis.value,
        "lama": list(beda.lama),
        "baru": list(beda.baru),
        "uraian": beda.uraian,
        "pindah": beda.pindah,
        "isian": [_field(isian) for isian in beda.isian],
    }


def _symbol(beda: BedaSimbol) -> Record:
    ends = {"lama": _one_symbol(beda.lama), "baru": _one_symbol(beda.baru)}
    return {"jenis": beda.jenis.value, **ends, "akibat": beda.akibat}


def _one_symbol(simbol: Simbol | None) -> Record | None:
    if simbol is None:
        return None
    place = {"langkah": simbol.id.langkah, "pelaksana": simbol.id.pelaksana}
    return {**place, "bentuk": simbol.bentuk.value, "label": simbol.label}


def _arrow(beda: BedaAlur) -> Record:
    ends = {"lama": _one_arrow(beda.lama), "baru": _one_arrow(beda.baru)}
    return {"jenis": beda.jenis.value, **ends, "akibat": beda.akibat}


def _one_arrow(alur: Alur | None) -> Record | None:
    if alur is None:
        return None
    return {"dari": str(alur.dari), "ke": str(alur.ke), "jawaban": alur.label, "hubungan": alur.hubungan.value}
