"""The command line: the only room that prints, reads the clock and the environment."""

from __future__ import annotations

import gc
import os
import sys

from sopdocs.cli import untouched

_RARELY = (200_000, 10, 50)
"""What a build reads and makes, it keeps; looking through all of it for garbage again and again takes a fifth of it."""


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        code = untouched.answer(sys.argv[1:] if arguments is None else arguments)
        if code is not None:
            return code
        gc.set_threshold(*_RARELY)
        from sopdocs.cli import running
    except BrokenPipeError:
        # Whoever listened has gone; Python must not try to tell the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:  # loading all of it takes a while
        return 130
    return running.run(arguments)


__all__ = ["run"]
