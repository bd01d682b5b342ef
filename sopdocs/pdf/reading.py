"""Read back what a bundle holds, from a file that nobody has vouched for."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, Stream, String

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf.attachments import safe_name

T = TypeVar("T")

LARGEST_STREAM = 256 * 1024 * 1024
LARGEST_SUM = 512 * 1024 * 1024
"""Bytes that one stream, and all attachments together, may unfold to."""
MOST = 20_000
"""Bookmarks, names or attachments of each kind that are read."""
_ADVICE = "Minta berkas aslinya, atau buat ulang dengan sopdocs build."
_PDFA_PART = re.compile(rb"\bpdfaid:part\s*(?:>|=\s*[\"'])\s*([1-9])\s*[<\"']")

# For the whole process, as qpdf has it: a few bytes of a hostile file must not unfold to all of the memory.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=LARGEST_STREAM,
    run_length_max_memory=LARGEST_STREAM,
    png_max_memory=LARGEST_STREAM,
    tiff_max_memory=LARGEST_STREAM,
)


@dataclass(frozen=True, slots=True)
class PartFacts:
    """Where a part stands."""

    key: str
    title: str
    group: str
    first: int
    """Its first page, from 1."""
    pages: int


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """An attachment as found."""

    name: str
    data: bytes = field(repr=False)
    mime: str
    relationship: str
    """"Source", "Data" …; empty when the file does not say."""
    description: str

    @property
    def sha256(self) -> str:
        """Digest of the content, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """What a file says it holds; whether that is true is for its seal."""

    title: str
    pages: int
    pdfa_part: int | None
    """2 or 3, as its XMP claims."""
    parts: tuple[PartFacts, ...]
    """In the order of their pages; empty for a file that is no bundle."""
    attachments: tuple[AttachedFile, ...]
    """By name."""


def read_bundle(pdf: bytes) -> BundleFacts:
    """Read what a bundle, sealed or not, holds.

    Raises OutputRejectedError, and nothing else, for a file that is broken, encrypted, contradicts itself, or tries to
    exhaust the reader or to write outside the folder that its attachments are unpacked into.
    """
    return _opened(pdf, _facts)


def claimed_part(pdf: bytes) -> int | None:
    """Return the part of PDF/A that `pdf` claims to follow. Raises OutputRejectedError as `read_bundle` does."""
    return _opened(pdf, _part_of)


def _opened(pdf: bytes, read: Callable[[Pdf], T]) -> T:
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise OutputRejectedError("Berkas PDF ini terenkripsi", _ADVICE)
            return read(document)
    except OutputRejectedError:
        raise
    except pikepdf.PasswordError:
        raise OutputRejectedError("Berkas PDF ini terenkripsi", _ADVICE) from None
    except Exception as error:  # what stands in a broken file may be of any kind
        raise OutputRejectedError("Berkas PDF ini rusak dan tidak dapat dibaca", _ADVICE) from error


def _part_of(document: Pdf) -> int | None:
    metadata = document.Root.get(Name.Metadata)
    claimed = _PDFA_PART.search(metadata.read_bytes()) if isinstance(metadata, Stream) else None
    return int(claimed[1]) if claimed else None


def _facts(document: Pdf) -> BundleFacts:
    return BundleFacts(
        title=_text(document.docinfo.get(Name.Title)),
        pages=len(document.pages),
        pdfa_part=_part_of(document),
        parts=tuple(_parts(document)),
        attachments=tuple(_attachments(document)),
    )


def _parts(document: Pdf) -> Iterator[PartFacts]:
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    places = _named(document, Name.Dests)
    found = [(key, title, group, numbers[_page_of(places[key])]) for key, title, group in _marked(document)]
    starts = [first for _, _, _, first in found]
    if starts and (starts != sorted(set(starts)) or starts[0] != 1):
        raise OutputRejectedError("Urutan bagian dalam PDF ini tidak sesuai dengan halamannya", _ADVICE)
    ends = [*starts[1:], len(numbers) + 1]
    for (key, title, group, first), end in zip(found, ends, strict=False):
        yield PartFacts(key, title, group, first, end - first)


def _marked(document: Pdf) -> Iterator[tuple[str, str, str]]:
    """Yield key, title and group of each bookmark of a part: those that lead to a named destination."""
    root = document.Root.get(Name.Outlines)
    for item in _children(root):
        if isinstance(item.get(Name.Dest), String):
            yield _text(item.Dest), _text(item.get(Name.Title)), ""
            continue
        for below in _children(item):
            if isinstance(below.get(Name.Dest), String):
                yield _text(below.Dest), _text(below.get(Name.Title)), _text(item.get(Name.Title))


def _children(item: Object | None) -> Iterator[Object]:
    child = item.get(Name.First) if isinstance(item, Dictionary) else None
    for _ in range(MOST):
        if child is None:
            return
        yield child
        child = child.get(Name.Next)
    raise OutputRejectedError("Daftar penanda PDF ini berputar atau terlalu panjang", _ADVICE)


def _page_of(place: Object) -> tuple[int, int]:
    target = place.D if isinstance(place, Dictionary) else place
    return target[0].objgen


def _named(document: Pdf, kind: Name) -> Mapping[str, Object]:
    names = document.Root.get(Name.Names)
    tree = names.get(kind) if isinstance(names, Dictionary) else None
    found: dict[str, Object] = {}
    for number, (name, value) in enumerate(NameTree(tree).items() if tree is not None else ()):
        text = name if isinstance(name, str) else bytes(name).decode("utf-8")
        if number >= MOST or text in found:
            raise OutputRejectedError("Daftar nama dalam PDF ini berulang atau terlalu panjang", _ADVICE)
        found[text] = value
    return found


def _attachments(document: Pdf) -> Iterator[AttachedFile]:
    total = 0
    for key, specification in sorted(_named(document, Name.EmbeddedFiles).items()):
        name = _text(specification.get(Name.UF, specification.get(Name.F)))
        if name != key or not safe_name(name):
            raise OutputRejectedError(f"Nama lampiran PDF ini tidak aman: {name!r}", _ADVICE)
        file = specification.EF.F
        if specification.EF.get(Name.UF, file) != file:
            raise OutputRejectedError(f"Lampiran PDF ini bermuka dua: {name!r}", _ADVICE)
        data = file.read_bytes()
        total += len(data)
        if total > LARGEST_SUM:
            raise OutputRejectedError("Lampiran PDF ini terlalu besar setelah dibuka", _ADVICE)
        yield AttachedFile(
            name,
            data,
            str(file.get(Name.Subtype, "")).removeprefix("/"),
            str(specification.get(Name.AFRelationship, "")).removeprefix("/"),
            _text(specification.get(Name.Desc)),
        )


def _text(value: Object | None) -> str:
    return "" if value is None or isinstance(value, Array | Dictionary) else str(value)
