"""Cut a row that is taller than a page into several rows."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from sopdocs.layout import settings as s
from sopdocs.layout.columns import cell_room, cell_text
from sopdocs.layout.geometry import Column, Kolom
from sopdocs.layout.measure import break_runs, hanging
from sopdocs.layout.settings import LayoutSettings
from sopdocs.model import Langkah, Paragraph, Prosedur, RichText, Run


def split_tall(
    prosedur: Prosedur, columns: tuple[Column, ...], lines: int, settings: LayoutSettings, tail: int = 0
) -> Prosedur:
    """Return the procedure with no row of more than `lines` lines; the first piece of a row keeps its symbols.

    The last step is cut `tail` lines earlier, so that the signature finds room below it.
    """
    last = len(prosedur.langkah) - 1
    steps = [
        piece
        for number, step in enumerate(prosedur.langkah)
        for piece in _pieces(step, columns, max(lines - (tail if number == last else 0), 1), settings)
    ]
    return replace(prosedur, langkah=tuple(steps))


def _pieces(step: Langkah, columns: tuple[Column, ...], lines: int, settings: LayoutSettings) -> list[Langkah]:
    texts = [column for column in columns if column.kolom not in (Kolom.LAJUR, Kolom.NO)]
    cut = [_cut(cell_text(step, c.kolom), cell_room(c.width), lines, settings) for c in texts]
    if all(len(pieces) <= 1 for pieces in cut):
        return [step]
    found: list[Langkah] = []
    for number, pieces in enumerate(zip_longest(*cut, fillvalue=RichText())):
        fields = {column.kolom.value: piece for column, piece in zip(texts, pieces, strict=True)}
        piece = replace(step, **fields)
        found.append(piece if number == 0 else replace(piece, nomor=0, simbol=()))
    return found


def _cut(text: RichText, width: int, lines: int, settings: LayoutSettings) -> list[RichText]:
    pieces: list[list[Paragraph]] = [[]]
    used = 0
    for paragraph in text.paragraphs:
        room = width - hanging(paragraph.marker, paragraph.level, s.TEXT)
        broken = break_runs(settings.fonts, paragraph.runs, s.TEXT, room)
        start = 0
        while start < len(broken):
            if used >= lines:
                pieces.append([])
                used = 0
            take = min(lines - used, len(broken) - start)
            whole = start == 0 and take == len(broken)
            part = paragraph.runs if whole else _between(paragraph.runs, broken, start, start + take)
            pieces[-1].append(replace(paragraph, runs=part, marker=paragraph.marker if start == 0 else ""))
            start += take
            used += take
    return [RichText(tuple(piece), text.span) for piece in pieces]


def _between(runs: tuple[Run, ...], broken: list[str], first: int, last: int) -> tuple[Run, ...]:
    """The runs of some lines: line ends drop only white space, so visible characters count the same."""
    skip = sum(len("".join(line.split())) for line in broken[:first])
    keep = sum(len("".join(line.split())) for line in broken[first:last])
    found: list[Run] = []
    for run in runs:
        text = ""
        for character in run.text:
            visible = not character.isspace()
            if skip == 0 and keep > 0:
                text += character
                keep -= visible
            elif skip > 0:
                skip -= visible
        if text:
            found.append(replace(run, text=text if found else text.lstrip()))
    return tuple(found)
