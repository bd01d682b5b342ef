"""Judge a workspace that could be read: model in, findings out."""

from sopdocs.rules.catalogue import CODES, FINISHED, FIRM, RULES, TOPICS
from sopdocs.rules.check import Settled, check_finished, check_workspace, settle, shown, silences
from sopdocs.rules.consequences import on_their_own
from sopdocs.rules.issued import Change, changes
from sopdocs.rules.jadwal import Jadwal, schedule
from sopdocs.rules.printed import old_sheet
from sopdocs.rules.printed_bundle import bundle_state, check_bundle, old_approval
from sopdocs.rules.rule import Kind, Rule, Source

__all__ = [
    "CODES",
    "FINISHED",
    "FIRM",
    "RULES",
    "TOPICS",
    "Change",
    "Jadwal",
    "Kind",
    "Rule",
    "Settled",
    "Source",
    "bundle_state",
    "changes",
    "check_bundle",
    "check_finished",
    "check_workspace",
    "old_approval",
    "old_sheet",
    "on_their_own",
    "schedule",
    "settle",
    "shown",
    "silences",
]
