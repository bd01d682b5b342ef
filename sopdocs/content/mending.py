"""Put fixes into the texts of files; everything else in them stays as it is, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sopdocs.model import Finding, sorted_findings

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of it."""

    texts: dict[str, str]
    """The new texts by path; only those that changed."""
    done: tuple[Finding, ...]
    """The findings whose fixes went in, by place of the fix."""


def mend(texts: Mapping[str, str], findings: Iterable[Finding]) -> Mended:
    """Apply the fixes of `findings` to `texts`, the files' own with their line ends and byte order marks.

    A fix whose old text does not stand exactly at its place is left out; of two that overlap, the later one is.
    """
    places: dict[str, list[tuple[int, Finding]]] = {}
    lines = {path: _Lines(text) for path, text in texts.items()}
    for finding in sorted_findings(findings):
        path = finding.fixed_at.path
        offset = lines[path].find(finding) if path in lines else None
        if offset is not None:
            places.setdefault(path, []).append((offset, finding))
    mended: dict[str, str] = {}
    done: list[Finding] = []
    for path, found in sorted(places.items()):
        mended[path], applied = _apply(texts[path], sorted(found, key=lambda each: each[0]))
        done.extend(applied)
    return Mended(mended, tuple(done))


class _Lines:
    """A text, and where its lines begin and end as the content room counts them."""

    def __init__(self, text: str) -> None:
        self._text = text
        ends = list(_LINE_END.finditer(text))
        first = len(text) - len(text.lstrip("\ufeff"))
        self._starts = [first, *(end.end() for end in ends)]
        self._ends = [*(end.start() for end in ends), len(text)]

    def find(self, finding: Finding) -> int | None:
        """Where in the text the old text of a finding's fix begins; None where it does not stand at its place."""
        fix, at = finding.fix, finding.fixed_at
        if fix is None or not fix.old or fix.old == fix.new or _LINE_END.search(fix.old + fix.new):
            return None
        if at.col < 1 or not 1 <= at.line <= len(self._starts):
            return None
        offset = self._starts[at.line - 1] + at.col - 1
        fits = offset + len(fix.old) <= self._ends[at.line - 1] and self._text.startswith(fix.old, offset)
        return offset if fits else None


def _apply(text: str, found: list[tuple[int, Finding]]) -> tuple[str, list[Finding]]:
    pieces: list[str] = []
    done: list[Finding] = []
    after = 0
    for offset, finding in found:
        if finding.fix is None or offset < after:
            continue
        pieces += (text[after:offset], finding.fix.new)
        after = offset + len(finding.fix.old)
        done.append(finding)
    return "".join((*pieces, text[after:])), done
