"""Made-up procedures, and revisions of them."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

from sopdocs.model import Alur, Bentuk, Langkah, Prosedur, RichText, Simbol, SimbolId

LANES = ("staf", "kasi", "camat")
_DEEDS = (
    "Menerima surat masuk",
    "Mencatat surat masuk",
    "Memeriksa dan memaraf konsep",
    "Memeriksa konsep",
    "Memaraf konsep",
    "Menandatangani surat",
    "Mengirim surat",
    "Mengarsipkan surat",
    "Menyusun laporan bulanan",
    "Menyerahkan berkas kepada pemohon",
    "",
)
deeds = st.one_of(st.sampled_from(_DEEDS), st.text("abe “-\n", max_size=20))


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, str, str]:
    """A deed, a lane, an output."""
    return draw(deeds), draw(st.sampled_from(LANES)), draw(st.sampled_from(("", "Surat", "Konsep", "Berkas lengkap")))


def procedure(written: list[tuple[str, str, str]], jumps: list[tuple[int, int, str]]) -> Prosedur:
    """A procedure of steps done one after the other, and arrows besides."""
    ids = [SimbolId(number, lane) for number, (_, lane, _) in enumerate(written, start=1)]
    langkah = tuple(
        Langkah(
            id_.langkah,
            RichText.of(deed),
            (Simbol(id_, Bentuk.MULAI if id_.langkah == 1 else Bentuk.PROSES),),
            output=RichText.of(output),
        )
        for id_, (deed, _, output) in zip(ids, written, strict=True)
    )
    edges = dict.fromkeys(itertools.pairwise(ids), "")
    for start, goal, answer in jumps:
        if ids and start % len(ids) != goal % len(ids):
            edges.setdefault((ids[start % len(ids)], ids[goal % len(ids)]), answer)
    return Prosedur(langkah, tuple(Alur(one, other, answer) for (one, other), answer in edges.items()))


jumps = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(("", "Ya", "Tidak"))), max_size=3)
procedures = st.builds(procedure, st.lists(steps(), max_size=8), jumps)


@st.composite
def revised(draw: st.DrawFn) -> tuple[Prosedur, Prosedur]:
    """A procedure of different steps, and the same with steps put in, taken out, moved."""
    before = draw(st.lists(steps(), min_size=1, max_size=8))
    after = list(before)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(after)))
        match draw(st.sampled_from(("put in", "take out", "move"))):
            case "put in":
                after.insert(at, draw(steps()))
            case "take out" if at < len(after):
                del after[at]
            case "move" if at < len(after):
                after.insert(draw(st.integers(0, len(after) - 1)), after.pop(at))
            case _:
                pass
    return procedure(before, draw(jumps)), procedure(after, draw(jumps))
