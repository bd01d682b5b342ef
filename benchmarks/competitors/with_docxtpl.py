"""What most offices do: a Word file drawn by hand for each SOP, its fields filled by docxtpl, one soffice a file.

Run: python with_docxtpl.py SOFFICE TEMPLATES OUTPUT.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from docxtpl import DocxTemplate

FIELDS = {
    "kop": "KECAMATAN CONTOH JAYA",
    "alamat": "Jalan Contoh Nomor 1, Contoh Jaya",
    "jabatan": "CAMAT CONTOH JAYA,",
}
"""What differs between offices and years, and is a placeholder in the templates."""


def as_template(docx: Path, target: Path) -> int:
    """Put the placeholders into a finished sheet and return how many; its drawings stay as they are."""
    placed = 0
    with zipfile.ZipFile(docx) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode("utf-8")
                for key, value in FIELDS.items():
                    placed += text.count(f">{value}<")
                    text = text.replace(f">{value}<", f">{{{{ {key} }}}}<")
                data = text.encode("utf-8")
            written.writestr(name, data)
    return placed


def main() -> None:
    """Fill and print each template, one after the other."""
    soffice, templates, output = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    profile = f"-env:UserInstallation={(output / 'profile').absolute().as_uri()}"
    for path in sorted(templates.glob("*.docx")):
        filled = output / path.name
        template = DocxTemplate(path)
        template.render(FIELDS)
        template.save(filled)
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(output), str(filled)]
        subprocess.run(command, check=True, capture_output=True)
        if not filled.with_suffix(".pdf").is_file():
            raise SystemExit(f"no PDF of {path.name}")


if __name__ == "__main__":
    main()
