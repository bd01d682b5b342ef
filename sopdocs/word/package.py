"""A DOCX as its parts: read, check, write with equal bytes for equal parts."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from typing import Any, cast

from lxml import etree

from sopdocs.errors import OutputRejectedError
from sopdocs.word.fields import strange_field
from sopdocs.word.xml import NS, Element, parse_strictly, qn

Parts = dict[str, bytes]
"""Part name without leading slash -> content."""
_TAG = re.compile(r"\{\{|\{%|\{#|%\}|\}\}|#\}")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAX_PARTS = 500
_MAX_BYTES = 60_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Start of compound files: documents of Word 97, and encrypted ones of today."""
_AGAIN = "buka berkasnya dengan Word dan simpan ulang sebagai .docx"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
"""Type of the only relationship that may lead out of a document."""
_PART_LINK = re.compile(r"\.\./(?:bagian|sop)/[a-z0-9-]+\.pdf")
"""From one part of the bundle to another; LibreOffice does not open it."""
_RELATIONS = etree.XPath("//@r:id | //@r:embed | //@r:link", namespaces={"r": NS["r"]})
"""Ids of relationships; an evaluator runs in one thread at a time, and waits for it."""

CHANGES = tuple(qn(f"w:{name}") for name in ("ins", "del", "rPrChange", "pPrChange"))
"""Tracked changes (ISO/IEC 29500-1, 17.13.5); bookmarks and they share their ids (17.13)."""


class PackageError(OutputRejectedError):
    """A DOCX that must not be written."""


