"""What a picture must show of a comparison, told from the comparison alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sopdocs.compare import BedaProsedur, Jenis
from sopdocs.model import Alur

from .drawn import Drawn, of

SIGNS = {
    "ditambah": "+",
    "dihapus": "−",
    "diubah": "≠",
    "dipindah": "↔",
    "dipecah": "1→2",
    "digabung": "2→1",
}
SIDES = ("lama", "baru")


def check(things: list[Drawn], beda: BedaProsedur) -> None:
    """Every step, symbol and arrow of both states is drawn once, marked as the comparison says."""
    for sisi in SIDES:
        table = getattr(beda, sisi)
        steps = table.langkah if table else ()
        assert Counter(each.nama for each in of(things, "langkah", sisi)) == Counter(str(each.nomor) for each in steps)
        symbols = [str(simbol.id) for each in steps for simbol in each.simbol]
        drawn = of(things, "simbol", sisi)
        assert Counter(each.nama for each in drawn) == Counter(symbols)
        assert {each.nama: (each.tanda, each.akibat) for each in drawn} == dict(_symbols(beda, sisi))
        arrows = of(things, "panah", sisi)
        assert Counter((each.nama, each.tanda, each.akibat) for each in arrows) == Counter(_arrows(beda, sisi))
    for each in (*of(things, "simbol"), *of(things, "panah")):
        _check_look(each)
    assert len(of(things, "hubungan")) == len(beda.pasangan)


def _check_look(thing: Drawn) -> None:
    """In colour, and on a black-and-white print by a sign, and by dashes where something is gone."""
    plain = thing.line.attrib["stroke"] == "#000000"
    assert plain is (thing.tanda == "sama")
    signs = [word for word in thing.words if word in SIGNS.values()]
    assert (SIGNS.get(thing.tanda) in signs) or thing.tanda == "sama"
    assert ("stroke-dasharray" in thing.line.attrib) is (thing.tanda in ("dihapus", "dipindah"))


def _symbols(beda: BedaProsedur, sisi: str) -> Iterator[tuple[str, tuple[str, bool]]]:
    table = getattr(beda, sisi)
    differing = {getattr(each, sisi).id: each for each in beda.simbol if getattr(each, sisi)}
    for pair in beda.pasangan:
        step = _step_mark(pair.lama, pair.baru, pindah=pair.pindah)
        for place in getattr(pair, sisi):
            for simbol in table.langkah[place].simbol:
                own = differing.get(simbol.id)
                told = own is not None and not (own.akibat and step)
                mark = (own.jenis.value, own.akibat) if own and told else (step or "sama", False)
                yield str(simbol.id), mark


def _step_mark(lama: tuple[int, ...], baru: tuple[int, ...], *, pindah: bool) -> str:
    match len(lama), len(baru):
        case 0, _:
            return Jenis.DITAMBAH.value
        case _, 0:
            return Jenis.DIHAPUS.value
        case 1, 1:
            return Jenis.DIPINDAH.value if pindah else ""
        case 1, _:
            return Jenis.DIPECAH.value
        case _:
            return Jenis.DIGABUNG.value


def _arrows(beda: BedaProsedur, sisi: str) -> Iterator[tuple[str, str, bool]]:
    table = getattr(beda, sisi)
    differing = {getattr(each, sisi): each for each in beda.alur if getattr(each, sisi)}
    alone = Jenis.DITAMBAH if sisi == "baru" else Jenis.DIHAPUS
    for alur in table.alur if table else ():
        own = differing.get(alur)
        if beda.lama is None or beda.baru is None:
            yield _name(alur), alone.value, True
        else:
            yield _name(alur), own.jenis.value if own else "sama", bool(own and own.akibat)


def _name(alur: Alur) -> str:
    return f"{alur.dari} → {alur.ke}" + (f" {alur.label}" if alur.label else "")
