"""Read `pelaksana` in the front matter of an SOP: lanes, some of them under a group's heading."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sopdocs.content.fields import Fields, plain_text
from sopdocs.content.report import Report, nearest, quote
from sopdocs.content.yaml_reader import Mapping, Node, Scalar, Sequence
from sopdocs.model import Kelompok, Span

_KEY = "pelaksana"
_LIST = "contoh: [staf, kasi] atau [staf, {Kecamatan: [camat, sekcam]}]"
_GROUP = "contoh: Kecamatan: [camat, sekcam]"


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of an SOP from left to right, and which of them belong together."""

    pelaksana: tuple[str, ...]
    kelompok: tuple[Kelompok, ...]


def read_lanes(fields: Fields, known: Collection[str], report: Report) -> Lanes:
    """Take `pelaksana`: a list of keys and groups, or groups alone; `known` are the keys of pelaksana.yaml.

    A lane that stands in the wrong place is reported and kept, so that the steps which use it are not reported too.
    """
    return _LaneReader(fields, known, report).lanes()


class _LaneReader:
    def __init__(self, fields: Fields, known: Collection[str], report: Report) -> None:
        self.fields = fields
        self.known = known
        self.report = report
        self.found: list[str] = []
        self.groups: list[Kelompok] = []
        self.named: dict[str, Span] = {}
        """Where each group's name was written first."""
        self.something = False

    def lanes(self) -> Lanes:
        node = self.fields.node(_KEY, required=True)
        if node is None:
            return Lanes((), ())
        items = () if isinstance(node, Mapping) and not node.entries else _items(node)
        for item in items:
            if isinstance(item, Mapping) and item.entries:
                for name in item.entries:
                    self.group(item, name)
            else:
                self.lane(item)
        if not self.something and not isinstance(node, Scalar):
            self.report.add(node.span, "SOP013", f"Kunci “{_KEY}” wajib diisi pada {self.fields.where}")
        return Lanes(tuple(self.found), tuple(self.groups))

    def lane(self, node: Node) -> None:
        """Take one lane's key, and report any other kind of value."""
        key = plain_text(node)
        if key is None:
            self.fields.bad(node.span, _KEY, "berupa daftar kunci pelaksana atau kelompok", _LIST)
            return
        self.something = True
        if key in self.found:
            self.report.add(node.span, "SOP032", f"Pelaksana “{key}” ditulis dua kali", "hapus salah satu")
        elif key not in self.known:
            message = f"Pelaksana {quote(key)} tidak ada di pelaksana.yaml"
            self.report.add(node.span, "SOP031", message, nearest(key, self.known))
        else:
            self.found.append(key)
            self.fields.spans[f"{_KEY}.{key}"] = node.span

    def group(self, mapping: Mapping, key: str) -> None:
        """Take one group: its name is the key, its lanes are the value."""
        self.something = True
        name, span, value = " ".join(key.split()), mapping.key_spans[key], mapping.entries[key]
        before = len(self.found)
        if _is_empty(value):
            hint = "isi dengan kunci dari pelaksana.yaml, atau hapus kelompoknya"
            if name in self.known:
                hint = "lajur tanpa kelompok ditulis sebagai butir daftar: [" + name + ", {Kecamatan: [camat]}]"
            self.report.add(span, "SOP038", f"Kelompok {quote(name)} tidak memuat pelaksana", hint)
        else:
            self.members(_items(value), quote(name))
        if not name or mapping.key_kinds[key] in ("null", "bool"):
            what = f"{quote(name)} bukan teks" if name else "kosong"
            self.report.add(span, "SOP039", f"Nama kelompok pelaksana {what}", _GROUP)
        elif name in self.named:
            message = f"Kelompok {quote(name)} ditulis dua kali; yang pertama di baris {self.named[name].line}"
            self.report.add(span, "SOP011", message, "gabungkan pelaksananya menjadi satu kelompok")
        else:
            self.named[name] = self.fields.spans[f"kelompok.{name}"] = span
            if len(self.found) > before:
                self.groups.append(Kelompok(name, tuple(self.found[before:])))

    def members(self, items: tuple[Node, ...], group: str) -> None:
        """Take the lanes of a group; those of a group within it are reported and counted among them."""
        for item in items:
            if isinstance(item, Mapping) and item.entries:
                message = f"Kelompok {group} memuat kelompok lagi; hanya satu tingkat yang dapat dicetak"
                span = next(iter(item.key_spans.values()))
                self.report.add(span, "SOP037", message, f"tulis pelaksananya langsung, {_GROUP}")
                for inner in item.entries.values():
                    self.members(_items(inner), group)
            else:
                self.lane(item)


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,)


def _is_empty(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.kind == "null" or not node.text.strip()
    return not (node.entries if isinstance(node, Mapping) else node.items)
