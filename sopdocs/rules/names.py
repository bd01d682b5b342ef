"""Names that differ by a letter: of officials, of the office and of performers, and numbers of officials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

from sopdocs.content.report import quote
from sopdocs.model import Pejabat, Severity, Span, Workspace
from sopdocs.rules.likeness import Name, is_near, near_words, slips, vocabulary
from sopdocs.rules.rule import PRAKTIK, Context, Hit, whole
from sopdocs.rules.texts import WORD

TOPIC = "Nama"
_TITLES = frozenset("h hj kh dr dra drs ir prof drg gusti".split())
_OFFICES = {"kecamatan": "Camat", "kabupaten": "Bupati", "kelurahan": "Lurah"}
_NUMBER = re.compile(r"(?<!\d)\d(?:[ .]?\d){16,18}(?!\d)", re.ASCII)
_NEAR_DIGITS = 3
"""Two NIP of different people differ in more digits: birth date, start of service and sequence number."""
_ALONE = 6
"""Letters of the shortest performer of one word that is compared; “Camat” has neighbours such as “cacat”."""


def words_of_name(name: str) -> tuple[str, ...]:
    """Return the folded words of a person's name without degrees, titles and what follows the first comma."""
    parts = [part for part in name.partition(",")[0].split() if "." not in part]
    words = [word.casefold() for part in parts for word in WORD.findall(part)]
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    return tuple(words)


def _known_names(workspace: Workspace) -> tuple[Name, ...]:
    names: list[Name] = []
    for official in workspace.pejabat.values():
        words = words_of_name(official.nama)
        names.append(Name(official.nama.partition(",")[0], words, "pejabat.yaml"))
    for full in (workspace.instansi.nama, workspace.instansi.kabupaten or ""):
        kind, _, proper = full.partition(" ")
        forms = [full, f"{_OFFICES[kind.casefold()]} {proper}"] if kind.casefold() in _OFFICES else [full]
        forms.append(proper)
        names += [Name(form, tuple(w.casefold() for w in WORD.findall(form)), "instansi.yaml") for form in forms]
    # One word alone is near too many others: a person "Hariani", a text "Harian".
    return tuple(name for name in names if len(name.words) > 1)


@whole(
    "SOP128",
    "Nama atau NIP berbeda tipis",
    Severity.GALAT,
    PRAKTIK,
    "Satu orang dengan beberapa ejaan meragukan tanda tangannya (lima ejaan pada satu bundel).",
)
def nearly_named(context: Context) -> Iterator[Hit]:
    yield from _names_in_texts(context)
    yield from _numbers_in_texts(context)
    yield from _disagreeing_officials(context)


def _names_in_texts(context: Context) -> Iterator[Hit]:
    """Report texts in which the name of an official or of the office is nearly right."""
    workspace, texts = context.workspace, context.texts
    names = _known_names(workspace)
    honest = {word for name in names for word in name.words}
    honest |= {word.casefold() for other in workspace.instansi.kantor_lain for word in WORD.findall(other)}
    honest |= {word for name in _performers(workspace) for word in name.words}
    near = near_words(vocabulary(texts), names, frozenset(honest))
    for text in texts:
        seen: set[int] = set()
        if text.field == "pejabat.nama":
            continue
        for slip in slips(text, names, near):
            run = text.words[slip.start : slip.start + len(slip.name.words)]
            places = set(range(slip.start, slip.start + len(run)))
            if places & seen or not all(word[0].isupper() for word in run):
                continue
            seen |= places
            message = f"{quote(' '.join(run))} berbeda tipis dari {quote(slip.name.shown)} di {slip.name.source}"
            yield Hit(text.span, message, f"tulis {quote(slip.name.shown)}, di sini atau di sana")


def _numbers_in_texts(context: Context) -> Iterator[Hit]:
    """Report numbers in texts that are nearly the NIP of an official."""
    known = {_digits(official.nip): official for official in context.workspace.pejabat.values() if official.nip}
    for text in context.texts:
        for match in _NUMBER.finditer(text.text):
            number = _digits(match.group())
            official = next((known[nip] for nip in known if _nearly(number, nip)), None)
            if number not in known and official:
                message = f"NIP {quote(match.group())} berbeda tipis dari NIP {official.nama} di pejabat.yaml"
                yield Hit(text.span, message, f"tulis {quote(official.nip)}, di sini atau di sana")


