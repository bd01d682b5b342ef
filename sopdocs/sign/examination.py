"""The whole examination of a file: its seal, what it holds, the standards it claims, and what it was expected to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sopdocs.errors import OutputRejectedError
from sopdocs.pdf import conformity, page_texts
from sopdocs.sign.contents import Contents, read_contents
from sopdocs.sign.expectation import Difference, Expectation, compare
from sopdocs.sign.policy import Policy
from sopdocs.sign.report import Conformity, Problem, Report, Topic, Verdict, conclude
from sopdocs.sign.verification import examine_seal

_UNREADABLE = "Isi berkas ini tidak dapat dibaca sebagai bundel, sehingga bagian dan lampirannya tidak disebut."


def examine(
    pdf: bytes,
    *,
    trusted: Sequence[bytes],
    now: datetime,
    policy: Policy,
    expectation: Expectation | None = None,
) -> Report:
    """Return the report on everything in `pdf`, whatever its bytes are.

    The verdict is that of `verify`, lowered to TOTAL-FAILED by any difference from `expectation`. Conformity with
    PDF/A and PDF/UA is told beside it: a file may break them and still be sealed. Raises UsageError as `verify` does.
    """
    found = examine_seal(pdf, trusted=trusted, now=now, policy=policy)
    contents = read_contents(pdf)
    differences = () if expectation is None else compare(expectation, pdf, contents, lambda: _texts(pdf, contents))
    problems = [Problem(Verdict.FAILED, Topic.EXPECTATION, _told(each)) for each in differences]
    conforming, unjudged = _conformity(pdf)
    unread = (_UNREADABLE,) if contents is None else ()
    report = replace(
        found.report,
        contents=contents,
        certified=found.report.certified and not differences,
        notes=(*found.report.notes, *unread, *unjudged),
        conformity=conforming,
        expected=expectation is not None,
        differences=differences,
    )
    return conclude(report, [*found.problems, *problems], (*found.topics, Topic.EXPECTATION))


def _told(difference: Difference) -> str:
    return f"Berbeda dari manifest – {difference.subject}: {difference.sentence}"


def _texts(pdf: bytes, contents: Contents | None) -> Sequence[str]:
    try:
        return page_texts(pdf)
    except OutputRejectedError:
        return [""] * (contents.pages if contents else 0)


def _conformity(pdf: bytes) -> tuple[tuple[Conformity, ...], tuple[str, ...]]:
    """Return the result for each standard, or else a note on why there is none."""
    try:
        found = conformity(pdf)
    except OutputRejectedError as error:
        return (), (f"{error.message.rstrip('.')}.",)
    results = tuple(
        Conformity(standard, passed=not broken, failures=broken)
        for standard in found.standards
        for broken in (tuple(f"{each.rule}: {each.message}" for each in found.failures if each.standard == standard),)
    )
    return results, ()
