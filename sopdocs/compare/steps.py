"""The steps of a comparison in sentences, each followed by what differs of its symbols and arrows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sopdocs.compare.arrows import Arrows
from sopdocs.compare.beda import BedaIsian, BedaLangkah, BedaProsedur, BedaSimbol, Jenis, Pasangan
from sopdocs.model import Bentuk, Langkah, Prosedur, Simbol

Clauses = Callable[[BedaIsian], Iterator[str]]


class StepTeller:
    """Tells one procedure that both states have; `clauses` tell a cell."""

    def __init__(self, beda: BedaProsedur, arrows: Arrows, clauses: Clauses) -> None:
        self.beda = beda
        self.arrows = arrows
        self.clauses = clauses
        self.swapped = _swaps(beda)
        self.answered = {
            simbol.baru.id
            for simbol in beda.simbol
            if simbol.lama and simbol.baru and simbol.lama.bentuk is not simbol.baru.bentuk
            if Bentuk.KEPUTUSAN in (simbol.lama.bentuk, simbol.baru.bentuk)
        }
        """Symbols whose answers are told with their shape."""

    def sentences(self) -> Iterator[str]:
        """Tell every step that differs, by the new order."""
        of_step = {(langkah.lama, langkah.baru): langkah for langkah in self.beda.langkah}
        for pair in self.beda.pasangan:
            numbers = self._numbers(pair)
            langkah = of_step.get(numbers)
            if langkah is not None:
                yield from self._step(langkah)
            yield from self._symbols(numbers)
            yield from self._arrows(numbers)

    def _numbers(self, pair: Pasangan) -> tuple[tuple[int, ...], tuple[int, ...]]:
        old, new = self.beda.lama, self.beda.baru
        return _nomor(old, pair.lama), _nomor(new, pair.baru)

    def _step(self, beda: BedaLangkah) -> Iterator[str]:
        old, new = _steps(self.beda.lama, beda.lama), _steps(self.beda.baru, beda.baru)
        match beda.jenis:
            case Jenis.DITAMBAH:
                flow = "".join(f"; {each}" for each in self.arrows.unusual(new[0]))
                yield f"Langkah {beda.baru[0]} baru: {self._shown(new[0])}{flow}."
            case Jenis.DIHAPUS:
                yield f"Langkah {beda.lama[0]} lama dihapus: {self._shown(old[0], old=True)}."
            case Jenis.DIPECAH:
                pieces = _listed([f"langkah {each.nomor} {self._shown(each)}" for each in new])
                yield f"Langkah {beda.lama[0]} lama {self._shown(old[0], old=True)} dipecah menjadi {pieces}."
            case Jenis.DIGABUNG:
                pieces = _listed([f"{each.nomor} {self._shown(each, old=True)}" for each in old])
                yield f"Langkah lama {pieces} digabung menjadi langkah {new[0].nomor} {self._shown(new[0])}."
            case _:
                yield from self._changed(beda, new[0])

    def _changed(self, beda: BedaLangkah, new: Langkah) -> Iterator[str]:
        number = beda.baru[0]
        if number in self.swapped:
            if self.swapped[number]:
                yield self.swapped[number]
        elif beda.pindah:
            way = "ke atas" if self._went_up(beda) else "ke bawah"
            yield f"{self._name(beda.lama, beda.baru)} dipindah {way}: “{_line(new.uraian.text)}”."
        for isian in beda.isian:
            for clause in self.clauses(isian):
                yield f"{self._name(beda.lama, beda.baru)}: {clause}."

    def _went_up(self, beda: BedaLangkah) -> bool:
        """Whether a step now stands before steps that it stood behind."""
        stayed = [self._numbers(pair) for pair in self.beda.pasangan if pair.lama and pair.baru and not pair.pindah]
        before = sum(lama < beda.lama for lama, _ in stayed)
        return sum(baru < beda.baru for _, baru in stayed) < before

    def _symbols(self, numbers: tuple[tuple[int, ...], tuple[int, ...]]) -> Iterator[str]:
        name = self._name(*numbers)
        for beda in self.beda.simbol:
            mine = beda.baru.id.langkah in numbers[1] if beda.baru else beda.lama and beda.lama.id.langkah in numbers[0]
            if mine and not beda.akibat:
                for clause in self._symbol(beda):
                    yield f"{name}{clause}."

    def _symbol(self, beda: BedaSimbol) -> Iterator[str]:
        old, new = beda.lama, beda.baru
        if old is None or new is None:
            if new:
                yield f": pelaksana {self.arrows.lane(new.id)} ditambah{self._now_by(new.id.langkah)}"
            if old:
                now = self.beda.baru_dari(old.id.langkah)
                yield f": pelaksana {self.arrows.lane(old.id, old=True)} dihapus{self._now_by(*now)}"
            return
        before, after = self.arrows.lane(old.id, old=True), self.arrows.lane(new.id)
        if self._other_lane(old, new):
            yield f": pelaksana {before} menjadi {after}"
        if old.bentuk is not new.bentuk:
            yield f" ({after}) {self._shape(old, new)}"
        elif old.label != new.label:
            told = f"“{old.label}” menjadi “{new.label}”" if old.label and new.label else f"menjadi “{new.label}”"
            yield f" ({after}): teks lambang {told if new.label else f'“{old.label}” dihapus'}"

    def _now_by(self, *nomor: int) -> str:
        steps = _steps(self.beda.baru, nomor)
        return f" (kini {self.arrows.who(steps[0])})" if steps and len(steps[0].simbol) > 1 else ""

    def _other_lane(self, old: Simbol, new: Simbol) -> bool:
        if old.id.pelaksana == new.id.pelaksana:
            return False
        return self.arrows.lane(old.id, old=True) != self.arrows.lane(new.id)

    def _shape(self, old: Simbol, new: Simbol) -> str:
        if new.bentuk is Bentuk.KEPUTUSAN:
            return f"kini keputusan: {self.arrows.ways(self.arrows.leaving(new.id))}"
        if old.bentuk is Bentuk.KEPUTUSAN:
            ways = self.arrows.ways(self.arrows.leaving(old.id, old=True), old=True)
            return f"bukan keputusan lagi; dahulu {ways}"
        if new.bentuk is Bentuk.PROSES:
            return "tidak lagi memulai alur" if old.bentuk is Bentuk.MULAI else "tidak lagi mengakhiri alur"
        return "kini memulai alur" if new.bentuk is Bentuk.MULAI else "kini mengakhiri alur"

    def _arrows(self, numbers: tuple[tuple[int, ...], tuple[int, ...]]) -> Iterator[str]:
        for alur in self.beda.alur:
            if alur.akibat:
                continue
            if alur.baru is not None:
                mine, start = alur.baru.dari.langkah in numbers[1], alur.baru.dari
            else:
                mine = alur.lama is not None and alur.lama.dari.langkah in numbers[0]
                start = self._now(alur.lama.dari) if alur.lama else None
            if mine and start not in self.answered:
                yield self.arrows.tell(alur)

    def _now(self, simbol: object) -> object:
        """A symbol of the old state as the new one has it, where it is told of."""
        return next(
            (each.baru.id for each in self.beda.simbol if each.lama and each.lama.id == simbol and each.baru), None
        )

    def _shown(self, langkah: Langkah, *, old: bool = False) -> str:
        who = self.arrows.who(langkah, old=old)
        time = langkah.waktu.text.strip()
        parts = [part for part in (who, _line(time) if time not in ("", "-") else "") if part]
        return f"“{_line(langkah.uraian.text)}”" + (f" ({', '.join(parts)})" if parts else "")

    def _name(self, old: tuple[int, ...], new: tuple[int, ...]) -> str:
        if not new:
            return f"Langkah {_and(old)} lama"
        return f"Langkah {_and(new)}" if old == new or not old else f"Langkah {_and(new)} (dahulu {_and(old)})"


def _swaps(beda: BedaProsedur) -> dict[int, str]:
    """Two steps that changed places with each other: told once, by the new numbers of those that count as moved."""
    old, new = beda.lama, beda.baru
    if old is None or new is None:
        return {}
    pairs = [pair for pair in beda.pasangan if pair.lama and pair.baru]
    rank = {pair.lama: place for place, pair in enumerate(sorted(pairs, key=lambda each: each.lama))}
    found: dict[int, str] = {}
    for here, pair in enumerate(pairs):
        there = rank[pair.lama]
        if not pair.pindah or there == here or rank[pairs[there].lama] != here:
            continue
        first, second = sorted((pair, pairs[there]), key=lambda each: each.baru)
        one, other = new.langkah[first.baru[0]], new.langkah[second.baru[0]]
        told = f"“{_line(one.uraian.text)}” dan langkah {other.nomor} “{_line(other.uraian.text)}” bertukar tempat."
        mine = new.langkah[pair.baru[0]].nomor
        found[mine] = "" if {one.nomor, other.nomor} & found.keys() else f"Langkah {one.nomor} {told}"
    return found


def _nomor(table: Prosedur | None, places: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(langkah.nomor for langkah in _at(table, places))


def _at(table: Prosedur | None, places: tuple[int, ...]) -> list[Langkah]:
    return [table.langkah[place] for place in places] if table else []


def _steps(table: Prosedur | None, numbers: tuple[int, ...]) -> list[Langkah]:
    return [langkah for langkah in (table.langkah if table else ()) if langkah.nomor in numbers]


def _listed(parts: list[str]) -> str:
    return " dan ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _and(numbers: tuple[int, ...]) -> str:
    return _listed([str(number) for number in numbers])


def _line(text: str) -> str:
    return " ".join(text.split())
