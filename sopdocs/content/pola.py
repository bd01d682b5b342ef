"""The office's pattern of SOP numbers: regular expressions without what can make them take for ever.

Python's own matching tries one way after the other, which for `(a+)+` are more than a lifetime has seconds. Here all
ways are followed at once, as sets of places reached in the number, so that the time stays in proportion.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

Places = frozenset[int]
Step = Callable[[str, Places], Places]
"""From places in the number to those that can be reached from there."""
LONGEST_NUMBER = 200
_LONGEST = 300
_DEEPEST = 5
_ATOM = re.compile(r"\\[dDsSwW]|\\[^0-9A-Za-z\n]|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[\](){}|*+?^$]")
_COUNT = re.compile(r"\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\}")
_SIGNS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


@dataclass(frozen=True, slots=True)
class Pola:
    """A pattern that was understood."""

    _step: Step

    def fits(self, number: str) -> bool:
        """Whether the whole of `number` is as the pattern wants it."""
        return len(number) <= LONGEST_NUMBER and len(number) in self._step(number, frozenset((0,)))


def read_pola(text: str) -> Pola | None:
    """Read characters, classes, groups, `|` and repeats; None for anything else, and for a broken pattern."""
    if len(text) > _LONGEST:
        return None
    # The whole number is matched anyway.
    text = text.removeprefix("^")
    if text.endswith("$") and not text.endswith("\\$"):
        text = text[:-1]
    reader = _Reader(text)
    try:
        step = reader.choice(0)
    except ValueError:
        return None
    return Pola(step) if reader.at == len(text) else None


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def takes(self, sign: str) -> bool:
        found = self.text.startswith(sign, self.at)
        self.at += len(sign) * found
        return found

    def choice(self, depth: int) -> Step:
        if depth > _DEEPEST:
            raise ValueError
        ways = [self.sequence(depth)]
        while self.takes("|"):
            ways.append(self.sequence(depth))
        return ways[0] if len(ways) == 1 else _either(tuple(ways))

    def sequence(self, depth: int) -> Step:
        steps: list[Step] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            steps.append(self.repeated(depth))
        return _one_after_other(tuple(steps))

    def repeated(self, depth: int) -> Step:
        step = self.single(depth)
        count = _COUNT.match(self.text, self.at)
        sign = self.text[self.at : self.at + 1]
        if count:
            self.at = count.end()
            least = int(count[1])
            most = int(count[3]) if count[3] else None if count[2] else least
            if most is not None and most < least:
                raise ValueError
            return _repeat(step, least, most)
        if sign and sign in _SIGNS:
            self.at += 1
            return _repeat(step, *_SIGNS[sign])
        return step

    def single(self, depth: int) -> Step:
        if self.takes("("):
            self.takes("?:")
            step = self.choice(depth + 1)
            if not self.takes(")"):
                raise ValueError
            return step
        atom = _ATOM.match(self.text, self.at)
        if atom is None:
            raise ValueError
        self.at = atom.end()
        return _character(atom.group())


def _character(atom: str) -> Step:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Python will read such a class differently one day
        try:
            pattern = re.compile(atom)
        except (re.error, Warning) as error:
            raise ValueError from error
    return lambda number, places: frozenset(
        place + 1 for place in places if place < len(number) and pattern.fullmatch(number[place])
    )


def _one_after_other(steps: tuple[Step, ...]) -> Step:
    def follow(number: str, places: Places) -> Places:
        for step in steps:
            places = step(number, places)
        return places

    return follow


def _either(ways: tuple[Step, ...]) -> Step:
    return lambda number, places: frozenset(place for way in ways for place in way(number, places))


def _repeat(step: Step, least: int, most: int | None) -> Step:
    def follow(number: str, places: Places) -> Places:
        for _ in range(least):
            places = step(number, places)
        reached, new = places, places
        left = most - least if most is not None else len(number) + 1
        while new and left:
            new = step(number, new) - reached
            reached |= new
            left -= 1
        return reached

    return follow
