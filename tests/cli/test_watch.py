"""`check --watch` and `build --watch`: what is done at each change, and which changes count."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, Queue

import pytest

from sopdocs.cli import run, watching
from sopdocs.cli.building import Wish
from sopdocs.cli.checking import View
from sopdocs.cli.codes import Selection
from sopdocs.cli.progress import Telling
from sopdocs.errors import UsageError
from sopdocs.office import warm

from ..workspaces import edit, make_workspace

_TIME = datetime(2024, 2, 3, 3, 4, 5)
_BEGIN = "[03:04:05] Memeriksa content/ …\n"
_END = "[03:04:05] Menunggu perubahan di content/ dan templates/ (Ctrl+C untuk berhenti)\n"


def _break_then_mend(root: Path) -> Iterator[None]:
    yield
    edit(root, "surat-masuk", "- Waktu: 5 menit", "- Waktu: sebentar")
    yield
    edit(root, "surat-masuk", "- Waktu: sebentar", "- Waktu: 5 menit")
    yield


def test_each_change_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    assert watching.watch(root, View(), _break_then_mend(root), lambda: _TIME) == 0
    rounds = capsys.readouterr().out.split(_BEGIN)[1:]
    assert rounds[0] == rounds[2] == f"Tidak ada temuan.\n{_END}"
    assert rounds[1].startswith("content/sop/surat-masuk.md:33:10: galat SOP048 Waktu “sebentar”")
    assert rounds[1].endswith(f"3 galat, 0 peringatan, 0 catatan\n{_END}")


def test_only_chosen_findings_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "- Waktu: 5 menit", "- Waktu: sebentar")
    assert watching.watch(root, View(selection=Selection(ignore=("SOP0",))), [None], lambda: _TIME) == 0
    assert "SOP048" not in capsys.readouterr().out
    assert watching.watch(root, View(), [None], lambda: _TIME) == 1


def test_only_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "check", "--watch", "--format", "json"]) == 2
    assert "--watch hanya untuk --format text" in capsys.readouterr().err


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path / "tidak-ada"), "check", "--watch"]) == 2
    assert "tidak-ada tidak ada" in capsys.readouterr().err


def _now() -> datetime:
    return datetime.now(UTC)


def _write_twice(root: Path) -> Iterator[None]:
    edit(root, "surat-masuk", "Memahami contoh", "Memahami contoh pertama")
    yield
    edit(root, "surat-masuk", "Memahami contoh pertama", "Memahami contoh kedua")
    yield


@pytest.mark.skipif(sys.platform != "linux", reason="LibreOfficeKit is Linux's")
def test_each_edit_is_built_by_the_same_libreoffice(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[object] = []
    start = warm.child
    monkeypatch.setattr(warm, "child", lambda *given, **named: started.append(given) or start(*given, **named))
    assert watching.build(copy, Wish(), _write_twice(copy), _now) == 0
    told = capsys.readouterr()
    made = [line.removeprefix("dibuat build/") for line in told.err.splitlines() if line.startswith("dibuat ")]
    assert made == 2 * ["sop/surat-masuk.docx", "sop/surat-masuk.pdf", "bundel.pdf", "bundel-ttd.pdf"]
    assert told.out.count("Menunggu perubahan di content/ dan templates/") == 2
    assert len(started) == 1


def _without_letterhead(root: Path) -> None:
    (root / "content" / "instansi.yaml").unlink()
    (root / "instansi" / "kecamatan-lain").mkdir(parents=True)


def _with_unreadable_letterhead(root: Path) -> None:
    (root / "content" / "instansi.yaml").write_text("kop: [\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without_letterhead, "Galat: Folder kerja ini memuat 1 instansi dan content/ tanpa instansi.yaml"),
        (_with_unreadable_letterhead, "Galat: Folder kerja ini belum dapat dipakai"),
    ],
)
def test_what_cannot_be_built_is_told_and_the_next_edit_is_built(
    copy: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], said: str
) -> None:
    letterhead = (copy / "content" / "instansi.yaml").read_bytes()
    told: list[str] = []

    def spoilt_then_mended() -> Iterator[None]:
        spoil(copy)
        yield
        told.append(capsys.readouterr().err)
        (copy / "content" / "instansi.yaml").write_bytes(letterhead)
        yield
        told.append(capsys.readouterr().err)

    assert watching.build(copy, Wish(), spoilt_then_mended(), _now) == 0
    spoilt, mended = told
    assert said in spoilt
    assert "Galat" not in mended
    assert mended.startswith("0 berkas dibuat, ")


def test_tools_that_are_replaced_meanwhile_make_nothing(
    copy: Path, fake_soffice: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    program = fake_soffice('exec "$REAL" "$@"')

    def rounds() -> Iterator[None]:
        yield
        program.write_text(program.read_text(encoding="utf-8") + "# lebih baru\n", encoding="utf-8")
        edit(copy, "surat-masuk", "Memahami contoh", "Hal lain")
        before.append((copy / "build" / "sop" / "surat-masuk.docx").read_bytes())
        yield

    before: list[bytes] = []
    assert watching.build(copy, Wish(), rounds(), lambda: datetime.now(UTC)) == 2
    assert "LibreOffice atau huruf di komputer ini diganti" in capsys.readouterr().err
    assert (copy / "build" / "sop" / "surat-masuk.docx").read_bytes() == before[0]


def test_programs_hear_of_every_round(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert watching.build(copy, Wish(telling=Telling(lines=True)), [None, None], _now) == 0
    events = [json.loads(line)["kejadian"] for line in capsys.readouterr().out.splitlines()]
    assert events.count("menunggu") == events.count("selesai") == 2
    assert events[-1] == "menunggu"


class _Watched:
    """The changes of a workspace as they come, followed by a thread of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.error: UsageError | None = None
        self._seen: Queue[None] = Queue()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()
        assert self._next(10), "the first check does not wait for a change"

    def _follow(self) -> None:
        try:
            for change in watching.changes(self.root):
                self._seen.put(change)
        except UsageError as error:
            self.error = error

    def _next(self, patience: float) -> bool:
        try:
            self._seen.get(timeout=patience)
        except Empty:
            return False
        return True

    def sees(self, act: Callable[[], object], patience: float = 10) -> bool:
        """Whether `act` is seen as a change; what else comes of it is waited for."""
        act()
        seen = self._next(patience)
        while seen and self._next(1):
            pass
        return seen

    def end(self) -> UsageError | None:
        """Take the workspace away, which ends the watching, and return how it ended."""
        shutil.rmtree(self.root, ignore_errors=True)
        self._thread.join(timeout=10)
        assert not self._thread.is_alive()
        return self.error


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[_Watched]:
    root = tmp_path / "kantor"
    root.mkdir()
    found = _Watched(root)
    yield found
    found.end()


