"""Time the ways to have LibreOffice print many Word files, turn and turn about, with one and with two workers.

Run: .venv/bin/python benchmarks/printing.py [FOLDER WITH DOCX]. Without a folder it prints made-up files of one table
each. Compare the ratios of one run only. UNO is left out where the system's Python has none (python3-uno).
"""

from __future__ import annotations

import io
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import docx

from sopdocs.office import Converter, Document, LibreOffice, WarmConverter, find_libreoffice
from sopdocs.office.document import EXPORT_OPTIONS
from sopdocs.office.workplace import Workplace

REPEATS = 1
CHUNK = 10
MADE_UP = 20
Print = Callable[[Sequence[Document]], object]
_UNO = """
import sys, time, json, pathlib, uno
from com.sun.star.beans import PropertyValue
def value(name, what):
    made = PropertyValue(); made.Name, made.Value = name, what
    return made
pipe, options, folder = sys.argv[1], json.loads(sys.argv[2]), pathlib.Path(sys.argv[3])
local = uno.getComponentContext()
find = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
while True:
    try:
        there = find.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.02)
desk = there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
data = tuple(value(key, int(one["value"]) if one["type"] == "long" else one["value"] == "true")
             for key, one in options.items())
print("ready", flush=True)
for line in sys.stdin:
    for path in map(pathlib.Path, json.loads(line)):
        loaded = desk.loadComponentFromURL(path.as_uri(), "_blank", 0,
            (value("Hidden", True), value("FilterName", "MS Word 2007 XML")))
        loaded.storeToURL(path.with_suffix(".pdf").as_uri(), (value("FilterName", "writer_pdf_Export"),
            value("FilterData", uno.Any("[]com.sun.star.beans.PropertyValue", data))))
        loaded.close(True)
    print("done", flush=True)
"""


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
def uno(libreoffice: LibreOffice, folder: Path) -> Iterator[Print]:
    """One process for all, asked over a pipe by the system's Python; started before."""
    place = Workplace(folder)
    with place.job() as job, ExitStack() as stack:
        name = f"sopdocs-{folder.name}-{time.time_ns()}"
        office = [libreoffice.executable.resolve().with_name("soffice.bin"), "--headless", "--norestore"]
        office += [f"-env:UserInstallation={place.profile_url}", f"--accept=pipe,name={name};urp"]
        server = subprocess.Popen(office, env=job.environment(), stderr=subprocess.DEVNULL)
        stack.callback(server.wait)
        stack.callback(server.kill)
        asking = [_system_python(), "-c", _UNO, name, json.dumps(EXPORT_OPTIONS), str(job.folder)]
        client = stack.enter_context(
            subprocess.Popen(asking, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        )
        assert client.stdin
        assert client.stdout
        client.stdout.readline()

        def ask(documents: Sequence[Document]) -> None:
            assert client.stdin
            assert client.stdout
            paths = [job.folder / f"{number}.docx" for number in range(len(documents))]
            for path, document in zip(paths, documents, strict=True):
                path.write_bytes(document.docx)
            client.stdin.write(json.dumps([str(path) for path in paths]) + "\n")
            assert client.stdout.readline() == "done\n"
            for path in paths:
                path.with_suffix(".pdf").unlink()

        yield ask


def _system_python() -> str:
    found = shutil.which("python3", path="/usr/bin")
    assert found
    return found


def has_uno() -> bool:
    """Whether the system's Python can talk to LibreOffice."""
    python = shutil.which("python3", path="/usr/bin")
    return (
        bool(python) and subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0
    )


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
            ways["warm (UNO, pipe)"] = [stack.enter_context(uno(libreoffice, root / f"u{n}")) for n in range(2)]
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
