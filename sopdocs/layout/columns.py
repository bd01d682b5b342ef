"""Share the width of the page among the columns."""

from __future__ import annotations

from sopdocs.layout import settings as s
from sopdocs.layout.geometry import Column, Kolom
from sopdocs.layout.measure import break_text, line_count, longest_word, text_width
from sopdocs.layout.settings import LayoutSettings
from sopdocs.layout.units import Emu, mm, whole_twips
from sopdocs.model import Langkah, RichText, Sop

_NO: Emu = mm(9)
_LANE_WIDEST: Emu = mm(26)
_LANE_NARROWEST: Emu = mm(12)
_TEXT_SHARE = 0.5
"""Least share of the width for the text columns."""
_TEXT_LEAST = 0.42
"""The same where arrows or labels need wider lanes."""
_FLEXIBLE = (Kolom.URAIAN, Kolom.SYARAT, Kolom.OUTPUT, Kolom.KETERANGAN)
_STEP: Emu = mm(2)


def columns(sop: Sop, settings: LayoutSettings, wanted: Emu = 0) -> tuple[Column, ...]:
    """Choose the widths: lanes as wide as they may be, texts so that the rows come out lowest.

    `wanted` asks for lanes of that width, given as far as the texts keep their least share of the page.
    """
    steps = [langkah for prosedur in sop.prosedur for langkah in prosedur.langkah]
    total = settings.paper.text_width // 635 * 635
    lane = whole_twips(_lane_width(len(sop.pelaksana), total, wanted))
    waktu = _waktu_width(steps, settings)
    room = total - whole_twips(_NO) - lane * len(sop.pelaksana) - waktu
    widths = _text_widths(steps, settings, room)
    widths[Kolom.NO], widths[Kolom.WAKTU] = whole_twips(_NO), waktu
    return _placed(sop, settings, widths, lane)


def _lane_width(lanes: int, total: Emu, wanted: Emu) -> Emu:
    if not lanes:
        return 0
    share = (int(total * (1 - (_TEXT_LEAST if wanted > _LANE_WIDEST else _TEXT_SHARE))) - _NO) // lanes
    return max(_LANE_NARROWEST, min(max(_LANE_WIDEST, wanted), share))


def cell_room(width: Emu) -> Emu:
    """Width that text may fill in a cell of `width`."""
    return width - 2 * s.CELL_SIDE - s.MEASURE_SLACK


def _waktu_width(steps: list[Langkah], settings: LayoutSettings) -> Emu:
    words = [settings.istilah.waktu] + [step.waktu.text for step in steps]
    widest = max(longest_word(settings.fonts, word, s.HEADING) for word in words)
    whole = max((text_width(settings.fonts, step.waktu.text, s.TEXT) for step in steps if step.durasi), default=0)
    extra = 2 * s.CELL_SIDE + s.MEASURE_SLACK
    return whole_twips(min(max(widest, min(whole, mm(18))) + extra, mm(26)))


