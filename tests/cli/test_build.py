"""`sopdocs build`: what it makes, what it keeps, and what it does when something is wrong."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

from sopdocs.cli import run
from sopdocs.pdf import page_texts

from ..office.test_convert import gone
from ..workspaces import edit, make_workspace

AROUND = ("sampul", "keputusan", "daftar-isi", "penjelasan", "register")
OUTPUTS = {
    "bundel.pdf",
    "register.xlsx",
    "bundel-ttd.pdf",
    "manifest.json",
    *(f"bagian/{name}.{kind}" for name in AROUND for kind in ("docx", "pdf")),
    "sop/surat-keluar.docx",
    "sop/surat-keluar.pdf",
    "sop/surat-masuk.docx",
    "sop/surat-masuk.pdf",
}


def contents(root: Path) -> dict[str, bytes]:
    """Every visible file below build/."""
    folder = root / "build"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if not _hidden(path, folder)}


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def left_over(root: Path) -> list[str]:
    """Half-written files and working folders."""
    return [path.name for path in (root / "build").rglob(".*") if path.name not in (".kunci", ".cache")]


def lines(capsys: pytest.CaptureFixture[str], mark: str) -> set[str]:
    """Outputs that the progress lines name with `mark`."""
    text = capsys.readouterr().err
    return {line.split("build/")[1] for line in text.splitlines() if line.startswith(mark)}


def test_makes_every_output_and_a_true_manifest(built: Path) -> None:
    found = contents(built)
    assert set(found) == OUTPUTS
    assert left_over(built) == []
    manifest = json.loads(found["manifest.json"])
    for name, output in manifest["outputs"].items():
        assert output["sha256"] == hashlib.sha256(found[name]).hexdigest()
        assert output["size"] == len(found[name])
    assert set(manifest["outputs"]) == OUTPUTS - {"manifest.json"}
    assert manifest["inputs"]["content/instansi.yaml"] == (
        hashlib.sha256((built / "content" / "instansi.yaml").read_bytes()).hexdigest()
    )
    assert [entry["konsep"] for entry in manifest["sop"]] == [[], []]
    assert "7." in manifest["tools"]["libreoffice"] or "2" in manifest["tools"]["libreoffice"]


def test_a_second_run_makes_nothing(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(copy)
    for path in (copy / "content").rglob("*"):
        os.utime(path)
    assert run(["-C", str(copy), "build"]) == 0
    assert lines(capsys, "dibuat") == set()
    assert contents(copy) == before


def test_equal_inputs_give_equal_bytes_elsewhere(built: Path, tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "tempat lain")
    environment = {**os.environ, "TZ": "Asia/Makassar", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-m", "sopdocs", "-C", str(root), "build"], check=True, env=environment)
    theirs, ours = contents(root), contents(built)
    for name in OUTPUTS - {"bundel-ttd.pdf", "manifest.json"}:
        assert theirs[name] == ours[name], name
    # The seal holds a time and a random number; what it seals is the same.
    assert theirs["bundel-ttd.pdf"].startswith(ours["bundel.pdf"])


def test_one_word_rebuilds_its_sheet_and_the_bundle(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    assert run(["-C", str(copy), "build"]) == 0
    assert lines(capsys, "dibuat") == {"sop/surat-masuk.docx", "sop/surat-masuk.pdf", "bundel.pdf", "bundel-ttd.pdf"}


def test_another_step_also_rebuilds_the_parts_that_tell_of_it(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "- Waktu: 5 menit", "- Waktu: 25 menit")
    assert run(["-C", str(copy), "build"]) == 0
    around = {f"bagian/register.{kind}" for kind in ("docx", "pdf")}
    sheet = {f"sop/surat-masuk.{kind}" for kind in ("docx", "pdf")}
    assert lines(capsys, "dibuat") == {*around, *sheet, "register.xlsx", "bundel.pdf", "bundel-ttd.pdf"}


def test_a_damaged_output_is_brought_back(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(copy)
    (copy / "build" / "bundel.pdf").write_bytes(b"rusak")
    (copy / "build" / "sop" / "surat-masuk.pdf").unlink()
    assert run(["-C", str(copy), "build"]) == 0
    assert lines(capsys, "dari simpanan") == {"bundel.pdf", "sop/surat-masuk.pdf"}
    assert contents(copy) == before


def test_what_was_made_before_is_not_made_again(
    copy: Path, fake_soffice: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(copy)
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    assert run(["-C", str(copy), "build"]) == 0
    edit(copy, "surat-masuk", "Memahami contoh baru", "Memahami contoh")
    fake_soffice("exit 1")
    capsys.readouterr()
    assert run(["-C", str(copy), "build"]) == 0
    assert lines(capsys, "dibuat") == {"bundel-ttd.pdf"}
    shutil.rmtree(copy / "build" / "sop")
    (copy / "build" / "manifest.json").unlink()
    moved = copy.rename(copy.parent / "pindah")
    assert run(["-C", str(moved), "build"]) == 0
    after = contents(moved)
    # The seal holds a time and a random number.
    sealed = {"bundel-ttd.pdf", "manifest.json"}
    assert {name: after[name] for name in OUTPUTS - sealed} == {name: before[name] for name in OUTPUTS - sealed}
    assert json.loads(after["manifest.json"])["sop"] == json.loads(before["manifest.json"])["sop"]


def test_why_each_output_is_made_again(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    assert run(["-C", str(copy), "build", "--explain"]) == 0
    why = capsys.readouterr().err.splitlines()
    assert "dibuat build/sop/surat-masuk.pdf: content/sop/surat-masuk.md berubah" in why
    assert "dibuat build/bundel.pdf: sop/surat-masuk.pdf berubah" in why
    assert "dibuat build/bundel-ttd.pdf: bundel.pdf berubah" in why
    assert "tetap  build/sop/surat-keluar.pdf: tidak ada masukan yang berubah" in why
    assert sum(" build/" in line for line in why) == len(OUTPUTS) - 1, "every output but the manifest"


def test_builds_may_share_what_they_made(
    copy: Path, fake_soffice: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = (copy / "build" / ".cache").rename(copy.parent / "bersama")
    shutil.rmtree(copy / "build")
    fake_soffice("exit 1")
    assert run(["-C", str(copy), "build", "surat-masuk"]) == 4
    monkeypatch.setenv("SOPDOCS_CACHE", str(shared))
    assert run(["-C", str(copy), "build"]) == 0
    assert set(contents(copy)) == OUTPUTS
    for path in shared.rglob("*"):
        if path.is_file():
            path.write_bytes(b"rusak")
    shutil.rmtree(copy / "build")
    assert run(["-C", str(copy), "build", "surat-masuk"]) == 4, "nothing damaged is taken for a result"


@pytest.mark.parametrize("size", ["", "-1", "banyak", "1.5", "9" * 5000])
def test_a_size_that_is_no_number(
    size: str, copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOPDOCS_CACHE_MB", size)
    assert run(["-C", str(copy), "build"]) == 2
    assert "SOPDOCS_CACHE_MB" in capsys.readouterr().err


def test_another_official_rebuilds_what_names_him(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    officials, office = copy / "content" / "pejabat.yaml", copy / "content" / "instansi.yaml"
    with officials.open("a", encoding="utf-8") as file:
        file.write('sekcam: {jabatan: Sekcam Contoh, nama: Ani Contoh, nip: "19800101 200501 2 001"}\n')
    with office.open("a", encoding="utf-8") as file:
        file.write("kantor_lain: [Kecamatan Lain]\n")
    run(["-C", str(copy), "build"])
    assert lines(capsys, "dibuat") == set(), "no sheet prints these"
    edit(copy, "surat-masuk", "pengesah: camat", "pengesah: sekcam")
    run(["-C", str(copy), "build"])
    capsys.readouterr()
    officials.write_text(officials.read_text(encoding="utf-8").replace("Ani", "Eni"), encoding="utf-8")
    run(["-C", str(copy), "build"])
    made = lines(capsys, "dibuat")
    assert "sop/surat-masuk.pdf" in made
    assert "sop/surat-keluar.pdf" not in made


def test_a_damaged_manifest_only_costs_time(copy: Path) -> None:
    before = contents(copy)
    (copy / "build" / "manifest.json").write_text("{", encoding="utf-8")
    assert run(["-C", str(copy), "build"]) == 0
    assert contents(copy)["bundel.pdf"] == before["bundel.pdf"]


def test_an_sop_that_is_gone_leaves_no_sheet(copy: Path) -> None:
    (copy / "content" / "sop" / "surat-keluar.md").unlink()
    assert run(["-C", str(copy), "build"]) == 0
    assert set(contents(copy)) == {name for name in OUTPUTS if "keluar" not in name}
    manifest = json.loads(contents(copy)["manifest.json"])
    assert [part["kunci"] for part in manifest["bundel"]["bagian"]][-1] == "sop/surat-masuk"


def test_a_single_sheet(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    edit(copy, "surat-keluar", "Memahami contoh", "Memahami contoh baru")
    bundle = contents(copy)["bundel.pdf"]
    assert run(["-C", str(copy), "build", "surat-masuk"]) == 0
    assert lines(capsys, "dibuat") == {"sop/surat-masuk.docx", "sop/surat-masuk.pdf"}
    assert contents(copy)["bundel.pdf"] == bundle
    assert run(["-C", str(copy), "build"]) == 0
    assert "sop/surat-keluar.pdf" in lines(capsys, "dibuat")


def test_an_unknown_sheet_names_the_known_ones(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(copy), "build", "surat-masu"]) == 2
    assert "surat-masuk" in capsys.readouterr().err


def test_drafts_say_so_on_every_page(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = page_texts(contents(copy)["bundel.pdf"])
    assert not any("KONSEP" in text for text in clean)
    edit(copy, "surat-masuk", "pelaksana: [", 'perlu_konfirmasi: ["Nomor belum pasti"]\npelaksana: [')
    assert run(["-C", str(copy), "build"]) == 0
    assert "KONSEP surat-masuk: 1 hal" in capsys.readouterr().out
    sheet, bundle = (page_texts(contents(copy)[name]) for name in ("sop/surat-masuk.pdf", "bundel.pdf"))
    assert all("KONSEP" in text for text in sheet)
    around = bundle[: len(bundle) - 2 * len(sheet)]
    assert all("KONSEP" in text for text in around), "all around the sheets of a bundle with a draft"
    assert not any("KONSEP" in text for text in page_texts(contents(copy)["sop/surat-keluar.pdf"]))


def test_an_sop_with_errors_is_built_as_a_draft(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", "Alur: Ya → 3; Tidak → 1", "Alur: Ya → 3; Tidak → 9")
    assert run(["-C", str(copy), "build"]) == 1
    captured = capsys.readouterr()
    assert "surat-masuk.md:41:25: galat SOP051" in captured.err
    assert all("KONSEP" in text for text in page_texts(contents(copy)["sop/surat-masuk.pdf"]))


def test_an_unreadable_sop_keeps_the_old_bundle(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(copy)
    edit(copy, "surat-masuk", "nama: Surat Masuk", "nama: [Surat Masuk")
    edit(copy, "surat-keluar", "Memahami contoh", "Memahami contoh baru")
    assert run(["-C", str(copy), "build"]) == 4
    captured = capsys.readouterr()
    assert "Bundel tidak dibuat: surat-masuk" in captured.err
    after = contents(copy)
    assert after["bundel-ttd.pdf"] == before["bundel-ttd.pdf"]
    assert after["sop/surat-keluar.pdf"] != before["sop/surat-keluar.pdf"]
    # The bundle that stands there is not of today's content, so it cannot become final.
    assert run(["-C", str(copy), "sign", "--final"]) == 1


def test_texts_that_look_like_code_are_printed(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    odd = "A & B < C > \"D\" 'E' {{ 7*7 }} {% if x %} {# y #}"
    edit(root, "surat-masuk", "Memahami contoh", odd)
    edit(root, "surat-masuk", "- Syarat: surat masuk\n", f"- Syarat: {odd}\n")
    edit(root, "surat-masuk", "### 1. Menerima surat masuk", f"### 1. Menerima {odd}")
    assert run(["-C", str(root), "build", "surat-masuk"]) == 0
    text = "".join("".join(page_texts(contents(root)["sop/surat-masuk.pdf"])).split())
    assert text.count("".join(odd.split())) == 3


def test_a_cell_of_400_words(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    words = [f"kata{number}" for number in range(400)]
    edit(root, "surat-masuk", "- Output: surat masuk diterima", "- Output: " + " ".join(words))
    assert run(["-C", str(root), "build", "surat-masuk"]) == 0
    text = " ".join(page_texts(contents(root)["sop/surat-masuk.pdf"])).split()
    assert [word for word in text if word.startswith("kata")] == words


def test_missing_logo_is_a_finding(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy / "content" / "instansi.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("logo: null", "logo: logo.png"), encoding="utf-8")
    assert run(["-C", str(copy), "build"]) == 1
    assert "content/instansi.yaml:5:7: galat SOP001 Berkas logo “logo.png” tidak ada" in capsys.readouterr().err


def test_a_logo_that_is_no_picture(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(copy)
    path = copy / "content" / "instansi.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("logo: null", "logo: logo.png"), encoding="utf-8")
    (copy / "content" / "logo.png").write_text("bukan gambar", encoding="utf-8")
    assert run(["-C", str(copy), "build"]) == 2
    assert "Logo bukan gambar PNG atau JPEG" in capsys.readouterr().err
    assert contents(copy)["bundel-ttd.pdf"] == before["bundel-ttd.pdf"]


def test_a_broken_template_names_the_paragraph(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "templates").mkdir()
    (copy / "templates" / "sop.docx").write_text("bukan Word", encoding="utf-8")
    assert run(["-C", str(copy), "build"]) == 4
    assert "templates/sop.docx" in capsys.readouterr().err


def test_libreoffice_not_installed(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(copy)
    monkeypatch.setenv("SOPDOCS_SOFFICE", "/tidak/ada/soffice")
    assert run(["-C", str(copy), "build"]) == 3
    error = capsys.readouterr().err
    assert "Galat:" in error
    assert "Saran:" in error
    assert contents(copy) == before


def test_font_not_installed(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """fc-match always answers something: here, as on a machine without the font, DejaVu."""
    tools = tmp_path / "alat"
    tools.mkdir()
    answer = "DejaVu Sans\\t80\\t0\\t/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    (tools / "fc-match").write_text(f"#!/bin/sh\nprintf '{answer}'\n", encoding="utf-8")
    (tools / "fc-match").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    assert run(["-C", str(copy), "build"]) == 3
    assert "fonts-liberation" in capsys.readouterr().err


def test_libreoffice_that_dies_once_is_tried_again(
    copy: Path, fake_soffice: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    fake_soffice('[ -e "$HERE/once" ] || { : >"$HERE/once"; kill -9 $$; }\nexec "$REAL" "$@"')
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    assert run(["-C", str(copy), "build"]) == 0
    assert "sop/surat-masuk.pdf" in lines(capsys, "dibuat")


def test_libreoffice_that_always_dies_leaves_the_old_files(
    copy: Path, fake_soffice: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    fake_soffice("kill -9 $$")
    before = contents(copy)
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    assert run(["-C", str(copy), "build"]) == 4
    assert "surat-masuk" in capsys.readouterr().err
    after = contents(copy)
    assert {name for name in after if after[name] != before[name]} == {"manifest.json"}
    assert left_over(copy) == []


def test_libreoffice_that_lies(copy: Path, fake_soffice: Callable[[str], Path]) -> None:
    """A PDF of another document is not the sheet, however well-formed."""
    other = copy / "build" / "sop" / "surat-keluar.pdf"
    kept = shutil.copy(other, copy / "lain.pdf")
    fake_soffice(
        f'while [ $# -gt 0 ]; do [ "$1" = --outdir ] && out=$2; last=$1; shift; done\n'
        f'name=$(basename "$last" .docx); cp {kept} "$out/$name.pdf"'
    )
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    before = contents(copy)["sop/surat-masuk.pdf"]
    assert run(["-C", str(copy), "build"]) == 4
    assert contents(copy)["sop/surat-masuk.pdf"] == before


def test_unwritable_build_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Root may write everywhere, so a file in the place of the folder stands for a folder without permission."""
    root = make_workspace(tmp_path)
    (root / "build").write_text("bukan folder", encoding="utf-8")
    assert run(["-C", str(root), "build"]) == 2
    error = capsys.readouterr().err
    assert "tidak dapat ditulis" in error
    assert "Saran:" in error


