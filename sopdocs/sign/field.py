"""The signature field, invisible or with the visible mark, tagged as PDF/UA asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, cast

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from sopdocs.errors import UsageError
from sopdocs.sign.foreign import Array, Dictionary, Writer, entry, signature_fields

FIELD_NAME = "Pengesahan"
"""Name of the one signature field of a bundle."""

FIELD_LABEL = "Tanda tangan elektronik pengesahan"
"""What assistive technology reads for the field (/TU and /Alt)."""

_DEEPEST = 32
"""Levels of a page tree."""

ADVICE = "Buat ulang PDF itu dengan perintah build, lalu tandatangani lagi."


MARK_LEFT = 15 / 25.4 * 72
"""Points from the left edge of the page to the mark: the margin of our sheets."""

MARK_BOTTOM = 2.0
"""Points from the lower edge of the page: the zone of stamps is 60 points high and otherwise empty."""


@dataclass(frozen=True, slots=True)
class VisibleMark:
    """The mark on the first page."""

    pdf: bytes = field(repr=False)
    """One page, as large as the mark (`sopdocs.pdf.draw_mark`)."""
    text: str
    """What assistive technology reads for it."""


def add_field(writer: BasePdfFileWriter, name: str = FIELD_NAME, label: str = FIELD_LABEL) -> None:
    """Add the empty, invisible signature field `name` to the first page and to the structure tree.

    PDF/A forbids the hidden flag (ISO 19005-2, 6.3.2), and PDF/UA wants every widget that is not hidden inside a
    Form element (ISO 14289-1, 7.18.4) with a name (7.18.1) on a page with /Tabs /S (7.18.3). So the widget has
    no extent, prints, and is tagged; assistive technology reads `label`. Raises UsageError when the file has no
    structure tree.
    """
    update = cast("Writer", writer)
    parent = document_element(update)
    append_signature_field(writer, SigFieldSpec(sig_field_name=name, readable_field_name=label))
    widget = _widget(writer, name)
    element = update.add_object(_form_element(parent, widget, label))
    append_child(update, parent, element)

    dictionary = _dictionary(widget)
    dictionary[pdf_name("/StructParent")] = NumberObject(_register_parent(update, element))
    page = _dictionary(dictionary.raw_get("/P"))
    page[pdf_name("/Tabs")] = pdf_name("/S")
    update.update_container(page)


def show_mark(writer: BasePdfFileWriter, mark: VisibleMark, name: str = FIELD_NAME) -> None:
    """Give the field the extent and the looks of the mark, at the lower left of the page (ISO 32000-1, 12.5.5).

    To be called when pyHanko has filled in the signature: into a field with an extent it draws a stamp of its own,
    whose font is not embedded. Raises UsageError when the page has no room.
    """
    update = cast("Writer", writer)
    widget = _dictionary(_widget(writer, name))
    appearance = import_mark(update, mark)
    place = mark_place(_dictionary(widget.raw_get("/P")), appearance)
    widget[pdf_name("/Rect")] = ArrayObject([FloatObject(f"{each:.3f}") for each in place])
    widget[pdf_name("/AP")] = DictionaryObject({pdf_name("/N"): appearance})
    update.update_container(widget)


def _widget(writer: BasePdfFileWriter, name: str) -> IndirectObject:
    return next(reference for found, reference in signature_fields(writer) if found == name)


def import_mark(writer: Writer, mark: VisibleMark) -> IndirectObject:
    """Bring the page of the mark into the file as a form XObject."""
    return cast("Any", writer).import_page_as_xobject(PdfFileReader(BytesIO(mark.pdf)))


def mark_place(page: Dictionary, appearance: IndirectObject) -> tuple[float, float, float, float]:
    """Return where the mark stands on `page`: left, bottom, right, top in points; UsageError when it has no room."""
    edges = cast("Any", inherited(page, "/MediaBox"))
    _, _, width, height = (float(each) for each in cast("Any", _dictionary(appearance)["/BBox"]))
    left, bottom = float(edges[0]) + MARK_LEFT, float(edges[1]) + MARK_BOTTOM
    if left + width > float(edges[2]) or bottom + height > float(edges[3]):
        raise UsageError("Halaman pertama terlalu kecil untuk tanda pengesahan.", ADVICE)
    return left, bottom, left + width, bottom + height


def inherited(page: Dictionary, key: str) -> object:
    """Return a page attribute, wherever above the page it stands (ISO 32000-1, 7.7.3.4)."""
    node = page
    for _ in range(_DEEPEST):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            break
        node = _dictionary(node.raw_get("/Parent"))
    raise UsageError("Halaman pertama PDF yang akan ditandatangani tidak utuh.", ADVICE)


def _dictionary(value: object) -> Dictionary:
    found = cast("object", value.get_object()) if isinstance(value, PdfObject) else None
    if not isinstance(found, DictionaryObject):
        raise UsageError("Struktur dokumen PDF yang akan ditandatangani tidak utuh.", ADVICE)
    return cast("Dictionary", found)


def _array(value: object) -> Array | None:
    return cast("Array", value) if isinstance(value, ArrayObject) else None


def document_element(writer: Writer) -> IndirectObject:
    """Return the top structure element: the first /Document, or else the first of all."""
    root = entry(writer.root, "/StructTreeRoot")
    if not isinstance(root, DictionaryObject) or "/K" not in root:
        raise UsageError(
            "PDF yang akan ditandatangani tidak bertanda struktur (tagged PDF).",
            "Buat PDF dengan perintah build; berkas dari program lain tidak dapat ditandatangani di sini.",
        )
    tree = cast("Dictionary", root)
    kids = _array(entry(tree, "/K"))
    raw = [tree.raw_get("/K")] if kids is None else [kids.raw_get(index) for index in range(len(kids))]
    elements = [kid for kid in raw if isinstance(kid, IndirectObject)]
    if not elements:
        raise UsageError("Struktur dokumen PDF yang akan ditandatangani kosong.", ADVICE)
    return next((kid for kid in elements if entry(_dictionary(kid), "/S") == "/Document"), elements[0])


def _form_element(parent: IndirectObject, widget: IndirectObject, label: str) -> DictionaryObject:
    page = _dictionary(widget).raw_get("/P")
    reference = {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): widget, pdf_name("/Pg"): page}
    return DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): parent,
            pdf_name("/Pg"): page,
            pdf_name("/Alt"): pdf_string(label),
            pdf_name("/K"): DictionaryObject(reference),
        }
    )


def append_child(writer: Writer, parent: IndirectObject, element: IndirectObject) -> None:
    """Make `element` the last child of the structure element `parent`."""
    dictionary = _dictionary(parent)
    kids = _array(entry(dictionary, "/K"))
    if kids is not None:
        kids.append(element)
        writer.update_container(kids)
        return
    # /K may hold one child without an array (ISO 32000-1, table 323).
    children = [dictionary.raw_get("/K")] if "/K" in dictionary else []
    dictionary[pdf_name("/K")] = ArrayObject([*children, element])
    writer.update_container(dictionary)


def _register_parent(writer: Writer, element: IndirectObject) -> int:
    """Enter `element` into the parent tree and return its key (ISO 32000-1, 14.7.4.4)."""
    root = _dictionary(entry(writer.root, "/StructTreeRoot"))
    tree = _dictionary(entry(root, "/ParentTree"))
    key = max(_highest_key(tree) + 1, _integer(entry(root, "/ParentTreeNextKey") or 0))
    kids, nums = _array(entry(tree, "/Kids")), _array(entry(tree, "/Nums"))
    if kids is not None:
        pair = ArrayObject([NumberObject(key), element])
        limits = ArrayObject([NumberObject(key), NumberObject(key)])
        kids.append(writer.add_object(DictionaryObject({pdf_name("/Limits"): limits, pdf_name("/Nums"): pair})))
        writer.update_container(kids)
    elif nums is not None:
        nums.append(NumberObject(key))
        nums.append(element)
        writer.update_container(nums)
    else:
        raise UsageError("Pohon struktur PDF yang akan ditandatangani tidak utuh.", ADVICE)
    if "/ParentTreeNextKey" in root:
        root[pdf_name("/ParentTreeNextKey")] = NumberObject(key + 1)
        writer.update_container(root)
    return key


def page_elements(writer: Writer, page: Dictionary) -> Array:
    """Return the entry of `page` in the parent tree: the structure element of each marked content, by MCID.

    The array is made ready for changing. Raises UsageError when the page has none (ISO 32000-1, 14.7.4.4).
    """
    tree = _dictionary(entry(_dictionary(entry(writer.root, "/StructTreeRoot")), "/ParentTree"))
    found = _looked_up(tree, _integer(entry(page, "/StructParents")))
    elements = _array(found.get_object() if isinstance(found, PdfObject) else None)
    if elements is None:
        raise UsageError("Halaman pertama PDF yang akan ditandatangani tidak bertanda struktur.", ADVICE)
    if isinstance(found, IndirectObject):
        cast("Any", writer).mark_update(found)
    else:
        writer.update_container(found)
    return elements


def _looked_up(tree: Dictionary, key: int) -> object:
    """Return the raw value of `key` in a number tree, None when it is absent."""
    nums, kids = _array(entry(tree, "/Nums")), _array(entry(tree, "/Kids"))
    for index in range(0, 0 if nums is None else len(nums), 2):
        if nums is not None and nums[index] == key:
            return nums.raw_get(index + 1)
    for index in range(0 if kids is None else len(kids)):
        found = None if kids is None else _looked_up(_dictionary(kids[index]), key)
        if found is not None:
            return found
    return None


def _highest_key(tree: Dictionary) -> int:
    """Return the highest key of a number tree, -1 when it is empty."""
    nums, kids = _array(entry(tree, "/Nums")), _array(entry(tree, "/Kids"))
    if nums is not None and len(nums) > 0:
        return max(_integer(nums[index]) for index in range(0, len(nums), 2))
    if kids is not None:
        return max((_highest_key(_dictionary(kids[index])) for index in range(len(kids))), default=-1)
    return -1


def _integer(value: object) -> int:
    if not isinstance(value, int):
        raise UsageError("Pohon struktur PDF yang akan ditandatangani memuat kunci yang bukan bilangan.", ADVICE)
    return int(value)
