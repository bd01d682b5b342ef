"""Write build/galeri.html: every page of every flow of the gallery on one page, to look at after a routing change."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sopdocs.layout import FontData, as_svg  # noqa: E402
from sopdocs.office import find_fonts  # noqa: E402
from tests.gallery.flows import NAMES, drawn, told, workspace  # noqa: E402
from tests.gallery.measures import bends, crossings  # noqa: E402

_HEAD = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Galeri alur</title><style>
body{font:14px sans-serif;margin:16px;background:#ddd}h2{font-size:16px;margin:24px 0 6px}
.pages{display:flex;flex-wrap:wrap;gap:10px}svg{width:620px;height:auto;box-shadow:0 0 3px #888}
h2 small{font-weight:normal;color:#555}
</style></head><body><h1>Galeri alur</h1>
"""


def fonts() -> FontData:
    """The four faces that sheets are measured with."""
    found = find_fonts()
    return FontData(*(path.read_bytes() for path in (found.regular, found.bold, found.italic, found.bold_italic)))


def pages(name: str, faces: FontData) -> list[str]:
    """The SVG of every page of a flow that has a table on it."""
    geometry = drawn(name, faces)
    settings = told(workspace().sop[name], faces)
    numbers = sorted({part.page for part in geometry.parts})
    return [as_svg(geometry, number, settings) for number in numbers]


def section(name: str, number: int, faces: FontData) -> str:
    """One flow: its name, its figures and its pages."""
    geometry = drawn(name, faces)
    figures = f"{crossings(geometry)} silangan, {bends(geometry)} belokan"
    codes = ", ".join(sorted({finding.code for finding in geometry.findings}))
    drawings = (_own_ids(svg, f"{number}-{page}") for page, svg in enumerate(pages(name, faces)))
    title = f'<h2 id="{name}">{escape(name)} <small>{figures} {codes}</small></h2>'
    return f'{title}\n<div class="pages">{"".join(drawings)}</div>\n'


def _own_ids(svg: str, mark: str) -> str:
    """Ids are shared by all drawings on an HTML page, so each drawing gets its own."""
    return svg.replace('id="h"', f'id="h{mark}"').replace("url(#h)", f"url(#h{mark})")


def main() -> None:
    """Write the page."""
    faces = fonts()
    target = ROOT / "build" / "galeri.html"
    target.parent.mkdir(exist_ok=True)
    body = "".join(section(name, number, faces) for number, name in enumerate(NAMES))
    target.write_text(f"{_HEAD}{body}</body></html>\n", encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
