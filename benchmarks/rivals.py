"""What a user might pick instead, and ninja: each as a way to be timed beside sopdocs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from competitors.with_docxtpl import FIELDS, as_template
from measuring import NotRunError, Server, Taken, free_port, run, timed, wait_for_port

from sopdocs.office import LibreOffice

COMPETITORS = Path(__file__).parent / "competitors"
REGISTERS = ("instansi", "pejabat", "pelaksana", "peraturan", "bundel")
_PYTHONS = (sys.executable, "/usr/bin/python3")
"""Where LibreOffice's `uno` may be: it belongs to the Python of the system."""


def needed(package: str) -> str:
    """Return the version of an installed package. Raises NotRunError."""
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise NotRunError(f"{package} is not installed (dependency group bench)") from error


def by_hand(libreoffice: LibreOffice, files: Sequence[Path]) -> Taken:
    """docxtpl and one soffice a file, on templates with the drawings of these finished sheets."""
    with tempfile.TemporaryDirectory() as place:
        templates, output = Path(place) / "templates", Path(place) / "out"
        templates.mkdir()
        output.mkdir()
        for path in files:
            if as_template(path, templates / path.name) < len(FIELDS):
                raise NotRunError(f"{path.name} lacks the texts that docxtpl should fill in")
        script = COMPETITORS / "with_docxtpl.py"
        return run([sys.executable, str(script), str(libreoffice.executable), str(templates), str(output)])


def drawn(package: str, workspace: Path, count: int) -> Taken:
    """Comparable sheets by `package` (typst or weasyprint), its start included."""
    needed(package)
    with tempfile.TemporaryDirectory() as place:
        taken = run([sys.executable, str(COMPETITORS / f"with_{package}.py"), str(workspace), str(count), place])
        made = len(list(Path(place).glob("*.pdf")))
    if made != count:
        raise NotRunError(f"{made} of {count} files were made")
    return taken


class Ninja:
    """A build.ninja over as many files as a workspace has: two outputs a sheet, from its text and the registers."""

    def __init__(self, workspace: Path, folder: Path) -> None:
        needed("ninja")
        import ninja

        self._command = [str(Path(ninja.BIN_DIR) / "ninja"), "-C", str(folder)]
        content = workspace.absolute() / "content"
        shared = " ".join(str(content / f"{name}.yaml") for name in REGISTERS)
        lines = ["rule copy", "  command = cp $in $out"]
        for source in sorted((content / "sop").glob("*.md")):
            lines += [f"build out/{source.stem}.{kind}: copy {source} | {shared}" for kind in ("docx", "pdf")]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "build.ninja").write_text("\n".join(lines) + "\n", encoding="utf-8")
        run(self._command)

    def again(self) -> Taken:
        """Find out that nothing is to be done. Raises NotRunError when something was."""

        def work() -> None:
            printed = subprocess.run(self._command, check=True, capture_output=True, text=True).stdout
            if "no work to do" not in printed:
                raise NotRunError(f"ninja made something again: {printed[-200:]}")

        return timed(work)


@contextmanager
def unoservers(libreoffice: LibreOffice, count: int) -> Generator[Callable[[Sequence[Path]], Taken]]:
    """So many unoservers; what is yielded prints files with them. Raises NotRunError when they do not start."""
    needed("unoserver")
    from unoserver.client import UnoClient

    python = next((each for each in _PYTHONS if _has_uno(each)), None)
    if python is None:
        raise NotRunError("no Python here has LibreOffice's uno (python3-uno)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ports = [_unoserver(stack, python, libreoffice, folder / f"profile{number}") for number in range(count)]

        def work(files: Sequence[Path]) -> Taken:
            waiting = iter(list(files))

            def one(port: int) -> None:
                client = UnoClient(port=str(port), host_location="local")
                for path in waiting:
                    client.convert(inpath=str(path), outpath=str(folder / f"{path.stem}.pdf"))
                    if not (folder / f"{path.stem}.pdf").is_file():
                        raise NotRunError(f"unoserver made no PDF of {path.name}")

            def all_of_them() -> None:
                with ThreadPoolExecutor(count) as pool:
                    list(pool.map(one, ports))

            return timed(all_of_them)

        yield work


def _unoserver(stack: ExitStack, python: str, libreoffice: LibreOffice, profile: Path) -> int:
    port = free_port()
    command = [python, "-m", "unoserver.server", "--port", str(port), "--uno-port", str(free_port())]
    command += ["--executable", str(libreoffice.executable), "--user-installation", str(profile)]
    # Only the package itself, not what else lies beside it: this may be another Python.
    package = profile.parent / "packages"
    for file in distribution("unoserver").files or ():
        if file.parts[0].startswith("unoserver"):
            (package / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), package / file)
    wait_for_port(port, stack.enter_context(Server(command, {**os.environ, "PYTHONPATH": str(package)})))
    return port


def _has_uno(python: str) -> bool:
    try:
        return subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
