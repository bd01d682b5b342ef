"""How one edit is timed, against a stand-in for `sopdocs build --watch`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

STAND_IN = """
import sys, time
from pathlib import Path
sheet = Path(sys.argv[1])
before = sheet.read_bytes()
print("[10:00:00] Menunggu perubahan di content/ dan templates/", flush=True)
while "{ends}" != "at once":
    time.sleep(0.02)
    if sheet.read_bytes() != before:
        before = sheet.read_bytes()
        time.sleep(0.2)
        print(f"tetap  build/sop/{{sheet.stem}}.docx\\ndibuat build/sop/{{sheet.stem}}.pdf", flush=True)
        time.sleep(0.3)
        print("[10:00:01] Menunggu perubahan di content/ dan templates/", flush=True)
"""


def started(root: Path, monkeypatch: pytest.MonkeyPatch, ends: str = "") -> object:
    from sites import Site
    from workspaces import sheets

    import build

    site = Site.make(root, 2)
    stand_in = root / "stand_in.py"
    stand_in.write_text(STAND_IN.format(ends=ends), encoding="utf-8")
    monkeypatch.setattr(build, "has", lambda _: True)
    monkeypatch.setattr(build, "sopdocs", lambda *_: [sys.executable, str(stand_in), str(sheets(site.folder)[0])])
    return build.watching(site)


def test_an_edit_is_timed_until_its_pdf_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with started(tmp_path, monkeypatch) as change:
        seconds = [change(minutes).seconds for minutes in (31, 32)]
    assert all(each >= 0.2 for each in seconds)


def test_a_watch_that_ends_is_not_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from measuring import NotRunError

    with started(tmp_path, monkeypatch, "at once") as change, pytest.raises(NotRunError, match="dibuat"):
        change(31)


def test_a_sopdocs_without_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from measuring import NotRunError
    from sites import Site

    import build

    monkeypatch.setattr(build, "has", lambda _: False)
    with pytest.raises(NotRunError, match="--watch"), build.watching(Site.make(tmp_path, 2)):
        pass
