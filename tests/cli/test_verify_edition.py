"""`sopdocs verify FOLDER`: what an auditor can prove of an edition, also when its record was rewritten with it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.content import RECORD, edition_at, read_editions
from sopdocs.engine import read_manifest, sha256
from sopdocs.model import Place

from ..content.archives import as_written
from ..workspaces import edit


@pytest.fixture(scope="module")
def two(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two editions. Not to be changed."""
    root = Path(shutil.copytree(built, tmp_path_factory.mktemp("dua") / "w"))
    here = ("-C", str(root))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOPDOCS_KEYS", str(tmp_path_factory.getbasetemp() / "kunci"))
        assert run([*here, "issue", "--tanda-tangan-basah", "--tanggal", "2024-01-05"]) == 0
        reason = ("--alasan", "Evaluasi", "--uraian", "Waktu", "--tanggal", "2024-02-01")
        assert run([*here, "revise", "surat-masuk", *reason]) == 0
        edit(root, "surat-masuk", "pengesahan: null", "pengesahan: 2024-02-03")
        assert run([*here, "build", "--quiet"]) == 0
        assert run([*here, "issue", "--tanda-tangan-basah", "--tanggal", "2024-02-05"]) == 0
    return root


@pytest.fixture
def root(two: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its archive alone, for tests that change it."""
    monkeypatch.setenv("SOPDOCS_KEYS", str(tmp_path_factory.getbasetemp() / "kunci"))
    shutil.copytree(two / "arsip", tmp_path / "arsip")
    return tmp_path


def folder(root: Path, number: int) -> Path:
    return root / f"arsip/2024/edisi-{number}"


def rewrite(edition: Path, files: dict[str, bytes]) -> None:
    """Replace files of an edition, and its record so that it fits them, as somebody would who knows the format."""
    for name, data in files.items():
        (edition / name).chmod(0o644)
        (edition / name).write_bytes(data)
    found = edition_at(edition)
    assert found is not None
    record = json.loads((edition / RECORD).read_bytes())
    record["berkas"] |= {name: sha256(data) for name, data in files.items()}
    (edition / RECORD).chmod(0o644)
    (edition / RECORD).write_text(as_written(record), encoding="utf-8")


def verified(root: Path, number: int, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str]]:
    """The exit code, and what came of each step."""
    capsys.readouterr()
    code = run(["verify", str(folder(root, number)), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    return code, {step["nama"]: step["hasil"] for step in report["langkah"]}


def test_both_editions_prove_each_other(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, steps = verified(root, 0, capsys)
    assert (code, steps) == (0, {"Catatan": "lolos", "Lembar": "lolos", "Edisi sesudahnya": "lolos"})
    code, steps = verified(root, 1, capsys)
    assert code == 0
    assert steps == {
        "Catatan": "lolos",
        "Lembar": "lolos",
        "Edisi sebelumnya": "lolos",
        "Edisi sesudahnya": "belum pasti",
    }
    assert run(["verify", str(folder(root, 1))]) == 0
    told = capsys.readouterr().out
    assert told.startswith("UTUH: edisi 1, 5 Februari 2024 (arsip/2024/edisi-1)")
    assert "sopdocs reproduce arsip/2024/edisi-1/bundel-ttd.pdf" in told


def test_a_sheet_rewritten_with_its_record_is_found_on_every_reading(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = folder(root, 1)
    rewrite(edition, {"sop/surat-masuk.pdf": (edition / "sop/surat-keluar.pdf").read_bytes()})
    (finding,) = read_editions(Place(root)).findings
    assert (finding.code, finding.span.path) == ("SOP213", "arsip/2024/edisi-1/sop/surat-masuk.pdf")
    assert "bukan yang disebut manifest.json" in finding.message
    assert run(["verify", str(edition)]) == 6
    assert "TIDAK LOLOS: edisi 1 bukan lagi seperti saat terbit" in capsys.readouterr().out
    assert verified(root, 1, capsys) == (6, {"Catatan": "tidak lolos"})


@pytest.mark.parametrize("name", ["isi/content/sop/surat-masuk.md", "verifikasi.json", "bundel-ttd.pdf"])
def test_so_is_every_file_that_another_one_knows(name: str, root: Path) -> None:
    edition = folder(root, 1)
    data = (edition / name).read_bytes()
    changed = data.replace(sha256((edition / "bundel-ttd.pdf").read_bytes()).encode(), b"0" * 64)
    rewrite(edition, {name: changed if changed != data else data + b"\n"})
    assert {finding.code for finding in read_editions(Place(root)).findings} == {"SOP213"}


def test_rewritten_with_the_manifest_too_the_sealed_pages_tell(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edition = folder(root, 1)
    other = (edition / "sop/surat-keluar.pdf").read_bytes()
    manifest = read_manifest(edition)
    output = manifest.outputs["sop/surat-masuk.pdf"]
    manifest.outputs["sop/surat-masuk.pdf"] = replace(output, sha256=sha256(other), size=len(other))
    rewrite(edition, {"sop/surat-masuk.pdf": other, "manifest.json": manifest.text().encode()})
    assert read_editions(Place(root)).findings == ()
    code, steps = verified(root, 1, capsys)
    assert (code, steps["Lembar"]) == (6, "tidak lolos")


def test_the_seal_of_the_next_edition_vouches_for_the_record(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both records rewritten, so that the chain fits again: the sealed page still names the true one."""
    edition = folder(root, 0)
    record = json.loads((edition / RECORD).read_bytes())
    (edition / RECORD).chmod(0o644)
    (edition / RECORD).write_text(as_written(record | {"keterangan": "lain"}), encoding="utf-8")
    later = folder(root, 1) / RECORD
    later.chmod(0o644)
    following = json.loads(later.read_bytes()) | {"sebelumnya": sha256((edition / RECORD).read_bytes())}
    later.write_text(as_written(following), encoding="utf-8")
    assert read_editions(Place(root)).findings == ()
    code, steps = verified(root, 1, capsys)
    assert (code, steps["Edisi sebelumnya"]) == (6, "tidak lolos")
    assert verified(root, 0, capsys)[1]["Edisi sesudahnya"] == "tidak lolos"


def test_a_folder_that_is_no_edition_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(root / "arsip")]) == 2
    assert "bukan folder edisi" in capsys.readouterr().err
    assert run(["verify", str(folder(root, 0)), "--format", "html"]) == 2
    assert "tidak dapat dipakai untuk folder" in capsys.readouterr().err


def test_a_damaged_edition_cannot_be_made_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder(root, 0) / "isi/content/sop/surat-masuk.md"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")
    assert run(["reproduce", str(folder(root, 1) / "bundel-ttd.pdf")]) == 1
    told = capsys.readouterr().err
    assert "SOP213" in told
    assert "tidak utuh, sehingga tidak dapat dibangun ulang" in told
