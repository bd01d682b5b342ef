"""Keep what a certified key signed: it cannot be made again, and build/ may be thrown away at any time."""

from __future__ import annotations

from pathlib import Path

from sopdocs.engine.files import read_if_there, sha256, write_whole


def write_signed(archive: Path, path: Path, data: bytes) -> Path | None:
    """Write a signed file to `path`; return its copy in the folder `archive`, None for a trial.

    The copy is written first, and so is one of what stood there before. Raises UsageError when a file cannot be
    written; then nothing was replaced.
    """
    keep_certified(archive, path)
    kept = _keep(archive, path, data)
    write_whole(path, data)
    return kept


def keep_certified(archive: Path, path: Path) -> Path | None:
    """Copy a signed file to the folder `archive` before something replaces it.

    Returns the place, None when there is nothing to keep: no file, or one signed by development keys only. A file
    that cannot be read as a signed PDF is kept, too.
    """
    old = read_if_there(path)
    return None if old is None else _keep(archive, path, old)


def _keep(archive: Path, path: Path, data: bytes) -> Path | None:
    # Late: pyHanko takes half a second to load.
    from sopdocs.sign import is_trial

    if is_trial(data):
        return None
    kept = archive / f"{path.stem}-{sha256(data)[:12]}.pdf"
    if read_if_there(kept) != data:
        write_whole(kept, data)
    return kept
