"""YAML as nodes that know their place. Plain data only: no tags, anchors or merged keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from sopdocs.content.report import Report
from sopdocs.content.source import Source, printable
from sopdocs.model import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as written."""

    text: str
    kind: str
    """str, int, float, bool, null or timestamp (YAML 1.2 core schema)."""
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """A record."""

    entries: dict[str, Node]
    key_spans: dict[str, Span] = field(compare=False)
    span: Span
    key_kinds: dict[str, str] = field(default_factory=dict[str, str], compare=False)
    """What each key is as a scalar: str, int, null and so on."""


Node = Scalar | Sequence | Mapping
_DEEPEST = 20


def load_yaml(source: Source, report: Report) -> Node | None:
    """Return the document of `source` as nodes; None after reporting broken YAML, or for an empty file."""
    if "\t" in source.text:
        for number, line in enumerate(source.text.split("\n"), start=1):
            blank = line[: len(line) - len(line.lstrip())]
            if "\t" in blank:
                span = source.span(number, blank.index("\t") + 1)
                report.add(span, "SOP010", "Tab di awal baris tidak boleh dalam YAML", "ganti dengan spasi")
                return None
    try:
        composed: Any = _reader().compose(source.text)
        return None if composed is None else _Converter(source, report).node(composed)
    except MarkedYAMLError as error:
        marked = cast(Any, error)
        mark = marked.problem_mark or marked.context_mark
        span = source.span(mark.line + 1, mark.column + 1) if mark else source.span()
        report.add(span, "SOP010", "YAML di sini tidak terbaca", _advice(str(marked.problem or "")))
        return None
    except (YAMLError, ValueError, RecursionError):
        report.add(source.span(), "SOP010", "YAML di berkas ini tidak terbaca", "periksa tanda baca dan lekuk")
        return None


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text; lines and columns count from 0."""

    line: int
    col: int
    end_line: int
    end_col: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How a record is written."""

    keys: dict[str, int]
    """The line of each key, in the order of the text."""
    values: dict[str, Place]
    """An empty value is an empty stretch behind its colon; a list or a block of text may reach into what follows."""
    column: int
    """Of the keys."""
    braces: bool
    """Whether it is written as `{key: value}`."""


def layout_of(text: str) -> Layout:
    """Return how the record of a YAML text that was read without findings is written."""
    node: Any = _reader().compose(text)
    lines = text.split("\n")
    keys: dict[str, int] = {}
    values: dict[str, Place] = {}
    for key, value in cast(list[tuple[Any, Any]], node.value):
        keys[key.value] = key.start_mark.line
        start, end = value.start_mark, value.end_mark
        place = Place(int(start.line), int(start.column), int(end.line), int(end.column))
        if start.index == end.index:  # the parser looks for it until the next key
            line = int(key.end_mark.line)
            col = lines[line].find(":", int(key.end_mark.column)) + 1
            place = Place(line, col, line, col)
        values[key.value] = place
    return Layout(keys, values, node.start_mark.column, bool(node.flow_style))


def _reader() -> Any:
    reader = cast(Any, YAML(typ="rt"))
    reader.max_depth = _DEEPEST
    reader.composer.warn_double_anchors = False  # would go to stderr; anchors are findings here
    return reader


def _advice(problem: str) -> str:
    if "maximum depth" in problem:
        return f"daftar di dalam daftar lebih dari {_DEEPEST} tingkat"
    if "undefined alias" in problem or "while scanning an a" in problem or "expected alphabetic" in problem:
        return "nilai yang diawali * atau & harus diapit tanda kutip"
    if "but found another document" in problem:
        return "satu berkas hanya memuat satu dokumen: hapus baris --- ini"
    if "mapping values are not allowed" in problem:
        return "nilai yang memuat titik dua harus diapit tanda kutip"
    if "expected ',' or" in problem:
        return "daftar yang dibuka dengan [ atau { harus ditutup, dan butirnya dipisahkan koma"
    if "expected <block end>" in problem or "did not find expected" in problem:
        return "periksa lekuk (spasi di awal baris) dan tanda kutip"
    if "cannot start any token" in problem:
        return "nilai yang diawali tanda baca harus diapit tanda kutip"
    return "periksa tanda kutip, titik dua, dan lekuk di sekitar baris ini"


class _Converter:
    def __init__(self, source: Source, report: Report) -> None:
        self.source = source
        self.report = report
        self.seen: set[int] = set()

    def node(self, node: Any) -> Node | None:
        span = self.source.span(node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in self.seen:
            return None  # an alias, whose anchor was reported
        self.seen.add(id(node))
        if node.anchor:
            self.report.add(span, "SOP015", "Jangkar (&) dan alias (*) YAML tidak dipakai di sini", "tulis nilainya")
            return None
        if self.source.text.startswith("!", node.start_mark.index):
            self.report.add(span, "SOP015", "Tanda YAML (!) tidak dipakai di sini", "apit nilainya dengan tanda kutip")
            return None
        if isinstance(node, ScalarNode):
            return self.scalar(node, span)
        if isinstance(node, SequenceNode):
            items = [self.node(item) for item in cast(list[Any], node.value)]
            return Sequence(tuple(item for item in items if item is not None), span)
        if isinstance(node, MappingNode):
            return self.mapping(node, span)
        raise TypeError(str(node))

    def scalar(self, node: Any, span: Span) -> Scalar:
        kind = str(node.ctag).rsplit(":", 1)[-1]
        # The round-trip reader marks with a bell where the lines of a folded text (>) were joined.
        text = str(node.value).replace("\a", "") if node.style == ">" else str(node.value)
        # Escapes such as "\a" bring in characters that the file itself does not hold.
        return Scalar(printable(text, span, self.report), kind, span)

    def mapping(self, node: Any, span: Span) -> Mapping:
        entries: dict[str, Node] = {}
        spans: dict[str, Span] = {}
        kinds: dict[str, str] = {}
        for key_node, value_node in cast(list[tuple[Any, Any]], node.value):
            key_span = self.source.span(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            named = self.node(key_node)
            if not isinstance(named, Scalar):
                if named is not None:
                    self.report.add(key_span, "SOP015", "Kunci harus satu kata", "lihat docs/format-konten.md")
                continue
            key = named.text
            value = self.node(value_node)
            if key in entries:
                message = f"Kunci “{key}” ditulis dua kali; yang pertama di baris {spans[key].line}"
                self.report.add(key_span, "SOP011", message, "hapus salah satu")
            elif value is not None:
                entries[key] = value
                spans[key] = key_span
                kinds[key] = named.kind
        return Mapping(entries, spans, span, kinds)
