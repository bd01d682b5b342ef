"""With which edition the lembar perubahan compares."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.content import read_archive, read_workspace
from sopdocs.engine import changes_since
from sopdocs.engine.files import sha256
from sopdocs.model import Place
from sopdocs.word import ChangeSheet

from ..content.archives import add_edition
from ..workspaces import edit, make_workspace

SLUG = "surat-masuk"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(make_workspace(tmp_path))


def told(place: Place) -> ChangeSheet | None:
    workspace = read_workspace(place.root).workspace
    assert workspace is not None
    files = (path for path in (place.root / "content").rglob("*") if path.is_file())
    inputs = {path.relative_to(place.root).as_posix(): sha256(path.read_bytes()) for path in files}
    return changes_since(place, workspace, inputs, read_archive(place, workspace).arsip)


def basis(place: Place) -> str | None:
    sheet = told(place)
    return sheet.dasar if sheet else None


def test_a_first_edition_has_none(place: Place) -> None:
    assert told(place) is None


def test_what_was_issued_says_the_same_when_it_is_built_again(place: Place) -> None:
    add_edition(place, date(2024, 1, 3))
    assert told(place) is None
    edit(place.root, SLUG, "nama: Surat Masuk", "nama: Penerimaan Surat")
    before = told(place)
    assert before is not None
    assert before.dasar.startswith("Edisi 1 dibandingkan dengan edisi 0 (3 Januari 2024), yang catatannya ber-SHA-256 ")
    add_edition(place, date(2025, 1, 3))
    assert told(place) == before
    # What issuing writes into the content: printed nowhere.
    edit(place.root, SLUG, "pengesah:", "status: berlaku\npengesah:")
    assert told(place) == before
    edit(place.root, SLUG, "nama: Penerimaan Surat", "nama: Surat")
    assert (basis(place) or "").startswith("Edisi 2 dibandingkan dengan edisi 1 (3 Januari 2025)")


@pytest.mark.parametrize("name", ["content/monitoring/surat-masuk.yaml", "content/segel.yaml"])
def test_what_comes_beside_an_edition_begins_no_other(place: Place, name: str) -> None:
    add_edition(place, date(2024, 1, 3))
    (place.root / name).parent.mkdir(exist_ok=True)
    (place.root / name).write_text("[]\n" if "monitoring" in name else "kunci: pengembangan\n", "utf-8")
    assert told(place) is None


def test_a_change_outside_the_sheets_begins_the_next(place: Place) -> None:
    add_edition(place, date(2024, 1, 3))
    path = place.root / "content" / "instansi.yaml"
    path.write_text(path.read_text("utf-8").replace("tempat: Contoh Jaya", "tempat: Contoh Baru"), "utf-8")
    sheet = told(place)
    assert sheet is not None
    assert [row.judul for row in sheet.butir] == ["Seluruh bundel"]


def test_a_damaged_edition_between_is_not_passed_over(place: Place) -> None:
    for year in (2023, 2024, 2025):
        edit(place.root, SLUG, "## Peringatan\n", f"## Peringatan\n{year}. ")
        folder = add_edition(place, date(year, 1, 3))
    (folder.parents[1] / "2024" / "edisi-1" / "bundel-ttd.pdf").write_bytes(b"lain")
    assert told(place) is None
