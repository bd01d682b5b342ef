"""Findings for programs: every form against its own schema or rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from sopdocs import __version__
from sopdocs.cli import run
from sopdocs.cli.codes import TITLES
from sopdocs.cli.formats import FORMATS, as_github, as_json, as_sarif
from sopdocs.model import Finding, Severity, Span, sorted_findings
from sopdocs.rules import RULES

from ..sarif import sarif_schema
from ..workspaces import edit, make_workspace

_FINDINGS = (
    Finding(Span("content/sop/a b,ü.md", 3, 9), "SOP048", "Waktu “5%: x” tidak terbaca", "contoh: 15 menit"),
    Finding(Span("content/sop/a b,ü.md", 4), "SOP110", "Kosong", severity=Severity.CATATAN),
    Finding(Span("content/sop/c.md", 5, 2), "SOP110", "Kosong", severity=Severity.PERINGATAN),
)
_ANY = st.builds(
    Finding,
    st.builds(Span, st.text(min_size=1), st.integers(1), st.integers(1)),
    st.sampled_from(sorted(TITLES)),
    st.text(min_size=1),
    st.text(),
    st.sampled_from(Severity),
)


@pytest.fixture(scope="module")
def sarif() -> Draft7Validator:
    return Draft7Validator(sarif_schema())


def _faulty(root: Path) -> Path:
    """A workspace with findings of every severity, one of them beyond the Basic Multilingual Plane."""
    make_workspace(root)
    edit(root, "surat-masuk", "- Waktu: 5 menit", "- Waktu: 😀 sebentar, 5%")
    edit(root, "surat-keluar", "pembuatan: 2024-01-02\n", "perlu_konfirmasi: [nomor]\n")
    return root


def _output(root: Path, form: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["-C", str(root), "check", "--format", form]) == 1
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def _schema(repository: Path) -> Draft7Validator:
    schema = json.loads((repository / "schema" / "check.schema.json").read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def test_json_is_as_its_schema_says(tmp_path: Path, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(_output(_faulty(tmp_path), "json", capsys))
    _schema(repository).validate(record)
    assert {finding["severity"] for finding in record["findings"]} == {"galat", "peringatan", "catatan"}
    _schema(repository).validate(json.loads(as_json(())))


@pytest.mark.parametrize(
    "change",
    [{"format": "sopdocs-check/2"}, {"findings": [{}]}, {"summary": {"galat": 1}}, {"more": 1}],
    ids=lambda change: next(iter(change)),
)
def test_the_json_schema_refuses_what_check_does_not_print(change: dict[str, Any], repository: Path) -> None:
    assert not _schema(repository).is_valid(json.loads(as_json(_FINDINGS)) | change)


def test_sarif_is_as_the_official_schema_says(
    tmp_path: Path, sarif: Draft7Validator, capsys: pytest.CaptureFixture[str]
) -> None:
    log = json.loads(_output(_faulty(tmp_path), "sarif", capsys))
    sarif.validate(log)
    (run_,) = log["runs"]
    assert {result["level"] for result in run_["results"]} == {"error", "warning", "note"}
    assert not sarif.is_valid(log | {"version": "2.0.0"})


def test_sarif_names_rules_and_places(sarif: Draft7Validator) -> None:
    log = json.loads(as_sarif(_FINDINGS))
    sarif.validate(log)
    (run_,) = log["runs"]
    driver = run_["tool"]["driver"]
    assert (driver["name"], driver["version"], run_["columnKind"]) == ("sopdocs", __version__, "unicodeCodePoints")
    assert [
        (rule["id"], rule["shortDescription"]["text"], rule["defaultConfiguration"]) for rule in driver["rules"]
    ] == [
        ("SOP048", TITLES["SOP048"], {"level": "error"}),
        ("SOP110", TITLES["SOP110"], {"level": "error"}),
    ]
    assert "fullDescription" not in driver["rules"][0]
    assert RULES["SOP110"].reason in driver["rules"][1]["fullDescription"]["text"]
    assert [(r["ruleId"], r["ruleIndex"], r["level"]) for r in run_["results"]] == [
        ("SOP048", 0, "error"),
        ("SOP110", 1, "note"),
        ("SOP110", 1, "warning"),
    ]
    first = run_["results"][0]
    assert first["message"]["text"] == "Waktu “5%: x” tidak terbaca (contoh: 15 menit)"
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "content/sop/a%20b%2C%C3%BC.md"},
                "region": {"startLine": 3, "startColumn": 9},
            }
        }
    ]


@given(st.lists(_ANY, max_size=5))
def test_any_findings_make_a_valid_log(findings: list[Finding]) -> None:
    log = json.loads(as_sarif(sorted_findings(findings)))
    for result in log["runs"][0]["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", uri)
        assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_file_name_that_is_no_text_still_gives_a_log(sarif: Draft7Validator) -> None:
    sarif.validate(json.loads(as_sarif([Finding(Span("content/sop/\udcff.md"), "SOP006", "Nama")])))


def test_github_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_github(_FINDINGS) == (
        "::error file=content/sop/a b%2Cü.md,line=3,col=9,title=SOP048 Waktu tidak terbaca"
        "::Waktu “5%25: x” tidak terbaca (contoh: 15 menit)\n"
        "::notice file=content/sop/a b%2Cü.md,line=4,col=1,title=SOP110 Bagian belum diisi::Kosong\n"
        "::warning file=content/sop/c.md,line=5,col=2,title=SOP110 Bagian belum diisi::Kosong\n"
    )
    assert _output(_faulty(tmp_path), "github", capsys).count("\n::") > 2


@given(st.lists(_ANY, max_size=5))
def test_any_finding_is_one_command_and_reads_back(findings: list[Finding]) -> None:
    commands = as_github(findings).split("\n")[:-1]
    assert len(commands) == len(findings)
    for command, finding in zip(commands, findings, strict=True):
        found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::([^\r]*)", command)
        assert found
        properties = dict(pair.split("=", 1) for pair in found[2].split(","))
        assert _read(properties["file"]) == finding.span.path
        assert properties["line"] == str(finding.span.line)
        assert _read(found[3]).startswith(finding.message)


def _read(text: str) -> str:
    """As the runner reads it: the percent sign last."""
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_two_runs_print_the_same(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = _faulty(tmp_path)
    assert _output(root, form, capsys) == _output(root, form, capsys)


@pytest.mark.parametrize("form", ["text", *FORMATS])
def test_the_exit_code_is_1_only_for_a_galat_that_is_shown(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["-C", str(_faulty(tmp_path)), "check", "--format", form]
    assert run(call) == 1
    assert run([*call, "--select", "SOP104,SOP107"]) == 0
    out = capsys.readouterr().out
    assert run([*call, "--select", "SOP048"]) == 1
    assert out
