"""The whole document as `build` makes it: parts, page numbers, links, attachments; and `reproduce`."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pypdf import PdfReader

from sopdocs.cli import building, run
from sopdocs.cli.building import count_outputs
from sopdocs.cli.checking import Checked, load
from sopdocs.content import read_workspace
from sopdocs.engine import read_manifest
from sopdocs.pdf import page_texts, read_bundle
from sopdocs.sign import DevelopmentKey

from ..sign.material import issue, private_key
from ..workspaces import edit

SLUGS = ("surat-keluar", "surat-masuk")


def bundle(root: Path) -> bytes:
    return (root / "build" / "bundel.pdf").read_bytes()


def pkcs12_of(key: DevelopmentKey, word: bytes) -> bytes:
    certificate = x509.load_der_x509_certificate(key.certificate)
    return pkcs12.serialize_key_and_certificates(
        b"camat", key.private_key, certificate, None, BestAvailableEncryption(word)
    )


def findings(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Codes that `check` finds on the finished bundle."""
    capsys.readouterr()
    run(["-C", str(root), "check", "--format", "json", "--select", "SOP86"])
    return [each["code"] for each in json.loads(capsys.readouterr().out)["findings"]]


def rebuild(root: Path, *options: str) -> None:
    assert run(["-C", str(root), "build", *options]) == 0


def test_the_parts_stand_in_the_order_of_the_regulation(built: Path) -> None:
    keys = [part.key for part in read_bundle(bundle(built)).parts]
    around = ["sampul", "keputusan", "daftar-isi", "penjelasan", "register"]
    assert keys == [*(f"bagian/{name}" for name in around), *(f"sop/{slug}" for slug in SLUGS)]


def test_every_number_is_the_page_one_holds_in_hand(built: Path) -> None:
    texts = page_texts(bundle(built))
    for number, text in enumerate(texts, 1):
        assert f"Halaman {number} dari {len(texts)}" in text
    assert PdfReader(io.BytesIO(bundle(built))).page_labels == [str(n) for n in range(1, len(texts) + 1)]
    contents = next(text for text in texts if "DAFTAR ISI" in text)
    parts = read_manifest(built / "build").bundel
    assert parts is not None
    assert parts.halaman == len(texts)
    for part in parts.bagian:
        if part.kunci.startswith("sop/"):
            assert re.search(rf"{part.judul}\s+\S+\s+-\s+{part.halaman}\b", contents)
            assert "lembar 1 dari 1" in texts[part.halaman - 1]
            assert part.judul in texts[part.halaman - 1]


def test_contents_and_keterkaitan_lead_to_the_sheet(copy: Path) -> None:
    edit(copy, "surat-masuk", "- SOP lain", "- [[surat-keluar]]")
    rebuild(copy)
    reader = PdfReader(io.BytesIO(bundle(copy)))
    places = {name: reader.get_destination_page_number(place) + 1 for name, place in reader.named_destinations.items()}
    starts = {part.key: part.first for part in read_bundle(bundle(copy)).parts}
    assert places.items() >= starts.items()
    sheet = reader.pages[starts["sop/surat-masuk"] - 1]
    links = [link.get_object() for link in sheet["/Annots"]]
    targets = [str(link.get("/Dest") or link["/A"]["/D"]) for link in links if link["/Subtype"] == "/Link"]
    assert targets == ["sop/surat-keluar"]


def test_another_order_gives_other_numbers(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "content" / "bundel.yaml").write_text("sop: [surat-masuk, surat-keluar]\n", encoding="utf-8")
    rebuild(copy)
    keys = [part.key for part in read_bundle(bundle(copy)).parts]
    assert keys[-2:] == ["sop/surat-masuk", "sop/surat-keluar"]
    assert findings(copy, capsys) == []


def test_monitoring_forms_follow_when_asked_for(copy: Path) -> None:
    (copy / "content" / "bundel.yaml").write_text("formulir_pemantauan: ya\n", encoding="utf-8")
    rebuild(copy)
    last = read_bundle(bundle(copy)).parts[-1]
    assert (last.key, last.pages) == ("bagian/pemantauan", 2)


