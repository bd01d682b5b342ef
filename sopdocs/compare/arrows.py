"""Arrows and lanes of a comparison in words; numbers are those of the state they are said of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sopdocs.compare.beda import BedaAlur, BedaProsedur, Jenis
from sopdocs.model import Alur, Hubungan, Langkah, Prosedur, SimbolId


class Arrows:
    """Names the arrows and lanes of one procedure. `lanes` are the headings by key, old and new."""

    def __init__(self, beda: BedaProsedur, lanes: tuple[Mapping[str, str], Mapping[str, str]]) -> None:
        self.beda = beda
        self.old_lanes, self.new_lanes = lanes

    def lane(self, simbol: SimbolId, *, old: bool = False) -> str:
        """The heading of a symbol's lane."""
        return (self.old_lanes if old else self.new_lanes).get(simbol.pelaksana, simbol.pelaksana)

    def who(self, langkah: Langkah, *, old: bool = False) -> str:
        """Who does a step: "Staf bersama Kasi", "Kasi, lalu Camat"."""
        table = self.beda.lama if old else self.beda.baru
        kinds = {(each.dari, each.ke): each.hubungan for each in table.alur} if table else {}
        text = ""
        for before, simbol in zip((None, *langkah.simbol), langkah.simbol, strict=False):
            kind = kinds.get((before.id, simbol.id)) if before else None
            joint = {Hubungan.BERSAMA: " bersama ", Hubungan.LANJUT: ", lalu "}.get(kind, " dan ") if kind else " dan "
            text += (joint if before else "") + self.lane(simbol.id, old=old)
        return text

    def place(self, simbol: SimbolId, *, old: bool = False) -> str:
        """A symbol as the end of an arrow; the lane is named where the step has several."""
        langkah = self._step(simbol, old=old)
        lane = f" ({self.lane(simbol, old=old)})" if langkah and len(langkah.simbol) > 1 else ""
        return f"langkah {simbol.langkah}{lane}"

    def former(self, simbol: SimbolId) -> str:
        """An old symbol, with the number that its step has now when that differs."""
        now = self.beda.baru_dari(simbol.langkah)
        if not now:
            return f"{self.place(simbol, old=True)} lama yang dihapus"
        if simbol.langkah in now:
            return self.place(simbol, old=True)
        return f"{self.place(simbol, old=True)} lama (kini {_numbers(now)})"

    def tell(self, alur: BedaAlur) -> str:
        """One arrow that differs, as a sentence."""
        old, new = alur.lama, alur.baru
        if new is None:
            return self._gone(old) if old else ""
        if alur.jenis is Jenis.DITAMBAH or old is None:
            return self._new(new)
        if (
            old.label
            and new.label
            and old.label != new.label
            and self.beda.baru_dari(old.ke.langkah) != (new.ke.langkah,)
        ):
            start, led = self.place(new.dari), self.former(old.ke)
            return f"Panah “{old.label}” dari {start} ke {led} diganti “{new.label}” ke {self.place(new.ke)}."
        if old.label != new.label:
            way = f"dari {self.place(new.dari)} ke {self.place(new.ke)}"
            if not old.label or not new.label:
                told = f"kini berjawaban “{new.label}”" if new.label else f"tidak lagi berjawaban “{old.label}”"
                return f"Panah {way} {told}."
            return f"Jawaban pada panah {way}: “{old.label}” menjadi “{new.label}”."
        return f"{self._arrow(new)} kini ke {self.place(new.ke)}, dahulu ke {self.former(old.ke)}."

    def ways(self, alur: list[Alur], *, old: bool = False) -> str:
        """Answers and where they lead: "“Ya” ke langkah 4, “Tidak” ke langkah 1"."""
        return ", ".join(f"“{each.label}” ke {self.place(each.ke, old=old)}" for each in alur if each.label)

    def leaving(self, simbol: SimbolId, *, old: bool = False) -> list[Alur]:
        """The arrows out of a symbol."""
        table = self.beda.lama if old else self.beda.baru
        arrows = table.alur if table else ()
        return [each for each in arrows if each.dari == simbol and each.hubungan is Hubungan.LANJUT]

    def unusual(self, langkah: Langkah) -> Iterator[str]:
        """What the flow of a new step does besides going from row to row: answers to and from it, and jumps."""
        table = self.beda.baru
        if table is None:
            return
        following = _following(table, langkah.nomor)
        told = {id(alur.baru) for alur in self.beda.alur if not alur.akibat}
        mine = {simbol.id for simbol in langkah.simbol}
        for each in table.alur:
            if each.ke in mine and each.label and self.beda.lama_dari(each.dari.langkah) and id(each) not in told:
                yield f"sesudah “{each.label}” dari {self.place(each.dari)}"
        for simbol in langkah.simbol:
            out = self.leaving(simbol.id)
            answers = self.ways(out)
            if answers:
                yield f"keputusan: {answers}"
            jumps = [each for each in out if not each.label and each.ke.langkah not in (following, langkah.nomor)]
            if jumps:
                yield "lalu ke " + " dan ".join(self.place(each.ke) for each in jumps)

    def _new(self, new: Alur) -> str:
        if new.hubungan is Hubungan.BERSAMA:
            return f"Langkah {new.dari.langkah}: {self.lane(new.dari)} dan {self.lane(new.ke)} kini bersama-sama."
        answer = f" “{new.label}”" if new.label else ""
        return f"Panah baru{answer} dari langkah {new.dari.langkah} ({self.lane(new.dari)}) ke {self.place(new.ke)}."

    def _gone(self, old: Alur) -> str:
        if old.hubungan is Hubungan.BERSAMA:
            pair = f"{self.lane(old.dari, old=True)} dan {self.lane(old.ke, old=True)}"
            now = self.beda.baru_dari(old.dari.langkah) or (old.dari.langkah,)
            return f"Langkah {_numbers(now)}: {pair} tidak lagi bersama-sama."
        now = self.beda.baru_dari(old.dari.langkah)
        same = now == (old.dari.langkah,)
        start = (
            self.place(old.dari, old=True)
            if same or not now
            else f"langkah {_numbers(now)} (dahulu {old.dari.langkah})"
        )
        answer = f" “{old.label}”" if old.label else ""
        if not self.beda.baru_dari(old.ke.langkah):
            return f"Panah{answer} dari {start} dihapus bersama {self.place(old.ke, old=True)} lama."
        return f"Panah{answer} dari {start} ke {self.former(old.ke)} dihapus."

    def _arrow(self, alur: Alur) -> str:
        answer = f" “{alur.label}”" if alur.label else ""
        return f"Panah{answer} dari langkah {alur.dari.langkah} ({self.lane(alur.dari)})"

    def _step(self, simbol: SimbolId, *, old: bool) -> Langkah | None:
        table = self.beda.lama if old else self.beda.baru
        steps = table.langkah if table else ()
        return next((langkah for langkah in steps if langkah.nomor == simbol.langkah), None)


def _following(table: Prosedur, nomor: int) -> int | None:
    numbers = [langkah.nomor for langkah in table.langkah]
    at = numbers.index(nomor) + 1
    return numbers[at] if at < len(numbers) else None


def _numbers(numbers: tuple[int, ...]) -> str:
    return " dan ".join(map(str, numbers))
