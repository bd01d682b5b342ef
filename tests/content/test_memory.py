"""A further reading takes only what changed, and says the same as a first one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sopdocs.content import Memory, read_workspace

from ..workspaces import edit, make_workspace


def test_only_the_changed_file_is_parsed(tmp_path: Path, parsed: list[str]) -> None:
    root, held = make_workspace(tmp_path), Memory()
    first = read_workspace(root, memory=held)
    assert len(parsed) == 2
    assert read_workspace(root, memory=held) == first
    assert len(parsed) == 2
    edit(root, "surat-masuk", "Disimpan.", "Disimpan rapi.")
    read_workspace(root, memory=held)
    assert parsed[2:] == ["content/sop/surat-masuk.md"]


def test_those_are_read_again_that_refer_to_what_changes(tmp_path: Path, judged: list[str]) -> None:
    root, held = make_workspace(tmp_path), Memory()
    edit(root, "surat-masuk", "- SOP lain", "- [[surat-keluar]]")
    read_workspace(root, memory=held)
    del judged[:]
    for path, text in (("pelaksana", "lurah: {nama: Lurah}\n"), ("pejabat", "plt: {jabatan: A, nama: B, nip: C}\n")):
        with (root / "content" / f"{path}.yaml").open("a") as file:
            file.write(text)
        read_workspace(root, memory=held)
    assert judged == []
    edit(root, "surat-keluar", "nama: Surat Keluar", "nama: Surat Terkirim")
    read_workspace(root, memory=held)
    assert sorted(judged) == ["surat-keluar", "surat-masuk"]
    del judged[:]
    edit(root, "surat-masuk", "pengesah: camat", "pengesah: cemat")  # its hint names all officials
    read_workspace(root, memory=held)
    with (root / "content" / "pejabat.yaml").open("a") as file:
        file.write("cemar: {jabatan: A, nama: B, nip: C}\n")
    assert read_workspace(root, memory=held) == read_workspace(root)
    assert judged == ["surat-masuk", "surat-masuk", "surat-keluar", "surat-masuk"]


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
