"""Content against made-up archives: what an office may not do unseen, and what it may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from sopdocs.model import (
    Abaikan,
    Arsip,
    Bundel,
    Finding,
    Langkah,
    Paragraph,
    Prosedur,
    Revisi,
    RichText,
    Run,
    SetelanAturan,
    Severity,
    SimbolId,
    Span,
    Status,
    Workspace,
)
from sopdocs.rules import FIRM, RULES, check_workspace, settle, silences
from sopdocs.rules.examples import read_example
from tests.rules.issuing import ISSUED, archive_of, edition, read

TODAY = date(2024, 6, 1)
ON_ARCHIVE = sorted(code for code in RULES if read_example(code).issued is not None)
SLUG = "surat-masuk"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The faultless workspace of the examples, as issued."""
    root = tmp_path_factory.mktemp("terbit")
    read_example("SOP200").write_issued(root)
    return read(root)


def found(today: Workspace, arsip: Arsip) -> list[Finding]:
    return [finding for finding in check_workspace(today, TODAY, arsip) if finding.code in ON_ARCHIVE]


def codes(today: Workspace, arsip: Arsip) -> list[str]:
    return [finding.code for finding in found(today, arsip)]


def changed(workspace: Workspace, slug: str = SLUG, **fields: object) -> Workspace:
    """The workspace with these fields of one SOP."""
    return replace(workspace, sop=workspace.sop | {slug: replace(workspace.sop[slug], **fields)})


def without(workspace: Workspace, slug: str) -> Workspace:
    """The workspace without the file of an SOP, and without its line in the bundle."""
    listed = tuple(each for each in workspace.bundel.sop if each != slug)
    rest = {each: sop for each, sop in workspace.sop.items() if each != slug}
    return replace(workspace, sop=rest, bundel=replace(workspace.bundel, sop=listed))


def log(*numbers: int) -> tuple[Revisi, ...]:
    return tuple(Revisi(number, date(2024, 2 + number, 1), f"Perubahan {number}", "Evaluasi") for number in numbers)


def row_of(step: Langkah, **fields: object) -> Callable[[Prosedur], Prosedur]:
    """Gives a step of a procedure other fields."""
    new = replace(step, **fields)
    return lambda prosedur: replace(prosedur, langkah=tuple(new if each == step else each for each in prosedur.langkah))


@pytest.mark.parametrize("code", ON_ARCHIVE)
def test_the_bad_form_gives_this_finding_alone_and_the_good_form_none(code: str, tmp_path: Path) -> None:
    example = read_example(code)
    for name in ("terbit", "baik", "buruk"):
        (tmp_path / name).mkdir()
    example.write_issued(tmp_path / "terbit")
    example.write(tmp_path / "baik", example.good)
    example.write(tmp_path / "buruk", example.bad)
    arsip = archive_of(read(tmp_path / "terbit"))
    assert check_workspace(read(tmp_path / "baik"), TODAY, arsip) == ()
    bad = check_workspace(read(tmp_path / "buruk"), TODAY, arsip)
    assert [(f.code, str(f.span)) for f in bad] == [(code, f"{example.path}:{place}") for place in example.findings]
    assert all(finding.hint for finding in bad)


@pytest.mark.parametrize("code", ON_ARCHIVE)
def test_without_an_archive_nothing_is_said(code: str, tmp_path: Path) -> None:
    example = read_example(code)
    example.write(tmp_path, example.bad)
    assert codes(read(tmp_path), Arsip()) == []


def test_what_was_issued_and_is_unchanged_gives_nothing(issued: Workspace) -> None:
    assert check_workspace(issued, TODAY, archive_of(issued)) == ()


UNPRINTED = {
    "catatan": "lain",
    "pemantauan": date(2024, 5, 1),
    "evaluasi": date(2024, 5, 1),
    "perlu_konfirmasi": ("Benarkah?",),
    "masukan": ("Surat",),
}


@pytest.mark.parametrize("name", UNPRINTED)
def test_what_is_not_printed_may_change(name: str, issued: Workspace) -> None:
    assert codes(changed(issued, **{name: UNPRINTED[name]}), archive_of(issued)) == []


