"""Print regulations of the register where a text names them as `[PP 46/2011]`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sopdocs.content.report import Report, nearest, quote
from sopdocs.model import Peraturan, Span, regulation_key

CITATION = r"\[(?P<nomor>[^\[\]]{1,200})/\s*[0-9]{4}\s*\]"
"""Pattern of a reference; it counts only when its `nomor` holds a digit."""
_REFERENCE = re.compile(CITATION)
_ADD = "daftarkan di peraturan.yaml"


def cite(reference: str, span: Span, known: Mapping[str, Peraturan], report: Report) -> str:
    """Return the citation in full of a reference such as `PP 46/2011`; report one that is not in `known`."""
    entry = known.get(regulation_key(reference))
    if entry is not None:
        return entry.kutipan
    # Another kind of regulation is never what was meant, however alike its number looks.
    kind = reference.partition(" ")[0].casefold()
    same = [p for p in known.values() if p.jenis.partition(" ")[0].casefold() == kind]
    names = [f"{p.jenis} {p.nomor}/{p.tahun}" for p in same]
    message = f"Peraturan {quote(reference)} tidak terdaftar di peraturan.yaml"
    report.add(span, "SOP034", message, nearest(reference, names) or _ADD)
    return reference


def with_citations(text: str, span: Span, known: Mapping[str, Peraturan], report: Report) -> str:
    """Return a plain text with each reference in it printed in full."""

    def full(match: re.Match[str]) -> str:
        if not any(mark.isdigit() for mark in match["nomor"]):
            return match.group()
        return cite(match.group()[1:-1].strip(), span, known, report)

    return _REFERENCE.sub(full, text)
