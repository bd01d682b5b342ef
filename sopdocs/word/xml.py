"""Build WordprocessingML and DrawingML elements with the schema's own names (ISO/IEC 29500-1, transitional)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

NS: dict[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
Element = etree._Element  # pyright: ignore[reportPrivateUsage]  # lxml has no public name for it
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items() if prefix != "xml")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_QUOTES = {**_IN_TEXT, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})}
_NAMES = 256
"""Names that are remembered: there are some dozens."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@lru_cache(_NAMES)
def qn(name: str) -> str:
    """Expand a prefixed name to Clark notation; a name without prefix stays."""
    prefix, colon, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}" if colon else name


class Xml(str):
    """An element as it is written, without declarations of its namespaces."""

    __slots__ = ()


def el(name: str, /, *children: str, **attributes: object) -> Xml:
    """Write an element; children that are no elements are text. An attribute `w_val` becomes `w:val`.

    Written and parsed at once by `elements`, a table takes a third of the time that it takes node by node.
    """
    said = "".join([f' {_attribute(key)}="{_quoted(value)}"' for key, value in attributes.items()])
    inner = "".join([child if isinstance(child, Xml) else child.translate(_IN_TEXT) for child in children])
    return Xml(f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>")


@lru_cache(_NAMES)
def _attribute(key: str) -> str:
    return key.replace("_", ":", 1)


def _quoted(value: object) -> str:
    return value.translate(_IN_QUOTES) if isinstance(value, str) else str(value)


def choice(content: Xml, requires: str) -> Xml:
    """Wrap what needs a namespace newer than ISO/IEC 29500 (part 3, 7.6).

    `Requires` names a prefix, so that must be declared here: a template saved by another program may not do it above.
    """
    declared = f'xmlns:{requires}="{NS[requires]}"'
    return el("mc:AlternateContent", Xml(f'<mc:Choice {declared} Requires="{requires}">{content}</mc:Choice>'))


def elements(written: Iterable[Xml]) -> list[Element]:
    """Parse what `el` wrote. Raises lxml.etree.XMLSyntaxError for characters that XML has not."""
    return list(parse_strictly(f"<all {_DECLARED}>{''.join(written)}</all>".encode()))


def parse_strictly(data: bytes) -> Element:
    """Parse XML without recovery, entities or network; raises lxml.etree.XMLSyntaxError."""
    return etree.fromstring(data, _PARSER)


def serialise(element: Element) -> bytes:
    """Write a part."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
