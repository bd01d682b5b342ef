"""LibreOffice alone on given Word files: warm as can be, and started anew for each file as most people do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from measuring import NotRunError, Taken, Watch, run, timed

from sopdocs.office import Converter, Document, LibreOffice
from sopdocs.office.document import EXPORT_OPTIONS
from sopdocs.office.workplace import PROFILE_SEED

ROOT = Path(__file__).parents[1]
KIT = ROOT / "sopdocs" / "office" / "kit.py"
"""LibreOfficeKit in a process of its own: a line of JSON in, a line of JSON out."""
CHUNK = 10


class Kit:
    """One LibreOffice that stays; a context manager. Raises NotRunError when it cannot be had."""

    def __init__(self, libreoffice: LibreOffice, folder: Path) -> None:
        if not KIT.is_file():
            raise NotRunError("this sopdocs has no office/kit.py")
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True, exist_ok=True)
        (profile / "user" / "registrymodifications.xcu").write_text(PROFILE_SEED, encoding="utf-8")
        program = Path(shutil.which(str(libreoffice.executable)) or libreoffice.executable).resolve().parent
        self._command = [sys.executable, "-I", str(KIT), str(program), profile.as_uri(), json.dumps(EXPORT_OPTIONS)]
        self._folder, self._number = folder, 0

    def __enter__(self) -> Kit:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    @property
    def pid(self) -> int:
        return self._process.pid

    def convert(self, docx: Path) -> Path:
        """Print one file."""
        assert self._process.stdin is not None
        self._number += 1
        target = self._folder / f"{self._number}.pdf"
        request = {"number": self._number, "input": str(docx.absolute()), "output": str(target)}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        self._answer()
        return target

    def _answer(self) -> None:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        error = json.loads(line)["error"] if line else "it ended"
        if error:
            raise NotRunError(f"LibreOfficeKit: {error}")


def kits(libreoffice: LibreOffice, files: Sequence[Path], workers: int) -> Taken:
    """Print all files by so many LibreOffices that stay, their start included."""
    with tempfile.TemporaryDirectory() as place:
        waiting = iter(list(files))

        def work(number: int) -> float | None:
            with Kit(libreoffice, Path(place) / str(number)) as kit:
                watch = Watch(kit.pid)
                for docx in waiting:
                    kit.convert(docx)
                return watch.end()

        peaks: list[float | None] = []

        def all_of_them() -> None:
            with ThreadPoolExecutor(workers) as pool:
                peaks.extend(pool.map(work, range(workers)))

        taken = timed(all_of_them)
        return Taken(taken.seconds, sum(peak or 0.0 for peak in peaks) or None)


def chunks(libreoffice: LibreOffice, files: Sequence[Path], workers: int) -> Taken:
    """Print all files by processes of ten files each, so many at a time, with seeded profiles."""
    parts = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    if len(parts) < workers:
        parts = [files[number::workers] for number in range(min(workers, len(files)))]
    with tempfile.TemporaryDirectory() as place:
        waiting = iter(parts)

        def work(number: int) -> None:
            folder = Path(place) / str(number)
            folder.mkdir()
            converter = Converter(libreoffice, folder)
            for part in waiting:
                results = converter.convert_all([Document(path.name, path.read_bytes()) for path in part])
                failed = [result for result in results if not isinstance(result, bytes)]
                if failed:
                    raise NotRunError(str(failed[0]))

        def all_of_them() -> None:
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(work, range(workers)))

        return timed(all_of_them)


def plain(libreoffice: LibreOffice, docx: Path, folder: Path) -> Taken:
    """Print one file by a process of its own whose profile nobody has prepared; it stays in `folder`."""
    profile = (folder / "plain").absolute().as_uri()
    command = [str(libreoffice.executable), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    taken = run([*command, "--outdir", str(folder), str(docx)], limit=300)
    result = folder / f"{docx.stem}.pdf"
    if not result.is_file():
        raise NotRunError(f"soffice made no PDF of {docx.name}")
    result.unlink()
    return taken