def test_changes_are_seen_even_when_content_comes_late_or_is_replaced(watched: _Watched) -> None:
    root = watched.root
    page = root / "content" / "sop" / "surat-masuk.md"
    assert not watched.sees(lambda: (root / "catatan.txt").write_text("x", encoding="utf-8"), patience=1)
    assert watched.sees(lambda: make_workspace(root))
    assert watched.sees(lambda: page.write_text("x", encoding="utf-8"))
    assert watched.sees(lambda: (root / "templates").mkdir())
    assert watched.sees(lambda: (root / "templates" / "sop.docx").write_bytes(b"x"))
    assert watched.sees(lambda: shutil.rmtree(root / "content"))
    assert watched.sees(lambda: make_workspace(root))
    assert watched.sees(lambda: page.write_text("y", encoding="utf-8"))
    error = watched.end()
    assert error is not None
    assert error.message == f"Folder {root} tidak ada"


def test_files_that_editors_leave_for_a_moment_are_not_seen(watched: _Watched) -> None:
    sop = watched.root / "content" / "sop"
    assert watched.sees(lambda: make_workspace(watched.root))
    names = (
        ".surat.md.swp surat.md~ .#surat.md #surat.md# 4913 ~$sop.docx .~lock.sop.docx# surat.md.tmp .goutputstream-X"
    )

    def leave() -> None:
        for name in [*names.split(), ".goutputstream-X", "surat.md___jb_tmp___"]:
            (sop / name).write_text("x", encoding="utf-8")
            (sop / name).unlink()

    assert not watched.sees(leave, patience=2)
    # An editor that writes a new file and renames it over the old one.
    (sop / ".baru").write_text("x", encoding="utf-8")
    assert watched.sees(lambda: (sop / ".baru").replace(sop / "surat-masuk.md"))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for a child process")
def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    call = [sys.executable, "-m", "sopdocs", "-C", str(root), "check", "--watch"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(3)]
        os.kill(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert lines[0].endswith("Memeriksa content/ …\n")
    assert lines[1] == "Tidak ada temuan.\n"
    assert "Menunggu perubahan" in lines[2]
    assert (child.returncode, out) == (130, "")
    assert "Dihentikan." in err
    assert "Traceback" not in err
