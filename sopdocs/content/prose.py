"""Inline Markdown and lists as the text of a field."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.token import Token

from sopdocs.content.citing import CITATION
from sopdocs.content.markdown import Block, Heading, Inline, List, Table, Text, place_of
from sopdocs.content.report import Report, quote
from sopdocs.content.source import printable
from sopdocs.model import Paragraph, RichText, Run, Span

Substitute = Callable[[str, Span], Run]
"""Turns a reference as written, `[[slug]]` or `[PP 46/2011]`, into what is printed."""

_REFERENCE = re.compile(rf"\[\[[^\[\]]{{0,200}}\]\]|{CITATION}(?!\()")
_ENTITY = re.compile(r"(?<!\\)&#?\w{1,32};")
_MARKED = re.compile(r"[\x00\n\r!&*<\[\\\]_`]")
"""All at which a rule of CommonMark for text within a block may begin."""
_Rule = Callable[[StateInline, bool], bool]


def _reference(state: StateInline, silent: bool) -> bool:
    """Read a reference as an inline rule, so that its place is known and `\\[` escapes it."""
    match = _REFERENCE.match(state.src, state.pos)
    if match is None or (match["nomor"] and not any(mark.isdigit() for mark in match["nomor"])):
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.content = match.group()
        token.meta["at"] = state.pos
    state.pos = match.end()
    return True


def _placed(rule: _Rule) -> _Rule:
    """Let the tokens of an inline rule tell where they stand, which markdown-it-py does not record."""

    def run(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            for token in state.tokens[count:]:
                token.meta.setdefault("at", start)
        return done

    return run


def _inline_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    for name, rule in {"link": link, "image": image, "autolink": autolink, "html_inline": html_inline}.items():
        parser.inline.ruler.at(name, _placed(rule))
    parser.inline.ruler.before("link", "reference", _reference)
    return parser


_PARSER = _inline_parser()


def rich_text(inline: Inline, substitute: Substitute, report: Report) -> tuple[Run, ...]:
    """Turn inline Markdown into runs; HTML, images and links are reported, their text is kept."""
    if not _MARKED.search(inline.text):
        return (Run(_shown(inline.text)),) if inline.text else ()
    for match in _ENTITY.finditer(inline.text):
        printable(unescapeAll(match.group()), inline.span(match.start()), report)
    runs: list[Run] = []
    bold = italic = 0
    for token in _PARSER.parseInline(inline.text)[0].children or []:
        if token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type in ("html_inline", "image", "link_open"):
            _refuse(token, inline.span(token.meta["at"]), report)
        run = _run(token, inline, substitute)
        if run.text:
            runs.append(Run(run.text, bold > 0, italic > 0, run.link))
    return _joined(runs)


def _run(token: Token, inline: Inline, substitute: Substitute) -> Run:
    if token.type == "reference":
        return substitute(token.content, inline.span(token.meta["at"]))
    if token.type in ("softbreak", "hardbreak"):
        return Run("\n" if token.type == "hardbreak" else " ")
    if token.type in ("text", "text_special", "code_inline", "html_inline", "image"):
        return Run(_shown(token.content))
    return Run("")


def _shown(text: str) -> str:
    # What an entity such as &#12; brought in was reported before, as was the rest when the file was read.
    return printable(text.replace("\t", " "), Span(""), Report())


def _refuse(token: Token, span: Span, report: Report) -> None:
    if token.type == "html_inline":
        line_break = token.content.casefold().startswith("<br")
        hint = "untuk ganti baris, akhiri baris dengan dua spasi" if line_break else "tulis teks biasa"
        report.add(span, "SOP025", f"HTML {quote(token.content)} tidak boleh dipakai", hint)
    else:
        what = "Gambar" if token.type == "image" else "Tautan"
        hint = "tautan ke SOP lain ditulis [[nama-berkas]]"
        report.add(span, "SOP026", f"{what} tidak boleh dipakai di dalam teks", hint)


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Join neighbours of one look."""
    groups: list[list[Run]] = []
    for run in runs:
        if groups and _look(groups[-1][0]) == _look(run):
            groups[-1].append(run)
        else:
            groups.append([run])
    return tuple(Run("".join(r.text for r in group), *_look(group[0])) for group in groups)


def _look(run: Run) -> tuple[bool, bool, str | None]:
    return run.bold, run.italic, run.link


def flatten(blocks: tuple[Block, ...], substitute: Substitute, report: Report) -> RichText:
    """Turn blocks into the paragraphs of one field: lists become paragraphs with markers."""
    paragraphs = tuple(_paragraphs(blocks, substitute, report, 0))
    first = next((block for block in blocks if not isinstance(block, Heading)), None)
    return RichText(paragraphs, None if first is None else place_of(first))


def _paragraphs(blocks: tuple[Block, ...], substitute: Substitute, report: Report, level: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Text):
            found.append(Paragraph(rich_text(block.inline, substitute, report), "", level, block.inline.span()))
        elif isinstance(block, List):
            found.extend(_items(block, substitute, report, level))
        elif isinstance(block, Table):
            report.add(block.span, "SOP024", "Tabel tidak dipakai di dalam teks", "tulis sebagai daftar")
        else:
            message = f"Judul {quote(block.inline.text)} tidak dikenal di sini"
            report.add(block.inline.span(), "SOP021", message, "judul bagian ditulis ## dan judul langkah ### 1. …")
    return found


def _items(block: List, substitute: Substitute, report: Report, level: int) -> list[Paragraph]:
    if not block.numbered and len(block.items) == 1 and not block.items[0].blocks:
        # A line with nothing but "-" is how an office says that there is none.
        return [Paragraph((Run("-"),), "", level, block.span)]
    found: list[Paragraph] = []
    for number, item in enumerate(block.items, start=block.start):
        inner = _paragraphs(item.blocks, substitute, report, level + 1)
        inner = [p if p.marker else Paragraph(p.runs, "", max(p.level - 1, level), p.span) for p in inner]
        if inner and not inner[0].marker:
            inner[0] = Paragraph(inner[0].runs, _marker(block.numbered, number, level), level, inner[0].span)
        elif not item.blocks:
            report.add(item.span, "SOP024", "Butir daftar ini kosong", "isi atau hapus butirnya")
        found.extend(inner)
    return found


def _marker(numbered: bool, number: int, level: int) -> str:
    if not numbered:
        return "•" if level == 0 else "–"
    if level == 1 and 1 <= number <= 26:
        return f"{chr(96 + number)}."
    return f"{number}." if level == 0 else f"{number})"
