"""Small workspaces on disk for the tests of the content room."""

from __future__ import annotations

import shutil
from pathlib import Path

from sopdocs.content import Reading, read_workspace
from sopdocs.model import Finding, Prosedur, Sop

BASE = Path(__file__).parent / "dasar"
"""A workspace without findings: registers, and one SOP that others may refer to."""
FRONT = "---\nnama: Kasus\npengesah: camat\npelaksana: [tim_teknis, umum, sekretaris, kepala]\n---\n\n"
"""Front matter with four lanes: six lines."""


def make_workspace(root: Path, sop: str | bytes | None = None, **registers: str | bytes) -> Path:
    """Copy the base to `root`, with `sop` as content/sop/kasus.md and registers by name; return `root`."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    files = {"content/sop/kasus.md": sop} | {f"content/{name}.yaml": text for name, text in registers.items()}
    for path, text in files.items():
        if text is not None:
            (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def read(root: Path, sop: str | bytes | None = None, **registers: str | bytes) -> Reading:
    """Make a workspace and read it."""
    return read_workspace(make_workspace(root, sop, **registers))


def read_kasus(root: Path, body: str) -> tuple[Sop, tuple[Finding, ...]]:
    """Read `body` below the usual front matter."""
    reading = read(root, FRONT + body)
    assert reading.workspace is not None
    return reading.workspace.sop["kasus"], reading.findings


def read_flow(root: Path, steps: str) -> tuple[Prosedur, tuple[Finding, ...]]:
    """Read steps in short form, `Pelaksana | Alur` a line, into one procedure.

    Several Alur of one step are separated by ` / `, each `lane: targets`.
    """
    lines = ["## Prosedur"]
    for number, step in enumerate(steps.strip().splitlines(), start=1):
        pelaksana, _, alur = (part.strip() for part in step.partition("|"))
        lines += ["", f"### {number}. Langkah", f"- Pelaksana: {pelaksana}"]
        if " / " in alur or ": " in alur:
            lines += ["- Alur:", *(f"  - {part.strip()}" for part in alur.split(" / "))]
        elif alur:
            lines.append(f"- Alur: {alur}")
    sop, findings = read_kasus(root, "\n".join(lines) + "\n")
    return sop.prosedur[0], findings


def edges(prosedur: Prosedur) -> list[str]:
    """The flow as text: `1.umum > 2.umum [Ya]`, with `&` for things done together."""
    arrows = {"lanjut": ">", "bersama": "&"}
    return [f"{a.dari} {arrows[a.hubungan]} {a.ke}" + (f" [{a.label}]" if a.label else "") for a in prosedur.alur]


def shapes(prosedur: Prosedur) -> list[str]:
    """The symbols as text: `1.umum mulai`."""
    return [f"{simbol.id} {simbol.bentuk}" for simbol in prosedur.simbol]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """Each finding as `code @ file:line:col`; the file is the last part of its path, none for kasus.md."""
    return [f"{f.code} @ {place(f)}" for f in findings]


def place(finding: Finding) -> str:
    """`line:col`, with the file name before it unless it is kasus.md."""
    name = finding.span.path.rpartition("/")[2]
    prefix = "" if name == "kasus.md" else f"{name}:"
    return f"{prefix}{finding.span.line}:{finding.span.col}"
