"""What git knows of the archive and of who changed a file last. Optional: without git nothing is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopdocs.content.report import quote
from sopdocs.model import Finding, Severity, Span

if TYPE_CHECKING:
    from dulwich.objects import Commit, ObjectID
    from dulwich.repo import Repo

_MOST_COMMITS = 1_000
"""Commits that are looked at, newest first; what was changed before them is not told."""
_EDITION = re.compile(r"(?:[^/]+/)?edisi-[0-9]+(?=/)")
"""Folder of an edition below the archive."""
_RECORD = "edisi.json"
_LFS = b"version https://git-lfs."


@dataclass(frozen=True, slots=True)
class Perubahan:
    """A commit, as far as people want to know it."""

    commit: str
    """First eight digits of its name."""
    oleh: str
    tanggal: date

    def __str__(self) -> str:
        return f"commit {self.commit} oleh {self.oleh} pada {self.tanggal.isoformat()}"


@dataclass(frozen=True, slots=True)
class History:
    """What git tells of a workspace."""

    findings: tuple[Finding, ...] = ()
    """SOP230, SOP231."""
    root: Path | None = field(default=None, repr=False)
    """The workspace, None without git."""

    def last_change(self, path: str) -> Perubahan | None:
        """The last commit that touched the file at `path` below the workspace; None when git does not know it."""
        return self.last_changes((path,)).get(path)

    def last_changes(self, paths: Iterable[str]) -> dict[str, Perubahan]:
        """The last commits that touched these files, by path; those that git does not know are left out."""
        wanted = set(paths)
        if self.root is None or not wanted:
            return {}
        try:
            return dict(_last_changes(self.root, wanted))
        except Exception:  # noqa: BLE001 - see read_history
            return {}


def read_history(root: Path, archive: Path) -> History:
    """Compare the editions in the folder `archive` with what git keeps of them; nothing without a repository.

    Each file must be as it was first committed. A repository that cannot be read is a catatan (SOP230), never an error.
    """
    if not _worth_reading(root, archive):
        return History()
    try:
        return History(tuple(_findings(root, archive)), root)
    except Exception as error:  # noqa: BLE001 - a damaged repository raises anything, and must not stop the check
        what = quote(str(error) or type(error).__name__)
        message = f"Riwayat git tidak terbaca, jadi arsip tidak dibandingkan dengannya: {what}"
        where = Span(archive.relative_to(root).as_posix())
        return History((Finding(where, "SOP230", message, "periksa dengan: git fsck", Severity.CATATAN),))


def _worth_reading(root: Path, archive: Path) -> bool:
    """Whether there is a repository, and an archive on disk or among what git keeps: loading dulwich takes a while."""
    found = (folder / ".git" for folder in (root.absolute(), *root.absolute().parents))
    git = next((path for path in found if path.exists()), None)
    if git is None or archive.exists() or git.is_file():
        return git is not None
    try:
        return _RECORD.encode() in (git / "index").read_bytes()
    except OSError:
        return False


def with_authors(
    findings: Iterable[Finding], history: History, codes: frozenset[str] = frozenset({"SOP200"})
) -> Iterator[Finding]:
    """Add to the hint of findings of these codes who changed their file last."""
    every = tuple(findings)
    changes = history.last_changes(finding.span.path for finding in every if finding.code in codes)
    for finding in every:
        change = changes.get(finding.span.path) if finding.code in codes else None
        hints = filter(None, (finding.hint, f"terakhir diubah dengan {change}"))
        yield replace(finding, hint="; ".join(hints)) if change else finding


@dataclass(frozen=True, slots=True)
class _Event:
    """A commit gave a path other bytes; None: it was not there."""

    commit: Commit
    before: ObjectID | None
    after: ObjectID | None


def _findings(root: Path, archive: Path) -> Iterator[Finding]:
    repo = _open(root)
    if repo is None:
        return
    with repo:
        below = _within(repo, archive)
        head = _head(repo)
        if below is None or head is None:
            return
        kept = dict(_files(repo, _tree_at(repo, head, below)))
        events = _events(repo, head, below)
        first = {path: found[-1].before or found[-1].after for path, found in events.items()}
        expected = {path: sha for path, sha in (kept | first).items() if sha and _EDITION.match(path)}
        here = archive.relative_to(root).as_posix()
        yield from _damage(repo, _Sides(archive, here, expected, kept, events))


@dataclass(frozen=True, slots=True)
class _Sides:
    archive: Path
    here: str
    """The archive's folder below the workspace."""
    expected: dict[str, ObjectID]
    """What each file of an edition was when it was first committed, by path below the archive."""
    kept: dict[str, ObjectID]
    """What the newest commit has."""
    events: dict[str, list[_Event]]
    """Newest first."""


