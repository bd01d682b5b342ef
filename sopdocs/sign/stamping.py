"""Put the visible mark on the page itself, for a service that makes its signature field alone."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from sopdocs.sign.field import VisibleMark, append_child, document_element, import_mark, mark_place, page_elements
from sopdocs.sign.foreign import Dictionary, Reader, Writer, signature_fields
from sopdocs.sign.quiet import open_unsigned, require_untouched_metadata

_NAME = b"/TandaPengesahan"
"""Of the mark among the page's resources; nothing else uses it."""


def stamp_page(pdf: bytes, mark: VisibleMark) -> bytes:
    """Return `pdf` followed by one revision that shows `mark` at the lower left of the first page.

    The mark is a Figure of the structure tree with its alternative text (ISO 14289-1, 7.3). Raises UsageError when
    `pdf` cannot be signed anyway: unreadable, encrypted, untagged, or with a signature field.
    """
    quiet = open_unsigned(pdf)
    writer, loose = cast("Writer", quiet), cast("Any", quiet)
    parent = document_element(writer)
    reference = loose.find_page_for_modification(0)[0]
    page = cast("Dictionary", reference.get_object())
    appearance = import_mark(writer, mark)
    place = mark_place(page, appearance)
    elements = page_elements(writer, page)
    number = len(elements)
    element = writer.add_object(_figure(parent, reference, number, place, mark.text))
    elements.append(element)
    append_child(writer, parent, element)

    # The page's own content may leave a changed state behind.
    before = writer.add_object(StreamObject(stream_data=b"q\n"))
    shown = b"\nQ\n/Figure <</MCID %d>> BDC\nq 1 0 0 1 %.3f %.3f cm %s Do Q\nEMC\n" % (number, *place[:2], _NAME)
    after = writer.add_object(StreamObject(stream_data=shown))
    resources = DictionaryObject({pdf_name("/XObject"): DictionaryObject({pdf_name(_NAME.decode()): appearance})})
    loose.add_stream_to_page(0, before, prepend=True)
    loose.add_stream_to_page(0, after, resources=resources)
    output = BytesIO()
    loose.write(output)
    stamped = output.getvalue()
    require_untouched_metadata(quiet, stamped[len(pdf) :])
    return stamped


def _figure(
    parent: IndirectObject, page: object, number: int, place: tuple[float, float, float, float], text: str
) -> DictionaryObject:
    """Return the structure element of the marked content `number` on `page`, which fills `place`."""
    box = ArrayObject([FloatObject(f"{each:.3f}") for each in place])
    return DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Figure"),
            pdf_name("/P"): parent,
            pdf_name("/Pg"): page,
            pdf_name("/Alt"): pdf_string(text),
            pdf_name("/K"): NumberObject(number),
            pdf_name("/A"): DictionaryObject({pdf_name("/O"): pdf_name("/Layout"), pdf_name("/BBox"): box}),
        }
    )


def only_signature_covers(pdf: bytes) -> bool:
    """Tell whether `pdf` has exactly one signature field, signed, and the signature covers the entire file."""
    try:
        reader = PdfFileReader(BytesIO(pdf))
        fields = list(signature_fields(reader))
        signatures = cast("Reader", reader).embedded_signatures
        if len(fields) != 1 or len(signatures) != 1:
            return False
        signatures[0].compute_digest()
        return signatures[0].evaluate_signature_coverage().name == "ENTIRE_FILE"
    except (PdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False
