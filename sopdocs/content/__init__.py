"""Read a workspace: text files in, model and findings out. Nothing here raises for bad content."""

from sopdocs.content.canonical import canonical
from sopdocs.content.folder import EVERY, Folder, read_offices, shares_letterhead
from sopdocs.content.memory import Memory
from sopdocs.content.report import CODES
from sopdocs.content.workspace import Reading, read_workspace

__all__ = [
    "CODES",
    "EVERY",
    "Folder",
    "Memory",
    "Reading",
    "canonical",
    "read_offices",
    "read_workspace",
    "shares_letterhead",
]