def _damage(repo: Repo, sides: _Sides) -> Iterator[Finding]:
    """Report, once for each edition and commit, files that are not as they were first committed."""
    bad: dict[tuple[str, str, Commit | None], list[str]] = {}
    for path, sha in sorted(sides.expected.items()):
        moved = sides.kept.get(path) != sha
        # All other files stand with their hashes in the record, which whoever reads the archive has verified.
        if not _is_there(sides.archive / path) or (
            (moved or path.endswith(f"/{_RECORD}")) and _differs(repo, sides.archive / path, sha)
        ):
            found = sides.events.get(path, [])
            commit = _culprit(found, sha) if moved else found[-1].commit if found else None
            edition = _EDITION.match(path)
            key = (edition.group() if edition else "", "SOP231" if moved else "SOP230", commit)
            bad.setdefault(key, []).append(path)
    for (edition, code, commit), paths in bad.items():
        yield _finding(code, f"{sides.here}/{edition}", [f"{sides.here}/{path}" for path in paths], commit)


def _culprit(events: list[_Event], first: ObjectID) -> Commit | None:
    """The last commit that gave a file other bytes than its first; a merge only when no other did."""
    guilty = [event.commit for event in events if event.before is not None and event.after != first]
    return min(guilty, key=lambda commit: len(commit.parents) > 1, default=None)


def _finding(code: str, folder: str, paths: list[str], commit: Commit | None) -> Finding:
    count = f"{len(paths)} berkas di {folder}" if len(paths) > 1 else paths[0]
    who = _told(commit) if commit else None
    if code == "SOP231":
        message = f"Sesudah dicatat di git, {count} diubah atau dihapus" + (f" dengan {who}" if who else "")
        back = f"git checkout {who.commit}^ -- {folder}" if who else ""
        hint = f"arsip tidak pernah ditulis ulang; kembalikan, misalnya dengan: {back}, lalu commit"
    else:
        since = f" ({who})" if who else ""
        message = f"Tidak seperti yang dicatat di git{since}: {count}"
        hint = f"kembalikan, misalnya dengan: git checkout HEAD -- {folder}"
    return Finding(Span(paths[0]), code, message, hint)


