"""Measure what a filled template prints before and after the procedure, so that the layout knows its room.

Any template can be measured: paragraphs with their styles, tables with merged cells, inline pictures.
"""

from __future__ import annotations

from dataclasses import dataclass

from sopdocs.layout.measure import FontData, TextStyle, break_runs
from sopdocs.layout.settings import MEASURE_SLACK
from sopdocs.layout.units import EMU_PER_TWIP, Emu, mm, pt
from sopdocs.model import Run
from sopdocs.word.xml import Element, qn

_SINGLE = 1.149
"""Line height of Arial and Liberation Sans in ems: ascent, descent and line gap (hhea table)."""
_SLACK: Emu = mm(1.5)


@dataclass(frozen=True, slots=True)
class Around:
    """Heights around the procedure."""

    before: Emu
    """On the page where the procedure could start."""
    pages_before: int
    """Full pages before that one."""
    after: Emu


def measure_around(body: Element, mark: Element, styles: Element, fonts: FontData, page: tuple[Emu, Emu]) -> Around:
    """Measure the siblings before and after `mark`; `page` is (width, height) of the text area."""
    ruler = _Ruler(styles, fonts)
    blocks = [child for child in body if child.tag in (qn("w:p"), qn("w:tbl"))]
    at = blocks.index(mark)
    before = sum(ruler.block(block, page[0]) for block in blocks[:at])
    after = sum(ruler.block(block, page[0]) for block in blocks[at + 1 :])
    pages, rest = divmod(before, page[1])
    return Around(rest + _SLACK, pages, after + _SLACK)


@dataclass(frozen=True, slots=True)
class _Format:
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    line: int = 240
    rule: str = "auto"
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0


class _Ruler:
    def __init__(self, styles: Element, fonts: FontData) -> None:
        self.fonts = fonts
        self.styles = {str(s.get(qn("w:styleId"))): s for s in styles.findall(qn("w:style"))}
        self.default = next(
            (
                key
                for key, s in self.styles.items()
                if s.get(qn("w:default")) == "1" and s.get(qn("w:type")) == "paragraph"
            ),
            "",
        )
        defaults = styles.find(qn("w:docDefaults"))
        self.base = [] if defaults is None else [*defaults.iter(qn("w:pPr")), *defaults.iter(qn("w:rPr"))]

    def block(self, block: Element, width: Emu) -> Emu:
        return self.table(block) if block.tag == qn("w:tbl") else self.paragraph(block, width)

    def table(self, table: Element) -> Emu:
        margin = 2 * _margin(table) * EMU_PER_TWIP
        grid = [int(str(col.get(qn("w:w")) or 0)) for col in table.iter(qn("w:gridCol"))]
        heights: list[Emu] = []
        merged: dict[int, tuple[int, Emu]] = {}
        for number, row in enumerate(table.findall(qn("w:tr"))):
            least = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
            height = int(str(least.get(qn("w:val")))) * EMU_PER_TWIP if least is not None else 0
            column = 0
            for cell in row.findall(qn("w:tc")):
                span, merge = _span(cell)
                width = sum(grid[column : column + span]) * EMU_PER_TWIP - margin
                if merge != "continue":
                    content = sum(self.block(b, width) for b in cell if b.tag in (qn("w:p"), qn("w:tbl")))
                    if merge == "restart":
                        merged[column] = (number, content)
                    else:
                        height = max(height, content)
                column += span
            heights.append(height + pt(0.5))
            self._stretch(merged, heights, row)
        return sum(heights)

    @staticmethod
    def _stretch(merged: dict[int, tuple[int, Emu]], heights: list[Emu], row: Element) -> None:
        """A merged cell that needs more than its rows makes the last of them higher."""
        following = row.getnext()
        column = 0
        going: set[int] = set()
        for cell in following.findall(qn("w:tc")) if following is not None else []:
            span, merge = _span(cell)
            if merge == "continue":
                going.add(column)
            column += span
        for start, (first, content) in list(merged.items()):
            if start not in going:
                heights[-1] += max(content - sum(heights[first:]), 0)
                del merged[start]

    def paragraph(self, paragraph: Element, width: Emu) -> Emu:
        own = paragraph.find(qn("w:pPr"))
        style = own.find(qn("w:pStyle")) if own is not None else None
        layers = [*self.base, *self.chain(str(style.get(qn("w:val"))) if style is not None else self.default)]
        look = _read([*layers, *([own] if own is not None else [])])
        runs: list[Run] = []
        sizes = [look.size]
        pictures: list[Emu] = []
        for run in paragraph.iter(qn("w:r")):
            mine = run.find(qn("w:rPr"))
            shown = _read([mine], look) if mine is not None else look
            text = "".join(_run_text(child) for child in run)
            if text:
                sizes.append(shown.size)
                runs.append(Run(text, shown.bold, shown.italic))
            pictures += [int(str(e.get("cy"))) for e in run.iter(qn("wp:extent"))]
        room = width - (look.left + look.right) * EMU_PER_TWIP - MEASURE_SLACK
        lines = len(break_runs(self.fonts, tuple(runs), TextStyle(max(sizes)), room))
        line = _line_height(look, max(sizes))
        content = lines * line if not pictures else max(line, *pictures) + (lines - 1) * line
        return content + (look.before + look.after) * EMU_PER_TWIP

    def chain(self, key: str) -> list[Element]:
        """Property elements of a style and those it is based on, the most general first."""
        found: list[Element] = []
        seen: set[str] = set()
        while key in self.styles and key not in seen:
            seen.add(key)
            style = self.styles[key]
            found = [*(e for e in (style.find(qn("w:pPr")), style.find(qn("w:rPr"))) if e is not None), *found]
            based = style.find(qn("w:basedOn"))
            key = str(based.get(qn("w:val"))) if based is not None else ""
        return found


