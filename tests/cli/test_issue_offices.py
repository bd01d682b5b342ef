"""Two offices that share their SOPs: each has an archive of its own, and issues on a day of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.content import read_archive
from sopdocs.engine import sha256
from sopdocs.model import Place
from sopdocs.office import LibreOffice
from sopdocs.pdf import page_texts

from ..content.offices import make_offices
from ..workspaces import edit

ANGIN, BATU = "kec-angin", "kec-batu"
REVISE = ["surat-masuk", "--alasan", "Evaluasi", "--uraian", "Waktu", "--tanggal", "2024-02-01", "--instansi", ANGIN]


@dataclass
class Story:
    """Both offices issue twice; Batu some time after Angin. What was seen in between is kept."""

    root: Path
    codes: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """When -> office -> codes of findings."""

    def run(self, *arguments: str) -> int:
        return run(["-C", str(self.root), *arguments])

    def issue(self, office: str, day: str) -> None:
        arguments = ("--instansi", office, "--tanda-tangan-basah", "--tanggal", day)
        assert self.run("issue", *arguments) == 0

    def look(self, when: str, capsys: pytest.CaptureFixture[str]) -> None:
        for office in (ANGIN, BATU):
            capsys.readouterr()
            self.run("check", "--instansi", office, "--format", "json")
            found = json.loads(capsys.readouterr().out)["findings"]
            self.codes.setdefault(when, {})[office] = [each["code"] for each in found]

    def place(self, office: str) -> Place:
        return Place(self.root, office)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "kunci"


@pytest.fixture(scope="module")
def story(libreoffice: LibreOffice, keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The whole of it; not to be changed."""
    found = Story(make_offices(tmp_path_factory.mktemp("kantor")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOPDOCS_KEYS", str(keys))
        both = ("--quiet", "--instansi", f"{ANGIN},{BATU}")
        assert found.run("build", *both) == 0
        found.issue(ANGIN, "2024-01-05")
        assert found.run("build", *both) == 0
        found.issue(BATU, "2024-01-12")
        assert found.run("revise", *REVISE) == 0
        edit(found.root, "surat-masuk", "pengesahan: null", "pengesahan: 2024-02-03")
        edit(
            found.root, "surat-masuk", "Waktu: 5 menit\n- Output: surat masuk tersimpan", "Waktu: 9 menit\n- Output: x"
        )
    return found


@pytest.fixture(scope="module")
def issued(story: Story, keys: Path) -> Story:
    """Angin issued the revision, Batu not yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOPDOCS_KEYS", str(keys))
        assert story.run("build", "--quiet", "--instansi", f"{ANGIN},{BATU}") == 0
        story.issue(ANGIN, "2024-02-05")
    return story


def test_each_office_numbers_its_own_editions(issued: Story) -> None:
    for office, days in ((ANGIN, [date(2024, 1, 5), date(2024, 2, 5)]), (BATU, [date(2024, 1, 12)])):
        reading = read_archive(issued.place(office), None)
        assert reading.findings == ()
        assert [(each.nomor, each.tanggal) for each in reading.arsip.edisi] == list(enumerate(days))
        assert (issued.place(office).archive / ".gitattributes").read_text() == "* -text\n"
    assert not (issued.root / "arsip/terbuka").exists(), "what would undo the revision is gone with the edition"


def test_one_status_is_for_all_and_the_other_office_may_come_later(
    issued: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "status: berlaku" in (issued.root / "content/sop/surat-masuk.md").read_text(encoding="utf-8")
    issued.look("between", capsys)
    assert issued.codes["between"][ANGIN] == []
    # Old is only what Batu has built: its sheets are the same, the shared file says another status.
    assert set(issued.codes["between"][BATU]) <= {"SOP206", "SOP863"}
    assert "SOP206" in issued.codes["between"][BATU]
    assert issued.run("at", "2024-03-01", "--instansi", BATU, "--format", "json") == 0
    revisions = {each["slug"]: each["revisi_ke"] for each in json.loads(capsys.readouterr().out)["sop"]}
    assert revisions == {"surat-keluar": 0, "surat-masuk": 0}


def test_what_one_office_has_issued_no_other_can_undo(issued: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert issued.run("revise", "surat-masuk", "--batal", "--instansi", BATU) == 2
    assert "tidak dapat dibatalkan" in capsys.readouterr().err


def test_an_edition_is_made_again_from_the_archive_alone(
    issued: Story, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = issued.place(ANGIN).archive / "2024/edisi-1"
    assert run(["reproduce", str(folder / "bundel-ttd.pdf")]) == 0
    told = capsys.readouterr().out
    assert told.startswith("COCOK")
    assert "Lembar Perubahan dihitung lagi dari edisi 0" in told
    # The sealed pages of this edition say which record the edition before had.
    before = sha256((folder.parent / "edisi-0/edisi.json").read_bytes())
    assert before in "".join(page_texts((folder / "bundel-ttd.pdf").read_bytes())).replace("\n", "")
    alone = tmp_path / "lepas.pdf"
    alone.write_bytes((folder / "bundel-ttd.pdf").read_bytes())
    assert run(["reproduce", str(alone), "--sumber", str(folder / "isi")]) == 0
    assert capsys.readouterr().out.startswith("COCOK")


def test_the_other_office_issues_it_then(
    issued: Story, keys: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOPDOCS_KEYS", str(keys))
    assert issued.run("build", "--quiet", "--instansi", BATU) == 0
    issued.issue(BATU, "2024-03-01")
    issued.look("after", capsys)
    assert issued.codes["after"] == {ANGIN: [], BATU: []}
