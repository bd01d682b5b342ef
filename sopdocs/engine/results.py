"""Results of earlier builds, found again by what they were made of: on another branch, in another folder, elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sopdocs.engine.files import read_if_there, sha256, write_whole
from sopdocs.engine.ingredients import digest
from sopdocs.errors import SopdocsError

_KEYS, _CONTENTS = "kunci", "isi"


class Results:
    """A folder of contents by their SHA-256, and of keys that lead to them.

    Several builds may use it at once, and anyone may delete it: what is damaged or missing costs time only.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        """Use `folder`, made when first needed, for at most `limit` bytes."""
        self._folder = folder
        self._limit = limit
        self._grown = False

    def find(self, name: str, key: str) -> bytes | None:
        """Return the output `name` that was made with `key`; what is damaged is removed and counts as missing."""
        entry = self._entry(name, key)
        said = read_if_there(entry)
        if said is None:
            return None
        content, _, proof = said.decode("ascii", "replace").partition(" ")
        # The proof binds the entry to its name: one that was damaged or moved leads nowhere.
        if proof != digest(entry.name, content) or not re.fullmatch(r"[0-9a-f]{64}", content):
            _remove(entry)
            return None
        blob = self._place(_CONTENTS, content)
        data = read_if_there(blob)
        if data is None or sha256(data) != content:
            _remove(blob)
            _remove(entry)
            return None
        for used in (entry, blob):
            with suppress(OSError):
                os.utime(used)
        return data

    def keep(self, name: str, key: str, data: bytes) -> None:
        """Remember an output. A folder that cannot be written is no fault: the output stands in build/ all the same."""
        if len(data) > self._limit:
            return
        content, entry = sha256(data), self._entry(name, key)
        self._grown = True
        with suppress(SopdocsError):
            # Not synced: what a power failure leaves half-written does not pass the reading.
            write_whole(self._place(_CONTENTS, content), data, sync=False)
            write_whole(entry, f"{content} {digest(entry.name, content)}".encode(), sync=False)

    def trim(self) -> None:
        """Remove what was not used for longest, until the limit holds; only after something was added."""
        if not self._grown:
            return
        try:
            found = sorted(self._files(), key=lambda each: each[1].st_mtime_ns)
        except OSError:  # a shared folder may go away
            return
        total = sum(status.st_size for _, status in found)
        for path, status in found:
            if total <= self._limit:
                return
            _remove(path)
            total -= status.st_size

    def _entry(self, name: str, key: str) -> Path:
        return self._place(_KEYS, digest(name, key))

    def _place(self, kind: str, name: str) -> Path:
        return self._folder / kind / name[:2] / name

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Yield everything that was written here, and nothing else that may lie in the folder."""
        for kind in (_KEYS, _CONTENTS):
            for path in self._folder.glob(f"{kind}/[0-9a-f][0-9a-f]/*"):
                # Others may be trimming as well.
                with suppress(OSError):
                    yield path, path.stat()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
