"""Feed mutated files to what `sopdocs check` does with content, guided by which code they reach (atheris).

`FUZZ_SECONDS=600 python scripts/fuzz.py` fuzzes; `python scripts/fuzz.py FILE` tries one input that failed. The first
byte of an input chooses the workspace and the file in it; the others are that file.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

try:
    import atheris
except ImportError:
    print("atheris belum terpasang: pasang dengan  .venv/bin/python -m pip install atheris", file=sys.stderr)
    sys.exit(3)

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
with atheris.instrument_imports(include=["sopdocs.content", "sopdocs.model", "sopdocs.rules"]):
    from sopdocs.content import read_workspace
    from sopdocs.errors import SopdocsError
    from sopdocs.model import Finding
    from sopdocs.rules import RULES, check_workspace, on_their_own, settle, silences
    from sopdocs.rules.examples import FOLDER, read_example

TODAY = date(2024, 6, 1)
CASES = ROOT / "tests/content/cases"
BASES = (ROOT / "tests/content/dasar", FOLDER / "dasar")
REGISTERS = ("instansi", "pejabat", "pelaksana", "peraturan", "bundel", "segel")
SOPS = ("content/sop/kasus.md", "content/sop/surat-masuk.md")
FAILED = ROOT / "build/fuzz"
USUAL_SECONDS = 60
LONGEST = 6000
PIECES = (
    "# |## |### 1. |### 2. |- |  - |    |\t|1. |* |---\n|> |```\n|<b>|[[|]]|[PP 46/2011]|[x](y)|![x](y)|**|*|_|\\\\"
    "|  \n|&|&#0;|&amp;|->|→|,|;|:|: |\"|“|”|(|)|{|}|[|]|'|!|%|@|null|true|~|{}|[]|0|1|9999|0000-01-01|9999-12-31"
    "|2024-02-30|(keputusan|(mulai|(selesai)|Pelaksana: |Alur: |Alur:\n  - umum: 2\n|Waktu: |Syarat: |Output: "
    "|Keterangan: |umum|sekcam|kepala|Ya → 3; Tidak → 1|selesai|5 menit|1–2 hari kerja|## Prosedur: "
    "|## Riwayat Revisi\n|Kecamatan Lain|Camat |Nomor 1 Tahun 2020 tentang |Peraturan |Keputusan Kepala |jika "
    "|\r|\u00a0|\u2028|\u0301|\u202e|😀|İ|ß|ﬁ|٣|²"
    "|aturan: {SOP114: {bulan: |abaikan: [{kode: SOP142, alasan: x}]\n|masukan: [|pola_nomor: '"
).split("|")
"""What line-wise changes put in; single bytes seldom make sense of Markdown and YAML."""


def target(choice: int) -> tuple[int, str]:
    """Which workspace, and which file in it; half of all inputs are SOPs."""
    base, choice = choice % 2, choice // 2 % (2 * len(REGISTERS))
    return base, f"content/{REGISTERS[choice]}.yaml" if choice < len(REGISTERS) else SOPS[base]


def prefix(base: int, path: str) -> bytes:
    """The first byte of inputs for that file."""
    return bytes([next(choice for choice in range(256) if target(choice) == (base, path))])


def seeds() -> Iterator[bytes]:
    """The case files of the reader, and both forms of each rule's example."""
    for case in CASES.iterdir():
        name = case.name.split(".")[1]
        if case.suffix in (".md", ".yaml"):
            yield prefix(0, SOPS[0] if case.suffix == ".md" else f"content/{name}.yaml") + case.read_bytes()
    for code in RULES:
        for form in ("good", "bad"):
            example = read_example(code)
            if example.path not in (SOPS[1], *(f"content/{name}.yaml" for name in REGISTERS)):
                continue  # stands for a finished PDF
            with tempfile.TemporaryDirectory() as folder:
                try:
                    example.write(Path(folder), getattr(example, form))
                except SopdocsError:
                    continue  # only shown: its forms stand for longer texts
                yield prefix(1, example.path) + (Path(folder) / example.path).read_bytes()


def found(root: Path) -> tuple[Finding, ...]:
    """What `sopdocs check` finds in the content, silences included."""
    reading = read_workspace(root)
    if reading.workspace is None:
        return reading.findings
    judged = on_their_own(check_workspace(reading.workspace, TODAY), reading.findings)
    settled = settle((*reading.findings, *judged), reading.workspace)
    return (*settled.findings, *silences(settled.silenced, reading.workspace, set(RULES)))


def fault(finding: Finding, root: Path) -> str:
    """What is wrong with a finding; empty when nothing is."""
    path = root / finding.span.path
    data = path.read_bytes() if path.is_file() else b""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    if not finding.span.path.startswith("content/"):
        return "tempatnya bukan di content/"
    if not 1 <= finding.span.line <= lines + 1 or finding.span.col < 1:
        return f"tempatnya di luar berkas ({lines} baris)"
    if not finding.message.strip() or len((finding.message + finding.hint).splitlines()) != 1:
        return "pesannya kosong atau lebih dari satu baris"
    return ""


class Judge:
    """Both workspaces on disk, and the file that the input takes the place of."""

    def __init__(self, folder: Path) -> None:
        self.roots = [folder / str(number) for number in range(len(BASES))]
        for base, root in zip(BASES, self.roots, strict=True):
            shutil.copytree(base, root)

    def __call__(self, data: bytes) -> None:
        base, relative = target(data[0] if data else 0)
        path = self.roots[base] / relative
        usual = path.read_bytes() if path.exists() else None
        path.write_bytes(data[1:])
        try:
            for finding in found(self.roots[base]):
                wrong = fault(finding, self.roots[base])
                if wrong:
                    raise AssertionError(f"{wrong}: {finding!r}")
        finally:
            path.unlink() if usual is None else path.write_bytes(usual)


def mutate(data: bytes, longest: int, seed: int) -> bytes:
    """Change a few lines, or now and then any bytes as the fuzzer does by itself."""
    random = Random(seed)
    if random.random() < 0.3 or len(data) < 2:
        return atheris.Mutate(data, longest)
    lines = data[1:].decode("utf-8", "replace").splitlines(keepends=True) or [""]
    for _ in range(random.randint(1, 4)):
        at, other = random.randrange(len(lines)), random.randrange(len(lines))
        place, piece = random.randint(0, len(lines[at])), random.choice(PIECES)
        match random.randrange(7):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = lines[at][:place] + lines[other][-random.randint(1, 40) :]
            case 4:
                lines[at] = piece + lines[at]
            case _:
                lines[at] = lines[at][:place] + piece + lines[at][place + random.randint(0, 6) :]
    return (data[:1] + "".join(lines).encode("utf-8", "replace"))[:longest]


def main() -> None:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        judge: Any = Judge(Path(folder) / "kerja")
        corpus = Path(folder) / "bibit"
        corpus.mkdir()
        for number, seed in enumerate(seeds()):
            (corpus / str(number)).write_bytes(seed)
        FAILED.mkdir(parents=True, exist_ok=True)
        seconds = int(os.environ.get("FUZZ_SECONDS", USUAL_SECONDS))
        usual = [
            str(corpus),
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            "-len_control=0",
            "-timeout=20",
            "-rss_limit_mb=2000",
        ]
        atheris.Setup(
            [sys.argv[0], f"-artifact_prefix={FAILED}/", *(sys.argv[1:] or usual)], judge, custom_mutator=mutate
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
