"""A further reading takes only what changed, and says the same as a first one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sopdocs.content import Memory, memory, read_workspace

from ..workspaces import edit, make_workspace


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of the files that were parsed."""
    paths: list[str] = []
    real = memory.parse_document
    monkeypatch.setattr(
        memory, "parse_document", lambda source, report: (paths.append(source.path), real(source, report))[1]
    )
    return paths


def test_only_the_changed_file_is_parsed(tmp_path: Path, parsed: list[str]) -> None:
    root, held = make_workspace(tmp_path), Memory()
    first = read_workspace(root, memory=held)
    assert len(parsed) == 2
    assert read_workspace(root, memory=held) == first
    assert len(parsed) == 2
    edit(root, "surat-masuk", "Disimpan.", "Disimpan rapi.")
    read_workspace(root, memory=held)
    assert parsed[2:] == ["content/sop/surat-masuk.md"]


def test_all_are_read_again_when_what_they_refer_to_changes(tmp_path: Path, parsed: list[str]) -> None:
    root, held = make_workspace(tmp_path), Memory()
    read_workspace(root, memory=held)
    with (root / "content" / "pelaksana.yaml").open("a") as file:
        file.write("lurah: {nama: Lurah}\n")
    read_workspace(root, memory=held)
    assert sorted(parsed[2:]) == ["content/sop/surat-keluar.md", "content/sop/surat-masuk.md"]


EDITS = (
    ("surat-masuk", "nama: Surat Masuk", "nama: Surat Datang"),
    ("surat-masuk", "- SOP lain", "- [[surat-keluar]]"),
    ("surat-keluar", "pengesah: camat", "pengesah: cemat"),
    ("surat-keluar", "---\nnomor", "--\nnomor"),
    ("surat-masuk", "- Waktu: 5 menit", "- Waktu: lama"),
    ("surat-keluar", "### 2. ", "### 3. "),
)


@pytest.mark.parametrize("seed", range(8))
def test_a_memory_never_changes_what_is_read(seed: int, tmp_path: Path) -> None:
    root, held = make_workspace(tmp_path), Memory()
    edits = [*EDITS, *((slug, new, old) for slug, old, new in EDITS)]
    rng = random.Random(seed)
    for slug, old, new in rng.choices(edits, k=20):
        path = root / "content" / "sop" / f"{slug}.md"
        text = path.read_text(encoding="utf-8") if path.exists() else (root / "kept.md").read_text(encoding="utf-8")
        path.write_text(text.replace(old, new), encoding="utf-8")
        if rng.random() < 0.2:
            path.replace(root / "kept.md")
            read_workspace(root, memory=held)
            (root / "kept.md").replace(path)
        remembered, fresh = read_workspace(root, memory=held), read_workspace(root)
        assert remembered == fresh
        assert [f.span for f in remembered.findings] == [f.span for f in fresh.findings]
