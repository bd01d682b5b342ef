"""Write the files in docs/ and schema/ that follow from the code; with --check only say whether they are current."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import schemas

from sopdocs import content, layout, rules
from sopdocs.cli import app
from sopdocs.cli.language import speak_indonesian

ROOT = Path(__file__).parents[1]
NOTE = "<!-- Dihasilkan dari kode: make generated -->\n\n"


def findings_page() -> str:
    """Every finding code with its title."""
    rooms = (
        ("Isi berkas", content.CODES),
        ("Aturan", rules.CODES),
        ("Gambar alur dan halaman", layout.CODES),
    )
    page = NOTE + "# Daftar temuan\n\nTingkat: *galat* harus diperbaiki dan membuat lembar tercetak KONSEP; "
    page += "*peringatan* perlu dilihat; *catatan* mengingatkan. Lembar tanpa nomor atau tanggal, dan lembar "
    page += "dengan `perlu_konfirmasi` (SOP107), juga tercetak KONSEP.\n"
    for title, codes in rooms:
        rows = "".join(f"| {code} | {text} |\n" for code, text in sorted(codes.items()))
        page += f"\n## {title}\n| Kode | Arti |\n|---|---|\n{rows}"
    return page


def commands_page() -> str:
    """The help of every command."""
    speak_indonesian()
    page = NOTE + "# Perintah\n"
    root = click.Context(app.main, info_name="sopdocs", terminal_width=100, max_content_width=100)
    page += f"\n```text\n{app.main.get_help(root)}\n```\n"
    for name, command in sorted(app.main.commands.items()):
        context = click.Context(command, parent=root, info_name=name, terminal_width=100, max_content_width=100)
        page += f"\n## sopdocs {name}\n```text\n{command.get_help(context)}\n```\n"
    page += """
## Kode keluar
| kode | arti |
|---|---|
| 0 | beres |
| 1 | ada galat pada isi |
| 2 | panggilan atau pengaturan keliru |
| 3 | alat belum terpasang |
| 4 | alat berjalan, hasilnya tidak dapat diterima |
| 5 | verify: belum dapat dipastikan |
| 6 | verify: tidak lolos |
| 70 | kesalahan di dalam sopdocs |
| 130 | dihentikan |
"""
    return page


def generated() -> dict[str, str]:
    """Every generated text, by its path from the top folder."""
    texts = {"docs/temuan.md": findings_page(), "docs/perintah.md": commands_page()}
    return texts | {f"schema/{name}": text for name, text in schemas.pages().items()}


def main() -> int:
    """Write or check; exit code 1 when a file is not current."""
    stale = 0
    for name, text in generated().items():
        path = ROOT / name
        if "--check" in sys.argv:
            current = path.is_file() and path.read_text(encoding="utf-8") == text
            stale += not current
            print(f"{'current' if current else 'STALE (run: make generated)'}: {name}")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
