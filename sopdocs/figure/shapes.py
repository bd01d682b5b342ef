"""What a picture is made of. Origin: top left corner of its block; x right, y down; EMU integers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sopdocs.layout.geometry import Box, Point
from sopdocs.layout.units import Emu, mm

BLACK, GREY, PALE, WHITE = "#000000", "#6b6b6b", "#c9c9c9", "#ffffff"


@dataclass(frozen=True, slots=True)
class Pen:
    """How an outline is drawn."""

    colour: str = BLACK
    """#rrggbb."""
    width: Emu = mm(0.26)
    dash: tuple[Emu, ...] = ()
    """Lengths of strokes and gaps; empty: whole."""


@dataclass(frozen=True, slots=True)
class Line:
    """Straight pieces from point to point; a polygon when `fill` or `closed` says so."""

    points: tuple[Point, ...]
    pen: Pen | None = Pen()
    fill: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, with round corners of `radius`."""

    box: Box
    pen: Pen | None = Pen()
    fill: str | None = None
    radius: Emu = 0


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line; `at` is on the base line, at their middle when `centred`, else where they begin."""

    words: str
    at: Point
    size: float
    """Points."""
    bold: bool = False
    colour: str = BLACK
    centred: bool = False
    upright: bool = False
    """Whether the line runs upwards."""


Shape = Line | Rect | Text


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that are one thing."""

    shapes: tuple[Shape, ...]
    macam: str = ""
    """`simbol`, `panah`, `langkah`, `lajur`, `hubungan`; empty for what is none of these."""
    sisi: str = ""
    """`lama` or `baru`."""
    nama: str = ""
    """What it is within its table: 2.staf, 1.staf → 2.kasi."""
    tanda: str = "sama"
    """What happened to it: the name of a Jenis."""
    akibat: bool = False
    """Whether it only follows from something else."""

    @property
    def reach(self) -> tuple[Emu, Emu]:
        """Upper and lower edge; a line of text is taken a little higher than it is."""
        edges = [edge for shape in self.shapes for edge in _reach(shape)]
        return min(edges, default=0), max(edges, default=0)


def _reach(shape: Shape) -> tuple[Emu, ...]:
    match shape:
        case Rect():
            return shape.box.y, shape.box.bottom
        case Line():
            return tuple(y for _, y in shape.points)
        case Text():
            tall = mm(40) if shape.upright else mm(shape.size * 0.36)
            return shape.at[1] - tall, shape.at[1] + tall // 3


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the picture that stands below the one before; it can go on on further pages."""

    height: Emu
    """With the head."""
    groups: tuple[Group, ...]
    head: tuple[Group, ...] = ()
    """What is drawn again where the block goes on."""
    head_height: Emu = 0
    cuts: tuple[Emu, ...] = ()
    """Where it may be cut, from the top downwards."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole picture."""

    title: str
    width: Emu
    blocks: tuple[Block, ...]

    @property
    def height(self) -> Emu:
        """All blocks below one another."""
        return sum(block.height for block in self.blocks)


def moved(shape: Shape, across: Emu, down: Emu) -> Shape:
    """The same shape elsewhere."""
    match shape:
        case Rect():
            box = shape.box
            return replace(shape, box=replace(box, x=box.x + across, y=box.y + down))
        case Line():
            return replace(shape, points=tuple((x + across, y + down) for x, y in shape.points))
        case Text():
            return replace(shape, at=(shape.at[0] + across, shape.at[1] + down))
