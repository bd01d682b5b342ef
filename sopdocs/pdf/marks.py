"""Follow the drawing of a page, and gather what can be seen on it (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

import pikepdf
from pikepdf import Array, Name, Object, Page

from sopdocs.pdf.lettering import Lettering, read_lettering
from sopdocs.pdf.plane import SAME, Heights, Matrix, Point, both, box, chained, curve, heights

_FOOT, _HEAD = -0.21, 0.73
"""Ems below and above the line that letters stand on, which they reach in Liberation Sans (Arial)."""
_SLACK = 1.0
"""Points of a letter's height that may be cut off without harm: most letters do not reach so far."""
_DEEPEST = 12
"""Forms within forms that are followed."""
_INVISIBLE = (3, 7)
"""Ways of showing text that paint nothing: no paint at all, and clipping only."""
_FILLS, _STROKES = set("f F f* B B* b b*".split()), set("S s B B* b b*".split())
_ARTIFACT = Name.Artifact
_PAINTS = _FILLS | _STROKES | {"n"}


Fonts = dict[tuple[int, int], Lettering]
"""Number and generation of a font of the document -> what it says."""


@dataclass(slots=True)
class Marks:
    """What can be seen on a page."""

    lowest: float = math.inf
    content: bool = False
    """Anything besides what the file marks as repeated or ornamental (artifacts)."""
    texts: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    """Texts in the order of the file, with their size in points."""
    cut: list[str] = field(default_factory=list[str])
    """Texts of which the letters are cut off above or below."""
    not_embedded: set[str] = field(default_factory=set[str])


@dataclass(slots=True)
class _State:
    """The graphics state, as far as it matters."""

    matrix: Matrix
    clip: Heights
    line: float = 1.0
    white_fill: bool = False
    white_stroke: bool = False
    font: Lettering | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


_values = attrgetter(*_State.__slots__)
"""All of a state: one is saved at every text, where `replace` would take a tenth of the reading."""


def read_marks(page: Page, matrix: Matrix, height: float, fonts: Fonts) -> Marks:
    """Follow `page`; `matrix` puts its visible part upright with the lower left corner at the origin.

    `fonts` are those read so far, and gains those of this page.
    """
    marks = Marks()
    _Walk(marks, page.resources, _State(matrix, (0.0, height)), fonts).follow(page)
    return marks


