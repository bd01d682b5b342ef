"""Time the bundle of many sheets beside bare merging, and its seal beside bare signing.

Run: .venv/bin/python benchmarks/bundle.py [SOPs] [folder that keeps the printed sheets]. Compare the ratios: the bare
ways keep no tags, no bookmarks, no links and print no page numbers.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pypdf
from workspaces import make_workspace

from sopdocs.cli.places import fonts, surroundings
from sopdocs.content import read_workspace
from sopdocs.engine.stages import inputs_of
from sopdocs.model import Place
from sopdocs.office.convert import IMPORT_FILTER
from sopdocs.office.document import EXPORT_OPTIONS
from sopdocs.pdf import Part, bundle, conformity, normalise, read_bundle
from sopdocs.word import make_sheet

DATE = date(2026, 1, 2)
NOW = datetime(2026, 1, 2, 8, tzinfo=UTC)
BEST_OF = 3


def print_sheets(folder: Path, count: int) -> list[Part]:
    """Print `count` sheets with one letterhead by one LibreOffice; the printed ones are kept in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{count}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    workspace = read_workspace(make_workspace(folder / "workspace", count)).workspace
    assert workspace is not None
    around = surroundings(Place(folder / "workspace"), workspace.instansi)
    inputs = inputs_of(workspace, around, konsep=False)
    for number, sop in enumerate(workspace.sop.values()):
        made = make_sheet(sop, inputs, around.templates.sop, around.fonts, new_page=number % 5 > 0)
        (folder / f"{sop.slug}.docx").write_bytes(made.docx)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    export = f"pdf:writer_pdf_Export:{json.dumps(EXPORT_OPTIONS)}"
    command = [str(around.libreoffice.executable), profile, "--headless", f"--infilter={IMPORT_FILTER}"]
    command += ["--convert-to", export, "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))]
    subprocess.run(command, check=True, capture_output=True)
    parts = [
        Part(sop.nama, f"sop/{sop.slug}", _normal(folder / f"{sop.slug}.pdf", sop.nama), "SOP")
        for sop in workspace.sop.values()
    ]
    kept.write_bytes(pickle.dumps(parts))
    return parts


def _normal(path: Path, title: str) -> bytes:
    return normalise(path.read_bytes(), title=title, date=DATE)


def with_sopdocs(parts: list[Part]) -> bytes:
    """Our own way."""
    return bundle(parts, title="Bundel", date=DATE, author="Kecamatan Contoh", font=fonts().regular)


def with_pikepdf(parts: list[Part]) -> bytes:
    """Pages one after the other."""
    output = io.BytesIO()
    with pikepdf.new() as target:
        sources = [pikepdf.open(io.BytesIO(part.pdf)) for part in parts]
        for source in sources:
            target.pages.extend(source.pages)
        target.save(output)
    return output.getvalue()


def with_pypdf(parts: list[Part]) -> bytes:
    """Pages, bookmarks and named destinations."""
    writer, output = pypdf.PdfWriter(), io.BytesIO()
    for part in parts:
        writer.append(io.BytesIO(part.pdf))
    writer.write(output)
    return output.getvalue()


MERGERS: dict[str, Callable[[list[Part]], bytes]] = {
    "pikepdf, bare": with_pikepdf,
    "pypdf append": with_pypdf,
    "sopdocs": with_sopdocs,
}


def merge(name: str, parts: list[Part]) -> tuple[float, float, bytes]:
    """Seconds (the best of some), peak MB of the process with all sheets in it, and the result."""
    spent: list[float] = []
    made = b""
    for _ in range(BEST_OF):
        start = time.perf_counter()
        made = MERGERS[name](parts)
        spent.append(time.perf_counter() - start)
    return min(spent), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, made


def timed(work: Callable[[], object]) -> float:
    """Seconds, the best of some."""
    spent: list[float] = []
    for _ in range(BEST_OF):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def seal_times(pdf: bytes) -> dict[str, float]:
    """Seconds of our seal and verdict, of a bare signature, and of reading and judging the bundle."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf

    from sopdocs.sign import DEVELOPMENT_NAME, Statement, development_key, sign, verify

    with tempfile.TemporaryDirectory() as place:
        key = development_key(Path(place), now=NOW)
        bare = SimpleSigner.load_pkcs12(_pkcs12(Path(place), key))
        statement = Statement(DEVELOPMENT_NAME, "Uji waktu", "Contoh")
        sealed = sign(pdf, key, now=NOW, statement=statement)

        def bare_signature() -> None:
            writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
            sign_pdf(writer, PdfSignatureMetadata(field_name="Uji"), bare)

        return {
            "sign, bare pyHanko": timed(bare_signature),
            "sign": timed(lambda: sign(pdf, key, now=NOW, statement=statement)),
            "verify": timed(lambda: verify(sealed, trusted=[key.certificate], now=NOW)),
            "read_bundle": timed(lambda: read_bundle(sealed)),
            "conformity": timed(lambda: conformity(sealed)),
        }


def _pkcs12(folder: Path, key: object) -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

    certificate = x509.load_der_x509_certificate(key.certificate)
    path = folder / "uji.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"uji", key.private_key, certificate, None, NoEncryption()))
    return str(path)


def judge(pdf: bytes) -> None:
    """Say what the validator and three readers that share no code make of the sealed bundle."""
    from sopdocs.sign import DEVELOPMENT_NAME, Statement, development_key, sign

    with tempfile.TemporaryDirectory() as place:
        key = development_key(Path(place), now=NOW)
        path = Path(place) / "bundel-ttd.pdf"
        path.write_bytes(sign(pdf, key, now=NOW, statement=Statement(DEVELOPMENT_NAME, "Uji", "Contoh")))
        found = conformity(path.read_bytes())
        for standard in found.standards:
            failed = sum(failure.standard == standard for failure in found.failures)
            print(f"{standard}: {failed} failures")
        print(f"errors of the validator itself, refuted: {len(found.passed_over)}")
        print(f"pypdf: {len(pypdf.PdfReader(path).pages)} pages")
        for command in (["qpdf", "--check", str(path)], ["pdfsig", "-nocert", str(path)]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            print(f"{command[0]}: exit {done.returncode}, {done.stdout.strip().splitlines()[-1].strip()}")


def main() -> None:
    """Print the tables; each way of merging in a process of its own, so that its peak is its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as place:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else place).absolute()
        if len(sys.argv) > 3:
            seconds, peak, made = merge(sys.argv[3], print_sheets(folder, count))
            print(json.dumps([seconds, peak, len(made)]))
            return
        parts = print_sheets(folder, count)
        pages = len(pypdf.PdfReader(io.BytesIO(with_pikepdf(parts))).pages)
        print(f"{count} sheets, {pages} pages, {sum(len(part.pdf) for part in parts) / 1e6:.1f} MB")
        print(f"{'':<20}{'s':>8}{'ratio':>8}{'peak MB':>9}{'MB':>7}")
        bare = 0.0
        for name in MERGERS:
            command = [sys.executable, __file__, str(count), str(folder), name]
            seconds, peak, size = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            bare = bare or seconds
            print(f"{name:<20}{seconds:>8.2f}{seconds / bare:>8.1f}{peak:>9.0f}{size / 1e6:>7.1f}")
        made = with_sopdocs(parts)
        print(f"SHA-256 {hashlib.sha256(made).hexdigest()}")
        for name, seconds in seal_times(made).items():
            print(f"{name:<20}{seconds:>8.2f}")
        judge(made)


if __name__ == "__main__":
    main()
