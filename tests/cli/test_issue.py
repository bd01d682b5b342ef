"""`sopdocs issue`: what becomes an edition, what never does, and what is left when it is stopped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sopdocs.cli import issuing, run
from sopdocs.content import read_archive, read_workspace
from sopdocs.engine import read_manifest, sha256
from sopdocs.model import Pengesahan, Place, Status

from ..content.archives import add_edition
from ..sign.authority import Authority, running
from ..workspaces import edit

WORD = "sandi-contoh"
SLUGS = ("surat-keluar", "surat-masuk")


@pytest.fixture(scope="module")
def issued(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace with its first edition, signed on paper. Not to be changed."""
    root = Path(shutil.copytree(built, tmp_path_factory.mktemp("terbit") / "w"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOPDOCS_KEYS", str(tmp_path_factory.getbasetemp() / "kunci"))
        assert issue(root, "--tanda-tangan-basah", "--tanggal", "5 Januari 2024", "--keterangan", "Edisi  contoh") == 0
    return root


@pytest.fixture
def later(issued: Path, tmp_path: Path) -> Path:
    """A copy of it, for tests that change it."""
    return Path(shutil.copytree(issued, tmp_path / "salinan"))


def issue(root: Path, *arguments: str) -> int:
    return run(["-C", str(root), "issue", *arguments])


def statuses(root: Path) -> list[Status]:
    workspace = read_workspace(root).workspace
    assert workspace is not None
    return [sop.status for sop in workspace.sop.values()]


def snapshot(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (".kunci", ".pemegang")
    }


def test_an_edition_holds_everything_that_proves_it(issued: Path, built: Path) -> None:
    reading = read_archive(Place(issued), None)
    assert reading.findings == ()
    (edisi,) = reading.arsip.edisi
    assert (edisi.nomor, edisi.tanggal, edisi.folder) == (0, date(2024, 1, 5), "arsip/2024/edisi-0")
    assert edisi.dicatat >= date.today() - timedelta(days=1)
    assert (edisi.pengesahan, edisi.keterangan) == (Pengesahan.BASAH, "Edisi contoh")
    assert [(sop.slug, sop.revisi_ke, sop.status, sop.halaman) for sop in edisi.sop] == [
        (slug, 0, Status.BERLAKU, 1) for slug in SLUGS
    ]
    folder = issued / edisi.folder
    assert (folder / "bundel-ttd.pdf").read_bytes() == (built / "build/bundel-ttd.pdf").read_bytes()
    assert read_manifest(folder) == read_manifest(built / "build")
    assert json.loads((folder / "verifikasi.json").read_bytes())["verdict"] == "TOTAL-PASSED"
    for slug in SLUGS:
        for kind in ("pdf", "docx"):
            name = f"sop/{slug}.{kind}"
            assert (folder / name).read_bytes() == (built / "build" / name).read_bytes()
        assert (folder / f"isi/content/sop/{slug}.md").read_bytes() == (built / f"content/sop/{slug}.md").read_bytes()
    assert set(reading.arsip.terakhir) == set(SLUGS)


def test_the_content_says_that_it_is_in_force_and_nothing_else(issued: Path, built: Path) -> None:
    assert statuses(issued) == [Status.BERLAKU] * 2
    for path in (built / "content").rglob("*.*"):
        then = path.read_text(encoding="utf-8")
        now = (issued / path.relative_to(built)).read_text(encoding="utf-8")
        assert now.replace("status: berlaku\n", "") == then


def test_building_again_gives_the_same_and_leaves_nothing_to_issue(
    later: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    then = snapshot(later / "arsip")
    bundle = (later / "build/bundel.pdf").read_bytes()
    for _ in range(2):
        assert issue(later, "--tanda-tangan-basah") == 1
        assert "Tidak ada yang baru sejak edisi 0 (5 Januari 2024" in capsys.readouterr().err
        assert run(["-C", str(later), "build", "--quiet"]) == 0
        assert run(["-C", str(later), "check"]) == 0
    assert (later / "build/bundel.pdf").read_bytes() == bundle
    assert snapshot(later / "arsip") == then


def test_nothing_nags_once_the_edition_stands(later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The statuses that `issue` wrote make no output old, and git is told to leave the archive's bytes alone."""
    assert run(["-C", str(later), "check"]) == 0
    assert capsys.readouterr().out == "Tidak ada temuan.\n"
    manifest = read_manifest(later / "build")
    for slug in SLUGS:
        now = sha256((later / f"content/sop/{slug}.md").read_bytes())
        assert (manifest.inputs[f"content/sop/{slug}.md"], manifest.sop[slug].berkas) == (now, now)
    assert (later / "arsip/.gitattributes").read_text(encoding="utf-8") == "* -text\n"


def test_a_trial_seal_is_no_signature(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    then = snapshot(copy)
    assert issue(copy) == 1
    told = capsys.readouterr().err
    assert "kunci pengembangan" in told
    assert "--tanda-tangan-basah" in told
    assert snapshot(copy) == then


def test_a_certified_seal_needs_no_paper(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authority: Authority
) -> None:
    key, trust = tmp_path / "camat.p12", tmp_path / "percaya"
    key.write_bytes(authority.pkcs12("pejabat", WORD.encode()))
    trust.mkdir()
    (trust / "akar.cer").write_bytes(authority.root)
    stamp = authority.timestamp_url()
    # Signed on paper first, and with a certificate when there was one: that is something new.
    assert issue(copy, "--tanda-tangan-basah") == 0
    monkeypatch.setenv("SOPDOCS_SANDI", WORD)
    means = ["--kunci", "pkcs12", "--pkcs12", str(key), "--penanda-waktu", stamp]
    assert run(["-C", str(copy), "build", "--quiet"]) == 0
    assert run(["-C", str(copy), "sign", "--final", *means]) == 0
    assert issue(copy, "--trust", str(trust)) == 0
    edisi = read_archive(Place(copy), None).arsip.edisi
    assert [each.pengesahan for each in edisi] == [Pengesahan.BASAH, Pengesahan.SERTIFIKAT]
    verdict = json.loads((copy / edisi[1].folder / "verifikasi.json").read_bytes())
    assert (verdict["verdict"], verdict["certified"]) == ("TOTAL-PASSED", True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("otoritas"), datetime.now(tz=UTC)) as authority:
        yield authority


def _broken_seal(root: Path) -> None:
    """A seal that the manifest knows, and that covers other bytes."""
    path = root / "build/bundel-ttd.pdf"
    data = path.read_bytes()
    path.write_bytes(data + b"\n% tambahan\n")
    manifest = root / "build/manifest.json"
    manifest.write_text(manifest.read_text().replace(sha256(data), sha256(path.read_bytes())))


MASUK = "build/sop/surat-masuk"
REFUSED = {
    "content changed since": (
        lambda root: edit(root, "surat-masuk", "5 menit", "7 menit"),
        1,
        "jalankan sopdocs build",
    ),
    "a sheet is missing": (
        lambda root: (root / "build/sop/surat-masuk.docx").unlink(),
        4,
        "surat-masuk.docx belum ada",
    ),
    "a sheet changed": (
        lambda root: (root / "build/sop/surat-masuk.pdf").write_bytes(b"x"),
        4,
        "surat-masuk.pdf belum",
    ),
    "nothing sealed": (lambda root: (root / "build/bundel-ttd.pdf").unlink(), 2, "bundel-ttd.pdf belum ada"),
    "nothing built": (lambda root: shutil.rmtree(root / "build"), 2, "bundel.pdf belum ada"),
    "a broken seal": (_broken_seal, 4, "tidak lolos pemeriksaan"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_whole_is_refused_and_nothing_is_changed(
    kind: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, code, said = REFUSED[kind]
    change(copy)
    content = snapshot(copy / "content")
    assert issue(copy, "--tanda-tangan-basah") == code
    told = capsys.readouterr().err
    assert said in told
    assert "Saran: " in told
    assert not (copy / "arsip").exists()
    assert snapshot(copy / "content") == content


def test_a_draft_is_refused_by_name(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "pengesah: camat", "pengesah: camat\nperlu_konfirmasi: [Nomor belum pasti]")
    assert run(["-C", str(copy), "build", "--quiet"]) == 0
    assert issue(copy, "--tanda-tangan-basah") == 1
    assert "content/sop/surat-masuk.md: perlu konfirmasi: Nomor belum pasti" in capsys.readouterr().err
    assert not (copy / "arsip").exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((date.today() + timedelta(days=2)).isoformat(), "belum tiba"),
        ("2024-01-04", "mendahului edisi 0 (5 Januari 2024)"),
        ("31 Juni 2024", "tidak ada di kalender"),
        ("kemarin", "tidak terbaca"),
    ],
)
def test_a_day_that_cannot_be(day: str, said: str, later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    then = snapshot(later)
    assert issue(later, "--tanda-tangan-basah", "--tanggal", day) == 2
    assert said in capsys.readouterr().err
    assert snapshot(later) == then


def test_a_damaged_archive_is_not_continued(later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = later / "arsip/2024/edisi-0/bundel-ttd.pdf"
    path.chmod(0o644)
    path.write_bytes(b"lain")
    then = snapshot(later)
    assert issue(later, "--tanda-tangan-basah") == 1
    told = capsys.readouterr().err
    assert "SOP213" in told
    assert "Arsip tidak utuh" in told
    assert snapshot(later) == then
    # The sheets of today are not to blame.
    bundle = (later / "build/bundel.pdf").read_bytes()
    capsys.readouterr()
    assert run(["-C", str(later), "build"]) == 1
    said = capsys.readouterr().out
    assert "1 galat pada arsip: lembar tidak terpengaruh" in said
    assert "KONSEP" not in said
    assert (later / "build/bundel.pdf").read_bytes() == bundle
    assert not any(entry.konsep for entry in read_manifest(later / "build").sop.values())
    assert run(["-C", str(later), "check"]) == 1


def test_content_under_an_issued_revision_must_not_differ(later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(later, "surat-masuk", "5 menit", "7 menit")
    run(["-C", str(later), "build", "--quiet"])
    then = snapshot(later / "arsip")
    assert issue(later, "--tanda-tangan-basah") == 1
    assert "berbeda dari edisi 0, padahal masih revisi ke-0" in capsys.readouterr().err
    assert snapshot(later / "arsip") == then


def test_a_call_that_was_stopped_is_finished_by_the_next(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between the edition and the statuses."""
    opened = copy / "arsip/terbuka/surat-masuk.md"
    opened.parent.mkdir(parents=True)
    opened.write_text("x")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "_write_changes", stop)
        assert issue(copy, "--tanda-tangan-basah") == 130
    assert statuses(copy) == [Status.KONSEP] * 2
    then = snapshot(copy / "arsip")
    capsys.readouterr()
    assert issue(copy, "--tanda-tangan-basah") == 0
    assert "Edisi 0 sudah terbit" in capsys.readouterr().out
    assert statuses(copy) == [Status.BERLAKU] * 2
    assert snapshot(copy / "arsip") == then
    assert not opened.exists()
    assert issue(copy, "--tanda-tangan-basah") == 1


def test_a_file_that_somebody_saves_meanwhile_is_left_alone(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    freeze = issuing.engine.freeze

    def slow(*arguments: object) -> object:
        edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
        return freeze(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(issuing.engine, "freeze", slow)
    assert issue(copy, "--tanda-tangan-basah") == 1
    assert "content/sop/surat-masuk.md berubah selama penerbitan" in capsys.readouterr().err
    assert statuses(copy) == [Status.BERLAKU, Status.KONSEP]
    assert "contoh baru" in (copy / "content/sop/surat-masuk.md").read_text(encoding="utf-8")


def test_a_front_matter_that_cannot_be_edited_stops_before_anything_is_written(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> str:
        raise issuing.UsageError("Bagian depan tidak dapat diubah", "tulis sendiri status: berlaku")

    monkeypatch.setattr(issuing, "with_status", refuse)
    assert issue(copy, "--tanda-tangan-basah") == 2
    told = capsys.readouterr().err
    assert "content/sop/surat-keluar.md: Bagian depan" in told
    assert not (copy / "arsip").exists()


def test_an_office_of_many_issues_into_its_own_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from ..content.offices import make_offices

    root = make_offices(tmp_path)
    assert issue(root, "--instansi", "kec-angin", "--tanda-tangan-basah") == 2
    assert "build/instansi/kec-angin/bundel.pdf belum ada" in capsys.readouterr().err
    add_edition(Place(root, "kec-angin"), date(2024, 1, 5))
    assert run(["-C", str(root), "at", "2024-06-01", "--instansi", "kec-angin"]) == 0
    assert "instansi/kec-angin/arsip/2024/edisi-0" in capsys.readouterr().out
    assert run(["-C", str(root), "at", "2024-06-01", "--instansi", "kec-batu"]) == 0
    assert "Belum ada edisi di arsip" in capsys.readouterr().out
