"""The joined structure tree, walked from the pages up and from the root down."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from sopdocs.pdf import Part

from . import pdf_samples as samples
from .pdf_samples import TITLES, conformance_failures, part_with


def bundled(parts: Sequence[Part]) -> Pdf:
    return pikepdf.open(io.BytesIO(samples.bundled(parts)))


@pytest.fixture
def whole(parts: tuple[Part, ...]) -> Iterator[Pdf]:
    with bundled(parts) as pdf:
        yield pdf


def kids(element: Object) -> list[Object]:
    below = element.get("/K", [])
    return list(below) if isinstance(below, Array) else [below]


def elements(element: Object) -> Iterator[Object]:
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def mcids(page: pikepdf.Page) -> list[int]:
    return [
        int(instruction.operands[1].MCID)
        for instruction in pikepdf.parse_content_stream(page)
        if str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]
    ]


def ancestors(element: Object) -> list[str]:
    names = []
    while element.get("/Type") != Name.StructTreeRoot:
        names.append(str(element.get("/T", element.S)))
        element = element.P
    return names


def test_one_document_with_a_part_for_each_sheet(whole: Pdf):
    root = whole.Root.StructTreeRoot
    (document,) = kids(root)
    assert Name.Document == document.S
    assert root == document.P
    assert [(part.S, str(part.T), document == part.P) for part in kids(document)] == [
        (Name.Part, title, True) for title in TITLES
    ]


def test_every_marked_content_is_reached_through_the_parent_tree(whole: Pdf):
    parents = pikepdf.NumberTree(whole.Root.StructTreeRoot.ParentTree)
    owners = [TITLES[0]] + [TITLES[1]] * 3 + [TITLES[2]] * 2
    checked = 0
    for page, title in zip(whole.pages, owners, strict=True):
        row = parents[int(page.obj.StructParents)]
        numbers = mcids(page)
        assert sorted(numbers) == list(range(len(row)))  # each once, none in the tree alone
        for number in numbers:
            element = row[number]
            assert number in kids(element)
            assert element.Pg.objgen == page.obj.objgen
            assert ancestors(element)[-2:] == [title, "/Document"]
            checked += 1
    assert checked == 36  # 3 x (heading + 9 cells) + 3 further pages x (heading + paragraph)


def test_no_key_is_used_twice(whole: Pdf):
    root = whole.Root.StructTreeRoot
    used = [int(page.obj.StructParents) for page in whole.pages]
    keys = list(pikepdf.NumberTree(root.ParentTree).keys())
    assert sorted(used) == sorted(set(used)) == keys
    assert keys == sorted(keys)
    assert root.ParentTreeNextKey > max(keys)


def test_from_the_root_down_nothing_of_the_parts_is_lost(whole: Pdf, parts: tuple[Part, ...]):
    expected = []
    for part in parts:
        with pikepdf.open(io.BytesIO(part.pdf)) as pdf:
            document, *below = [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]
            assert document == "/Document"
            expected += ["/Part", *below]
    found = [str(element.S) for element in elements(whole.Root.StructTreeRoot)]
    assert found == ["/Document", *expected]
    assert found.count("/TH") == 9
    figures = [element for element in elements(whole.Root.StructTreeRoot) if Name.Figure == element.S]
    assert [str(figure.Alt) for figure in figures] == ["Lambang daerah"] * 3


def test_links_keep_their_place_in_the_tree(parts: tuple[Part, ...]):
    def tagged_link(pdf: Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        page = pdf.pages[0].obj
        link = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=[9, 9, 99, 99],
                F=4,
                Border=[0, 0, 0],
                Contents=String("ke atas"),
                StructParent=7,
                Dest=Array([page, Name.Fit]),
            )
        )
        page.Annots = Array([link])
        reference = Dictionary(Type=Name.OBJR, Obj=link, Pg=page)
        element = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Link, P=root.K[0], Pg=page, K=Array([reference]))
        )
        root.K[0].K.append(element)
        pikepdf.NumberTree(root.ParentTree)[7] = element

    linked = [part_with(part, tagged_link) for part in parts]
    with bundled(linked) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        links = [page.obj.Annots[0] for page in (pdf.pages[0], pdf.pages[1], pdf.pages[4])]
        pages = [int(page.obj.StructParents) for page in pdf.pages]
        own = [int(link.StructParent) for link in links]
        assert sorted(own + pages) == sorted(set(own + pages)) == list(parents.keys())
        for link, key, title in zip(links, own, TITLES, strict=True):
            assert parents[key].K[0].Obj.objgen == link.objgen
            assert ancestors(parents[key])[-2:] == [title, "/Document"]
    assert conformance_failures(samples.bundled(linked)) == []


def test_roles_and_classes_that_contradict_are_kept_apart(parts: tuple[Part, ...]):
    def other_meaning(pdf: Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.RoleMap["/Standard"] = Name.Div
        root.RoleMap["/Kop"] = Name("/Standard")
        root.ClassMap = Dictionary(Kotak=Dictionary(O=Name.Layout, Placement=Name.Inline))
        next(element for element in elements(root) if element.S == Name.H1).C = Name("/Kotak")

    def one_meaning(pdf: Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.ClassMap = Dictionary(Kotak=Dictionary(O=Name.Layout, Placement=Name.Block))
        next(element for element in elements(root) if element.S == Name.H1).C = Array([Name("/Kotak"), 0])

    changed_parts = [part_with(parts[0], one_meaning), part_with(parts[1], other_meaning), parts[2]]
    with bundled(changed_parts) as pdf:
        root = pdf.Root.StructTreeRoot
        assert {key: str(value) for key, value in root.RoleMap.items()} == {
            "/Standard": "/P",
            "/Standard-2": "/Div",
            "/Kop": "/Div",
        }
        used = [{str(element.S) for element in elements(part)} for part in kids(root.K)]
        assert [sorted(name for name in names if name.startswith("/Standard")) for names in used] == [
            ["/Standard"],
            ["/Standard-2"],
            ["/Standard"],
        ]
        assert {key: str(value.Placement) for key, value in root.ClassMap.items()} == {
            "/Kotak": "/Block",
            "/Kotak-2": "/Inline",
        }
        classes = [element.C for element in elements(root) if "/C" in element]
        assert list(classes[0]) == [Name("/Kotak"), 0]
        assert classes[1] == Name("/Kotak-2")


def test_equal_identifiers_of_two_parts_stay_two(parts: tuple[Part, ...]):
    def identify(pdf: Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        header = next(element for element in elements(root) if element.S == Name.TH)
        cells = [element for element in elements(root) if element.S == Name.TD][:2]
        header.ID = String(b"th\xff")
        root.IDTree = Dictionary(Names=Array([header.ID, header]))
        attribute = pdf.make_indirect(Dictionary(O=Name.Table, Headers=Array([String(b"th\xff")])))
        cells[0].A = attribute
        cells[1].A = Array([attribute, Dictionary(O=Name.Layout)])

    with bundled([part_with(part, identify) for part in parts]) as pdf:
        root = pdf.Root.StructTreeRoot
        flat = list(root.IDTree.Names)
        names = [bytes(name) for name in flat[::2]]
        assert names == [b"1.th\xff", b"2.th\xff", b"3.th\xff"]
        for name, header, part in zip(names, flat[1::2], kids(root.K), strict=True):
            assert bytes(header.ID) == name
            assert ancestors(header)[-2] == str(part.T)
            cells = [element for element in elements(part) if element.S == Name.TD][:2]
            assert bytes(cells[0].A.Headers[0]) == name
            assert bytes(cells[1].A[0].Headers[0]) == name


def test_a_tree_with_several_roots_gets_one_part(parts: tuple[Part, ...]):
    def without_document(pdf: Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.K = root.K[0].K
        for kid in root.K:
            kid.P = root

    with bundled([parts[0], part_with(parts[1], without_document)]) as pdf:
        first, second = kids(pdf.Root.StructTreeRoot.K)
        assert (second.S, str(second.T)) == (Name.Part, TITLES[1])
        assert all(second == kid.P for kid in kids(second))
        assert len(kids(second)) > len(kids(first))


def test_a_part_in_another_language_says_so(parts: tuple[Part, ...]):
    def javanese(pdf: Pdf) -> None:
        pdf.Root.Lang = String("jv-ID")

    with bundled([parts[0], part_with(parts[1], javanese)]) as pdf:
        first, second = kids(pdf.Root.StructTreeRoot.K)
        assert "/Lang" not in first
        assert str(second.Lang) == "jv-ID"
