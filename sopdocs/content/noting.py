"""A register that notes what was asked of it: what was read with its answers holds wherever they are the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

V = TypeVar("V")
_MISSING = object()


class Noting(Mapping[str, V]):
    """Answers as `values` does, and remembers the questions."""

    def __init__(self, values: Mapping[str, V]) -> None:
        self._values = values
        self._asked: set[str] = set()
        self._everything = False

    def __getitem__(self, key: str) -> V:
        self._asked.add(key)
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        self._everything = True
        return iter(self._values)

    def __len__(self) -> int:
        self._everything = True
        return len(self._values)

    def agrees(self, other: Mapping[str, V]) -> bool:
        """Whether `other` gives the same answers to all that was asked."""
        if self._everything:
            return self._values == other
        return all(self._values.get(key, _MISSING) == other.get(key, _MISSING) for key in self._asked)
