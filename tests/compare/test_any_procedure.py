"""What holds for whatever is compared."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from sopdocs.compare import BedaProsedur, BedaSop, Jenis, compare_procedures, sop_sentences
from sopdocs.compare.assignment import best_pairs, longest_rising
from sopdocs.compare.words import excerpts, word_changes
from sopdocs.model import Prosedur, Sop

from .strategies import LANES, deeds, procedures, revised

SAME = {lane: lane for lane in LANES}
pairs = st.one_of(revised(), st.tuples(procedures, procedures))


def compared(old: Prosedur, new: Prosedur) -> BedaProsedur:
    return compare_procedures(old, new, SAME)


@given(procedures)
def test_nothing_differs_from_itself(prosedur: Prosedur) -> None:
    beda = compared(prosedur, prosedur)
    assert beda.kosong
    assert all(pair.lama == pair.baru and not pair.pindah for pair in beda.pasangan)


@given(pairs)
def test_every_step_is_in_one_pair(both: tuple[Prosedur, Prosedur]) -> None:
    beda = compared(*both)
    for side, prosedur in zip(("lama", "baru"), both, strict=True):
        places = [place for pair in beda.pasangan for place in getattr(pair, side)]
        assert sorted(places) == list(range(len(prosedur.langkah)))
    for pair in beda.pasangan:
        assert min(len(pair.lama), len(pair.baru)) <= 1
        assert pair.lama or pair.baru
        assert pair.baru == tuple(range(pair.baru[0], pair.baru[-1] + 1)) if pair.baru else True
    new = [pair.baru for pair in beda.pasangan if pair.baru]
    assert new == sorted(new)
    stayed = [pair.lama for pair in beda.pasangan if pair.lama and not pair.pindah]
    assert [s for s in stayed if any(p.lama == s and p.baru for p in beda.pasangan)] == sorted(
        s for s in stayed if any(p.lama == s and p.baru for p in beda.pasangan)
    )


@given(pairs)
def test_from_the_other_side_added_is_removed_and_split_is_merged(both: tuple[Prosedur, Prosedur]) -> None:
    there, back = compared(*both), compared(*reversed(both))
    assert {(p.lama, p.baru) for p in there.pasangan} == {(p.baru, p.lama) for p in back.pasangan}
    mirror = {Jenis.DITAMBAH: Jenis.DIHAPUS, Jenis.DIHAPUS: Jenis.DITAMBAH}
    mirror |= {Jenis.DIPECAH: Jenis.DIGABUNG, Jenis.DIGABUNG: Jenis.DIPECAH}
    kinds = {(step.lama, step.baru, step.jenis) for step in there.langkah if step.jenis in mirror}
    assert kinds == {(step.baru, step.lama, mirror[step.jenis]) for step in back.langkah if step.jenis in mirror}


@given(pairs)
def test_every_arrow_is_told_once_or_is_in_both(both: tuple[Prosedur, Prosedur]) -> None:
    beda = compared(*both)
    old = [alur.lama for alur in beda.alur if alur.lama]
    new = [alur.baru for alur in beda.alur if alur.baru]
    assert len(old) == len(set(old))
    assert len(new) == len(set(new))
    assert set(old) <= set(both[0].alur)
    assert set(new) <= set(both[1].alur)


@given(pairs)
def test_can_be_said(both: tuple[Prosedur, Prosedur]) -> None:
    beda = compared(*both)
    sops = [Sop("contoh", "Contoh", "camat", LANES, (prosedur,)) for prosedur in both]
    told = sop_sentences(BedaSop(*sops, prosedur=(beda,)))
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in told)
    assert bool(told) or all(alur.akibat for alur in beda.alur)


@given(deeds, deeds)
def test_words_give_both_texts_again(old: str, new: str) -> None:
    parts = word_changes(old, new)
    assert "".join(part.lama for part in parts) == old
    assert "".join(part.baru for part in parts) == new
    assert all(part.sama != other.sama for part, other in pairwise(parts))
    assert excerpts(old, new)


weights = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(-2, 9).map(float))


@given(weights)
def test_no_other_pairs_are_worth_more(table: dict[tuple[int, int], float]) -> None:
    found = best_pairs(table)
    assert len(set(found.values())) == len(found)
    most = max(sum(max(table.get(pair, 0.0), 0.0) for pair in enumerate(order)) for order in permutations(range(4)))
    assert sum(table[pair] for pair in found.items()) == most


@given(st.lists(st.integers(0, 9), unique=True))
def test_what_stays_rises_and_is_as_long_as_can_be(values: list[int]) -> None:
    kept = [values[place] for place in sorted(longest_rising(values, [1.0] * len(values)))]
    assert kept == sorted(kept)
    longest = [0] * 11
    for value in values:
        longest[value + 1] = max(longest[: value + 1]) + 1
    assert len(kept) == max(longest)
