"""Finding the font files, with fontconfig and without."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sopdocs.errors import ToolMissingError
from sopdocs.office import FontFiles, find_fonts

FACES = ("Regular", "Bold", "Italic", "BoldItalic")


def fc_match(folder: Path, answer: str, status: int = 0) -> None:
    path = folder / "fc-match"
    path.write_text(f"#!/bin/sh\nprintf '%s' \"$3\" >> \"{folder}/asked\"\nprintf '{answer}'\nexit {status}\n")
    path.chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.mark.skipif(not (shutil.which("fc-match") or os.environ.get("CI")), reason="no fontconfig; fails in CI")
class TestWithFontconfig:
    def test_four_different_faces_of_the_family(self):
        fonts = find_fonts()
        names = [path.name for path in (fonts.regular, fonts.bold, fonts.italic, fonts.bold_italic)]
        assert names == [f"LiberationSans-{face}.ttf" for face in FACES]
        assert all(path.is_file() for path in (fonts.regular, fonts.bold, fonts.italic, fonts.bold_italic))

    def test_the_nearest_other_font_is_not_accepted(self):
        with pytest.raises(ToolMissingError, match="Huruf Tak Ada Sans") as caught:
            find_fonts("Tak Ada Sans")
        assert "fonts-liberation" in caught.value.advice

    def test_signs_of_the_pattern_language_are_part_of_the_name(self):
        with pytest.raises(ToolMissingError, match="Liberation Sans:bold"):
            find_fonts("Liberation Sans:bold")


@pytest.mark.parametrize(
    "answer",
    [
        "Liberation Sans\\t80\\t0\\t/x.ttf",  # regular, whatever was asked for
        "Liberation Sans\\t[0 210]\\t0\\t/x.ttf",  # variable font
        "Liberation Sans Narrow\\t80\\t0\\t/x.ttf",
    ],
)
def test_another_face_or_family_is_not_accepted(bare: Path, answer: str):
    fc_match(bare, answer)
    with pytest.raises(ToolMissingError, match="tidak terpasang"):
        find_fonts()


def test_a_family_with_several_names_is_found_by_any(bare: Path):
    fc_match(bare, "Lain,liberation sans\\t80\\t0\\t/x.ttf")
    with pytest.raises(ToolMissingError, match=r"\(Bold\)"):  # so the regular face was accepted
        find_fonts()
    assert (bare / "asked").read_text() == "Liberation Sans:regular:romanLiberation Sans:bold:roman"


def test_a_failing_fc_match_is_told_apart_from_a_missing_font(bare: Path):
    fc_match(bare, "", status=1)
    with pytest.raises(ToolMissingError, match="fc-match tidak menjawab"):
        find_fonts()


def test_without_fontconfig_the_folders_are_searched(bare: Path, tmp_path: Path):
    folder = tmp_path / "fonts" / "truetype"
    folder.mkdir(parents=True)
    for face in FACES:
        (folder / f"LiberationSans-{face}.TTF").touch()
        (folder / f"LiberationSansNarrow-{face}.ttf").touch()
    assert find_fonts(folders=[tmp_path / "none", tmp_path / "fonts"]) == FontFiles(
        *(folder / f"LiberationSans-{face}.TTF" for face in FACES)
    )
    (folder / "LiberationSans-BoldItalic.TTF").unlink()
    with pytest.raises(ToolMissingError, match=r"\(BoldItalic\)"):
        find_fonts(folders=[tmp_path / "fonts"])
