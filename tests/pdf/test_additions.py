"""A seal after a bundle is told from a change of what the bundle shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from sopdocs.layout import FontData
from sopdocs.pdf import Mark, Part, adds_only_seal, bundle, draw_mark
from sopdocs.sign import Statement, Terms, VisibleMark, development_key, sign
from sopdocs.sign.stamping import stamp_page

from ..sign import tampering

NOW = datetime(2026, 11, 23, tzinfo=UTC)
Change = Callable[[IncrementalPdfFileWriter], None]


@pytest.fixture(scope="module")
def merged(parts: tuple[Part, ...], fonts: FontData) -> bytes:
    return bundle(list(parts), title="Bundel", date=date(2026, 1, 2), author="Dinas Contoh", font=fonts.regular)


def mark(fonts: FontData) -> VisibleMark:
    return VisibleMark(draw_mark(Mark("sha256:00", ("Budi Contoh", "Uji"), 300.0), fonts.regular, fonts.bold), "Tanda")


def changed(pdf: bytes, change: Change) -> bytes:
    writer, output = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    change(writer)
    writer.write(output)
    return output.getvalue()


def test_a_seal_with_its_mark_changes_nothing(merged: bytes, fonts: FontData, tmp_path: Path) -> None:
    key, statement = development_key(tmp_path / "kunci", now=NOW), Statement("Budi Contoh", "Uji", "Contoh")
    assert adds_only_seal(merged, sign(merged, key, now=NOW, statement=statement))
    marked = sign(merged, key, now=NOW, statement=statement, terms=Terms(mark=mark(fonts), prove=False))
    assert adds_only_seal(merged, marked)
    assert not adds_only_seal(merged, b"%PDF-1.7 bukan PDF")
    assert not adds_only_seal(marked, changed(marked, tampering.page_content))


def test_a_mark_on_the_page_stays_in_its_zone(merged: bytes, fonts: FontData) -> None:
    stamped = stamp_page(merged, mark(fonts))
    assert adds_only_seal(merged, stamped)
    # The same form, shown higher up, where it covers what the page says.
    shown = b"cm /TandaPengesahan Do"
    at = stamped.rindex(shown)
    start = stamped.rindex(b" ", 0, at - 1) + 1
    raised = stamped[:start] + b"400.0"[: at - 1 - start].ljust(at - 1 - start, b"0") + stamped[at - 1 :]
    assert not adds_only_seal(merged, raised)


def widget(height: int) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        rectangle = generic.ArrayObject([generic.NumberObject(number) for number in (10, 10, 200, height)])
        entries = {"/Subtype": pdf_name("/Widget"), "/FT": pdf_name("/Sig"), "/Rect": rectangle}
        dictionary = generic.DictionaryObject({pdf_name(name): value for name, value in entries.items()})
        page = writer.find_page_for_modification(0)[0]
        writer.register_annotation(page, writer.add_object(dictionary))

    return change


def test_a_signature_may_look_like_anything_in_its_zone_only() -> None:
    pdf = tampering.document("Pertama")
    assert adds_only_seal(pdf, changed(pdf, widget(60)))
    assert not adds_only_seal(pdf, changed(pdf, widget(200)))


@pytest.mark.parametrize(
    "change",
    [
        tampering.page_content,
        tampering.overlay,
        tampering.font,
        tampering.annotation,
        tampering.redirected_kids,
        tampering.title,
        tampering.attachment_added,
        tampering.attachment_removed,
        tampering.attachment_replaced,
    ],
)
def test_anything_else_is_a_change(change: Change) -> None:
    pdf = tampering.document("Pertama")
    assert not adds_only_seal(pdf, changed(pdf, change))
