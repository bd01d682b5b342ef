"""What the layout decides: pages, columns, rows, symbols, arrows.

Origin of all coordinates of a part is the top left corner of its table on that page, x to the right, y down, EMU.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sopdocs.layout.units import Emu
from sopdocs.model import Bentuk, Finding, Prosedur, SimbolId

Point = tuple[Emu, Emu]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: Emu
    y: Emu
    width: Emu
    height: Emu

    @property
    def right(self) -> Emu:
        """x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> Emu:
        """y of the lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """The middle."""
        return self.x + self.width // 2, self.y + self.height // 2

    def grown(self, by: Emu) -> Box:
        """The rectangle with a margin around it."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def overlaps(self, other: Box) -> bool:
        """Whether the interiors share a point."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


class Kolom(StrEnum):
    """Columns of the procedure table."""

    NO = "no"
    URAIAN = "uraian"
    LAJUR = "lajur"
    SYARAT = "syarat"
    WAKTU = "waktu"
    OUTPUT = "output"
    KETERANGAN = "keterangan"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `lane` is the performer's key when it is a lane."""

    kolom: Kolom
    heading: str
    x: Emu
    width: Emu
    lane: str = ""
    upright: bool = False
    """Whether the heading is turned by 90°."""
    group: str = ""
    """Name of the group that the lane belongs to; empty for lanes that stand alone."""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the heading rows."""

    text: str
    first: int
    """Index of its leftmost column."""
    across: int = 1
    """Columns that it spans."""
    top: int = 0
    """Index of its uppermost row."""
    down: int = 1
    """Rows that it spans."""
    upright: bool = False
    """Whether the text is turned by 90°."""


@dataclass(frozen=True, slots=True)
class Row:
    """A step's row."""

    langkah: int
    """Index into the laid out Prosedur.langkah, from 0."""
    y: Emu
    height: Emu


@dataclass(frozen=True, slots=True)
class SymbolShape:
    """A symbol and the text in it."""

    id: SimbolId
    bentuk: Bentuk
    box: Box
    row: int
    """Index into TablePart.rows."""
    lane: int
    """Index among the lanes, from 0."""
    lines: tuple[str, ...] = ()
    size: float = 0
    """Font size in points."""


@dataclass(frozen=True, slots=True)
class ConnectorShape:
    """Half of a pair of off-page connectors (segilima)."""

    dari: SimbolId
    ke: SimbolId
    box: Box
    row: int
    lane: int
    nomor: str
    """Number of the pair; empty when the procedure has only one."""
    halaman: int
    """Page of the other half, counted from 1 within the sheet."""
    keluar: bool
    """Whether the flow leaves the page here; otherwise it enters."""
    naik: bool
    """Whether the flow goes up: the point looks upwards."""


@dataclass(frozen=True, slots=True)
class ArrowShape:
    """An edge, or its part on one page."""

    dari: SimbolId
    ke: SimbolId
    points: tuple[Point, ...]
    """From border to border, corners between."""
    head: bool
    """Whether the last point bears an arrowhead."""
    label: str = ""


class JenisLabel(StrEnum):
    """What a text beside a shape says."""

    JAWABAN = "jawaban"
    """The answer of a branch, beside its first segment."""
    HALAMAN = "halaman"
    """Beside a connector, the page that an edge skipping pages goes to or comes from."""
    LAMBANG = "lambang"
    """The text of a symbol that is too small to hold it."""


@dataclass(frozen=True, slots=True)
class LabelShape:
    """A text beside a shape."""

    text: str
    box: Box
    dari: SimbolId
    """The symbol that the branch leaves, that the connector stands for, or whose text this is."""
    lines: tuple[str, ...] = ()
    """The text as it is broken; one entry for most."""
    jenis: JenisLabel = JenisLabel.JAWABAN


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of one procedure that stand on one page."""

    prosedur: int
    """Index into SheetGeometry.prosedur."""
    page: int
    """Counted from 1 within the sheet."""
    new_page: bool
    """Whether a page break precedes the table."""
    caption: str
    header: tuple[Emu, ...]
    """Heights of the heading rows (two, or three where lanes have groups) and of the row of column numbers."""
    rows: tuple[Row, ...]
    symbols: tuple[SymbolShape, ...] = ()
    connectors: tuple[ConnectorShape, ...] = ()
    arrows: tuple[ArrowShape, ...] = ()
    labels: tuple[LabelShape, ...] = ()
    top: Emu = 0
    """Where the table begins below the upper margin of its page, as the layout expects it."""

    @property
    def height(self) -> Emu:
        """Height of the table with its header."""
        return sum(self.header) + sum(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class SheetGeometry:
    """The procedure tables of one sheet."""

    prosedur: tuple[Prosedur, ...]
    """As laid out: a row taller than a page has become several; those that continue it have number 0 and no symbol."""
    columns: tuple[Column, ...]
    parts: tuple[TablePart, ...]
    pages: int
    """Pages of the whole sheet, identity block and signature included."""
    findings: tuple[Finding, ...] = ()
    heads: tuple[HeadCell, ...] = ()
    """The heading rows of every part, row by row; the same on each page."""
