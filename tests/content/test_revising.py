"""Changes of an SOP's life in the text of its file: what they write, and that they can be taken back exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdocs.content import read_workspace
from sopdocs.content.revising import Change, taken_back, with_change
from sopdocs.errors import UsageError
from sopdocs.model import Revisi, Severity, Sop, Status

from .test_fuzz import MODEST
from .workspaces import FRONT, make_workspace

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "tests/gallery"
CASES = sorted((Path(__file__).parent / "cases").glob("baik-*.md"))
PATH = "content/sop/kasus.md"
STEP = "## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n"
FIVE = "| Revisi | Tanggal | Uraian | Alasan | Oleh |\n|---|---|---|---|---|\n"
FOUR = "| Revisi | Tanggal | Uraian | Alasan |\n|---|---|---|---|\n"
REVISE = Change(
    {"status": "direvisi", "revisi": "2024-05-01", "pengesahan": "null", "efektif": "null"},
    ("3", "2024-05-01", "Menambah a|b", "Hasil evaluasi", "Sekretaris"),
)
REVOKE = Change(
    {"status": "digantikan", "pencabutan": "2024-05-01", "pengganti": "pengelolaan-surat-keluar"},
    ("0", "2024-05-01", "Digantikan", "Aplikasi baru", ""),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("kantor"), FRONT + STEP)


def read_text(root: Path, text: str, path: str = PATH) -> Sop:
    reading = read_workspace(root, {path: text})
    assert reading.workspace is not None
    assert [f for f in reading.findings if f.severity is Severity.GALAT and f.span.path == path] == []
    return reading.workspace.sop[Path(path).stem]


def expected(sop: Sop, change: Change) -> Sop:
    """The SOP as a change leaves it."""
    days = {key: date.fromisoformat(change.keys[key]) for key in ("revisi", "pencabutan") if key in change.keys}
    gone = dict.fromkeys(("pengesahan", "efektif")) if "pengesahan" in change.keys else {}
    number, day, *texts = change.row
    row = Revisi(int(number), date.fromisoformat(day), *texts)
    pengganti = change.keys.get("pengganti", sop.pengganti)
    status = Status(change.keys["status"])
    log = (*sop.riwayat_revisi, row)
    return replace(sop, status=status, pengganti=pengganti, riwayat_revisi=log, **days, **gone)


def marked(text: str, ending: str, *, mark: bool, last: bool) -> str:
    """The text as other editors save it."""
    text = text if last else text.rstrip("\n")
    return "\ufeff" * mark + text.replace("\n", ending)


@MODEST
@given(
    text=st.sampled_from(CASES).map(lambda path: path.read_text(encoding="utf-8")),
    change=st.sampled_from([REVISE, REVOKE]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.booleans(),
    last=st.booleans(),
)
def test_any_good_file_changes_as_meant_and_back(
    root: Path, text: str, change: Change, ending: str, mark: bool, last: bool
) -> None:
    before = marked(text, ending, mark=mark, last=last)
    after = with_change(before, change)
    assert read_text(root, after) == expected(read_text(root, before), change)
    assert taken_back(after, before) == before


SHEETS = [*sorted((GALLERY / "content/sop").glob("*.md")), *sorted((ROOT / "content/sop").glob("*.md"))]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_the_sheets_change_as_meant_and_back(path: Path) -> None:
    base, name = path.parents[2], f"content/sop/{path.name}"
    before = path.read_text(encoding="utf-8")
    after = with_change(before, REVISE)
    assert read_text(base, after, name) == expected(read_text(base, before, name), REVISE)
    assert taken_back(after, before) == before


def test_only_the_lines_that_must_differ_differ() -> None:
    change = Change({"status": "direvisi", "revisi": "2024-05-01", "pengesahan": "null"}, REVISE.row)
    before = (
        "---\n# Surat\nnama: Kasus\nrevisi:   null   # hari\npengesahan: '2024-01-03'\n"
        "# siapa\npengesah: camat\npelaksana: [umum]\n---\n\n"
        + STEP
        + "\n## Riwayat Revisi\n"
        + FOUR
        + "\n## Catatan\nx\n"
    )
    after = with_change(before, change)
    assert after == (
        "---\n# Surat\nnama: Kasus\nrevisi:   2024-05-01   # hari\npengesahan: null\nstatus: direvisi\n"
        "# siapa\npengesah: camat\npelaksana: [umum]\n---\n\n" + STEP + "\n## Riwayat Revisi\n" + FIVE
        + "| 3 | 2024-05-01 | Menambah a\\|b | Hasil evaluasi | Sekretaris |\n\n## Catatan\nx\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("end", "log"),
    [
        (STEP, STEP + "\n## Riwayat Revisi\n" + FIVE),
        (STEP.rstrip("\n"), STEP + "\n## Riwayat Revisi\n" + FIVE),
        (STEP + "\n## Riwayat Revisi\n", STEP + "\n## Riwayat Revisi\n" + FIVE),
        (STEP + "\n## RIWAYAT revisi\n" + FIVE.rstrip("\n"), STEP + "\n## RIWAYAT revisi\n" + FIVE),
    ],
)
def test_a_log_that_is_missing_is_made(end: str, log: str) -> None:
    row = "| 3 | 2024-05-01 | Menambah a\\|b | Hasil evaluasi | Sekretaris |\n"
    assert with_change(FRONT + end, REVISE).endswith(log + row)


def test_a_log_is_made_before_the_notes(root: Path) -> None:
    after = with_change(FRONT + STEP + "\n## Catatan\nx\n", REVISE)
    assert after.index("## Riwayat Revisi") < after.index("## Catatan")
    assert read_text(root, after).catatan == "x"


def test_keys_in_braces_and_empty_values(root: Path) -> None:
    braces = "---\n{nama: Kasus, pengesah: camat, pelaksana: [umum], revisi: null}\n---\n\n" + STEP
    assert "pelaksana: [umum], revisi: 2024-05-01, status: direvisi" in with_change(braces, REVISE).split("---")[1]
    empty = FRONT.replace("pengesah", "revisi:\npengesahan: # belum\npengesah", 1) + STEP
    after = with_change(empty, REVISE)
    assert "\nrevisi: 2024-05-01\npengesahan: null # belum\n" in after
    assert read_text(root, after).revisi == date(2024, 5, 1)
    assert taken_back(after, empty) == empty


def test_a_value_over_several_lines_is_not_touched() -> None:
    with pytest.raises(UsageError, match="lebih dari satu baris"):
        with_change(FRONT.replace("pengesah:", "revisi: >\n  2024-01-31\npengesah:") + STEP, REVISE)


LOGS = ["", "\n## Riwayat Revisi\n" + FOUR, "\n## Riwayat Revisi\n" + FIVE + "| 0 | 2024-01-01 | a | b |\n"]


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("change", [REVISE, REVOKE])
def test_edits_since_are_kept_when_a_change_is_taken_back(log: str, change: Change) -> None:
    before = FRONT.replace("pengesah:", "status: berlaku\npengesahan: 2024-01-03\npengesah:") + STEP + log
    edits = {"1. Satu": "1. Sesuatu", "pengesahan: null": "pengesahan: 2024-06-01", "Hasil": "Inilah hasil"}
    edited = with_change(before, change)
    for old, new in edits.items():
        edited = edited.replace(old, new)
    assert taken_back(edited, before) == before.replace("1. Satu", "1. Sesuatu")


def test_a_row_that_was_filled_in_goes_with_the_change() -> None:
    before = FRONT + STEP + "\n## Riwayat Revisi\n" + FIVE
    row = ("1", "2024-05-01", "", "Hasil evaluasi", "")
    after = with_change(before, Change(REVISE.keys, row))
    assert "| 1 | 2024-05-01 | | Hasil evaluasi | |\n" in after
    assert taken_back(after.replace("2024-05-01 | |", "2024-05-01 | Menambah langkah |"), before) == before
