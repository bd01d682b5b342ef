"""Draw comparable sheets with Typst. Run: python with_typst.py WORKSPACE COUNT OUTPUT."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst
from page import COLUMNS, HEAD, ROW, sheets


def main() -> None:
    """Write OUTPUT/1.pdf and so on."""
    workspace, count, output = Path(sys.argv[1]).absolute(), int(sys.argv[2]), Path(sys.argv[3]).absolute()
    places = output / "places.json"
    places.write_text(json.dumps({**COLUMNS, "kepala": HEAD, "baris": ROW}), encoding="utf-8")
    for number, sheet in enumerate(sheets(workspace, count), start=1):
        data = output / f"{number}.json"
        data.write_text(json.dumps(sheet), encoding="utf-8")
        inputs = {"data": str(data), "places": str(places), "logo": str(workspace / "content" / "logo.png")}
        source = Path(__file__).with_name("sheet.typ")
        typst.compile(str(source), output=str(output / f"{number}.pdf"), root="/", sys_inputs=inputs)


if __name__ == "__main__":
    main()
