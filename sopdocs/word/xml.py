"""Build WordprocessingML and DrawingML elements with the schema's own names (ISO/IEC 29500-1, transitional)."""

from __future__ import annotations

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
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def qn(name: str) -> str:
    """Expand a prefixed name to Clark notation; a name without prefix stays."""
    prefix, colon, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}" if colon else name


def el(name: str, /, *children: Element | str, **attributes: object) -> Element:
    """Make an element. An attribute `w_val` becomes `w:val`, one without underscore has no namespace."""
    element = etree.Element(qn(name), nsmap={name.partition(":")[0]: NS[name.partition(":")[0]]})
    for key, value in attributes.items():
        element.set(qn(key.replace("_", ":", 1)), str(value))
    for child in children:
        if isinstance(child, str):
            element.text = (element.text or "") + child
        else:
            element.append(child)
    return element


def choice(content: Element, requires: str) -> Element:
    """Wrap what needs a namespace newer than ISO/IEC 29500 (part 3, 7.6).

    `Requires` names a prefix, so that must be declared here: a template saved by another program may not do it above.
    """
    element = etree.Element(qn("mc:Choice"), nsmap={"mc": NS["mc"], requires: NS[requires]})
    element.set("Requires", requires)
    element.append(content)
    return el("mc:AlternateContent", element)


def parse_strictly(data: bytes) -> Element:
    """Parse XML without recovery, entities or network; raises lxml.etree.XMLSyntaxError."""
    return etree.fromstring(data, _PARSER)


def serialise(element: Element) -> bytes:
    """Write a part."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
