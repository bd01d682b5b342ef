"""The canonical form of an SOP file: its own lines, moved, re-indented and freed of stray white space.

Text is never printed from the model, which has references filled in. Each heading with what stands below it is
written anew and read again; one that would then read otherwise stays as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopdocs.content.key_order import in_order
from sopdocs.content.markdown import Block, Heading, Inline, Item, List, Table, Text, parse_document
from sopdocs.content.prose import rich_text
from sopdocs.content.report import Report
from sopdocs.content.shapes import SOP
from sopdocs.content.sop import SECTIONS, section_title
from sopdocs.content.source import Source
from sopdocs.content.steps import FIELD, NAMES, TITLE
from sopdocs.model import Run, Span

_NOWHERE = Span("")
_ORDER = list(SECTIONS.values())
_FIELDS = list(dict.fromkeys(NAMES.values()))
_ONE_NOTATION = ("pelaksana", "alur")
"""Fields that are no prose: white space inside their quoted labels is theirs."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A heading and what stands below it, up to the next heading."""

    heading: Heading
    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    """As written, the heading first."""


def canonical(source: Source) -> str:
    """Return the canonical form of an SOP file that was read without errors; any other text as it is."""
    report = Report()
    document = parse_document(source, report)
    units = _units(document.blocks, source)
    if report.findings or document.front_matter is None or not units or units[0].heading.level > 2:
        return source.text
    front = in_order(document.front_matter, [key.name for key in SOP.keys])
    opening = source.text.partition("\n")[0].rstrip()
    closing = "---" if opening == "---" else _closing(document.front_matter, source)
    parts = [_written(unit) for section in _sections(units) for unit in section]
    return "\n".join([opening, front, closing, "", "\n\n".join(parts), ""])


def _closing(front: Source, source: Source) -> str:
    """The line that ends the front matter; one that is opened in an unusual way is closed as it was."""
    return source.text.split("\n")[front.first_line + front.text.count("\n")].rstrip()


def _units(blocks: tuple[Block, ...], source: Source) -> list[_Unit]:
    """Cut the body at its headings; none when text stands before the first."""
    lines = source.text.split("\n")
    heads = [number for number, block in enumerate(blocks) if isinstance(block, Heading)]
    if not heads or heads[0] != 0:
        return []
    units: list[_Unit] = []
    for here, there in zip(heads, [*heads[1:], None], strict=True):
        heading, below = blocks[here], blocks[here + 1 : there]
        following = blocks[there] if there is not None else None
        end = following.inline.span().line - 1 if isinstance(following, Heading) else None
        if isinstance(heading, Heading):
            units.append(_Unit(heading, below, tuple(lines[heading.inline.span().line - 1 : end])))
    return units


def _sections(units: list[_Unit]) -> list[list[_Unit]]:
    """Gather the units of each section, and sort the sections; those of one kind keep their order."""
    sections: list[list[_Unit]] = []
    for unit in units:
        if unit.heading.level <= 2:
            sections.append([])
        sections[-1].append(unit)
    rank = {field: number for number, field in enumerate(_ORDER)}
    return sorted(sections, key=lambda section: rank.get(section_title(section[0].heading)[1] or "", len(rank)))


def _written(unit: _Unit) -> str:
    """The lines of a unit, in order; as they were written when they would read otherwise."""
    blocks = _tidied(unit)
    text = "\n".join([_heading(unit.heading), *_lines(blocks, inside=False)])
    report = Report()
    again = _units(parse_document(Source("", text), report).blocks, Source("", text))
    same = len(again) == 1 and _heading(again[0].heading) == _heading(unit.heading) and _tidied(again[0]) == blocks
    if same and not report.findings:
        return text
    # No more than blank lines are taken off: a no-break space is a paragraph to the parser.
    return "\n".join([unit.lines[0].strip(), *unit.lines[1:]]).rstrip(" \t\n")


def _heading(heading: Heading) -> str:
    text = heading.inline.text
    step = TITLE.match(text) if heading.level == 3 else None
    if step:
        text = f"{int(step[1])}. {text[step.end() :]}"
    return f"{'#' * heading.level} {text}"


def _tidied(unit: _Unit) -> tuple[Block, ...]:
    """The blocks of a unit as they are to be written, without places: equal blocks are read alike."""
    blocks = _tidy(unit.blocks)
    if unit.heading.level != 3 or len(blocks) != 1 or not isinstance(blocks[0], List):
        return blocks
    # The fields again from their source: what stands in Pelaksana and Alur is not prose.
    lists = [block for block in unit.blocks if isinstance(block, List)]
    fields = sorted((_field(item) for block in lists for item in block.items), key=lambda field: field[0])
    return (List(False, 1, tuple(item for _, item in fields), _NOWHERE),)