def told(today: Workspace, arsip: Arsip) -> str:
    (finding,) = found(today, arsip)
    assert (finding.code, finding.severity) == ("SOP200", Severity.GALAT)
    return finding.message.partition(" tanpa revisi: ")[2]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"nama": "Surat"}, "Nama SOP"),
        ({"pembuatan": date(2024, 1, 1)}, "Tanggal Pembuatan"),
        ({"pengesahan": date(2024, 1, 9)}, "Tanggal Pengesahan"),
        ({"efektif": date(2024, 1, 9)}, "Tanggal Efektif"),
        ({"peringatan": RichText.of("Lain.")}, "Peringatan"),
        ({"pelaksana": ("umum", "kepala", "sekcam")}, "lajur pelaksana"),
        (
            {"nama": "Surat", "pembuatan": None, "pencatatan": RichText.of("A"), "peralatan": RichText.of("B")},
            "Nama SOP, Tanggal Pembuatan, Peralatan/Perlengkapan dan 1 lagi",
        ),
    ],
)
def test_the_message_names_what_changed(fields: dict[str, object], words: str, issued: Workspace) -> None:
    assert told(changed(issued, **fields), archive_of(issued)) == words


@dataclass(frozen=True)
class Flow:
    """A procedure with one thing changed, and what is said of it."""

    change: Callable[[Prosedur], Prosedur]
    words: str


def _renumbered(prosedur: Prosedur, *steps: Langkah) -> Prosedur:
    return replace(prosedur, langkah=tuple(replace(step, nomor=n) for n, step in enumerate(steps, 1)))


FLOWS = {
    "cells": Flow(
        lambda p: row_of(p.langkah[2], uraian=RichText.of("Lain"), waktu=RichText.of("1 hari"))(p),
        "langkah 3 (uraian, waktu)",
    ),
    "new": Flow(
        lambda p: _renumbered(p, p.langkah[0], replace(p.langkah[1], uraian=RichText.of("Mencatat")), *p.langkah[1:]),
        "langkah 2 baru: “Mencatat”",
    ),
    "gone": Flow(
        lambda p: replace(_renumbered(p, p.langkah[0], *p.langkah[2:]), alur=()),
        "langkah 2 dihapus: “Memeriksa kelengkapan surat masuk”",
    ),
    "arrow": Flow(
        lambda p: replace(
            p, alur=tuple(replace(e, label="Tidak lengkap") if e.label == "Tidak" else e for e in p.alur)
        ),
        "panah dari langkah 2",
    ),
    "symbol": Flow(
        lambda p: row_of(p.langkah[1], simbol=tuple(replace(s, label="Sah?") for s in p.langkah[1].simbol))(p),
        "langkah 2 (pelaksana atau lambang)",
    ),
    "title": Flow(lambda p: replace(p, judul="Biasa"), "judul prosedur"),
}


@pytest.mark.parametrize("name", FLOWS)
def test_the_message_names_steps_and_arrows(name: str, issued: Workspace) -> None:
    flow = FLOWS[name]
    today = changed(issued, prosedur=tuple(map(flow.change, issued.sop[SLUG].prosedur)))
    assert told(today, archive_of(issued)) == flow.words


def test_a_second_procedure_is_told(issued: Workspace) -> None:
    (prosedur,) = issued.sop[SLUG].prosedur
    today = changed(issued, prosedur=(prosedur, replace(prosedur, judul="Lain")))
    assert told(today, archive_of(issued)) == "jumlah prosedur (1 menjadi 2)"


def test_runs_that_look_alike_are_one_text(issued: Workspace) -> None:
    text = issued.sop[SLUG].peringatan.paragraphs[0].text
    cut = RichText((Paragraph((Run(text[:5]), Run(text[5:]))),))
    assert codes(changed(issued, peringatan=cut), archive_of(issued)) == []
    bold = RichText((Paragraph((Run(text[:5], bold=True), Run(text[5:]))),))
    assert told(changed(issued, peringatan=bold), archive_of(issued)) == "Peringatan"