def test_two_builds_at_once(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "build" / ".pemegang").write_text("4711\n", encoding="utf-8")
    with FileLock(copy / "build" / ".kunci"):
        assert run(["-C", str(copy), "build"]) == 2
    assert "4711" in capsys.readouterr().err


def test_killed_in_the_middle(copy: Path, fake_soffice: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    fake_soffice('[ -e "$HERE/slow" ] || { : >"$HERE/slow"; sleep 20; }\nexec "$REAL" "$@"')
    slow = copy.parent / "slow"
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    before = contents(copy)
    process = subprocess.Popen([sys.executable, "-m", "sopdocs", "-C", str(copy), "build"], start_new_session=True)
    deadline = time.monotonic() + 60
    while not slow.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert slow.exists()
    after = contents(copy)
    assert {name for name in before if after[name] != before[name]} <= {"sop/surat-masuk.docx"}
    assert run(["-C", str(copy), "build"]) == 0
    assert left_over(copy) == []
    assert contents(copy)["bundel.pdf"] != before["bundel.pdf"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_the_user(copy: Path, fake_soffice: Callable[[str], Path], how: signal.Signals) -> None:
    """LibreOffice hangs, and runs in a session of its own that hears no Ctrl+C: it must end all the same."""
    fake_soffice('echo $$ >"$HERE/pid"\nsleep 60')
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami contoh baru")
    before = contents(copy)
    call = [sys.executable, "-m", "sopdocs", "-C", str(copy), "build"]
    # CI may have started us with SIGINT ignored, which children inherit; a shell in a terminal does not.
    hear = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(call, start_new_session=True, stderr=subprocess.PIPE, text=True, preexec_fn=hear)
    pid = copy.parent / "pid"
    deadline = time.monotonic() + 60
    while not (pid.exists() and pid.read_text(encoding="ascii").strip()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(how)
    _, error = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Dihentikan" in error
    assert "GAGAL" not in error
    assert gone(int(pid.read_text(encoding="ascii")))
    assert contents(copy) == before
    assert left_over(copy) == []


def test_a_sheet_without_number_is_a_draft(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy, "surat-masuk", 'nomor: "002/CONTOH/2024"', "nomor: null")
    assert run(["-C", str(copy), "build"]) == 0
    assert all("KONSEP" in text for text in page_texts(contents(copy)["sop/surat-masuk.pdf"]))
    assert run(["-C", str(copy), "sign", "--final"]) == 1
    assert "nomor SOP belum ada" in capsys.readouterr().err


def test_findings_name_the_file_where_it_stands_now(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its text may have come from another office's folder, and is the same."""
    path = copy / "build" / "manifest.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    told = {"line": 2, "col": 1, "severity": "peringatan", "code": "SOP853", "message": "halaman 1", "hint": ""}
    record["sop"][0]["temuan"] = [{"path": "instansi/lain/sop/surat-keluar.md", **told}]
    path.write_text(json.dumps(record), encoding="utf-8")
    assert run(["-C", str(copy), "build"]) == 0
    assert "instansi/lain" not in capsys.readouterr().err
    assert "instansi/lain" not in path.read_text(encoding="utf-8")


def test_when_every_sop_has_ended_the_build_says_so(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for slug in ("surat-keluar", "surat-masuk"):
        edit(copy, slug, "pengesah: camat", "pengesah: camat\nstatus: dicabut\npencabutan: 2024-05-01")
    bundle = (copy / "build/bundel-ttd.pdf").read_bytes()
    assert run(["-C", str(copy), "build", "--quiet"]) == 4
    assert "semua SOP sudah dicabut atau digantikan" in capsys.readouterr().err
    assert (copy / "build/bundel-ttd.pdf").read_bytes() == bundle