def test_check_tells_the_state_of_the_bundle(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert findings(copy, capsys) == []
    sealed = copy / "build" / "bundel-ttd.pdf"
    good = sealed.read_bytes()
    sealed.write_bytes(good + b"\n")
    assert findings(copy, capsys) == ["SOP862"]
    sealed.unlink()
    assert findings(copy, capsys) == ["SOP861"]
    sealed.write_bytes(good)
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami hal lain")
    assert findings(copy, capsys) == ["SOP863"]


def test_a_bundle_carries_its_sources_and_can_be_made_again(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rebuild(copy, "--sertakan-sumber")
    facts = read_bundle(bundle(copy))
    attached = {each.name: each.data for each in facts.attachments}
    assert facts.pdfa_part == 3
    assert attached["content/sop/surat-masuk.md"] == (copy / "content" / "sop" / "surat-masuk.md").read_bytes()
    assert attached["build/sop/surat-masuk.docx"] == (copy / "build" / "sop" / "surat-masuk.docx").read_bytes()
    manifest = read_manifest(copy / "build").bundel
    assert manifest is not None
    assert {each.nama: each.sha256 for each in manifest.lampiran} == {
        each.name: each.sha256 for each in facts.attachments
    }
    alone = tmp_path / "dari orang lain.pdf"
    alone.write_bytes((copy / "build" / "bundel-ttd.pdf").read_bytes())
    capsys.readouterr()
    assert run(["reproduce", str(alone)]) == 0
    assert capsys.readouterr().out.startswith("COCOK")


def test_sources_that_change_after_they_were_read_are_not_carried(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*arguments: Any) -> Checked:
        checked = load(*arguments)
        edit(copy, "surat-masuk", "Memahami contoh", "Memahami hal lain")
        return checked

    monkeypatch.setattr(building, "load", late)
    assert run(["-C", str(copy), "build", "--sertakan-sumber"]) == 4
    assert "content/sop/surat-masuk.md berubah selama pembuatan" in capsys.readouterr().err


def test_a_bundle_of_other_sources_is_told_with_its_pages(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sealed = str(copy / "build" / "bundel-ttd.pdf")
    assert run(["reproduce", sealed]) == 2, "it carries no sources"
    assert "--sumber" in capsys.readouterr().err
    before = {path: path.read_bytes() for path in (copy / "build").rglob("*") if path.is_file()}
    assert run(["reproduce", sealed, "--sumber", str(copy)]) == 0
    assert {path: path.read_bytes() for path in before} == before, "the user's own outputs stay"
    edit(copy, "surat-keluar", "Memahami contoh", "Memahami hal lain")
    capsys.readouterr()
    assert run(["reproduce", sealed, "--sumber", str(copy)]) == 1
    page = next(part.first for part in read_bundle(bundle(copy)).parts if part.key == "sop/surat-keluar")
    assert f"Teks berbeda pada halaman {page}\n" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"bukan pdf", b"%PDF-1.7\nrusak"])
def test_reproduce_refuses_what_is_no_bundle(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    assert run(["reproduce", str(path)]) == 4


def test_an_approved_sheet_is_attached_until_the_sheet_changes(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOPDOCS_SANDI", "kata-sandi-uji")
    path = tmp_path / "camat.p12"
    path.write_bytes(
        pkcs12_of(issue("Budi Contoh", private_key(), end=datetime(2100, 1, 1, tzinfo=UTC)), b"kata-sandi-uji")
    )
    assert run(["-C", str(copy), "sign", "surat-masuk"]) == 2, "a development key approves nothing"
    assert run(["-C", str(copy), "sign", "surat-masuk", "--kunci", "pkcs12", "--pkcs12", str(path)]) == 0
    approval = copy / "content" / "persetujuan" / "surat-masuk.pdf"
    signed = approval.read_bytes()
    assert signed.startswith((copy / "build" / "sop" / "surat-masuk.pdf").read_bytes())
    rebuild(copy)
    attached = {each.name: each.data for each in read_bundle(bundle(copy)).attachments}
    assert attached == {"content/persetujuan/surat-masuk.pdf": signed}
    assert findings(copy, capsys) == []
    approval.write_bytes(signed[:-200] + b"x" * 200)
    rebuild(copy)
    assert "SOP866" in capsys.readouterr().err, "a damaged signature approves nothing"
    approval.write_bytes(signed)
    edit(copy, "surat-masuk", "Memahami contoh", "Memahami hal lain")
    rebuild(copy)
    assert "SOP866" in capsys.readouterr().err
    assert read_bundle(bundle(copy)).attachments == ()
    assert approval.read_bytes() == signed, "nobody's signature is thrown away"


@pytest.mark.parametrize("stray", ["kunci.p12", "kunci.pem", "catatan.txt", "segel.yaml", "sop/kunci.key"])
def test_only_what_the_outputs_are_made_of_travels_with_them(copy: Path, stray: str) -> None:
    """A key that lies in content/ by mistake must not reach whoever gets the bundle."""
    (copy / "content" / stray).write_text("kunci: pengembangan\n", encoding="utf-8")
    rebuild(copy, "--sertakan-sumber")
    assert f"content/{stray}" not in {each.name for each in read_bundle(bundle(copy)).attachments}


def test_one_sheet_built_alone_leaves_the_bundle_ready(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rebuild(copy, "surat-masuk")
    assert findings(copy, capsys) == []
    assert run(["-C", str(copy), "sign", "--final"]) == 0


def test_a_bundle_without_its_decree_is_not_final(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy / "content" / "instansi.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  SOP170: {tingkat: mati}\n", ""), encoding="utf-8")
    rebuild(copy)
    capsys.readouterr()
    assert run(["-C", str(copy), "sign", "--final"]) == 1
    assert "Keputusan penetapan SOP belum lengkap" in capsys.readouterr().err


@pytest.mark.parametrize(("forms", "slugs"), [(False, ()), (True, ()), (False, ("surat-masuk",))])
def test_the_bar_is_full_when_everything_is_done(
    copy: Path, forms: bool, slugs: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    if forms:
        (copy / "content" / "bundel.yaml").write_text("formulir_pemantauan: ya\n", encoding="utf-8")
    workspace = read_workspace(copy).workspace
    assert workspace is not None
    capsys.readouterr()
    rebuild(copy, "--explain", *slugs)
    told = [line for line in capsys.readouterr().err.splitlines() if " build/" in line]
    assert len({line.split(" build/")[1] for line in told}) == count_outputs(workspace, slugs, changes=False)
