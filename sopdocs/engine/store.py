"""Findings that are remembered between runs by what they follow from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from sopdocs.engine.files import read_if_there, write_whole
from sopdocs.errors import SopdocsError
from sopdocs.model import Finding

FORMAT = "sopdocs-halaman/1"
Findings = tuple[Finding, ...]


def remembered(store: Path, works: Mapping[str, Callable[[], Findings]]) -> Findings:
    """Return all findings of `works`, by key; only those that `store` lacks are worked out. It then holds these alone.

    Raises what the works raise. A store that is damaged or cannot be written costs time only.
    """
    known = _read(store)
    found = {key: known[key] if key in known else work() for key, work in works.items()}
    if found != known:
        _write(store, found)
    return tuple(finding for findings in found.values() for finding in findings)


def _read(store: Path) -> dict[str, Findings]:
    try:
        record = cast(dict[str, Any], json.loads(read_if_there(store) or b"{}"))
        if record.get("format") != FORMAT:
            return {}
        return {key: tuple(Finding.of(each) for each in found) for key, found in record["halaman"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(store: Path, found: dict[str, Findings]) -> None:
    halaman = {key: [finding.record() for finding in findings] for key, findings in sorted(found.items())}
    text = json.dumps({"format": FORMAT, "halaman": halaman}, ensure_ascii=False) + "\n"
    try:
        write_whole(store, text.encode())
    except SopdocsError:
        # Nothing was asked for but findings: they are right without a store as well.
        return
