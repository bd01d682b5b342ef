"""The rules of `## Prosedur` in the format document, one test a sentence.

Steps are written in short form, `Pelaksana | Alur` (see `read_flow`).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .workspaces import codes, edges, read_flow, read_kasus, shapes


def flow(tmp_path: Path, steps: str) -> list[str]:
    prosedur, findings = read_flow(tmp_path, steps)
    assert codes(findings) == []
    return edges(prosedur)


def drawn(tmp_path: Path, steps: str) -> list[str]:
    return shapes(read_flow(tmp_path, steps)[0])


def test_without_alur_the_flow_goes_on_to_the_next_step(tmp_path: Path) -> None:
    assert flow(tmp_path, "umum\nkepala\numum") == ["1.umum > 2.kepala", "2.kepala > 3.umum"]


def test_the_first_step_starts_and_a_step_with_no_way_out_ends(tmp_path: Path) -> None:
    assert drawn(tmp_path, "umum\nkepala\numum") == ["1.umum mulai", "2.kepala proses", "3.umum selesai"]


def test_the_defaults_give_way_to_what_is_written(tmp_path: Path) -> None:
    steps = "umum (proses)\nkepala (mulai)\numum (proses)"
    assert drawn(tmp_path, steps) == ["1.umum proses", "2.kepala mulai", "3.umum proses"]


def test_labels_default_to_mulai_and_selesai(tmp_path: Path) -> None:
    prosedur, _ = read_flow(
        tmp_path, 'umum, kepala (mulai "Surel")\numum (keputusan "Ya?") | A → 3; B → 1.umum\nkepala'
    )
    assert [simbol.label for simbol in prosedur.simbol] == ["Mulai", "Surel", "Ya?", "Selesai"]


def test_an_empty_label_is_no_label(tmp_path: Path) -> None:
    prosedur, _ = read_flow(tmp_path, 'umum (mulai "")\nkepala')
    assert prosedur.simbol[0].label == ""


def test_alur_selesai_ends_the_flow(tmp_path: Path) -> None:
    steps = "umum (keputusan) | Ya → 2; Tidak → 3\nkepala | selesai\nsekretaris"
    assert flow(tmp_path, steps) == ["1.umum > 2.kepala [Ya]", "1.umum > 3.sekretaris [Tidak]"]
    assert drawn(tmp_path, steps) == ["1.umum keputusan", "2.kepala selesai", "3.sekretaris selesai"]


def test_a_written_end_needs_no_alur(tmp_path: Path) -> None:
    assert flow(tmp_path, "umum | 3\nkepala (selesai)\nsekretaris | 2") == [
        "1.umum > 3.sekretaris",
        "3.sekretaris > 2.kepala",
    ]


def test_back_edges_and_forward_skips(tmp_path: Path) -> None:
    steps = "umum\nkepala (keputusan) | Ya → 4; Tidak → 1; Ulang → 3\numum | 2\nsekretaris"
    assert flow(tmp_path, steps) == [
        "1.umum > 2.kepala",
        "2.kepala > 4.sekretaris [Ya]",
        "2.kepala > 1.umum [Tidak]",
        "2.kepala > 3.umum [Ulang]",
        "3.umum > 2.kepala",
    ]


def test_several_starts_and_ends(tmp_path: Path) -> None:
    assert drawn(tmp_path, "umum, kepala\numum, kepala\numum, kepala") == [
        "1.umum mulai",
        "1.kepala mulai",
        "2.umum proses",
        "2.kepala proses",
        "3.umum selesai",
        "3.kepala selesai",
    ]


def test_a_lane_that_the_target_lacks(tmp_path: Path) -> None:
    prosedur, findings = read_flow(tmp_path, "umum, kepala | umum: 2 / kepala: 2.kepala\numum")
    assert codes(findings) == ["SOP052 @ 13:13"]
    assert edges(prosedur) == ["1.umum > 2.umum"]


def test_comma_targets_split(tmp_path: Path) -> None:
    assert flow(tmp_path, "umum | 2, 3\nkepala | selesai\nsekretaris") == ["1.umum > 2.kepala", "1.umum > 3.sekretaris"]


def test_a_branch_may_split(tmp_path: Path) -> None:
    steps = "umum (keputusan) | Ya → 2, 3.kepala; Tidak → 3.umum\nkepala | selesai\nkepala, umum"
    assert flow(tmp_path, steps) == ["1.umum > 2.kepala [Ya]", "1.umum > 3.kepala [Ya]", "1.umum > 3.umum [Tidak]"]


def test_a_bare_step_means_its_only_symbol(tmp_path: Path) -> None:
    assert flow(tmp_path, "umum | 2\nkepala") == ["1.umum > 2.kepala"]


@pytest.mark.parametrize("join", ["->", "→", "&"])
def test_a_bare_step_means_the_first_of_a_group(join: str, tmp_path: Path) -> None:
    assert flow(tmp_path, f"umum | 2\nkepala {join} umum")[0] == "1.umum > 2.kepala"


def test_a_bare_step_means_the_symbol_in_the_same_lane_when_there_is_one(tmp_path: Path) -> None:
    assert flow(tmp_path, "umum | 2\nkepala, umum | selesai") == ["1.umum > 2.umum"]


def test_a_bare_step_means_all_symbols_when_none_is_in_the_same_lane(tmp_path: Path) -> None:
    steps = "umum | 2\nkepala, sekretaris -> tim_teknis | selesai"
    assert flow(tmp_path, steps) == ["1.umum > 2.kepala", "1.umum > 2.sekretaris", "2.sekretaris > 2.tim_teknis"]


def test_a_sequence_links_itself_and_is_left_from_the_last(tmp_path: Path) -> None:
    assert flow(tmp_path, "umum -> kepala → sekretaris\numum") == [
        "1.umum > 1.kepala",
        "1.kepala > 1.sekretaris",
        "1.sekretaris > 2.umum",
    ]
    assert flow(tmp_path, "umum -> kepala | 3\numum | selesai\nsekretaris") == [
        "1.umum > 1.kepala",
        "1.kepala > 3.sekretaris",
    ]


def test_a_decision_within_a_sequence_says_where_it_goes(tmp_path: Path) -> None:
    steps = "umum\nkepala (keputusan) -> sekretaris | kepala: Ya → 2.sekretaris; Tidak → 1\numum"
    assert flow(tmp_path, steps) == [
        "1.umum > 2.kepala",
        "2.kepala > 2.sekretaris [Ya]",
        "2.kepala > 1.umum [Tidak]",
        "2.sekretaris > 3.umum",
    ]


def test_things_done_together_are_left_from_the_last(tmp_path: Path) -> None:
    steps = "umum & kepala & sekretaris\numum"
    assert flow(tmp_path, steps) == ["1.umum & 1.kepala", "1.kepala & 1.sekretaris", "1.sekretaris > 2.umum"]
    assert drawn(tmp_path, steps) == ["1.umum mulai", "1.kepala proses", "1.sekretaris proses", "2.umum selesai"]


def test_things_done_together_are_left_from_where_alur_says(tmp_path: Path) -> None:
    steps = "umum\numum & kepala | umum: 3\nsekretaris"
    assert flow(tmp_path, steps) == ["1.umum > 2.umum", "2.umum & 2.kepala", "2.umum > 3.sekretaris"]
    # kepala does not end the flow: it is done together with umum, which goes on.
    assert drawn(tmp_path, steps)[1:3] == ["2.umum proses", "2.kepala proses"]


def test_the_last_of_things_done_together_is_the_end(tmp_path: Path) -> None:
    assert drawn(tmp_path, "umum\numum & kepala") == ["1.umum mulai", "2.umum proses", "2.kepala selesai"]


def test_a_group_after_a_decision_goes_on(tmp_path: Path) -> None:
    steps = "umum (keputusan) -> kepala & sekretaris | umum: Ya → 1.kepala; Tidak → 2\ntim_teknis"
    assert flow(tmp_path, steps) == [
        "1.kepala & 1.sekretaris",
        "1.umum > 1.kepala [Ya]",
        "1.umum > 2.tim_teknis [Tidak]",
        "1.sekretaris > 2.tim_teknis",
    ]


def test_from_many_to_one(tmp_path: Path) -> None:
    assert flow(tmp_path, "umum, kepala\nsekretaris") == ["1.umum > 2.sekretaris", "1.kepala > 2.sekretaris"]


def test_from_one_to_many(tmp_path: Path) -> None:
    assert flow(tmp_path, "sekretaris\numum, kepala") == ["1.sekretaris > 2.umum", "1.sekretaris > 2.kepala"]


def test_from_many_to_many_in_the_same_lanes(tmp_path: Path) -> None:
    assert flow(tmp_path, "umum, kepala\nkepala, umum") == ["1.umum > 2.umum", "1.kepala > 2.kepala"]


def test_from_many_to_many_in_different_lanes_needs_alur(tmp_path: Path) -> None:
    prosedur, findings = read_flow(tmp_path, "umum, kepala\numum, sekretaris")
    assert codes(findings) == ["SOP053 @ 10:20"]
    assert findings[0].hint == "tulis Alur, misalnya - Alur: 5.umum"
    assert edges(prosedur) == ["1.umum > 2.umum"]


def test_a_plain_alur_speaks_for_all_symbols(tmp_path: Path) -> None:
    steps = "umum, kepala | 3\nsekretaris | selesai\numum, kepala"
    assert flow(tmp_path, steps) == ["1.umum > 3.umum", "1.kepala > 3.kepala"]


def test_one_sub_bullet_a_lane(tmp_path: Path) -> None:
    steps = "umum, kepala | umum: 3 / kepala: 2\nsekretaris | selesai\numum"
    assert flow(tmp_path, steps) == ["1.umum > 3.umum", "1.kepala > 2.sekretaris"]


def test_a_lane_without_its_own_alur_goes_on(tmp_path: Path) -> None:
    steps = "umum, kepala | umum: 3\nsekretaris | selesai\numum"
    assert flow(tmp_path, steps) == ["1.umum > 3.umum", "1.kepala > 2.sekretaris"]


def test_a_decision_without_alur_is_reported_once(tmp_path: Path) -> None:
    assert codes(read_flow(tmp_path, "umum (keputusan)\nkepala")[1]) == ["SOP054 @ 10:14"]
    # Its Alur is there but not readable: that it "has no Alur" would be wrong.
    assert codes(read_flow(tmp_path, "umum (keputusan) | langkah dua\nkepala")[1]) == ["SOP050 @ 11:9"]


def test_a_decision_without_alur_in_the_last_step_stays_a_decision(tmp_path: Path) -> None:
    assert drawn(tmp_path, "umum\nkepala (keputusan)") == ["1.umum mulai", "2.kepala keputusan"]


def test_a_target_whose_performers_are_wrong_is_not_blamed(tmp_path: Path) -> None:
    assert codes(read_flow(tmp_path, "umum | 2\ntukang")[1]) == ["SOP031 @ 14:14"]


def test_the_first_known_symbol_starts(tmp_path: Path) -> None:
    prosedur, findings = read_flow(tmp_path, "tukang & umum & kepala\nkepala")
    assert codes(findings) == ["SOP031 @ 10:14"]
    assert shapes(prosedur)[0] == "1.umum mulai"
    assert edges(prosedur) == ["1.umum & 1.kepala", "1.kepala > 2.kepala"]


def test_two_answers_to_one_place_are_joined_by_the_author(tmp_path: Path) -> None:
    prosedur, findings = read_flow(tmp_path, "umum\nkepala (keputusan) | Ya → 1; Tidak → 1")
    assert codes(findings) == ["SOP056 @ 14:25"]
    assert findings[0].hint == "gabungkan labelnya menjadi satu cabang"
    assert edges(prosedur) == ["1.umum > 2.kepala", "2.kepala > 1.umum [Ya]"]


def test_procedures_do_not_mix(tmp_path: Path) -> None:
    first = "### 1. A\n- Pelaksana: umum\n\n### 2. B\n- Pelaksana: umum\n- Alur: 3\n\n### 3. C\n- Pelaksana: umum\n"
    second = "### 1. D\n- Pelaksana: kepala\n\n### 2. E\n- Pelaksana: kepala\n- Alur: 3\n"
    body = f"## Prosedur\n\n{first}\n## Prosedur: Surat: **elektronik**\n\n{second}"
    sop, findings = read_kasus(tmp_path, body)
    assert [prosedur.judul for prosedur in sop.prosedur] == ["", "Surat: elektronik"]
    assert [edges(prosedur) for prosedur in sop.prosedur] == [
        ["1.umum > 2.umum", "2.umum > 3.umum"],
        ["1.kepala > 2.kepala"],
    ]
    assert codes(findings) == ["SOP051 @ 26:9"]
    assert findings[0].hint == "langkah yang ada: 1 sampai 2"


def test_a_renumbered_step_keeps_the_flow(tmp_path: Path) -> None:
    body = "## Prosedur\n\n### 1. A\n- Pelaksana: umum\n- Alur: 4\n\n### 4. B\n- Pelaksana: umum\n"
    sop, findings = read_kasus(tmp_path, body)
    assert codes(findings) == ["SOP042 @ 13:5"]
    assert findings[0].hint == "seharusnya 2"
    assert edges(sop.prosedur[0]) == ["1.umum > 4.umum"]
