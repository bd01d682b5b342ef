"""What is stale, who computes it, where it lands."""

from sopdocs.engine.archive import keep_certified, write_signed
from sopdocs.engine.build import Assignment, BuildResult, Order, build, build_all, local_staff
from sopdocs.engine.changes import changes_since
from sopdocs.engine.crew import Crew, Staff
from sopdocs.engine.drafts import draft_reasons
from sopdocs.engine.editions import (
    VERDICT,
    close_open,
    dishonest,
    edition_files,
    follow_status,
    freeze,
    issued_entries,
    next_edition,
    tell_git,
)
from sopdocs.engine.files import exclusive, read_if_there, sha256, work_folder, write_whole
from sopdocs.engine.finished import FinishedFindings, finished_findings
from sopdocs.engine.jobs import Surroundings, Templates, versions
from sopdocs.engine.manifest import FORMAT as MANIFEST_FORMAT
from sopdocs.engine.manifest import NAME as MANIFEST
from sopdocs.engine.manifest import BundleEntry, Manifest, Output, PartEntry, read_manifest
from sopdocs.engine.outputs import SEALED, Event, EventKind
from sopdocs.engine.pages import PageCheck, page_findings
from sopdocs.engine.profiling import write_profile
from sopdocs.engine.reproduce import Sources, carried_sources, differences
from sopdocs.engine.results import Results
from sopdocs.engine.sealing import Sealer, approve, is_approval, seal, sealing_official, trial_sealer
from sopdocs.engine.sheets import asked_sop
from sopdocs.engine.stages import UNDATED, PartJob, inputs_of, parts
from sopdocs.engine.stopwatch import Stopwatch
from sopdocs.engine.whole import BUNDLE, TITLES
from sopdocs.engine.witnesses import SealedPages, sheets_apart

__all__ = [
    "BUNDLE",
    "MANIFEST",
    "MANIFEST_FORMAT",
    "SEALED",
    "TITLES",
    "UNDATED",
    "VERDICT",
    "Assignment",
    "BuildResult",
    "BundleEntry",
    "Crew",
    "Event",
    "EventKind",
    "FinishedFindings",
    "Manifest",
    "Order",
    "Output",
    "PageCheck",
    "PartEntry",
    "PartJob",
    "Results",
    "SealedPages",
    "Sealer",
    "Sources",
    "Staff",
    "Stopwatch",
    "Surroundings",
    "Templates",
    "approve",
    "asked_sop",
    "build",
    "build_all",
    "carried_sources",
    "changes_since",
    "close_open",
    "differences",
    "dishonest",
    "draft_reasons",
    "edition_files",
    "exclusive",
    "finished_findings",
    "follow_status",
    "freeze",
    "inputs_of",
    "is_approval",
    "issued_entries",
    "keep_certified",
    "local_staff",
    "next_edition",
    "page_findings",
    "parts",
    "read_if_there",
    "read_manifest",
    "seal",
    "sealing_official",
    "sha256",
    "sheets_apart",
    "tell_git",
    "trial_sealer",
    "versions",
    "work_folder",
    "write_profile",
    "write_signed",
    "write_whole",
]
