"""Examine a file in a process of its own, so that no file can exhaust or kill the one that has to tell about it."""

from __future__ import annotations

import hashlib
import multiprocessing
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

from sopdocs.errors import UsageError
from sopdocs.sign.examination import examine
from sopdocs.sign.expectation import Expectation
from sopdocs.sign.policy import Policy
from sopdocs.sign.report import Problem, Report, Topic, Verdict, conclude

_TOO_MUCH = (
    "Berkas ini tidak dapat diperiksa: pemeriksaannya {how}. Berkas dari sopdocs tidak pernah demikian; mintalah "
    "berkas aslinya."
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one examination may use: many times what a bundle of hundreds of SOPs needs."""

    seconds: float = 300.0
    memory: int = 4 * 1024**3
    """Bytes of address space; without effect on Windows."""


@dataclass(frozen=True, slots=True)
class Case:
    """The arguments of `examine`."""

    pdf: bytes
    trusted: Sequence[bytes]
    now: datetime
    policy: Policy
    expectation: Expectation | None = None


def examine_confined(case: Case, limits: Limits = Limits()) -> Report:
    """Return what `examine` returns; INDETERMINATE for a file that takes too long, too much, or kills the parsers.

    Raises UsageError as `examine` does.
    """
    # A fork would be quicker, but the validator's threads do not survive it: the child would wait for them for ever.
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sending, case, limits), daemon=True)
    process.start()
    sending.close()
    try:
        answer: Any = receiving.recv() if receiving.poll(limits.seconds) else "terlalu lama"
    except (EOFError, OSError):
        answer = "terhenti atau menghabiskan memori"
    finally:
        process.kill()
        process.join()
        receiving.close()
    if isinstance(answer, BaseException):
        raise answer
    return answer if isinstance(answer, Report) else _untold(case, str(answer))


def _work(sending: Connection, case: Case, limits: Limits) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    _confine(limits)
    try:
        sending.send(
            examine(case.pdf, trusted=case.trusted, now=case.now, policy=case.policy, expectation=case.expectation)
        )
    except UsageError as error:
        sending.send(error)


def _confine(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _untold(case: Case, how: str) -> Report:
    report = Report(
        verdict=Verdict.INDETERMINATE,
        problems=(),
        checked=case.now,
        sha256=hashlib.sha256(case.pdf).hexdigest(),
        size=len(case.pdf),
        expected_field=case.policy.field,
        expected=case.expectation is not None,
    )
    return conclude(report, [Problem(Verdict.INDETERMINATE, Topic.FILE, _TOO_MUCH.format(how=how))], ())
