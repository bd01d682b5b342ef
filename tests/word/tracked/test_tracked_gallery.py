"""Every flow of the gallery as the old state of the next one: accept all gives one, reject all the other."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from tracked_pairs import check_pair

from sopdocs.layout import FontData
from sopdocs.word import Inputs, Picture, Template
from tests.gallery.flows import NAMES, workspace

_TEMPLATES = Path(__file__).parents[3] / "templates"
TEMPLATE = Template("templates/sop.docx", (_TEMPLATES / "sop.docx").read_bytes())


def gallery_inputs() -> Inputs:
    """What the sheets of the gallery are filled with."""
    return Inputs(workspace(), Picture((_TEMPLATES / "lambang-sementara.png").read_bytes(), "Lambang daerah"), False)


@pytest.mark.parametrize(("old", "new"), [*pairwise(NAMES), (NAMES[0], NAMES[0])])
def test_both_states_come_out_again(old: str, new: str, fonts: FontData) -> None:
    inputs = gallery_inputs()
    sops = workspace().sop
    check_pair(sops[old], sops[new], (inputs, inputs), TEMPLATE, fonts)
