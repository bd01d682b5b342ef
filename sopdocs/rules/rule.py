"""What a rule is: one small function, and all that a reader should know of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from sopdocs.model import Fix, Nilai, Peraturan, Severity, Span, Workspace, number_key
from sopdocs.rules.texts import Names, Text, performer_names, texts_of


class Kind(StrEnum):
    """Where a rule comes from."""

    REGULASI = "regulasi"
    PRAKTIK = "praktik"
    SENDIRI = "sopdocs"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, and its exact place."""

    kind: Kind
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


IDENTITAS = Source(Kind.REGULASI, "PermenPAN-RB 35/2012, Bagian Identitas")
FLOWCHART = Source(Kind.REGULASI, "PermenPAN-RB 35/2012, Bagian Flowchart")
DOKUMEN = Source(Kind.REGULASI, "PermenPAN-RB 35/2012, susunan dokumen SOP")
PEMANTAUAN = Source(Kind.REGULASI, "PermenPAN-RB 35/2012, Tabel 7")
TATA_URUTAN = Source(Kind.REGULASI, "UU 12/2011, jenis dan hierarki peraturan")
PRAKTIK = Source(Kind.PRAKTIK, "kesalahan yang ditemukan pada lembar SOP jadi (348 berkas, 2025)")
SENDIRI = Source(Kind.SENDIRI, "pertimbangan pembuat alat ini")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule finds; the rule itself adds code and severity."""

    span: Span
    message: str
    hint: str = ""
    fix: Fix | None = None


@dataclass(frozen=True)
class Context:
    """What rules may look at besides the SOP in hand."""

    workspace: Workspace
    today: date

    @cached_property
    def titles(self) -> dict[str, str]:
        """Slugs by the SOP's name in small letters."""
        return {sop.nama.casefold(): sop.slug for sop in self.workspace.sop.values()}

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Everything that a reader of the sheets sees."""
        return texts_of(self.workspace)

    @cached_property
    def performer_names(self) -> Names:
        """What the performers are called."""
        return performer_names(self.workspace.pelaksana)

    @cached_property
    def register(self) -> dict[tuple[str, int] | None, list[Peraturan]]:
        """Entries of peraturan.yaml by number and year."""
        found: dict[tuple[str, int] | None, list[Peraturan]] = {}
        for entry in self.workspace.peraturan:
            found.setdefault(number_key(entry), []).append(entry)
        return found


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    code: str
    title: str
    severity: Severity
    """Unless the office sets another."""
    source: Source
    reason: str
    """Why the rule exists, in one Indonesian sentence."""
    values: Mapping[str, Nilai] = field(default_factory=dict[str, Nilai])
    """Parameters that an office may set, with their usual values."""
    judge: Callable[[Context, Mapping[str, Nilai]], Iterator[Hit]] | None = None
    """None for what another room finds: layout and finished PDF."""


Function = Callable[..., Iterator[Hit]]


def _call(function: Function, values: Mapping[str, Nilai]) -> Callable[..., Iterator[Hit]]:
    """Let a function take only as many of the things offered as it has parameters besides its values."""
    wanted = len(inspect.signature(function).parameters) - len(values)

    def call(given: Mapping[str, Nilai], *offered: Any) -> Iterator[Hit]:
        return function(*offered[:wanted], **given)

    return call


def whole(
    code: str, title: str, severity: Severity, source: Source, reason: str, **values: Nilai
) -> Callable[[Function], Rule]:
    """Make a rule of `function(context, **values)`, called once for a workspace."""

    def make(function: Function) -> Rule:
        call = _call(function, values)

        def judge(context: Context, given: Mapping[str, Nilai]) -> Iterator[Hit]:
            yield from call(given, context)

        return Rule(code, title, severity, source, reason, values, judge)

    return make


def each_sop(
    code: str, title: str, severity: Severity, source: Source, reason: str, **values: Nilai
) -> Callable[[Function], Rule]:
    """Make a rule of `function(sop[, context], **values)`, called for every SOP."""

    def make(function: Function) -> Rule:
        call = _call(function, values)

        def judge(context: Context, given: Mapping[str, Nilai]) -> Iterator[Hit]:
            for sop in context.workspace.sop.values():
                yield from call(given, sop, context)

        return Rule(code, title, severity, source, reason, values, judge)

    return make


def each_procedure(
    code: str, title: str, severity: Severity, source: Source, reason: str, **values: Nilai
) -> Callable[[Function], Rule]:
    """Make a rule of `function(sop, prosedur[, context], **values)`, called for every procedure table."""

    def make(function: Function) -> Rule:
        call = _call(function, values)

        def judge(context: Context, given: Mapping[str, Nilai]) -> Iterator[Hit]:
            for sop in context.workspace.sop.values():
                for prosedur in sop.prosedur:
                    yield from call(given, sop, prosedur, context)

        return Rule(code, title, severity, source, reason, values, judge)

    return make
