"""What VS Code is told in .vscode/ fits what sopdocs prints and which files there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sopdocs.cli import watching
from sopdocs.cli.checking import View, load, with_pages
from sopdocs.model import Finding, Place

from .workspaces import edit, make_workspace

_LEVEL = {"error": "galat", "warning": "peringatan", "info": "catatan"}


def _settings(repository: Path, name: str) -> dict[str, Any]:
    return json.loads((repository / ".vscode" / name).read_text(encoding="utf-8"))


@pytest.fixture
def task(repository: Path) -> dict[str, Any]:
    (task,) = _settings(repository, "tasks.json")["tasks"]
    return task


class _Collector:
    """Reads lines as VS Code's collector for background tasks does: begin, problems, end.

    After https://code.visualstudio.com/docs/debugtest/tasks#_background-watching-tasks
    """

    def __init__(self, matchers: list[dict[str, Any]]) -> None:
        self._matchers = matchers
        (background,) = [matcher["background"] for matcher in matchers if "background" in matcher]
        self._begin, self._end = (re.compile(background[key]) for key in ("beginsPattern", "endsPattern"))
        self._active = background["activeOnStart"]
        self.rounds: list[list[tuple[str, ...]]] = []

    def read(self, line: str) -> None:
        if self._begin.search(line):
            self.rounds.append([])
            self._active = True
        elif self._end.search(line):
            assert self._active
            self._active = False
        else:
            self._problem(line)

    def _problem(self, line: str) -> None:
        found = [(m, re.search(m["pattern"]["regexp"], line)) for m in self._matchers]
        hits = [(matcher, match) for matcher, match in found if match]
        assert len(hits) <= 1, line
        for matcher, match in hits:
            pattern = matcher["pattern"]
            parts = (match[pattern[key]] for key in ("file", "line", "column", "code", "message"))
            self.rounds[-1].append((_LEVEL[matcher["severity"]], *parts))

    @property
    def waiting(self) -> bool:
        return not self._active


def _as_problem(finding: Finding) -> tuple[str, ...]:
    span, hint = finding.span, f" ({finding.hint})" if finding.hint else ""
    return (
        finding.severity.value,
        span.path,
        str(span.line),
        str(span.col),
        finding.code,
        finding.message + hint,
    )


_NOW = datetime(2024, 1, 2, 23, 4, 5)


def test_every_finding_of_a_watch_becomes_a_problem(
    tmp_path: Path, task: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    expected: list[list[tuple[str, ...]]] = []

    def events() -> Iterator[None]:
        for old, new in (
            ("- Waktu: 5 menit", "- Waktu: a.md:1:2: galat SOP048 x"),
            ("pembuatan: 2024-01-02\n", "perlu_konfirmasi: ['satu: dua']\n"),
            ("- Waktu: a.md:1:2: galat SOP048 x", "- Waktu: 5 menit"),
        ):
            edit(root, "surat-masuk", old, new)
            expected.append([_as_problem(finding) for finding in with_pages(load(Place(root), _NOW.date())).findings])
            yield

    watching.watch(root, View(), events(), lambda: _NOW)
    collector = _Collector(task["problemMatcher"])
    for line in capsys.readouterr().out.splitlines():
        collector.read(line)
    assert collector.rounds == expected
    assert collector.waiting
    assert {problem[0] for problem in expected[1]} == set(_LEVEL.values())


def test_the_problems_of_a_round_replace_those_before(task: dict[str, Any]) -> None:
    # VS Code clears by owner when a round ends; a second background would end each round once more, with nothing found.
    assert task["isBackground"]
    assert {matcher["owner"] for matcher in task["problemMatcher"]} == {"sopdocs"}
    assert sum("background" in matcher for matcher in task["problemMatcher"]) == 1


def test_the_task_runs_the_installed_command(task: dict[str, Any]) -> None:
    assert task["label"] == "sopdocs: periksa terus"
    assert task["args"] == ["check", "--watch"]
    assert task["command"] == "${workspaceFolder}/.venv/bin/sopdocs"


def test_shared_files_have_their_schemas(repository: Path) -> None:
    schemas = _settings(repository, "settings.json")["yaml.schemas"]
    # segel.yaml is an office's own and need not be there.
    shared = {path.stem for path in (repository / "content").glob("*.yaml")} | {"segel"}
    assert schemas == {
        f"schema/{name}.schema.json": [f"content/{name}.yaml", f"instansi/*/{name}.yaml"] for name in shared
    } | {"schema/pemantauan.schema.json": ["content/monitoring/*.yaml", "instansi/*/monitoring/*.yaml"]}
    assert _settings(repository, "extensions.json")["recommendations"] == ["redhat.vscode-yaml"]