def _disagreeing_officials(context: Context) -> Iterator[Hit]:
    """Report two entries of pejabat.yaml that must be one person, yet differ.

    Entries of one name whose NIP differ widely are namesakes and stay unreported.
    """
    # Every entry, not every pair, is cut into words; a register holds some dozens.
    officials = [(each, words_of_name(each.nama), _digits(each.nip)) for each in context.workspace.pejabat.values()]
    for (first, names, nip), (second, other_names, other_nip) in combinations(officials, 2):
        if not nip or not other_nip:
            continue
        if nip == other_nip and _spelling(first.nama) != _spelling(second.nama):
            message = f"NIP “{second.nip}” juga milik {quote(first.nama)}, di sini {quote(second.nama)}"
            yield Hit(_span(second, "nama"), message, "samakan namanya, atau perbaiki NIP-nya")
        elif nip != other_nip and _alike(names, other_names) and _nearly(nip, other_nip):
            message = f"NIP {quote(second.nama)} berbeda tipis dari NIP {quote(first.nama)}, “{first.nip}”"
            yield Hit(_span(second, "nip"), message, "samakan bila keduanya orang yang sama")


def _alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return len(first) == len(second) and all(a == b or is_near(a, b) for a, b in zip(first, second, strict=True))


def _nearly(number: str, known: str) -> bool:
    return number != known and OSA.distance(number, known, score_cutoff=_NEAR_DIGITS) <= _NEAR_DIGITS


def _digits(nip: str) -> str:
    return "".join(mark for mark in nip if mark.isdigit())


def _spelling(nama: str) -> str:
    return "".join(nama.casefold().split())


def _span(official: Pejabat, field: str) -> Span:
    return official.spans.get(field) or official.spans.get("") or Span("content/pejabat.yaml")


def _performers(workspace: Workspace) -> tuple[Name, ...]:
    shown = {
        part
        for performer in workspace.pelaksana.values()
        for name in (performer.nama, performer.singkatan or "")
        for part in (name, *name.split("/"))
    }
    names = (Name(part, tuple(w.casefold() for w in WORD.findall(part)), "pelaksana.yaml") for part in sorted(shown))
    return tuple(name for name in names if name.words)


@whole(
    "SOP153",
    "Nama pelaksana berbeda ejaan",
    Severity.PERINGATAN,
    PRAKTIK,
    "Sebutan jabatan ditulis sama di mana pun, seperti pada pelaksana.yaml.",
)
def misspelt_performer(context: Context) -> Iterator[Hit]:
    """Inflections are not reported."""
    workspace, texts = context.workspace, context.texts
    names = tuple(n for n in _performers(workspace) if len(n.words) > 1 or len("".join(n.words)) >= _ALONE)
    honest = {word for name in (*_performers(workspace), *_known_names(workspace)) for word in name.words}
    near = near_words(vocabulary(texts), names, frozenset(honest))
    near = {word: frozenset(n for n in found if _misspelt(word, n)) for word, found in near.items()}
    near = {word: found for word, found in near.items() if found}
    for text in texts:
        if text.field.startswith("pelaksana."):
            continue
        seen: set[tuple[str, ...]] = set()
        for slip in slips(text, names, near):
            run = text.words[slip.start : slip.start + len(slip.name.words)]
            if run not in seen:
                seen.add(run)
                message = f"{quote(' '.join(run))} berbeda ejaan dari {quote(slip.name.shown)} di {slip.name.source}"
                yield Hit(text.span, message, f"tulis {quote(slip.name.shown)}, di sini atau di sana")


def _misspelt(word: str, known: str) -> bool:
    """Whether a near word is no word of its own: memohon for pemohon, pemohonan, sekretariat for sekretaris."""
    affixed = word[0] != known[0] or word.startswith(known)
    return not affixed and OSA.distance(word, known) == 1
