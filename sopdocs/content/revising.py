"""Write an SOP's life into the text of its file: keys of the front matter and rows of the log; all else stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sopdocs.content.markdown import Document, Heading, Inline, Table, parse_document
from sopdocs.content.report import Report
from sopdocs.content.shapes import SOP
from sopdocs.content.sop import COLUMNS, is_log, section_title
from sopdocs.content.source import Source, clean
from sopdocs.content.yaml_reader import Layout, layout_of
from sopdocs.errors import UsageError

LIFE = ("status", "revisi", "pengesahan", "efektif", "pencabutan", "pengganti")
"""Keys that the commands write, in the order in which they do."""
_HEADING = "## Riwayat Revisi"
_FIELD = "riwayat_revisi"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_BAR = re.compile(r"(?<!\\)\|")
_ORDER = [key.name for key in SOP.keys]


@dataclass(frozen=True, slots=True)
class Change:
    """What a command writes."""

    keys: Mapping[str, str]
    """Values by key, as they are written in YAML."""
    row: tuple[str, ...] = ()
    """Cells of a new last row of the log, as they are written but for bars; empty for none."""


@dataclass(slots=True)
class _Page:
    """The lines of a file, the places in it, and how to change them; every change is read anew."""

    text: str
    lines: list[str] = field(init=False)
    ends: list[str] = field(init=False)
    """What ends each line; nothing after the last."""
    document: Document = field(init=False)
    front: Source = field(init=False)
    layout: Layout = field(init=False)

    def __post_init__(self) -> None:
        self.read(self.text)

    def read(self, text: str) -> None:
        self.text = text
        found = [match.groups() for match in _LINE.finditer(text)]
        if len(found) > 1 and found[-1] == ("", "") and found[-2][1] == "":
            found.pop()  # the end of a last line that has none is found twice
        self.lines, self.ends = [line for line, _ in found], [end for _, end in found]
        self.document = parse_document(clean("", text, Report()), Report())
        if self.document.front_matter is None:
            raise UsageError("Berkas ini tidak diawali bagian depan", "jalankan sopdocs check")
        self.front = self.document.front_matter
        self.layout = layout_of(self.front.text)

    def write(self) -> None:
        self.read("".join(line + end for line, end in zip(self.lines, self.ends, strict=True)))

    def insert(self, at: int, new: list[str]) -> None:
        """Put lines before the line `at`, from 0; the last line gets an end when something follows it."""
        usual = self.ends[0] or "\n"
        if at and not self.ends[at - 1]:
            self.ends[at - 1] = usual
        self.lines[at:at] = new
        self.ends[at:at] = [usual] * len(new)
        self.write()

    def delete(self, start: int, end: int) -> None:
        """Take out lines, from 0."""
        del self.lines[start:end], self.ends[start:end]
        self.write()

    @property
    def offset(self) -> int:
        """Lines before the first of the front matter."""
        return self.front.first_line - 1

    def raw(self, key: str) -> str | None:
        """A value as it is written on its line; None without the key."""
        place = self.layout.values.get(key)
        if place is None:
            return None
        if place.line != place.end_line:
            message = f"Nilai {key} ditulis lebih dari satu baris"
            raise UsageError(message, f"tulis {key} dan nilainya pada satu baris, lalu ulangi")
        return self.lines[self.offset + place.line][place.col : place.end_col]

    def set(self, key: str, value: str) -> None:
        """Put `value` in the place of the old one, or the key where it belongs."""
        written = self.raw(key)
        if written is None:
            self.add(key, value)
            return
        place = self.layout.values[key]
        line = self.lines[self.offset + place.line]
        gap = " " if line[: place.col].endswith(":") else ""
        self.lines[self.offset + place.line] = line[: place.col] + gap + value + line[place.end_col :]
        self.write()

    def add(self, key: str, value: str) -> None:
        keys = list(self.layout.keys)
        if self.layout.braces:
            place = self.layout.values[keys[-1]]
            line = self.lines[self.offset + place.end_line]
            self.lines[self.offset + place.end_line] = (
                line[: place.end_col] + f", {key}: {value}" + line[place.end_col :]
            )
            self.write()
            return
        earlier = [name for name in _ORDER[: _ORDER.index(key)] if name in self.layout.keys]
        at = self.end_of(earlier[-1]) if earlier else self.layout.keys[keys[0]]
        self.insert(self.offset + at, [" " * self.layout.column + f"{key}: {value}"])

    def end_of(self, key: str) -> int:
        """The line after the last of a key's value; comments and blank lines below it are of the next key."""
        lines = self.front.text.split("\n")
        following = [line for line in self.layout.keys.values() if line > self.layout.keys[key]]
        end = min(following, default=len(lines))
        while end > self.layout.keys[key] + 1 and self.is_between(lines[end - 1]):
            end -= 1
        return end

    def is_between(self, line: str) -> bool:
        text = line.lstrip(" ")
        return not text.strip() or (text.startswith("#") and len(line) - len(text) <= self.layout.column)

    def drop(self, key: str) -> None:
        """Take a key out, with its value."""
        if self.layout.braces:
            raise UsageError(f"Kunci {key} tidak dapat dihapus sendiri", f"hapus {key} dari bagian depan, lalu ulangi")
        self.delete(self.offset + self.layout.keys[key], self.offset + self.end_of(key))

    def log_heading(self) -> Heading | None:
        heads = (block for block in self.document.blocks if isinstance(block, Heading))
        return next((block for block in heads if section_title(block)[1] == _FIELD), None)

    def log(self) -> Table | None:
        """The table of the log."""
        inside = False
        for block in self.document.blocks:
            if isinstance(block, Heading):
                inside = section_title(block)[1] == _FIELD
            elif inside and isinstance(block, Table) and is_log(block):
                return block
        return None

    def add_row(self, cells: tuple[str, ...]) -> None:
        table = self.log()
        if table is None:
            self.start_log()
            table = self.log()
        elif len(cells) > len(table.rows[0]) and cells[-1]:
            self.widen(table)
            table = self.log()
        if table is None:
            raise UsageError("Tabel Riwayat Revisi tidak dapat dibuat", "buat tabelnya sendiri, lalu ulangi")
        shown = [_BAR.sub(r"\\|", cell) for cell in cells[: len(table.rows[0])]]
        row = "|" + "".join(f" {cell} |" if cell else " |" for cell in shown)
        self.insert(_end_of(table), [row])

    def start_log(self) -> None:
        """Make the table, and its section before Catatan when there is none."""
        table = [_row(COLUMNS), "|" + "---|" * len(COLUMNS)]
        heading = self.log_heading()
        if heading is not None:
            self.insert(heading.inline.span().line, table)
            return
        heads = [block for block in self.document.blocks if isinstance(block, Heading)]
        notes = next((head for head in heads if section_title(head)[1] == "catatan"), None)
        if notes is not None:
            self.insert(notes.inline.span().line - 1, [_HEADING, *table, ""])
            return
        at = len(self.lines) - (self.lines[-1] == "")
        blank = [""] if at and self.lines[at - 1].strip() else []
        self.insert(at, [*blank, _HEADING, *table])

    def widen(self, table: Table) -> None:
        """Give the table its last column; rows that lack its cell may stay as they are."""
        first = table.rows[0][0].span().line - 1
        for number, cell in ((first, f" {COLUMNS[-1]} "), (first + 1, "---")):
            line = self.lines[number].rstrip()
            self.lines[number] = line + (f"{cell}|" if line.endswith("|") else f" |{cell}".rstrip())
        self.write()


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _end_of(table: Table) -> int:
    """The number, from 0, of the line after a table."""
    last = table.rows[-1][0].span().line
    return last if len(table.rows) > 1 else last + 1