def read_package(data: bytes) -> Parts:
    """Unpack a DOCX; raises PackageError for anything that is none."""
    if data.startswith(_OLE):
        advice = "buka dengan Word, hapus kata sandinya, dan simpan sebagai .docx"
        raise PackageError("Berkas ini dikunci kata sandi atau berformat .doc lama", advice)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MAX_PARTS or sum(info.file_size for info in infos) > _MAX_BYTES:
                raise PackageError("Berkas Word ini terlalu besar", "hapus gambar besar dari templat")
            if len({info.filename.casefold() for info in infos}) < len(infos):
                raise PackageError("Berkas Word ini memuat dua bagian bernama sama", _AGAIN)
            return {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except _BROKEN as error:
        raise PackageError("Berkas ini bukan dokumen Word (.docx) yang utuh", _AGAIN) from error


def write_package(parts: Parts) -> bytes:
    """Pack parts: content types first, then by name, all with one fixed time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def check_package(parts: Parts) -> None:
    """Check strict XML, content types, relationships, ids unique over all parts, and that no template tag is left.

    Raises PackageError naming the part.
    """
    trees = check_parts(parts)
    for name, tree in trees.items():
        if name.startswith("word/") and name.endswith(".xml"):
            _check_tags(name, tree)
            _check_changes(name, tree)
    _check_ids(trees)


def check_parts(parts: Parts) -> dict[str, Element]:
    """Check what a template must satisfy as well: strict XML, content types, relationships. Returns the XML parts."""
    trees = {name: _strict(name, data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    if "[Content_Types].xml" not in trees or "word/document.xml" not in trees:
        raise PackageError("Dokumen Word tidak lengkap: bagian utamanya tidak ada", _AGAIN)
    _check_types(trees["[Content_Types].xml"], parts)
    targets = {name: _check_relations(name, tree, parts) for name, tree in trees.items() if name.endswith(".rels")}
    for name, tree in trees.items():
        if name.startswith("word/") and name.endswith(".xml"):
            _check_references(name, tree, targets)
            _check_fields(name, tree)
    return trees


def _strict(name: str, data: bytes) -> Element:
    try:
        tree = parse_strictly(data)
    except etree.XMLSyntaxError as error:
        raise PackageError(f"Bagian {name} bukan XML yang sah: {error.msg}", "periksa penanda di templat") from error
    about = cast(Any, tree.getroottree().docinfo)  # asked of the parser: in UTF-16 no search would find it
    if about.doctype:
        raise PackageError(f"Bagian {name} memuat DOCTYPE", "simpan ulang templat dengan Word")
    return tree


def _check_types(types: Element, parts: Parts) -> None:
    defaults = {str(e.get("Extension")).casefold() for e in types.findall(qn("ct:Default"))}
    overrides = {str(e.get("PartName")).lstrip("/") for e in types.findall(qn("ct:Override"))}
    for missing in sorted(overrides - set(parts)):
        raise PackageError(f"Daftar jenis isi menyebut bagian yang tidak ada: {missing}")
    for name in parts:
        if (
            name != "[Content_Types].xml"
            and name not in overrides
            and name.rpartition(".")[2].casefold() not in defaults
        ):
            raise PackageError(f"Bagian {name} tidak punya jenis isi")


def _check_relations(name: str, tree: Element, parts: Parts) -> set[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    ids: Counter[str] = Counter()
    for relation in tree.findall(qn("rel:Relationship")):
        ids[str(relation.get("Id"))] += 1
        target = str(relation.get("Target"))
        if relation.get("TargetMode") == "External":
            if relation.get("Type") == HYPERLINK and _PART_LINK.fullmatch(target):
                continue
            # LibreOffice fetches linked pictures from the network while converting.
            raise PackageError(f"Dokumen merujuk ke luar: {target}", "sisipkan gambar atau isinya ke dalam templat")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if path not in parts:
            raise PackageError(f"{name} merujuk ke bagian yang tidak ada: {path}")
    for repeated in (key for key, count in ids.items() if count > 1):
        raise PackageError(f"{name} memuat id hubungan {repeated} dua kali")
    return set(ids)


def _check_references(name: str, tree: Element, targets: dict[str, set[str]]) -> None:
    folder, _, file = name.rpartition("/")
    known = targets.get(f"{folder}/_rels/{file}.rels", set())
    for value in cast(list[str], _RELATIONS(tree)):
        if value not in known:
            raise PackageError(f"Bagian {name} merujuk ke hubungan {value} yang tidak ada")


def _check_fields(name: str, tree: Element) -> None:
    field = strange_field(tree)
    if field is not None:
        raise PackageError(
            f"Bagian {name} memuat bidang (field) {field}, yang mengambil isi dari luar atau berubah tiap hari",
            "hapus bidang itu di Word, atau ganti dengan teks biasa; nomor halaman (PAGE, NUMPAGES) boleh",
        )


def _check_tags(name: str, tree: Element) -> None:
    for paragraph in tree.iter(qn("w:p")):
        text = "".join(t.text or "" for t in paragraph.iter(qn("w:t"), qn("w:delText")))
        match = _TAG.search(text)
        if match:
            raise PackageError(
                f"Penanda templat masih tersisa di {name}: “{text.strip()[:80]}”",
                "periksa ejaan penanda; daftarnya ada di templates/README.md",
            )


def _check_changes(name: str, tree: Element) -> None:
    """Deleted text stands in `w:del` and nowhere else, and each change names its author (17.3.3.7, 17.13.5)."""
    for text in tree.iter(qn("w:t"), qn("w:delText")):
        gone = next(text.iterancestors(qn("w:del")), None) is not None
        if gone != (text.tag == qn("w:delText")):
            raise PackageError(f"Bagian {name} memuat teks terhapus di tempat yang salah: “{(text.text or '')[:80]}”")
    for change in tree.iter(*CHANGES):
        if not change.get(qn("w:author")):
            raise PackageError(f"Bagian {name} memuat perubahan terlacak tanpa nama pembuatnya")


def _check_ids(trees: dict[str, Element]) -> None:
    seen: dict[tuple[str, str], str] = {}
    kinds = {qn("wp:docPr"): ("gambar", "id"), qn("w:bookmarkStart"): ("markah", qn("w:id"))}
    kinds |= dict.fromkeys(CHANGES, ("markah", qn("w:id")))
    for name, tree in trees.items():
        for element in tree.iter(*kinds):
            kind, attribute = kinds[str(element.tag)]
            key = (kind, str(element.get(attribute)))
            if key in seen:
                raise PackageError(f"Id {kind} {key[1]} dipakai dua kali ({seen[key]} dan {name})")
            seen[key] = name
