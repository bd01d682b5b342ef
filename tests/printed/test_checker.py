"""The checker of printed sheets can fail: each damage done to a good document is seen in its PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy

import pytest
from lxml import etree

from sopdocs.layout import FontData
from sopdocs.office import Converter
from tests.gallery.flows import workspace
from tests.gallery.making import made
from tests.printed.sheets import read_sheet, violations

Root = etree._Element
_NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_MM = 36_000
_PART = "word/document.xml"


def _damaged(docx: bytes, damage: Callable[[Root], None]) -> bytes:
    """The document after `damage` was done to its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == _PART:
                root = etree.fromstring(data)
                damage(root)
                data = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
            new.writestr(name, data)
    return out.getvalue()


def _shapes(root: Root, name: str) -> Iterator[Root]:
    found = root.xpath(f".//wp:anchor[wp:docPr[@name='{name}']]", namespaces=_NS)
    assert found, name
    yield from found


def _shape(root: Root, name: str) -> Root:
    return next(_shapes(root, name))


def _moved(name: str, right: float = 0, down: float = 0) -> Callable[[Root], None]:
    """Millimetres."""

    def damage(root: Root) -> None:
        for where, by in (("wp:positionH", right), ("wp:positionV", down)):
            offset = _shape(root, name).find(f"{where}/wp:posOffset", _NS)
            offset.text = str(int(offset.text) + round(by * _MM))

    return damage


def _gone(name: str) -> Callable[[Root], None]:
    def damage(root: Root) -> None:
        run = next(a for a in _shape(root, name).iterancestors(f"{{{_NS['w']}}}r"))
        run.getparent().remove(run)

    return damage


def _twice(root: Root) -> None:
    run = next(a for a in _shape(root, "Panah 1 ke 2").iterancestors(f"{{{_NS['w']}}}r"))
    run.addnext(deepcopy(run))


def _headless(root: Root) -> None:
    head = _shape(root, "Panah 1 ke 2").find(".//a:tailEnd", _NS)
    head.getparent().remove(head)


def _turned(root: Root) -> None:
    _shape(root, "Panah 1 ke 2").find(".//a:tailEnd", _NS).tag = f"{{{_NS['a']}}}headEnd"


def _longer(root: Root) -> None:
    shape = _shape(root, "Panah 1 ke 2")
    for extent in (shape.find("wp:extent", _NS), shape.find(".//a:ext[@cy]", _NS)):
        extent.set("cy", str(int(extent.get("cy")) + 4 * _MM))


def _written(name: str, text: str) -> Callable[[Root], None]:
    def damage(root: Root) -> None:
        _shape(root, name).find(".//w:t", _NS).text = text

    return damage


def _exchanged(one: str, other: str) -> Callable[[Root], None]:
    """The texts of two shapes change places."""

    def damage(root: Root) -> None:
        a, b = (_shape(root, name).find(".//w:t", _NS) for name in (one, other))
        a.text, b.text = b.text, a.text

    return damage


def _small(root: Root) -> None:
    for size in _shape(root, "Jawaban Ya").iterfind(".//w:sz", _NS):
        size.set(f"{{{_NS['w']}}}val", "13")


def _boxed(root: Root) -> None:
    geometry = _shape(root, "Langkah 2, Kasubbag").find(".//a:custGeom", _NS)
    preset = etree.Element(f"{{{_NS['a']}}}prstGeom", prst="rect")
    geometry.getparent().replace(geometry, preset)


def _headings(root: Root) -> list[Root]:
    return root.xpath(".//w:tr[w:trPr/w:tblHeader]", namespaces=_NS)


def _unnumbered(root: Root) -> None:
    for text in _headings(root)[2].iterfind(".//w:t", _NS):
        text.text = "0"


def _renamed(root: Root) -> None:
    next(t for t in _headings(root)[1].iterfind(".//w:t", _NS) if t.text == "Kasubbag").text = "Kasubag"


def _row(root: Root, number: int) -> Root:
    return _headings(root)[2].getparent().findall("w:tr", _NS)[2 + number]