class _Walk:
    """The drawing of a page or of a form on it."""

    def __init__(self, marks: Marks, resources: Object, state: _State, known: Fonts) -> None:
        self.marks, self.resources, self.state, self.known = marks, resources, state, known
        self.depth = 0
        self.saved: list[_State] = []
        self.artifacts = [False]
        self.path: list[Point] = []
        self.clipping = False
        self.text = self.line_start = SAME
        self.fonts: dict[str, Lettering] = {}

    def follow(self, drawing: Page | Object) -> None:
        """Take one operator after the other; those that matter nothing here are passed over."""
        for instruction in pikepdf.parse_content_stream(drawing):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator in _PAINTS:
                self.paint(operator)
            elif operator == "INLINE IMAGE":
                self.ink(heights(box(0, 0, 1, 1), self.state.matrix))
            elif operator in _ACTIONS:
                _ACTIONS[operator](self, operands)

    def ink(self, where: Heights) -> None:
        """Something is painted between two heights."""
        low, high = both(where, self.state.clip)
        if low <= high:
            self.marks.lowest = min(self.marks.lowest, low)
            self.marks.content |= not self.artifacts[-1]

    def save(self, _: Sequence[Any]) -> None:
        self.saved.append(_State(*_values(self.state)))

    def restore(self, _: Sequence[Any]) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def transform(self, operands: Sequence[Any]) -> None:
        self.state.matrix = chained(_matrix(operands), self.state.matrix)

    def line_width(self, operands: Sequence[Any]) -> None:
        self.state.line = float(operands[0])

    def begin(self, operands: Sequence[Any]) -> None:
        self.artifacts.append(self.artifacts[-1] or operands[0] == _ARTIFACT)

    def end(self, _: Sequence[Any]) -> None:
        if len(self.artifacts) > 1:
            self.artifacts.pop()

    def points(self, operands: Sequence[Any]) -> None:
        self.path.append((float(operands[0]), float(operands[1])))

    def rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = map(float, operands)
        self.path += box(x, y, width, height)

    def bend(self, operands: Sequence[Any]) -> None:
        a, b, c, d, e, f = map(float, operands)
        self.path += curve(self.path[-1], (a, b), (c, d), (e, f))

    def bend_from_here(self, operands: Sequence[Any]) -> None:
        c, d, e, f = map(float, operands)
        self.path += curve(self.path[-1], self.path[-1], (c, d), (e, f))

    def bend_to_there(self, operands: Sequence[Any]) -> None:
        a, b, e, f = map(float, operands)
        self.path += curve(self.path[-1], (a, b), (e, f), (e, f))

    def clip(self, _: Sequence[Any]) -> None:
        self.clipping = True

    def paint(self, operator: str) -> None:
        state = self.state
        if self.path:
            low, high = heights(self.path, state.matrix)
            if operator in _STROKES and not state.white_stroke:
                half = state.line / 2 * math.hypot(state.matrix[1], state.matrix[3])
                self.ink((low - half, high + half))
            if operator in _FILLS and not state.white_fill:
                self.ink((low, high))
            if self.clipping:
                state.clip = both(state.clip, (low, high))
        self.path, self.clipping = [], False

    def shade(self, _: Sequence[Any]) -> None:
        self.ink(self.state.clip)

    def place(self, operands: Sequence[Any]) -> None:
        """A picture, or a form with a drawing of its own."""
        thing = self.resources[Name.XObject][operands[0]]
        if thing.get(Name.Subtype) == Name.Image:
            self.ink(heights(box(0, 0, 1, 1), self.state.matrix))
        elif thing.get(Name.Subtype) == Name.Form and self.depth < _DEEPEST:
            own = _matrix(_list(thing.Matrix)) if Name.Matrix in thing else SAME
            matrix = chained(own, self.state.matrix)
            x0, y0, x1, y1 = map(float, _list(thing.BBox))
            clip = both(self.state.clip, heights(box(x0, y0, x1 - x0, y1 - y0), matrix))
            inside = replace(self.state, matrix=matrix, clip=clip)
            resources = thing.get(Name.Resources, self.resources)
            below = _Walk(self.marks, resources, inside, self.known)
            below.depth, below.artifacts = self.depth + 1, self.artifacts[-1:]
            below.follow(thing)

    def begin_text(self, _: Sequence[Any]) -> None:
        self.text = self.line_start = SAME

    def choose_font(self, operands: Sequence[Any]) -> None:
        name = str(operands[0])
        if name not in self.fonts:
            self.fonts[name] = self.lettering(self.resources[Name.Font][name])
        self.state.font, self.state.size = self.fonts[name], float(operands[1])

    def lettering(self, font: Object) -> Lettering:
        """A font, read once for all pages of a document."""
        if not font.is_indirect:
            return read_lettering(font)
        if font.objgen not in self.known:
            self.known[font.objgen] = read_lettering(font)
        return self.known[font.objgen]

    def move(self, operands: Sequence[Any]) -> None:
        x, y = map(float, operands)
        self.text = self.line_start = chained((1, 0, 0, 1, x, y), self.line_start)

    def move_and_lead(self, operands: Sequence[Any]) -> None:
        self.state.leading = -float(operands[1])
        self.move(operands)

    def set_text_matrix(self, operands: Sequence[Any]) -> None:
        self.text = self.line_start = _matrix(operands)

    def next_line(self, _: Sequence[Any]) -> None:
        self.move((0, -self.state.leading))

    def show(self, operands: Sequence[Any]) -> None:
        self.show_several([operands[-1:]])

    def show_on_next_line(self, operands: Sequence[Any]) -> None:
        self.next_line(())
        self.show(operands)

    def show_spaced(self, operands: Sequence[Any]) -> None:
        self.state.word_spacing, self.state.spacing = float(operands[0]), float(operands[1])
        self.show_on_next_line(operands)

    def show_several(self, operands: Sequence[Any]) -> None:
        """Strings with moves between them."""
        state, font = self.state, self.state.font
        if font is None:
            return
        said, advance = "", 0.0
        for piece in _list(operands[0]):
            if not isinstance(piece, int | Decimal):
                text, widths = font.read(bytes(piece))
                said += text
                blanks = text.count(" ") * state.word_spacing
                advance += sum(widths) * state.size + len(widths) * state.spacing + blanks
            else:
                advance -= float(piece) / 1000 * state.size
        advance *= state.stretch
        self.mark_text(said, advance)
        self.text = chained((1, 0, 0, 1, advance, 0), self.text)

    def mark_text(self, said: str, advance: float) -> None:
        state = self.state
        if state.font is None or state.size == 0 or state.mode in _INVISIBLE or not said.strip():
            return
        matrix = chained(self.text, state.matrix)
        foot, head = (state.rise + share * state.size for share in (_FOOT, _HEAD))
        where = heights(box(0, foot, advance, head - foot), matrix)
        low, high = both(where, state.clip)
        if high - low < where[1] - where[0] - _SLACK:
            self.marks.cut.append(said)
        if low > high:
            return
        self.ink(where)
        self.marks.texts.append((said, abs(state.size) * math.hypot(matrix[2], matrix[3])))
        if not state.font.embedded:
            self.marks.not_embedded.add(state.font.name)


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _list(value: Any) -> list[Any]:
    return list(value.as_list()) if isinstance(value, Array) else list(value)


