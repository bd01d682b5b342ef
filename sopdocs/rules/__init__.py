"""Judge a workspace that could be read: model in, findings out."""

from sopdocs.rules.catalogue import CODES, RULES, TOPICS
from sopdocs.rules.check import Settled, check_workspace, settle, shown, silences
from sopdocs.rules.consequences import on_their_own
from sopdocs.rules.rule import Kind, Rule, Source

__all__ = [
    "CODES",
    "RULES",
    "TOPICS",
    "Kind",
    "Rule",
    "Settled",
    "Source",
    "check_workspace",
    "on_their_own",
    "settle",
    "shown",
    "silences",
]
