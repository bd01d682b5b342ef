"""Turn links from part to part into links within the bundle."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

_OTHER_PART = re.compile(r"\.\./(.+)\.pdf")
"""As the parts lie in build/: from sop/a.pdf to ../bagian/sampul.pdf."""


def join_links(source: Pdf, keys: Collection[str]) -> None:
    """Make every link of `source` to another part lead to its named destination, which is the part's key.

    `keys` are those of the bundle's parts. A link to what is not among them becomes plain text.
    """
    gone: set[tuple[int, int]] = set()
    for page in source.pages:
        annotations = page.obj.get(Name.Annots)
        if not isinstance(annotations, Array):
            continue
        links = annotations.as_list()
        kept = [link for link in links if _joined(link, keys)]
        if len(kept) < len(links):
            page.obj.Annots = Array(kept)
            gone |= {link.objgen for link in links} - {link.objgen for link in kept}
    if gone:
        _make_plain(source, gone)


def _joined(link: Object, keys: Collection[str]) -> bool:
    """Turn one link; False when it has to go."""
    match = _OTHER_PART.fullmatch(_address(link))
    if match is None:
        return True
    if match[1] not in keys:
        return False
    del link[Name.A]
    link.Dest = String(match[1])
    return True


def _address(link: Object) -> str:
    """Return where a link to outside leads; empty for anything else."""
    action = link.get(Name.A)
    if not isinstance(action, Dictionary) or action.get(Name.S) != Name.URI:
        return ""
    return unquote(str(action.URI))


def _make_plain(source: Pdf, gone: Collection[tuple[int, int]]) -> None:
    """Take links out of the structure tree: what they held becomes a span.

    LibreOffice 7.4 tags each line of a long link, and lets the tags of its inner lines all refer to one annotation.
    """
    tree = source.Root.StructTreeRoot.get(Name.ParentTree)
    if tree is None:
        return
    parents = NumberTree(tree)
    for key, element in list(parents.items()):
        kids = element.get(Name.K) if isinstance(element, Dictionary) else None
        listed = kids.as_list() if isinstance(kids, Array) else [kids]
        others = [kid for kid in listed if kid is not None and not _refers_to(kid, gone)]
        if len(others) < len(listed) and kids is not None:
            element.S = Name.Span
            element.K = Array(others)
            del parents[key]


def _refers_to(kid: Object, links: Collection[tuple[int, int]]) -> bool:
    """Whether a child of a structure element is the reference to one of the annotations `links`."""
    return isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR and kid.Obj.objgen in links