def _white(operands: Sequence[Any]) -> bool:
    """Whether a colour is that of the paper: grey 1, RGB 1 1 1, or no ink at all in CMYK."""
    numbers = [float(each) for each in operands if not isinstance(each, Name)]
    return len(numbers) == len(operands) and numbers in ([1.0], [1.0] * 3, [0.0] * 4)


def _fill(walk: _Walk, operands: Sequence[Any]) -> None:
    walk.state.white_fill = _white(operands)


def _stroke(walk: _Walk, operands: Sequence[Any]) -> None:
    walk.state.white_stroke = _white(operands)


def _number(name: str, share: float = 1.0) -> Callable[[_Walk, Sequence[Any]], None]:
    def put(walk: _Walk, operands: Sequence[Any]) -> None:
        setattr(walk.state, name, float(operands[0]) * share)

    return put


_ACTIONS: dict[str, Callable[[_Walk, Sequence[Any]], None]] = {
    "q": _Walk.save,
    "Q": _Walk.restore,
    "cm": _Walk.transform,
    "w": _Walk.line_width,
    **dict.fromkeys("g rg k sc scn cs".split(), _fill),
    **dict.fromkeys("G RG K SC SCN CS".split(), _stroke),
    **dict.fromkeys(("BMC", "BDC"), _Walk.begin),
    "EMC": _Walk.end,
    **dict.fromkeys("ml", _Walk.points),
    "re": _Walk.rectangle,
    "c": _Walk.bend,
    "v": _Walk.bend_from_here,
    "y": _Walk.bend_to_there,
    **dict.fromkeys(("W", "W*"), _Walk.clip),
    "sh": _Walk.shade,
    "Do": _Walk.place,
    "BT": _Walk.begin_text,
    "Tf": _Walk.choose_font,
    "Td": _Walk.move,
    "TD": _Walk.move_and_lead,
    "Tm": _Walk.set_text_matrix,
    "T*": _Walk.next_line,
    "Tj": _Walk.show,
    "TJ": _Walk.show_several,
    "'": _Walk.show_on_next_line,
    '"': _Walk.show_spaced,
    "Tc": _number("spacing"),
    "Tw": _number("word_spacing"),
    "Tz": _number("stretch", 0.01),
    "TL": _number("leading"),
    "Ts": _number("rise"),
    "Tr": _number("mode"),
}