def _text_widths(steps: list[Langkah], settings: LayoutSettings, room: Emu) -> dict[Kolom, Emu]:
    """Start from the widest words, then give each slice of width to the column that shortens the rows most."""
    texts = {kolom: [cell_text(step, kolom) for step in steps] for kolom in _FLEXIBLE}
    heads = _headings(settings)
    widths: dict[Kolom, Emu] = {}
    for kolom in _FLEXIBLE:
        words = max((longest_word(settings.fonts, text.text, s.TEXT) for text in texts[kolom]), default=0)
        head = longest_word(settings.fonts, heads[kolom], s.HEADING)
        widths[kolom] = min(whole_twips(max(words, head) + 2 * s.CELL_SIDE + s.MEASURE_SLACK), room // 4)
    while room - sum(widths.values()) >= _STEP:
        gains = {kolom: _gain(texts, widths, kolom, settings) for kolom in _FLEXIBLE}
        best = max(_FLEXIBLE, key=lambda kolom: (gains[kolom], -_FLEXIBLE.index(kolom)))
        widths[best] += _STEP
    widths = {kolom: width // 635 * 635 for kolom, width in widths.items()}
    widths[Kolom.URAIAN] += room - sum(widths.values())
    return widths


def _gain(
    texts: dict[Kolom, list[RichText]], widths: dict[Kolom, Emu], kolom: Kolom, settings: LayoutSettings
) -> float:
    """How much the text of a column presses on its width: characters for each millimetre, squared row by row."""
    room = cell_room(widths[kolom])
    lines = [line_count(settings.fonts, text, s.TEXT, room) for text in texts[kolom]]
    return sum(max(line - 1, 0) ** 2 for line in lines) + sum(lines) / (room / mm(1))


def _headings(settings: LayoutSettings) -> dict[Kolom, str]:
    words = settings.istilah
    return {
        Kolom.NO: "No",
        Kolom.URAIAN: words.uraian,
        Kolom.SYARAT: words.syarat,
        Kolom.WAKTU: words.waktu,
        Kolom.OUTPUT: words.output,
        Kolom.KETERANGAN: words.keterangan,
    }


def cell_text(step: Langkah, kolom: Kolom) -> RichText:
    """What a text column prints for a step; a row that continues another (number 0) has no number."""
    if kolom is Kolom.NO:
        return RichText.of(f"{step.nomor}." if step.nomor else "")
    return {
        Kolom.URAIAN: step.uraian,
        Kolom.SYARAT: step.syarat,
        Kolom.WAKTU: step.waktu,
        Kolom.OUTPUT: step.output,
        Kolom.KETERANGAN: step.keterangan,
    }[kolom]


def _placed(sop: Sop, settings: LayoutSettings, widths: dict[Kolom, Emu], lane: Emu) -> tuple[Column, ...]:
    heads = _headings(settings)
    placed: list[Column] = []
    x: Emu = 0
    for kolom in (Kolom.NO, Kolom.URAIAN):
        placed.append(Column(kolom, heads[kolom], x, widths[kolom]))
        x += widths[kolom]
    for key, heading in zip(sop.pelaksana, settings.lanes, strict=True):
        upright = longest_word(settings.fonts, heading, s.HEADING) > cell_room(lane)
        placed.append(Column(Kolom.LAJUR, heading, x, lane, key, upright))
        x += lane
    for kolom in (Kolom.SYARAT, Kolom.WAKTU, Kolom.OUTPUT, Kolom.KETERANGAN):
        placed.append(Column(kolom, heads[kolom], x, widths[kolom]))
        x += widths[kolom]
    return tuple(placed)


def header_heights(placed: tuple[Column, ...], settings: LayoutSettings) -> tuple[Emu, Emu, Emu]:
    """Heights of the group headings, of the column headings and of the column numbers."""
    ends = 2 * s.CELL_ENDS
    single = whole_twips(s.LINE + ends)
    need: Emu = single
    for column in placed:
        if column.upright:
            lines = break_text(settings.fonts, column.heading, s.HEADING, mm(34))
            need = max(need, max(text_width(settings.fonts, line, s.HEADING) for line in lines) + 2 * ends)
        else:
            lines = break_text(settings.fonts, column.heading, s.HEADING, cell_room(column.width))
            rows = len(lines) * s.LINE + ends
            need = max(need, rows if column.kolom not in (Kolom.NO, Kolom.URAIAN, Kolom.KETERANGAN) else rows - single)
    return single, whole_twips(need), whole_twips(s.LINE + mm(0.6))


def text_height(step: Langkah, placed: tuple[Column, ...], settings: LayoutSettings) -> Emu:
    """Height that the texts of a row need."""
    lines = max(
        line_count(settings.fonts, cell_text(step, column.kolom), s.TEXT, cell_room(column.width))
        for column in placed
        if column.kolom is not Kolom.LAJUR
    )
    return max(lines, 1) * s.LINE + 2 * s.CELL_ENDS
