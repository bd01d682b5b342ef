"""Days as people write them on the command line."""

from __future__ import annotations

import re
from datetime import date

from babel.dates import format_date

from sopdocs.errors import UsageError

_WORDS = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\.?\s+(\d{4})")


def parse_day(text: str) -> date:
    """Read "2024-06-30" or "30 Juni 2024"; raises UsageError with an example for anything else."""
    folded = " ".join(text.split())
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", folded):
            return date.fromisoformat(folded)
        match = _WORDS.fullmatch(folded)
        if match and (month := _months().get(match[2].casefold())):
            return date(int(match[3]), month, int(match[1]))
    except ValueError:
        raise UsageError(f"Tanggal “{text}” tidak ada di kalender", _EXAMPLE) from None
    raise UsageError(f"Tanggal “{text}” tidak terbaca", _EXAMPLE)


_EXAMPLE = "tulis misalnya 2024-06-30 atau “30 Juni 2024”"


def day_words(day: date) -> str:
    """A day as an Indonesian letter writes it: "30 Juni 2024"."""
    return format_date(day, "d MMMM y", locale="id")


def _months() -> dict[str, int]:
    """Months by name, long and short."""
    days = [date(2000, number, 1) for number in range(1, 13)]
    return {format_date(day, form, locale="id").casefold(): day.month for day in days for form in ("MMMM", "MMM")}