def test_a_linked_sop_may_get_another_name_but_not_be_another(issued: Workspace) -> None:
    renamed = RichText((Paragraph((Run("Nama baru", link="surat-keluar"),), marker="•"),))
    marker = issued.sop[SLUG].keterkaitan.paragraphs[0].marker
    renamed = RichText((replace(renamed.paragraphs[0], marker=marker),))
    assert codes(changed(issued, keterkaitan=renamed), archive_of(issued)) == []
    other = RichText((replace(renamed.paragraphs[0], runs=(Run("Nama baru", link="lain"),)),))
    assert told(changed(issued, keterkaitan=other), archive_of(issued)) == "Keterkaitan"
    moved = RichText((replace(renamed.paragraphs[0], runs=(Run("Pengelolaan Surat Keluar", link="lain"),)),))
    assert codes(changed(issued, keterkaitan=moved), archive_of(issued)) == []


def test_an_official_changed_in_the_register_is_told_where_he_approves(issued: Workspace) -> None:
    camat = issued.pejabat["camat"]
    today = replace(issued, pejabat={"camat": replace(camat, nama="Tono Contoh", nip="19800101 200501 1 001")})
    first, second = found(today, archive_of(issued))
    assert first.message.endswith("tanpa revisi: pengesah (nama, NIP)")
    assert first.span == issued.sop["surat-keluar"].at("pengesah")
    assert "kunci sendiri" in first.hint
    assert second.span == issued.sop[SLUG].at("pengesah")


def test_one_who_keeps_his_place_under_another_key_changes_nothing(issued: Workspace) -> None:
    camat = issued.pejabat["camat"]
    today = replace(issued, pejabat={"camat_lama": replace(camat, key="camat_lama")})
    for slug in issued.sop:
        today = changed(today, slug, pengesah="camat_lama")
    assert codes(today, archive_of(issued)) == []


def test_keys_of_lanes_may_change_but_not_their_headings(issued: Workspace) -> None:
    umum = issued.pelaksana["umum"]
    titled = replace(issued, pelaksana=issued.pelaksana | {"umum": replace(umum, singkatan="Umpeg")})
    first, _ = found(titled, archive_of(issued))
    assert first.message.endswith("tanpa revisi: lajur pelaksana")
    assert "pelaksana.yaml" in first.hint
    swapped = {"umum": issued.pelaksana["kepala"], "kepala": umum}
    sop = issued.sop[SLUG]
    keys = {"umum": "kepala", "kepala": "umum", "sekcam": "sekcam"}
    other = changed(
        replace(issued, pelaksana=issued.pelaksana | swapped),
        pelaksana=tuple(keys[key] for key in sop.pelaksana),
        prosedur=tuple(_with_keys(each, keys) for each in sop.prosedur),
    )
    assert SLUG not in [Path(finding.span.path).stem for finding in found(other, archive_of(issued))]


def _with_keys(prosedur: Prosedur, keys: dict[str, str]) -> Prosedur:
    """The procedure with other keys for its lanes."""

    def moved(at: SimbolId) -> SimbolId:
        return replace(at, pelaksana=keys[at.pelaksana])

    steps = (
        replace(step, simbol=tuple(replace(each, id=moved(each.id)) for each in step.simbol))
        for step in prosedur.langkah
    )
    edges = (replace(each, dari=moved(each.dari), ke=moved(each.ke)) for each in prosedur.alur)
    return Prosedur(tuple(steps), tuple(edges), prosedur.judul, prosedur.span)


@pytest.mark.parametrize("status", [Status.BERLAKU, Status.KONSEP])
def test_status_konsep_is_no_way_around(status: Status, issued: Workspace) -> None:
    today = changed(issued, nama="Surat", status=status)
    assert "SOP200" in codes(today, archive_of(issued))


