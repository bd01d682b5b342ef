"""How an office sets rules, how a file silences them, and what only follows from unreadable text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.cli.checking import Checked, load, with_pages
from sopdocs.content import read_workspace
from sopdocs.model import Finding, Place, Severity, Span
from sopdocs.rules import RULES, on_their_own, settle, silences
from sopdocs.rules.examples import FOLDER, read_example

TODAY = date(2024, 6, 1)
SOP = "content/sop/surat-masuk.md"


def workspace(root: Path, aturan: str = "", abaikan: str = "", *, title: str = "SOP Surat") -> Path:
    """The faultless workspace of the examples, but for a title that SOP117 (a note) speaks of."""
    example = read_example("SOP101")
    example.write(root, example.good)
    if aturan:
        with (root / "content" / "instansi.yaml").open("a", encoding="utf-8") as file:
            file.write(f"aturan: {aturan}\n")
    path = root / SOP
    text = path.read_text(encoding="utf-8").replace("nama: Pengelolaan Surat Masuk", f"nama: {title}")
    path.write_text(text.replace("pengesah: camat", f"pengesah: camat\nabaikan: {abaikan or '[]'}"), encoding="utf-8")
    return root


def found(root: Path) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in with_pages(load(Place(root), TODAY)).findings]


def test_without_settings_a_rule_speaks_as_it_is_meant(tmp_path: Path) -> None:
    assert found(workspace(tmp_path)) == [("SOP117", Severity.CATATAN)]


@pytest.mark.parametrize(
    ("aturan", "expected"),
    [
        ("{SOP117: {tingkat: galat}}", [("SOP117", Severity.GALAT)]),
        ("{SOP117: {tingkat: Peringatan}}", [("SOP117", Severity.PERINGATAN)]),
        ("{SOP117: {tingkat: mati}}", []),
        ("{SOP117: {}}", [("SOP117", Severity.CATATAN)]),
    ],
)
def test_an_office_sets_the_severity(aturan: str, expected: list[tuple[str, Severity]], tmp_path: Path) -> None:
    assert found(workspace(tmp_path, aturan)) == expected


def test_an_office_sets_values(tmp_path: Path) -> None:
    root = workspace(tmp_path, "{SOP147: {kata: 2}, SOP117: {tingkat: mati}}")
    assert {code for code, _ in found(root)} == {"SOP147"}


@pytest.mark.parametrize(
    ("aturan", "column", "says"),
    [
        ("{SOP999: {tingkat: galat}}", 10, "Aturan SOP999 tidak ada"),
        ("{SOP013: {tingkat: mati}}", 10, "Aturan SOP013 tidak ada"),
        ("{SOP147: {kta: 2}}", 19, "maksud Anda “kata”?"),
        ("{SOP147: {kata: banyak}}", 19, "nilai bawaan: 25"),
        ("{SOP147: {kata: [2]}}", 19, "nilai bawaan: 25"),
        ("{SOP140: {kata_kerja: unggah}}", 19, "nilai bawaan: []"),
    ],
)
def test_a_setting_that_no_rule_has_is_told(aturan: str, column: int, says: str, tmp_path: Path) -> None:
    checked = load(Place(workspace(tmp_path, aturan, title="Surat")), TODAY)
    (finding,) = checked.findings
    assert (finding.code, finding.span.path, finding.span.col) == ("SOP192", "content/instansi.yaml", column)
    assert says in f"{finding.message} {finding.hint}"


def test_a_file_silences_a_rule_and_says_so(tmp_path: Path) -> None:
    root = workspace(tmp_path, abaikan="[{kode: SOP117, alasan: nama pada keputusan}]")
    checked = with_pages(load(Place(root), TODAY))
    assert [(f.code, f.severity, f.span.line) for f in checked.findings] == [("SOP190", Severity.CATATAN, 8)]
    assert "nama pada keputusan" in checked.findings[0].message
    assert [f.code for f in checked.silenced] == ["SOP117"]


def test_a_silenced_error_stays_a_warning(tmp_path: Path) -> None:
    root = workspace(tmp_path, "{SOP117: {tingkat: galat}}", "[{kode: SOP117, alasan: nama lama}]")
    assert found(root) == [("SOP190", Severity.PERINGATAN)]


@pytest.mark.parametrize(
    ("kode", "says"),
    [
        ("SOP140", "padahal tidak ada temuannya"),
        ("SOP048", "bukan aturan yang dapat diabaikan"),
        ("SOP9", "bukan aturan yang dapat diabaikan"),
        ("SOP803", "padahal tidak ada temuannya"),
    ],
)
def test_a_silence_for_nothing_is_told(kode: str, says: str, tmp_path: Path) -> None:
    root = workspace(tmp_path, abaikan=f"[{{kode: {kode}, alasan: begitulah}}]", title="Surat")
    (finding,) = with_pages(load(Place(root), TODAY)).findings
    assert (finding.code, finding.severity) == ("SOP191", Severity.PERINGATAN)
    assert says in finding.message


def test_a_rule_that_was_not_tried_is_no_silence_for_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path, abaikan="[{kode: SOP803, alasan: begitulah}]", title="Surat")
    read = read_workspace(root).workspace
    assert read is not None
    assert list(silences((), read, set(RULES) - {"SOP803"})) == []


def test_reading_can_neither_be_set_nor_silenced(tmp_path: Path) -> None:
    read = read_workspace(workspace(tmp_path, "{SOP048: {tingkat: mati}}", "[{kode: SOP048, alasan: x}]")).workspace
    assert read is not None
    unread = Finding(Span(SOP, 30), "SOP048", "Waktu tidak terbaca")
    assert settle([unread], read).findings == (unread,)


def test_only_the_file_itself_is_silenced(tmp_path: Path) -> None:
    read = read_workspace(workspace(tmp_path, abaikan="[{kode: SOP117, alasan: x}]")).workspace
    assert read is not None
    here, there = (Finding(Span(path), "SOP117", "x") for path in (SOP, "content/sop/surat-keluar.md"))
    settled = settle([here, there], read)
    assert (settled.findings, settled.silenced) == ((there,), (here,))


@pytest.mark.parametrize(
    ("earlier", "later", "kept"),
    [
        (("SOP051", 9), ("SOP122", 40), False),
        (("SOP051", 9), ("SOP140", 9), True),
        (("SOP048", 9), ("SOP143", 9), False),
        (("SOP048", 9), ("SOP143", 10), True),
        (("SOP034", 9), ("SOP133", 9), False),
        (("SOP014", 9), ("SOP167", 9), False),
        (("SOP014", 9), ("SOP167", 10), True),
        (("SOP013", 9), ("SOP164", 8), False),
        (("SOP030", 9), ("SOP169", 9), False),
        (("SOP041", 9), ("SOP146", 9), False),
    ],
)
def test_consequences_are_left_out(earlier: tuple[str, int], later: tuple[str, int], kept: bool) -> None:
    cause, effect = (Finding(Span(SOP, line), code, "x") for code, line in (earlier, later))
    assert list(on_their_own([effect], [cause])) == ([effect] if kept else [])
    elsewhere = Finding(Span("content/sop/lain.md", later[1]), later[0], "x")
    assert list(on_their_own([elsewhere], [cause])) == [elsewhere]


def test_the_examples_are_all_in_the_package() -> None:
    assert sorted(path.name for path in (FOLDER / "dasar" / "content").iterdir()) == [
        "bundel.yaml",
        "instansi.yaml",
        "logo.png",
        "pejabat.yaml",
        "pelaksana.yaml",
        "peraturan.yaml",
        "sop",
    ]


def test_a_workspace_that_cannot_be_read_has_no_pages(tmp_path: Path) -> None:
    checked = load(Place(tmp_path), TODAY)
    assert with_pages(checked) == checked == Checked(Place(tmp_path), None, checked.findings)


def test_rules_are_at_least_fifty_and_each_says_what_it_is_for() -> None:
    assert len(RULES) >= 50
    assert sorted(RULES) == list(RULES)
    for rule in RULES.values():
        assert rule.title, rule.code
        assert rule.reason.endswith("."), rule.code
        assert rule.source.text, rule.code
