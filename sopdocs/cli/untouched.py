"""Answer `sopdocs build` at once when not a single file has been touched since the last one.

Imports next to nothing: starting everything else takes longer than this answer. What it cannot vouch for it leaves to
the build itself, which compares contents instead of times.
"""

from __future__ import annotations

import json
import os
import sys
import time

from sopdocs import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, TextIO, TypedDict

    Stamp = list[int]
    """What changes whenever a file does: times of its content and of its record, size, number."""
    Stamps = dict[str, Stamp | None]
    """By path; None: nothing stands there."""

    class Told(TypedDict):
        """What a build that changes nothing says in the end; findings as records."""

        temuan_isi: list[dict[str, Any]]
        temuan: list[dict[str, Any]]
        """Of finished sheets."""
        teks: str
        """Both as they are told in a file; colours take longer than everything else."""
        kata: list[str]
        kode: int


_ROOMS = ("content", "templates", "instansi", "arsip")
"""What outputs are made of, and what the content is held against, lies below these."""
_SETTINGS = ("SOPDOCS_SOFFICE", "PATH", "HOME")
"""Variables that decide which tools are used."""
_RECORD = os.path.join("build", ".cache", "utuh.json")
_SECOND = 1_000_000_000
_COARSE = 2 * _SECOND
"""Nanoseconds between two times that FAT can tell apart; others that are not exact tell whole seconds."""


class Before:
    """How everything was before it was read."""

    def __init__(self, folder: str, tools: Iterable[str]) -> None:
        """Look at all files and folders that content may come from; `tools` are paths of programs and fonts."""
        self.folder = folder
        self.day = _today()
        self.tools = stamps(tools)
        self.sources: Stamps = {}
        """By path below the workspace."""
        links: set[str] = set()
        for room in _ROOMS:
            self.sources[room] = _stamp(os.path.join(folder, room))
            _walk(folder, room, self.sources, links)
        now = time.time_ns()
        changed = (stamp[0] for stamp in self.sources.values() if stamp)
        self.telling = all(when % _SECOND or now - when > _COARSE for when in changed)
        """Whether another change would show: not when it could come within the same second as the last one."""


def stamps(paths: Iterable[str]) -> Stamps:
    """Stamps by path."""
    return {path: _stamp(path) for path in paths}


def count_touched(before: Stamps, output: str) -> int:
    """How many of the sources changed after `output` was written; all of them when it is not there."""
    made = _stamp(output)
    changed = [stamp[1] for stamp in before.values() if stamp is not None]
    return len(changed) if made is None else sum(when > made[1] for when in changed)


def remember(before: Before, outputs: Mapping[str, int | None], told: Told) -> None:
    """Keep what the next call needs.

    `outputs` are the sizes, as far as they are known, by path below the workspace: what was changed since it was made
    is for the next build to find. A record that cannot be written costs time only.
    """
    folder = before.folder
    made = {path: _stamp(os.path.join(folder, path)) for path in outputs}
    if not before.telling or any(size not in (None, (made[path] or [0] * 4)[2]) for path, size in outputs.items()):
        return
    record = {
        "versi": __version__,
        "folder": os.path.normpath(folder),
        "hari": before.day,
        "setelan": _settings(),
        "sumber": before.sources,
        "hasil": made,
        "alat": before.tools,
        **told,
    }
    path = os.path.join(folder, _RECORD)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(f"{path}.tmp", "w", encoding="utf-8") as file:
            json.dump(record, file)
        os.replace(f"{path}.tmp", path)
    except OSError:
        return


def answer(arguments: Sequence[str]) -> int | None:
    """Say what the last build said, and return its exit code; None when it is for the build to find out."""
    folder, rest = ("", list(arguments))
    if rest[:1] == ["-C"] and len(rest) > 1:
        folder, rest = rest[1], rest[2:]
    if rest not in (["build"], ["build", "--quiet"]):
        return None
    begun = time.monotonic()
    try:
        with open(os.path.join(folder, _RECORD), encoding="utf-8") as file:
            record = json.load(file)
        if not _still_true(folder, record):
            return None
        if record["folder"] != os.path.normpath(folder):  # its sentences tell paths that begin with it
            return None
        told: Told = {
            "temuan_isi": list(record["temuan_isi"]),
            "teks": str(record["teks"]),
            "temuan": list(record["temuan"]),
            "kata": list(map(str, record["kata"])),
            "kode": int(record["kode"]),
        }
        kept = len(record["hasil"]) - 1  # the manifest is none of those that are counted
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    _say(folder, told, kept, time.monotonic() - begun, quiet="--quiet" in rest)
    return told["kode"]


def _still_true(folder: str, record: dict[str, Any]) -> bool:
    if (record["versi"], record["hari"], record["setelan"]) != (__version__, _today(), _settings()):
        return False
    if any(_stamp(path) != stamp for path, stamp in record["alat"].items()):
        return False
    if any(_stamp(os.path.join(folder, path)) != stamp for path, stamp in record["hasil"].items()):
        return False
    # A folder's own stamp tells when something was added to it or taken away.
    return all(_stamp(os.path.join(folder, path)) == stamp for path, stamp in record["sumber"].items())


def _say(folder: str, told: Told, kept: int, seconds: float, *, quiet: bool) -> None:
    if told["teks"] and sys.stderr.isatty():
        _say_findings(folder, told)
    else:
        _write(sys.stderr, told["teks"])
    if quiet:
        return
    _write(sys.stdout, "".join(f"{sentence}\n" for sentence in told["kata"]))
    sys.stdout.flush()
    spent = f"{seconds:.1f}".replace(".", ",")
    sys.stderr.write(f"0 berkas dibuat, {kept} tetap, dalam {spent} detik\n")


def _write(stream: TextIO, text: str) -> None:
    """Write as much of `text` as the stream takes: it may not know every letter of a name."""
    known = stream.encoding or "ascii"
    stream.write(text.encode(known, "replace").decode(known))


def _say_findings(folder: str, told: Told) -> None:
    from pathlib import Path

    from sopdocs.cli.excerpt import Sources
    from sopdocs.cli.output import print_findings
    from sopdocs.model import Finding

    print_findings(map(Finding.of, told["temuan_isi"]), errors=True)
    print_findings(map(Finding.of, told["temuan"]), Sources(Path(folder)), errors=True)


def _walk(folder: str, room: str, found: Stamps, links: set[str]) -> None:
    """Add what lies below `room`, also behind links to folders, each of which is followed once."""
    try:
        entries = list(os.scandir(os.path.join(folder, room)))
    except OSError:
        return
    for entry in entries:
        path = f"{room}/{entry.name}"
        found[path] = _stamp(entry.path)
        if entry.is_symlink() and entry.is_dir():
            real = os.path.realpath(entry.path)
            if real in links:
                continue
            links.add(real)
        if entry.is_dir():
            _walk(folder, path, found, links)


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]


def _settings() -> dict[str, str]:
    return {name: os.environ.get(name, "") for name in _SETTINGS}


def _today() -> str:
    """The day by which contents were judged: what is too old today was not yet so yesterday."""
    return time.strftime("%Y-%m-%d")
