"""The corpus: pairs of an SOP before and after a revision, and what a person says of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from sopdocs.compare import BedaSop, compare_sops, lembar
from sopdocs.content import read_workspace
from sopdocs.model import Workspace

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(path.parent.name for path in CORPUS.glob("*/harap.txt"))
SLUG = "kasus"


def workspace(root: Path, sop: str, pelaksana: str | None = None) -> Workspace:
    """Read one SOP with the registers of the corpus, which must have no fault."""
    shutil.copytree(CORPUS / "register", root / "content")
    (root / "content" / "sop").mkdir()
    (root / "content" / "sop" / f"{SLUG}.md").write_text(sop, encoding="utf-8")
    if pelaksana is not None:
        (root / "content" / "pelaksana.yaml").write_text(pelaksana, encoding="utf-8")
    reading = read_workspace(root)
    assert reading.workspace is not None
    assert not reading.findings, reading.findings
    return reading.workspace


def sides(root: Path, case: str) -> tuple[Workspace, Workspace]:
    """The two states of a case. Its pelaksana-baru.yaml is the register of the new one."""
    folder = CORPUS / case
    lanes = folder / "pelaksana-baru.yaml"
    new_lanes = lanes.read_text(encoding="utf-8") if lanes.exists() else None
    return (
        workspace(root / "lama", (folder / "lama.md").read_text(encoding="utf-8")),
        workspace(root / "baru", (folder / "baru.md").read_text(encoding="utf-8"), new_lanes),
    )


def compared(old: Workspace, new: Workspace) -> BedaSop:
    """Compare the one SOP of both."""
    return compare_sops(lembar(old.sop[SLUG], old), lembar(new.sop[SLUG], new))
