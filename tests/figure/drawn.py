"""What an SVG of two flows shows, read back from its text."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Drawn:
    """One thing of the picture."""

    macam: str
    sisi: str
    nama: str
    tanda: str
    akibat: bool
    element: ElementTree.Element

    @property
    def words(self) -> list[str]:
        """Its texts, line by line, signs among them."""
        return ["".join(text.itertext()) for text in self.element.iter(f"{_SVG}text")]

    @property
    def line(self) -> ElementTree.Element:
        """Its first outline."""
        return next(each for each in self.element if each.tag != f"{_SVG}text")

    @property
    def points(self) -> list[tuple[float, float]]:
        """Corners of its line, millimetres."""
        pairs = (pair.split(",") for pair in self.line.attrib["points"].split())
        return [(float(x), float(y)) for x, y in pairs]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of its first outline, millimetres."""
        if "points" in self.line.attrib:
            xs, ys = zip(*self.points, strict=True)
            return min(xs), min(ys), max(xs), max(ys)
        x, y, width, height = (float(self.line.attrib[key]) for key in ("x", "y", "width", "height"))
        return x, y, x + width, y + height


def tables(svg: str) -> list[list[Drawn]]:
    """The things of each procedure, in the order in which they are drawn."""
    root = ElementTree.fromstring(svg)
    opening, *found, _ = [each for each in root if each.tag == f"{_SVG}g"]
    assert "Salinan telaah" in "".join(opening.itertext())
    return [[_drawn(each) for each in block if "data-macam" in each.attrib] for block in found]


def of(things: list[Drawn], macam: str, sisi: str = "") -> list[Drawn]:
    """The things of one kind, on one side or on both."""
    return [each for each in things if each.macam == macam and (not sisi or each.sisi == sisi)]


def _drawn(element: ElementTree.Element) -> Drawn:
    told = {key.removeprefix("data-"): value for key, value in element.attrib.items()}
    names = (told.get(key, "") for key in ("macam", "sisi", "nama", "tanda"))
    return Drawn(*names, told.get("akibat") == "ya", element)
