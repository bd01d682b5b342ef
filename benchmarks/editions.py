"""Made-up archives for made-up workspaces: what `sopdocs issue` would have left, without LibreOffice.

Records, manifests and inputs are real; sheets and bundles are noise of the size that those of `workspaces.py` have.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from random import Random

from workspaces import sheets

from sopdocs.cli.places import content_inputs
from sopdocs.content import ISI, RECORD, CatatanEdisi, read_workspace
from sopdocs.engine import MANIFEST, SEALED, VERDICT, sha256
from sopdocs.engine.manifest import BundleEntry, Manifest, PartEntry
from sopdocs.model import Edisi, Pengesahan, Place, SopTerbit, Status, Workspace

FIRST = date(2024, 5, 6)
"""Day of edition 0: after every date in the made-up sheets."""
_BETWEEN = timedelta(weeks=3)
_REVISED = 3
"""Sheets that are revised from one edition to the next."""
_PAGES = 3
_PDF, _DOCX = 93_000, 82_000
"""Bytes of a sheet: the mean of 100."""
_LOG = "\n## Riwayat Revisi\n| Revisi | Tanggal | Uraian | Alasan |\n|---|---|---|---|\n"


def add_editions(root: Path, count: int) -> None:
    """Issue the content of a workspace so often, some sheets revised each time; leave the first sheet in revision."""
    files, before = sheets(root), ""
    for number in range(count):
        day = FIRST + number * _BETWEEN
        for place in range(_REVISED if number else 0):
            revise(files[(number * _REVISED + place) % len(files)], day)
        before = _issue(Place(root), number, day, before)
    if count:
        for sheet in files:
            _set_status(sheet, Status.BERLAKU)
        revise(files[0], FIRST + count * _BETWEEN)
        _set_status(files[0], Status.DIREVISI)


def revise(sheet: Path, day: date) -> None:
    """Change one time in a sheet as its next revision, approved on that day."""
    text = sheet.read_text(encoding="utf-8")
    number = len(re.findall(r"^\| \d+ \|", text, re.MULTILINE)) + 1
    head, mark, body = text.partition("\n---\n")
    head = re.sub(r"^(revisi|pengesahan): .*$", rf"\g<1>: {day}", head, flags=re.MULTILINE)
    body = re.sub(r"^- Waktu: .*$", f"- Waktu: {30 + number} menit", body, count=1, flags=re.MULTILINE)
    log = "" if "## Riwayat Revisi" in body else _LOG
    row = f"| {number} | {day} | Mengubah waktu langkah 1 | Hasil pemantauan penerapan |\n"
    sheet.write_text(f"{head}{mark}{body}{log}{row}", encoding="utf-8")


def _set_status(sheet: Path, status: Status) -> None:
    head, mark, body = sheet.read_text(encoding="utf-8").partition("\n---\n")
    head = re.sub(r"\nstatus: .*", "", head)
    sheet.write_text(f"{head}\nstatus: {status}{mark}{body}", encoding="utf-8")


def _issue(place: Place, number: int, day: date, before: str) -> str:
    """Write an edition; return the digest of its record."""
    workspace = read_workspace(place.root).workspace
    assert workspace is not None
    inputs = content_inputs(place)
    files = {f"{ISI}/{path}": (place.root / path).read_bytes() for path in inputs}
    files |= _outputs(workspace, number)
    files[MANIFEST] = Manifest(inputs=inputs, bundel=_bundle(workspace)).text().encode()
    home = place.archive.relative_to(place.root).as_posix()
    folder = f"{home}/{day.year}/edisi-{number}"
    listed = tuple(_entry(workspace, slug) for slug in workspace.bundel.sop)
    edisi = Edisi(number, day, day, folder, Pengesahan.SERTIFIKAT, listed)
    digests = {name: sha256(data) for name, data in files.items()}
    record = CatatanEdisi(edisi, before, digests, {"sopdocs": "0"}).text().encode()
    for name, data in (*files.items(), (RECORD, record)):
        path = place.root / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return sha256(record)


def _outputs(workspace: Workspace, number: int) -> dict[str, bytes]:
    noise, slugs = Random(number), workspace.bundel.sop
    found = {f"sop/{slug}.pdf": noise.randbytes(_PDF) for slug in slugs}
    found |= {f"sop/{slug}.docx": noise.randbytes(_DOCX) for slug in slugs}
    return found | {SEALED: noise.randbytes(_PDF // 2 * len(slugs)), VERDICT: b"{}"}


def _bundle(workspace: Workspace) -> BundleEntry:
    every = enumerate(workspace.bundel.sop)
    parts = tuple(PartEntry(f"sop/{slug}", workspace.sop[slug].nama, 6 + at * _PAGES, _PAGES) for at, slug in every)
    return BundleEntry(5 + len(parts) * _PAGES, parts)


def _entry(workspace: Workspace, slug: str) -> SopTerbit:
    sop = workspace.sop[slug]
    days = sop.pembuatan, sop.revisi, sop.pengesahan, sop.efektif
    return SopTerbit(slug, sop.nama, sop.nomor, sop.revisi_ke, Status.BERLAKU, *days, halaman=_PAGES)
