"""What is stale, who computes it, where it lands."""

from sopdocs.engine.build import BUNDLE, SEALED, BuildResult, Event, EventKind, Order, build
from sopdocs.engine.drafts import draft_reasons
from sopdocs.engine.files import exclusive, read_if_there, sha256, write_whole
from sopdocs.engine.finished import FinishedFindings, finished_findings
from sopdocs.engine.manifest import FORMAT as MANIFEST_FORMAT
from sopdocs.engine.manifest import Manifest, Output, read_manifest
from sopdocs.engine.pages import PageCheck, page_findings
from sopdocs.engine.sealing import (
    Sealer,
    approve,
    keep_certified,
    seal,
    sealing_official,
    trial_sealer,
    write_signed,
)
from sopdocs.engine.stages import Surroundings, Templates, convert_twice, cover, prove_cover

__all__ = [
    "BUNDLE",
    "MANIFEST_FORMAT",
    "SEALED",
    "BuildResult",
    "Event",
    "EventKind",
    "FinishedFindings",
    "Manifest",
    "Order",
    "Output",
    "PageCheck",
    "Sealer",
    "Surroundings",
    "Templates",
    "approve",
    "build",
    "convert_twice",
    "cover",
    "draft_reasons",
    "exclusive",
    "finished_findings",
    "keep_certified",
    "page_findings",
    "prove_cover",
    "read_if_there",
    "read_manifest",
    "seal",
    "sealing_official",
    "sha256",
    "trial_sealer",
    "write_signed",
    "write_whole",
]
