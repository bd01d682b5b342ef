"""Tell whether the revisions after a bundle seal it and do nothing else to what it shows."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

ZONE = 60.0
"""Points above the lower edge of the first page that belong to electronic signatures."""
_CATALOG = frozenset({"/AcroForm", "/Perms", "/DSS", "/Extensions", "/Version", "/Metadata"})
_INFO = frozenset({"/ModDate", "/Producer"})
_GROWING = frozenset({"/K", "/Kids", "/Nums", "/Annots"})
_TREE = frozenset({"/Limits", "/ParentTreeNextKey"})
_MARK = "/TandaPengesahan"
_STAMP = re.compile(rb"\s*Q\s*/Figure <</MCID \d+>> BDC\s+q 1 0 0 1 [\d.]+ ([\d.]+) cm /TandaPengesahan Do Q\s+EMC\s*")
"""How `sopdocs.sign.stamping` shows the mark."""


def adds_only_seal(before: bytes, after: bytes) -> bool:
    """Tell whether `after`, which begins with `before`, adds a signature and its visible mark only.

    Every object of `before` must stand unchanged, but for what a signature needs: its field, its place in the
    structure tree, its proofs, dates of the file, and a mark in the lowest 60 points of the first page. So the pages
    look as they did. False, too, for what cannot be read.
    """
    try:
        with _open(before) as old, _open(after) as new:
            return _Comparison(old, new).holds()
    except Exception:  # noqa: BLE001  # what stands in a hostile file may be of any kind
        return False


def _open(pdf: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True)


class _Comparison:
    def __init__(self, old: Pdf, new: Pdf) -> None:
        self.old, self.new = old, new
        self.first = new.pages[0].obj
        self.catalog = old.Root.objgen
        self.info = _place(old, Name.Info)
        self.metadata = old.Root.Metadata.objgen if Name.Metadata in old.Root else None

    def holds(self) -> bool:
        """Compare the pages in their order, then every object."""
        if self.catalog != self.new.Root.objgen or _place(self.new, Name.Info) not in (self.info, None):
            return False
        pages = [[page.obj.objgen for page in each.pages] for each in (self.old, self.new)]
        if pages[0] != pages[1]:
            return False
        return all(self.same(item, self.new.get_object(item.objgen)) for item in self.old.objects if item.is_indirect)

    def same(self, old: Object, new: Object) -> bool:
        """Tell whether the object is as it was, or changed as a signature changes it."""
        if isinstance(old, Stream):
            kept = isinstance(new, Stream) and old.stream_dict.unparse(resolved=True) == new.stream_dict.unparse(
                resolved=True
            )
            return old.objgen == self.metadata or (kept and old.read_raw_bytes() == new.read_raw_bytes())
        if old.unparse(resolved=True) == new.unparse(resolved=True):
            return True
        if isinstance(old, Array) and isinstance(new, Array):
            return self.extended(old, new)
        return isinstance(old, Dictionary) and isinstance(new, Dictionary) and self.dictionary(old, new)

    def dictionary(self, old: Object, new: Object) -> bool:
        changed = {key for key in {*old.keys(), *new.keys()} if _written(old, key) != _written(new, key)}
        if old.objgen == self.catalog:
            changed -= _CATALOG
        if old.objgen == self.info:
            changed -= _INFO
        if new.objgen == self.first.objgen:
            changed.discard("/Tabs")
            if "/Contents" in changed:
                if not self.stamped(old, new):
                    return False
                changed -= {"/Contents", "/Resources"}
        # An image that no unchanged page calls by its name shows nothing.
        changed -= {_MARK} if _MARK not in old else set()
        if "/XObject" in changed and _without(new) == _without(old):
            changed.discard("/XObject")
        changed -= _TREE
        return all(key in _GROWING and self.grown(old.get(key), new.get(key)) for key in changed)

    def grown(self, old: Object | None, new: Object | None) -> bool:
        """A list that is longer than before; one entry may stand without a list."""
        if old is None:
            return isinstance(new, Array) and all(map(self.harmless, new.as_list()))
        if isinstance(old, Array):
            return isinstance(new, Array) and self.extended(old, new)
        return isinstance(new, Array) and self.extended(Array([old]), new)

    def extended(self, old: Object, new: Object) -> bool:
        if len(new) < len(old):
            return False
        # Between numbers of the parent tree stand lists without a number of their own, which grow as well.
        kept = all(
            _raw_of(a) == _raw_of(b) or (isinstance(a, Array) and isinstance(b, Array) and self.extended(a, b))
            for a, b in zip(old.as_list(), new.as_list(), strict=False)
        )
        return kept and all(map(self.harmless, new.as_list()[len(old) :]))

    def harmless(self, item: object) -> bool:
        """An entry that shows nothing but in the zone of signatures."""
        if not isinstance(item, Dictionary):
            return isinstance(item, int)
        if item.get(Name.Subtype) == Name.Widget:
            acting = Name.A in item or Name.AA in item
            return not acting and item.get(Name.FT) == Name.Sig and self.low(float(max(item.Rect[1], item.Rect[3])))
        return Name.Nums in item or (Name.S in item and Name.P in item)

    def low(self, height: float) -> bool:
        return height - float(pikepdf.Page(self.first).mediabox[1]) <= ZONE

    def stamped(self, old: Object, new: Object) -> bool:
        """Tell whether the first page shows what it showed, and after it one form that ends below the zone's edge."""
        streams = list(_streams(new.Contents))
        if [each.objgen for each in streams[1:-1]] != [each.objgen for each in _streams(old.Contents)]:
            return False
        shown = _STAMP.fullmatch(streams[-1].read_bytes())
        if shown is None or streams[0].read_bytes().strip() != b"q":
            return False
        form = new.Resources.XObject[_MARK]
        edges = [float(each) for each in form.BBox]
        return (
            form.get(Name.Matrix) is None
            and self.low(float(shown[1]) + max(edges[1], edges[3]))
            and _without(new.Resources) == _without(old.Resources)
            and _MARK not in old.Resources.get(Name.XObject, Dictionary())
        )


def _place(document: Pdf, key: Name) -> tuple[int, int] | None:
    return document.trailer[key].objgen if key in document.trailer else None


def _streams(contents: Object) -> Iterator[Object]:
    yield from contents.as_list() if isinstance(contents, Array) else [contents]


def _raw_of(value: object) -> bytes:
    """The written form, a reference as a reference."""
    return value.unparse() if isinstance(value, Object) else repr(value).encode()


def _written(dictionary: Object, key: str) -> bytes | None:
    return _raw_of(dictionary[key]) if key in dictionary else None


def _without(resources: Object) -> dict[str, object]:
    """The resources by category and name, without the mark."""
    found: dict[str, object] = {}
    for category, entries in resources.items():
        if isinstance(entries, Dictionary):
            found |= {f"{category}{key}": _raw_of(each) for key, each in entries.items() if key != _MARK}
        else:
            found[category] = _raw_of(entries)
    return found
