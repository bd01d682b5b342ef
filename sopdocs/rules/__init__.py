"""Judge a workspace that could be read: model in, findings out."""

from sopdocs.rules.check import CODES, check_workspace

__all__ = ["CODES", "check_workspace"]
