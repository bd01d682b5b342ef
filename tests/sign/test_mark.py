"""The visible mark is the looks of the signature field, in the zone of stamps, in the revision of the signature."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from sopdocs.errors import UsageError
from sopdocs.layout import FontData
from sopdocs.pdf import Mark, draw_mark
from sopdocs.sign import DevelopmentKey, Terms, Verdict, VisibleMark, sign, verify
from sopdocs.sign.stamping import stamp_page

from ..pdf.pdf_samples import conformance_failures
from .material import NOW, STATEMENT, small_pdf
from .test_signature import encrypted, pdfsig, untagged

TEXT = "Segel uji coba Budi Contoh"
ZONE = 60
"""Points: the lowest part of a page, kept free for electronic signatures."""


@pytest.fixture(scope="module")
def mark(fonts: FontData) -> VisibleMark:
    picture = draw_mark(Mark("sha256:00", ("Budi Contoh", "Camat Contoh"), 240.0), fonts.regular, fonts.bold)
    return VisibleMark(picture, TEXT)


def test_the_mark_is_the_appearance(office: bytes, key: DevelopmentKey, mark: VisibleMark) -> None:
    signed = sign(office, key, now=NOW, statement=STATEMENT, terms=Terms(mark=mark))
    assert signed.startswith(office)
    assert signed.count(b"%%EOF") == office.count(b"%%EOF") + 1
    with pikepdf.open(BytesIO(signed)) as pdf:
        (widget,) = pdf.Root.AcroForm.Fields
        left, bottom, right, top = (float(each) for each in widget.Rect)
        assert left == pytest.approx(15 / 25.4 * 72, abs=0.01)
        assert (bottom, top) == (2, 58)
        assert right - left == pytest.approx(240)
        assert top < ZONE
        looks = widget.AP.N
        assert [float(each) for each in looks.BBox] == [0, 0, 240, 56]
        assert set(looks.Resources.Font.keys()) == {"/B", "/R"}  # not pyHanko's own stamp, whose font is not embedded
        form = pdf.Root.StructTreeRoot.K[0].K[-1]
        assert (form.S, str(form.Alt), str(widget.TU)) == ("/Form", TEXT, TEXT)
    assert verify(signed, trusted=[key.certificate], now=NOW).verdict is Verdict.PASSED


def test_a_marked_file_passes_both_profiles(office: bytes, key: DevelopmentKey, mark: VisibleMark) -> None:
    assert conformance_failures(sign(office, key, now=NOW, statement=STATEMENT, terms=Terms(mark=mark))) == []


def test_pdfsig_agrees(office: bytes, key: DevelopmentKey, mark: VisibleMark, tmp_path: object) -> None:
    signed = sign(office, key, now=NOW, statement=STATEMENT, terms=Terms(mark=mark))
    assert "Total document signed" in pdfsig(signed, tmp_path)


def test_a_page_without_room(unsigned: bytes, key: DevelopmentKey, fonts: FontData) -> None:
    wide = VisibleMark(draw_mark(Mark("a", ("Budi Contoh",), 440.0), fonts.regular, fonts.bold), TEXT)
    with pytest.raises(UsageError, match="terlalu kecil"):
        sign(unsigned, key, now=NOW, statement=STATEMENT, terms=Terms(mark=wide))
    with pytest.raises(UsageError, match="terlalu kecil"):
        stamp_page(unsigned, wide)


def test_a_stamped_page_passes_both_profiles(office: bytes, mark: VisibleMark) -> None:
    stamped = stamp_page(office, mark)
    assert stamped.startswith(office)
    assert conformance_failures(stamped) == []


@pytest.mark.parametrize(("kids", "single_child"), [(False, False), (True, False), (False, True)])
def test_a_stamp_joins_any_shape_of_structure_tree(mark: VisibleMark, kids: bool, single_child: bool) -> None:
    stamped = stamp_page(small_pdf(kids=kids, single_child=single_child), mark)
    with pikepdf.open(BytesIO(stamped)) as pdf:
        tree = pdf.Root.StructTreeRoot
        document = tree.K if single_child else tree.K[0]
        figure = document.K[1]
        assert (figure.S, int(figure.K)) == ("/Figure", 1)
        assert pikepdf.NumberTree(tree.ParentTree)[0][1].objgen == figure.objgen
        # The page's own content is between q and Q, and its text is still there.
        shown = b"".join(part.read_bytes() for part in pdf.pages[0].Contents)
        assert shown.index(b"q\n") < shown.index(b"Pertama") < shown.index(b"Q\n/Figure")


@pytest.mark.parametrize("pdf", [b"", encrypted(), untagged()], ids=["empty", "encrypted", "untagged"])
def test_what_cannot_be_stamped(pdf: bytes, mark: VisibleMark) -> None:
    with pytest.raises(UsageError) as caught:
        stamp_page(pdf, mark)
    assert caught.value.advice
