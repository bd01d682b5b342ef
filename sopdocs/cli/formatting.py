"""`sopdocs format`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sopdocs.cli.offices import every_place
from sopdocs.cli.output import print_findings, say
from sopdocs.content import Memory, Reading, canonical, read_workspace
from sopdocs.content.report import Report, nearest
from sopdocs.content.source import read_source
from sopdocs.engine.files import read_if_there, write_whole
from sopdocs.errors import ExitCode, FindingsError, UsageError
from sopdocs.model import SHARED, Finding, Place, Severity

_FOLDER = f"{SHARED}/sop"


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be formatted, and an office that reads it."""

    path: str
    slug: str
    place: Place


def format_files(folder: Path, names: tuple[str, ...], only_check: bool, offices: Sequence[str] = ()) -> int:
    """Write the canonical form of the files named, or of all; exit 1 when one is left alone, or would change."""
    memory = Memory()
    places = every_place(folder, offices)
    readings = {place: read_workspace(folder, None, memory, place.office) for place in places}
    for reading in readings.values():
        if reading.workspace is None:
            print_findings(reading.findings, errors=True)
            raise FindingsError("Folder kerja ini belum dapat dipakai", "perbaiki temuan di atas, lalu ulangi")
    files = _named(folder, names, list(_files(places)))
    errors = {file: _errors(readings.values(), file.path) for file in files}
    texts = {file: _canonical(folder, file.path) for file in files if not errors[file]}
    changed = {file: text for file, text in texts.items() if text.encode() != read_if_there(folder / file.path)}
    _prove(readings, changed, memory)
    for file, text in changed.items():
        if not only_check:
            # A link stays one: what it leads to is written.
            write_whole((folder / file.path).resolve(), text.encode())
        say(f"{'perlu dirapikan' if only_check else 'dirapikan'}: {file.path}")
    left = [file for file in files if errors[file]]
    for file in left:
        say(f"dibiarkan: {file.path} (perbaiki dahulu galat berikut)", errors=True)
        print_findings(errors[file], errors=True)
    what = "perlu dirapikan" if only_check else "dirapikan"
    say(f"{len(changed)} berkas {what}, {len(texts) - len(changed)} sudah rapi, {len(left)} dibiarkan karena galat.")
    return ExitCode.FINDINGS if left or (only_check and changed) else ExitCode.OK


def _files(places: Sequence[Place]) -> Iterator[_File]:
    """Yield every SOP file once, those that offices share with the first of them that has no other in its place."""
    seen: set[str] = set()
    for place in places:
        layers = [sorted((place.root / home).glob("*.md")) for home in place.candidates(_FOLDER)]
        counting = {path.stem: path for layer in layers for path in layer if not path.name.startswith(".")}
        for slug, path in counting.items():
            name = path.relative_to(place.root).as_posix()
            if name not in seen:
                seen.add(name)
                yield _File(name, slug, place)


def _errors(readings: Iterable[Reading], path: str) -> tuple[Finding, ...]:
    """What keeps a file from being understood whole: rewriting it might lose what was not read."""
    found = (finding for reading in readings for finding in reading.findings if finding.span.path == path)
    return tuple(dict.fromkeys(finding for finding in found if finding.severity is Severity.GALAT))


def _canonical(folder: Path, path: str) -> str:
    source = read_source(folder, path, Report())
    if source is None:
        raise UsageError(f"{path} berubah selagi dibaca", "ulangi setelah berkas itu disimpan")
    return canonical(source)


def _prove(before: Mapping[Place, Reading], texts: Mapping[_File, str], memory: Memory) -> None:
    """Read the new texts before anything is written; raises RuntimeError, a bug, when one says something else."""
    instead = {file.path: text for file, text in texts.items()}
    after = {place: read_workspace(place.root, instead, memory, place.office) for place in {f.place for f in texts}}
    for file in texts:
        then, now = before[file.place], after[file.place]
        sops = [reading.workspace.sop.get(file.slug) for reading in (then, now) if reading.workspace]
        if len(sops) < 2 or sops[0] is None or sops[0] != sops[1] or _errors((now,), file.path):
            raise RuntimeError(f"bentuk baku {file.path} terbaca lain; tidak ada berkas yang ditulis")


def _named(folder: Path, names: tuple[str, ...], every: list[_File]) -> list[_File]:
    """The files named, without repeats; all of them when none is named."""
    if not every:
        raise UsageError(f"Belum ada SOP di {_FOLDER}/", 'buat dengan sopdocs new "Nama SOP"')
    return list(dict.fromkeys(file for name in names for file in _meant(folder, name, every))) or every


def _meant(folder: Path, name: str, every: list[_File]) -> list[_File]:
    """The files of a slug, which several offices may have, or the one at a path."""
    slugs = [file for file in every if file.slug == name]
    if slugs:
        return slugs
    for path in (Path(name), folder / name):
        # The name itself is not resolved: a link in content/sop/ is a file of its own.
        home = path.parent.resolve()
        for file in every:
            if path.name == f"{file.slug}.md" and home == (folder / file.path).parent.resolve():
                return [file]
    advice = nearest(Path(name).stem, [file.slug for file in every])
    advice = advice or f"tulis nama berkas di {_FOLDER}/ dengan atau tanpa .md"
    raise UsageError(f"SOP “{name}” tidak ada di {_FOLDER}/", advice)