def _run_text(child: Element) -> str:
    if child.tag == qn("w:t"):
        return child.text or ""
    if child.tag == qn("w:br"):
        return "\n"
    return " " if child.tag == qn("w:tab") else ""


def _line_height(look: _Format, size: float) -> Emu:
    if look.rule == "exact":
        return look.line * EMU_PER_TWIP
    single = pt(size * _SINGLE * (look.line / 240 if look.rule == "auto" else 1))
    return max(single, look.line * EMU_PER_TWIP) if look.rule == "atLeast" else single


def _span(cell: Element) -> tuple[int, str]:
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, ""
    span, merge = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
    across = int(str(span.get(qn("w:val")))) if span is not None else 1
    return across, "" if merge is None else str(merge.get(qn("w:val")) or "continue")


def _margin(table: Element) -> int:
    left = table.find(f"{qn('w:tblPr')}/{qn('w:tblCellMar')}/{qn('w:left')}")
    return int(str(left.get(qn("w:w")))) if left is not None else 108


def _read(layers: list[Element], start: _Format | None = None) -> _Format:
    """Lay property elements over each other, later ones winning."""
    values: dict[str, object] = {}
    for layer in layers:
        for child in layer.iter():
            if child.tag == qn("w:spacing"):
                names = {"before": "before", "after": "after", "line": "line"}
                values |= {n: int(str(child.get(qn(f"w:{a}")))) for a, n in names.items() if child.get(qn(f"w:{a}"))}
                if child.get(qn("w:lineRule")):
                    values["rule"] = str(child.get(qn("w:lineRule")))
            elif child.tag == qn("w:ind"):
                values |= {n: int(str(child.get(qn(f"w:{n}")))) for n in ("left", "right") if child.get(qn(f"w:{n}"))}
            elif child.tag == qn("w:sz"):
                values["size"] = int(str(child.get(qn("w:val")))) / 2
            elif child.tag in (qn("w:b"), qn("w:i")):
                on = child.get(qn("w:val")) not in ("0", "false")
                values["bold" if child.tag == qn("w:b") else "italic"] = on
    base = start or _Format()
    fields = ("size", "bold", "italic", "line", "rule", "before", "after", "left", "right")
    return _Format(*(values.get(name, getattr(base, name)) for name in fields))  # pyright: ignore[reportArgumentType]
