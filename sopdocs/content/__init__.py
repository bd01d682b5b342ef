"""Read a workspace: text files in, model and findings out. Nothing here raises for bad content."""

from sopdocs.content.arsip import CODES as ARCHIVE_CODES
from sopdocs.content.arsip import LEFTOVER, ArchiveReading, edition_at, read_archive, read_editions
from sopdocs.content.canonical import canonical
from sopdocs.content.edisi import ISI, RECORD, CatatanEdisi, read_record
from sopdocs.content.folder import EVERY, Folder, read_offices, shares_letterhead
from sopdocs.content.git_history import History, Perubahan, read_history, with_authors
from sopdocs.content.memory import Memory
from sopdocs.content.report import CODES
from sopdocs.content.status import with_status, without_status
from sopdocs.content.terbitan import read_edition, terbitan
from sopdocs.content.workspace import Reading, read_workspace

__all__ = [
    "ARCHIVE_CODES",
    "CODES",
    "EVERY",
    "ISI",
    "LEFTOVER",
    "RECORD",
    "ArchiveReading",
    "CatatanEdisi",
    "Folder",
    "History",
    "Memory",
    "Perubahan",
    "Reading",
    "canonical",
    "edition_at",
    "read_archive",
    "read_edition",
    "read_editions",
    "read_history",
    "read_offices",
    "read_record",
    "read_workspace",
    "shares_letterhead",
    "terbitan",
    "with_authors",
    "with_status",
    "without_status",
]
