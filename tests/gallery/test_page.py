"""The page that `make gallery` writes: preview and print of each sheet side by side."""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType

from sopdocs.layout import FontData
from tests.gallery.flows import ROOT
from tests.gallery.making import made


def _script() -> ModuleType:
    path = ROOT.parents[1] / "scripts" / "gallery.py"
    spec = importlib.util.spec_from_file_location("gallery_script", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_each_page_stands_beside_its_print(fonts: FontData) -> None:
    name = "kembali-jauh"
    shots = [f"data:image/png;base64,{n}" for n in range(made(name, fonts).geometry.pages)]
    html = _script().section(name, 7, fonts, shots)
    rows = html.split('<div class="page">')[1:]
    assert len(rows) == len(shots)
    for number, (row, shot) in enumerate(zip(rows, shots, strict=True), start=1):
        assert f'src="{shot}"' in row
        assert f"halaman {number} tercetak" in row
    assert html.count("<svg") == len({part.page for part in made(name, fonts).geometry.parts})


def test_drawings_on_one_page_share_no_id(fonts: FontData) -> None:
    script = _script()
    html = "".join(script.section("kembali-jauh", n, fonts, ["data:,a", "data:,b"]) for n in (1, 2))
    ids = re.findall(r'id="(h[^"]*)"', html)
    assert len(ids) == len(set(ids)) == 4
