"""Let equal objects of merged documents be one: letterhead images, fonts, colour profiles."""

from __future__ import annotations

import hashlib

from pikepdf import Array, Dictionary, Object, Stream


class Sharing:
    """Remembers each indirect object met so far by its content, children first.

    Meant for resources, which refer downwards only. An object that refers to itself contains its own number, so
    it equals no other and stays.
    """

    def __init__(self) -> None:
        self._first: dict[bytes, Object] = {}
        """Digest of the content to the first object that had it."""
        self._known: dict[tuple[int, int], Object] = {}
        """Object number and generation to the object that stands for it."""

    def shared(self, item: Object) -> Object:
        """Return the object that stands for `item`, its children replaced likewise."""
        if not isinstance(item, Array | Dictionary | Stream):
            return item
        if not item.is_indirect:
            self._share_children(item)
            return item
        if (known := self._known.get(item.objgen)) is not None:
            return known
        self._known[item.objgen] = item
        self._share_children(item)
        first = self._first.setdefault(_digest(item), item)
        self._known[item.objgen] = first
        return first

    def _share_children(self, item: Array | Dictionary | Stream) -> None:
        children = enumerate(item.as_list()) if isinstance(item, Array) else item.items()
        for key, child in list(children):
            replacement = self.shared(child)
            if replacement is not child:
                item[key] = replacement


def _digest(item: Array | Dictionary | Stream) -> bytes:
    digest = hashlib.sha256(type(item).__name__.encode())
    if isinstance(item, Stream):
        digest.update(item.stream_dict.unparse(resolved=True))
        digest.update(b"\0stream\0")
        digest.update(item.read_raw_bytes())
    else:
        digest.update(item.unparse(resolved=True))
    return digest.digest()
