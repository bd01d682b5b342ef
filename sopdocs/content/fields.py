"""Take typed values out of a YAML mapping, and say what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sopdocs.content.report import Report, mending, nearest, quote, slips_of
from sopdocs.content.yaml_reader import Mapping, Node, Scalar, Sequence
from sopdocs.model import Finding, Fix, Span, SpanMap

E = TypeVar("E", bound=StrEnum)
_BULAN = [
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
]


class Fields:
    """The keys of one mapping; each may be taken once, `finish` reports the rest."""

    def __init__(self, mapping: Mapping, report: Report, where: str) -> None:
        self.mapping = mapping
        self.report = report
        self.where = where
        """Indonesian name of the record, for messages."""
        self.known: set[str] = set()
        self.spans: SpanMap = {"": mapping.span}

    def node(self, key: str, *, required: bool = False) -> Node | None:
        """Take the node under `key`; None for a missing key or an explicit null."""
        self.known.add(key)
        node = self.mapping.entries.get(key)
        if node is not None:
            self.spans[key] = node.span
        if node is None or (isinstance(node, Scalar) and node.kind == "null"):
            if required:
                message = f"Kunci “{key}” wajib diisi pada {self.where}"
                self.report.add(self.spans.get(key, self.mapping.span), "SOP013", message)
            return None
        return node

    def bad(self, span: Span, key: str, wanted: str, hint: str = "", fix: Fix | None = None) -> None:
        """Report that the value of `key` is not what it should be."""
        message = f"Nilai “{key}” pada {self.where} harus {wanted}"
        self.report.add_finding(Finding(span, "SOP014", message, hint, fix=fix))

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Take a text; numbers and dates are taken as they are written."""
        node = self.node(key, required=required)
        if node is None:
            return None
        if not isinstance(node, Scalar) or node.kind == "bool":
            self.bad(node.span, key, "berupa teks", "apit dengan tanda kutip")
            return None
        text = _one_line(node.text)
        if not text and required:
            self.report.add(node.span, "SOP013", f"Kunci “{key}” wajib diisi pada {self.where}")
        return text or None

    def integer(self, key: str, *, required: bool = False) -> int | None:
        """Take a whole number."""
        node = self.node(key, required=required)
        if node is None:
            return None
        if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{1,6}", node.text):
            return int(node.text)
        self.bad(node.span, key, "berupa bilangan bulat")
        return None

    def boolean(self, key: str, *, default: bool) -> bool:
        """Take true or false (also ya, tidak)."""
        node = self.node(key)
        if node is None:
            return default
        words = {"true": True, "ya": True, "false": False, "tidak": False}
        if isinstance(node, Scalar) and node.text.casefold() in words:
            return words[node.text.casefold()]
        self.bad(node.span, key, "ya atau tidak")
        return default

    def date(self, key: str) -> date | None:
        """Take an ISO date."""
        node = self.node(key)
        if node is None:
            return None
        if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
            try:
                return date.fromisoformat(node.text)
            except ValueError:
                self.bad(node.span, key, "tanggal yang ada di kalender", f"tertulis {node.text}")
                return None
        guess = _guess(node.text) if isinstance(node, Scalar) else None
        hint = f"maksud Anda {guess.day.isoformat()}?" if guess else ""
        fix = Fix(guess.text, guess.day.isoformat()) if guess and guess.certain else None
        self.bad(node.span, key, "tanggal berbentuk tahun-bulan-hari, misalnya 2023-01-02", hint, fix)
        return None

    def choice(self, key: str, kinds: type[E], default: E) -> E:
        """Take one of the values of `kinds`."""
        node = self.node(key)
        if node is None:
            return default
        values = [kind.value for kind in kinds]
        if isinstance(node, Scalar):
            for kind in kinds:
                if node.text.casefold() == kind.value.casefold():
                    return kind
        self.bad(node.span, key, "salah satu dari " + ", ".join(values))
        return default

    def texts(self, key: str, *, required: bool = False) -> tuple[tuple[str, Span], ...]:
        """Take a list of texts with their places; a single text counts as a list of one."""
        node = self.node(key, required=required)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        found: list[tuple[str, Span]] = []
        for item in items:
            text = plain_text(item)
            if text is not None:
                found.append((text, item.span))
            else:
                self.bad(item.span, key, "daftar teks", "apit tiap butir dengan tanda kutip")
        if required and not found and isinstance(node, Sequence):
            self.report.add(node.span, "SOP013", f"Kunci “{key}” wajib diisi pada {self.where}")
        return tuple(found)

    def record(self, key: str, where: str, *, required: bool = False) -> Fields | None:
        """Take a nested mapping."""
        node = self.node(key, required=required)
        if node is None:
            return None
        if isinstance(node, Mapping):
            return Fields(node, self.report, where)
        self.bad(node.span, key, "berupa pasangan kunci dan nilai")
        return None

    def records(self, key: str, where: str, example: str) -> tuple[Fields, ...]:
        """Take a list of mappings; `example` is the hint for an item that is none."""
        node = self.node(key)
        if node is None:
            return ()
        found: list[Fields] = []
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Mapping):
                found.append(Fields(item, self.report, where))
            else:
                self.bad(item.span, key, "daftar; tiap butirnya berupa pasangan kunci dan nilai", example)
        return tuple(found)

    def keep(self, key: str, nested: Fields) -> None:
        """Keep the places of a nested mapping beside the own ones, as `key.name`."""
        self.spans |= {f"{key}.{name}" if name else key: span for name, span in nested.spans.items()}

    def finish(self, also: Iterable[str] = ()) -> None:
        """Report every key that was not taken and is not in `also`."""
        known = self.known | set(also)
        spans = self.mapping.key_spans
        unknown = [key for key in spans if key not in known]
        meant = slips_of(unknown, known, spans)
        for key in unknown:
            message = f"Kunci {quote(key)} tidak dikenal pada {self.where}"
            finding = Finding(spans[key], "SOP012", message, nearest(key, known), fix=mending(key, meant))
            self.report.add_finding(finding)


def plain_text(node: Node) -> str | None:
    """The text of a scalar, on one line; None for a list, a record, null, true, false and nothing at all."""
    if not isinstance(node, Scalar) or node.kind in ("null", "bool"):
        return None
    return _one_line(node.text) or None


def _one_line(text: str) -> str:
    """Join the lines of a YAML block: a field of the sheet is one paragraph."""
    return " ".join(line.strip() for line in text.strip().split("\n"))


@dataclass(frozen=True, slots=True)
class _Guess:
    text: str
    """As written."""
    day: date
    certain: bool
    """Whether day and month cannot be taken for one another."""


def _guess(text: str) -> _Guess | None:
    """Read "2 Januari 2023", "02/01/2023" or "2023/1/2"; None for anything else."""
    parts = re.split(r"[\s./-]+", text.strip().casefold())
    if len(parts) != 3:
        return None
    year_first = len(parts[0]) == 4
    day, month, year = reversed(parts) if year_first else parts
    in_words = month in _BULAN
    if in_words:
        month = str(_BULAN.index(month) + 1)
    try:
        guess = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return _Guess(text, guess, year_first or in_words or guess.day > 12) if len(year) == 4 else None
