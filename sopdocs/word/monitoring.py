"""What the placeholders of templates/pemantauan.docx stand for."""

from __future__ import annotations

from sopdocs.model import Prosedur, Sop
from sopdocs.word.context import Inputs, bundle_values
from sopdocs.word.template import guard


def monitoring_context(sops: tuple[Sop, ...], inputs: Inputs) -> dict[str, object]:
    """Values for templates/pemantauan.docx."""
    return {**bundle_values(inputs), "pemantauan": [_form(sop) for sop in sops]}


def _form(sop: Sop) -> dict[str, object]:
    rows = [row for procedure in sop.prosedur for row in _rows(procedure)]
    return {"nama": guard(sop.nama), "nomor": guard(sop.nomor or "-"), "langkah": rows}


def _rows(procedure: Prosedur) -> list[dict[str, object]]:
    """One row for each step, before them one with the title of the procedure when it has one."""
    rows: list[dict[str, object]] = []
    if procedure.judul:
        rows.append({"judul": guard(procedure.judul), "nomor": "", "uraian": ""})
    for step in procedure.langkah:
        rows.append({"judul": "", "nomor": step.nomor, "uraian": guard(step.uraian.text)})
    return rows
