"""Find the few dictionaries of a PDF that hold certain keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pikepdf import Array, Dictionary, Object, Pdf, Stream


def dictionaries_with(document: Pdf, keys: Collection[str]) -> list[Object]:
    """Return every dictionary of `document` that has one of `keys` (without slash), once.

    With those of streams and those inside other objects. Of a hundred objects one or two have the keys: the written
    form of each is searched first, since handing every dictionary to Python takes ten times as long.
    """
    written = re.compile(b"/(?:" + b"|".join(re.escape(key.encode()) for key in sorted(keys)) + rb")\b")
    named = {f"/{key}" for key in keys}
    found: list[Object] = []
    for item in document.objects:
        if isinstance(item, Dictionary | Array):
            text = item.unparse(resolved=True)
        elif isinstance(item, Stream):
            text = item.stream_dict.unparse(resolved=True)
        else:
            continue
        if written.search(text):
            found += [each for each in _nested(item) if not named.isdisjoint(each.keys())]
    return found


def _nested(item: Object) -> Iterator[Object]:
    if isinstance(item, Dictionary | Stream):
        yield item
        children = list(item.values())
    elif isinstance(item, Array):
        children = item.as_list()
    else:
        return
    for child in children:
        if isinstance(child, Array | Dictionary) and not child.is_indirect:
            yield from _nested(child)
