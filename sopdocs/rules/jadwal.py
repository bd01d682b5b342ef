"""When an SOP is to be monitored and evaluated next, by the periods that the office has set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sopdocs.model import Sop, Workspace
from sopdocs.rules.berkala import due, last_of
from sopdocs.rules.catalogue import RULES
from sopdocs.rules.check import is_off, values_of
from sopdocs.rules.identity import evaluation_days, monitoring_days

PEMANTAUAN, EVALUASI = "SOP116", "SOP114"
"""The rules whose periods count."""


@dataclass(frozen=True, slots=True)
class Jadwal:
    """The next days of one SOP."""

    pemantauan: date | None = None
    """None: the SOP has no day to count from, is no longer in force, or the office does without the rule."""
    evaluasi: date | None = None


def schedule(sop: Sop, workspace: Workspace, today: date | None = None) -> Jadwal:
    """Return when an SOP is due, as rules SOP116 and SOP114 count.

    Without `today`, as for outputs that must not depend on it, every day counts but a revision that is not logged:
    that may be a planned one.
    """
    if sop.status.ended:
        return Jadwal()
    return Jadwal(
        _next(PEMANTAUAN, monitoring_days(sop), sop, workspace, today),
        _next(EVALUASI, evaluation_days(sop), sop, workspace, today),
    )


def _next(code: str, days: tuple[date | None, ...], sop: Sop, workspace: Workspace, today: date | None) -> date | None:
    if is_off(code, workspace):
        return None
    last = last_of(days, today) if today else max(_certain(days, sop), default=None)
    months = values_of(RULES[code], workspace)["bulan"]
    return due(last, months) if last and isinstance(months, int) else None


def _certain(days: tuple[date | None, ...], sop: Sop) -> Iterator[date]:
    logged = {row.tanggal for row in sop.riwayat_revisi}
    planned = sop.revisi if sop.revisi not in logged else None
    # What fell on the day of the planned revision otherwise does count, but so early it changes nothing.
    return (day for day in days if day and (day != planned))