def _is_there(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _differs(repo: Repo, path: Path, sha: ObjectID) -> bool:
    """Whether a file's bytes are others than git's; the line ends that git itself changes on Windows do not count."""
    kept = _bytes(repo, sha)
    return not kept.startswith(_LFS) and path.read_bytes().replace(b"\r\n", b"\n") != kept.replace(b"\r\n", b"\n")


def _bytes(repo: Repo, sha: ObjectID) -> bytes:
    data: Any = getattr(repo[sha], "data", b"")
    return bytes(data)


def _last_changes(root: Path, paths: set[str]) -> Iterator[tuple[str, Perubahan]]:
    repo = _open(root)
    if repo is None:
        return
    with repo:
        head = _head(repo)
        below = {path: _within(repo, root / path) for path in paths}
        left = {path: where for path, where in below.items() if head and where and _tree_at(repo, head, where)}
        for commit in _commits(repo, head) if head and left else ():
            parents = _parents(repo, commit)
            for path, where in tuple(left.items()):
                after = _tree_at(repo, commit.id, where)
                # A merge that took the file from either side changed nothing.
                if all(_tree_at(repo, parent, where) != after for parent in parents):
                    del left[path]
                    yield path, _told(commit)
            if not left:
                return


def _open(root: Path) -> Repo | None:
    from dulwich.errors import NotGitRepository
    from dulwich.repo import Repo

    try:
        repo = Repo.discover(str(root.absolute()))
    except NotGitRepository:
        return None
    return None if repo.bare else repo


def _within(repo: Repo, path: Path) -> bytes | None:
    """The path as git writes it; None for one that lies elsewhere, as in a submodule's neighbour."""
    top = Path(repo.path).resolve()
    found = path.resolve()
    return found.relative_to(top).as_posix().encode() if found.is_relative_to(top) else None


def _head(repo: Repo) -> ObjectID | None:
    try:
        return repo.head()
    except KeyError:  # nothing was committed yet
        return None


def _commits(repo: Repo, head: ObjectID) -> Iterator[Commit]:
    return (entry.commit for entry in repo.get_walker(include=[head], max_entries=_MOST_COMMITS))


def _parents(repo: Repo, commit: Commit) -> list[ObjectID]:
    """Parents that are there: a shallow clone ends somewhere."""
    return [parent for parent in repo.get_parents(commit.id, commit) if parent in repo.object_store]


def _tree_at(repo: Repo, commit: ObjectID, path: bytes) -> ObjectID | None:
    """The object at a path in a commit, None where there is none."""
    from dulwich.objects import Tree

    found = repo[commit]
    sha: Any = getattr(found, "tree", b"")
    for part in path.split(b"/") if path != b"." else ():
        tree = repo[sha]
        if not isinstance(tree, Tree) or part not in tree:
            return None
        sha = tree[part][1]
    return sha


def _files(repo: Repo, tree: ObjectID | None) -> Iterator[tuple[str, ObjectID]]:
    """Every file below a tree."""
    from dulwich.objects import Tree

    if tree is None or not isinstance(repo[tree], Tree):
        return
    for entry in repo.object_store.iter_tree_contents(tree):
        if entry.path and entry.sha:
            yield entry.path.decode(errors="surrogateescape"), entry.sha


def _events(repo: Repo, head: ObjectID, archive: bytes) -> dict[str, list[_Event]]:
    """What commits did to the files of editions, newest first, by path below the archive."""
    found: dict[str, list[_Event]] = {}
    known: dict[ObjectID, ObjectID | None] = {}

    def tree_of(commit: ObjectID) -> ObjectID | None:
        if commit not in known:
            known[commit] = _tree_at(repo, commit, archive)
        return known[commit]

    for commit in _commits(repo, head):
        after = tree_of(commit.id)
        parents = _parents(repo, commit)
        for before in [tree_of(parent) for parent in parents] or [None]:
            for path, old, new in _differences(repo, before, after):
                found.setdefault(path, []).append(_Event(commit, old, new))
    return found


def _differences(
    repo: Repo, before: ObjectID | None, after: ObjectID | None
) -> Iterator[tuple[str, ObjectID | None, ObjectID | None]]:
    """Files of editions that differ between two trees of the archive: path, what it was, what it is."""
    from dulwich.diff_tree import tree_changes

    if before == after:
        return
    for change in tree_changes(repo.object_store, before, after):
        old, new = change.old, change.new
        path = (new and new.path) or (old and old.path) or b""
        name = path.decode(errors="surrogateescape")
        if _EDITION.match(name):
            yield name, old and old.sha, new and new.sha


def _told(commit: Commit) -> Perubahan:
    written = commit.author.decode(errors="replace").partition("<")[0]
    author = "".join(mark for mark in written if mark.isprintable()).strip() or "tanpa nama"
    moment = datetime.fromtimestamp(commit.author_time, UTC) + timedelta(seconds=commit.author_timezone)
    return Perubahan(commit.id.decode()[:8], author, moment.date())
