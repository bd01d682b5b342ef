"""What the maker of a bundle says that it holds, compared with what a file holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sopdocs.pdf import adds_only_seal
from sopdocs.sign.contents import Contents, PartFacts

_CHANGED = (
    "Berkas ini berawal dengan bundel yang dicatat manifest, tetapi tambahan sesudahnya bukan hanya segel: "
    "isinya dapat tampak lain."
)


@dataclass(frozen=True, slots=True)
class ExpectedSop:
    """One SOP of the register."""

    slug: str
    nomor: str | None
    nama: str

    @property
    def key(self) -> str:
        """Key of its part in the bundle."""
        return f"sop/{self.slug}"


@dataclass(frozen=True, slots=True)
class ExpectedAttachment:
    """One file that is to be attached."""

    name: str
    sha256: str
    """Hexadecimal."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What build/manifest.json says of the bundle."""

    sha256: str
    """Of the unsigned bundle, hexadecimal."""
    size: int
    """Length of the unsigned bundle in bytes."""
    pages: int
    parts: tuple[PartFacts, ...]
    attachments: tuple[ExpectedAttachment, ...]
    register: tuple[ExpectedSop, ...]
    """SOPs of the bundle, in any order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a file is not what was expected."""

    subject: str
    """Indonesian: what differs, for example a part's title."""
    sentence: str


def compare(
    expectation: Expectation, pdf: bytes, contents: Contents | None, texts: Callable[[], Sequence[str]]
) -> tuple[Difference, ...]:
    """Return the differences between `pdf`, which holds `contents`, and `expectation`; empty when there is none.

    A sealed bundle begins with the bytes of the unsigned one, and what follows seals it and changes nothing: then its
    pages are the same, and `texts`, the text of each page, is asked for only otherwise, in order to say where. Without
    `contents` only the bytes are compared.
    """
    begin = pdf[: expectation.size]
    same = len(begin) == expectation.size and hashlib.sha256(begin).hexdigest() == expectation.sha256
    found: list[Difference] = []
    if not same:
        sentence = "Berkas ini tidak berawal dengan bundel yang dicatat manifest (SHA-256 berbeda)."
        found.append(Difference("Bundel", sentence))
    elif pdf != begin and not adds_only_seal(begin, pdf):
        # Whoever has a trusted certificate of any kind could change a bundle after its end, and sign the result.
        same = False
        found.append(Difference("Bundel", _CHANGED))
    if contents is not None:
        found += _pages(expectation, contents)
        found += _parts(expectation, contents)
        found += _attachments(expectation, contents)
        if not same:
            found += _register(expectation, contents, texts())
    return tuple(found)


def _pages(expectation: Expectation, contents: Contents) -> Iterator[Difference]:
    if contents.pages != expectation.pages:
        yield Difference("Halaman", f"Manifest mencatat {expectation.pages} halaman, berkas memuat {contents.pages}.")


def _parts(expectation: Expectation, contents: Contents) -> Iterator[Difference]:
    expected = {part.key: part for part in expectation.parts}
    found = {part.key: part for part in contents.parts}
    for key, part in expected.items():
        if key not in found:
            yield Difference(part.title, "Bagian ini dicatat manifest, tetapi tidak ada dalam berkas.")
        elif found[key] != part:
            yield Difference(part.title, f"{_told('Manifest', part)}; {_told('berkas', found[key])}.")
    for key, part in found.items():
        if key not in expected:
            yield Difference(part.title, "Bagian ini ada dalam berkas, tetapi tidak dicatat manifest.")
    if list(expected) != list(found) and expected.keys() == found.keys():
        yield Difference("Urutan", "Urutan bagian dalam berkas lain dari yang dicatat manifest.")


def _told(teller: str, part: PartFacts) -> str:
    return f"{teller}: “{part.title}” mulai halaman {part.first_page}, {part.pages} halaman"


def _attachments(expectation: Expectation, contents: Contents) -> Iterator[Difference]:
    expected = {each.name: each.sha256 for each in expectation.attachments}
    found = {each.name: each.sha256 for each in contents.attachments}
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield Difference(name, "Lampiran ini dicatat manifest, tetapi tidak ada dalam berkas.")
        elif name not in expected:
            yield Difference(name, "Lampiran ini ada dalam berkas, tetapi tidak dicatat manifest.")
        elif found[name] != expected[name]:
            yield Difference(name, "Isi lampiran ini lain dari yang dicatat manifest (SHA-256 berbeda).")


def _without_space(text: str) -> str:
    """Readers of a PDF guess blanks from distances."""
    return "".join(text.split())


def _register(expectation: Expectation, contents: Contents, texts: Sequence[str]) -> Iterator[Difference]:
    """Say of each SOP of the register whether its first page carries its number and its name."""
    found = {part.key: part for part in contents.parts}
    for sop in expectation.register:
        part = found.get(sop.key)
        if part is None:
            yield Difference(sop.nama, f"SOP {sop.nomor or sop.slug} dari daftar SOP tidak ada dalam berkas.")
            continue
        printed = _without_space("".join(texts[part.first_page - 1 : part.first_page]))
        for name, value in (("Nomor", sop.nomor), ("Nama", sop.nama)):
            if value is not None and _without_space(value) not in printed:
                sentence = f"{name} SOP “{value}” tidak tercetak di halaman {part.first_page}."
                yield Difference(sop.nama, sentence)
