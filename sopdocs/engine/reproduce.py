"""Say whether a sealed bundle is what its sources give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any, cast

from sopdocs.engine.attachments import CHANGES, FORMAT, LIST, read_changes
from sopdocs.engine.files import write_whole
from sopdocs.errors import OutputRejectedError
from sopdocs.model import OFFICES, SHARED
from sopdocs.pdf import BundleFacts, page_texts
from sopdocs.word import ChangeSheet

_ROOMS = (SHARED, "templates", OFFICES)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a bundle says it was made of."""

    files: Mapping[str, bytes]
    """Path below the workspace -> content."""
    tools: Mapping[str, str]
    """Names and versions of what made it."""
    office: str | None = None
    """Whose bundle it is; None: that of content/ itself."""
    changes: ChangeSheet | None = None
    """What it says of the edition before, in the place of the archive, which does not travel with it."""

    def write(self, root: Path) -> None:
        """Write the files below `root`. Raises UsageError when that is not possible."""
        for path, data in self.files.items():
            write_whole(root / path, data)


def carried_sources(facts: BundleFacts) -> Sources | None:
    """Return the sources that a bundle carries, None when it carries none.

    Raises OutputRejectedError when the list is damaged, names files that are not there, or paths elsewhere than
    below content/, templates/ and the folder of one office.
    """
    attached = {each.name: each.data for each in facts.attachments}
    if LIST not in attached:
        return None
    try:
        record = cast(dict[str, Any], json.loads(attached[LIST]))
        if record["format"] != FORMAT:
            raise ValueError
        tools: dict[str, str] = {str(name): str(version) for name, version in record["tools"].items()}
        files = {str(path): attached[path] for path in record["sumber"]}
        changes = read_changes(attached[CHANGES]) if CHANGES in attached else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise OutputRejectedError(
            f"Lampiran {LIST} atau {CHANGES} rusak", "berikan folder sumbernya dengan --sumber"
        ) from None
    strange = next((path for path in files if not _inside(path)), None)
    if strange is not None:
        raise OutputRejectedError(f"Lampiran {LIST} menunjuk ke luar folder kerja: {strange}")
    offices = {parts[1] for path in files if (parts := PurePosixPath(path).parts)[0] == OFFICES and len(parts) > 2}
    if len(offices) > 1:
        raise OutputRejectedError(f"Lampiran {LIST} memuat lebih dari satu instansi: {', '.join(sorted(offices))}")
    return Sources(files, tools, next(iter(offices), None), changes)


def _inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    plain = all(part not in ("..", ".") and not any(c in part for c in "\\:\0") for part in parts)
    return plain and len(parts) > 1 and parts[0] in _ROOMS


def differences(sealed: bytes, rebuilt: bytes, made: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Say in Indonesian where `sealed` departs from `rebuilt`; nothing when it begins with exactly these bytes.

    `made` and `now` are the tools of then, where they are known, and of now. Raises OutputRejectedError when
    `sealed` cannot be read.
    """
    if sealed.startswith(rebuilt):
        return ()
    tools = tuple(
        f"Alat berbeda: {name} {version} dahulu, {now.get(name, 'tidak ada')} sekarang"
        for name, version in made.items()
        if now.get(name) != version
    )
    before, after = page_texts(sealed), page_texts(rebuilt)
    if len(before) != len(after):
        pages: tuple[str, ...] = (f"Jumlah halaman berbeda: {len(before)} pada berkas, {len(after)} dari sumber",)
    else:
        changed = [str(number) for number, (a, b) in enumerate(zip_longest(before, after), 1) if a != b]
        pages = (f"Teks berbeda pada halaman {', '.join(changed)}",) if changed else ()
    return (*tools, *pages) or ("Teks semua halaman sama; yang berbeda gambar, huruf, lampiran, atau susunan berkas",)
