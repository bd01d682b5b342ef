"""Turn links from part to part into links within the bundle."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

from sopdocs.errors import OutputRejectedError

_OTHER_PART = re.compile(r"\.\./(.+)\.pdf")
"""As the parts lie in build/: from sop/a.pdf to ../bagian/sampul.pdf."""


def join_links(source: Pdf, titles: Mapping[str, str], what: str) -> None:
    """Make every link of `source` to another part lead to its named destination, which is the part's key.

    `titles` are those of the bundle's parts by key; a link says where it leads (ISO 14289-1, 7.18.5). A link to what
    is not in the bundle becomes plain text. Raises OutputRejectedError, naming the part as `what`, for a link to a
    file of this computer, which would lead nowhere and tell a folder's name.
    """
    for page in source.pages:
        annotations = page.obj.get(Name.Annots)
        if not isinstance(annotations, Array):
            continue
        links = annotations.as_list()
        kept = [link for link in links if _joined(source, link, titles, what)]
        if len(kept) < len(links):
            page.obj.Annots = Array(kept)


def _joined(source: Pdf, link: Object, titles: Mapping[str, str], what: str) -> bool:
    """Turn one link; False when it has to go."""
    address = _address(link)
    if address is None:
        return True
    if address.casefold().startswith("file:"):
        raise OutputRejectedError(
            f"Ada tautan ke berkas di komputer ini: {what}",
            "Hapus tautan itu dari templat atau content/, lalu buat ulang PDF-nya.",
        )
    match = _OTHER_PART.fullmatch(address)
    if match is None:
        return True
    if match[1] not in titles:
        _make_plain(source, link)
        return False
    del link[Name.A]
    link.Dest = String(match[1])
    link.Contents = String(titles[match[1]])
    return True


def _address(link: Object) -> str | None:
    """Return where a link to outside leads, None for anything else."""
    action = link.get(Name.A)
    if not isinstance(action, Dictionary) or action.get(Name.S) != Name.URI:
        return None
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
