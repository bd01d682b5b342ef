"""The command line: the only room that prints, reads the clock and the environment."""

from __future__ import annotations

import sys

from sopdocs.cli import untouched


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    code = untouched.answer(sys.argv[1:] if arguments is None else arguments)
    if code is not None:
        return code
    from sopdocs.cli import running

    return running.run(arguments)


__all__ = ["run"]
