"""What the layout finds on each sheet, worked out without LibreOffice and remembered between runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from sopdocs import __version__
from sopdocs.engine.files import read_if_there, write_whole
from sopdocs.engine.stages import Templates, digest
from sopdocs.errors import SopdocsError
from sopdocs.layout import FontData
from sopdocs.model import Finding, Sop, Workspace
from sopdocs.word import Inputs, Picture, make_sheet

FORMAT = "sopdocs-halaman/1"


@dataclass(frozen=True)
class PageCheck:
    """All that the pages of a workspace follow from."""

    workspace: Workspace
    fonts: FontData
    templates: Templates
    logo: bytes | None
    inputs: Mapping[str, str]
    """Path below the workspace -> SHA-256."""

    @cached_property
    def shared(self) -> str:
        """Digest of what all SOPs share: registers, titles, template, typeface."""
        registers = sorted((p, h) for p, h in self.inputs.items() if not p.startswith("content/sop/"))
        names = sorted((other.slug, other.nama) for other in self.workspace.sop.values())
        return digest(repr((registers, names)), __version__, self.fonts.digest, self.templates.sop.data)

    def key(self, sop: Sop) -> str:
        """Digest of everything that can change a finding or its place."""
        path = f"content/sop/{sop.slug}.md"
        return digest(self.shared, path, self.inputs.get(path, ""))


def page_findings(check: PageCheck, store: Path) -> tuple[Finding, ...]:
    """Lay every sheet out that has changed since `store` was written; what the office makes of findings is not applied.

    Raises TemplateBrokenError. A store that is damaged or cannot be written costs time only.
    """
    known = _read(store)
    logo = Picture(check.logo or check.templates.lambang, f"Logo {check.workspace.instansi.nama}")
    inputs = Inputs(check.workspace, logo, konsep=False)
    found: dict[str, tuple[Finding, ...]] = {}
    for sop in check.workspace.sop.values():
        key = check.key(sop)
        if key in known:
            found[key] = known[key]
        else:
            found[key] = make_sheet(sop, inputs, check.templates.sop, check.fonts).geometry.findings
    if found != known:
        _write(store, found)
    return tuple(finding for findings in found.values() for finding in findings)


def _read(store: Path) -> dict[str, tuple[Finding, ...]]:
    try:
        record = cast(dict[str, Any], json.loads(read_if_there(store) or b"{}"))
        if record.get("format") != FORMAT:
            return {}
        return {key: tuple(Finding.of(each) for each in found) for key, found in record["halaman"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(store: Path, found: dict[str, tuple[Finding, ...]]) -> None:
    halaman = {key: [finding.record() for finding in findings] for key, findings in sorted(found.items())}
    text = json.dumps({"format": FORMAT, "halaman": halaman}, ensure_ascii=False) + "\n"
    try:
        write_whole(store, text.encode())
    except SopdocsError:
        # Nothing was asked for but findings: they are right without a store as well.
        return
