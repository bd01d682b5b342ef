"""Time the ways to have LibreOffice print many Word files, turn and turn about, with one and with two workers.

Run: .venv/bin/python benchmarks/printing.py [FOLDER WITH DOCX]. Without a folder it prints made-up files of one table
each. Compare the ratios of one run only. UNO is left out where the system's Python has none (python3-uno).
"""

from __future__ import annotations

import io
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import docx

from sopdocs.office import Converter, Document, LibreOffice, WarmConverter, find_libreoffice
from sopdocs.office.document import EXPORT_OPTIONS
from sopdocs.office.workplace import PROFILE_SEED

REPEATS = 3
CHUNK = 10
MADE_UP = 20
SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's python3-uno is for this one."""
UNO_CLIENT = Path(__file__).parent / "competitors" / "uno_client.py"
Print = Callable[[Sequence[Document]], object]


def single(libreoffice: LibreOffice, folder: Path) -> Print:
    """One process for each file."""
    converter = Converter(libreoffice, folder)
    return lambda documents: [converter.convert_all([each]) for each in documents]


def chunks(libreoffice: LibreOffice, folder: Path) -> Print:
    """One process for ten files."""
    converter = Converter(libreoffice, folder)
    return lambda documents: [
        converter.convert_all(documents[start : start + CHUNK]) for start in range(0, len(documents), CHUNK)
    ]


@contextmanager
def warm(libreoffice: LibreOffice, folder: Path) -> Iterator[Print]:
    """One process for all, by LibreOfficeKit; started before."""
    with WarmConverter(libreoffice, folder) as converter:
        yield converter.convert_all


@contextmanager
def by_uno(libreoffice: LibreOffice, folder: Path) -> Iterator[Print]:
    """One process for all, by UNO over a pipe; started before."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(PROFILE_SEED, "utf-8")
    pipe = f"sopdocs-{os.getpid()}-{folder.name}"
    profile = f"-env:UserInstallation={user.parent.as_uri()}"
    listens = [str(libreoffice.executable), profile, "--headless", f"--accept=pipe,name={pipe};urp;"]
    asks = [SYSTEM_PYTHON, str(UNO_CLIENT), pipe, json.dumps(EXPORT_OPTIONS)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(listens, start_new_session=True, **quiet) as office:
        try:
            with subprocess.Popen(asks, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
                yield partial(_asked, client, folder)
        finally:
            os.killpg(office.pid, signal.SIGKILL)


def _asked(client: subprocess.Popen[str], folder: Path, documents: Sequence[Document]) -> None:
    assert client.stdin is not None
    assert client.stdout is not None
    for document in documents:
        source, target = folder / "in.docx", folder / "out.pdf"
        source.write_bytes(document.docx)
        client.stdin.write(json.dumps([str(source), str(target)]) + "\n")
        client.stdin.flush()
        assert client.stdout.readline() == "ok\n", document.name
        assert target.read_bytes().startswith(b"%PDF")


def has_uno() -> bool:
    """Whether the system's Python can speak UNO."""
    return subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


def seconds(workers: Sequence[Print], documents: Sequence[Document]) -> float:
    """Seconds for each document, divided among the workers."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(workers)) as pool:
        shares = [documents[number :: len(workers)] for number in range(len(workers))]
        list(pool.map(lambda pair: pair[0](pair[1]), zip(workers, shares, strict=True)))
    return (time.perf_counter() - start) / len(documents)


def made_up() -> list[Document]:
    """Files of a heading and a table of thirty rows."""
    found: list[Document] = []
    for number in range(MADE_UP):
        document = docx.Document()
        document.add_heading(f"Contoh {number}")
        table = document.add_table(30, 5)
        for cell in table.columns[1].cells:
            cell.text = f"Menerima berkas {number}"
        output = io.BytesIO()
        document.save(output)
        found.append(Document(str(number), output.getvalue()))
    return found


def main() -> None:
    """Print the table."""
    paths = sorted(Path(sys.argv[1]).rglob("*.docx")) if len(sys.argv) > 1 else []
    documents = [Document(path.name, path.read_bytes()) for path in paths] or made_up()
    libreoffice = find_libreoffice()
    times: dict[tuple[str, int], list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="sopdocs-") as name, ExitStack() as stack:
        root = Path(name)
        ways: dict[str, list[Print]] = {
            "soffice, one a file": [single(libreoffice, root / f"s{n}") for n in range(2)],
            f"soffice, {CHUNK} files": [chunks(libreoffice, root / f"c{n}") for n in range(2)],
            "warm (LibreOfficeKit)": [stack.enter_context(warm(libreoffice, root / f"w{n}")) for n in range(2)],
        }
        if has_uno():
            ways["warm (UNO, pipe)"] = [stack.enter_context(by_uno(libreoffice, root / f"u{n}")) for n in range(2)]
        else:
            print("UNO is left out: install python3-uno")
        for way in ways.values():
            seconds(way, documents[:2])
        for _ in range(REPEATS):
            for label, way in ways.items():
                for workers in (1, 2):
                    times.setdefault((label, workers), []).append(seconds(way[:workers], documents))
    print(f"{len(documents)} documents, LibreOffice {libreoffice.version}, seconds a document: median (least)")
    print(f"{'':<24}{'one worker':>16}{'two workers':>16}")
    for label in ways:
        row = [times[label, workers] for workers in (1, 2)]
        print(f"{label:<24}" + "".join(f"{statistics.median(each):>8.3f} ({min(each):.3f})" for each in row))


if __name__ == "__main__":
    main()
