"""Values that an office gives to rules, within and beyond their range."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdocs.model import Nilai, SetelanAturan, Span
from sopdocs.rules import check_workspace

from .judging import TODAY
from .making import INSTANSI, sop_of, workspace_of


@pytest.mark.parametrize(
    ("kode", "name", "value", "found"),
    [
        ("SOP138", "mirip", 90, 0),
        ("SOP138", "mirip", 100, 0),
        ("SOP138", "mirip", 101, 1),
        ("SOP148", "mirip", 999_999_999, 1),
        ("SOP139", "mirip", "90", 1),
        ("SOP114", "bulan", 999_999_999, 0),
        ("SOP140", "kata_kerja", 1, 1),
    ],
)
def test_a_value_beyond_its_range_is_a_finding(kode: str, name: str, value: Nilai, found: int) -> None:
    spans = {"": Span("content/instansi.yaml", 2), name: Span("content/instansi.yaml", 2, 9)}
    office = replace(INSTANSI, aturan=(SetelanAturan(kode, nilai=((name, value),), spans=spans),))
    findings = check_workspace(workspace_of(sop_of(), instansi=office, pejabat=(), pelaksana={}), TODAY)
    assert [f.span for f in findings if f.code == "SOP192"] == [spans[name]] * found