def test_an_open_revision_may_change_everything_but_when_it_was_made(issued: Workspace) -> None:
    opened = changed(
        issued, status=Status.DIREVISI, riwayat_revisi=log(1), nama="Surat", revisi=date(2024, 3, 1), pengesahan=None
    )
    assert codes(opened, archive_of(issued)) == []
    assert codes(changed(opened, pembuatan=date(2024, 3, 1)), archive_of(issued)) == ["SOP208"]


@pytest.mark.parametrize(
    ("status", "before", "today", "expected"),
    [
        (Status.DIREVISI, (), (), ["SOP201"]),
        (Status.DIREVISI, (1, 2), (1, 2), ["SOP201"]),
        (Status.DIREVISI, (1, 2), (1,), ["SOP201"]),
        (Status.DIREVISI, (1, 2), (1, 2, 3), []),
        (Status.DIREVISI, (1,), (1, 2, 3), ["SOP202"]),
        (Status.BERLAKU, (), (1,), ["SOP202"]),
        (Status.KONSEP, (), (1,), ["SOP202", "SOP206"]),
        (Status.BERLAKU, (1,), (1, 2, 3), ["SOP202"]),
        (Status.BERLAKU, (1, 2), (1,), ["SOP203"]),
        (Status.BERLAKU, (1, 2), (), ["SOP203", "SOP203"]),
        (Status.DIREVISI, (1, 2), (2, 3), ["SOP203"]),
        (Status.BERLAKU, (1, 2), (2, 1), []),
    ],
)
def test_numbers_go_on_from_what_was_issued(
    status: Status, before: tuple[int, ...], today: tuple[int, ...], expected: list[str], issued: Workspace
) -> None:
    arsip = archive_of(changed(issued, riwayat_revisi=log(*before)))
    signed = None if status is Status.DIREVISI else issued.sop[SLUG].pengesahan
    after = changed(issued, status=status, riwayat_revisi=log(*today), pengesahan=signed)
    assert sorted(codes(after, arsip)) == expected


def test_an_empty_cell_of_the_log_may_be_filled_but_not_changed(issued: Workspace) -> None:
    (row,) = log(1)
    before = changed(issued, riwayat_revisi=(replace(row, alasan=""),))
    today = changed(issued, riwayat_revisi=(replace(row, oleh="Sekcam"),))
    assert codes(today, archive_of(before)) == []
    assert codes(before, archive_of(today)) == ["SOP203"]


def test_a_file_that_is_gone_is_told_though_there_is_no_bundle_file(issued: Workspace) -> None:
    today = without(issued, SLUG)
    bare = replace(today, bundel=Bundel("SOP", sop=today.bundel.sop))
    (finding,) = found(bare, archive_of(issued))
    assert (finding.code, finding.span) == ("SOP204", Span("content/sop"))
    assert "berkasnya tidak ada" in finding.message
    (office,) = found(replace(bare, office="desa"), archive_of(issued))
    assert office.span == Span("instansi/desa/sop")


@pytest.mark.parametrize("fields", [{"nama": "Surat"}, {"nomor": "000.5/9/CJ/2024"}])
def test_a_renamed_file_is_told_its_former_name(fields: dict[str, object], issued: Workspace) -> None:
    twin = replace(issued.sop[SLUG], slug="surat-baru", status=Status.KONSEP, **fields)
    rest = without(issued, SLUG)
    today = replace(rest, sop=rest.sop | {"surat-baru": twin})
    (finding,) = found(today, archive_of(issued))
    assert finding.code == "SOP204"
    assert finding.hint == "beri surat-baru.md namanya semula, surat-masuk.md"


def test_one_that_vanished_some_editions_ago_is_told_still(issued: Workspace) -> None:
    rest = without(issued, SLUG)
    arsip = archive_of(rest, edition(issued.sop.values()), tanggal=date(2024, 5, 1))
    (finding,) = found(rest, arsip)
    assert (finding.code, "edisi 0" in finding.message) == ("SOP204", True)


