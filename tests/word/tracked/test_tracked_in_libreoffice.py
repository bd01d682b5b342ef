"""LibreOffice's own "accept all" and "reject all" give both states, for a sample of the gallery."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from libreoffice_settling import ACCEPT, NOTHING, REJECT, settled
from sheet_texts import parts, read
from test_tracked_gallery import TEMPLATE, gallery_inputs
from tracked_pairs import assert_same, told

from sopdocs.layout import FontData
from sopdocs.office import LibreOffice
from sopdocs.word import tracked_sheet
from tests.gallery.flows import NAMES, workspace
from tests.gallery.making import made

_PAIRS = [(old, new) for number, (old, new) in enumerate(pairwise(NAMES)) if number % 5 == 0 or "prosedur" in old + new]


def test_both_states_come_out_again(libreoffice: LibreOffice, fonts: FontData, tmp_path: Path) -> None:
    inputs = gallery_inputs()
    sops = workspace().sop
    asked: list[tuple[bytes, str]] = []
    for old, new in _PAIRS:
        beda = told(sops[old], sops[new], (inputs, inputs))
        tracked = tracked_sheet(beda, (inputs, inputs), TEMPLATE, fonts).docx
        plain = [(made(name, fonts).docx, NOTHING) for name in (old, new)]
        asked += [(tracked, REJECT), (tracked, ACCEPT), *plain]
    texts = [read(parts(docx)) for docx in settled(libreoffice, tmp_path, asked)]
    for number in range(0, len(texts), 4):
        rejected, accepted, old, new = texts[number : number + 4]
        assert_same(accepted, new)
        assert_same(rejected, old)
        assert new.rows
