"""The two small notations of a step: `Pelaksana` and `Alur`."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from enum import Enum

from sopdocs.content.markdown import Inline
from sopdocs.content.report import Report, mending, nearest, quote, slips_of
from sopdocs.model import Bentuk, Finding, Span

_ITEM = re.compile(
    r"""\s*(?P<lane>\w+(?:-\w+)*)
        (?P<symbol>\s*\(\s*(?P<bentuk>\w+)\s*(?P<label>["“”][^"“”]*["“”])?\s*\))?\s*""",
    re.VERBOSE,
)
_JOIN = re.compile(r",|&|->|→")
_TARGET = re.compile(r"(?P<step>[0-9]{1,4})(?:\s*\.\s*(?P<lane>\w+(?:-\w+)*))?")
_ARROW = re.compile(r"->|→")
_QUOTED = re.compile(r'["“”][^"“”]*["“”]')
_EXAMPLE = 'contoh: umum, kepala (keputusan "Setuju?")'


class Join(Enum):
    """What stands between two symbols of a step."""

    SEPARATE = ","
    TOGETHER = "&"
    SEQUENCE = "->"


@dataclass(frozen=True, slots=True)
class WrittenSymbol:
    """A symbol as written: shape and label may be left out."""

    lane: str
    bentuk: Bentuk | None
    label: str | None
    join: Join | None
    """How it is joined to the symbol before it; None for the first."""
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """Where an Alur leads."""

    langkah: int
    lane: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Branch:
    """One way out: `label → target, target`, or `selesai`."""

    label: str
    targets: tuple[Target, ...]
    """Empty for `selesai`."""
    span: Span


def parse_pelaksana(inline: Inline, report: Report) -> tuple[WrittenSymbol, ...]:
    """Read `lane [(symbol ["label"])]` joined by `,`, `&` and `->`; what cannot be read is reported."""
    symbols: list[WrittenSymbol] = []
    position, join = 0, None
    while True:
        match = _ITEM.match(inline.text, position)
        if not match:
            rest = inline.slice(position)
            report.add(rest.span(), "SOP046", "Pelaksana di sini tidak terbaca", _EXAMPLE)
            return tuple(symbols)
        symbols.append(_symbol(match, join, inline, report))
        position = match.end()
        if position == len(inline.text):
            return tuple(symbols)
        joint = _JOIN.match(inline.text, position)
        if not joint:
            message = "Pelaksana dipisahkan dengan , atau & atau ->"
            if inline.text[position] == "(":
                message = "Lambang di dalam kurung ini tidak terbaca; labelnya diapit tanda kutip"
            report.add(inline.span(position), "SOP046", message, _EXAMPLE)
            return tuple(symbols)
        join = Join("->" if joint.group() == "→" else joint.group())
        position = joint.end()


def _symbol(match: re.Match[str], join: Join | None, inline: Inline, report: Report) -> WrittenSymbol:
    bentuk: Bentuk | None = None
    word = match["bentuk"]
    if word:
        shapes = {shape.value: shape for shape in Bentuk}
        bentuk = shapes.get(word.casefold())
        if bentuk is None:
            message = f"Lambang {quote(word)} tidak dikenal"
            fix = mending(word, slips_of([word], shapes, ()))
            place = inline.span(match.start("bentuk"))
            report.add_finding(Finding(place, "SOP047", message, nearest(word, shapes), fix=fix))
    label = match["label"][1:-1].strip() if match["label"] is not None else None
    return WrittenSymbol(match["lane"], bentuk, label, join, inline.span(match.start("lane")))


def parse_alur(inline: Inline, report: Report) -> tuple[Branch, ...]:
    """Read `target, target` or `label → target; label → target` or `selesai`."""
    branches: list[Branch] = []
    for start, end in _pieces(inline.text, ";"):
        part = inline.slice(start, end)
        if not part.text:
            report.add(part.span(), "SOP050", "Ada cabang kosong di antara titik koma", "hapus titik koma berlebih")
            continue
        branch = _branch(part, report)
        if branch is not None:
            branches.append(branch)
    return tuple(branches)


def _branch(part: Inline, report: Report) -> Branch | None:
    label, rest = "", part
    arrow = _ARROW.search(_without_quoted(part.text))
    if arrow:
        label = part.text[: arrow.start()].strip().strip('"“”').strip()
        rest = part.slice(arrow.end())
        if not label:
            report.add(part.span(), "SOP050", "Cabang ini tidak berlabel", "contoh: Ya → 5; Tidak → 2")
    if rest.text.casefold() == "selesai":
        return Branch(label, (), part.span())
    targets: list[Target] = []
    for start, end in _pieces(rest.text, ","):
        piece = rest.slice(start, end)
        match = _TARGET.fullmatch(piece.text)
        if not match:
            message = f"Tujuan alur {quote(piece.text)} tidak terbaca"
            report.add(piece.span(), "SOP050", message, "tulis nomor langkah, misalnya 4 atau 4.umum, atau selesai")
            continue
        targets.append(Target(int(match["step"]), match["lane"], piece.span()))
    return Branch(label, tuple(targets), part.span()) if targets else None


def _pieces(text: str, separator: str) -> list[tuple[int, int]]:
    edges = [-1, *(m.start() for m in re.finditer(separator, _without_quoted(text))), len(text)]
    return [(before + 1, after) for before, after in itertools.pairwise(edges)]


def _without_quoted(text: str) -> str:
    """Blank out quoted labels: an arrow, comma or semicolon in them separates nothing."""
    return _QUOTED.sub(lambda match: "\0" * len(match.group()), text)
