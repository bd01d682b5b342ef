"""Write docs/gambar/revisi-*.png, and bring up what the chapter "Setelah revisi" of docs/panduan.md quotes.

Walks through the exercise of that chapter in a temporary folder, with the commands it tells and made-up days.
Run: make pictures
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sopdocs.office import Converter, find_libreoffice  # noqa: E402
from tests.story import kutipan  # noqa: E402
from tests.story.latihan import SLUG, exercise, walk  # noqa: E402

TARGET = ROOT / "docs" / "gambar"
_DPI = 72  # a pixel is a point
_LEFT, _WIDTH = 20, 898


def picture(pdf: Path, page: int, name: str, top: int, height: int) -> None:
    """Draw a strip of a page of a PDF, over its width, as docs/gambar/revisi-<name>.png; places in points."""
    target = TARGET / f"revisi-{name}"
    strip = {"-r": _DPI, "-f": page, "-l": page, "-x": _LEFT, "-y": top, "-W": _WIDTH, "-H": height}
    options = [str(each) for pair in strip.items() for each in pair]
    subprocess.run(["pdftoppm", *options, "-singlefile", "-png", pdf, target], check=True)
    print(f"docs/gambar/{target.name}.png: {target.with_suffix('.png').stat().st_size // 1000} kB")


def main() -> int:
    """Walk through the exercise and draw what came out of it."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sopdocs-") as folder:
        root = Path(folder).resolve()
        with exercise(ROOT, root) as work:
            walk(work)
            page = kutipan.PAGE.read_text("utf-8")
            kutipan.PAGE.write_text(kutipan.brought_up(page, work.said), "utf-8")
        before, after = root / "simpanan" / "sebelum", root / "simpanan" / "sesudah"
        picture(before / "sop" / f"{SLUG}.pdf", 2, "lembar-lama", 38, 262)
        picture(after / "sop" / f"{SLUG}.pdf", 2, "lembar-baru", 38, 400)
        picture(after / "bagian" / "perubahan.pdf", 1, "lembar-perubahan", 30, 185)
        picture(after / "bagian" / "register.pdf", 1, "register", 30, 198)
        picture(root / "beda.pdf", 1, "alur", 14, 560)
        converter = Converter(find_libreoffice(), root)
        tracked = root / "telaah.pdf"
        tracked.write_bytes(converter.convert((root / "telaah.docx").read_bytes(), name="telaah"))
        picture(tracked, 2, "terlacak", 10, 430)
    return 0


if __name__ == "__main__":
    sys.exit(main())
