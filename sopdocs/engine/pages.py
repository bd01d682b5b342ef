"""What the layout finds on each sheet, worked out without LibreOffice and remembered between runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sopdocs import __version__
from sopdocs.engine.ingredients import digest, sheet_sources
from sopdocs.engine.jobs import Templates
from sopdocs.engine.store import Findings, remembered
from sopdocs.layout import FontData
from sopdocs.model import Sop, Workspace
from sopdocs.word import Inputs, Picture, make_sheet


@dataclass(frozen=True)
class PageCheck:
    """All that the pages of a workspace follow from."""

    workspace: Workspace
    fonts: FontData
    templates: Templates
    logo: bytes | None
    inputs: Mapping[str, str]
    """Files by what they are (`Place.named`) -> SHA-256."""

    def key(self, sop: Sop) -> str:
        """Digest of everything that can change a finding or its place."""
        values = sheet_sources(sop, self.workspace, self.inputs, konsep=False)
        own = self.inputs.get(f"content/sop/{sop.slug}.md", "")
        return digest(values, own, sop.at("").path, __version__, self.fonts.digest, self.templates.sop.data)


def page_findings(check: PageCheck, store: Path) -> Findings:
    """Lay every sheet out that has changed since `store` was written; what the office makes of findings is not applied.

    Raises TemplateBrokenError.
    """
    logo = Picture(check.logo or check.templates.lambang, f"Logo {check.workspace.instansi.nama}")
    inputs = Inputs(check.workspace, logo, konsep=False)

    def lay_out(sop: Sop) -> Findings:
        return make_sheet(sop, inputs, check.templates.sop, check.fonts).geometry.findings

    return remembered(store, {check.key(sop): partial(lay_out, sop) for sop in check.workspace.living.values()})
