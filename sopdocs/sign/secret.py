"""Passphrases and the like: carried without ever being shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn


class Secret:
    """A text that no repr, str, format, pickle or comparison shows; `reveal` gives it to who needs it.

    Call `reveal` in the argument list of the call that consumes it, never bind it to a name: the locals of a
    traceback would show it.
    """

    __slots__ = ("_reveal",)

    def __init__(self, text: str) -> None:
        # In a closure, since a slot that holds a str would be shown by debuggers and vars().
        self._reveal: Callable[[], str] = lambda: text

    def reveal(self) -> str:
        """Return the text."""
        return self._reveal()

    def __bool__(self) -> bool:
        return bool(self.reveal())

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, specification: str) -> str:
        del specification
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret does not leave the process")
