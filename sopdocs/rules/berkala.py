"""When what is done again and again is due: whole months after the last of some days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def due(last: date, months: int) -> date | None:
    """Return the day on which so many whole months have passed; None beyond the calendar's end.

    A day that the month does not have falls on the first of the next one: 31 August and six months is 1 March.
    """
    years, month = divmod(last.month - 1 + months, 12)
    try:
        return date(last.year + years, month + 1, last.day)
    except ValueError:
        pass
    years, month = divmod(last.month + months, 12)
    try:
        return date(last.year + years, month + 1, 1)
    except ValueError:
        return None


def last_of(days: Iterable[date | None], today: date) -> date | None:
    """Return the last of the days that have come."""
    return max((day for day in days if day and day <= today), default=None)


def overdue(today: date, months: int, days: Iterable[date | None]) -> date | None:
    """Return the last of the days that have come, when so many whole months have passed since."""
    last = last_of(days, today)
    day = due(last, months) if last else None
    return last if day and day <= today else None
