"""What git tells of the archive: made-up repositories, whole, damaged, and none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dulwich import porcelain
from dulwich.repo import Repo

from sopdocs.content.git_history import History, read_history, with_authors
from sopdocs.model import Finding, Severity, Span

FIRST = "arsip/2024/edisi-0"
SECOND = "arsip/2025/edisi-1"
DAY = 86_400
MORNING = 1_704_153_600
"""2 January 2024, midnight in Greenwich."""


def write(root: Path, texts: dict[str, str | None]) -> None:
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8", newline="")


def commit(root: Path, day: int, who: str, texts: dict[str, str | None]) -> str:
    """Commit these texts (None: removed) so many days after the first; its name's first eight digits."""
    write(root, texts)
    with Repo.discover(str(root)) as repo:
        top = Path(repo.path)
        names = [str((root / name).relative_to(top)) for name in texts]
        repo.get_worktree().stage(names)
        author = f"{who} <{who.casefold()}@contoh.example>".encode()
        when = MORNING + day * DAY
        times = {"commit_timestamp": when, "author_timestamp": when, "commit_timezone": 0, "author_timezone": 8 * 3600}
        made = repo.get_worktree().commit(message=b"x", author=author, committer=author, **times)
    return made.decode()[:8]


def edition(folder: str, nomor: int) -> dict[str, str | None]:
    return {f"{folder}/edisi.json": f'{{"nomor": {nomor}}}\n', f"{folder}/sop/surat.pdf": f"%PDF {nomor}\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace below the top of its repository, with two editions."""
    Repo.init(str(tmp_path)).close()
    here = tmp_path / "kantor"
    commit(here, 0, "Sari", {"content/sop/surat.md": "satu\n", **edition(FIRST, 0)})
    commit(here, 366, "Budi", {"content/sop/surat.md": "dua\n", **edition(SECOND, 1)})
    return here


def told(root: Path) -> list[tuple[str, str]]:
    findings = read_history(root, root / "arsip").findings
    assert all(finding.severity is Severity.GALAT for finding in findings)
    return [(finding.code, finding.span.path) for finding in findings]


def test_editions_as_they_were_committed_give_nothing(root: Path) -> None:
    assert told(root) == []


def test_an_edition_that_is_not_yet_committed_gives_nothing(root: Path) -> None:
    write(root, edition("arsip/2026/edisi-2", 2))
    assert told(root) == []


def test_what_is_no_edition_may_change(root: Path) -> None:
    commit(root, 367, "Budi", {"arsip/terbuka/surat.md": "satu\n", "arsip/lama.pdf": "x"})
    commit(root, 368, "Budi", {"arsip/terbuka/surat.md": None, "arsip/lama.pdf": "y"})
    write(root, {"arsip/lama.pdf": "z"})
    assert told(root) == []


def test_a_missing_edition_is_told_with_the_commit_that_brought_it(root: Path) -> None:
    shutil.rmtree(root / SECOND)
    (finding,) = read_history(root, root / "arsip").findings
    assert (finding.code, finding.span.path) == ("SOP230", f"{SECOND}/edisi.json")
    assert f"2 berkas di {SECOND}" in finding.message
    assert "oleh Budi pada 2025-01-02" in finding.message
    assert f"git checkout HEAD -- {SECOND}" in finding.hint


def test_a_whole_archive_that_is_gone_is_told(root: Path) -> None:
    shutil.rmtree(root / "arsip")
    assert told(root) == [("SOP230", f"{FIRST}/edisi.json"), ("SOP230", f"{SECOND}/edisi.json")]


def test_a_rewritten_record_is_told(root: Path) -> None:
    write(root, {f"{FIRST}/edisi.json": '{"nomor": 9}\n'})
    assert told(root) == [("SOP230", f"{FIRST}/edisi.json")]


def test_line_ends_that_git_changes_on_windows_are_no_damage(root: Path) -> None:
    write(root, {f"{FIRST}/edisi.json": '{"nomor": 0}\r\n'})
    assert told(root) == []


def test_a_later_commit_that_changes_an_edition_is_told_by_name_and_day(root: Path) -> None:
    name = commit(root, 400, "Tono", {f"{FIRST}/sop/surat.pdf": "%PDF lain\n"})
    commit(root, 401, "Sari", {"content/sop/surat.md": "tiga\n"})
    (finding,) = read_history(root, root / "arsip").findings
    assert (finding.code, finding.span.path) == ("SOP231", f"{FIRST}/sop/surat.pdf")
    assert f"commit {name} oleh Tono pada 2025-02-05" in finding.message
    assert f"git checkout {name}^ -- {FIRST}" in finding.hint


def test_a_later_commit_that_deletes_an_edition_is_one_finding(root: Path) -> None:
    commit(root, 400, "Tono", dict.fromkeys(edition(FIRST, 0)))
    assert told(root) == [("SOP231", f"{FIRST}/edisi.json")]


def test_an_edition_put_back_gives_nothing_committed_or_not(root: Path) -> None:
    commit(root, 400, "Tono", {**dict.fromkeys(edition(FIRST, 0)), f"{SECOND}/edisi.json": "{}"})
    assert len(told(root)) == 2
    write(root, {**edition(FIRST, 0), **edition(SECOND, 1)})
    assert told(root) == []
    commit(root, 402, "Sari", {**edition(FIRST, 0), **edition(SECOND, 1)})
    assert told(root) == []


def test_a_merge_that_brings_an_edition_gives_nothing_and_one_that_drops_it_is_told(root: Path) -> None:
    top = root.parent
    porcelain.branch_create(str(top), "lain")
    commit(root, 370, "Sari", edition("arsip/2026/edisi-2", 2))
    with Repo(str(top)) as repo:
        ours = repo.head()
        porcelain.checkout(repo, "lain")
    commit(root, 371, "Tono", {"content/sop/surat.md": "lain\n"})
    with Repo(str(top)) as repo:
        author = b"Tono <tono@contoh.example>"
        times = {"commit_timestamp": MORNING + 380 * DAY, "author_timestamp": MORNING + 380 * DAY}
        zones = {"commit_timezone": 0, "author_timezone": 0}
        repo.get_worktree().commit(
            message=b"gabung", author=author, committer=author, merge_heads=[ours], **times, **zones
        )
    assert told(root) == [("SOP231", "arsip/2026/edisi-2/edisi.json")]
    commit(root, 390, "Sari", edition("arsip/2026/edisi-2", 2))
    assert told(root) == []


def test_one_who_merges_is_not_blamed_for_another(root: Path) -> None:
    top = root.parent
    porcelain.branch_create(str(top), "lain")
    commit(root, 370, "Tono", {f"{FIRST}/edisi.json": "{}"})
    with Repo(str(top)) as repo:
        guilty = repo.head()
        porcelain.checkout(repo, "lain")
    commit(root, 371, "Sari", {"content/sop/surat.md": "lain\n"})
    write(root, {f"{FIRST}/edisi.json": "{}"})
    with Repo(str(top)) as repo:
        repo.get_worktree().stage([f"kantor/{FIRST}/edisi.json"])
        author = b"Sari <sari@contoh.example>"
        times = {"commit_timestamp": MORNING + 380 * DAY, "author_timestamp": MORNING + 380 * DAY}
        zones = {"commit_timezone": 0, "author_timezone": 0}
        repo.get_worktree().commit(
            message=b"gabung", author=author, committer=author, merge_heads=[guilty], **times, **zones
        )
    (finding,) = read_history(root, root / "arsip").findings
    assert finding.code == "SOP231"
    assert "oleh Tono" in finding.message


def test_the_last_who_changed_a_file_is_named(root: Path) -> None:
    history = read_history(root, root / "arsip")
    found = [Finding(Span("content/sop/surat.md", 3), code, "Berbeda", "kembalikan") for code in ("SOP200", "SOP201")]
    first, second = with_authors(found, history)
    assert first.hint.startswith("kembalikan; terakhir diubah dengan commit ")
    assert first.hint.endswith("oleh Budi pada 2025-01-02")
    assert second is found[1]
    assert history.last_change("content/sop/lain.md") is None


def test_a_name_cannot_bring_control_characters_to_the_terminal(root: Path) -> None:
    commit(root, 400, "Tono\x1b[2J", {"content/sop/surat.md": "tiga\n"})
    change = read_history(root, root / "arsip").last_change("content/sop/surat.md")
    assert change is not None
    assert change.oleh == "Tono[2J"


def test_without_a_repository_nothing_is_said(tmp_path: Path) -> None:
    write(tmp_path, edition(FIRST, 0))
    history = read_history(tmp_path, tmp_path / "arsip")
    assert history == History()
    assert history.last_change("content/sop/surat.md") is None
    assert list(with_authors([Finding(Span("a"), "SOP200", "x")], history)) == [Finding(Span("a"), "SOP200", "x")]


def test_a_repository_without_commits_or_without_the_archive_gives_nothing(tmp_path: Path) -> None:
    Repo.init(str(tmp_path)).close()
    write(tmp_path, edition(FIRST, 0))
    assert told(tmp_path) == []
    commit(tmp_path, 0, "Sari", {"content/sop/surat.md": "satu\n"})
    assert told(tmp_path) == []


def test_a_bare_repository_gives_nothing(tmp_path: Path) -> None:
    Repo.init_bare(str(tmp_path / ".git"), mkdir=True).close()
    write(tmp_path, edition(FIRST, 0))
    assert told(tmp_path) == []


@pytest.mark.parametrize("broken", ["objects", "refs", "HEAD", "config"])
def test_a_broken_repository_is_a_note_at_most(broken: str, root: Path) -> None:
    target = root.parent / ".git" / broken
    if target.is_dir():
        shutil.rmtree(target)
        target.mkdir()
    else:
        target.write_bytes(b"\x00\xff[rusak")
    history = read_history(root, root / "arsip")
    assert {(finding.code, finding.severity) for finding in history.findings} <= {("SOP230", Severity.CATATAN)}
    assert history.last_change("content/sop/surat.md") is None


def test_truncated_objects_are_a_note(root: Path) -> None:
    for path in (root.parent / ".git" / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(path.read_bytes()[:9])
    (finding,) = read_history(root, root / "arsip").findings
    assert (finding.code, finding.severity, finding.span.path) == ("SOP230", Severity.CATATAN, "arsip")


def test_a_file_that_names_no_repository_is_borne(tmp_path: Path) -> None:
    write(tmp_path, {**edition(FIRST, 0), ".git": "gitdir: /tidak/ada\n"})
    history = read_history(tmp_path, tmp_path / "arsip")
    assert {finding.severity for finding in history.findings} <= {Severity.CATATAN}


def test_a_shallow_clone_is_judged_by_what_it_has(root: Path) -> None:
    commit(root, 400, "Tono", {f"{FIRST}/edisi.json": "{}"})
    commit(root, 401, "Sari", {"content/sop/surat.md": "tiga\n"})
    with Repo(str(root.parent)) as repo:
        head = repo.head()
        repo.update_shallow([head], [])
        below = list(repo[head].parents)
        for sha in below:
            Path(repo.path, ".git", "objects", sha[:2].decode(), sha[2:].decode()).unlink()
    assert told(root) == []
    (root / FIRST / "sop/surat.pdf").unlink()
    assert told(root) == [("SOP230", f"{FIRST}/sop/surat.pdf")]


def test_a_worktree_beside_the_repository_is_read(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    beside = tmp_path_factory.mktemp("kerja") / "pohon"
    porcelain.worktree_add(str(root.parent), str(beside), "cabang")
    shutil.rmtree(beside / "kantor" / SECOND)
    assert told(beside / "kantor") == [("SOP230", f"{SECOND}/edisi.json")]
