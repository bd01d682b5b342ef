"""What the bundle says of itself: what differs from the edition before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sopdocs.compare import compare_workspaces, tanggal
from sopdocs.content import ISI, RECORD, read_edition, read_record, without_status
from sopdocs.engine.files import read_if_there
from sopdocs.model import SHARED, Arsip, Edisi, Place, Workspace
from sopdocs.word import ChangeSheet, change_sheet

_ISI = f"{ISI}/"
_BESIDE = (f"{SHARED}/persetujuan/", f"{SHARED}/monitoring/", f"{SHARED}/segel.yaml")
"""What may come after an edition and leaves what it says of SOPs as it is."""


def changes_since(
    place: Place, workspace: Workspace, inputs: Mapping[str, str], arsip: Arsip, archive: Place | None = None
) -> ChangeSheet | None:
    """Compare the workspace with the edition before the one that it is, or will become; None for a first one.

    `inputs` are SHA-256 by path below the workspace. What was issued and built again thus says the same. `archive` is
    the workspace in whose archive the editions stand, when it is another one.
    """
    home = archive or place
    base = _base(place, inputs, arsip, home)
    if base is None:
        return None
    before = read_edition(home, base).workspace
    if before is None:  # told by the reading of the archive
        return None
    dasar = f"Edisi {base.nomor + 1} dibandingkan dengan edisi {base.nomor} ({tanggal(base.tanggal)})"
    # Sealed with this page, it tells for good what the edition before was: its record names all its files.
    dasar += f", yang catatannya ber-SHA-256 {base.sha256}"
    return change_sheet(compare_workspaces(before, workspace), workspace, dasar)


def _base(place: Place, inputs: Mapping[str, str], arsip: Arsip, archive: Place) -> Edisi | None:
    if not arsip.edisi:
        return None
    last = arsip.edisi[-1]
    if not _is(place, inputs, archive.root / last.folder):
        return last
    return next((edisi for edisi in reversed(arsip.edisi[:-1]) if edisi.nomor == last.nomor - 1), None)


def _is(place: Place, inputs: Mapping[str, str], edition: Path) -> bool:
    """Whether the workspace says what an edition was made from, but for the status of its SOPs."""
    record = read_record((edition / RECORD).read_bytes(), edition.name)
    then = _counting(
        place, {path.removeprefix(_ISI): digest for path, digest in record.berkas.items() if path.startswith(_ISI)}
    )
    now = _counting(place, inputs)
    if then.keys() != now.keys():
        return False
    differing = [path for path in now if now[path] != then[path]]
    return all(path.endswith(".md") and _text(place.root / path) == _text(edition / ISI / path) for path in differing)


def _counting(place: Place, inputs: Mapping[str, str]) -> dict[str, str]:
    return {path: digest for path, digest in inputs.items() if not place.name(path).startswith(_BESIDE)}


def _text(path: Path) -> str:
    data = read_if_there(path)
    return without_status(data.decode("utf-8-sig", "replace")) if data is not None else ""
