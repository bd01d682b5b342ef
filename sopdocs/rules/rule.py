"""What a rule is: one small function, and all that a reader should know of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

from sopdocs.model import (
    Arsip,
    Fix,
    Nilai,
    Peraturan,
    PrintedSheet,
    Prosedur,
    Severity,
    Sop,
    Span,
    Workspace,
    number_key,
)
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
    arsip: Arsip = field(default_factory=Arsip)
    """What was issued until today."""

    @cached_property
    def bundled(self) -> tuple[Sop, ...]:
        """The SOPs of the bundle that could be read, in its order."""
        return tuple(self.workspace.sop[slug] for slug in self.workspace.bundel.sop if slug in self.workspace.sop)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Slugs of the SOPs that did not end, by the name in small letters."""
        return {sop.nama.casefold(): sop.slug for sop in self.workspace.living.values()}

    @cached_property
    def ended_titles(self) -> dict[str, str]:
        """As `titles`, for SOPs that ended and have no namesake in `titles`."""
        ended = (sop for sop in self.workspace.sop.values() if sop.status.ended)
        return {sop.nama.casefold(): sop.slug for sop in ended if sop.nama.casefold() not in self.titles}

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


def bundle_place(context: Context, key: str) -> Span:
    """Return where a key of bundel.yaml is written, or else the record that lacks it, or the file."""
    spans = context.workspace.bundel.spans
    return spans.get(key) or spans.get(key.rpartition(".")[0]) or bundle_file(context.workspace)


def bundle_file(workspace: Workspace) -> Span:
    """Return the beginning of bundel.yaml, which need not be there."""
    start = workspace.bundel.spans.get("")
    return Span(start.path if start else "content/bundel.yaml")


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished PDF, and the SOP that it should show."""

    sop: Sop
    printed: PrintedSheet
    workspace: Workspace

    @property
    def path(self) -> str:
        """Where the PDF lies in the workspace."""
        return finished_path(self.sop, self.workspace)


def finished_path(sop: Sop, workspace: Workspace) -> str:
    """Where the PDF of an SOP lies in the workspace."""
    return f"{workspace.built}/sop/{sop.slug}.pdf"


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
    """None for what another room finds, and for rules on finished PDFs."""
    judge_finished: Callable[[Finished, Mapping[str, Nilai]], Iterator[Hit]] | None = None
    """For rules on finished PDFs."""


Function = Callable[..., Iterator[Hit]]
"""Yields hits for one thing, such as an SOP; takes as many of what it is offered as it wants, then its values."""


class Decorator(Protocol):
    """Makes a rule of the function below it; `values` are parameters with their usual values."""

    def __call__(
        self, code: str, title: str, severity: Severity, source: Source, reason: str, **values: Nilai
    ) -> Callable[[Function], Rule]: ...


def _decorator(things: Callable[[Context], Iterable[tuple[Any, ...]]]) -> Decorator:
    """A decorator for functions that are called for each of these things in turn."""

    def decorate(
        code: str, title: str, severity: Severity, source: Source, reason: str, **values: Nilai
    ) -> Callable[[Function], Rule]:
        def make(function: Function) -> Rule:
            wanted = len(inspect.signature(function).parameters) - len(values)

            def judge(context: Context, given: Mapping[str, Nilai]) -> Iterator[Hit]:
                for offered in things(context):
                    yield from function(*offered[:wanted], **given)

            return Rule(code, title, severity, source, reason, values, judge)

        return make

    return decorate


def _sops(context: Context) -> Iterator[tuple[Sop, Context]]:
    return ((sop, context) for sop in context.workspace.living.values())


def _every_sop(context: Context) -> Iterator[tuple[Sop, Context]]:
    return ((sop, context) for sop in context.workspace.sop.values())


def _procedures(context: Context) -> Iterator[tuple[Sop, Prosedur, Context]]:
    return ((sop, prosedur, context) for sop, _ in _sops(context) for prosedur in sop.prosedur)


whole = _decorator(lambda context: [(context,)])
"""For `function(context, **values)`, called once for a workspace."""
each_sop = _decorator(_sops)
"""For `function(sop[, context], **values)`; an SOP that ended is no more printed, and not judged."""
each_sop_ever = _decorator(_every_sop)
"""As `each_sop`, also for those that ended: for rules on an SOP's life."""
each_procedure = _decorator(_procedures)
"""For `function(sop, prosedur[, context], **values)`."""


def each_finished(
    code: str, title: str, severity: Severity, source: Source, reason: str, **values: Nilai
) -> Callable[[Function], Rule]:
    """Make a rule of `function(finished, **values)`, called for every finished PDF."""

    def make(function: Function) -> Rule:
        def judge(finished: Finished, given: Mapping[str, Nilai]) -> Iterator[Hit]:
            return function(finished, **given)

        return Rule(code, title, severity, source, reason, values, None, judge)

    return make
