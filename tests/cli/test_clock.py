"""Days on the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sopdocs.cli import run
from sopdocs.cli.clock import Day

from ..workspaces import make_workspace


@pytest.mark.parametrize("said", ["2024-06-30", "30 Juni 2024", date(2024, 6, 30)])
def test_a_day_is_taken_as_people_write_it(said: str | date) -> None:
    assert Day().convert(said, None, None) == date(2024, 6, 30)


@pytest.mark.parametrize(
    "command", [["at"], ["issue", "--tanggal"], ["revise", "surat-masuk", "--tanggal"], ["monitor", "x", "--tanggal"]]
)
def test_every_command_refuses_what_is_none_with_an_example(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    assert run(["-C", str(root), *command, "besok"]) == 2
    assert "30 Juni 2024" in capsys.readouterr().err
