"""Time the bundle of many sheets beside bare merging, and its seal beside bare signing.

Run: .venv/bin/python benchmarks/bundle.py [SOPs] [folder that keeps the printed sheets]. Compare ratios of one run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from check import make

from sopdocs.cli.places import surroundings
from sopdocs.content import read_workspace
from sopdocs.engine.stages import inputs_of
from sopdocs.office.convert import EXPORT_OPTIONS, IMPORT_FILTER
from sopdocs.word import make_sheet

DATE = date(2026, 1, 2)


def print_sheets(folder: Path, count: int) -> list[Path]:
    """Print `count` sheets with equal letterheads by one LibreOffice, as it writes them; printed ones are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    printed = sorted(folder.glob("*.pdf"))
    if len(printed) == count:
        return printed
    reading = read_workspace(make(folder / "workspace", count))
    workspace = reading.workspace
    assert workspace is not None
    around = surroundings(folder / "workspace", workspace.instansi)
    inputs = inputs_of(workspace, around, konsep=False)
    for number, sop in enumerate(workspace.sop.values()):
        made = make_sheet(sop, inputs, around.templates.sop, around.fonts, new_page=number % 5 > 0)
        (folder / f"{number:04}.docx").write_bytes(made.docx)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    export = f"pdf:writer_pdf_Export:{json.dumps(EXPORT_OPTIONS)}"
    command = [str(around.libreoffice.executable), profile, "--headless", f"--infilter={IMPORT_FILTER}"]
    command += ["--convert-to", export, "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))]
    subprocess.run(command, check=True, capture_output=True)
    return sorted(folder.glob("*.pdf"))


if __name__ == "__main__":
    print(len(print_sheets(Path(sys.argv[2]), int(sys.argv[1]))))
