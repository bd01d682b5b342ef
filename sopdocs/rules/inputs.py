"""What a step needs and no step before it makes (kelengkapan and output, PermenPAN-RB 35/2012)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from sopdocs.model import Finding, Langkah, Prosedur, RichText, Sop, Span
from sopdocs.rules.bahasa import Form, bare, form_of
from sopdocs.rules.kosakata import LIGHT_WORDS
from sopdocs.rules.texts import WORD, note, quoted, step_span

CODES: dict[str, str] = {"SOP148": "Kelengkapan tanpa asal"}

LIKE = 76
"""Ratio (0–100) from which two words are one.

Measured on invented pairs and the words of real sheets: forms of one word (notulen and notula 77, usul and usulan 80,
kuitansi and kwitansi 88) lie above, words of one family (kegiatan and keuangan 75, bulanan and tahunan 71, kelurahan
and kecamatan 67) below. The ratio of whole texts does not part them: “laporan keuangan” and “laporan kegiatan” reach
81, “jadwal posyandu” and “jadwal kegiatan posyandu” only 77.
"""
_SEPARATOR = re.compile(r"[,;\n]|\s(?:dan|serta|&)\s", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(slots=True)
class _Known:
    """Things at hand, each as the set of its words."""

    things: set[frozenset[str]] = field(default_factory=set[frozenset[str]])
    words: set[str] = field(default_factory=set[str])

    def add(self, texts: Iterable[str]) -> None:
        for text in texts:
            words = content_words(text)
            if words:
                self.things.add(words)
                self.words |= words

    def has(self, text: str, like: int) -> bool:
        wanted = content_words(text)
        return not wanted or self._covers(wanted) or self._covers(self._spelled_as_known(wanted, like))

    def _covers(self, wanted: frozenset[str]) -> bool:
        # One word, such as "surat", is too general to stand for something more special.
        return any(wanted <= thing or (len(thing) > 1 and thing <= wanted) for thing in self.things)

    def _spelled_as_known(self, wanted: frozenset[str], like: int) -> frozenset[str]:
        return frozenset(self._nearest(word, like) for word in wanted)

    def _nearest(self, word: str, like: int) -> str:
        if word in self.words:
            return word
        longer = (known for known in self.words if _prefixed(word, known))
        found = process.extractOne(word, self.words, scorer=fuzz.ratio, score_cutoff=like)
        return found[0] if found else min(longer, default=word)


def _prefixed(first: str, second: str) -> bool:
    """Whether one word begins the other: rekap and rekapitulasi."""
    return min(len(first), len(second)) >= 4 and (first.startswith(second) or second.startswith(first))


def content_words(text: str) -> frozenset[str]:
    """Return the words that tell what thing a text names: folded, without states and light words."""
    words = (bare(word) for word in WORD.findall(_BRACKETS.sub(" ", text).casefold()))
    return frozenset(word for word in words if word not in LIGHT_WORDS and not _is_state(word))


def _is_state(word: str) -> bool:
    """Whether a word tells only what was done with the thing: diperiksa, tersusun, berparaf."""
    return form_of(word) is Form.PASSIVE or (len(word) > 5 and word.startswith(("ter", "ber")) and word != "berita")


def parts_of(rich: RichText) -> list[tuple[str, Span | None]]:
    """Return the things a field lists: whole paragraphs split at commas, semicolons, “dan” and “serta”."""
    found: list[tuple[str, Span | None]] = []
    for paragraph in rich.paragraphs:
        parts = _SEPARATOR.split(_BRACKETS.sub(" ", paragraph.text))
        found += [(part.strip(), paragraph.span) for part in parts if WORD.search(part)]
    return found


def _wholes_and_parts(rich: RichText) -> list[str]:
    # "Laporan fisik dan kegiatan" is one thing to some steps, two to others.
    return [*(paragraph.text for paragraph in rich.paragraphs), *(part for part, _ in parts_of(rich))]


def check_inputs(sop: Sop, masukan: tuple[str, ...] = (), like: int = LIKE) -> Iterator[Finding]:
    """Report what a later step needs and neither an earlier output, nor the tools, nor `masukan` provide (SOP148).

    Earlier is a step with a smaller number or one from which the flow leads here. What the first step needs comes from
    outside. Each thing is reported where it is first needed.
    """
    for prosedur in sop.prosedur:
        if not prosedur.langkah:
            continue
        known = _Known()
        known.add(masukan)
        known.add(_wholes_and_parts(sop.peralatan))
        first, *later = prosedur.langkah
        known.add(_wholes_and_parts(first.syarat))
        known.add(_wholes_and_parts(first.output))
        for langkah in later:
            yield from _missing(sop, prosedur, langkah, known, like)
            known.add(_wholes_and_parts(langkah.syarat))
            known.add(_wholes_and_parts(langkah.output))


def _missing(sop: Sop, prosedur: Prosedur, langkah: Langkah, known: _Known, like: int) -> Iterator[Finding]:
    wholes = {paragraph.span for paragraph in langkah.syarat.paragraphs if known.has(paragraph.text, like)}
    missing = [
        (part, span) for part, span in parts_of(langkah.syarat) if span not in wholes and not known.has(part, like)
    ]
    if not missing:
        return
    back = _Known()
    for before in _leading_here(prosedur, langkah):
        back.add(_wholes_and_parts(before.output))
    for part, span in missing:
        if not back.has(part, like):
            message = f"Langkah {langkah.nomor} memerlukan {quoted(part)}, yang tidak dihasilkan langkah sebelumnya"
            hint = "tulis sebagai Output langkah yang membuatnya, atau pada masukan bila datang dari luar"
            yield note(span or step_span(sop, langkah), "SOP148", message, hint)


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
