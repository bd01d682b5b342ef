"""The structure tree (tags) of the bundle, joined from those of its parts.

ISO 32000-1, 14.7. A page names its place in the ParentTree by an integer, /StructParents (an annotation or image by
/StructParent); these integers, the element identifiers and the role and class names are each unique in one
document only, so all of them are changed in the source before it is copied.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

from sopdocs.pdf.searching import dictionaries_with


class Structure:
    """The structure tree while parts are added to it: `prepare` and `add` once for each part, then `root`."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        self._next_key = 0
        self._parents = Array()
        """The ParentTree's numbers: key, value, key, value …"""
        self._ids: list[tuple[bytes, Object]] = []
        self._roles = Dictionary()
        self._classes = Dictionary()

    def prepare(self, source: Pdf, dictionaries: Sequence[Object], number: int, title: str) -> Dictionary:
        """Make the tree of `source` fit into this one; return what has to be copied of it.

        `dictionaries` are those of `source` with keys that are unique in one document only: /StructParent(s), /ID,
        /Headers; `number` counts the parts from 1.
        """
        root = source.Root.StructTreeRoot
        roles, renamed_roles = _kept_apart(_final_roles(root.get(Name.RoleMap)), self._roles, number)
        classes, renamed_classes = _kept_apart(root.get(Name.ClassMap), self._classes, number)
        if renamed_roles:
            _rename_values(_elements(dictionaries_with(source, "S")), Name.S, renamed_roles)
        if renamed_classes:
            _rename_values(_elements(dictionaries_with(source, "C")), Name.C, renamed_classes)
        return Dictionary(
            Part=_part_element(source, root, title),
            Parents=self._shifted_parents(root, dictionaries),
            Ids=_prefixed_ids(dictionaries, b"%d." % number),
            Roles=roles,
            Classes=classes,
        )

    def _shifted_parents(self, root: Object, dictionaries: Sequence[Object]) -> Array:
        shift = self._next_key
        for item in dictionaries:
            for key in (Name.StructParents, Name.StructParent):
                if key in item:
                    item[key] = int(item[key]) + shift
                    self._next_key = max(self._next_key, int(item[key]) + 1)
        shifted = Array()
        if (tree := root.get(Name.ParentTree)) is not None:
            for key, value in NumberTree(tree).items():
                shifted.append(key + shift)
                shifted.append(value)
                self._next_key = max(self._next_key, key + shift + 1)
        return shifted

    def add(self, copied: Object, lang: Object | None) -> None:
        """Take over what `prepare` returned, copied into the bundle; `lang` if it is not the bundle's."""
        part = copied.Part
        part.P = self._document
        if lang is not None:
            part.Lang = lang
        self._document.K.append(part)
        self._parents.extend(copied.Parents.as_list())
        ids = copied.Ids.as_list()
        self._ids += [(bytes(name), element) for name, element in zip(ids[::2], ids[1::2], strict=True)]
        for mine, others in ((self._roles, copied.Roles), (self._classes, copied.Classes)):
            for key, meaning in others.items():
                mine[key] = meaning

    def root(self) -> Object:
        """Return the finished StructTreeRoot."""
        root = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=self._document,
                ParentTree=self._pdf.make_indirect(Dictionary(Nums=self._parents)),
                ParentTreeNextKey=self._next_key,
                RoleMap=self._roles,
            )
        )
        self._document.P = root
        if self._classes.keys():
            root.ClassMap = self._classes
        if self._ids:
            names = Array()
            for name, element in sorted(self._ids, key=lambda pair: pair[0]):
                names.append(String(name))
                names.append(element)
            root.IDTree = self._pdf.make_indirect(Dictionary(Names=names))
        return root


def _final_roles(found: Object | None) -> Dictionary:
    """Return a role map without chains: two parts may mean different things by a role in the middle of one."""
    final = Dictionary()
    roles = dict(found.items()) if found is not None else {}
    for role in roles:
        meaning, seen = roles[role], {role}
        while str(meaning) in roles and str(meaning) not in seen:
            seen.add(str(meaning))
            meaning = roles[str(meaning)]
        final[role] = meaning
    return final


def _kept_apart(found: Object | None, taken: Dictionary, number: int) -> tuple[Dictionary, dict[str, Name]]:
    """Return a role or class map without contradiction to `taken`, and the names that had to change for it."""
    kept = Dictionary()
    renamed: dict[str, Name] = {}
    for key, meaning in found.items() if found is not None else ():
        if key in taken and taken[key] != meaning:
            renamed[key] = Name(f"{key}-{number}")
            kept[renamed[key]] = meaning
        else:
            kept[key] = meaning
    return kept, renamed


def _rename_values(holders: Sequence[Object], key: Name, renamed: dict[str, Name]) -> None:
    for holder in holders:
        value = holder.get(key)
        if isinstance(value, Name):
            holder[key] = renamed.get(str(value), value)
        elif isinstance(value, Array):  # several classes, some with a revision number after them
            for place, item in enumerate(value.as_list()):
                if isinstance(item, Name):
                    value[place] = renamed.get(str(item), item)


def _part_element(source: Pdf, root: Object, title: str) -> Object:
    """Return one /Part that holds all of the source's tree: its own /Document when that is the only root."""
    top = root.get(Name.K)
    children = list(top.as_list()) if isinstance(top, Array) else [] if top is None else [top]
    if len(children) == 1 and children[0].get(Name.S) == Name.Document:
        part = children[0]
        del part[Name.P]
        part.S = Name.Part
    else:
        part = source.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, K=Array(children)))
        for child in children:
            child.P = part
    part.T = String(title)
    return part


def _elements(dictionaries: Sequence[Object]) -> list[Object]:
    return [item for item in dictionaries if Name.S in item and Name.P in item]


def _prefixed_ids(dictionaries: Sequence[Object], prefix: bytes) -> Array:
    """Put `prefix` before every identifier and reference to one; return identifier, element, identifier, …"""
    ids = Array()
    for element in _elements(dictionaries):
        if (name := element.get(Name.ID)) is not None:
            element.ID = String(prefix + bytes(name))
            ids.append(element.ID)
            ids.append(element)
    for attribute in dictionaries:
        if Name.O in attribute and Name.Headers in attribute:
            attribute.Headers = Array([String(prefix + bytes(header)) for header in attribute.Headers.as_list()])
    return ids
