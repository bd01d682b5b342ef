"""Attributes of table cells and paragraphs, stored once and unchanged."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Object

from sopdocs.pdf import Part, normalise
from sopdocs.pdf.attributes import share_attributes

from .pdf_samples import DATE, TITLES


def attributes(element: Object) -> list[Object]:
    found = element.get("/A", Array())
    return list(found) if isinstance(found, Array) else [found]


def spoken(element: Object) -> tuple:
    """The tree with the attributes of each element."""
    kids = element.get("/K", [])
    below = kids if isinstance(kids, Array) else [kids]
    inside = [spoken(kid) for kid in below if isinstance(kid, Dictionary) and "/S" in kid]
    return str(element.S), [each.unparse(resolved=True) for each in attributes(element)], inside


def test_elements_keep_their_attributes_and_share_equal_ones(raw: tuple[bytes, ...]):
    with pikepdf.open(io.BytesIO(raw[0])) as pdf:
        before = spoken(pdf.Root.StructTreeRoot.K[0])
        share_attributes(pdf)
        assert spoken(pdf.Root.StructTreeRoot.K[0]) == before
        holders = [item for item in pdf.objects if isinstance(item, Dictionary) and "/S" in item]
        kept = {each.objgen: each.unparse(resolved=True) for item in holders for each in attributes(item)}
        assert len(kept) > 3
        assert len(set(kept.values())) == len(kept)


def test_a_normalised_sheet_has_fewer_objects(raw: tuple[bytes, ...], parts: tuple[Part, ...]):
    with (
        pikepdf.open(io.BytesIO(raw[0])) as before,
        pikepdf.open(io.BytesIO(normalise(raw[0], title=TITLES[0], date=DATE))) as after,
    ):
        counts = [sum(isinstance(each, Dictionary) for each in pdf.objects) for pdf in (before, after)]
        assert counts[1] < counts[0]
