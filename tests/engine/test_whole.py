"""The page numbers of the table of contents come true, however long it is itself."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import cast

import pytest

from sopdocs.engine import whole
from sopdocs.engine.attachments import Approvals
from sopdocs.engine.crew import Task
from sopdocs.engine.manifest import BundleEntry, Manifest, PartEntry
from sopdocs.engine.outputs import Outputs
from sopdocs.engine.whole import CONTENTS, Whole
from sopdocs.errors import OutputRejectedError
from sopdocs.word import ContentsEntry

from ..workspaces import make_workspace
from .test_stages import job

AROUND = ("bagian/sampul", "bagian/keputusan", "bagian/penjelasan", "bagian/register")
PAGES = dict.fromkeys(AROUND, 1) | {"sop/surat-keluar": 2, "sop/surat-masuk": 3}


def first_pages(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    lengths: Sequence[int],
    before: int | None = None,
    seen: list[tuple[ContentsEntry, ...]] | None = None,
) -> tuple[dict[str, int], int]:
    """First page of each part, and how often the table of contents was made.

    Its lengths are given, its lines are added to `seen`.
    """
    lines = [] if seen is None else seen
    sheet = job(make_workspace(folder))
    old = Manifest(bundel=BundleEntry(9, (PartEntry(CONTENTS, "", 3, before),)) if before else None)
    outputs = Outputs(folder, old, Manifest(), lambda _: None)
    rounds = iter(lengths)
    monkeypatch.setattr(whole, "make_contents", lambda entries, *_: lines.append(entries) or b"")
    monkeypatch.setattr(Whole, "inputs", None)
    monkeypatch.setattr(Whole, "_made", lambda *_: iter(()))
    monkeypatch.setattr(Whole, "_pages", lambda *_: next(rounds))
    made = Whole(sheet.workspace, sheet.surroundings, outputs, None, Approvals({}))
    entries = returned(made._contents(PAGES))
    return {entry.kunci: entry.halaman for entry in entries}, len(lengths) - len(list(rounds))


def returned(work: Generator[Sequence[Task], None, tuple[PartEntry, ...]]) -> tuple[PartEntry, ...]:
    """What a work without tasks returns in the end."""
    try:
        next(work)
    except StopIteration as end:
        return cast(tuple[PartEntry, ...], end.value)
    raise AssertionError


def test_one_page_of_contents_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, rounds = first_pages(tmp_path, monkeypatch, [1, 1])
    assert rounds == 1
    assert pages == {
        "bagian/sampul": 1,
        "bagian/keputusan": 2,
        "bagian/daftar-isi": 3,
        "bagian/penjelasan": 4,
        "bagian/register": 5,
        "sop/surat-keluar": 6,
        "sop/surat-masuk": 8,
    }


def test_longer_contents_move_what_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, rounds = first_pages(tmp_path, monkeypatch, [3, 3, 3])
    assert rounds == 2
    assert pages["sop/surat-masuk"] == 10


def test_the_sheets_stand_below_a_line_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[ContentsEntry, ...]] = []
    first_pages(tmp_path, monkeypatch, [1], seen=seen)
    lines = [(line.judul, line.kunci, line.halaman, line.tingkat) for line in seen[0]]
    assert lines[3:] == [
        ("Register SOP", "bagian/register", 5, 0),
        ("Standar Operasional Prosedur", "", 6, 0),
        ("Surat Keluar", "sop/surat-keluar", 6, 1),
        ("Surat Masuk", "sop/surat-masuk", 8, 1),
    ]


def test_the_length_of_the_last_build_saves_a_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert first_pages(tmp_path, monkeypatch, [3, 3], before=3)[1] == 1


@pytest.mark.parametrize(("sheets", "pages"), [(20, 1), (21, 2), (60, 3), (200, 8)])
def test_contents_are_thought_as_long_as_their_lines_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheets: int, pages: int
) -> None:
    """Five parts stand around the sheets; the cover has no line, but the sheets have one for all of them."""
    monkeypatch.setattr(Whole, "_order", lambda _: [("", "")] * (5 + sheets))
    sheet = job(make_workspace(tmp_path))
    outputs = Outputs(tmp_path, Manifest(), Manifest(), lambda _: None)
    assert Whole(sheet.workspace, sheet.surroundings, outputs, None, Approvals({}))._expected() == pages


def test_contents_that_never_settle_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OutputRejectedError, match="daftar isi"):
        first_pages(tmp_path, monkeypatch, [2, 1, 2, 1, 2])
