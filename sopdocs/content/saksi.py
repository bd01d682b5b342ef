"""What else tells of an edition's files besides its record: whoever replaces a file must rewrite all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from sopdocs.content.edisi import ISI, CatatanEdisi

MANIFEST = "manifest.json"
VERDICT = "verifikasi.json"
SEALED = "bundel-ttd.pdf"


def contradictions(folder: Path, record: CatatanEdisi) -> Iterator[tuple[str, str]]:
    """Yield files of the edition in `folder` that its manifest or its verdict knows otherwise, each with who says so.

    Their digests are those of the record, which were proved. What cannot be read says nothing: its own digest was
    proved, too, and `sopdocs verify` on the folder needs it.
    """
    manifest = _read(folder / MANIFEST)
    outputs = {name: _part(entry).get("sha256") for name, entry in _part(manifest.get("outputs")).items()}
    inputs = {f"{ISI}/{path}": digest for path, digest in _part(manifest.get("inputs")).items()}
    told = {**outputs, **inputs}
    yield from ((name, MANIFEST) for name, digest in record.berkas.items() if told.get(name, digest) != digest)
    yield from ((name, MANIFEST) for name in sorted(inputs.keys() - record.berkas.keys()))
    if _read(folder / VERDICT).get("sha256", record.berkas.get(SEALED)) != record.berkas.get(SEALED):
        yield SEALED, VERDICT


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return _part(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return {}


def _part(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}
