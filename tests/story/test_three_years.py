"""Three years of one office: two sheets are issued, one is revised twice, one replaced, its successor revoked."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sopdocs.cli import building, issuing, pointing, revising, run
from sopdocs.cli.checking import load
from sopdocs.cli.progress import Telling
from sopdocs.cli.verifying import trusted
from sopdocs.model import Place, Severity, Status
from sopdocs.office import LibreOffice
from sopdocs.sign import Verdict, verify

SURAT, LEGALISASI, PENGADUAN = (
    "pengelolaan-surat-masuk",
    "legalisasi-surat-keterangan",
    "penanganan-pengaduan-masyarakat",
)
NEXT_YEAR = datetime(2026, 12, 31, tzinfo=UTC)
BUNDLE = "bundel-ttd.pdf"


@dataclass
class Office:
    """A workspace, and the archive as it was after each edition."""

    place: Place
    keys: Path
    frozen: dict[str, str] = field(default_factory=dict)

    def edit(self, slug: str, *changes: tuple[str, str]) -> None:
        """Replace texts of a content file; each must be there."""
        path = self.place.root / "content" / "sop" / f"{slug}.md"
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")

    def sops(self, *slugs: str) -> None:
        """Have just these content files, of the made-up office."""
        home = self.place.root / "content" / "sop"
        for path in home.glob("*.md"):
            if path.stem not in slugs:
                path.unlink()

    def bundle(self, year: int, *slugs: str) -> None:
        path = self.place.root / "content" / "bundel.yaml"
        text = re.sub(r"^tahun: .*$", f"tahun: {year}", path.read_text("utf-8"), flags=re.MULTILINE)
        text = re.sub(r"^sop:\n(  - .*\n)+", f"sop: [{', '.join(slugs)}]\n", text, flags=re.MULTILINE)
        text = re.sub(r"^sop: \[.*\]$", f"sop: [{', '.join(slugs)}]", text, flags=re.MULTILINE)
        path.write_text(re.sub(r"^  sop:\n(    - .*\n)+", "", text, flags=re.MULTILINE), "utf-8")

    def issue(self, day: date) -> None:
        """Build, seal and issue on a day; what was issued before must stay as it was."""
        now = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        errors = [f for f in load(self.place, day).findings if f.severity is Severity.GALAT]
        assert errors == []
        assert building.build_offices(self.place.root, building.Wish(telling=Telling(quiet=True)), now) == 0
        assert issuing.issue(self.place, issuing.Issue(basah=True), lambda: now) == 0
        self.untouched()
        self.frozen |= self.archive()

    def untouched(self) -> None:
        """Every byte of earlier editions is as it was."""
        now = self.archive()
        assert {path: now.get(path) for path in self.frozen} == self.frozen

    def archive(self) -> dict[str, str]:
        files = (path for path in self.place.archive.rglob("*") if path.is_file())
        return {p.relative_to(self.place.root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def status(self, slug: str) -> Status:
        return load(self.place, date(2026, 12, 1)).readable().sop[slug].status


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, repository: Path, libreoffice: LibreOffice) -> Iterator[Office]:
    """The office at the end of the three years."""
    with pytest.MonkeyPatch.context() as patch:
        keys = tmp_path_factory.mktemp("kunci")
        patch.setenv("SOPDOCS_KEYS", str(keys))
        root = tmp_path_factory.mktemp("kantor")
        shutil.copytree(repository / "tests" / "rules" / "baik" / "content", root / "content")
        office = Office(Place(root), keys)
        _first_year(office)
        _second_year(office, repository)
        _third_year(office)
        yield office


def _first_year(office: Office) -> None:
    """Two sheets are issued."""
    office.sops(SURAT, LEGALISASI)
    office.bundle(2024, SURAT, LEGALISASI)
    office.edit(SURAT, ("- SOP [[penanganan-pengaduan-masyarakat]]\n- SOP [[pelaksanaan-perjalanan-dinas]]", "-"))
    office.issue(date(2024, 2, 1))
    assert (office.status(SURAT), office.status(LEGALISASI)) == (Status.BERLAKU, Status.BERLAKU)


def _second_year(office: Office, repository: Path) -> None:
    """One is revised, one replaced."""
    day = date(2025, 3, 3)
    wish = revising.Wish("Hasil evaluasi tahunan", "Mencatat surat lebih lama", "Sekretaris Camat")
    assert revising.revise(office.place, SURAT, wish, day) == 0
    assert office.status(SURAT) is Status.DIREVISI
    office.edit(SURAT, ("Waktu: 10 menit", "Waktu: 20 menit"), ("pengesahan: null", "pengesahan: 2025-03-10"))
    home = "tests/rules/baik/content/sop"
    shutil.copy(repository / home / f"{PENGADUAN}.md", office.place.root / "content" / "sop" / f"{PENGADUAN}.md")
    office.edit(
        PENGADUAN,
        ("nomor: 400.14/04/KCJ/2024", "nomor: 400.14/04/KCJ/2025"),
        ("pembuatan: 2024-01-15", "pembuatan: 2025-02-24"),
        ("pengesahan: 2024-01-22", "pengesahan: 2025-03-03"),
        ("efektif: 2024-02-01", "efektif: null"),
    )
    heir = revising.Wish("Digabung dengan pengaduan", "Digantikan", "Camat")
    assert revising.replace_sop(office.place, LEGALISASI, PENGADUAN, heir, day) == 0
    office.bundle(2025, SURAT, PENGADUAN)
    office.issue(date(2025, 3, 10))


def _third_year(office: Office) -> None:
    """The same is revised again, the successor revoked."""
    day = date(2026, 4, 6)
    wish = revising.Wish("Surat kini diterima daring", "Menghapus langkah terakhir", "Sekretaris Camat")
    assert revising.revise(office.place, SURAT, wish, day) == 0
    office.edit(SURAT, ("Waktu: 20 menit", "Waktu: 5 menit"), ("pengesahan: null", "pengesahan: 2026-04-10"))
    assert revising.revoke(office.place, PENGADUAN, revising.Wish("Diatur kabupaten", "Dicabut", "Camat"), day) == 0
    office.bundle(2026, SURAT)
    office.issue(date(2026, 4, 10))


ON_DAYS = [
    (date(2024, 1, 1), {}),
    (date(2024, 2, 1), {SURAT: 0, LEGALISASI: 0}),
    (date(2024, 12, 31), {SURAT: 0, LEGALISASI: 0}),
    # Replaced from 3 March on; the revision of the other is in force when it is signed.
    (date(2025, 3, 2), {SURAT: 0, LEGALISASI: 0}),
    (date(2025, 3, 9), {SURAT: 0, PENGADUAN: 0}),
    (date(2025, 3, 10), {SURAT: 1, PENGADUAN: 0}),
    (date(2026, 4, 5), {SURAT: 1, PENGADUAN: 0}),
    (date(2026, 4, 6), {SURAT: 1}),
    (date(2026, 4, 10), {SURAT: 2}),
    (date(2026, 12, 31), {SURAT: 2}),
]


@pytest.mark.parametrize(("day", "expected"), ON_DAYS, ids=[str(day) for day, _ in ON_DAYS])
def test_the_right_revisions_are_in_force(
    office: Office, day: date, expected: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert pointing.point(office.place, day, "json", None, date(2026, 12, 31)) == 0
    found = json.loads(capsys.readouterr().out)
    assert {sop["slug"]: sop["revisi_ke"] for sop in found["sop"]} == expected


@pytest.mark.parametrize(("day", "edition"), [(date(2024, 6, 30), 0), (date(2025, 6, 30), 1), (date(2026, 6, 30), 2)])
def test_the_bundle_of_each_year_comes_out_of_the_archive_with_its_seal(
    office: Office, day: date, edition: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "auditor"
    assert pointing.point(office.place, day, "text", out, date(2026, 12, 31)) == 0
    stored = (office.place.archive / str(day.year) / f"edisi-{edition}" / BUNDLE).read_bytes()
    (exported,) = out.rglob("*.pdf")
    assert exported.read_bytes() == stored
    monkeypatch.setenv("SOPDOCS_KEYS", str(office.keys))
    report = verify(stored, trusted=trusted(None, NEXT_YEAR), now=NEXT_YEAR)
    assert report.verdict is Verdict.PASSED


def test_an_auditor_proves_the_second_year_with_the_archive_alone(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOPDOCS_KEYS", str(office.keys))
    shutil.copytree(office.place.archive, tmp_path / "arsip")
    edition = tmp_path / "arsip" / "2025" / "edisi-1"
    assert run(["verify", str(edition)]) == 0
    told = capsys.readouterr().out
    assert "Bundel edisi 2, bersegel dari kunci pengembangan, menyebut catatan edisi 1." in told
    assert run(["reproduce", str(edition / BUNDLE)]) == 0
    assert capsys.readouterr().out.startswith("COCOK")


def test_the_archive_is_as_it_was_when_each_edition_was_issued(office: Office) -> None:
    office.untouched()
    assert sorted(path.name for path in office.place.archive.glob("*/*")) == ["edisi-0", "edisi-1", "edisi-2"]


def test_nothing_is_found_on_the_archive_three_years_later(office: Office) -> None:
    checked = load(office.place, date(2026, 12, 1))
    assert [str(f) for f in checked.findings if f.severity is Severity.GALAT] == []
    assert checked.arsip.utuh
    statuses = {slug: sop.status for slug, sop in checked.readable().sop.items()}
    assert statuses == {SURAT: Status.BERLAKU, LEGALISASI: Status.DIGANTIKAN, PENGADUAN: Status.DICABUT}
