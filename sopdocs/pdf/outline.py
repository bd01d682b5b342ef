"""The bundle's bookmarks and page labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

OPEN_UP_TO = 12
"""Bookmarks of a group that are shown without a click; more would push the other parts out of sight."""


def part_entry(source: Pdf, title: str, key: str) -> Object:
    """Return the bookmark of a part, made in `source` before its pages are copied.

    It is the root of the source's own bookmarks turned into an item, so those need no new parent; or the one bookmark
    below that root, which is the part's own heading. It leads to the part's named destination.
    """
    entry = source.Root.get(Name.Outlines)
    if entry is None or Name.First not in entry:
        entry = source.make_indirect(Dictionary())
    elif Name.Next not in entry.First:
        entry = entry.First
    for unwanted in (Name.Type, Name.A):
        if unwanted in entry:
            del entry[unwanted]
    entry.Title = String(title)
    entry.Dest = String(key)
    return entry


def outline(pdf: Pdf, entries: Sequence[tuple[str, Object, Object]]) -> Object:
    """Return the bookmarks of `pdf`; `entries` are group, bookmark and first page of each part.

    Neighbours of one group stand under a bookmark of its name, which leads to its first page.
    """
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    top: list[Object] = []
    for group, members in groupby(entries, lambda entry: entry[0]):
        listed = list(members)
        below = [entry for _, entry, _ in listed]
        for entry in below:
            _close(entry)
        if not group:
            top += below
            continue
        item = pdf.make_indirect(Dictionary(Title=String(group), Dest=Array([listed[0][2], Name.Fit])))
        _chain(item, below)
        item.Count = len(below) if len(below) <= OPEN_UP_TO else -len(below)
        top.append(item)
    _chain(root, top)
    root.Count = len(top) + sum(max(int(item.get(Name.Count, 0)), 0) for item in top)
    return root


def _chain(parent: Object, children: Sequence[Object]) -> None:
    parent.First, parent.Last = children[0], children[-1]
    for child in children:
        child.Parent = parent
    for before, after in pairwise(children):
        before.Next, after.Prev = after, before


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


def page_labels() -> Dictionary:
    """Return the page labels: plain numbers from 1, the same as printed at the foot and in the daftar isi."""
    return Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