def test_what_ended_may_go(issued: Workspace) -> None:
    ended = changed(issued, status=Status.DICABUT, pencabutan=date(2024, 5, 1))
    assert codes(ended, archive_of(issued)) == []
    arsip = archive_of(ended, edition(issued.sop.values()), tanggal=date(2024, 5, 2))
    assert codes(without(issued, SLUG), arsip) == []
    assert codes(ended, arsip) == []


def test_a_file_that_could_not_be_read_is_not_called_gone(issued: Workspace) -> None:
    rest = {slug: sop for slug, sop in issued.sop.items() if slug != SLUG}
    assert codes(replace(issued, sop=rest), archive_of(issued)) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": Status.BERLAKU}, ["SOP205"]),
        ({"status": Status.KONSEP}, ["SOP205"]),
        ({"status": Status.DIREVISI, "riwayat_revisi": log(1), "pengesahan": None}, ["SOP205"]),
        ({"pencabutan": date(2024, 4, 1)}, ["SOP207"]),
        ({"status": Status.DIGANTIKAN, "pengganti": "surat-keluar"}, ["SOP207"]),
    ],
)
def test_what_ended_stays_ended_as_recorded(fields: dict[str, object], expected: list[str], issued: Workspace) -> None:
    ended = changed(issued, status=Status.DICABUT, pencabutan=date(2024, 5, 1))
    arsip = archive_of(ended, edition(issued.sop.values()), tanggal=date(2024, 5, 2))
    assert codes(changed(ended, **fields), arsip) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2024, 1, 2), ["SOP207"]), (date(2024, 1, 5), ["SOP199"]), (ISSUED, [])],
)
def test_an_end_is_held_against_the_archive(day: date, expected: list[str], issued: Workspace) -> None:
    assert codes(changed(issued, status=Status.DICABUT, pencabutan=day), archive_of(issued)) == expected


@pytest.mark.parametrize("status", [Status.BERLAKU, Status.DIREVISI])
def test_in_force_without_an_edition_is_told_unless_one_is_missing(status: Status, issued: Workspace) -> None:
    arsip = archive_of(without(issued, SLUG))
    assert codes(changed(issued, status=status), arsip) == ["SOP206"]
    assert codes(changed(issued, status=status), replace(arsip, utuh=False)) == []
    assert codes(changed(issued, status=Status.KONSEP), arsip) == []


def test_a_number_stays_with_the_sop_it_was_issued_for(issued: Workspace) -> None:
    nomor = issued.sop[SLUG].nomor
    arsip = archive_of(issued)
    moved = changed(issued, status=Status.DIREVISI, riwayat_revisi=log(1), pengesahan=None, nomor="000.5/3/CJ/2024")
    new = replace(issued.sop[SLUG], slug="surat-baru", nama="Baru", nomor=f" {nomor} ", status=Status.KONSEP)
    today = replace(moved, sop=moved.sop | {"surat-baru": new})
    assert codes(today, arsip) == ["SOP209"]
    # It had the number itself once.
    both = archive_of(issued, edition([replace(new, status=Status.BERLAKU)]), tanggal=date(2024, 5, 1))
    assert "SOP209" not in codes(today, both)


def test_errors_can_neither_be_set_nor_silenced(issued: Workspace) -> None:
    assert {code for code in ON_ARCHIVE if RULES[code].severity is Severity.GALAT} == FIRM
    setting = SetelanAturan("SOP200", mati=True, spans={"": Span("content/instansi.yaml", 9)})
    office = replace(issued.instansi, aturan=(setting,))
    sop = issued.sop[SLUG]
    today = replace(changed(issued, nama="Surat"), instansi=office)
    quiet = changed(today, abaikan=(Abaikan("SOP200", "biar saja", sop.at("nama")),))
    every = check_workspace(quiet, TODAY, archive_of(issued))
    assert [finding.code for finding in every if finding.code == "SOP192"] == ["SOP192"]
    settled = settle(every, quiet)
    assert "SOP200" in [finding.code for finding in settled.findings]
    (unheard,) = silences(settled.silenced, quiet, set(RULES))
    assert (unheard.code, unheard.message) == ("SOP191", "SOP200 bukan aturan yang dapat diabaikan")
