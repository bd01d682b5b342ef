"""Draw comparable sheets with WeasyPrint. Run: python with_weasyprint.py WORKSPACE COUNT OUTPUT."""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import Environment
from page import COLUMNS, HEAD, ROW, sheets
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration


def main() -> None:
    """Write OUTPUT/1.pdf and so on."""
    workspace, count, output = Path(sys.argv[1]).absolute(), int(sys.argv[2]), Path(sys.argv[3]).absolute()
    source = Path(__file__).with_name("sheet.html.j2").read_text(encoding="utf-8")
    template = Environment(autoescape=True).from_string(source)
    places, logo = {**COLUMNS, "kepala": HEAD, "baris": ROW}, (workspace / "content" / "logo.png").as_uri()
    fonts = FontConfiguration()
    for number, sheet in enumerate(sheets(workspace, count), start=1):
        html = template.render(**sheet, at=places, logo=logo)
        HTML(string=html).write_pdf(output / f"{number}.pdf", font_config=fonts)


if __name__ == "__main__":
    main()