def _field(item: Item) -> tuple[int, Item]:
    """The rank of a field and its item, its value on the line of its name."""
    first = item.blocks[0] if item.blocks else None
    match = FIELD.match(first.inline.text) if isinstance(first, Text) else None
    name = NAMES.get(match[1].strip().casefold()) if match else None
    if name is None or match is None or not isinstance(first, Text):
        return len(_FIELDS), Item(_tidy(item.blocks), _NOWHERE)
    notation = name in _ONE_NOTATION
    value = first.inline.slice(match.end()).text
    text = f"{match[1].strip()}: {value if notation else _without_trails(value)}".rstrip()
    return _FIELDS.index(name), Item((_text(text), *_tidy(item.blocks[1:], prose=not notation)), _NOWHERE)


def _text(text: str) -> Text:
    return Text(Inline(text, ()))


def _tidy(blocks: Sequence[Block], *, prose: bool = True) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Text):
            found.append(_text(_without_trails(block.inline.text) if prose else block.inline.text))
        elif isinstance(block, List):
            items = tuple(Item(_tidy(item.blocks, prose=prose), _NOWHERE) for item in block.items)
            last = found[-1] if found else None
            if isinstance(last, List) and _one_list(last, block):
                found[-1] = List(False, 1, (*last.items, *items), _NOWHERE)
            else:
                found.append(List(block.numbered, block.start, items, _NOWHERE))
        elif isinstance(block, Table):
            found.append(Table(tuple(tuple(Inline(cell.text, ()) for cell in row) for row in block.rows), _NOWHERE))
        else:
            found.append(Heading(block.level, Inline(block.inline.text, ())))
    return tuple(found)


def _one_list(first: List, second: List) -> bool:
    """Whether two lists that touch are read as one: bullets are, but for the lone `-` that says "none"."""
    lone = any(len(part.items) == 1 and not part.items[0].blocks for part in (first, second))
    return not first.numbered and not second.numbered and not lone


def _without_trails(text: str) -> str:
    """Take the spaces off the ends of lines, but two that break the line; leave all where that would read otherwise."""
    *lines, last = text.split("\n")
    bare = "\n".join([*(_without_trail(line) for line in lines), last])
    return bare if _runs(bare) == _runs(text) else text


def _without_trail(line: str) -> str:
    stripped = line.rstrip(" \t")
    return stripped + "  " if line.endswith("  ") else stripped


def _runs(text: str) -> tuple[Run, ...]:
    return rich_text(Inline(text, ((0, _NOWHERE),)), lambda reference, _: Run(reference), Report())


def _lines(blocks: Sequence[Block], *, inside: bool) -> list[str]:
    """The lines of blocks, one blank line between them; inside an item a list follows its text directly."""
    lines: list[str] = []
    other = False
    last: Block | None = None
    for block in blocks:
        other = _touch(last, block) and not other
        if last is not None and not (inside and isinstance(last, Text) and _interrupts(block)):
            lines.append("")
        lines += _block(block, other)
        last = block
    return lines


def _touch(last: Block | None, block: Block) -> bool:
    """Whether two lists need different marks to stay two."""
    return isinstance(last, List) and isinstance(block, List) and last.numbered == block.numbered


def _interrupts(block: Block) -> bool:
    """Whether a list may follow a paragraph without a blank line (CommonMark 5.2)."""
    return isinstance(block, List) and block.start == 1 and bool(block.items[0].blocks)


def _block(block: Block, other: bool) -> list[str]:
    if isinstance(block, Text):
        return block.inline.text.split("\n")
    if isinstance(block, Heading):
        return [_heading(block)]
    if isinstance(block, Table):
        rows = ["|" + "".join(_cell(cell.text) for cell in row) for row in block.rows]
        return [rows[0], "|" + "---|" * len(block.rows[0]), *rows[1:]]
    return [line for number, item in enumerate(block.items) for line in _item(block, block.start + number, item, other)]


def _cell(text: str) -> str:
    """A cell with its right border; the parser took the backslash off a bar within it."""
    escaped = text.replace("|", "\\|")
    return f" {escaped} |" if text else " |"


def _item(block: List, number: int, item: Item, other: bool) -> list[str]:
    """The lines of one item, under its mark; `other` is the mark of a list that touches one of its kind."""
    mark = f"{number}{')' if other else '.'}" if block.numbered else "*" if other else "-"
    first, *rest = _lines(item.blocks, inside=True) or [""]
    indent = " " * (len(mark) + 1)
    return [f"{mark} {first}" if first else mark, *(indent + line if line else "" for line in rest)]
