"""Finished PDFs are judged as long as they are made from today's content; others are told as old."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from sopdocs.cli import places
from sopdocs.content import read_workspace
from sopdocs.engine import Manifest, Output, finished, finished_findings, read_manifest, sha256
from sopdocs.engine.ingredients import sheet_sources
from sopdocs.engine.manifest import SheetEntry
from sopdocs.errors import OutputRejectedError
from sopdocs.model import Place

from ..workspaces import edit, make_workspace


def blank() -> bytes:
    """A PDF with nothing on its one page of F4."""
    output = io.BytesIO()
    with pikepdf.Pdf.new() as document:
        document.add_blank_page(page_size=(936, 609.99))
        document.save(output)
    return output.getvalue()


def record(root: Path, pdf: bytes) -> None:
    """Put the PDF there as the sheet of every SOP, as if built from the content of now."""
    workspace, inputs = read_workspace(root).workspace, places.content_inputs(Place(root))
    assert workspace is not None
    manifest = Manifest()
    (root / "build" / "sop").mkdir(parents=True, exist_ok=True)
    for sop in workspace.sop.values():
        (root / "build" / "sop" / f"{sop.slug}.pdf").write_bytes(pdf)
        manifest.outputs[f"sop/{sop.slug}.pdf"] = Output(sha256(pdf), len(pdf), "")
        own = sheet_sources(sop, workspace, inputs, konsep=False)
        manifest.sop[sop.slug] = SheetEntry(sop.slug, sop.nama, sop.nomor, 1, (), masukan=own)
    manifest.write(root / "build")


def found(root: Path) -> tuple[list[str], bool]:
    """`slug:code` of the findings, and whether every sheet was judged."""
    workspace = read_workspace(root).workspace
    assert workspace is not None
    store = root / "build" / ".cache" / "lembar-jadi.json"
    result = finished_findings(Place(root), workspace, (), places.content_inputs(Place(root)), store)
    return [f"{Path(f.span.path).stem}:{f.code}" for f in result.findings], result.complete


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_workspace(tmp_path)
    record(root, blank())
    return root


def test_where_nothing_was_built_nothing_is_found(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    assert found(root) == ([], False)
    (root / "build").mkdir()
    assert found(root) == ([], False)


def test_todays_sheets_are_judged_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = (["surat-keluar:SOP851", "surat-masuk:SOP851"], True)
    assert found(root) == both

    def never(pdf: bytes, what: str) -> None:
        raise AssertionError(what)

    monkeypatch.setattr(finished, "read_printed", never)
    assert found(root) == both


def test_a_changed_file_makes_its_own_sheet_old(root: Path) -> None:
    edit(root, "surat-masuk", "Memahami contoh", "Memahami hal lain")
    assert found(root) == (["surat-masuk:SOP857", "surat-keluar:SOP851"], False)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/pejabat.yaml", "Budi Contoh", "Ani Contoh"),
        ("content/instansi.yaml", "tempat: Contoh Jaya", "tempat: Contoh Lain"),
        ("content/pelaksana.yaml", "Kepala", "Pimpinan"),
        ("templates/sop.docx", "", "lain"),
    ],
)
def test_what_all_sheets_print_makes_all_old(name: str, old: str, new: str, root: Path) -> None:
    change(root / name, old, new)
    assert found(root) == (["surat-keluar:SOP857", "surat-masuk:SOP857"], False)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/pejabat.yaml", "camat:", "# keterangan\nsekcam: {jabatan: S, nama: Ani Contoh, nip: '1'}\ncamat:"),
        ("content/instansi.yaml", "tempat:", "kantor_lain: [Kecamatan Lain]\npola_nomor: '.*'\ntempat:"),
        ("content/pelaksana.yaml", "umum:", "lain: {nama: Lain}\numum:"),
        ("content/bundel.yaml", "", "judul: Contoh\n"),
        ("content/peraturan.yaml", "", "[]\n"),
        ("templates/sampul.docx", "", "lain"),
    ],
)
def test_what_no_sheet_prints_makes_none_old(name: str, old: str, new: str, root: Path) -> None:
    change(root / name, old, new)
    assert found(root) == (["surat-keluar:SOP851", "surat-masuk:SOP851"], True)


def change(path: Path, old: str, new: str) -> None:
    path.parent.mkdir(exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.is_file() and old else ""
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")


def test_a_sheet_that_is_missing_or_changed_by_hand(root: Path) -> None:
    (root / "build" / "sop" / "surat-masuk.pdf").unlink()
    (root / "build" / "sop" / "surat-keluar.pdf").write_bytes(b"lain")
    assert found(root) == (["surat-keluar:SOP857", "surat-masuk:SOP857"], False)


def test_a_sheet_outside_the_bundle_need_not_be_there(root: Path) -> None:
    (root / "content" / "bundel.yaml").write_text("judul: Contoh\nsop: [surat-keluar]\n", encoding="utf-8")
    record(root, blank())
    (root / "build" / "sop" / "surat-masuk.pdf").unlink()
    assert found(root) == (["surat-keluar:SOP851"], False)


def test_a_manifest_from_before_counts_as_old(root: Path) -> None:
    manifest = read_manifest(root / "build")
    manifest.sop = {slug: replace(entry, masukan="") for slug, entry in manifest.sop.items()}
    manifest.write(root / "build")
    assert found(root)[0] == ["surat-keluar:SOP857", "surat-masuk:SOP857"]


def test_a_broken_sheet_is_named(root: Path) -> None:
    record(root, b"%PDF-1.7 rusak")
    with pytest.raises(OutputRejectedError, match=r"build/sop/surat-keluar\.pdf"):
        found(root)
