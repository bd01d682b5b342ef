"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def form_option(*forms: str, default: str = "text", more: str = "") -> Callable[[F], F]:
    """Add `--format`, which gives `form`; `more` is said behind its usual help."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=default,
        metavar=f"[{'|'.join(forms)}]",
        help=f"Bentuk keluaran (bawaan: {default}).{more}",
    )
