"""The invisible signature field, tagged as PDF/UA asks."""

from __future__ import annotations

from typing import cast

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from sopdocs.errors import UsageError
from sopdocs.sign.foreign import Array, Dictionary, Writer, entry, signature_fields

FIELD_NAME = "Pengesahan"
"""Name of the one signature field of a bundle."""

FIELD_LABEL = "Tanda tangan elektronik pengesahan"
"""What assistive technology reads for the field (/TU and /Alt)."""

ADVICE = "Buat ulang PDF itu dengan perintah build, lalu tandatangani lagi."


def add_field(writer: BasePdfFileWriter) -> None:
    """Add the empty, invisible signature field to the first page and to the structure tree.

    PDF/A forbids the hidden flag (ISO 19005-2, 6.3.2), and PDF/UA wants every widget that is not hidden inside a
    Form element (ISO 14289-1, 7.18.4) with a name (7.18.1) on a page with /Tabs /S (7.18.3). So the widget has
    no extent, prints, and is tagged. Raises UsageError when the file has no structure tree.
    """
    update = cast("Writer", writer)
    parent = _document_element(update)
    append_signature_field(writer, SigFieldSpec(sig_field_name=FIELD_NAME, readable_field_name=FIELD_LABEL))
    widget = next(reference for name, reference in signature_fields(writer) if name == FIELD_NAME)
    element = update.add_object(_form_element(parent, widget))
    _append_child(update, parent, element)

    dictionary = _dictionary(widget)
    dictionary[pdf_name("/StructParent")] = NumberObject(_register_parent(update, element))
    page = _dictionary(dictionary.raw_get("/P"))
    page[pdf_name("/Tabs")] = pdf_name("/S")
    update.update_container(page)


def _dictionary(value: object) -> Dictionary:
    found = cast("object", value.get_object()) if isinstance(value, PdfObject) else None
    if not isinstance(found, DictionaryObject):
        raise UsageError("Struktur dokumen PDF yang akan ditandatangani tidak utuh.", ADVICE)
    return cast("Dictionary", found)


def _array(value: object) -> Array | None:
    return cast("Array", value) if isinstance(value, ArrayObject) else None


def _document_element(writer: Writer) -> IndirectObject:
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


def _form_element(parent: IndirectObject, widget: IndirectObject) -> DictionaryObject:
    page = _dictionary(widget).raw_get("/P")
    reference = {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): widget, pdf_name("/Pg"): page}
    return DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): parent,
            pdf_name("/Pg"): page,
            pdf_name("/Alt"): pdf_string(FIELD_LABEL),
            pdf_name("/K"): DictionaryObject(reference),
        }
    )


def _append_child(writer: Writer, parent: IndirectObject, element: IndirectObject) -> None:
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
