"""Word files in, PDFs out, by one LibreOffice process with a profile of its own."""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from signal import Signals

from sopdocs.errors import OutputRejectedError, StoppedError, ToolMissingError, UsageError, reason
from sopdocs.office.find import INSTALL_ADVICE, LibreOffice
from sopdocs.office.run import Limits, Outcome, environment, run

TIME_LIMIT = 120.0
"""Seconds that LibreOffice may take for a document."""

IMPORT_FILTER = "MS Word 2007 XML"
"""Named, because LibreOffice otherwise guesses and makes a PDF of plain text or random bytes too."""

EXPORT_OPTIONS = {
    "SelectPdfVersion": {"type": "long", "value": "2"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
}
"""PDF/A-2b and PDF/UA-1. The titles of both standards still need `sopdocs.pdf.normalise`."""

PROFILE_SEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" \
xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse">\
<value>999.9</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
"""First item: LibreOffice tests the graphics at every start (0.65 s) of a profile no version was set up in.
Second: it would otherwise fetch externally linked images, from the office's machine and without asking."""

_OUTPUT, _TEMPORARY = "out", "tmp"
"""Below the folder of one run."""
_PRINTED_LIMIT = 600
_NOISE = re.compile(r"^.*javaldx.*$", re.MULTILINE)
"""Said at every start where there is no Java, which nothing here needs."""


@dataclass(frozen=True, slots=True)
class Document:
    """A Word file to be printed. Raises OutputRejectedError for what is none."""

    name: str
    """How messages call it."""
    docx: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not self.docx.startswith(b"PK"):  # LibreOffice makes an empty page of an empty file
            raise OutputRejectedError(f"Berkas yang akan dikonversi bukan DOCX: {self.name}")


@dataclass(frozen=True, slots=True)
class Converter:
    """Converts with the profile below `folder`, which no other converter may share.

    Two LibreOffice processes on one profile convert nothing, so every worker has its own folder. It should lie
    on the file system of the output.
    """

    libreoffice: LibreOffice
    folder: Path
    stop: threading.Event | None = None
    """Set by another thread, it ends a running conversion with StoppedError."""

    @property
    def profile(self) -> Path:
        """The LibreOffice profile, the one thing that stays between conversions."""
        return self.folder / "profile"

    def convert(self, docx: bytes, *, name: str, time_limit: float = TIME_LIMIT) -> bytes:
        """Return `docx` as tagged PDF/A-2b, in one attempt; raises as `convert_all` does, and what that returns."""
        (result,) = self.convert_all([Document(name, docx)], time_limit=time_limit)
        if isinstance(result, OutputRejectedError):
            raise result
        return result

    def convert_all(
        self, documents: Sequence[Document], *, time_limit: float = TIME_LIMIT
    ) -> list[bytes | OutputRejectedError]:
        """Return each document as tagged PDF/A-2b or why there is none, all by one process, in one attempt.

        The process is ended when it brings forth nothing for `time_limit` seconds. Its exit status proves nothing (0
        even for a missing input), so results are judged by their bytes; page count and text are for
        `sopdocs.pdf.prove`. Raises ToolMissingError when LibreOffice does not start, UsageError when the folder
        cannot be written, StoppedError when `stop` is set.
        """
        try:
            self._seed_profile()
            job = tempfile.TemporaryDirectory(prefix="job-", dir=self.folder, ignore_cleanup_errors=True)
        except OSError as error:
            raise self._unwritable(error) from error
        with job as folder:
            try:
                sources = _furnish(Path(folder), documents)
            except OSError as error:
                raise self._unwritable(error) from error
            outcome = self._run(Path(folder), sources, documents[0].name, time_limit)
            return [
                _accepted(Path(folder) / _OUTPUT / f"{source.stem}.pdf", document.name, outcome, time_limit)
                for source, document in zip(sources, documents, strict=True)
            ]

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(
            f"Folder kerja LibreOffice tidak dapat ditulis: {self.folder} ({reason(error)})",
            "Periksa hak tulis dan sisa ruang penyimpanan, atau pilih folder lain.",
        )

    def _seed_profile(self) -> None:
        # Written anew each time: a LibreOffice that was killed may have left half a file, and every
        # conversion starts from the same settings.
        user = self.profile / "user"
        user.mkdir(parents=True, exist_ok=True)
        (user / "registrymodifications.xcu").write_text(PROFILE_SEED, "utf-8")

    def _run(self, job: Path, sources: Sequence[Path], name: str, time_limit: float) -> Outcome:
        try:
            outcome = run(
                self._command(sources, job / _OUTPUT),
                log=job / "printed.txt",
                limits=Limits(time_limit, self.stop, lambda: len(list((job / _OUTPUT).iterdir()))),
                env=_environment(job / _TEMPORARY),
            )
        except OSError as error:
            raise ToolMissingError(
                f"LibreOffice tidak dapat dijalankan: {self.libreoffice.executable} ({reason(error)})",
                INSTALL_ADVICE,
            ) from error
        if self.stop and self.stop.is_set():
            raise StoppedError(f"Konversi dihentikan: {name}")
        return outcome

    def _command(self, sources: Sequence[Path], output: Path) -> list[str]:
        return [
            str(self.libreoffice.executable),
            f"-env:UserInstallation={self.profile.absolute().as_uri()}",
            "--headless",
            "--norestore",
            f"--infilter={IMPORT_FILTER}",
            "--convert-to",
            f"pdf:writer_pdf_Export:{json.dumps(EXPORT_OPTIONS, separators=(',', ':'))}",
            "--outdir",
            str(output.absolute()),
            *(str(source.absolute()) for source in sources),
        ]


def _furnish(job: Path, documents: Sequence[Document]) -> list[Path]:
    (job / _OUTPUT).mkdir()
    (job / _TEMPORARY).mkdir()
    sources = [job / f"{number}.docx" for number in range(1, len(documents) + 1)]
    for source, document in zip(sources, documents, strict=True):
        source.write_bytes(document.docx)
    return sources


def _environment(temporary: Path) -> dict[str, str]:
    """Return this process's environment with what would change the result fixed."""
    place = str(temporary.absolute())
    fixed = {"TMPDIR": place, "TMP": place, "TEMP": place, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    return {**environment(), **fixed}


def _accepted(result: Path, name: str, outcome: Outcome, time_limit: float) -> bytes | OutputRejectedError:
    advice = _advice(outcome, result.parent.parent)
    try:
        pdf = result.read_bytes()
    except FileNotFoundError:
        if outcome.status is None:
            return OutputRejectedError(f"LibreOffice belum selesai setelah {time_limit:g} detik: {name}", advice)
        return OutputRejectedError(f"LibreOffice tidak menghasilkan PDF: {name}", advice)
    if not pdf.startswith(b"%PDF"):
        return OutputRejectedError(f"Hasil LibreOffice bukan PDF: {name}", advice)
    if not pdf.rstrip().endswith(b"%%EOF"):
        return OutputRejectedError(f"PDF dari LibreOffice terpotong: {name}", advice)
    return pdf


def _advice(outcome: Outcome, job: Path) -> str:
    """Return how LibreOffice ended and what it printed, shortened, without the folder that is gone by then."""
    if outcome.status is None:
        ended = "LibreOffice dihentikan karena batas waktu."
    elif outcome.status < 0:
        ended = f"LibreOffice mati oleh sinyal {Signals(-outcome.status).name}."
    else:
        ended = f"LibreOffice selesai dengan status {outcome.status}."
    told = _NOISE.sub("", outcome.printed.replace(str(job.absolute()) + os.sep, ""))
    printed = re.sub(r"\s+", " ", told).strip()
    if len(printed) > _PRINTED_LIMIT:
        printed = printed[:_PRINTED_LIMIT] + " …"
    return f"{ended} Pesannya: {printed}" if printed else f"{ended} Ulangi; bila berulang, jalankan sopdocs doctor."
