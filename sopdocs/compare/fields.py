"""Texts and values that differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from sopdocs.compare.assignment import best_pairs, longest_rising
from sopdocs.compare.beda import BedaButir, BedaIsian, Jenis
from sopdocs.compare.lembar import Lembar
from sopdocs.compare.likeness import text_likeness
from sopdocs.model import IDENTITY_LISTS, Istilah, Langkah, Pejabat, RichText

IDENTITY = {
    "nomor": "Nomor SOP",
    "pembuatan": "Tanggal Pembuatan",
    "revisi": "Tanggal Revisi",
    "pengesahan": "Tanggal Pengesahan",
    "efektif": "Tanggal Efektif",
    "pengesah": "Disahkan oleh",
    "nama": "Nama SOP",
}
CELLS = ("uraian", "syarat", "waktu", "output", "keterangan")
_SAME = 0.6
"""Likeness from which two list items may be the same item."""
_MOST = 40_000
"""Pairs of items that are weighed one by one."""


def tanggal(day: date | None) -> str:
    """A date as people write it: 2 Januari 2023; empty for none."""
    return format_date(day, "d MMMM yyyy", locale="id") if day else ""


def pejabat(official: Pejabat | None, key: str = "") -> str:
    """An official as the sheet names one; the key for one whom the register does not know."""
    return f"{official.jabatan}, {official.nama}, NIP {official.nip}" if official else key


def compare_identity(old: Lembar, new: Lembar) -> Iterator[BedaIsian]:
    """Yield what differs above the procedure, in the order of the sheet."""
    for name, title in IDENTITY.items():
        before, after = _value(old, name), _value(new, name)
        if before != after:
            yield BedaIsian(name, title, before, after)
    for name, title in IDENTITY_LISTS.items():
        yield from compare_texts(name, title, getattr(old.sop, name), getattr(new.sop, name))
    before, after = _groups(old), _groups(new)
    if before != after:
        yield BedaIsian("kelompok", "Kelompok lajur", before, after)


def compare_cells(old: Langkah, new: Langkah, istilah: Istilah) -> Iterator[BedaIsian]:
    """Yield the cells of a step that differ."""
    for name in CELLS:
        yield from compare_texts(name, getattr(istilah, name), getattr(old, name), getattr(new, name))


def compare_texts(key: str, title: str, old: RichText, new: RichText) -> Iterator[BedaIsian]:
    """Yield the difference of two texts, with their items when either has several."""
    if _looks(old) == _looks(new):
        return
    items: tuple[BedaButir, ...] = ()
    if len(old.paragraphs) > 1 or len(new.paragraphs) > 1:
        items = compare_items([p.text for p in old.paragraphs], [p.text for p in new.paragraphs])
    yield BedaIsian(key, title, old.text, new.text, items)


def compare_items(old: list[str], new: list[str]) -> tuple[BedaButir, ...]:
    """Match the items of two lists and return those that differ, by the new order, each gone one where it stood."""
    pairs: dict[int, int] = {}
    for j, text in enumerate(new):
        same = next((i for i, other in enumerate(old) if other == text and i not in pairs), None)
        if same is not None:
            pairs[same] = j
    taken = set(pairs.values())
    rest = [[i for i in range(len(old)) if i not in pairs], [j for j in range(len(new)) if j not in taken]]
    if len(rest[0]) * len(rest[1]) <= _MOST:
        alike = {(i, j): text_likeness(old[i], new[j]) - _SAME for i in rest[0] for j in rest[1]}
        pairs |= best_pairs(alike)
    back = {j: i for i, j in pairs.items()}
    order = sorted(back)
    kept = {order[k] for k in longest_rising([back[j] for j in order], [1.0] * len(order))}
    found: list[tuple[float, BedaButir]] = []
    for j, text in enumerate(new):
        i = back.get(j)
        if i is None:
            found.append((j, BedaButir(Jenis.DITAMBAH, "", text, (None, j + 1))))
        elif old[i] != text:
            found.append((j, BedaButir(Jenis.DIUBAH, old[i], text, (i + 1, j + 1))))
        elif j not in kept:
            found.append((j, BedaButir(Jenis.DIPINDAH, text, text, (i + 1, j + 1))))
    for i in range(len(old)):
        if i not in pairs:
            before = max((pairs[k] for k in range(i) if k in pairs and pairs[k] in kept), default=-1)
            found.append((before + 0.5, BedaButir(Jenis.DIHAPUS, old[i], "", (i + 1, None))))
    return tuple(item for _, item in sorted(found, key=lambda each: each[0]))


def _looks(rich: RichText) -> object:
    return [(p.marker, p.level, p.runs) for p in rich.paragraphs]


def _value(side: Lembar, name: str) -> str:
    if name == "pengesah":
        return pejabat(side.pengesah, side.sop.pengesah)
    value: date | str | None = getattr(side.sop, name)
    return tanggal(value) if isinstance(value, date) else value or ""


def _groups(side: Lembar) -> str:
    return "; ".join(
        f"{group.nama}: {', '.join(side.judul_lajur(key) for key in group.pelaksana)}" for group in side.sop.kelompok
    )
