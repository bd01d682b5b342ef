"""LibreOffice's own "accept all" and "reject all" give both states: every pair of the gallery, and made-up ones."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from libreoffice_settling import ACCEPT, REJECT, settled
from sheet_texts import SheetText, parts, read
from test_any_revision import State, revisions, state_inputs
from test_tracked_gallery import TEMPLATE, gallery_inputs
from tracked_pairs import assert_same, told
from word_samples import SOP_TEMPLATE

from sopdocs.layout import FontData
from sopdocs.office import LibreOffice
from sopdocs.word import make_sheet, tracked_sheet
from tests.gallery.flows import NAMES, workspace
from tests.gallery.making import made

_PAIRS = tuple(pairwise(NAMES))
_MADE_UP = 25
_DUMMY = "\u200d"
"""LibreOffice itself writes it into empty cells of a tracked row, to have something to track, and may leave it."""


def _settled_texts(libreoffice: LibreOffice, folder: Path, tracked: list[bytes]) -> list[SheetText]:
    """What LibreOffice makes of each document: rejected, accepted, rejected …; one process settles them all."""
    asked = [(docx, command) for docx in tracked for command in (REJECT, ACCEPT)]
    texts = [read(parts(docx)) for docx in settled(libreoffice, folder, asked)]
    for text in texts:
        text.headings.discard(_DUMMY)
    return texts


def test_every_pair_of_the_gallery(libreoffice: LibreOffice, fonts: FontData, tmp_path: Path) -> None:
    inputs = gallery_inputs()
    sops = workspace().sop
    tracked: list[bytes] = []
    for old, new in _PAIRS:
        beda = told(sops[old], sops[new], (inputs, inputs))
        tracked.append(tracked_sheet(beda, (inputs, inputs), TEMPLATE, fonts).docx)
    plain = {name: read(parts(made(name, fonts).docx)) for name in NAMES}
    asked = [name for pair in _PAIRS for name in pair]
    for name, text in zip(asked, _settled_texts(libreoffice, tmp_path, tracked), strict=True):
        assert_same(text, plain[name])
        assert text.rows


def test_made_up_revisions(libreoffice: LibreOffice, fonts: FontData, tmp_path: Path) -> None:
    tracked: list[bytes] = []
    plain: list[SheetText] = []
    quiet = settings(
        max_examples=_MADE_UP,
        phases=[Phase.generate],
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )

    @quiet
    @given(revisions())
    def gather(pair: tuple[State, State]) -> None:
        (old, before), (new, after) = pair
        about = state_inputs(before), state_inputs(after)
        tracked.append(tracked_sheet(told(old, new, about), about, SOP_TEMPLATE, fonts).docx)
        for sop, each in zip((old, new), about, strict=True):
            plain.append(read(parts(make_sheet(sop, each, SOP_TEMPLATE, fonts).docx)))

    gather()
    assert len(tracked) >= _MADE_UP
    for text, other in zip(_settled_texts(libreoffice, tmp_path, tracked), plain, strict=True):
        assert_same(text, other)
