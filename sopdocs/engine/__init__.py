"""What is stale, who computes it, where it lands."""

from sopdocs.engine.archive import keep_certified, write_signed
from sopdocs.engine.build import BuildResult, Order, build
from sopdocs.engine.drafts import draft_reasons
from sopdocs.engine.files import exclusive, read_if_there, sha256, write_whole
from sopdocs.engine.finished import FinishedFindings, finished_findings
from sopdocs.engine.manifest import FORMAT as MANIFEST_FORMAT
from sopdocs.engine.manifest import BundleEntry, Manifest, Output, PartEntry, read_manifest
from sopdocs.engine.outputs import SEALED, Event, EventKind
from sopdocs.engine.pages import PageCheck, page_findings
from sopdocs.engine.reproduce import Sources, carried_sources, differences
from sopdocs.engine.results import Results
from sopdocs.engine.sealing import Sealer, approve, is_approval, seal, sealing_official, trial_sealer
from sopdocs.engine.stages import Surroundings, Templates, convert_twice, inputs_of, prove_part
from sopdocs.engine.whole import BUNDLE, TITLES

__all__ = [
    "BUNDLE",
    "MANIFEST_FORMAT",
    "SEALED",
    "TITLES",
    "BuildResult",
    "BundleEntry",
    "Event",
    "EventKind",
    "FinishedFindings",
    "Manifest",
    "Order",
    "Output",
    "PageCheck",
    "PartEntry",
    "Results",
    "Sealer",
    "Sources",
    "Surroundings",
    "Templates",
    "approve",
    "build",
    "carried_sources",
    "convert_twice",
    "differences",
    "draft_reasons",
    "exclusive",
    "finished_findings",
    "inputs_of",
    "is_approval",
    "keep_certified",
    "page_findings",
    "prove_part",
    "read_if_there",
    "read_manifest",
    "seal",
    "sealing_official",
    "sha256",
    "trial_sealer",
    "write_signed",
    "write_whole",
]
