"""`sopdocs layout`: the geometry as data and as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from sopdocs.cli import run
from sopdocs.layout import FontData

from ..workspaces import edit, make_workspace

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def root(tmp_path: Path, fonts: FontData) -> Path:
    return make_workspace(tmp_path)


def test_as_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(root), "layout", "surat-masuk", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["format"], record["unit"], record["findings"]) == ("sopdocs-layout/1", "EMU", [])
    (table,) = record["tables"]
    assert [row["step"] for row in table["rows"]] == [1, 2, 3]
    assert [(s["step"], s["lane"], s["kind"]) for s in table["symbols"]] == [
        (1, "umum", "mulai"),
        (2, "kepala", "keputusan"),
        (3, "umum", "selesai"),
    ]
    assert sorted((e["source"], e["target"], e["label"]) for e in table["edges"]) == [
        ("1.umum", "2.kepala", ""),
        ("2.kepala", "1.umum", "Tidak"),
        ("2.kepala", "3.umum", "Ya"),
    ]
    lanes = {c["lane"]: (c["x"], c["x"] + c["width"]) for c in record["columns"] if c["lane"]}
    for symbol in table["symbols"]:
        left, right = lanes[symbol["lane"]]
        assert left < symbol["x"] < symbol["x"] + symbol["width"] < right


def test_as_svg(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "surat-masuk", "- Syarat: surat masuk\n", '- Syarat: "A" & <B\n')
    assert run(["-C", str(root), "layout", "surat-masuk"]) == 0
    picture = etree.fromstring(capsys.readouterr().out.encode())
    assert picture.get("width") == "330mm"
    assert len(picture.findall(f".//{SVG}polyline")) == 3
    assert len(picture.findall(f".//{SVG}polygon")) == 1
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    for word in ("Mulai", "Selesai", "Ya", "Tidak", "Pelaksana", "Mutu Baku", "Kepala", '"A" & <B'):
        assert word in texts


def test_upright_headings(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = [f"p{number}" for number in range(13)]
    with (root / "content" / "pelaksana.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"{key}: {{nama: Penanggungjawab}}\n" for key in keys)
    edit(root, "surat-masuk", "pelaksana: [umum, kepala]", f"pelaksana: [umum, kepala, {', '.join(keys)}]")
    assert run(["-C", str(root), "layout", "surat-masuk"]) == 0
    # Fifteen lanes of 12 mm: not even "Umum" fits across.
    assert capsys.readouterr().out.count("rotate(-90") == 15


@pytest.mark.parametrize(("arguments", "advice"), [(["lain"], "surat-masuk"), (["surat-masuk", "--page", "9"], "1")])
def test_what_is_not_there(root: Path, arguments: list[str], advice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(root), "layout", *arguments]) == 2
    assert advice in capsys.readouterr().err
