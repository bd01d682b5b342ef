"""Two states of one SOP."""

from __future__ import annotations

from collections.abc import Iterator

from sopdocs.compare.assignment import best_pairs
from sopdocs.compare.beda import BedaIsian, BedaLangkah, BedaProsedur, BedaSop, Jenis, Pasangan
from sopdocs.compare.fields import compare_cells, compare_identity
from sopdocs.compare.flow import compare_edges, compare_symbols
from sopdocs.compare.lanes import Lanes, compare_lanes, match_by_work, match_lanes, old_lane
from sopdocs.compare.lembar import Lembar
from sopdocs.compare.likeness import folded, text_likeness
from sopdocs.compare.pairing import pair_steps
from sopdocs.model import Istilah, Prosedur, Sop
from sopdocs.rules.durations import WaktuSop, sop_times

_SAME_TABLE = 0.3
"""Part of the steps of the shorter of two procedures that must be found in the other."""


def compare_sops(lama: Lembar | None, baru: Lembar | None, berakhir: Sop | None = None) -> BedaSop:
    """Compare two states of an SOP, or say that it came or went; numbers of steps alone are no difference.

    Of one that went, `berakhir` is what its content says now.
    """
    headings = _headings(lama), _headings(baru)
    if lama is None or baru is None:
        tables = [(each, None) for each in lama.sop.prosedur] if lama else []
        tables += [(None, each) for each in baru.sop.prosedur] if baru else []
        prosedur = tuple(compare_procedures(old, new, {}) for old, new in tables)
        old, new = lama.sop if lama else None, baru.sop if baru else None
        return BedaSop(old, new, (), (), prosedur, (), *headings, berakhir)
    lanes = match_lanes(lama, baru)
    tables = list(_tables(lama.sop.prosedur, baru.sop.prosedur, lanes))
    paired = [(old, new, _pairs(old, new, lanes)) for old, new in tables if old and new]
    lanes = match_by_work(lanes, lama, baru, paired)
    prosedur = tuple(compare_procedures(old, new, lanes, baru.istilah) for old, new in tables)
    return BedaSop(
        lama.sop,
        baru.sop,
        tuple(compare_identity(lama, baru)),
        tuple(compare_lanes(lama, baru, lanes)),
        prosedur,
        tuple(_times(lama, baru, lanes)),
        *headings,
    )


def compare_procedures(
    lama: Prosedur | None, baru: Prosedur | None, lanes: Lanes, istilah: Istilah | None = None
) -> BedaProsedur:
    """Compare two procedure tables; `lanes` as `match_lanes` gives them."""
    if lama is None or baru is None:
        gone = tuple(Pasangan((i,), ()) for i in range(len(lama.langkah))) if lama else ()
        come = tuple(Pasangan((), (j,)) for j in range(len(baru.langkah))) if baru else ()
        return BedaProsedur(lama, baru, gone + come)
    pairs = _pairs(lama, baru, lanes)
    steps = tuple(_steps(lama, baru, pairs, istilah or Istilah()))
    symbols, before, after = compare_symbols(lama, baru, pairs, lanes)
    return BedaProsedur(lama, baru, pairs, steps, symbols, compare_edges(lama, baru, before, after))


def _headings(side: Lembar | None) -> dict[str, str]:
    return {lane.key: lane.judul_lajur for lane in side.lajur} if side else {}


def _pairs(old: Prosedur, new: Prosedur, lanes: Lanes) -> tuple[Pasangan, ...]:
    return pair_steps(old.langkah, new.langkah, (lambda key: old_lane(lanes, key), str))


def _steps(old: Prosedur, new: Prosedur, pairs: tuple[Pasangan, ...], istilah: Istilah) -> Iterator[BedaLangkah]:
    for pair in pairs:
        before = [old.langkah[i] for i in pair.lama]
        after = [new.langkah[j] for j in pair.baru]
        one_to_one = len(before) == len(after) == 1
        cells = tuple(compare_cells(before[0], after[0], istilah)) if one_to_one else ()
        kind = _kind(pair, changed=bool(cells))
        if kind is not None:
            numbers = tuple(each.nomor for each in before), tuple(each.nomor for each in after)
            uraian = " · ".join(each.uraian.text for each in after or before)
            yield BedaLangkah(kind, *numbers, uraian, cells, pair.pindah)


def _kind(pair: Pasangan, *, changed: bool) -> Jenis | None:
    if not pair.lama:
        return Jenis.DITAMBAH
    if not pair.baru:
        return Jenis.DIHAPUS
    if len(pair.baru) > 1:
        return Jenis.DIPECAH
    if len(pair.lama) > 1:
        return Jenis.DIGABUNG
    if changed:
        return Jenis.DIUBAH
    return Jenis.DIPINDAH if pair.pindah else None


def _tables(
    old: tuple[Prosedur, ...], new: tuple[Prosedur, ...], lanes: Lanes
) -> Iterator[tuple[Prosedur | None, Prosedur | None]]:
    """Match the tables: one of each, by title, then by their steps; by the new order, those gone last."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    pairs = {i: j for i, one in enumerate(old) for j, other in enumerate(new) if _same_title(old, one, new, other)}
    weights = {
        (i, j): _table_likeness(one, other, lanes) - _SAME_TABLE - 0.001 * abs(i - j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if i not in pairs and j not in pairs.values()
    }
    pairs |= best_pairs(weights)
    back = {j: i for i, j in pairs.items()}
    for j, prosedur in enumerate(new):
        yield old[back[j]] if j in back else None, prosedur
    for i, prosedur in enumerate(old):
        if i not in pairs:
            yield prosedur, None


def _same_title(old: tuple[Prosedur, ...], one: Prosedur, new: tuple[Prosedur, ...], other: Prosedur) -> bool:
    title = folded(one.judul)
    alone = all(sum(folded(each.judul) == title for each in tables) == 1 for tables in (old, new))
    return bool(title) and alone and folded(other.judul) == title


def _table_likeness(old: Prosedur, new: Prosedur, lanes: Lanes) -> float:
    kept = sum(bool(pair.lama and pair.baru) for pair in _pairs(old, new, lanes))
    shared = kept / max(min(len(old.langkah), len(new.langkah)), 1)
    return 0.8 * shared + 0.2 * text_likeness(old.judul, new.judul)


def _times(old: Lembar, new: Lembar, lanes: Lanes) -> Iterator[BedaIsian]:
    before, after = sop_times(old.sop), sop_times(new.sop)
    for key, title in (("tercepat", "Waktu tercepat"), ("terlama", "Waktu terlama")):
        then, now = _amount(before, key), _amount(after, key)
        if then != now:
            yield BedaIsian(key, title, then, now)
    spent = {
        old_lane(lanes, beban.pelaksana): _span(beban.paling_singkat.teks, beban.paling_lama.teks)
        for beban in before.beban
    }
    spends = {beban.pelaksana: _span(beban.paling_singkat.teks, beban.paling_lama.teks) for beban in after.beban}
    for key in dict.fromkeys((*spends, *spent)):
        if spent.get(key) != spends.get(key):
            name = new.judul_lajur(key) if key in spends else old.judul_lajur(key.removeprefix("-"))
            yield BedaIsian(
                f"beban.{key.removeprefix('-')}", f"Waktu kerja {name}", spent.get(key, ""), spends.get(key, "")
            )


def _amount(times: WaktuSop, key: str) -> str:
    amount = times.tercepat if key == "tercepat" else times.terlama
    return amount.teks if amount else ""


def _span(least: str, most: str) -> str:
    return least if least == most else f"{least} sampai {most}"
