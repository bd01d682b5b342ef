"""Links from part to part."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

from sopdocs.office import Converter
from sopdocs.pdf import Part, normalise, page_texts

from .pdf_samples import DATE, bundled, conformance_failures, part_with
from .test_links import linked

KEY = 40
"""Of the first link in the parent tree of a part."""


def linking(part: Part, *addresses: str) -> Part:
    """`part` with tagged links on its first page, each around a word of its own as LibreOffice tags them."""

    def change(pdf: Pdf) -> None:
        root, page = pdf.Root.StructTreeRoot, pdf.pages[0].obj
        page.Annots = Array()
        for number, address in enumerate(addresses):
            link = pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=[9, 9 + 20 * number, 99, 19 + 20 * number],
                    F=4,
                    Border=[0, 0, 0],
                    Contents=String(address),
                    StructParent=KEY + number,
                    A=Dictionary(S=Name.URI, URI=String(address)),
                )
            )
            page.Annots.append(link)
            reference = Dictionary(Type=Name.OBJR, Obj=link, Pg=page)
            element = pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Link, P=root.K[0], Pg=page, K=Array([reference]))
            )
            root.K[0].K.append(element)
            NumberTree(root.ParentTree)[KEY + number] = element

    return part_with(part, change)


def links(pdf: Pdf) -> list[Object]:
    return [link for page in pdf.pages for link in page.obj.get("/Annots", [])]


def elements(pdf: Pdf, kind: str) -> list[Object]:
    return [item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == Name(kind)]


def test_a_link_to_another_part_leads_there(parts: tuple[Part, ...]):
    addresses = ("../sop/surat-keluar.pdf", "../bagian/daftar-isi.pdf", "../sop/surat%2Dmasuk.pdf")
    made = bundled([parts[0], linking(parts[1], *addresses), parts[2]])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert [str(link.Dest) for link in links(pdf)] == ["sop/surat-keluar", "bagian/daftar-isi", "sop/surat-masuk"]
        assert [str(link.Contents) for link in links(pdf)] == list(addresses)
        assert all("/A" not in link for link in links(pdf))
        assert len(elements(pdf, "/Link")) == 3
    assert conformance_failures(made) == []


def test_a_link_to_what_is_not_in_the_bundle_becomes_plain(parts: tuple[Part, ...]):
    linked = linking(parts[1], "../sop/hilang.pdf", "../sop/surat-keluar.pdf")
    made = bundled([parts[0], linked, parts[2]])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (link,) = links(pdf)
        (element,) = elements(pdf, "/Link")
        (span,) = (item for item in elements(pdf, "/Span") if len(item.K) == 0)
        assert str(link.Dest) == "sop/surat-keluar"
        parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        assert parents[int(link.StructParent)] == element
        rows = [value for value in parents.values() if isinstance(value, Dictionary)]
        assert rows == [element]
        assert span.P == element.P
        assert sum(item.get("/Subtype") == Name.Link for item in pdf.objects if isinstance(item, Dictionary)) == 1
    assert conformance_failures(made) == []


def test_a_link_to_the_web_stays(parts: tuple[Part, ...]):
    made = bundled([linking(parts[1], "https://contoh.invalid/a.pdf")])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert [str(link.A.URI) for link in links(pdf)] == ["https://contoh.invalid/a.pdf"]


@pytest.mark.parametrize("known", [(), ("bagian/daftar-isi",), ("bagian/daftar-isi", "sop/pengelolaan-surat")])
def test_links_as_libreoffice_tags_them(converter: Converter, parts: tuple[Part, ...], known: tuple[str, ...]):
    pdf = normalise(converter.convert(linked(), name="Tautan"), title="Tautan", date=DATE)
    others = [dataclasses.replace(part, key=key) for part, key in zip(parts, known, strict=False)]
    made = bundled([Part("Tautan", "sop/tautan", pdf), *others])
    with pikepdf.open(io.BytesIO(made)) as document:
        assert {str(link.Dest) for link in links(document)} == set(known)
        parents = NumberTree(document.Root.StructTreeRoot.ParentTree)
        for link in links(document):
            element = parents[int(link.StructParent)]
            assert Name.Link == element.S
            assert any("/Obj" in kid and kid.Obj == link for kid in element.K if isinstance(kid, Dictionary))
        assert bool(elements(document, "/Link")) == bool(known)
    assert conformance_failures(made) == []
    assert all("Pengelolaan Surat" in page_texts(each)[0] for each in (pdf, made))
