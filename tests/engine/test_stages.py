"""What a sheet's key depends on, who is a draft, and how a conversion is tried."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.engine import stages
from sopdocs.engine.drafts import draft_reasons
from sopdocs.engine.ingredients import digest
from sopdocs.engine.jobs import PartJob, SheetJob, Surroundings, Templates
from sopdocs.engine.stages import bundle_date, parts
from sopdocs.engine.stopwatch import Stopwatch
from sopdocs.errors import OutputRejectedError, SopdocsError
from sopdocs.layout import FontData
from sopdocs.model import Finding, Pejabat, Pelaksana, PrintedPage, PrintedSheet, Revisi, SetelanAturan, Severity, Span
from sopdocs.office import Document, LibreOffice
from sopdocs.word import Template

from ..workspaces import edit, make_workspace


def job(root: Path, slug: str = "surat-masuk") -> SheetJob:
    workspace = read_workspace(root).workspace
    assert workspace is not None
    names = [field.name for field in fields(Templates) if field.name != "lambang"]
    templates = Templates(**{name: Template(f"{name}.docx", name.encode()) for name in names}, lambang=b"gambar")
    around = Surroundings(LibreOffice(Path("soffice"), "7.4"), FontData(b"r", b"b", b"i", b"bi"), templates, None)
    return SheetJob(workspace.sop[slug], workspace, around, konsep=False)


def test_the_key_follows_what_is_printed(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    before = job(root).recipe.key
    edit(root, "surat-keluar", "Memahami contoh", "Hal lain")
    edit(root, "surat-masuk", "## Dasar Hukum", "\n\n## Dasar Hukum")
    assert job(root).recipe.key == before, "another sheet and empty lines do not count"
    edit(root, "surat-masuk", "Memahami contoh", "Hal lain")
    assert job(root).recipe.key != before


def test_the_key_follows_everything_else_the_sheet_shows(tmp_path: Path) -> None:
    base = job(make_workspace(tmp_path))
    other = replace(base.surroundings.templates, sop=Template("sop.docx", b"u"))
    official = Pejabat("camat", "Camat Lain", "Nama Lain", "1")
    judged = (SetelanAturan("SOP852", nilai=(("poin", 70),)),)
    variants = [
        replace(base, konsep=True),
        replace(base, surroundings=replace(base.surroundings, templates=other)),
        replace(base, surroundings=replace(base.surroundings, logo=b"logo")),
        replace(base, surroundings=replace(base.surroundings, fonts=FontData(b"x", b"b", b"i", b"bi"))),
        replace(base, surroundings=replace(base.surroundings, libreoffice=LibreOffice(Path("soffice"), "25.2"))),
        replace(base, workspace=replace(base.workspace, pejabat={"camat": official})),
        replace(base, workspace=replace(base.workspace, instansi=replace(base.workspace.instansi, kop=("LAIN",)))),
        replace(base, workspace=replace(base.workspace, instansi=replace(base.workspace.instansi, aturan=judged))),
    ]
    assert len({base.recipe.key, *(variant.recipe.key for variant in variants)}) == 1 + len(variants)


def test_what_the_sheet_does_not_print_does_not_count(tmp_path: Path) -> None:
    base = job(make_workspace(tmp_path))
    w, office = base.workspace, base.workspace.instansi
    lanes = {key: replace(lane, peringkat=lane.peringkat + 1) for key, lane in w.pelaksana.items()}
    offices = [
        replace(office, kantor_lain=("Kecamatan Lain",)),
        replace(office, pola_nomor=".*"),
        replace(office, aturan=(SetelanAturan("SOP140", mati=True),)),
        replace(office, logo="gambar-yang-sama.png"),
    ]
    spaces = [
        *(replace(w, instansi=each) for each in offices),
        replace(w, pelaksana=lanes | {"lain": Pelaksana("lain", "Lain")}),
        replace(w, pejabat={**w.pejabat, "sekcam": Pejabat("sekcam", "Sekcam", "Nama Lain", "1")}),
    ]
    history = (Revisi(1, date(2024, 2, 1), "Contoh"),)
    jobs = [
        *(replace(base, workspace=each) for each in spaces),
        replace(base, sop=replace(base.sop, catatan="Contoh", riwayat_revisi=history)),
    ]
    assert {each.recipe.key for each in jobs} == {base.recipe.key}


def test_a_regulation_counts_where_it_is_cited(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    register = root / "content" / "peraturan.yaml"
    register.write_text("- {jenis: PP, nomor: '1', tahun: 2020, tentang: Contoh}\n", encoding="utf-8")
    edit(root, "surat-masuk", "1. Peraturan Contoh Nomor 1 Tahun 2020 tentang Contoh", "1. [PP 1/2020]")
    before = {slug: job(root, slug).recipe.key for slug in ("surat-masuk", "surat-keluar")}
    register.write_text("- {jenis: PP, nomor: '1', tahun: 2020, tentang: Contoh Lain}\n", encoding="utf-8")
    assert [slug for slug, key in before.items() if job(root, slug).recipe.key != key] == ["surat-masuk"]


def test_a_job_can_be_sent_to_another_process(tmp_path: Path) -> None:
    base = job(make_workspace(tmp_path))
    sent = pickle.loads(pickle.dumps(base.parcel))
    assert sent.recipe.key == base.recipe.key
    assert not sent.workspace.peraturan, "and holds nothing that it does not need"
    assert [*sent.workspace.sop] == ["surat-masuk"]


def test_what_comes_from_another_process_shares_fonts_with_what_came_before(tmp_path: Path) -> None:
    base = job(make_workspace(tmp_path)).surroundings
    one, two = (pickle.loads(pickle.dumps(base)).interned for _ in range(2))
    assert one.fonts is two.fonts
    assert one.templates is two.templates


def test_digest_keeps_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_errors_of_the_sheet_and_of_shared_files_make_a_draft(tmp_path: Path) -> None:
    sop = job(make_workspace(tmp_path)).sop
    own = Finding(Span("content/sop/surat-masuk.md"), "SOP001", "sendiri")
    shared = Finding(Span("content/pejabat.yaml"), "SOP001", "bersama")
    foreign = Finding(Span("content/sop/surat-keluar.md"), "SOP001", "lain")
    mild = Finding(Span("content/sop/surat-masuk.md"), "SOP001", "ringan", severity=Severity.PERINGATAN)
    assert draft_reasons(sop, (own, shared, foreign, mild)) == (str(own), str(shared))
    doubtful = replace(sop, perlu_konfirmasi=("nomor",))
    assert draft_reasons(doubtful, ()) == ("content/sop/surat-masuk.md: perlu konfirmasi: nomor",)


class Scripted:
    """A printer that gives these one after the other."""

    def __init__(self, *outcomes: bytes | OutputRejectedError) -> None:
        self.left = list(outcomes)

    def convert_all(self, documents: Sequence[Document]) -> list[bytes | OutputRejectedError]:
        return [self.left.pop(0) for _ in documents]

    def convert(self, docx: bytes, *, name: str) -> bytes:
        (outcome,) = self.convert_all([Document(name, docx)])
        if isinstance(outcome, OutputRejectedError):
            raise outcome
        return outcome

    def close(self) -> None: ...

    def __enter__(self) -> Scripted:
        return self

    def __exit__(self, *_: object) -> None: ...


def printed(monkeypatch: pytest.MonkeyPatch, printer: Scripted, pages: int | None = None) -> bytes | SopdocsError:
    """A part as it comes out, where b"bad" does not say what it must."""

    def read(pdf: bytes, what: str) -> PrintedSheet:
        text = "kosong" if pdf == b"bad" else "Judul"
        return PrintedSheet((PrintedPage(842, 595, text, False, None, None),))

    monkeypatch.setattr(stages, "read_printed", read)
    monkeypatch.setattr(stages, "normalise", lambda pdf, **_: pdf)
    job = PartJob("sampul", "Sampul", b"PK", date(2024, 1, 1), ("judul",), pages)
    return parts([job], printer, Stopwatch())[0]


@pytest.mark.parametrize("first", [b"bad", OutputRejectedError("mati")])
def test_a_conversion_is_tried_twice(monkeypatch: pytest.MonkeyPatch, first: bytes | OutputRejectedError) -> None:
    printer = Scripted(first, b"good", b"spare")
    assert printed(monkeypatch, printer) == b"good"
    assert printer.left == [b"spare"]


@pytest.mark.parametrize(
    "outcomes", [(b"bad", b"bad"), (b"bad", OutputRejectedError("mati")), (OutputRejectedError("mati"),) * 2]
)
def test_two_bad_results_are_an_error(
    monkeypatch: pytest.MonkeyPatch, outcomes: tuple[bytes | OutputRejectedError, ...]
) -> None:
    printer = Scripted(*outcomes, b"spare")
    assert isinstance(printed(monkeypatch, printer), OutputRejectedError)
    assert printer.left == [b"spare"]


def test_the_bundle_bears_the_latest_date(tmp_path: Path) -> None:
    sop = job(make_workspace(tmp_path)).sop
    assert bundle_date((sop, replace(sop, revisi=date(2025, 5, 1)))) == date(2025, 5, 1)
