"""Write the files in docs/ and schema/ that follow from the code; with --check only say whether they are current."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import original_sheets
import schemas

from sopdocs import content, rules
from sopdocs.cli import app
from sopdocs.cli.explaining import explanation
from sopdocs.cli.language import speak_indonesian

ROOT = Path(__file__).parents[1]
NOTE = "<!-- Dihasilkan dari kode: make generated -->\n\n"


INTRODUCTION = """# Aturan

Semua kode yang dapat muncul pada `sopdocs check`. Satu kode: `sopdocs explain SOP101`.

Tingkat: *galat* harus diperbaiki dan membuat lembar tercetak KONSEP; *peringatan* perlu dilihat;
*catatan* mengingatkan. Lembar tanpa nomor atau tanggal, dan lembar dengan `perlu_konfirmasi` (SOP107), juga tercetak
KONSEP.

Asal: *regulasi* dibaca pada naskahnya; *praktik* adalah kesalahan yang sungguh ditemukan pada lembar SOP jadi;
*sopdocs* adalah pertimbangan pembuat alat ini.

## Mengatur aturan

Untuk seluruh kantor, di `content/instansi.yaml`; `tingkat` boleh galat, peringatan, catatan, atau mati;
`mirip` paling besar 100:

```yaml
aturan:
  SOP114: {tingkat: catatan, bulan: 24}
```

Untuk satu SOP, di bagian depan berkasnya. Alasan wajib ditulis, dan pengabaian itu sendiri disebut (SOP190):

```yaml
abaikan:
  - {kode: SOP138, alasan: SOP itu milik dinas lain}
```

Kesalahan membaca berkas (SOP001–SOP060, SOP210–SOP219) tidak dapat diatur atau diabaikan.
"""


def rules_page() -> str:
    """Every rule with its example, and every code of the content room with its title."""
    page = NOTE + INTRODUCTION
    for topic, found in rules.TOPICS.items():
        page += f"\n## {topic}\n" + "".join("\n" + explanation(rule) for rule in found)
    rows = "".join(f"| {code} | {text} |\n" for code, text in sorted(content.CODES.items()))
    return page + f"\n## Membaca berkas\n\n| Kode | Arti |\n|---|---|\n{rows}"


def commands_page() -> str:
    """The help of every command."""
    speak_indonesian()
    page = NOTE + "# Perintah\n"
    root = click.Context(app.main, info_name="sopdocs", terminal_width=100, max_content_width=100)
    page += f"\n```text\n{app.main.get_help(root)}\n```\n"
    page += _helps(app.main, root)
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


def _helps(group: click.Group, parent: click.Context) -> str:
    page = ""
    for name, command in sorted(group.commands.items()):
        context = click.Context(command, parent=parent, info_name=name, terminal_width=100, max_content_width=100)
        page += f"\n## {context.command_path}\n```text\n{command.get_help(context)}\n```\n"
        if isinstance(command, click.Group):
            page += _helps(command, context)
    return page


def generated() -> dict[str, str]:
    """Every generated text, by its path from the top folder."""
    texts = {"docs/aturan.md": rules_page(), "docs/perintah.md": commands_page()}
    texts["docs/temuan-lembar-asli.md"] = NOTE + original_sheets.page()
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
