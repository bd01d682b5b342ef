"""What a rule on words would write instead, where there is but one answer."""

from __future__ import annotations

import re
from itertools import pairwise

from sopdocs.model import Fix, Langkah, Paragraph, Sop, Span, Workspace
from sopdocs.rules.bahasa import Form, active_of, bare, form_of
from sopdocs.rules.kosakata import ALSO_THINGS, BASE_VERBS, FUNCTION_WORDS, HONORIFICS, ROOTS, WITH_HYPHEN
from sopdocs.rules.texts import WORD, Text, place_in, step_span

_LAST_WORD = re.compile(r"(?<!\S)([^\W\d_]{5,})\.$")
"""Long enough to be no abbreviation; numbers and initials are left alone."""
_SENTENCE = re.compile(r"[.!?:;]\s")
_JOINED = re.compile(r"(?:\b(?:dan|serta|atau|lalu|kemudian|maupun)\s+|[,/&]\s*)([^\W\d_]+)", re.IGNORECASE)
_PLAIN_FIELDS = frozenset(
    "kualifikasi_pelaksana peralatan peringatan pencatatan uraian syarat output keterangan".split()
)
"""Fields that hold no name, no title and no regulation as their own matter."""


def _at(sop: Sop, langkah: Langkah, old: str, new: str, offset: int) -> Fix | None:
    """A fix at a character of the uraian; None where it is not written as it is printed."""
    paragraphs = langkah.uraian.paragraphs
    return Fix(old, new, place_in(paragraphs[0], offset, step_span(sop, langkah))) if len(paragraphs) == 1 else None


def without_full_stop(sop: Sop, langkah: Langkah) -> Fix | None:
    """Take the full stop off an uraian that is one sentence and ends in a whole word."""
    text = langkah.uraian.text
    last = _LAST_WORD.search(text)
    if last is None or _SENTENCE.search(text):
        return None
    return _at(sop, langkah, last.group(), last[1], last.start())


def capital_first(sop: Sop, langkah: Langkah, word: str) -> Fix | None:
    """Write the first word with a capital, unless it may be the beginning of an address or an abbreviation."""
    text = langkah.uraian.text
    start = text.find(word)
    if len(word) < 2 or re.match(r"\S*\w[.@/\d]|\S*_", text[start:]):
        return None
    return _at(sop, langkah, word, word[:1].upper() + word[1:], start)


def active_first(sop: Sop, langkah: Langkah, words: tuple[str, ...], workspace: Workspace) -> Fix | None:
    """Write the active verb in the place of a noun or root that is sure to name the act, with its object next."""
    first, text = words[0], langkah.uraian.text
    verb, start = active_of(first), text.find(first)
    alone = re.match(r"\s|$", text[start + len(first) :])
    if not verb or not alone or not _names_act(first) or _has_other_act(text, words[1:]):
        return None
    if len(words) > 1 and words[1].casefold() in _never_objects(workspace):
        return None
    if {word.casefold() for word in words[:2]} <= ROOTS.keys() and len(words) > 1:
        return None  # a compound: "Simpan pinjam"
    new = verb.upper() if first.isupper() else verb if first.islower() else verb[:1].upper() + verb[1:]
    return _at(sop, langkah, first, new, start)


def _names_act(word: str) -> bool:
    # A passive may have its doer behind it: "Diperiksa petugas".
    plain = form_of(word) is not Form.PASSIVE and bare(word.casefold()) == word.casefold()
    return plain and word.casefold() not in ALSO_THINGS and word in (word.lower(), word.upper(), word.capitalize())


def _has_other_act(text: str, others: tuple[str, ...]) -> bool:
    """Whether the uraian has a verb already, or joins another act to the first, which would not fit any more."""
    verbs = (word for word in others if word.casefold() not in BASE_VERBS)
    joined = _JOINED.findall(text)
    return any(form_of(word) in (Form.ACTIVE, Form.PASSIVE) for word in verbs) or any(
        active_of(word) or form_of(word) is Form.NOUN for word in joined
    )


def _never_objects(workspace: Workspace) -> frozenset[str]:
    """Words behind an act that do not tell what is acted on, but who acts: "Persetujuan Camat"."""
    names = [official.jabatan for official in workspace.pejabat.values()]
    names += [name for each in workspace.pelaksana.values() for name in (each.nama, each.singkatan or "")]
    return FUNCTION_WORDS | HONORIFICS | {word.casefold() for name in names for word in WORD.findall(name)}


def once(text: Text, word: str) -> Fix | None:
    """Write a function word once, everywhere in the text where it is doubled."""
    if word not in FUNCTION_WORDS - WITH_HYPHEN or text.field not in _PLAIN_FIELDS:
        return None
    runs = list(re.finditer(rf"\b({word})(?:\s+{word})+\b", text.text, re.IGNORECASE))
    if not runs or not all(_plain_run(run.group()) for run in runs):
        return None
    start, end = runs[0].start(), runs[-1].end()
    pieces = [run[1] + text.text[run.end() : following.start()] for run, following in pairwise(runs)]
    here = Span(text.span.path, text.span.line, text.span.col + start)
    return Fix(text.text[start:end], "".join(pieces) + runs[-1][1], here)


def _plain_run(run: str) -> bool:
    """Whether the words are one space apart, and none but the first has a capital."""
    first, *others = run.split(" ")
    return all(other == first.lower() for other in others) and first[1:] == first[1:].lower()


def as_link(paragraph: Paragraph, name: str, slug: str) -> Fix | None:
    """Write `[[slug]]` in the place of the SOP's name, which stands once in the paragraph."""
    text = paragraph.text
    if paragraph.span is None or text.count(name) != 1:
        return None
    return Fix(name, f"[[{slug}]]", place_in(paragraph, text.find(name), paragraph.span))
