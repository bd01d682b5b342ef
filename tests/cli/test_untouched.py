"""A build with nothing to do answers at once, and never when there is something to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sopdocs.cli import run, untouched

from ..workspaces import edit


def answered(root: Path, *arguments: str) -> int | None:
    return untouched.answer(["-C", str(root), *(arguments or ("build",))])


def test_the_second_call_says_what_the_first_one_said(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(copy), "build"]) == 0
    first = capsys.readouterr()
    assert answered(copy) == 0
    second = capsys.readouterr()
    assert second.out == first.out
    findings = [line for line in first.err.splitlines() if line.startswith("content/")]
    assert [line for line in second.err.splitlines() if line.startswith("content/")] == findings
    assert "0 berkas dibuat" in second.err


def add_sop(root: Path) -> None:
    text = (root / "content" / "sop" / "surat-masuk.md").read_text(encoding="utf-8")
    (root / "content" / "sop" / "surat-baru.md").write_text(text, encoding="utf-8")


def replace_with_old_times(root: Path) -> None:
    """Same size, same time of content: the time of the file's record cannot be set."""
    path = root / "content" / "sop" / "surat-masuk.md"
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"contoh", b"Contoh", 1))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def change_in_place(root: Path) -> None:
    """As most editors save: the folder's own times stay."""
    path = root / "content" / "sop" / "surat-masuk.md"
    with path.open("r+b") as file:
        file.write(path.read_bytes().replace(b"contoh", b"Contoh", 1))


