"""The wording of the steps: an active verb first, no subject, no hidden decision (SOP AP, PermenPAN-RB 35/2012)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA

from sopdocs.content.report import quote
from sopdocs.model import Bentuk, Langkah, Severity, Sop
from sopdocs.rules.bahasa import Form, active_of, form_of, is_active, likely_active_of
from sopdocs.rules.kosakata import BASE_VERBS, DOUBLES, FUNCTION_WORDS, HONORIFICS, LEADERS
from sopdocs.rules.mending import active_first, capital_first, once, without_full_stop
from sopdocs.rules.rule import FLOWCHART, SENDIRI, Context, Hit, each_sop, whole
from sopdocs.rules.texts import WORD, Names, place_in, step_span

TOPIC = "Bunyi langkah"
_ENUMERATOR = re.compile(r"\W*(?:\d+|[^\W\d_])[.)]\s+(?=\w)")
_NUMBER_FIRST = re.compile(r"\W*\d")
_CONDITION = re.compile(
    r"\b(?:jika|jikalau|apabila|bila|bilamana|kalau|andaikan|andaikata|seandainya|sekiranya"
    r"|dalam\s+hal(?!\s+(?:ini|itu|tersebut)\b))\b",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|(?<!\w)'[^']*'(?!\w)")
_ABBREVIATION = re.compile(r"(?:\b(?:dll|dst|dsb|dkk|tsb|tgl|no|s\.d|a\.n|d\.a|u\.p|d\.h|yth|cq|[^\W\d_])|\.)\.$", re.I)
_FAR = 6
"""How many words of an uraian are searched for its verb."""


@each_sop(
    "SOP140",
    "Uraian tidak diawali kata kerja aktif",
    Severity.PERINGATAN,
    FLOWCHART,
    "Langkah ditulis sebagai kata kerja aktif tanpa subjek (38 % langkah pada lembar jadi tidak).",
    kata_kerja=(),
)
def first_word(sop: Sop, context: Context, kata_kerja: tuple[str, ...]) -> Iterator[Hit]:
    """`kata_kerja` are further words that this office counts as verbs."""
    names, known = context.performer_names, {word.casefold() for word in kata_kerja}
    for langkah in _steps(sop):
        words = _opening_words(langkah.uraian.text)
        if not words or is_active(words[0]) or words[0].casefold() in known or _after_subject(words, names):
            continue
        form = form_of(words[0])
        kind = "" if form is Form.OTHER else f"{form}, "
        message = f"Uraian langkah {langkah.nomor} diawali {quote(words[0])}: {kind}bukan kata kerja aktif"
        fix = None if _is_thanks(words) else active_first(sop, langkah, words, context.workspace)
        yield Hit(step_span(sop, langkah), message, _better_opening(words, form), fix)


def _better_opening(words: tuple[str, ...], form: Form) -> str:
    verb = "" if _is_thanks(words) else active_of(words[0])
    if verb:
        return f"tulis “{_capital(verb)} …”"
    later = next((i for i, word in enumerate(words[1:_FAR], start=1) if _is_verb(word)), 0)
    if later and (words[0].casefold() in LEADERS or words[later - 1].casefold() not in ("yang", "untuk", "dapat")):
        return f"awali dengan kata kerjanya: “{_capital(words[later])} …”"
    guess = likely_active_of(words[0])
    if guess:
        return f"misalnya “{_capital(guess)} …”"
    if form is Form.NOUN:
        return f"beri kata kerja di depannya, misalnya “Memeriksa {words[0].lower()} …”"
    return "awali dengan kata kerja aktif, misalnya Menerima, Memeriksa, Menyusun"


def _is_thanks(words: tuple[str, ...]) -> bool:
    return tuple(word.casefold() for word in words[:2]) == ("terima", "kasih")


@each_sop(
    "SOP141",
    "Pelaksana disebut lagi sebagai subjek",
    Severity.PERINGATAN,
    FLOWCHART,
    "Pelaksana sudah tampak pada lajurnya.",
)
def named_subject(sop: Sop, context: Context) -> Iterator[Hit]:
    names = context.performer_names
    for langkah in _steps(sop):
        words = _opening_words(langkah.uraian.text)
        start = 0 if not words or is_active(words[0]) else _after_subject(words, names)
        if not start:
            continue
        message = f"Uraian langkah {langkah.nomor} menyebut pelaksananya, {quote(' '.join(words[:start]))}"
        verb = next((word for word in words[start : start + _FAR] if _is_verb(word)), "")
        text = langkah.uraian.text
        rest = text[text.find(verb) :] if verb else ""
        hint = (
            f"tulis {quote(_capital(rest))}" if verb else "mulai dengan kata kerjanya; pelaksana sudah tampak di lajur"
        )
        yield Hit(step_span(sop, langkah), message, hint)


def _after_subject(words: tuple[str, ...], names: Names) -> int:
    """Count the words of the performer that the uraian begins with, 0 when it begins otherwise."""
    folded = tuple(word.casefold() for word in words)
    start = 1 if folded[0] in HONORIFICS else 0
    for name in names:
        end = start + len(name)
        if folded[start:end] == name:
            return end
    # A slip in the name shows only where the verb follows at once.
    if len(words) > start + 1 and is_active(words[start + 1]) and not is_active(words[start]):
        word = folded[start]
        if any(len(n) == 1 and len(n[0]) >= 5 and OSA.distance(word, n[0], score_cutoff=1) <= 1 for n in names):
            return start + 1
    return 0


@each_sop(
    "SOP142",
    "Keputusan tersembunyi",
    Severity.PERINGATAN,
    FLOWCHART,
    "Pilihan digambar sebagai keputusan, supaya kedua jawabannya terlihat.",
)
def hidden_decision(sop: Sop) -> Iterator[Hit]:
    for langkah in _steps(sop):
        if any(simbol.bentuk is Bentuk.KEPUTUSAN for simbol in langkah.simbol):
            continue
        for paragraph in langkah.uraian.paragraphs:
            text = _QUOTATION.sub(lambda match: " " * len(match.group()), paragraph.text)
            match = _CONDITION.search(text)
            if match:
                message = f"Langkah {langkah.nomor} memuat {quote(match.group())}: keputusan yang tidak digambar"
                hint = 'jadikan langkah keputusan, contoh: - Pelaksana: umum (keputusan "Lengkap?")'
                yield Hit(place_in(paragraph, match.start(), step_span(sop, langkah)), message, hint)


@each_sop(
    "SOP146",
    "Uraian kosong",
    Severity.GALAT,
    SENDIRI,
    "Langkah tanpa uraian tidak dapat dikerjakan.",
)
def empty_text(sop: Sop) -> Iterator[Hit]:
    for langkah in _steps(sop):
        if not WORD.search(langkah.uraian.text):
            message = f"Uraian langkah {langkah.nomor} kosong"
            yield Hit(step_span(sop, langkah), message, "tulis kegiatannya, contoh: Memeriksa berkas")


@each_sop(
    "SOP147",
    "Uraian terlalu panjang",
    Severity.CATATAN,
    SENDIRI,
    "Satu langkah memuat satu kegiatan; uraian panjang biasanya beberapa langkah.",
    kata=25,
)
def long_text(sop: Sop, kata: int) -> Iterator[Hit]:
    for langkah in _steps(sop):
        count = len(langkah.uraian.text.split())
        if count > kata:
            message = f"Uraian langkah {langkah.nomor} terdiri atas {count} kata; paling banyak {kata}"
            yield Hit(step_span(sop, langkah), message, "bagi menjadi dua langkah, atau pindahkan ke Keterangan")


@each_sop(
    "SOP149",
    "Uraian kembar",
    Severity.PERINGATAN,
    SENDIRI,
    "Dua langkah berbunyi sama tidak dapat dibedakan saat dirujuk.",
)
def repeated_step(sop: Sop) -> Iterator[Hit]:
    for prosedur in sop.prosedur:
        seen: dict[str, int] = {}
        for langkah in prosedur.langkah:
            folded = " ".join(langkah.uraian.text.casefold().split()).strip(" .;")
            if not folded or folded in BASE_VERBS:
                continue
            if folded in seen:
                message = f"Uraian langkah {langkah.nomor} sama dengan langkah {seen[folded]}"
                hint = "sebut bedanya, atau kembalikan Alur ke langkah itu"
                yield Hit(step_span(sop, langkah), message, hint)
            seen.setdefault(folded, langkah.nomor)


@whole(
    "SOP151",
    "Kata tertulis dua kali",
    Severity.PERINGATAN,
    SENDIRI,
    "Kata kembar biasanya salah ketik.",
)
def doubled_word(context: Context) -> Iterator[Hit]:
    for text in context.texts:
        for word in {first for first, second in pairwise(text.folded) if first == second and len(first) > 1}:
            if re.search(rf"\b{re.escape(word)}\s+{re.escape(word)}\b", text.text, re.IGNORECASE):
                message = f"Kata {quote(word)} tertulis dua kali berturut-turut"
                yield Hit(text.span, message, _doubled(word), once(text, word))


def _doubled(word: str) -> str:
    if word in FUNCTION_WORDS:
        return "hapus salah satu"
    hyphen = f"“{word}-{word}”"
    return (
        f"tulis dengan tanda hubung: {hyphen}" if word in DOUBLES else f"hapus salah satu; kata ulang ditulis {hyphen}"
    )


@each_sop(
    "SOP152",
    "Penulisan uraian",
    Severity.CATATAN,
    SENDIRI,
    "Uraian ditulis seragam: huruf besar di awal, tanpa titik di akhir.",
)
def sentence_marks(sop: Sop) -> Iterator[Hit]:
    for langkah in _steps(sop):
        text = langkah.uraian.text.rstrip()
        if text.endswith(".") and not _ABBREVIATION.search(text):
            message = f"Uraian langkah {langkah.nomor} diakhiri titik"
            hint = "hapus titiknya; uraian bukan kalimat lengkap"
            yield Hit(step_span(sop, langkah), message, hint, without_full_stop(sop, langkah))
        words = _opening_words(text)
        if words and words[0].islower() and not _NUMBER_FIRST.match(_without_enumerator(text)):
            message = f"Uraian langkah {langkah.nomor} diawali huruf kecil"
            fix = capital_first(sop, langkah, words[0])
            yield Hit(step_span(sop, langkah), message, f"tulis “{_capital(words[0])} …”", fix)


def _steps(sop: Sop) -> Iterator[Langkah]:
    return (langkah for prosedur in sop.prosedur for langkah in prosedur.langkah)


def _opening_words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(_without_enumerator(text)))


def _without_enumerator(text: str) -> str:
    """Cut "a.", "1)" or the like off the beginning."""
    enumerator = _ENUMERATOR.match(text)
    return text[enumerator.end() :] if enumerator else text


def _is_verb(word: str) -> bool:
    return is_active(word) and word.casefold() not in BASE_VERBS


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