def _misnumbered(root: Root) -> None:
    _row(root, 3).find(".//w:t", _NS).text = "4."


def _reworded(root: Root) -> None:
    _row(root, 1).findall(".//w:t", _NS)[-1].text = "lain"


_PLAIN: dict[str, tuple[str, Callable[[Root], None]]] = {
    "an arrow is shifted by 1 mm": ("ends", _moved("Panah 1 ke 2", down=1)),
    "an arrow is missing": ("flow", _gone("Panah 1 ke 2")),
    "an arrow is drawn twice": ("overlap", _twice),
    "an arrow has lost its head": ("flow", _headless),
    "an arrow points backwards": ("flow", _turned),
    "an arrow runs into its symbol": ("through", _longer),
    "an arrow leaves the lanes": ("area", _moved("Panah 1 ke 2", right=-60)),
    "a label is missing": ("no label", _gone("Jawaban Ya")),
    "a label lies on a line": ("label", _moved("Jawaban Ya", right=-2.5)),
    "a label stands far away": ("label", _moved("Jawaban Ya", right=30)),
    "answers are exchanged": ("flow", _exchanged("Jawaban Ya", "Jawaban Tidak")),
    "an answer is another": ("flow", _written("Jawaban Ya", "Tak")),
    "a text is too small": ("size", _small),
    "a symbol is shifted by 1 mm": ("ends", _moved("Langkah 2, Kasubbag", right=1)),
    "a symbol stands in another lane": ("symbol", _moved("Langkah 4, Staf", right=26)),
    "a symbol leaves its cell": ("cell", _moved("Langkah 4, Staf", down=4)),
    "a symbol has another shape": ("symbol", _boxed),
    "a symbol is missing": ("symbol", _gone("Langkah 4, Staf")),
    "a symbol says something else": ("text in symbol", _written("Langkah 1, Staf", "Awal")),
    "column numbers are wrong": ("heading", _unnumbered),
    "a lane has another heading": ("heading", _renamed),
    "a step has another number": ("rows", _misnumbered),
    "a cell says something else": ("text", _reworded),
    "ink stands in the foot of the page": ("foot", _moved("Jawaban Ya", down=150)),
}
_PAGED: dict[str, tuple[str, Callable[[Root], None]]] = {
    "connectors have exchanged their numbers": (
        "flow",
        _exchanged("Penghubung 1 ke halaman 2", "Penghubung 2 ke halaman 4"),
    ),
    "a connector bears a foreign number": ("connector", _written("Penghubung 1 ke halaman 2", "9")),
    "a connector is missing": ("connector", _gone("Penghubung 1 dari halaman 1")),
    "a connector names another page": ("connector", _written("Rujukan hal. 4", "hal. 3")),
}


def _rules(slug: str, fonts: FontData, converter: Converter, damage: Callable[[Root], None] | None) -> set[str]:
    docx = made(slug, fonts).docx
    pdf = converter.convert(_damaged(docx, damage) if damage else docx, name=slug)
    return {violation.rule for violation in violations(read_sheet(workspace().sop[slug], workspace(), pdf))}


@pytest.mark.parametrize("slug", ["kembali-satu", "lewati-halaman"])
def test_good_sheets_break_no_rule(slug: str, fonts: FontData, converter: Converter) -> None:
    # A connector that finds no room for the name of its page still bears its number.
    assert _rules(slug, fonts, converter, None) <= {"no page"}


@pytest.mark.parametrize("name", _PLAIN)
def test_damage_is_seen(name: str, fonts: FontData, converter: Converter) -> None:
    rule, damage = _PLAIN[name]
    assert rule in _rules("kembali-satu", fonts, converter, damage)


@pytest.mark.parametrize("name", _PAGED)
def test_damage_to_pairs_is_seen(name: str, fonts: FontData, converter: Converter) -> None:
    rule, damage = _PAGED[name]
    assert rule in _rules("lewati-halaman", fonts, converter, damage)
