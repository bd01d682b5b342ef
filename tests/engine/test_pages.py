"""Findings of the layout are remembered between runs, for as long as nothing changes that they follow from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sopdocs.cli import places
from sopdocs.content import read_workspace
from sopdocs.engine import PageCheck, page_findings, pages
from sopdocs.model import Place

from ..workspaces import edit, make_workspace

LONG = "Apakah seluruh persyaratan administrasi beserta lampirannya sudah lengkap, benar, dan sesuai dengan ketentuan?"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_workspace(tmp_path)
    edit(root, "surat-masuk", "(keputusan)", f'(keputusan "{LONG}")')
    return root


def check(root: Path) -> PageCheck:
    workspace = read_workspace(root).workspace
    assert workspace is not None
    place = Place(root)
    return PageCheck(workspace, places.fonts(), places.templates_of(place), None, places.content_inputs(place))


def drawn(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """Codes found, and slugs laid out for them."""
    slugs: list[str] = []
    real = pages.make_sheet
    monkeypatch.setattr(pages, "make_sheet", lambda sop, *rest: (slugs.append(sop.slug), real(sop, *rest))[1])
    found = page_findings(check(root), root / "build" / "store.json")
    monkeypatch.undo()
    return [f"{finding.code}:{finding.span.line}" for finding in found], slugs


def test_only_what_changed_is_laid_out_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(root, monkeypatch) == (["SOP803:37"], ["surat-keluar", "surat-masuk"])
    assert drawn(root, monkeypatch) == (["SOP803:37"], [])
    edit(root, "surat-masuk", "nama: Surat Masuk\n", "nama: Surat Masuk\n# keterangan\n")
    assert drawn(root, monkeypatch) == (["SOP803:38"], ["surat-masuk"])
    office = root / "content" / "instansi.yaml"
    office.write_text(office.read_text() + "kertas: A4\n")
    assert drawn(root, monkeypatch)[1] == ["surat-keluar", "surat-masuk"]


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"format": "sopdocs-halaman/1"}', "\x00", '{"format": 1'])
def test_a_damaged_store_costs_time_only(damage: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn(root, monkeypatch)
    (root / "build" / "store.json").write_text(damage)
    assert drawn(root, monkeypatch) == first


def test_a_store_of_wrong_findings_is_not_believed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(root, monkeypatch)
    store = root / "build" / "store.json"
    record = json.loads(store.read_text())
    record["halaman"] = {key: [{"code": "SOP803"}] for key in record["halaman"]}
    store.write_text(json.dumps(record))
    assert drawn(root, monkeypatch)[1] == ["surat-keluar", "surat-masuk"]


def test_a_store_that_cannot_be_written_is_no_fault(root: Path) -> None:
    (root / "build").write_text("a file, not a folder")
    assert [f.code for f in page_findings(check(root), root / "build" / "store.json")] == ["SOP803"]


def test_other_fonts_or_templates_count_as_a_change(root: Path) -> None:
    this = check(root)
    sop = this.workspace.sop["surat-masuk"]
    other = replace(this, templates=replace(this.templates, sop=replace(this.templates.sop, data=b"x")))
    assert this.key(sop) != other.key(sop)
