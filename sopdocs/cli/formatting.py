"""`sopdocs format`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sopdocs.cli.output import print_findings, say
from sopdocs.content import Reading, canonical, read_workspace
from sopdocs.content.report import Report, nearest
from sopdocs.content.source import read_source
from sopdocs.engine.files import read_if_there, write_whole
from sopdocs.errors import ExitCode, FindingsError, UsageError
from sopdocs.model import Finding, Severity

_FOLDER = "content/sop"


def format_files(folder: Path, names: tuple[str, ...], only_check: bool) -> int:
    """Write the canonical form of the files named, or of all; exit 1 when one is left alone, or would change."""
    reading = read_workspace(folder)
    if reading.workspace is None:
        print_findings(reading.findings, errors=True)
        raise FindingsError("Folder kerja ini belum dapat dipakai", "perbaiki temuan di atas, lalu ulangi")
    slugs = _named(folder, names)
    errors = {slug: _errors(reading, slug) for slug in slugs}
    texts = {_path(slug): _canonical(folder, slug) for slug in slugs if not errors[slug]}
    changed = {path: text for path, text in texts.items() if text.encode() != read_if_there(folder / path)}
    _prove(folder, reading, changed)
    for path, text in changed.items():
        if not only_check:
            # A link stays one: what it leads to is written.
            write_whole((folder / path).resolve(), text.encode())
        say(f"{'perlu dirapikan' if only_check else 'dirapikan'}: {path}")
    left = [slug for slug in slugs if errors[slug]]
    for slug in left:
        say(f"dibiarkan: {_path(slug)} (perbaiki dahulu galat berikut)", errors=True)
        print_findings(errors[slug], errors=True)
    what = "perlu dirapikan" if only_check else "dirapikan"
    say(f"{len(changed)} berkas {what}, {len(texts) - len(changed)} sudah rapi, {len(left)} dibiarkan karena galat.")
    return ExitCode.FINDINGS if left or (only_check and changed) else ExitCode.OK


def _path(slug: str) -> str:
    return f"{_FOLDER}/{slug}.md"


def _errors(reading: Reading, slug: str) -> tuple[Finding, ...]:
    """What keeps a file from being understood whole: rewriting it might lose what was not read."""
    wrong = (finding for finding in reading.findings if finding.severity is Severity.GALAT)
    return tuple(finding for finding in wrong if finding.span.path == _path(slug))


def _canonical(folder: Path, slug: str) -> str:
    source = read_source(folder, _path(slug), Report())
    if source is None:
        raise UsageError(f"{_path(slug)} berubah selagi dibaca", "ulangi setelah berkas itu disimpan")
    return canonical(source)


def _prove(folder: Path, before: Reading, texts: Mapping[str, str]) -> None:
    """Read the new texts before anything is written; raises RuntimeError, a bug, when one says something else."""
    after = read_workspace(folder, texts)
    for path in texts:
        slug = path.removeprefix(f"{_FOLDER}/").removesuffix(".md")
        sops = [reading.workspace.sop.get(slug) for reading in (before, after) if reading.workspace]
        if len(sops) < 2 or sops[0] is None or sops[0] != sops[1] or _errors(after, slug):
            raise RuntimeError(f"bentuk baku {path} terbaca lain; tidak ada berkas yang ditulis")


def _named(folder: Path, names: tuple[str, ...]) -> list[str]:
    """The slugs of the files named, without repeats; all of them when none is named."""
    every = sorted(path.stem for path in (folder / _FOLDER).glob("*.md") if not path.name.startswith("."))
    if not every:
        raise UsageError("Belum ada SOP di content/sop/", 'buat dengan sopdocs new "Nama SOP"')
    return list(dict.fromkeys(_slug(folder, name, every) for name in names)) or every


def _slug(folder: Path, name: str, every: list[str]) -> str:
    if name in every:
        return name
    home = (folder / _FOLDER).resolve()
    for path in (Path(name), folder / name):
        # The name itself is not resolved: a link in content/sop/ is a file of its own.
        if path.suffix == ".md" and path.parent.resolve() == home and path.stem in every:
            return path.stem
    advice = nearest(Path(name).stem, every) or "tulis nama berkas di content/sop/ dengan atau tanpa .md"
    raise UsageError(f"SOP “{name}” tidak ada di content/sop/", advice)
