"""What a step needs and no step before it makes (kelengkapan and output, PermenPAN-RB 35/2012)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from sopdocs.content.report import quote
from sopdocs.model import Langkah, Prosedur, RichText, Severity, Sop
from sopdocs.rules.bahasa import Form, bare, form_of
from sopdocs.rules.kosakata import LIGHT_WORDS
from sopdocs.rules.rule import PRAKTIK, Hit, each_sop
from sopdocs.rules.texts import WORD, step_span

TOPIC = "Kelengkapan"

LIKE = 76
"""Ratio (0–100) from which two words are one.

Measured on the words of real sheets and invented pairs: forms of one word lie above (notulen and notula 77, usul and
usulan 80, kuitansi and kwitansi 88), different things below (pencatatan and pencairan 74, pembinaan and pembangunan 70,
kegiatan and keuangan 63, bulanan and tahunan 57). Nouns pe-…-an of different roots come as near as slips (pengadaan and
pengaduan 89), so they must be equal. The ratio of whole texts parts nothing: “laporan keuangan” and “laporan kegiatan”
reach 81, “jadwal posyandu” and “jadwal kegiatan posyandu” 77.
"""
_PREFIX = 4
_TOLD = 3
"""Things missing at one step that are told one by one."""
_SEPARATOR = re.compile(r"[,;\n]|\s(?:dan|serta|&)\s", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(slots=True)
class _Known:
    """Things at hand, each as the set of its words."""

    things: set[frozenset[str]] = field(default_factory=set[frozenset[str]])
    words: set[str] = field(default_factory=set[str])
    starts: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """The same words by their first letters."""

    def add(self, texts: Iterable[str]) -> None:
        for text in texts:
            words = content_words(text)
            if words:
                self.things.add(words)
                for word in words - self.words:
                    self.starts.setdefault(word[:_PREFIX], set()).add(word)
                self.words |= words

    def has(self, text: str, like: int) -> bool:
        wanted = content_words(text)
        if not wanted or wanted in self.things:
            return True
        several = _SEPARATOR.search(text) is not None
        return self._covers(wanted, several) or self._covers(self._spelled_as_known(wanted, like), several)

    def _covers(self, wanted: frozenset[str], several: bool) -> bool:
        if any(wanted <= thing for thing in self.things):
            return True
        # "Surat masuk" stands for "surat masuk dari desa"; one word is too general for that, and one of several
        # things does not stand for the others.
        return not several and any(len(thing) > 1 and thing <= wanted for thing in self.things)

    def _spelled_as_known(self, wanted: frozenset[str], like: int) -> frozenset[str]:
        return frozenset(self._nearest(word, like) for word in wanted)

    def _nearest(self, word: str, like: int) -> str:
        if word in self.words:
            return word
        found = process.extractOne(word, self.words, scorer=fuzz.ratio, score_cutoff=like)
        if found and not (_is_noun(word) and _is_noun(found[0])):
            return found[0]
        # One word may begin the other: rekap and rekapitulasi.
        same = self.starts.get(word[:_PREFIX], ()) if len(word) >= _PREFIX else ()
        return min((known for known in same if known.startswith(word) or word.startswith(known)), default=word)


def content_words(text: str) -> frozenset[str]:
    """Return the words that tell what thing a text names: folded, without states and light words."""
    words = (bare(word) for word in WORD.findall(_BRACKETS.sub(" ", text).casefold()))
    return frozenset(word for word in words if word not in LIGHT_WORDS and not _is_state(word))


def _is_state(word: str) -> bool:
    """Whether a word tells only what was done with the thing: diperiksa, tersusun, berparaf."""
    if word.startswith("di"):
        return form_of(word) is Form.PASSIVE
    return len(word) > 5 and word.startswith(("ter", "ber")) and word != "berita"


def _is_noun(word: str) -> bool:
    return word.startswith("pe") and word.endswith("an")


def _split(text: str) -> list[str]:
    """Split at commas, semicolons, line breaks, “dan” and “serta”."""
    return [part.strip() for part in _SEPARATOR.split(_BRACKETS.sub(" ", text)) if WORD.search(part)]


def _wholes_and_parts(rich: RichText) -> Iterator[str]:
    # "Laporan fisik dan kegiatan" is one thing to some steps, two to others.
    for paragraph in rich.paragraphs:
        parts = _split(paragraph.text)
        yield paragraph.text
        if len(parts) > 1:
            yield from parts


@each_sop(
    "SOP148",
    "Kelengkapan tanpa asal",
    Severity.CATATAN,
    PRAKTIK,
    "Kelengkapan berasal dari output langkah sebelumnya, dari peralatan, atau dari luar (kunci masukan).",
    mirip=LIKE,
)
def missing_input(sop: Sop, mirip: int) -> Iterator[Hit]:
    """Report what a later step needs and neither an earlier output, nor the tools, nor `masukan` provide.

    Earlier is a step with a smaller number or one from which the flow leads here. What the first step needs comes from
    outside. Each thing is reported where it is first needed.
    """
    for prosedur in sop.prosedur:
        if not prosedur.langkah:
            continue
        known = _Known()
        known.add(sop.masukan)
        known.add(_wholes_and_parts(sop.peralatan))
        first, *later = prosedur.langkah
        known.add(_wholes_and_parts(first.syarat))
        known.add(_wholes_and_parts(first.output))
        for langkah in later:
            yield from _missing(sop, prosedur, langkah, known, mirip)
            known.add(_wholes_and_parts(langkah.syarat))
            known.add(_wholes_and_parts(langkah.output))


def _missing(sop: Sop, prosedur: Prosedur, langkah: Langkah, known: _Known, like: int) -> Iterator[Hit]:
    missing = [
        (part, paragraph.span)
        for paragraph in langkah.syarat.paragraphs
        if not known.has(paragraph.text, like)
        for part in _split(paragraph.text)
        if not known.has(part, like)
    ]
    if not missing:
        return
    back = _Known()
    for before in _leading_here(prosedur, langkah):
        back.add(_wholes_and_parts(before.output))
    missing = [(part, span) for part, span in missing if not back.has(part, like)]
    # A long list is told once: whoever wrote it knows the rest.
    rest = f" dan {len(missing) - 1} hal lain" if len(missing) > _TOLD else ""
    for part, span in missing[: 1 if rest else _TOLD]:
        message = f"Langkah {langkah.nomor} memerlukan {quote(part)}{rest}, yang tidak dihasilkan langkah sebelumnya"
        hint = "tulis sebagai Output langkah yang membuatnya, atau pada masukan bila datang dari luar"
        yield Hit(span or step_span(sop, langkah), message, hint)


def _leading_here(prosedur: Prosedur, langkah: Langkah) -> list[Langkah]:
    """Return the later steps from which the flow comes back to this one."""
    behind: dict[int, set[int]] = {}
    for alur in prosedur.alur:
        behind.setdefault(alur.ke.langkah, set()).add(alur.dari.langkah)
    found: set[int] = set()
    todo = [langkah.nomor]
    while todo:
        new = behind.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return [step for step in prosedur.langkah if step.nomor in found and step.nomor > langkah.nomor]
