"""The folder that one LibreOffice works in."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from sopdocs.errors import UsageError, reason
from sopdocs.office.run import environment

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


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder with a profile, which two processes of LibreOffice cannot share: together they convert nothing."""

    folder: Path

    @property
    def profile(self) -> Path:
        """The LibreOffice profile, the one thing that stays between conversions."""
        return self.folder / "profile"

    @property
    def profile_url(self) -> str:
        """The profile as LibreOffice wants it named."""
        return self.profile.absolute().as_uri()

    @contextlib.contextmanager
    def job(self) -> Generator[Job]:
        """Give the folders of one process, gone afterwards, and a fresh profile. Raises UsageError if it cannot."""
        with self.writing():
            self._seed_profile()
            made = tempfile.TemporaryDirectory(prefix="job-", dir=self.folder, ignore_cleanup_errors=True)
        with made as name:
            job = Job(Path(name).absolute())
            with self.writing():
                job.output.mkdir()
                job.temporary.mkdir()
            yield job

    @contextlib.contextmanager
    def writing(self) -> Generator[None]:
        """Turn an OSError into a UsageError that names the folder."""
        try:
            yield
        except OSError as error:
            raise UsageError(
                f"Folder kerja LibreOffice tidak dapat ditulis: {self.folder} ({reason(error)})",
                "Periksa hak tulis dan sisa ruang penyimpanan, atau pilih folder lain.",
            ) from error

    def _seed_profile(self) -> None:
        # Written anew each time: a LibreOffice that was killed may have left half a file, and every
        # process starts from the same settings.
        user = self.profile / "user"
        user.mkdir(parents=True, exist_ok=True)
        (user / "registrymodifications.xcu").write_text(PROFILE_SEED, "utf-8")


@dataclass(frozen=True, slots=True)
class Job:
    """The folders of one process."""

    folder: Path

    @property
    def output(self) -> Path:
        """Where PDFs are put."""
        return self.folder / "out"

    @property
    def temporary(self) -> Path:
        """For LibreOffice's own files."""
        return self.folder / "tmp"

    @property
    def log(self) -> Path:
        """What the process prints."""
        return self.folder / "printed.txt"

    def environment(self) -> dict[str, str]:
        """Return this process's environment with what would change the result fixed."""
        place = str(self.temporary)
        fixed = {"TMPDIR": place, "TMP": place, "TEMP": place, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
        return {**environment(), **fixed}