def own_template(root: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates" / "sop.docx").write_bytes(b"PK")


CHANGES: list[Callable[[Path], object]] = [
    lambda root: edit(root, "surat-masuk", "Memahami contoh", "Hal lain"),
    lambda root: (root / "content" / "sop" / "surat-masuk.md").unlink(),
    lambda root: (root / "build" / "sop" / "surat-masuk.pdf").write_bytes(b"%PDF"),
    lambda root: (root / "build" / "bundel.pdf").unlink(),
    lambda root: (root / "build" / "manifest.json").write_text("{}", encoding="utf-8"),
    lambda root: (root / "build" / ".cache" / "utuh.json").write_text("{", encoding="utf-8"),
    lambda root: (root / "build" / ".cache" / "utuh.json").write_text("[]", encoding="utf-8"),
    lambda root: (root / "content" / "gambar").mkdir(),
    lambda root: (root / "instansi").mkdir(),
    lambda root: (root / "arsip" / "2024" / "edisi-0").mkdir(parents=True),
    add_sop,
    change_in_place,
    replace_with_old_times,
    own_template,
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_touched_is_left_to_the_build(copy: Path, change: Callable[[Path], object]) -> None:
    assert run(["-C", str(copy), "build"]) == 0
    assert answered(copy) == 0
    change(copy)
    assert answered(copy) is None


def test_what_lies_behind_links_is_looked_at(copy: Path, tmp_path: Path) -> None:
    (copy / "content" / "sop").rename(tmp_path / "bersama")
    (copy / "content" / "sop").symlink_to(tmp_path / "bersama")
    (tmp_path / "bersama" / "putaran").symlink_to(copy / "content")
    assert run(["-C", str(copy), "build"]) == 0
    assert answered(copy) == 0
    change_in_place(copy)
    assert answered(copy) is None


def test_times_in_whole_seconds_are_trusted_when_they_are_past(copy: Path) -> None:
    """On a USB stick a file may change twice within what its times tell."""
    path = copy / "content" / "sop" / "surat-masuk.md"
    os.utime(path, (0, int(time.time())))
    assert run(["-C", str(copy), "build"]) == 0
    assert answered(copy) is None
    os.utime(path, (0, int(time.time()) - 60))
    assert run(["-C", str(copy), "build"]) == 0
    assert answered(copy) == 0


def test_an_output_that_changes_during_the_build_is_mended_by_the_next(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = untouched.remember

    def late(*arguments: object) -> None:
        (copy / "build" / "sop" / "surat-masuk.docx").write_bytes(b"PK")
        told(*arguments)  # type: ignore[arg-type]

    (copy / "content" / "gambar").mkdir()
    monkeypatch.setattr(untouched, "remember", late)
    assert run(["-C", str(copy), "build"]) == 0
    assert answered(copy) is None


def test_another_day_begins_during_a_build(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = untouched.remember

    def late(*arguments: object) -> None:
        monkeypatch.setattr(untouched, "_today", lambda: "2026-01-02")
        told(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(untouched, "remember", late)
    monkeypatch.setattr(untouched, "_today", lambda: "2026-01-01")
    (copy / "content" / "gambar").mkdir()
    assert run(["-C", str(copy), "build"]) == 0
    assert answered(copy) is None


def test_paths_are_told_as_seen_from_where_it_was_called(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copy.parent)
    assert run(["-C", copy.name, "build"]) == 0
    assert untouched.answer(["-C", f"{copy.name}/", "build"]) == 0
    monkeypatch.chdir(copy)
    assert untouched.answer(["build"]) is None
    capsys.readouterr()
    assert run(["build"]) == 0
    assert f"Selesai: {Path('build/bundel-ttd.pdf')}" in capsys.readouterr().out


def test_nobody_listens(copy: Path) -> None:
    assert run(["-C", str(copy), "build"]) == 0
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "sopdocs", "-C", str(copy), "build"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("name", ["versi", "hari", "setelan", "alat"])
def test_another_tool_day_or_version_is_left_to_the_build(copy: Path, name: str) -> None:
    assert run(["-C", str(copy), "build"]) == 0
    path = copy / "build" / ".cache" / "utuh.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record[name] = {"lain": [1, 2, 3, 4]} if name == "alat" else "lain"
    path.write_text(json.dumps(record), encoding="utf-8")
    assert answered(copy) is None


@pytest.mark.parametrize(
    "arguments", [("check",), ("build", "surat-masuk"), ("build", "--explain"), ("build", "--json"), ()]
)
def test_anything_else_is_left_to_the_rest(copy: Path, arguments: tuple[str, ...]) -> None:
    assert run(["-C", str(copy), "build"]) == 0
    assert untouched.answer(["-C", str(copy), *arguments]) is None


def test_a_build_with_other_outputs_is_not_taken_for_the_usual_one(copy: Path) -> None:
    assert run(["-C", str(copy), "build"]) == 0
    assert run(["-C", str(copy), "build", "--sertakan-sumber"]) == 0
    assert answered(copy) is None


def test_a_file_that_changes_while_it_is_built_is_built_again(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = untouched.remember

    def late(*arguments: object) -> None:
        edit(copy, "surat-masuk", "Memahami contoh", "Hal lain")
        told(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(untouched, "remember", late)
    edit(copy, "surat-keluar", "Memahami contoh", "Hal baru")
    assert run(["-C", str(copy), "build"]) == 0
    assert answered(copy) is None


def test_the_answer_needs_hardly_anything(copy: Path) -> None:
    """The time of this path is that of starting Python."""
    program = "import sys; from sopdocs.cli import untouched; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"pathlib", "click", "rich", "dataclasses", "typing", "lxml", "sopdocs.model"}


def test_sources_that_changed_after_the_build_are_counted_without_reading_them(tmp_path: Path) -> None:
    (tmp_path / "content" / "sop").mkdir(parents=True)
    for name in "abc":
        (tmp_path / "content" / "sop" / f"{name}.md").write_text(name)
    manifest = tmp_path / "manifest.json"
    everything = untouched.count_touched(untouched.Before(str(tmp_path), []).sources, str(manifest))
    assert everything == 5  # with both folders
    time.sleep(0.02)
    manifest.write_text("{}")
    assert untouched.count_touched(untouched.Before(str(tmp_path), []).sources, str(manifest)) == 0
    time.sleep(0.02)
    (tmp_path / "content" / "sop" / "b.md").write_text("baru")
    assert untouched.count_touched(untouched.Before(str(tmp_path), []).sources, str(manifest)) == 1
