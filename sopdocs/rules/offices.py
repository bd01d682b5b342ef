"""Another office's name left in a text, as happens when sheets are copied (SOP129).

The office's own names are those of `instansi.yaml` (nama, kabupaten, kop), of groups and of performers. A level of
government is judged only when one of them names it: the texts of an office without a kecamatan may name any. Dinas,
badan and desa are never judged, and kelurahan only in a kelurahan: an office names those it works with every day. The
same holds for “Kota X” in a kabupaten, where it is mostly a town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sopdocs.content.report import quote
from sopdocs.model import Instansi, Severity, Workspace
from sopdocs.rules.bahasa import Form, form_of
from sopdocs.rules.kosakata import FUNCTION_WORDS, LIKE_VERBS, ORDINARY_AFTER_PLACE
from sopdocs.rules.likeness import is_near
from sopdocs.rules.rule import PRAKTIK, Context, Hit, whole
from sopdocs.rules.texts import WORD, Text

TOPIC = "Kantor"

_KINDS = {
    "kecamatan": ("kecamatan", "camat"),
    "kabupaten": ("kabupaten", "bupati", "wali kota", "walikota", "pemerintah kota"),
    "provinsi": ("provinsi", "gubernur"),
    "kelurahan": ("kelurahan", "lurah"),
}
_LEVEL = {kind: level for level, kinds in _KINDS.items() for kind in kinds} | {"kota": "kabupaten"}
_PLACE = re.compile(
    r"\b((?i:kecamatan|camat|kabupaten|bupati|wali\s?kota|pemerintah\s+kota|kota|provinsi|gubernur|kelurahan|lurah))"
    r"(?=\s+([^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*)*))"
)
_FIRST_WORDS = frozenset(word for kind in _LEVEL for word in kind.split())
_REGULATED = ("kecamatan", "kabupaten")
_LEGAL = ("dasar_hukum", "keputusan.mengingat")
_FOUNDING = re.compile(r"\b(?:pembentukan|pemekaran|batas|penggabungan)\b", re.IGNORECASE)
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Own:
    places: dict[str, frozenset[Place]]
    """Names of the office itself by level, without their kind."""
    allowed: frozenset[Place]
    """Other names that may be named."""
    city: bool
    """Whether the office belongs to a Kota."""
    ordinary: frozenset[str]
    """Words written small somewhere, hence no names."""


@whole(
    "SOP129",
    "Nama kantor lain",
    Severity.GALAT,
    PRAKTIK,
    "Nama kantor lain di dalam teks menandakan lembar yang disalin tanpa diperiksa.",
)
def other_office(context: Context) -> Iterator[Hit]:
    office = context.workspace.instansi
    own = _own(context.workspace, context.texts, office.kantor_lain)
    for text in context.texts:
        if text.field.startswith(("instansi.", "pelaksana.")) or _FIRST_WORDS.isdisjoint(text.folded):
            continue
        seen: set[Place] = set()
        for kind, run in _named(text):
            place = _foreign(text, kind, run, own)
            if place and place not in seen:
                seen.add(place)
                yield _hit(text, kind, place, office)


def _own(workspace: Workspace, texts: Iterable[Text], kantor_lain: tuple[str, ...]) -> _Own:
    office = workspace.instansi
    lines = (office.nama, office.kabupaten or "", *office.kop)
    places: dict[str, set[Place]] = {}
    for kind, place in _places(lines):
        level = _LEVEL[kind]
        if level != "kelurahan" or office.nama.casefold().startswith("kelurahan"):
            places.setdefault(level, set()).add(place)
    groups = [kelompok.nama for sop in workspace.sop.values() for kelompok in sop.kelompok]
    performers = [name for p in workspace.pelaksana.values() for name in (p.nama, p.singkatan or "")]
    others = {place for _, place in _places((*groups, *performers, *kantor_lain))}
    others |= {_fold(name) for name in kantor_lain}
    small = frozenset(word for text in texts for word in text.words if word.islower())
    city = any(line.casefold().startswith(("kota ", "pemerintah kota ")) for line in lines)
    return _Own({k: frozenset(v) for k, v in places.items()}, frozenset(others - {()}), city, small)


def _places(lines: Iterable[str]) -> Iterator[tuple[str, Place]]:
    for line in lines:
        for match in _PLACE.finditer(line):
            place = _fold(match[2])
            # "Kecamatan Kota Contoh" is a name; in "Kecamatan Contoh Kabupaten Contoh" another begins.
            end = next((i for i, word in enumerate(place) if i and word in _FIRST_WORDS), len(place))
            if place:
                yield _kind(match[1]), place[:end]


def _named(text: Text) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each kind of place in the text with the capitalised words after it."""
    for match in _PLACE.finditer(text.text):
        run: list[str] = []
        for word in match[2].split():
            if not word[0].isupper():
                break
            run.append(word)
        issuer = "tentang" not in text.text[: match.start()].casefold()
        if run and (text.field not in _LEGAL or issuer or not _FOUNDING.search(text.text)):
            yield _kind(match[1]), tuple(run)


def _foreign(text: Text, kind: str, run: tuple[str, ...], own: _Own) -> Place:
    """Return the name when it is another office's, else nothing."""
    level = _LEVEL[kind]
    known = own.places.get(level, frozenset())
    if not known or (kind == "kota" and not own.city) or (text.field in _LEGAL and level not in _REGULATED):
        return ()
    folded = tuple(word.casefold() for word in run)
    if any(folded[: len(place)] == place for place in known | own.allowed) or any(_nearly(folded, p) for p in known):
        return ()
    place = _trimmed(folded)
    if (
        place
        and _all_capitals_mean_nothing(text)
        and (folded[0] in own.ordinary or form_of(folded[0]) is not Form.OTHER)
    ):
        return ()
    return run[: len(place)]


def _trimmed(words: Place) -> Place:
    """Cut a run of words before the first that cannot belong to a place."""
    for number, word in enumerate(words):
        # Some places look like verbs (Mempawah); a missed one is better than "Camat Memeriksa" taken for a place.
        verb = form_of(word) in (Form.ACTIVE, Form.PASSIVE)
        if verb or word in ORDINARY_AFTER_PLACE or word in FUNCTION_WORDS or word in LIKE_VERBS:
            return words[:number]
    return words


def _all_capitals_mean_nothing(text: Text) -> bool:
    """Whether the text is in title case or capitals throughout."""
    return not any(word.islower() for word in text.words if len(word) >= 4 and word.casefold() not in FUNCTION_WORDS)


def _nearly(folded: Place, place: Place) -> bool:
    """Whether it is an own name with a slip, which SOP128 reports."""
    run = folded[: len(place)]
    return len(run) == len(place) and all(a == b or is_near(a, b) for a, b in zip(run, place, strict=True))


def _hit(text: Text, kind: str, place: Place, office: Instansi) -> Hit:
    name = f"{kind.title()} {' '.join(place[:4])}"
    own = office.nama if _LEVEL[kind] != "kabupaten" or not office.kabupaten else office.kabupaten
    message = f"Teks ini menyebut {quote(name)}; kantor ini {own}"
    return Hit(text.span, message, "perbaiki; kantor lain yang memang dimaksud ditulis pada kantor_lain")


def _kind(written: str) -> str:
    return " ".join(written.casefold().split())


def _fold(name: str) -> Place:
    return tuple(word.casefold() for word in WORD.findall(name))
