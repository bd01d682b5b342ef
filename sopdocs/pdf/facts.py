"""Read back from a PDF what the rules on finished sheets ask for."""

from __future__ import annotations

import math

import pikepdf
from pikepdf import Name, Object, Page

from sopdocs.errors import OutputRejectedError
from sopdocs.model import PrintedPage, PrintedSheet, SmallText
from sopdocs.pdf.marks import Fonts, Marks, read_marks
from sopdocs.pdf.memory import open_in_memory
from sopdocs.pdf.plane import Matrix

_ADVICE = "buat ulang dengan sopdocs build"


def read_printed(pdf: bytes, what: str) -> PrintedSheet:
    """Read every page of `pdf`, which `what` names in messages. Raises OutputRejectedError if broken or encrypted."""
    try:
        with open_in_memory(pdf) as document:
            fonts: Fonts = {}
            read = [_page(page, fonts) for page in document.pages]
    except pikepdf.PasswordError:
        raise OutputRejectedError(f"PDF terenkripsi dan tidak dapat diperiksa: {what}", _ADVICE) from None
    except Exception as error:  # what stands in a broken file may be of any kind
        raise OutputRejectedError(f"PDF rusak dan tidak dapat diperiksa: {what}", _ADVICE) from error
    missing = {name for _, marks in read for name in marks.not_embedded}
    return PrintedSheet(tuple(page for page, _ in read), tuple(sorted(missing)))


def _page(page: Page, fonts: Fonts) -> tuple[PrintedPage, Marks]:
    x0, y0, x1, y1 = map(float, page.cropbox.as_list())
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    turn = int(_inherited(page.obj, Name.Rotate)) % 360
    upright: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -x0, -y0),
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    width, height = (x1 - x0, y1 - y0) if turn in (0, 180) else (y1 - y0, x1 - x0)
    marks = read_marks(page, upright[turn], height, fonts)
    smallest = min(marks.texts, key=lambda text: text[1], default=None)
    text = "".join("".join(said.split()) for said, _ in marks.texts)
    small = SmallText(round(smallest[1], 2), smallest[0].strip()) if smallest else None
    lowest = round(marks.lowest, 2) if math.isfinite(marks.lowest) else None
    cut = tuple(said.strip() for said in marks.cut)
    return PrintedPage(round(width, 2), round(height, 2), text, not marks.content, lowest, small, cut), marks


def _inherited(node: Object | None, key: Name) -> float:
    """A number that a page may take from the nodes above it; 0 when none has it."""
    while node is not None:
        if key in node:
            return float(node[key])
        node = node.get(Name.Parent)
    return 0.0
