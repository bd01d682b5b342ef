"""Whatever flow, printed: the ink says the flow of the content and breaks no rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume

from sopdocs.layout import FontData, SheetGeometry
from sopdocs.model import Bundel, Instansi, Pejabat, Pelaksana, Workspace
from sopdocs.office import Converter
from sopdocs.word import Inputs, Picture, Template, make_sheet
from tests.layout.shards import asked, shares, try_all
from tests.layout.strategies import Case, cases
from tests.printed.ink import read_pages
from tests.printed.sheets import read_sheet, violations
from tests.printed.violation import unexcused

_TEMPLATES = Path(__file__).parents[2] / "templates"
_USUAL = 6
_EXAMPLES = asked("SOPDOCS_PRINTED_EXAMPLES", _USUAL)
_SHARES = shares(_EXAMPLES, max(_EXAMPLES // 20, 2))


def _about(case: Case) -> Workspace:
    """An office with the lanes and the paper of a case."""
    office = Instansi("Kecamatan Contoh", ("KECAMATAN CONTOH", "KABUPATEN CONTOH"), kertas=case.kertas)
    lanes = {key: Pelaksana(key, name) for key, name in zip(case.sop.pelaksana, case.headings, strict=True)}
    camat = Pejabat("camat", "Camat Contoh", "Siti Aminah, S.I.P.", "19700101 199001 2 001")
    return Workspace(office, {"camat": camat}, lanes, (), Bundel("Contoh"), {})


@pytest.mark.parametrize("shard", range(len(_SHARES)))
def test_the_ink_of_any_flow_obeys_the_rules(fonts: FontData, converter: Converter, shard: int) -> None:
    template = Template("templates/sop.docx", (_TEMPLATES / "sop.docx").read_bytes())
    logo = Picture((_TEMPLATES / "lambang-sementara.png").read_bytes(), "Lambang daerah")

    def check(case: Case) -> None:
        about = _about(case)

        def build(*, new_page: bool) -> tuple[SheetGeometry, bytes]:
            sheet = make_sheet(case.sop, Inputs(about, logo, False), template, fonts, new_page=new_page)
            return sheet.geometry, converter.convert(sheet.docx, name="contoh")

        geometry, pdf = build(new_page=case.new_page)
        if len(read_pages(pdf)) != geometry.pages:
            # As the engine does when the identity block came out longer than measured.
            geometry, pdf = build(new_page=True)
        codes = {finding.code for finding in geometry.findings}
        # A row higher than a page runs into its foot; its finding says so.
        assume("SOP805" not in codes)
        printed = read_sheet(case.sop, about, pdf)
        assert len(printed.pages) == geometry.pages
        assert [str(violation) for violation in unexcused(violations(printed), codes)] == []

    try_all(check, cases(8, 12), _SHARES[shard], shard, shrink=False)
