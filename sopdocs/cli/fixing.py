"""`sopdocs check --fix`: mend what has but one answer, and prove it before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from sopdocs.cli.checking import View, check, survey
from sopdocs.cli.excerpt import printable
from sopdocs.cli.output import say
from sopdocs.content import Memory
from sopdocs.content.mending import Mended, mend
from sopdocs.engine.files import read_if_there, write_whole
from sopdocs.errors import UsageError
from sopdocs.model import Finding, Severity

_ROUNDS = 10


def check_mended(folder: Path, view: View, today: date) -> int:
    """Mend what `view` shows and has a fix, say what was mended, then check as usual."""
    mender = _Mender(folder, view, today)
    for _ in range(_ROUNDS):
        if not mender.round():
            break
    mender.write()
    return check(folder, view, today)


class _Mender:
    """Mends texts in memory; what makes anything worse is taken back."""

    def __init__(self, folder: Path, view: View, today: date) -> None:
        self.folder = folder
        self.view = view
        self.today = today
        self.memory = Memory()
        self.found = self._survey({})
        self.before: dict[str, bytes] = {}
        """Files as they were, by path."""
        self.texts: dict[str, str] = {}
        """Mended files, by path."""
        self.done: list[Finding] = []

    def round(self) -> bool:
        """Try every fix that there is now; False when none could be used."""
        fixable = [finding for finding in self.view.selection.shown(self.found) if finding.fix]
        return self._take(fixable)

    def _take(self, findings: Iterable[Finding]) -> bool:
        """Put in the fixes of `findings`: all of them, or those halves of them that make nothing worse."""
        mended = mend(self._sources(findings), findings)
        if not mended.done:
            return False
        tried = self._survey(self.texts | mended.texts)
        if _is_better(self.found, tried, mended.done):
            self._keep(mended, tried)
            return True
        middle = len(mended.done) // 2
        if middle == 0:
            return False
        # The later places first: what changes there moves none of the earlier ones.
        later = self._take(mended.done[middle:])
        return self._take(mended.done[:middle]) or later

    def _survey(self, texts: Mapping[str, str]) -> tuple[Finding, ...]:
        return survey(self.folder, self.view, self.today, self.memory, texts)

    def _keep(self, mended: Mended, tried: tuple[Finding, ...]) -> None:
        self.found = tried
        self.texts |= mended.texts
        self.done.extend(mended.done)

    def _sources(self, findings: Iterable[Finding]) -> dict[str, str]:
        """The texts that the fixes of `findings` go into, with all that was mended so far."""
        found: dict[str, str] = {}
        for path in {finding.fixed_at.path for finding in findings}:
            text = self.texts[path] if path in self.texts else self._original(path)
            if text is not None:
                found[path] = text
        return found

    def _original(self, path: str) -> str | None:
        data = read_if_there(self.folder / path)
        if data is None:
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        self.before[path] = data
        return text

    def write(self) -> None:
        """Write the mended files, and say what was mended in each; raises UsageError when one changed meanwhile."""
        for path, text in sorted(self.texts.items()):
            if read_if_there(self.folder / path) != self.before[path]:
                raise UsageError(f"{path} berubah selagi diperbaiki", "ulangi setelah berkas itu disimpan")
            # A link stays one: what it leads to is written.
            write_whole((self.folder / path).resolve(), text.encode())
            # By place; at one place in the order in which it was done.
            for finding in sorted(self.done, key=lambda finding: finding.fixed_at):
                if finding.fix and finding.fixed_at.path == path:
                    what = f"“{finding.fix.old}” menjadi “{finding.fix.new}”"
                    say(printable(f"diperbaiki {finding.fixed_at} {finding.code} {what}"))


def _is_better(before: Iterable[Finding], after: Sequence[Finding], done: Iterable[Finding]) -> bool:
    """Whether each of `done` is gone, and nothing came that an author would have to look at."""
    was, now = (Counter(map(_key, found)) for found in (before, after))
    gone = Counter(map(_key, done))
    if any(now[key] > was[key] - count for key, count in gone.items()):
        return False
    grave = Counter(_key(finding) for finding in after if finding.severity is not Severity.CATATAN)
    return all(count <= was[key] for key, count in grave.items())


def _key(finding: Finding) -> tuple[str, int, str]:
    """What stays of a finding when others in its line are mended: no fix adds or takes a line."""
    return finding.span.path, finding.span.line, finding.code
