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
    for page in source.pages:
        annotations = page.obj.get(Name.Annots)
        if not isinstance(annotations, Array):
            continue
        links = annotations.as_list()
        kept = [link for link in links if _joined(source, link, keys)]
        if len(kept) < len(links):
            page.obj.Annots = Array(kept)


def _joined(source: Pdf, link: Object, keys: Collection[str]) -> bool:
    """Turn one link; False when it has to go."""
    match = _OTHER_PART.fullmatch(_address(link))
    if match is None:
        return True
    if match[1] not in keys:
        _make_plain(source, link)
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


def _make_plain(source: Pdf, link: Object) -> None:
    """Take the link out of the structure tree: what it held becomes a span."""
    tree = source.Root.StructTreeRoot.get(Name.ParentTree)
    key = link.get(Name.StructParent)
    if tree is None or key is None:
        return
    parents = NumberTree(tree)
    element = parents.get(int(key))
    if element is None:
        return
    del parents[int(key)]
    element.S = Name.Span
    kids = element.get(Name.K)
    listed = kids.as_list() if isinstance(kids, Array) else [] if kids is None else [kids]
    element.K = Array([kid for kid in listed if not _refers_to(kid, link)])


def _refers_to(kid: Object, link: Object) -> bool:
    """Whether a child of a structure element is the reference to the annotation `link`."""
    if not isinstance(kid, Dictionary) or kid.get(Name.Type) != Name.OBJR:
        return False
    return kid.Obj.objgen == link.objgen
