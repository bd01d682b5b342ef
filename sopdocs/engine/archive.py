"""Keep what a certified key signed: it cannot be made again, and build/ may be thrown away at any time."""

from __future__ import annotations

from pathlib import Path

from sopdocs.engine.files import read_if_there, sha256, write_whole

ARCHIVE = "arsip"
"""Folder beside content/ that holds a copy of everything that was signed with a certified key."""


def write_signed(root: Path, path: Path, data: bytes) -> Path | None:
    """Write a signed file to `path`; return its copy in the archive below `root`, None for a trial.

    The copy is written first, and so is one of what stood there before. Raises UsageError when a file cannot be
    written; then nothing was replaced.
    """
    keep_certified(root, path)
    kept = _keep(root, path, data)
    write_whole(path, data)
    return kept


def keep_certified(root: Path, path: Path) -> Path | None:
    """Copy a signed file to the archive below `root` before something replaces it.

    Returns the place, None when there is nothing to keep: no file, or one signed by development keys only. A file
    that cannot be read as a signed PDF is kept, too.
    """
    old = read_if_there(path)
    return None if old is None else _keep(root, path, old)


def _keep(root: Path, path: Path, data: bytes) -> Path | None:
    # Late: pyHanko takes half a second to load.
    from sopdocs.sign import is_trial

    if is_trial(data):
        return None
    kept = root / ARCHIVE / f"{path.stem}-{sha256(data)[:12]}.pdf"
    if read_if_there(kept) != data:
        write_whole(kept, data)
    return kept