def with_change(text: str, change: Change) -> str:
    """Return the text of an SOP file with a change in it, everything else as it is, byte for byte.

    `text` has the line ends and marks of the file, and was read without errors. Raises UsageError where the change
    does not fit into what is written there.
    """
    page = _Page(text)
    for key in (key for key in LIFE if key in change.keys):
        page.set(key, change.keys[key])
    if change.row:
        page.add_row(change.row)
    return page.text


def taken_back(text: str, before: str) -> str:
    """Return `text` without the change that was made to `before`: `before` itself unless other things were edited.

    Raises UsageError where that is not possible.
    """
    now, then = _Page(text), _Page(before)
    if with_change(before, _change(now, then)) == text:
        return before
    for key in LIFE:
        written = then.raw(key)
        if written is None and now.raw(key) is not None:
            now.drop(key)
        elif written is not None and written != now.raw(key):
            now.set(key, written or "null")
    _take_back_rows(now, then)
    return now.text


def _change(now: _Page, then: _Page) -> Change:
    """The change that leads from one to the other, as far as keys and log tell."""
    keys = {key: now.raw(key) or "null" for key in LIFE if now.raw(key) not in (None, then.raw(key))}
    rows, old = _rows(now), _rows(then)
    row = tuple(cell.text for cell in rows[-1]) if len(rows) > len(old) else ()
    return Change(keys, row + ("",) * (len(COLUMNS) - len(row)) if row else ())


def _rows(page: _Page) -> tuple[tuple[Inline, ...], ...]:
    table = page.log()
    return table.rows[1:] if table else ()


def _take_back_rows(now: _Page, then: _Page) -> None:
    kept = len(_rows(then))
    while len(_rows(now)) > kept:
        at = _rows(now)[-1][0].span().line - 1
        now.delete(at, at + 1)
    table, old = now.log(), then.log()
    if table is None:
        return
    first = table.rows[0][0].span().line - 1
    if old is not None and len(old.rows[0]) < len(table.rows[0]):
        above = old.rows[0][0].span().line - 1
        if all(len(row) < len(COLUMNS) or not row[-1].text for row in table.rows[1:]):
            now.lines[first : first + 2] = then.lines[above : above + 2]
            now.write()
    elif old is None and then.log_heading() is None and len(table.rows) == 1:
        heading = now.log_heading()
        start, end = heading.inline.span().line - 1 if heading else first, first + 2
        if end < len(now.lines) and not now.lines[end].strip() and any(now.lines[end:]):
            end += 1  # the blank line before the next section
        elif not any(now.lines[end:]) and start and not now.lines[start - 1].strip():
            start -= 1
        now.delete(start, end)
