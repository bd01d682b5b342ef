"""The geometry as plain data, for programs."""

from __future__ import annotations

from typing import Any

from sopdocs.layout.geometry import ArrowShape, Box, ConnectorShape, SheetGeometry, SymbolShape, TablePart
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
        "symbols": [_symbol(shape) for shape in part.symbols],
        "connectors": [_connector(shape) for shape in part.connectors],
        "edges": [_edge(shape) for shape in part.arrows],
        "labels": [
            {"text": label.text, "kind": label.jenis.value, "source": str(label.dari), **_box(label.box)}
            for label in part.labels
        ],
    }


def _symbol(shape: SymbolShape) -> dict[str, Any]:
    return {
        "step": shape.id.langkah,
        "lane": shape.id.pelaksana,
        "kind": shape.bentuk.value,
        "lines": list(shape.lines),
        **_box(shape.box),
    }


def _connector(shape: ConnectorShape) -> dict[str, Any]:
    return {
        "source": str(shape.dari),
        "target": str(shape.ke),
        "number": shape.nomor,
        "other_page": shape.halaman,
        "leaves": shape.keluar,
        **_box(shape.box),
    }


def _edge(shape: ArrowShape) -> dict[str, Any]:
    return {
        "source": str(shape.dari),
        "target": str(shape.ke),
        "label": shape.label,
        "arrowhead": shape.head,
        "points": [list(point) for point in shape.points],
    }


def _box(box: Box) -> dict[str, int]:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
