"""Case files: `cases/<name>.md` (and `<name>.<register>.yaml`) in, the lines of `<name>.txt` out."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.content import ARCHIVE_CODES, CODES

from .test_files import TREES
from .test_overlay import CASES as OFFICES
from .workspaces import codes, read

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))
DEFAULT = "---\nnama: Kasus\npengesah: camat\npelaksana: [umum]\n---\n\n## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n"


def expected(name: str) -> list[str]:
    return (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, tmp_path: Path) -> None:
    registers = {path.name.split(".")[1]: path.read_bytes() for path in CASES.glob(f"{name}.*.yaml")}
    sop = CASES / f"{name}.md"
    reading = read(tmp_path, sop.read_bytes() if sop.exists() else DEFAULT, **registers)
    assert sorted(codes(reading.findings)) == expected(name), "\n".join(map(str, reading.findings))
    assert all(finding.message and "\n" not in finding.message for finding in reading.findings)


def test_the_cases_cover_every_code() -> None:
    found = {line.split(" @ ")[0] for name in NAMES for line in expected(name)}
    found |= {line.split(" @ ")[0] for tree in (*TREES.values(), *OFFICES.values()) for line in tree.expected}
    assert found == set(CODES) - set(ARCHIVE_CODES)  # of test_arsip.py


def test_a_case_is_named_for_its_code() -> None:
    for name in NAMES:
        code = name.split("-")[0].upper()
        assert (not expected(name)) if code == "BAIK" else any(code in line for line in expected(name)), name


def test_every_file_belongs_to_a_case() -> None:
    assert {path.name.split(".")[0] for path in CASES.iterdir()} == set(NAMES)
    assert len(NAMES) >= 60
