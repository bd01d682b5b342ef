"""Named places of the parts, kept apart in the bundle by a prefix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pikepdf import Array, Name, NameTree, Object, Pdf, String


@dataclass(slots=True)
class Destinations:
    """The named destinations gathered so far."""

    _pairs: list[tuple[str, Object]] = field(default_factory=list[tuple[str, Object]])

    def prepare(self, source: Pdf, dictionaries: Iterable[Object], prefix: str) -> Array:
        """Rename the named destinations of `source` and all references to them; return name, place, name, …

        Names of the old kind (`/Dests` in the catalog) become strings, since the bundle has one name tree.
        """
        found = _named(source)
        if not found:
            return Array()
        for dictionary in dictionaries:
            _rename(dictionary, Name.Dest, prefix)
            if dictionary.get(Name.S) == Name.GoTo:
                _rename(dictionary, Name.D, prefix)
        pairs = Array()
        for name, place in found.items():
            pairs.append(String(prefix + name))
            pairs.append(place)
        return pairs

    def add(self, pairs: Array) -> None:
        """Take over what `prepare` returned, copied into the bundle."""
        items = pairs.as_list()
        self._pairs += [(str(name), place) for name, place in zip(items[::2], items[1::2], strict=True)]

    def tree(self, pdf: Pdf) -> Object:
        """Return the name tree."""
        tree = NameTree.new(pdf)
        for name, place in self._pairs:
            tree[name] = place
        return tree.obj


def _named(source: Pdf) -> dict[str, Object]:
    root = source.Root
    found: dict[str, Object] = {}
    if (old := root.get(Name.Dests)) is not None:
        found |= {key.removeprefix("/"): place for key, place in old.items()}
    if (names := root.get(Name.Names)) is not None and (tree := names.get(Name.Dests)) is not None:
        found |= {_text(key): place for key, place in NameTree(tree).items()}
    return found


def _text(key: str | bytes) -> str:
    return key if isinstance(key, str) else key.decode("utf-8")


def _rename(holder: Object, key: Name, prefix: str) -> None:
    name = holder.get(key)
    if isinstance(name, Name | String):
        holder[key] = String(prefix + str(name).removeprefix("/" if isinstance(name, Name) else ""))
