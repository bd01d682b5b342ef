"""The geometry as plain data, for programs."""

from __future__ import annotations

from typing import Any

from sopdocs.layout.geometry import Box, SheetGeometry, TablePart
from sopdocs.layout.settings import Paper

FORMAT = "sopdocs-layout/1"


def as_record(geometry: SheetGeometry, paper: Paper) -> dict[str, Any]:
    """Return the pages, columns, rows, symbols and edges of a sheet.

    Lengths are EMU (914 400 to the inch). Origin of a table's coordinates is its own top left corner, which stands
    `left`, `top` from the top left corner of the page.
    """
    columns = [
        {
            "kind": c.kolom.value,
            "heading": c.heading,
            "lane": c.lane,
            "group": c.group,
            "x": c.x,
            "width": c.width,
        }
        for c in geometry.columns
    ]
    return {
        "format": FORMAT,
        "unit": "EMU",
        "page": {"width": paper.width, "height": paper.height},
        "pages": geometry.pages,
        "columns": columns,
        "heads": [
            {
                "text": h.text,
                "column": h.first,
                "columns": h.across,
                "row": h.top,
                "rows": h.down,
                "upright": h.upright,
            }
            for h in geometry.heads
        ],
        "tables": [_table(part, geometry, paper) for part in geometry.parts],
        "findings": [finding.record() for finding in geometry.findings],
    }


def _table(part: TablePart, geometry: SheetGeometry, paper: Paper) -> dict[str, Any]:
    steps = geometry.prosedur[part.prosedur].langkah
    return {
        "page": part.page,
        "left": paper.side,
        "top": paper.top + part.top,
        "procedure": part.prosedur + 1,
        "caption": part.caption,
        "header": list(part.header),
        "rows": [{"step": steps[row.langkah].nomor, "y": row.y, "height": row.height} for row in part.rows],
        "symbols": [
            {
                "step": s.id.langkah,
                "lane": s.id.pelaksana,
                "kind": s.bentuk.value,
                "lines": list(s.lines),
                **_box(s.box),
            }
            for s in part.symbols
        ],
        "connectors": [
            {
                "source": str(c.dari),
                "target": str(c.ke),
                "number": c.nomor,
                "other_page": c.halaman,
                "leaves": c.keluar,
                **_box(c.box),
            }
            for c in part.connectors
        ],
        "edges": [
            {
                "source": str(a.dari),
                "target": str(a.ke),
                "label": a.label,
                "arrowhead": a.head,
                "points": [list(point) for point in a.points],
            }
            for a in part.arrows
        ],
        "labels": [
            {"text": label.text, "kind": label.jenis.value, "source": str(label.dari), **_box(label.box)}
            for label in part.labels
        ],
    }


def _box(box: Box) -> dict[str, int]:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
