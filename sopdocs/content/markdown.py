"""Markdown as blocks and inline text that know their place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

from sopdocs.content.report import Report
from sopdocs.content.source import Source
from sopdocs.model import Span

_PARSER = MarkdownIt("commonmark").use(front_matter_plugin).enable("table")
# What stands inside a block is read by `prose`, when it is known what it means.
_PARSER.disable(["reference", "lheading", "code", "inline"])
_DEEPEST_LIST = 4
"""Well below the depth (10) at which the parser drops content without a word."""
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Inline:
    """The raw text of one paragraph, heading or cell, and where each of its characters stands."""

    text: str
    """Markdown source; lines joined by line feeds."""
    places: tuple[tuple[int, Span], ...]
    """(offset in `text`, place) of the start of each line."""

    def span(self, offset: int = 0) -> Span:
        """Place of a character of `text`."""
        start, place = self.places[max(bisect_right(self.places, offset, key=lambda p: p[0]) - 1, 0)]
        return Span(place.path, place.line, place.col + offset - start)

    def slice(self, start: int, end: int | None = None) -> Inline:
        """A part of the text, trimmed, with its places."""
        end = len(self.text) if end is None else end
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        first = bisect_right(self.places, start, key=lambda p: p[0])
        last = bisect_right(self.places, start + len(part), key=lambda p: p[0])
        later = tuple((o - start, p) for o, p in self.places[first:last])
        return Inline(part, ((0, self.span(start)), *later))


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    inline: Inline


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    inline: Inline


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list."""

    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class List:
    """A numbered or bulleted list."""

    numbered: bool
    start: int
    items: tuple[Item, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its header."""

    rows: tuple[tuple[Inline, ...], ...]
    span: Span


Block = Text | Heading | List | Table


def place_of(block: Block) -> Span:
    """Where a block begins."""
    return block.inline.span() if isinstance(block, Text | Heading) else block.span


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file."""

    front_matter: Source | None
    blocks: tuple[Block, ...]


def parse_document(source: Source, report: Report) -> Document:
    """Parse a content file; constructs that have no meaning here are reported and left out."""
    return _Reader(source, report).document()


class _Reader:
    def __init__(self, source: Source, report: Report) -> None:
        self.source = source
        self.report = report
        self.lines = source.text.split("\n")
        self.depth = 0
        """How many lists are open."""

    def document(self) -> Document:
        front: Source | None = None
        blocks: list[Block] = []
        for node in SyntaxTreeNode(_PARSER.parse(self.source.text)).children:
            if node.type == "front_matter":
                front = Source(self.source.path, node.content, self.source.first_line + 1)
            else:
                blocks.extend(self.block(node))
        return Document(front, tuple(blocks))

    def block(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        span = self.place(node)
        if node.type == "paragraph":
            return (Text(self.inline(node.children[0], self.first_line(node))),)
        if node.type == "heading":
            return (Heading(int(node.tag[1]), self.inline(node.children[0], self.first_line(node))),)
        if node.type in ("bullet_list", "ordered_list"):
            return (self.list(node, span),)
        if node.type == "table":
            rows = [row for part in node.children for row in part.children]
            return (Table(tuple(self.row(row) for row in rows), span),)
        if node.type == "html_block":
            self.report.add(span, "SOP025", "HTML tidak boleh dipakai", "tulis teks biasa; **tebal**, *miring*")
            return ()
        if node.type == "hr" and self.first_line(node) == 0:
            return ()  # a front matter that is not closed; its absence is reported
        names = {"fence": "blok kode", "blockquote": "kutipan (>)", "hr": "garis pemisah"}
        what = names.get(node.type, node.type)
        self.report.add(span, "SOP024", f"Bentuk Markdown “{what}” tidak dipakai di sini", "tulis teks biasa")
        return ()

    def list(self, node: SyntaxTreeNode, span: Span) -> List:
        self.depth += 1
        if self.depth == _DEEPEST_LIST + 1:
            message = f"Daftar bersarang lebih dari {_DEEPEST_LIST} tingkat"
            self.report.add(span, "SOP024", message, "kurangi tingkatnya")
        items = tuple(
            Item(tuple(b for child in item.children for b in self.block(child)), self.place(item))
            for item in node.children
        )
        self.depth -= 1
        start = node.attrs.get("start", 1)
        return List(node.type == "ordered_list", int(start), items, span)

    def row(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        line = self.first_line(node)
        raw = self.lines[line]
        starts = [match.end() for match in _BAR.finditer(raw)]
        if not raw.lstrip().startswith("|"):
            starts.insert(0, 0)
        if len(starts) > len(node.children):
            self.surplus(raw, line, starts[len(node.children)])
        starts += [len(raw)] * len(node.children)  # the parser adds the cells that a row lacks
        cells: list[Inline] = []
        for cell, start in zip(node.children, starts, strict=False):
            text = cell.children[0].content if cell.children else ""
            col = start + len(raw[start:]) - len(raw[start:].lstrip())
            cells.append(Inline(text, ((0, self.source.span(line + 1, col + 1)),)))
        return tuple(cells)

    def surplus(self, raw: str, line: int, after: int) -> None:
        """Report text beyond the last column, which begins `after` so many characters: the parser drops it."""
        rest = raw[after:]
        if rest.strip(" \t|"):
            message = "Baris tabel ini berisi lebih banyak sel daripada judul kolomnya"
            hint = r"hapus sel terakhir; garis tegak di dalam sel ditulis \|"
            col = after + len(rest) - len(rest.lstrip()) + 1
            self.report.add(self.source.span(line + 1, col), "SOP060", message, hint)

    def inline(self, node: SyntaxTreeNode, first: int) -> Inline:
        # The block parser trims more than blank lines (no-break spaces), and turns tabs of an indent into spaces.
        while first + 1 < len(self.lines) and not self.lines[first].strip():
            first += 1
        begin, *rest = node.content.split("\n")
        parts = [begin, *(part.lstrip(" \t") for part in rest)]
        places: list[tuple[int, Span]] = []
        offset = 0
        for number, part in enumerate(parts, start=first):
            # What the block parser left of a line (no indent, list marker or heading mark) stands at its end.
            col = max(self.lines[number].rfind(part), 0)
            places.append((offset, self.source.span(number + 1, col + 1)))
            offset += len(part) + 1
        return Inline("\n".join(parts), tuple(places))

    def first_line(self, node: SyntaxTreeNode) -> int:
        return node.map[0] if node.map else 0

    def place(self, node: SyntaxTreeNode) -> Span:
        line = self.first_line(node)
        raw = self.lines[line] if line < len(self.lines) else ""
        return self.source.span(line + 1, len(raw) - len(raw.lstrip()) + 1)
