"""The printer for this machine, and documents printed so that none is blamed for its neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol

from sopdocs.errors import OutputRejectedError
from sopdocs.office import kit
from sopdocs.office.convert import Converter
from sopdocs.office.document import Document, LeftUndoneError, Printed
from sopdocs.office.find import LibreOffice
from sopdocs.office.warm import StartError, WarmConverter

_MANY = 5
"""From so many documents on, a process of their own is done sooner."""
_ATTEMPTS = 2
"""For each document on its own account."""


class Printer(Protocol):
    """Turns Word files into PDFs; for one thread. A context manager."""

    def convert_all(self, documents: Sequence[Document]) -> list[Printed]:
        """Return each document as tagged PDF/A-2b or why there is none, in one attempt.

        LeftUndoneError says that another document was at fault. Raises ToolMissingError and UsageError.
        """
        ...

    def convert(self, docx: bytes, *, name: str) -> bytes:
        """Return one document; raises what `convert_all` raises and returns."""
        ...

    def close(self) -> None:
        """End whatever still runs."""
        ...

    def __enter__(self) -> Printer: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def printer(libreoffice: LibreOffice, folder: Path) -> Printer:
    """Return a printer that works in `folder`, which it shares with no other.

    A few documents are printed by a LibreOffice that stays, many by a process of their own: it starts anew, but spends
    a fifth less on each (benchmarks/printing.py). The one that stays can be had where LibreOfficeKit's library lies
    beside the executable, as on Linux; should it not start all the same, processes of their own print everything.
    """
    if kit.library(libreoffice.executable.resolve().parent) is None:
        return Converter(libreoffice, folder)
    # Two LibreOffice on one profile print nothing.
    return _Either(WarmConverter(libreoffice, folder / "hangat"), Converter(libreoffice, folder / "baru"))


def print_all(printer: Printer, documents: Sequence[Document]) -> list[Printed]:
    """Return each document as PDF or why there is none, after two attempts of its own.

    What failed is converted again by itself. A document that was only left undone because another one was at fault has
    not yet had an attempt. Raises ToolMissingError and UsageError.
    """
    return [
        _again(printer, document, result)
        for document, result in zip(documents, printer.convert_all(documents), strict=True)
    ]


def _again(printer: Printer, document: Document, result: Printed) -> Printed:
    attempts = 0 if isinstance(result, LeftUndoneError) else 1
    while isinstance(result, OutputRejectedError) and attempts < _ATTEMPTS:
        (result,) = printer.convert_all([document])
        attempts += 1
    return result


@dataclass(slots=True, eq=False)
class _Either:
    """Two printers, of which the warm one may turn out not to be one."""

    warm: WarmConverter | None
    cold: Converter

    def __enter__(self) -> _Either:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def convert_all(self, documents: Sequence[Document]) -> list[Printed]:
        if self.warm and len(documents) < _MANY:
            try:
                return self.warm.convert_all(documents)
            except StartError:
                self.warm = None
        return self.cold.convert_all(documents)

    def convert(self, docx: bytes, *, name: str) -> bytes:
        if self.warm:
            try:
                return self.warm.convert(docx, name=name)
            except StartError:
                self.warm = None
        return self.cold.convert(docx, name=name)

    def close(self) -> None:
        if self.warm:
            self.warm.close()
