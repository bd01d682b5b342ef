"""The life of an SOP: what the rules on log, status and successor say, and that an SOP that ended is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sopdocs.content import read_workspace
from sopdocs.model import (
    Bundel,
    Keputusan,
    Paragraph,
    Revisi,
    RichText,
    Run,
    Sop,
    SopDitetapkan,
    Span,
    Status,
    Workspace,
)
from sopdocs.rules import RULES, check_workspace

from ..content.workspaces import FRONT, make_workspace
from .judging import TODAY, alone, findings, hits
from .making import sop_of, step

MAY = date(2024, 5, 1)


def log(*rows: tuple[int, str]) -> tuple[Revisi, ...]:
    return tuple(
        Revisi(number, date.fromisoformat(day), "Uraian", "Alasan", span=Span("sop.md", line))
        for line, (number, day) in enumerate(rows, start=1)
    )


def made(slug: str, **fields: object) -> Sop:
    return replace(
        sop_of(step(1, "Menerima surat"), nama=slug.title(), pembuatan=date(2024, 1, 1), **fields), slug=slug
    )


def ended(slug: str, day: date = MAY, by: str | None = None) -> Sop:
    return made(slug, status=Status.DIGANTIKAN if by else Status.DICABUT, pencabutan=day, pengganti=by)


@pytest.mark.parametrize(
    ("rows", "bad"),
    [
        ([], []),
        ([(0, "2024-01-01"), (1, "2024-02-01"), (2, "2024-02-01")], []),
        ([(1, "2024-01-01"), (2, "2024-02-01")], []),
        ([(2, "2024-01-01")], [1]),
        ([(0, "2024-01-01"), (2, "2024-02-01")], [2]),
        ([(1, "2024-01-01"), (1, "2024-02-01")], [2]),
        ([(2, "2024-01-01"), (1, "2024-02-01")], [1, 2]),
        ([(0, "2024-02-01"), (1, "2024-01-01")], [2]),
    ],
)
def test_numbers_and_days_of_the_log_go_up(rows: list[tuple[int, str]], bad: list[int]) -> None:
    sop = made("surat", riwayat_revisi=log(*rows))
    assert [hit.span.line for hit in hits(RULES["SOP180"], sop)] == bad


def test_the_end_of_an_sop_repeats_the_number_of_its_last_revision() -> None:
    rows = log((1, "2024-02-01"), (1, "2024-05-01"))
    assert hits(RULES["SOP180"], replace(ended("surat"), riwayat_revisi=rows)) == []
    assert len(hits(RULES["SOP180"], replace(ended("surat"), riwayat_revisi=(*rows, rows[1])))) == 1


def test_what_the_log_tells_has_happened_and_not_before_the_sop_was_made() -> None:
    rows = log((0, "2023-12-31"), (1, "2024-06-01"), (2, "2024-06-02"))
    assert [hit.span.line for hit in hits(RULES["SOP181"], made("surat", riwayat_revisi=rows))] == [1, 3]


def test_an_open_revision_has_its_day_in_both_places() -> None:
    rows = log((1, "2024-05-01"))
    opened = made("surat", status=Status.DIREVISI, revisi=MAY, riwayat_revisi=rows)
    assert findings(opened, "SOP113", "SOP182", "SOP185") == []
    for other in (
        replace(opened, revisi=None),
        replace(opened, revisi=date(2024, 5, 2)),
        replace(opened, riwayat_revisi=()),
    ):
        assert [each.code for each in findings(other, "SOP113", "SOP182")] == ["SOP182"]


def test_a_revision_that_is_not_open_may_lack_its_reason() -> None:
    row = replace(log((1, "2024-05-01"))[0], alasan="")
    opened = made("surat", status=Status.DIREVISI, revisi=MAY, riwayat_revisi=(row,))
    assert [hit.message for hit in hits(RULES["SOP185"], opened)] == ["Revisi ke-1 belum mencatat Alasan"]
    assert hits(RULES["SOP185"], replace(opened, status=Status.BERLAKU)) == []


def test_the_first_issue_in_the_log_is_no_revision() -> None:
    assert findings(made("surat", riwayat_revisi=log((0, "2024-02-01"))), "SOP113") == []


@pytest.mark.parametrize(
    ("sops", "words"),
    [
        ([ended("a")], ""),
        ([ended("a", by="b"), made("b")], ""),
        ([ended("a", by="b"), ended("b", date(2024, 5, 2), "c"), made("c")], ""),  # a chain over the years
        ([ended("a", by="b"), ended("b", date(2024, 4, 1))], "Penggantinya, b, sudah tidak berlaku sejak 2024-04-01"),
        ([ended("a", by="a")], "pengganti dirinya sendiri"),
        ([ended("a", by="b"), ended("b", MAY, "a")], "saling menggantikan"),
        ([replace(ended("a"), status=Status.DIGANTIKAN)], "pengganti kosong"),
        ([replace(ended("a", by="b"), status=Status.DICABUT), made("b")], "Status dicabut, tetapi pengganti diisi"),
        ([replace(ended("a"), pencabutan=None)], "pencabutan kosong"),
        ([ended("a", date(2024, 6, 2))], "belum tiba"),
        ([ended("a", date(2023, 6, 2))], "mendahului tanggal pembuatan"),
        ([made("a", pencabutan=MAY)], "Kunci pencabutan diisi, tetapi statusnya konsep"),
        ([made("a", status=Status.BERLAKU, pengganti="b"), made("b")], "Kunci pengganti diisi"),
    ],
)
def test_status_end_and_successor_fit_one_another(sops: list[Sop], words: str) -> None:
    told = [hit.message for hit in hits(RULES["SOP183"], alone(*sops))]
    assert bool(told) == bool(words)
    assert words in " ".join(told)


def test_a_link_to_an_ended_sop_names_the_last_successor() -> None:
    link = RichText((Paragraph((Run("SOP "), Run("A", link="a"))), Paragraph((Run("SOP B."),))))
    old = [ended("a", by="b"), ended("b", date(2024, 5, 2), "c"), made("c")]
    found = hits(RULES["SOP184"], alone(made("surat", keterkaitan=link), *old))
    assert [hit.message for hit in found] == [
        "SOP “A” yang dirujuk di sini digantikan sejak 2024-05-01",
        "SOP “B” yang dirujuk di sini digantikan sejak 2024-05-02",
    ]
    assert all("[[c]]" in hit.hint for hit in found)
    # Its title stands in the workspace: it is not unknown.
    assert findings(alone(made("surat", keterkaitan=link), *old), "SOP138", "SOP139") == []


def test_an_ended_sop_is_judged_by_its_life_alone() -> None:
    bad = replace(ended("surat"), nomor=None, abaikan=(), riwayat_revisi=log((3, "2024-05-01")))
    codes = {finding.code for finding in check_workspace(replace_bundle(alone(bad), ()), TODAY)}
    assert "SOP180" in codes
    assert not codes & {"SOP101", "SOP104", "SOP113", "SOP114", "SOP116", "SOP150"}


def replace_bundle(workspace: Workspace, listed: tuple[str, ...]) -> Workspace:
    return replace(workspace, bundel=Bundel("SOP", sop=listed))


def test_a_decree_may_name_what_ended_since() -> None:
    decree = Keputusan(sop=(SopDitetapkan("Surat"), SopDitetapkan("Lama"), SopDitetapkan("Lain")))
    workspace = alone(made("surat"), ended("lama"))
    workspace = replace(workspace, bundel=Bundel("SOP", sop=("surat",), keputusan=decree))
    assert [hit.message for hit in hits(RULES["SOP164"], workspace)] == [
        "“Lain” ada pada daftar keputusan, tetapi tidak ada di bundel"
    ]


@pytest.mark.parametrize(
    "listed", ["", "sop: [kasus, pengelolaan-surat-keluar]\n", "sop: [pengelolaan-surat-keluar]\n"]
)
def test_an_ended_sop_is_in_no_bundle(listed: str, tmp_path: Path) -> None:
    front = FRONT.replace("pengesah:", "status: dicabut\npencabutan: 2024-05-01\npengesah:")
    text = front + "## Prosedur\n\n### 1. Satu\n- Pelaksana: umum\n"
    reading = read_workspace(make_workspace(tmp_path, text, bundel=f"sop: [{listed}]\n" if listed else ""))
    assert reading.workspace is not None
    assert reading.workspace.bundel.sop == ("pengelolaan-surat-keluar",)
    assert set(reading.workspace.living) == {"pengelolaan-surat-keluar"}
    assert "kasus" in reading.workspace.sop
    assert not [finding for finding in reading.findings if finding.code in ("SOP035", "SOP036")]
