"""What the chapter "Setelah revisi" of docs/panduan.md quotes, compared with what its exercise says, or brought up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

from .latihan import Said

PAGE = Path(__file__).parents[2] / "docs" / "panduan.md"
_CHAPTER = re.compile(r"(?<=^## Setelah revisi\n).*?(?=^## Bila ada masalah\n)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LEFT_OUT = "[…]"
"""As a line: any lines; within a line: anything."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A command line, and its answer as the page prints it."""

    line: str
    shown: str

    def __str__(self) -> str:
        """Return it as it stands on the page."""
        return f"$ {self.line}\n{self.shown}"

    def matches(self, said: Said) -> bool:
        """Tell whether this is the answer."""
        parts = (
            r"(?:.*\n)*" if line == _LEFT_OUT else ".*".join(map(re.escape, line.split(_LEFT_OUT))) + r"\n"
            for line in self.shown.splitlines()
        )
        return said.line == self.line and re.fullmatch("".join(parts), _plain(said.answer)) is not None

    def brought_up(self, spoken: Iterable[Said]) -> Asked:
        """Return it with the answer of now, as far as it was printed; itself when it is right, or was never typed."""
        same = [said for said in spoken if said.line == self.line]
        if not same or any(map(self.matches, same)):
            return self
        texts = (self._of(_plain(said.answer)) for said in same)
        return Asked(self.line, max(texts, key=lambda text: SequenceMatcher(None, text, self.shown).ratio()))

    def _of(self, answer: str) -> str:
        """As much of an answer as was printed."""
        if _LEFT_OUT not in self.shown:
            return answer
        lines = [line if _LEFT_OUT in line else _closest(line, answer) for line in self.shown.splitlines()]
        return "".join(f"{line}\n" for line in lines)


def asked(page: str) -> list[Asked]:
    """Return the command lines of the chapter."""
    return [each for _, kind, text in _BLOCK.findall(_chapter(page)) if kind == "text" for each in _split(text)]


def quoted(page: str) -> list[str]:
    """Return the pieces of content files that the chapter prints."""
    blocks = _BLOCK.findall(_chapter(page))
    return [re.sub(f"^{indent}", "", text, flags=re.MULTILINE) for indent, kind, text in blocks if kind != "text"]


def told(page: str) -> list[str]:
    """Return the messages of the chapter's table."""
    table = _chapter(page).partition("### Bila … maka …")[2]
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def brought_up(page: str, spoken: list[Said]) -> str:
    """Return the page with the answers of now."""
    for each in asked(page):
        page = page.replace(str(each), str(each.brought_up(spoken)))
    return page


def _chapter(page: str) -> str:
    found = _CHAPTER.search(page)
    assert found
    return found[0]


def _split(text: str) -> list[Asked]:
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [Asked(*each.partition("\n")[::2]) for each in parts]


def _closest(line: str, answer: str) -> str:
    return next(iter(get_close_matches(line, answer.splitlines(), 1, 0.4)), "")


def _plain(answer: str) -> str:
    """An answer without spaces at the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in answer.splitlines())
