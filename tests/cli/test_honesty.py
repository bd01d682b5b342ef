"""What the archive on disk and git together tell of today's content."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from sopdocs.cli.checking import Checked, load
from sopdocs.engine.drafts import draft_reasons
from sopdocs.model import Place
from sopdocs.rules.examples import read_example
from tests.content.archives import add_edition
from tests.content.test_git_history import Repo, commit

SOP = "content/sop/surat-masuk.md"
TODAY = date(2024, 6, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The faultless workspace of the examples, issued once."""
    read_example("SOP200").write_issued(tmp_path)
    add_edition(Place(tmp_path), date(2024, 1, 10))
    return tmp_path


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def found(root: Path) -> tuple[Checked, list[str]]:
    checked = load(Place(root), TODAY)
    return checked, [f"{finding.code} @ {finding.span}" for finding in checked.findings]


def drafts(checked: Checked) -> list[str]:
    return [slug for slug, sop in checked.readable().sop.items() if draft_reasons(sop, checked.findings)]


def test_what_was_issued_and_is_unchanged_gives_nothing(root: Path) -> None:
    assert found(root)[1] == []


def test_a_changed_sheet_is_a_draft_and_its_neighbour_is_not(root: Path) -> None:
    edit(root, SOP, "- Waktu: 10 menit", "- Waktu: 30 menit")
    checked, codes = found(root)
    assert codes == [f"SOP200 @ {SOP}:44:10"]
    assert drafts(checked) == ["surat-masuk"]


def test_a_bundle_that_lost_an_sop_is_a_draft_as_a_whole(root: Path) -> None:
    edit(root, "content/bundel.yaml", "sop: [surat-masuk, surat-keluar]", "sop: [surat-masuk]")
    checked, codes = found(root)
    assert "SOP204 @ content/bundel.yaml:3:6" in codes
    assert drafts(checked) == ["surat-keluar", "surat-masuk"]


def test_another_official_is_told_where_he_approves_and_not_in_the_past(root: Path) -> None:
    edit(root, "content/pejabat.yaml", "Budi Contoh", "Tono Contoh")
    assert found(root)[1] == [
        "SOP200 @ content/sop/surat-keluar.md:8:11",
        f"SOP200 @ {SOP}:8:11",
    ]


def test_another_letterhead_is_told_once(root: Path) -> None:
    edit(root, "content/instansi.yaml", "kop: [KECAMATAN CONTOH JAYA", "kop: [KECAMATAN CONTOH MAJU")
    checked, codes = found(root)
    assert codes == ["SOP197 @ content/instansi.yaml:3:6"]
    assert drafts(checked) == []


def test_git_names_who_changed_it_and_misses_an_archive(root: Path) -> None:
    Repo.init(str(root)).close()
    every = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("content/sop", "arsip")
        for path in (root / folder).rglob("*")
        if path.is_file() and path.suffix in (".md", ".json")
    }
    commit(root, 0, "Sari", dict(every))
    changed = every[SOP].replace("- Waktu: 10 menit", "- Waktu: 30 menit")
    name = commit(root, 3, "Tono", {SOP: changed})
    (finding,) = load(Place(root), TODAY).findings
    assert finding.hint.endswith(f"terakhir diubah dengan commit {name} oleh Tono pada 2024-01-05")
    shutil.rmtree(root / "arsip")
    checked, codes = found(root)
    assert codes == ["SOP230 @ arsip/2024/edisi-0/edisi.json:1:1"]
    assert not checked.arsip.utuh
    assert drafts(checked) == []
