"""Word files in, PDFs out, by one LibreOffice process with a profile of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from sopdocs.errors import OutputRejectedError, ToolMissingError, reason
from sopdocs.office.document import (
    EXPORT_OPTIONS,
    TIME_LIMIT,
    Account,
    Document,
    LeftUndoneError,
    Printed,
    accepted,
    account,
)
from sopdocs.office.find import INSTALL_ADVICE, LibreOffice
from sopdocs.office.run import MEMORY_LIMIT, Limits, Outcome, run
from sopdocs.office.workplace import Job, Workplace

IMPORT_FILTER = "MS Word 2007 XML"
"""Named, because LibreOffice otherwise guesses and makes a PDF of plain text or random bytes too."""


@dataclass(frozen=True, slots=True)
class Converter:
    """Converts with the profile below `folder`, which no other printer may share, and a new process for each call.

    Two LibreOffice processes on one profile convert nothing, so every worker has its own folder. It should lie
    on the file system of the output.
    """

    libreoffice: LibreOffice
    folder: Path
    megabytes: int = MEMORY_LIMIT
    """What the process may hold in RAM."""

    def __enter__(self) -> Converter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Do nothing: no process outlives its call."""

    def convert(self, docx: bytes, *, name: str, time_limit: float = TIME_LIMIT) -> bytes:
        """Return `docx` as tagged PDF/A-2b, in one attempt; raises as `convert_all` does, and what that returns."""
        (result,) = self.convert_all([Document(name, docx)], time_limit=time_limit)
        if isinstance(result, OutputRejectedError):
            raise result
        return result

    def convert_all(self, documents: Sequence[Document], *, time_limit: float = TIME_LIMIT) -> list[Printed]:
        """Return each document as tagged PDF/A-2b or why there is none, all by one process, in one attempt.

        LibreOffice works in order, so the first that failed is what a process died over; those that failed after it
        are LeftUndoneError. The process is ended when it brings forth nothing for `time_limit` seconds or holds too
        much memory. Its exit status proves nothing (0 even for a missing input), so results are judged by their bytes;
        page count and text are for `sopdocs.pdf.prove`. Raises ToolMissingError when LibreOffice does not start,
        UsageError when the folder cannot be written.
        """
        if not documents:
            return []
        place = Workplace(self.folder)
        with place.job() as job:
            with place.writing():
                sources = _furnish(job, documents)
            limits = Limits(time_limit, lambda: len(list(job.output.iterdir())), self.megabytes)
            outcome = self._run(job, sources, limits)
            return list(_results(job, documents, account(outcome, limits, job.folder)))

    def _run(self, job: Job, sources: Sequence[Path], limits: Limits) -> Outcome:
        try:
            return run(self._command(sources, job.output), log=job.log, limits=limits, env=job.environment())
        except OSError as error:
            raise ToolMissingError(
                f"LibreOffice tidak dapat dijalankan: {self.libreoffice.executable} ({reason(error)})",
                INSTALL_ADVICE,
            ) from error

    def _command(self, sources: Sequence[Path], output: Path) -> list[str]:
        return [
            str(self.libreoffice.executable),
            f"-env:UserInstallation={Workplace(self.folder).profile_url}",
            "--headless",
            "--norestore",
            f"--infilter={IMPORT_FILTER}",
            "--convert-to",
            f"pdf:writer_pdf_Export:{json.dumps(EXPORT_OPTIONS, separators=(',', ':'))}",
            "--outdir",
            str(output),
            *map(str, sources),
        ]


def _furnish(job: Job, documents: Sequence[Document]) -> list[Path]:
    sources = [job.folder / f"{number}.docx" for number in range(1, len(documents) + 1)]
    for source, document in zip(sources, documents, strict=True):
        source.write_bytes(document.docx)
    return sources


def _results(job: Job, documents: Sequence[Document], otherwise: Account) -> Iterator[Printed]:
    failed = False
    for number, document in enumerate(documents, 1):
        result = accepted(job.output / f"{number}.pdf", document.name, otherwise)
        if failed and isinstance(result, OutputRejectedError):
            result = LeftUndoneError(
                f"LibreOffice berhenti pada dokumen lain sebelum selesai dengan: {document.name}", otherwise.advice
            )
        failed = failed or isinstance(result, OutputRejectedError)
        yield result
