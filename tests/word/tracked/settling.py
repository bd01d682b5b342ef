"""Accept or reject all tracked changes of a Word part, as ISO/IEC 29500-1, 17.13.5 says; knows nothing of sopdocs."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKS = (f"{W}pPr/{W}rPr/{W}", f"{W}trPr/{W}")


def accepted(root: etree._Element) -> etree._Element:
    """What is left when all changes are accepted."""
    return _settled(root, gone="del", stays="ins", accept=True)


def rejected(root: etree._Element) -> etree._Element:
    """What is left when all changes are rejected."""
    return _settled(root, gone="ins", stays="del", accept=False)


def _settled(root: etree._Element, *, gone: str, stays: str, accept: bool) -> etree._Element:
    made = deepcopy(root)
    _rows(made, gone)
    _runs(made, gone, stays)
    _properties(made, accept=accept)
    _paragraphs(made, gone)
    for mark in [*made.iter(f"{W}ins", f"{W}del")]:
        mark.getparent().remove(mark)  # on rows and marks that stay
    for text in made.iter(f"{W}delText"):
        text.tag = f"{W}t"
    return made


def _rows(root: etree._Element, gone: str) -> None:
    """17.13.5.14 and 17.13.5.17; a table of which no row is left goes, too."""
    for row in [*root.iter(f"{W}tr")]:
        if row.find(f"{W}trPr/{W}{gone}") is None:
            continue
        for run in row.iter(f"{W}r"):
            if any(child.tag in (f"{W}t", f"{W}delText") for child in run) and not _in_drawing(run):
                assert run.getparent().tag == f"{W}{gone}", "text of a changed row is not marked"
        for paragraph in row.iter(f"{W}p"):
            if not _in_drawing(paragraph):
                assert paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None, "a mark of a changed row is not marked"
        table = row.getparent()
        table.remove(row)
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)


def _in_drawing(element: etree._Element) -> bool:
    return next(element.iterancestors(f"{W}txbxContent"), None) is not None


def _runs(root: etree._Element, gone: str, stays: str) -> None:
    """17.13.5.13 to 17.13.5.19: runs of text."""
    for mark in [*root.iter(f"{W}{gone}")]:
        if mark.getparent().tag in (f"{W}p", f"{W}hyperlink"):
            mark.getparent().remove(mark)
    for mark in [*root.iter(f"{W}{stays}")]:
        parent = mark.getparent()
        if parent.tag in (f"{W}p", f"{W}hyperlink"):
            at = parent.index(mark)
            parent[at : at + 1] = list(mark)


def _properties(root: etree._Element, *, accept: bool) -> None:
    """17.13.5.29 and 17.13.5.31: former properties come back, or are forgotten."""
    for change in [*root.iter(f"{W}rPrChange")]:
        properties = change.getparent()
        properties.remove(change)
        if not accept:
            properties[:] = list(change[0])
    for change in [*root.iter(f"{W}pPrChange")]:
        properties = change.getparent()
        properties.remove(change)
        if not accept:
            properties[:] = [*change[0], *properties.findall(f"{W}rPr"), *properties.findall(f"{W}sectPr")]


def _paragraphs(root: etree._Element, gone: str) -> None:
    """17.13.5.15 and 17.13.5.20: a paragraph whose mark goes is joined to the next one."""
    for paragraph in [*root.iter(f"{W}p")]:
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is None:
            continue
        content = [child for child in paragraph if child.tag != f"{W}pPr"]
        following = paragraph.getnext()
        if following is not None and following.tag == f"{W}p":
            at = 1 if following.find(f"{W}pPr") is not None else 0
            following[at:at] = content
        else:
            assert not content, "a mark that cannot go is marked"
            assert paragraph.getparent().tag != f"{W}tc", "the last mark of a cell is marked"
        paragraph.getparent().remove(paragraph)
