"""The bundle's bookmarks and page labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Object, Pdf, String


def part_entry(source: Pdf, title: str) -> Object:
    """Return the bookmark of a part, made in `source` before its pages are copied.

    It is the root of the source's own bookmarks turned into an item, so those need no new parent.
    """
    entry = source.Root.get(Name.Outlines)
    if entry is None or Name.First not in entry:
        entry = source.make_indirect(Dictionary())
    if Name.Type in entry:
        del entry[Name.Type]
    entry.Title = String(title)
    entry.Dest = Array([source.pages[0].obj, Name.Fit])
    return entry


def outline(pdf: Pdf, entries: Sequence[Object]) -> Object:
    """Return the bookmarks of `pdf`: the entries of the parts, each of them closed."""
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=len(entries)))
    root.First, root.Last = entries[0], entries[-1]
    for entry in entries:
        entry.Parent = root
        _close(entry)
    for before, after in pairwise(entries):
        before.Next, after.Prev = after, before
    return root


def _close(item: Object) -> None:
    # LibreOffice writes /Count 0 on items without children, which ISO 32000-1, table 153 does not know.
    children = list(_children(item))
    for child in children:
        _close(child)
    if children:
        item.Count = -len(children)
    elif Name.Count in item:
        del item[Name.Count]


def _children(item: Object) -> Iterator[Object]:
    child = item.get(Name.First)
    while child is not None:
        yield child
        child = child.get(Name.Next)


def page_labels(labels: Sequence[tuple[str, int]]) -> Dictionary:
    """Return the page labels for parts given as label and number of pages.

    A label is the text before the decimal number, which starts from 1 in each part. Parts without one (cover,
    contents) are counted together in small roman numbers, so that no two pages bear the same.
    """
    ranges = Array()
    first_page, roman = 0, 1
    for label, pages in labels:
        if label:
            style = Dictionary(S=Name.D, P=String(label))
        else:
            style = Dictionary(S=Name.r, St=roman)
            roman += pages
        ranges.append(first_page)
        ranges.append(style)
        first_page += pages
    return Dictionary(Nums=ranges)
