"""Markdown as blocks and inline text that know their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

from sopdocs.content.report import Report
from sopdocs.content.source import Source
from sopdocs.model import Paragraph, RichText, Run, Span

_PARSER = MarkdownIt("commonmark").use(front_matter_plugin).enable("table").disable(["reference", "lheading", "code"])
Substitute = Callable[[str, "Inline"], list[Run]]
"""Turns plain text into runs, replacing [[slug]] and [PP 46/2011]."""


@dataclass(frozen=True, slots=True)
class Inline:
    """The raw text of one paragraph, heading or cell, and where each of its characters stands."""

    text: str
    """Markdown source; lines joined by line feeds."""
    places: tuple[tuple[int, Span], ...]
    """(offset in `text`, place) of the start of each line."""

    def span(self, offset: int = 0) -> Span:
        """Place of a character of `text`."""
        start, place = max((p for p in self.places if p[0] <= offset), default=self.places[0], key=lambda p: p[0])
        return Span(place.path, place.line, place.col + offset - start)

    def slice(self, start: int, end: int | None = None) -> Inline:
        """A part of the text, trimmed, with its places."""
        end = len(self.text) if end is None else end
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        later = tuple((o - start, p) for o, p in self.places if start < o <= start + len(part))
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
        names = {"fence": "blok kode", "blockquote": "kutipan (>)", "hr": "garis pemisah"}
        what = names.get(node.type, node.type)
        self.report.add(span, "SOP024", f"Bentuk Markdown “{what}” tidak dipakai di sini", "tulis teks biasa")
        return ()

    def list(self, node: SyntaxTreeNode, span: Span) -> List:
        items = tuple(
            Item(tuple(b for child in item.children for b in self.block(child)), self.place(item))
            for item in node.children
        )
        start = node.attrs.get("start", 1)
        return List(node.type == "ordered_list", int(start), items, span)

    def row(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        cells: list[Inline] = []
        line, col = self.first_line(node), 0
        for cell in node.children:
            text = cell.children[0].content if cell.children else ""
            raw = self.lines[line]
            col = max(raw.find(text, raw.find("|", col) + 1), 0)
            cells.append(Inline(text, ((0, self.source.span(line + 1, col + 1)),)))
            col += len(text)
        return tuple(cells)

    def inline(self, node: SyntaxTreeNode, first: int) -> Inline:
        places: list[tuple[int, Span]] = []
        offset = 0
        for number, part in enumerate(node.content.split("\n"), start=first):
            raw = self.lines[number] if number < len(self.lines) else ""
            # The block parser strips indentation, list markers and heading marks: look for what is left.
            col = max(raw.rfind(part) if number == first else raw.find(part), 0)
            places.append((offset, self.source.span(number + 1, col + 1)))
            offset += len(part) + 1
        return Inline(node.content, tuple(places))

    def first_line(self, node: SyntaxTreeNode) -> int:
        return node.map[0] if node.map else 0

    def place(self, node: SyntaxTreeNode) -> Span:
        line = self.first_line(node)
        raw = self.lines[line] if line < len(self.lines) else ""
        return self.source.span(line + 1, len(raw) - len(raw.lstrip()) + 1)


def rich_text(inline: Inline, substitute: Substitute, report: Report) -> tuple[Run, ...]:
    """Turn inline Markdown into runs; HTML, images and links are reported, their text is kept."""
    tokens = _PARSER.parseInline(inline.text)[0].children or []
    runs: list[Run] = []
    bold = italic = 0
    searched = 0
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type in ("softbreak", "hardbreak"):
            runs.append(Run("\n" if token.type == "hardbreak" else " ", bold > 0, italic > 0))
        elif token.type in ("html_inline", "image", "link_open"):
            searched = _refuse(token, inline, searched, report)
        if token.type in ("text", "code_inline", "text_special", "html_inline", "image"):
            for run in substitute(token.content.replace("\t", " "), inline):
                runs.append(Run(run.text, bold > 0, italic > 0, run.link))
    return _joined(runs)


def _refuse(token: Token, inline: Inline, searched: int, report: Report) -> int:
    opening = {"html_inline": token.content, "image": "![", "link_open": "["}[token.type]
    if token.markup == "autolink":
        opening = "<"
    at = max(inline.text.find(opening, searched), 0)
    if token.type == "html_inline":
        hint = "untuk ganti baris, akhiri baris dengan dua spasi" if token.content.startswith("<br") else ""
        report.add(
            inline.span(at),
            "SOP025",
            f"HTML “{token.content}” tidak boleh dipakai",
            hint or "tulis teks biasa",
        )
    else:
        what = "Gambar" if token.type == "image" else "Tautan"
        hint = "tautan ke SOP lain ditulis [[nama-berkas]]"
        report.add(inline.span(at), "SOP026", f"{what} tidak boleh dipakai di dalam teks", hint)
    return at + 1


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        last = joined[-1] if joined else None
        if last and (last.bold, last.italic, last.link) == (run.bold, run.italic, run.link):
            joined[-1] = Run(last.text + run.text, run.bold, run.italic, run.link)
        else:
            joined.append(run)
    return tuple(joined)


def flatten(blocks: tuple[Block, ...], substitute: Substitute, report: Report) -> RichText:
    """Turn blocks into the paragraphs of one field: lists become paragraphs with markers."""
    paragraphs = tuple(_paragraphs(blocks, substitute, report, 0))
    first = next((b for b in blocks if not isinstance(b, Heading)), None)
    span = None if first is None else (first.inline.span() if isinstance(first, Text) else first.span)
    return RichText(paragraphs, span)


def _paragraphs(blocks: tuple[Block, ...], substitute: Substitute, report: Report, level: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Text):
            found.append(Paragraph(rich_text(block.inline, substitute, report), "", level))
        elif isinstance(block, List):
            for number, item in enumerate(block.items, start=block.start):
                inner = _paragraphs(item.blocks, substitute, report, level + 1)
                inner = [Paragraph(p.runs, p.marker, max(p.level - 1, level)) if not p.marker else p for p in inner]
                if inner and not inner[0].marker:
                    inner[0] = Paragraph(inner[0].runs, _marker(block.numbered, number, level), level)
                found.extend(inner)
        elif isinstance(block, Table):
            report.add(block.span, "SOP024", "Tabel tidak dipakai di dalam teks", "tulis sebagai daftar")
        else:
            report.add(block.inline.span(), "SOP021", f"Judul “{block.inline.text}” tidak dikenal di sini")
    return found


def _marker(numbered: bool, number: int, level: int) -> str:
    if not numbered:
        return "•" if level == 0 else "–"
    if level == 1 and 1 <= number <= 26:
        return f"{chr(96 + number)}."
    return f"{number}." if level == 0 else f"{number})"
