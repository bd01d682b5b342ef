"""Word files in, PDFs out, by one LibreOffice that stays: its start costs as much as several sheets."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from sopdocs.errors import OutputRejectedError, ToolMissingError, reason
from sopdocs.office import kit
from sopdocs.office.child import Child, LostError, child
from sopdocs.office.document import EXPORT_OPTIONS, TIME_LIMIT, Account, Document, Printed, accepted, account
from sopdocs.office.find import INSTALL_ADVICE, LibreOffice
from sopdocs.office.run import MEMORY_LIMIT, Limits, Outcome
from sopdocs.office.workplace import Job, Workplace

START_TIME_LIMIT = 60.0
"""Seconds; 0.1 when warm, but a cold disk of a shared machine is slow."""
RECYCLE = 400
"""Documents that one process prints: over these it grew from 185 to 242 MB, the last 250 of them by nothing."""
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
"""Content type of the main part of a Word file, ECMA-376 part 1, 11.3.10."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a warm process may use before it is replaced."""

    megabytes: int = MEMORY_LIMIT
    """In RAM, ever; it is replaced when it still holds half of that after a document."""
    documents: int = RECYCLE
    start: float = START_TIME_LIMIT
    """Seconds until it is ready."""


class StartError(ToolMissingError):
    """LibreOffice cannot be kept warm here."""


@dataclass(slots=True, eq=False)
class WarmConverter:
    """Converts as `Converter` does, with one process for many calls; for one thread. A context manager.

    The process is started by the first document. One that hangs, dies, eats memory or answers nonsense is ended, with
    all that it started, and the next document gets a new one. A process that holds one of these must not be forked:
    the copy would keep LibreOffice alive.
    """

    libreoffice: LibreOffice
    folder: Path
    """Shared with no other printer."""
    limits: Allowance = Allowance()
    command: Sequence[str] | None = None
    """What to run in place of `kit`, with the same arguments."""
    _child: Child | None = field(init=False, default=None)
    _job: Job = field(init=False)
    _open: contextlib.ExitStack = field(init=False, default_factory=contextlib.ExitStack)

    def __enter__(self) -> WarmConverter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and remove its files. The next document would start another."""
        self._child = None
        self._open.close()

    def convert(self, docx: bytes, *, name: str, time_limit: float = TIME_LIMIT) -> bytes:
        """Return `docx` as tagged PDF/A-2b, in one attempt; raises as `convert_all` does, and what that returns."""
        result = self._convert(Document(name, docx), time_limit)
        if isinstance(result, OutputRejectedError):
            raise result
        return result

    def convert_all(self, documents: Sequence[Document], *, time_limit: float = TIME_LIMIT) -> list[Printed]:
        """Return each document as tagged PDF/A-2b or why there is none, one after the other, each in one attempt.

        Each has `time_limit` seconds of its own, and none suffers from another. Raises StartError when LibreOffice
        does not start or has no LibreOfficeKit, UsageError when the folder cannot be written.
        """
        return [self._convert(document, time_limit) for document in documents]

    def _convert(self, document: Document, time_limit: float) -> Printed:
        if not _is_word(document.docx):
            # LibreOfficeKit takes no import filter, and guesses: it prints random bytes as text.
            return OutputRejectedError(
                f"LibreOffice tidak menghasilkan PDF: {document.name}", "Berkasnya bukan paket Word yang utuh."
            )
        try:
            result = self._print(document, time_limit)
        except BaseException:
            self.close()  # it may still be busy
            raise
        if self._child and self._used_up(self._child):
            self.close()
        return result

    def _print(self, document: Document, time_limit: float) -> Printed:
        kept = self._ready()
        limits = Limits(time_limit, megabytes=self.limits.megabytes)
        source, output = self._job.folder / "1.docx", self._job.output / f"{kept.asked}.pdf"
        with Workplace(self.folder).writing():
            source.write_bytes(document.docx)
        try:
            refusal = kept.ask({"input": str(source), "output": str(output)}, limits)
        except LostError as lost:
            told = self._account(lost, kept, limits)
            self.close()
            return OutputRejectedError(f"{told.fault}: {document.name}", told.advice)
        if refusal is not None:
            return OutputRejectedError(
                f"LibreOffice tidak menghasilkan PDF: {document.name}", f"LibreOffice menolaknya. Pesannya: {refusal}"
            )
        result = accepted(output, document.name, account(Outcome(0, kept.printed()), limits, self._job.folder))
        output.unlink(missing_ok=True)
        if isinstance(result, OutputRejectedError):  # it lied, and may do so again
            self.close()
        return result

    def _used_up(self, kept: Child) -> bool:
        return kept.asked >= self.limits.documents or kept.bytes_held > self.limits.megabytes * 500_000

    def _ready(self) -> Child:
        """Return the running process or a new one."""
        if self._child and not self._child.alive:
            self.close()
        if self._child is None:
            self._child = self._start()
        return self._child

    def _start(self) -> Child:
        place = Workplace(self.folder)
        self._job = self._open.enter_context(place.job())
        program = self.libreoffice.executable.resolve().parent
        command = self.command or (sys.executable, "-I", kit.__file__)
        options = json.dumps(EXPORT_OPTIONS, separators=(",", ":"))
        arguments = [*command, str(program), place.profile_url, options]
        limits = Limits(self.limits.start, megabytes=self.limits.megabytes)
        env = {**self._job.environment(), "SAL_USE_VCLPLUGIN": "svp"}
        try:
            started = self._open.enter_context(child(arguments, log=self._job.log, env=env))
        except OSError as error:
            raise StartError(
                f"LibreOffice tidak dapat dijalankan: {command[0]} ({reason(error)})", INSTALL_ADVICE
            ) from error
        try:
            error = started.greet(limits)
        except LostError as lost:
            told = self._account(lost, started, limits)
            raise StartError(f"LibreOffice tidak siap: {program}", told.advice) from lost
        if error is not None:
            raise StartError(f"LibreOffice tidak dapat dimuat: {program} ({error})", INSTALL_ADVICE)
        return started

    def _account(self, lost: LostError, kept: Child, limits: Limits) -> Account:
        return account(Outcome(lost.status, kept.printed()), limits, self._job.folder)


def _is_word(docx: bytes) -> bool:
    """Tell whether LibreOffice would take the bytes for a Word file: by the content types of the package."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            return _WORD in package.read("[Content_Types].xml")
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, zlib.error):
        return False
