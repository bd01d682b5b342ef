"""The manifest survives writing and reading; a damaged one counts as none."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopdocs.engine.manifest import NAME, Manifest, Output, SheetEntry, read_manifest
from sopdocs.model import Finding, Severity, Span

FINDING = Finding(Span("content/sop/a.md", 3, 4), "SOP801", "pesan", "saran", Severity.PERINGATAN)


def full() -> Manifest:
    entry = SheetEntry("a", "Nama & “A”", None, 2, ("alasan",), (FINDING.record(),))
    return Manifest({"sopdocs": "1"}, {"content/a": "00"}, {"sop/a.pdf": Output("aa", 3, "kk")}, {"a": entry})


def test_round_trip(tmp_path: Path) -> None:
    full().write(tmp_path)
    assert read_manifest(tmp_path) == full()
    assert read_manifest(tmp_path).sop["a"].findings == (FINDING,)


def test_equal_builds_write_equal_bytes(tmp_path: Path) -> None:
    full().write(tmp_path)
    first = (tmp_path / NAME).read_bytes()
    full().write(tmp_path)
    assert (tmp_path / NAME).read_bytes() == first


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": "lain/9"}', '{"format": "sopdocs-manifest/1"}'])
def test_anything_else_counts_as_empty(text: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path) == Manifest()


def test_a_missing_one_counts_as_empty(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == Manifest()
