"""Write build/galeri.html: every sheet of the gallery as preview and as printed, to look at after a routing change.

The Word and PDF files are left in build/galeri/. Run: make gallery
"""

from __future__ import annotations

import base64
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sopdocs.layout import FontData, as_svg  # noqa: E402
from sopdocs.office import Converter, LibreOffice, find_fonts, find_libreoffice  # noqa: E402
from tests.gallery.flows import NAMES, told, workspace  # noqa: E402
from tests.gallery.making import made  # noqa: E402
from tests.gallery.measures import bends, crossings  # noqa: E402

TARGET = ROOT / "build" / "galeri"
_WORKERS = 2
_DPI = "80"
_HEAD = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Galeri alur</title><style>
body{font:14px sans-serif;margin:16px;background:#ddd}h2{font-size:16px;margin:24px 0 6px}
.sheets{display:grid;grid-template-columns:repeat(auto-fill,minmax(1290px,1fr));gap:24px}
.page{display:flex;gap:10px;margin-bottom:10px}svg,img{width:635px;height:auto;background:#fff;box-shadow:0 0 3px #888}
h2 small{font-weight:normal;color:#555}
</style></head><body><h1>Galeri alur</h1>
<p>Kiri: pratinjau tata letak. Kanan: lembar yang dicetak ke PDF. Berkas Word dan PDF: build/galeri/.</p>
<div class="sheets">
"""


def fonts() -> FontData:
    """The four faces that sheets are measured with."""
    found = find_fonts()
    return FontData(*(path.read_bytes() for path in (found.regular, found.bold, found.italic, found.bold_italic)))


def pages(name: str, faces: FontData) -> dict[int, str]:
    """The SVG of every page of a flow that has a table on it, by page number."""
    geometry = made(name, faces).geometry
    settings = told(workspace().sop[name], faces)
    return {page: as_svg(geometry, page, settings) for page in sorted({part.page for part in geometry.parts})}


def printed(name: str, faces: FontData, libreoffice: LibreOffice) -> list[str]:
    """Make the Word file and the PDF of a flow in `TARGET`; its pages as data addresses of PNG pictures."""
    docx = made(name, faces).docx
    (TARGET / f"{name}.docx").write_bytes(docx)
    with tempfile.TemporaryDirectory() as folder:
        pdf = Converter(libreoffice, Path(folder)).convert(docx, name=name)
        (TARGET / f"{name}.pdf").write_bytes(pdf)
        stem = Path(folder) / "page"
        subprocess.run(["pdftoppm", "-r", _DPI, "-png", str(TARGET / f"{name}.pdf"), str(stem)], check=True)
        shots = sorted(Path(folder).glob("page*.png"))
        return [f"data:image/png;base64,{base64.b64encode(shot.read_bytes()).decode()}" for shot in shots]


def section(name: str, number: int, faces: FontData, shots: list[str]) -> str:
    """One flow: its name, its figures and its pages, preview beside print."""
    geometry = made(name, faces).geometry
    figures = f"{crossings(geometry)} silangan, {bends(geometry)} belokan"
    codes = ", ".join(sorted({finding.code for finding in geometry.findings}))
    title = f'<h2 id="{name}">{escape(name)} <small>{figures} {codes}</small></h2>'
    previews = pages(name, faces)
    rows = (
        f'<div class="page">{_own_ids(previews.get(page, ""), f"{number}-{page}")}'
        f'<img src="{shot}" alt="{escape(name)}, halaman {page} tercetak"></div>'
        for page, shot in enumerate(shots, start=1)
    )
    return f"<section>{title}\n{''.join(rows)}</section>\n"


def _own_ids(svg: str, mark: str) -> str:
    """Ids are shared by all drawings on an HTML page, so each drawing gets its own."""
    return svg.replace('id="h"', f'id="h{mark}"').replace("url(#h)", f"url(#h{mark})")


def main() -> None:
    """Write the page."""
    faces, libreoffice = fonts(), find_libreoffice()
    TARGET.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_WORKERS) as pool:
        shots = pool.map(lambda name: printed(name, faces, libreoffice), NAMES)
        body = [
            section(name, number, faces, pictures)
            for number, (name, pictures) in enumerate(zip(NAMES, shots, strict=True))
        ]
    page = TARGET.parent / "galeri.html"
    page.write_text(f"{_HEAD}{''.join(body)}</div></body></html>\n", encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
