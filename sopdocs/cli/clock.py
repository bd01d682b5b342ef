"""The clock of this machine, and days on the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day where the office is."""
    return datetime.now().astimezone().date()


class Day(click.ParamType[date]):
    """Takes a day as `dates.parse_day` does."""

    name = "tanggal"

    def convert(self, value: date | str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; raises UsageError with an example."""
        del param, ctx
        from sopdocs.cli.dates import parse_day  # late: the names of months take a while to load

        return value if isinstance(value, date) else parse_day(value)
